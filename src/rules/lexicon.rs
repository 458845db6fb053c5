//! Word lists that are looked up in running text: longest match, forwards or backwards.

use super::{
    builtin,
    file::Text,
    trie::{self, Fold, Trie},
};
use crate::text::{Span, begins_word, letter, without_tone};
use std::sync::OnceLock;
use unicode_normalization::UnicodeNormalization;

/// What may stand between two words of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// White space, with at most one line break.
    Space,
    /// White space and punctuation: `Phòng, chống`.
    Punctuation,
}

/// A list of words and word groups, each with a value.
///
/// Most places that are looked up hold no entry, and most of those are told by two letters: the tries are made for that.
#[derive(Debug)]
pub struct Lexicon<T> {
    fold: Fold,
    gap: Gap,
    entries: Vec<(Text, T)>,
    /// How the words of each entry are spelt, where marks count; made when first asked for, as few are met.
    spelt: Vec<OnceLock<Vec<String>>>,
    /// The words of each entry from the first on; found or made when first asked for, as most lists are read one way only.
    forwards: OnceLock<Trie>,
    /// The words from the last on, each from its last letter on.
    backwards: OnceLock<Trie>,
}

/// The most words of an entry whose marks count with [`Fold::Short`]: more words tell enough without them.
const MOST_SPELT: usize = 2;

/// The most words that an entry may have.
const MOST_WORDS: usize = 24;

/// The most bytes between two words of an entry.
const WIDEST_GAP: usize = 40;

impl<T: Copy> Lexicon<T> {
    /// A list that folds and joins as said.
    pub fn new(fold: Fold, gap: Gap, entries: impl IntoIterator<Item = (impl Into<Text>, T)>) -> Self {
        let entries: Vec<(Text, T)> = entries.into_iter().map(|(text, value)| (text.into(), value)).collect();
        let spelt = if fold == Fold::Short { vec![OnceLock::new(); entries.len()] } else { Vec::new() };
        Lexicon { fold, gap, entries, spelt, forwards: OnceLock::new(), backwards: OnceLock::new() }
    }

    /// How the words of an entry are spelt.
    fn spellings(&self, entry: usize) -> &[String] {
        self.spelt[entry].get_or_init(|| words_of(&self.entries[entry].0).map(spelling).collect())
    }

    /// What some words of a text stand for that lead to a node, if an entry ends there and its marks are right.
    #[inline]
    fn told(&self, trie: &Trie, node: u32, text: &str, words: usize) -> Option<T> {
        let last = trie.entry(node)?;
        let entry =
            if self.fold != Fold::Short || words > MOST_SPELT { last } else { self.spelt_as(trie, last, text)? };
        Some(self.entries[entry].1)
    }

    /// The first of the entries that fold to the same as this one whose marks are those of a text, or else whose marks are,
    /// so far as the text has any.
    fn spelt_as(&self, trie: &Trie, last: usize, text: &str) -> Option<usize> {
        let exact =
            |entry: &usize| words_of(text).zip(self.spellings(*entry)).all(|(word, right)| is_spelt(word, right));
        let right = |entry: &usize| {
            words_of(text).zip(self.spellings(*entry)).all(|(word, right)| word.is_ascii() || is_spelt(word, right))
        };
        trie.alike(last).filter(exact).last().or_else(|| trie.alike(last).filter(right).last())
    }

    fn forwards(&self) -> &Trie {
        self.forwards.get_or_init(|| self.trie(true))
    }

    fn backwards(&self) -> &Trie {
        self.backwards.get_or_init(|| self.trie(false))
    }

    /// The tree of the entries: the one laid down for just these, if there is one.
    fn trie(&self, forwards: bool) -> Trie {
        let entries = self.entries.iter().map(|(text, _)| text.as_ref());
        match builtin::tree(trie::key(self.fold, forwards, entries.clone())) {
            Some(tree) => Trie::laid_down(self.fold, tree),
            None => Trie::new(self.fold, forwards, entries),
        }
    }

    /// Whether the trees of the list are laid down, just as they would be grown.
    #[cfg(test)]
    pub(super) fn is_laid_down(&self) -> bool {
        [true, false].into_iter().all(|forwards| {
            let entries = self.entries.iter().map(|(text, _)| text.as_ref());
            let laid = builtin::tree(trie::key(self.fold, forwards, entries.clone()));
            laid == Some(&Trie::new(self.fold, forwards, entries).tree)
        })
    }

    /// The value of a whole text, if it is an entry.
    pub fn get(&self, text: &str) -> Option<T> {
        let trie = self.forwards();
        let step = |(node, count), word| Some((trie.step(node, word)?.0, count + 1));
        let (last, count) = words_of(text).try_fold((Trie::ROOT, 0), step)?;
        self.told(trie, last, text, count)
    }

    /// The longest entry that begins at `at`: the end of its last word, and its value.
    pub fn at(&self, text: &str, at: usize) -> Option<(usize, T)> {
        self.at_reaching(text, at).0
    }

    /// The first word of a span with which an entry begins that may reach beyond it.
    pub(crate) fn first_in(&self, text: &str, span: Span) -> Option<usize> {
        let trie = self.forwards();
        let bytes = &text.as_bytes()[span.start..span.end];
        for (i, byte) in bytes.iter().enumerate() {
            // Most bytes open no entry, or stand inside a word, which the byte before tells.
            if !trie.may_open_with(*byte) || i > 0 && bytes[i - 1].is_ascii_alphanumeric() {
                continue;
            }
            let at = span.start + i;
            // At the start of the span a word begins, whatever stands before it.
            if trie.may_open(&text[at..]) && (i == 0 || begins_word(text, at)) && self.at(text, at).is_some() {
                return Some(at);
            }
        }
        None
    }

    /// The same as [`Lexicon::at`], and up to where at most the text told it, if it goes on behind the first word.
    pub(crate) fn at_reaching(&self, text: &str, at: usize) -> (Option<(usize, T)>, usize) {
        let trie = self.forwards();
        let mut rest = &text[at..];
        if !trie.may_open(rest) {
            return (None, at);
        }
        let mut node = Trie::ROOT;
        let mut best = None;
        for count in 0..MOST_WORDS {
            if count > 0 {
                let Some(next) = joined(rest, self.gap) else { break };
                rest = next;
            }
            let Some((next, length)) = trie.step(node, rest) else { break };
            node = next;
            rest = &rest[length..];
            let end = text.len() - rest.len();
            if let Some(value) = self.told(trie, node, &text[at..end], count + 1) {
                best = Some((end, value));
            }
            if trie.is_leaf(node) {
                break;
            }
        }
        let reach = if node == Trie::ROOT { at } else { text.len() - rest.len() + WIDEST_GAP + trie.widest() };
        (best, reach)
    }

    /// The longest entry that ends at `end`: the start of its first word, and its value.
    pub fn ending_at(&self, text: &str, end: usize) -> Option<(usize, T)> {
        let trie = self.backwards();
        let mut head = &text[..end];
        let mut node = Trie::ROOT;
        let mut best = None;
        for count in 0..MOST_WORDS {
            if count > 0 {
                let Some(next) = joined_before(head, self.gap) else { break };
                head = next;
            }
            let word = last_word(head);
            if count == 0 && !trie.may_open(word) {
                return None;
            }
            let Some((next, length)) = trie.step(node, word) else { break };
            node = next;
            head = &head[..head.len() - length];
            if let Some(value) = self.told(trie, node, &text[head.len()..end], count + 1) {
                best = Some((head.len(), value));
            }
            if trie.is_leaf(node) {
                break;
            }
        }
        best
    }
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !letter::is_alphanumeric(c)).filter(|word| !word.is_empty())
}

/// A word in small letters, its tone behind them: `hoà` and `hòa` are spelt alike, `hóa` and `hoa` are not.
fn spelling(word: &str) -> String {
    let tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let letters = || word.chars().flat_map(char::to_lowercase).nfd();
    let toneless = letters().filter(|c| !tone(c)).nfc();
    toneless.chain(letters().filter(tone)).map(|c| if c == 'ð' { 'đ' } else { c }).collect()
}

/// Whether a word has this spelling.
fn is_spelt(word: &str, right: &str) -> bool {
    // Capitals fold to small letters one by one; what does not is spelt out.
    let lower = |c: char| letter::to_lower(c).map(without_tone);
    let mut wanted = right.chars();
    for c in word.chars() {
        match lower(c) {
            Some(Some((letter, _))) if wanted.next() == Some(letter) => {}
            Some(Some(_)) => return false,
            _ => return spelling(word) == right,
        }
    }
    let tones = word.chars().filter_map(|c| lower(c)??.1);
    tones.eq(wanted)
}

/// Whether a character may stand between two words of an entry.
fn joins(c: char, gap: Gap) -> bool {
    c == ' '
        || c.is_whitespace()
        || (gap == Gap::Punctuation && matches!(c, ',' | '-' | '.' | '"' | '\'' | ';' | '*' | '_' | '~' | '/'))
}

/// The word that ends a text; empty where no letter does.
fn last_word(text: &str) -> &str {
    let before = text.char_indices().rev().take_while(|(_, c)| letter::is_alphanumeric(*c)).last();
    &text[before.map_or(text.len(), |(at, _)| at)..]
}

/// A text from its next word on, across a gap.
fn joined(text: &str, gap: Gap) -> Option<&str> {
    // Mostly one space.
    if let [b' ', next, ..] = text.as_bytes()
        && next.is_ascii_alphanumeric()
    {
        return Some(&text[1..]);
    }
    let mut breaks = 0;
    for (i, c) in text.char_indices() {
        if letter::is_alphanumeric(c) {
            return Some(&text[i..]);
        }
        breaks += usize::from(c == '\n');
        if i + c.len_utf8() > WIDEST_GAP || breaks > 2 || !joins(c, gap) {
            return None;
        }
    }
    None
}

/// A text up to its last word, across a gap.
fn joined_before(text: &str, gap: Gap) -> Option<&str> {
    let mut breaks = 0;
    for (i, c) in text.char_indices().rev() {
        if letter::is_alphanumeric(c) {
            return Some(&text[..i + c.len_utf8()]);
        }
        breaks += usize::from(c == '\n');
        if text.len() - i > WIDEST_GAP || breaks > 2 || !joins(c, gap) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_char;
    use proptest::prelude::*;

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

    /// The same by trying every entry at every place, word by word.
    fn slow(entries: &[&'static str], fold: Fold, gap: Gap, text: &str, at: usize) -> Option<usize> {
        let same = |a: &str, b: &str| match fold {
            Fold::Case => a.to_lowercase() == b.to_lowercase(),
            Fold::Marks | Fold::Short => a.chars().map(fold_char).eq(b.chars().map(fold_char)),
        };
        let word = |at: usize| {
            let rest = &text[at..];
            &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())]
        };
        let end_of = |entry: &&str| {
            let mut end = at;
            for (i, wanted) in entry.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).enumerate() {
                if i > 0 {
                    let between = text[end..].find(char::is_alphanumeric)?;
                    let inside = &text[end..end + between];
                    let passes = |c: char| c.is_whitespace() || gap == Gap::Punctuation && ",-.\"';*_~/".contains(c);
                    if between > 40 || inside.matches('\n').count() > 2 || !inside.chars().all(passes) {
                        return None;
                    }
                    end += between;
                }
                if !same(word(end), wanted) || wanted.is_empty() {
                    return None;
                }
                end += word(end).len();
            }
            Some(end)
        };
        entries.iter().filter_map(end_of).max()
    }

    proptest! {
        #[test]
        fn a_word_is_spelt_as_its_spelling_says(word in "[oaàòằăĐðäǹİH]{0,4}", other in "[oaàòằăĐðäǹİH]{0,4}") {
            prop_assert!(is_spelt(&word, &spelling(&word)));
            prop_assert_eq!(is_spelt(&word, &spelling(&other)), spelling(&word) == spelling(&other));
        }

        #[test]
        fn finds_what_trying_every_entry_finds(
            text in "(bạ|BA|Bà|ba|đi|ĐI|İ|K|k|xã|[ ,\n/–]| {38,42}){0,14}", marks in any::<bool>(), joined in any::<bool>(),
        ) {
            let entries = ["ba", "ba đi", "ba đi xã", "đi, xã", "bạ BA", "k", "i\u{307}", "xã ba"];
            let fold = if marks { Fold::Marks } else { Fold::Case };
            let gap = if joined { Gap::Punctuation } else { Gap::Space };
            let lexicon = Lexicon::new(fold, gap, entries.iter().map(|entry| (*entry, ())));
            for (at, _) in text.char_indices().filter(|(at, _)| begins_word(&text, *at)) {
                let found = lexicon.at(&text, at).map(|(end, ())| end);
                prop_assert_eq!(found, slow(&entries, fold, gap, &text, at), "{:?} {}", text, at);
                if let Some(end) = found {
                    let back = lexicon.ending_at(&text, end).map(|(start, ())| start);
                    prop_assert!(back.is_some_and(|start| start <= at), "{:?} {}", text, at);
                }
                let whole = Span::new(at, text.len());
                prop_assert_eq!(lexicon.first_in(&text, whole).is_some_and(|first| first == at), found.is_some());
            }
        }
    }
}
