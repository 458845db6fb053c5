//! The names of organs and the heads of such names, found in text.

use super::{Fold, Gap, Lexicon, file::Text};
use crate::text::letter;

/// Names of organs, with the words that open like one and are none (`BAN HÀNH`, `HỘI NGHỊ`).
#[derive(Debug)]
pub struct OrganNames {
    /// The value indexes `spellings`.
    names: Lexicon<usize>,
    /// Each name in its right spelling, and the organ that it names.
    spellings: Vec<(Text, usize)>,
    others: Lexicon<()>,
}

impl OrganNames {
    /// The names given, each with the index of its organ, but for the `others`.
    pub(super) fn new<'r>(
        names: impl Iterator<Item = (&'r Text, usize)>,
        others: impl Iterator<Item = &'r Text>,
    ) -> OrganNames {
        let spellings: Vec<(Text, usize)> = names.map(|(name, organ)| (name.clone(), organ)).collect();
        OrganNames {
            names: Lexicon::new(
                Fold::Short,
                Gap::Punctuation,
                spellings.iter().enumerate().map(|(i, (name, _))| (name.clone(), i)),
            ),
            others: Lexicon::new(Fold::Short, Gap::Punctuation, others.map(|word| (word.clone(), ()))),
            spellings,
        }
    }

    /// The longest name that begins at `at`: the end of its last word, and its organ.
    pub fn at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let (end, name) = self.named(text, at)?;
        Some((end, self.spellings[name].1))
    }

    /// The right spelling of the longest name that begins at `at`.
    pub fn spelling_at(&self, text: &str, at: usize) -> Option<&str> {
        let (_, name) = self.named(text, at)?;
        Some(&self.spellings[name].0)
    }

    /// The organ whose name a whole text is.
    pub fn get(&self, text: &str) -> Option<usize> {
        Some(self.spellings[self.names.get(text)?].1)
    }

    /// Whether the trees of both lists are laid down.
    #[cfg(test)]
    pub(super) fn is_laid_down(&self) -> bool {
        self.names.is_laid_down() && self.others.is_laid_down()
    }

    fn named(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let found = self.names.at(text, at)?;
        // What stands on the next line goes on with this one only in small letters: `CHÍNH PHỦ` above `Số: …`.
        let goes_on = |end: usize| {
            !text[found.0..end].trim_start_matches(' ').starts_with('\n')
                || text[found.0..end].trim_start().starts_with(letter::is_lowercase)
        };
        let other = self.others.at(text, at).is_some_and(|(end, ())| end > found.0 && goes_on(end));
        (!other).then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> OrganNames {
        let names = ["Ban", "Ban Quản lý", "Văn phòng", "Báo Gia Lai"].map(Text::from);
        let others = ["Ban hành", "Văn phòng phẩm"].map(Text::from);
        OrganNames::new(names.iter().enumerate().map(|(i, name)| (name, i)), others.iter())
    }

    #[test]
    fn words_that_only_open_like_an_organ_name_none() {
        assert_eq!(names().at("BAN QUẢN LÝ RỪNG", 0).map(|(_, organ)| organ), Some(1));
        assert_eq!(names().at("BAN PHÁP CHẾ", 0), Some((3, 0)));
        for text in ["BAN HÀNH QUY CHẾ", "BAN HANH", "Văn phòng phẩm", "BẢN SAO"] {
            assert_eq!(names().at(text, 0), None, "{text}");
        }
    }

    #[test]
    fn the_spelling_has_its_inner_capitals() {
        assert_eq!(names().spelling_at("BÁO GIA LAI SỐ 3", 0), Some("Báo Gia Lai"));
        assert_eq!(names().spelling_at("BAO GIA LAI", 0), Some("Báo Gia Lai"));
    }
}
