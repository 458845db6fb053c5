//! Names of persons, as they stand under a signature.

use crate::text::{fold_char, skeleton};
use std::collections::HashSet;

/// The words that open names.
#[derive(Clone, Debug, Default)]
pub struct NameWords {
    /// Surnames, in small letters.
    pub surnames: HashSet<String>,
    /// The commonest of them, marks folded: OCR may have lost the marks.
    pub common: HashSet<String>,
    /// Ranks, degrees and forms of address, marks folded, words joined by one space.
    pub titles: Vec<String>,
}

impl NameWords {
    /// Whether a word is a surname.
    pub fn opens(&self, word: &str) -> bool {
        self.surnames.contains(&word.to_lowercase()) || self.common.contains(&skeleton(word))
    }
}

/// The name of a person, if the whole text is one: two to six capitalised syllables, ranks and degrees before it dropped.
/// Returns the byte offset of the name in the text and its spelling.
pub fn person(text: &str, known: &NameWords) -> Option<(usize, String)> {
    let trimmed = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let mut start = trimmed.find(char::is_alphabetic)?;
    // Only marks may stand before a name, not digits.
    if trimmed[..start].chars().any(|c| c.is_alphanumeric()) {
        return None;
    }
    start += titles(&trimmed[start..], &known.titles);
    let body = &trimmed[start..];
    let words: Vec<&str> = body.split_whitespace().collect();
    if !(2..=6).contains(&words.len()) || !words.iter().all(|word| is_syllable(word)) {
        return None;
    }
    // Offices and organs are capitalised like names: only a surname tells them apart.
    if !known.opens(words[0]) {
        return None;
    }
    Some((start, words.join(" ")))
}

/// Whether a text has the form of a name, whoever's: two to five capitalised syllables in small letters.
///
/// Surnames are an open set; under an office the form is enough.
pub fn has_form(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| is_syllable(word) && word.chars().skip(1).all(|c| !c.is_uppercase()))
}

/// How many bytes of ranks and degrees open a text.
fn titles(text: &str, known: &[String]) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let found = known.iter().filter_map(|title| title_end(rest, title)).max();
        match found {
            Some(end) => {
                let gap = rest[end..].find(char::is_alphabetic).unwrap_or(0);
                at += end + gap;
            }
            None => return at,
        }
    }
}

/// The end of a title at the start of a text: a dot, a slash or a space and a capital must follow.
fn title_end(text: &str, title: &str) -> Option<usize> {
    let mut wanted = title.chars().peekable();
    let mut chars = text.char_indices().peekable();
    while let Some(&c) = wanted.peek() {
        let (_, found) = *chars.peek()?;
        if fold_char(found) != c && (found.is_alphanumeric() || c != ' ') {
            return None;
        }
        wanted.next();
        chars.next();
    }
    let (end, next) = chars.next()?;
    (matches!(next, '.' | ',' | '/' | ':') || next == ' ' && title.len() >= 2).then_some(end)
}

fn is_syllable(word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next().is_some_and(|c| c.is_uppercase());
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let clean = word.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '-'));
    first && clean && letters <= 8 && (letters >= 2 || matches!(word, "Y" | "A" | "H'" | "K'" | "Ý"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<String> {
        let words = |list: &str| list.split(',').map(str::to_owned).collect::<Vec<_>>();
        let surnames = words("lê,cao,y,nguyễn,thạch,điểu,trần,phan").into_iter().collect();
        let common = words("nguyen,tran").into_iter().collect();
        person(text, &NameWords { surnames, common, titles: words("pgs,ts,ths,thuong ta,d c,ong") })
            .map(|(_, name)| name)
    }

    #[test]
    fn reads_names_of_every_length() {
        for name in ["Lê Nam", "Cao Văn Long", "Y Thanh Hà Niê Kđăm", "NGUYỄN VĂN A", "Thạch Sa Rươl", "Điểu Thị Hà"]
        {
            assert_eq!(read(name).as_deref(), Some(name));
        }
    }

    #[test]
    fn drops_ranks_and_degrees() {
        assert_eq!(read("PGS.TS. Trần Bình").as_deref(), Some("Trần Bình"));
        assert_eq!(read("Thượng tá Lê  Quang Huy").as_deref(), Some("Lê Quang Huy"));
        assert_eq!(read("Đ/c Trần Bình").as_deref(), Some("Trần Bình"));
    }

    #[test]
    fn offices_and_prose_are_no_names() {
        for text in [
            "CHỦ TỊCH",
            "Như Điều 3",
            "Phó Giám đốc",
            "Nơi nhận",
            "Các sở, ban",
            "TM. ỦY BAN",
            "Lê",
            "Trên đây là",
            "Thứ trưởng",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
