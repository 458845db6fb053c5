//! Word lists that are looked up in running text: longest match, forwards or backwards.

use crate::text::fold_char;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// How far two spellings may differ and still be the same entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fold {
    /// In case only.
    Case,
    /// In case and marks: what OCR loses.
    Marks,
    /// Like `Marks` for entries of three words and more. In a shorter one each word has its marks or, where OCR lost
    /// them, none at all: other marks make another word (`BAN`, `BÀN`, `BẢN`; `QUẬN`, `QUÂN`).
    Short,
}

/// What may stand between two words of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// White space, with at most one line break.
    Space,
    /// White space and punctuation: `Phòng, chống`.
    Punctuation,
}

/// A list of words and word groups, each with a value.
#[derive(Debug)]
pub struct Lexicon<T> {
    fold: Fold,
    gap: Gap,
    entries: HashMap<Box<str>, T>,
    /// The entries whose marks count, by their folded words: the spelling of each word, and the value.
    spelt: HashMap<Box<str>, Vec<(Vec<String>, T)>>,
    /// For each first word, the most words that an entry opened by it has.
    first: HashMap<Box<str>, usize>,
    /// For each last word, likewise.
    last: HashMap<Box<str>, usize>,
}

/// A word of the text: its bounds in bytes.
type Word = (usize, usize);

/// The most words that an entry may have.
const MOST_WORDS: usize = 24;

/// The most words of an entry whose marks count with [`Fold::Short`]: more words tell enough without them.
const MOST_SPELT: usize = 2;

impl<T: Copy> Lexicon<T> {
    /// A list that folds and joins as said.
    pub fn new(fold: Fold, gap: Gap, entries: impl IntoIterator<Item = (impl AsRef<str>, T)>) -> Self {
        let mut lexicon = Lexicon {
            fold,
            gap,
            entries: HashMap::new(),
            spelt: HashMap::new(),
            first: HashMap::new(),
            last: HashMap::new(),
        };
        for (text, value) in entries {
            let words: Vec<String> = words_of(text.as_ref(), fold).collect();
            let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
            for (map, word) in [(&mut lexicon.first, first), (&mut lexicon.last, last)] {
                let most = map.entry(word.as_str().into()).or_insert(0);
                *most = (*most).max(words.len()).min(MOST_WORDS);
            }
            if fold == Fold::Short && words.len() <= MOST_SPELT {
                let spelling = bare_words(text.as_ref()).map(spelling).collect();
                lexicon.spelt.entry(words.join(" ").into()).or_default().push((spelling, value));
            } else {
                lexicon.entries.insert(words.join(" ").into(), value);
            }
        }
        lexicon
    }

    /// The value of the words in `text` between two places, whose folded form is `key`.
    fn find(&self, key: &str, text: &str) -> Option<T> {
        if let Some(value) = self.entries.get(key) {
            return Some(*value);
        }
        let spelt = self.spelt.get(key)?;
        let written: Vec<&str> = bare_words(text).collect();
        let right = |wanted: &[String]| {
            wanted.len() == written.len()
                && written.iter().zip(wanted).all(|(word, wanted)| word.is_ascii() || spelling(word) == *wanted)
        };
        let exact = |wanted: &[String]| written.iter().zip(wanted).all(|(word, wanted)| spelling(word) == *wanted);
        let best = spelt.iter().find(|(wanted, _)| exact(wanted));
        best.or_else(|| spelt.iter().find(|(wanted, _)| right(wanted))).map(|(_, value)| *value)
    }

    /// The value of a whole text, if it is an entry.
    pub fn get(&self, text: &str) -> Option<T> {
        let key = words_of(text, self.fold).collect::<Vec<_>>().join(" ");
        self.find(&key, text)
    }

    /// The longest entry that begins at `at`: the end of its last word, and its value.
    pub fn at(&self, text: &str, at: usize) -> Option<(usize, T)> {
        let mut word = next_word(text, at, Gap::Space).filter(|w| w.0 == at)?;
        let mut key = String::new();
        push_folded(&mut key, &text[word.0..word.1], self.fold);
        let most = *self.first.get(key.as_str())?;
        let mut best = self.find(&key, &text[at..word.1]).map(|v| (word.1, v));
        for _ in 1..most {
            let Some(next) = next_word(text, word.1, self.gap) else { break };
            word = next;
            key.push(' ');
            push_folded(&mut key, &text[word.0..word.1], self.fold);
            if let Some(value) = self.find(&key, &text[at..word.1]) {
                best = Some((word.1, value));
            }
        }
        best
    }

    /// The longest entry that ends at `end`: the start of its first word, and its value.
    pub fn ending_at(&self, text: &str, end: usize) -> Option<(usize, T)> {
        let mut word = previous_word(text, end, Gap::Space).filter(|w| w.1 == end)?;
        let mut key = String::new();
        push_folded(&mut key, &text[word.0..word.1], self.fold);
        let most = *self.last.get(key.as_str())?;
        let mut best = self.find(&key, &text[word.0..end]).map(|v| (word.0, v));
        for _ in 1..most {
            let Some(before) = previous_word(text, word.0, self.gap) else { break };
            word = before;
            let mut longer = String::with_capacity(key.len() + 8);
            push_folded(&mut longer, &text[word.0..word.1], self.fold);
            longer.push(' ');
            longer.push_str(&key);
            key = longer;
            if let Some(value) = self.find(&key, &text[word.0..end]) {
                best = Some((word.0, value));
            }
        }
        best
    }
}

fn push_folded(out: &mut String, word: &str, fold: Fold) {
    match fold {
        Fold::Case => out.extend(word.chars().flat_map(char::to_lowercase)),
        Fold::Marks | Fold::Short => out.extend(word.chars().map(fold_char)),
    }
}

/// A word in small letters, its tone behind them: `hoà` and `hòa` are spelt alike, `hóa` and `hoa` are not.
fn spelling(word: &str) -> String {
    let tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let letters = || word.chars().flat_map(char::to_lowercase).nfd();
    letters().filter(|c| !tone(c)).chain(letters().filter(tone)).map(|c| if c == 'ð' { 'đ' } else { c }).collect()
}

fn bare_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

fn words_of(text: &str, fold: Fold) -> impl Iterator<Item = String> + '_ {
    bare_words(text).map(move |w| {
        let mut out = String::new();
        push_folded(&mut out, w, fold);
        out
    })
}

/// Whether the characters between two words may stand inside an entry.
fn joins(between: &str, gap: Gap) -> bool {
    between.len() <= 40
        && between.matches('\n').count() <= 2
        && between.chars().all(|c| {
            c.is_whitespace()
                || (gap == Gap::Punctuation && matches!(c, ',' | '-' | '.' | '"' | '\'' | ';' | '*' | '_' | '~' | '/'))
        })
}

/// The word that begins at or after `from`, across a gap.
fn next_word(text: &str, from: usize, gap: Gap) -> Option<Word> {
    let rest = &text[from..];
    let start = from + rest.find(char::is_alphanumeric)?;
    if !joins(&text[from..start], gap) {
        return None;
    }
    let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |n| start + n);
    Some((start, end))
}

/// The word that ends at or before `upto`, across a gap.
fn previous_word(text: &str, upto: usize, gap: Gap) -> Option<Word> {
    let head = &text[..upto];
    let (last, c) = head.char_indices().rev().take(48).find(|(_, c)| c.is_alphanumeric())?;
    let end = last + c.len_utf8();
    if !joins(&text[end..upto], gap) {
        return None;
    }
    let start = head[..end].char_indices().rev().take_while(|(_, c)| c.is_alphanumeric()).last().map(|(i, _)| i)?;
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units() -> Lexicon<u8> {
        Lexicon::new(Fold::Case, Gap::Space, [("ngày", 1), ("ngày làm việc", 2), ("hộ", 3)])
    }

    #[test]
    fn takes_the_longest_entry() {
        let text = "07 Ngày  làm\nviệc, 3 hộ nghèo";
        assert_eq!(units().at(text, 3), Some((text.find(',').unwrap(), 2)));
        assert_eq!(units().at("ngày, làm việc", 0), Some(("ngày".len(), 1)));
        assert_eq!(units().at("hội", 0), None);
    }

    #[test]
    fn looks_back_as_well() {
        let text = "trong 5 ngày làm việc";
        assert_eq!(units().ending_at(text, text.len()), Some((8, 2)));
        assert_eq!(units().ending_at("xã hội", "xã hội".len()), None);
    }

    #[test]
    fn the_marks_of_short_entries_count() {
        let entries = [("Ban", 1), ("Văn phòng", 2), ("Quận", 3), ("Hòa giải", 4), ("Ủy ban nhân dân", 5)];
        let heads = Lexicon::new(Fold::Short, Gap::Punctuation, entries);
        for (text, value) in [
            ("BAN", 1),
            ("VĂN PHÒNG", 2),
            ("VAN PHONG", 2),
            ("VĂN PHONG", 2),
            ("QUAN", 3),
            ("HOÀ GIẢI", 4),
            ("ÚY BÀN NHÂN DÂN", 5),
        ] {
            assert_eq!(heads.get(text), Some(value), "{text}");
            assert_eq!(heads.at(text, 0), Some((text.len(), value)), "{text}");
            assert_eq!(heads.ending_at(text, text.len()).map(|(_, found)| found), Some(value), "{text}");
        }
        for text in ["BÀN", "BẢN", "QUÂN", "QUẢN", "VÂN PHÒNG", "HÓA GIẢI"] {
            assert_eq!(heads.get(text), None, "{text}");
        }
    }

    #[test]
    fn folds_marks_and_skips_punctuation_when_told() {
        let acts = Lexicon::new(Fold::Marks, Gap::Punctuation, [("Luật Phòng, chống tham nhũng", 1)]);
        let text = "luat phong chông\ntham nhũng năm";
        assert_eq!(acts.at(text, 0), Some((text.find(" năm").unwrap(), 1)));
        assert_eq!(acts.get("LUẬT PHÒNG CHỐNG THAM NHŨNG"), Some(1));
    }
}
