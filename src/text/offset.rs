//! Byte offsets into code points or UTF-16 units.

use super::SourceSpan;
use crate::record::{Offsets, Span};

/// How many bytes lie between two marks of the index.
const STRIDE: usize = 256;

/// How many bytes are counted at once, and at once where few are left.
const CHUNK: usize = 32;
const PIECE: usize = 8;

/// Turns byte spans of a text into spans of the unit asked for, in constant time each.
#[derive(Debug)]
pub struct OffsetIndex<'s> {
    text: &'s str,
    unit: Offsets,
    /// The units before byte `i * STRIDE`, moved back to a character boundary.
    marks: Vec<usize>,
}

impl<'s> OffsetIndex<'s> {
    /// Indexes `text` for `unit`.
    pub fn new(text: &'s str, unit: Offsets) -> Self {
        let mut marks = Vec::new();
        if unit != Offsets::Bytes && !text.is_ascii() {
            marks.reserve(text.len() / STRIDE + 1);
            let (mut at, mut units) = (0, 0);
            while at <= text.len() {
                marks.push(units);
                let next = boundary(text, (marks.len() * STRIDE).min(text.len()));
                if next <= at {
                    break;
                }
                units += count(&text[at..next], unit);
                at = next;
            }
        }
        OffsetIndex { text, unit, marks }
    }

    /// The offset of a byte in the unit of this index.
    fn at(&self, byte: usize) -> usize {
        if self.marks.is_empty() {
            return byte;
        }
        let mark = (byte / STRIDE).min(self.marks.len() - 1);
        let from = boundary(self.text, mark * STRIDE);
        let from = from.min(byte);
        self.marks[mark] + count(&self.text[from..byte], self.unit)
    }

    /// The span in the unit of this index.
    pub fn span(&self, span: SourceSpan) -> Span {
        let start = self.at(span.start);
        let end = if self.marks.is_empty() || span.end - span.start > STRIDE {
            self.at(span.end)
        } else {
            start + count(&self.text[span.start..span.end], self.unit)
        };
        Span { start, end }
    }

    /// The byte at which an offset in the unit of this index stands; the end of the text for one beyond it.
    pub fn byte(&self, unit: usize) -> usize {
        if self.marks.is_empty() {
            return unit.min(self.text.len());
        }
        let mark = self.marks.partition_point(|before| *before <= unit).saturating_sub(1);
        let from = boundary(self.text, (mark * STRIDE).min(self.text.len()));
        let mut left = unit - self.marks[mark].min(unit);
        if self.unit == Offsets::Chars {
            return self.ahead(from, left);
        }
        for (at, c) in self.text[from..].char_indices() {
            if left == 0 {
                return from + at;
            }
            left = left.saturating_sub(if self.unit == Offsets::Utf16 { c.len_utf16() } else { 1 });
        }
        self.text.len()
    }

    /// The same, where another offset and its byte are known: quicker for one that stands a little behind that.
    pub fn byte_behind(&self, known: (usize, usize), unit: usize) -> usize {
        match unit.checked_sub(known.0) {
            Some(left) if left < STRIDE && self.unit == Offsets::Chars => self.ahead(known.1, left),
            _ => self.byte(unit),
        }
    }

    /// The byte at which the character begins that stands so many behind the one at `from`.
    fn ahead(&self, from: usize, mut left: usize) -> usize {
        let begins = |byte: &u8| !matches!(*byte, 0x80..=0xbf);
        let mut rest = &self.text.as_bytes()[from..];
        while let Some((chunk, behind)) = rest.split_first_chunk::<CHUNK>() {
            let starts = chunk.iter().filter(|byte| begins(byte)).count();
            if starts > left {
                break;
            }
            (left, rest) = (left - starts, behind);
        }
        while let Some((piece, behind)) = rest.split_first_chunk::<PIECE>() {
            let starts = piece.iter().filter(|byte| begins(byte)).count();
            if starts > left {
                break;
            }
            (left, rest) = (left - starts, behind);
        }
        let at = self.text.len() - rest.len();
        let mut starts = rest.iter().enumerate().filter(|(_, byte)| begins(byte));
        starts.nth(left).map_or(self.text.len(), |(i, _)| at + i)
    }

    /// The whole text's length in the unit of this index.
    pub fn total(&self) -> usize {
        self.at(self.text.len())
    }
}

fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn count(text: &str, unit: Offsets) -> usize {
    match unit {
        Offsets::Bytes => text.len(),
        Offsets::Chars => text.chars().count(),
        Offsets::Utf16 => text.chars().map(char::len_utf16).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting(head in ".{0,900}", tail in "[ạđ𝒳a]{0,700}") {
            let text = format!("{head}{tail}ữ");
            for unit in [Offsets::Chars, Offsets::Bytes, Offsets::Utf16] {
                let index = OffsetIndex::new(&text, unit);
                for (start, _) in text.char_indices().step_by(37) {
                    let span = index.span(SourceSpan { start, end: text.len() });
                    prop_assert_eq!(span.start, count(&text[..start], unit));
                    prop_assert_eq!(span.end, count(&text, unit));
                    prop_assert_eq!(index.byte(span.start), start);
                    prop_assert_eq!(index.byte(span.end), text.len());
                    for unit in [span.start, span.start + 1, span.start + 40, span.end, span.end + 1] {
                        prop_assert_eq!(index.byte_behind((span.start, start), unit), index.byte(unit));
                    }
                }
                prop_assert_eq!(index.total(), count(&text, unit));
            }
        }
    }
}
