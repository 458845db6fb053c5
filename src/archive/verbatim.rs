//! Where words of a record stand word for word in the text, so that the database need not hold them twice. A line break
//! counts as a space: the views show it as one.

use memchr::memchr_iter;
use std::{borrow::Cow, cell::Cell};

/// How far from a fact its label is looked for, in code points.
const NEAR: usize = 400;

/// How many bytes lie between two marks of the index.
const STRIDE: usize = 32;

/// A text with the way from its code points to its bytes.
pub(super) struct Verbatim<'t> {
    text: Cow<'t, str>,
    /// How many code points begin before each `STRIDE`th byte; the last, before the end.
    marks: Vec<usize>,
    /// The mark that was used last: facts stand in order, and the next is near.
    last: Cell<usize>,
}

impl<'t> Verbatim<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 2);
        marks.push(0);
        let mut chars = 0;
        for part in text.as_bytes().chunks(STRIDE) {
            chars += count(part);
            marks.push(chars);
        }
        let text = if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text) };
        Verbatim { text, marks, last: Cell::new(0) }
    }

    /// Where `words` stand in the code points from `start` to `end`: the first one and how many.
    pub(super) fn place(&self, words: &str, start: usize, end: usize) -> Option<(usize, usize)> {
        let (from, to) = (self.byte(start)?, self.byte(end.min(*self.marks.last()?))?);
        let part = self.text.get(from..to)?;
        let at = find(part.as_bytes(), words.as_bytes())?;
        Some((self.char(from + at), count(words.as_bytes())))
    }

    /// The same, for words that stand near the code points from `start` to `end`.
    pub(super) fn place_near(&self, words: &str, start: usize, end: usize) -> Option<(usize, usize)> {
        self.place(words, start, end + NEAR).or_else(|| self.place(words, start.saturating_sub(NEAR), end))
    }

    /// How many code points begin before a byte.
    fn char(&self, byte: usize) -> usize {
        let stride = byte / STRIDE;
        self.marks[stride] + count(&self.text.as_bytes()[stride * STRIDE..byte])
    }

    /// The byte at which a code point begins.
    fn byte(&self, char: usize) -> Option<usize> {
        if self.marks.last() == Some(&char) {
            return Some(self.text.len());
        }
        let mut stride = self.last.get();
        while self.marks[stride] > char {
            stride -= 1;
        }
        while self.marks.get(stride + 1).is_some_and(|next| *next <= char) {
            stride += 1;
        }
        self.last.set(stride);
        let from = stride * STRIDE;
        let mut left = char - self.marks[stride];
        for (at, byte) in self.text.as_bytes().get(from..)?.iter().enumerate() {
            if begins(*byte) {
                if left == 0 {
                    return Some(from + at);
                }
                left -= 1;
            }
        }
        None
    }
}

/// Whether a code point begins with this byte.
fn begins(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

/// Where a few words begin in a short text: to make ready for a longer search would cost more than the search.
fn find(text: &[u8], words: &[u8]) -> Option<usize> {
    let Some(first) = words.first() else { return Some(0) };
    memchr_iter(*first, text).find(|at| text[*at..].starts_with(words))
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
                assert_eq!(text.char(*byte), char);
            }
            assert_eq!(text.byte(bytes.len()), None);
        }
    }
}
