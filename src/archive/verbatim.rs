//! Where words of a record stand word for word in the text, so that the database need not hold them twice. A line break
//! counts as a space: the views show it as one.

use memchr::memmem;
use std::borrow::Cow;

/// How far from a fact its label is looked for, in code points.
const NEAR: usize = 400;

/// How many code points lie between two marks of the index.
const STRIDE: usize = 64;

/// A text with the way from its code points to its bytes.
pub(super) struct Verbatim<'t> {
    text: Cow<'t, str>,
    /// The byte of every `STRIDE`th code point.
    marks: Vec<usize>,
    chars: usize,
}

impl<'t> Verbatim<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut chars = 0;
        for (at, byte) in text.bytes().enumerate() {
            if begins(byte) {
                if chars % STRIDE == 0 {
                    marks.push(at);
                }
                chars += 1;
            }
        }
        let text = if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text) };
        Verbatim { text, marks, chars }
    }

    /// Where `words` stand in the code points from `start` to `end`: the first one and how many.
    pub(super) fn place(&self, words: &str, start: usize, end: usize) -> Option<(usize, usize)> {
        let (from, to) = (self.byte(start)?, self.byte(end.min(self.chars))?);
        let part = self.text.get(from..to)?;
        let at = memmem::find(part.as_bytes(), words.as_bytes())?;
        Some((start + count(&part.as_bytes()[..at]), count(words.as_bytes())))
    }

    /// The same, for words that stand near the code points from `start` to `end`.
    pub(super) fn place_near(&self, words: &str, start: usize, end: usize) -> Option<(usize, usize)> {
        self.place(words, start, end + NEAR).or_else(|| self.place(words, start.saturating_sub(NEAR), end))
    }

    /// The byte at which a code point begins.
    fn byte(&self, char: usize) -> Option<usize> {
        if char >= self.chars {
            return (char == self.chars).then_some(self.text.len());
        }
        let from = *self.marks.get(char / STRIDE)?;
        let mut left = char % STRIDE;
        let rest = &self.text.as_bytes()[from..];
        let behind = rest.iter().position(|byte| {
            let found = begins(*byte) && left == 0;
            left -= usize::from(begins(*byte) && !found);
            found
        });
        Some(from + behind?)
    }
}

/// Whether a code point begins with this byte.
fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

fn count(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| begins(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_code_points() {
        let text = Verbatim::new("Xã có 120 hộ nghèo, hộ khác");
        assert_eq!(text.place("hộ nghèo", 6, 18), Some((10, 8)));
        assert_eq!(text.place("hộ khác", 6, 18), None);
        assert_eq!(text.place_near("hộ khác", 6, 18), Some((20, 7)));
        assert_eq!(text.place_near("Xã", 6, 18), Some((0, 2)));
        assert_eq!(text.place("x", 900, 901), None);
        assert_eq!(Verbatim::new("cấp\nnước").place("cấp nước", 0, 8), Some((0, 8)));
    }

    #[test]
    fn each_code_point_has_its_byte() {
        for said in ["", "a", &"đá\n".repeat(100), &"ab".repeat(STRIDE)] {
            let text = Verbatim::new(said);
            let bytes: Vec<usize> = said.char_indices().map(|(at, _)| at).chain([said.len()]).collect();
            for (char, byte) in bytes.iter().enumerate() {
                assert_eq!(text.byte(char), Some(*byte), "{char}");
            }
            assert_eq!(text.byte(bytes.len()), None);
        }
    }
}
