//! The words that open and close the entries of the lists about quantities: one look-up of a word tells in which of
//! those lists it is worth looking up.

use crate::text::{Span, letter};
use rustc_hash::FxHashMap;

/// A list that is looked up beside numbers, or in headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// `Tables::barred_before`.
    BarredBefore,
    /// `Tables::barred_after`.
    BarredAfter,
    /// `Tables::qualifiers`, of either side.
    Qualifier,
    /// `Tables::changes`.
    Change,
    /// `Tables::scales`.
    Scale,
    /// `Tables::unit_words`.
    Unit,
    /// `Tables::statuses`, and the nouns that open a day or a period.
    Sign,
    /// `Tables::topics`.
    Topic,
    /// The nouns of `NounPart::Counted`.
    Counted,
    /// The nouns of `NounPart::Listed`.
    Listed,
    /// The nouns of `NounPart::End`.
    End,
    /// The nouns of `NounPart::Numeral`.
    Numeral,
    /// The nouns of `NounPart::Link`.
    Link,
    /// The nouns of `NounPart::Lead`.
    Lead,
    /// The nouns of `NounPart::Span`.
    Span,
    /// The nouns of `NounPart::Calendar`.
    Calendar,
}

/// Some of the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists(u16);

impl Lists {
    const ALL: Lists = Lists(u16::MAX);

    /// Whether a list is among them.
    #[inline]
    pub(crate) fn has(self, list: List) -> bool {
        self.0 >> list as u16 & 1 == 1
    }
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Where it begins.
    pub(crate) start: usize,
    /// One past its last letter.
    pub(crate) end: usize,
    /// The lists of which an entry may open with it.
    pub(crate) lists: Lists,
}

/// The first and last words of entries, by a hash of their letters in small: other words may share one, which a list
/// itself then tells apart.
#[derive(Debug, Default)]
pub(crate) struct Edges {
    opening: FxHashMap<u64, Lists>,
    closing: FxHashMap<u64, Lists>,
    /// The letters of the longest closing word.
    longest: usize,
}

impl Edges {
    /// The edges of entries that are told apart by case alone.
    pub(super) fn new<'r>(entries: impl Iterator<Item = (&'r str, List)>) -> Edges {
        let mut edges = Edges::default();
        for (entry, list) in entries {
            let mut words = entry.split(|c: char| !letter::is_alphanumeric(c)).filter(|word| !word.is_empty());
            let Some(first) = words.next() else { continue };
            let last = words.last().unwrap_or(first);
            edges.longest = edges.longest.max(last.chars().flat_map(char::to_lowercase).count());
            let small = |word: &str| word.to_lowercase();
            edges.opening.entry(small(first).chars().fold(0, mix)).or_default().0 |= 1 << list as u16;
            edges.closing.entry(small(last).chars().rev().fold(0, mix)).or_default().0 |= 1 << list as u16;
        }
        edges
    }

    /// The word at a place; without letters where none stands there.
    #[inline]
    pub(crate) fn word_at(&self, text: &str, start: usize) -> Word {
        let (mut hash, mut end, mut known) = (0, start, true);
        for c in text[start..].chars().take_while(|c| letter::is_alphanumeric(*c)) {
            match letter::to_lower(c) {
                Some(small) => hash = mix(hash, small),
                None => known = false,
            }
            end += c.len_utf8();
        }
        let lists = match known {
            _ if end == start => Lists::default(),
            true => self.opening.get(&hash).copied().unwrap_or_default(),
            false => Lists::ALL,
        };
        Word { start, end, lists }
    }

    /// The lists of which an entry may close with the word that ends at a place.
    #[inline]
    pub(crate) fn closing(&self, text: &str, end: usize) -> Lists {
        let mut hash = 0;
        let mut letters = 0;
        for c in text[..end].chars().rev().take_while(|c| letter::is_alphanumeric(*c)) {
            let Some(small) = letter::to_lower(c) else { return Lists::ALL };
            hash = mix(hash, small);
            letters += 1;
            if letters > self.longest {
                return Lists::default();
            }
        }
        if letters == 0 { Lists::default() } else { self.closing.get(&hash).copied().unwrap_or_default() }
    }

    /// The words that begin in a span.
    pub(crate) fn words<'t>(&'t self, text: &'t str, span: Span) -> impl Iterator<Item = Word> + 't {
        let mut at = span.start;
        std::iter::from_fn(move || {
            let word = self.word_at(text, next_word(text, at, span.end)?);
            at = word.end;
            Some(word)
        })
    }
}

/// Where the first letter or digit of a text stands, from one place up to another.
fn next_word(text: &str, from: usize, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < end {
        let byte = bytes[at];
        if byte.is_ascii() {
            if byte.is_ascii_alphanumeric() {
                return Some(at);
            }
            at += 1;
        } else {
            let c = text[at..].chars().next()?;
            if letter::is_alphanumeric(c) {
                return Some(at);
            }
            at += c.len_utf8();
        }
    }
    None
}

#[inline]
fn mix(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        rules::{NounPart, Rules, Side},
        text::word_starts,
    };

    /// Whether the edges pass whatever the lists find at each word of a text.
    fn passes_all_found(text: &str) {
        let tables = Rules::builtin().tables();
        let parts = [
            (List::Counted, NounPart::Counted),
            (List::Listed, NounPart::Listed),
            (List::End, NounPart::End),
            (List::Numeral, NounPart::Numeral),
            (List::Link, NounPart::Link),
            (List::Lead, NounPart::Lead),
            (List::Span, NounPart::Span),
            (List::Calendar, NounPart::Calendar),
            (List::Sign, NounPart::AsOf),
            (List::Sign, NounPart::Period),
        ];
        let whole = Span::new(0, text.len());
        let words: Vec<Word> = tables.edges.words(text, whole).collect();
        assert_eq!(
            words.iter().map(|word| word.start).collect::<Vec<_>>(),
            word_starts(text, whole).collect::<Vec<_>>()
        );
        for Word { start: at, end, lists } in words {
            let closing = tables.edges.closing(text, end);
            let qualifier = |side: Side| &tables.qualifiers[&side];
            for (list, opens, closes) in [
                (
                    List::BarredBefore,
                    tables.barred_before.at(text, at).is_some(),
                    tables.barred_before.ending_at(text, end).is_some(),
                ),
                (List::BarredAfter, tables.barred_after.at(text, at).is_some(), false),
                (
                    List::Qualifier,
                    qualifier(Side::After).at(text, at).is_some(),
                    qualifier(Side::Before).ending_at(text, end).is_some(),
                ),
                (List::Change, false, tables.changes.ending_at(text, end).is_some()),
                (List::Scale, tables.scales.at(text, at).is_some(), false),
                (List::Unit, tables.unit_words.at(text, at).is_some(), false),
                (List::Sign, tables.statuses.at(text, at).is_some(), false),
                (List::Topic, tables.topics.at(text, at).is_some(), false),
            ] {
                assert!(lists.has(list) || !opens, "{list:?} at {}", &text[at..]);
                assert!(closing.has(list) || !closes, "{list:?} up to {}", &text[..end]);
            }
            for (list, part) in parts {
                assert!(lists.has(list) || tables.noun_at(part, text, at).is_none(), "{list:?} at {}", &text[at..]);
                let closes = tables.noun_ending_at(part, text, end).is_some();
                assert!(closing.has(list) || !closes, "{list:?} up to {}", &text[..end]);
            }
        }
    }

    #[test]
    fn pass_whatever_the_lists_find_in_the_corpus() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
        let mut read = 0;
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let text = std::fs::read(entry.path()).unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            passes_all_found(&text);
            passes_all_found(&text.to_uppercase());
            read += 1;
        }
        assert!(read > 10);
    }

    #[test]
    fn a_letter_with_a_long_small_form_passes() {
        let edges = Edges::new([("đạt", List::Sign), ("trên", List::Link)].into_iter());
        assert!(edges.word_at("Đạt 5", 0).lists.has(List::Sign) && !edges.word_at("Đạt 5", 0).lists.has(List::Link));
        assert!(edges.word_at("İx", 0).lists.has(List::Link) && edges.closing("İx", 3).has(List::Sign));
        assert!(edges.closing("ở TRÊN", "ở TRÊN".len()).has(List::Link));
        assert_eq!(edges.word_at("- 5", 0).end, 0);
    }
}
