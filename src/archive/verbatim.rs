//! Where words of a record stand word for word in the text, so that the database need not hold them twice. A line break
//! counts as a space: the views show it as one.

use std::borrow::Cow;

/// How far from a fact its label is looked for, in code points.
const NEAR: usize = 400;

/// A text with the byte of each of its code points.
pub(super) struct Verbatim<'t> {
    text: Cow<'t, str>,
    bytes: Vec<u32>,
}

impl<'t> Verbatim<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        // A text of more than 4 GiB has no places; its words are stored.
        let bytes = if u32::try_from(text.len()).is_ok() {
            text.char_indices().map(|(at, _)| at as u32).chain([text.len() as u32]).collect()
        } else {
            Vec::new()
        };
        let text = if text.contains('\n') { Cow::Owned(text.replace('\n', " ")) } else { Cow::Borrowed(text) };
        Verbatim { text, bytes }
    }

    /// Where `words` stand in the code points from `start` to `end`: the first one and how many.
    pub(super) fn place(&self, words: &str, start: usize, end: usize) -> Option<(usize, usize)> {
        let end = end.min(self.bytes.len().checked_sub(1)?);
        let (from, to) = (*self.bytes.get(start)? as usize, *self.bytes.get(end)? as usize);
        let at = self.text.get(from..to)?.find(words)?;
        let before = self.text[from..from + at].chars().count();
        Some((start + before, words.chars().count()))
    }

    /// The same, for words that stand near the code points from `start` to `end`.
    pub(super) fn place_near(&self, words: &str, start: usize, end: usize) -> Option<(usize, usize)> {
        self.place(words, start, end + NEAR).or_else(|| self.place(words, start.saturating_sub(NEAR), end))
    }
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
}
