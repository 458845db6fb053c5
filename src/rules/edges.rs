//! The words that open and close the entries of the lists about quantities: one look-up of a word tells in which of
//! those lists it is worth looking up.

use crate::text::{Span, letter};

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
    /// `Tables::statuses`.
    Status,
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
    /// The nouns of `NounPart::AsOf`.
    AsOf,
    /// The nouns of `NounPart::Period`.
    Period,
    /// The nouns of `NounPart::Calendar`.
    Calendar,
}

/// Some of the lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lists(u32);

impl Lists {
    const ALL: Lists = Lists(u32::MAX);

    /// Whether a list is among them.
    #[inline]
    pub(crate) fn has(self, list: List) -> bool {
        self.0 >> list as u32 & 1 == 1
    }

    /// Whether one of some lists is among them.
    #[inline]
    pub(crate) fn has_any(self, lists: &[List]) -> bool {
        lists.iter().any(|list| self.has(*list))
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

/// The first and last words of entries, by a hash of their letters in small: words that share one pass for each other,
/// and a list itself tells them apart.
#[derive(Debug)]
pub(crate) struct Edges {
    opening: Box<[Lists; SLOTS]>,
    closing: Box<[Lists; SLOTS]>,
}

/// How many hashes are told apart: some for each word, and few enough to stay at hand.
const SLOTS: usize = 1 << 12;

impl Edges {
    /// The edges of entries that are told apart by case alone.
    pub(super) fn new<'r>(entries: impl Iterator<Item = (&'r str, List)>) -> Edges {
        let none = || Box::new([Lists::default(); SLOTS]);
        let mut edges = Edges { opening: none(), closing: none() };
        for (entry, list) in entries {
            let (mut at, mut last) = (0, None);
            while let Some(start) = next_word(entry, at, entry.len()) {
                let (end, hash) = run(entry, start);
                // A word with a foreign letter passes without being known.
                if let (None, Some(hash)) = (last, hash) {
                    edges.opening[slot(hash)].0 |= 1 << list as u32;
                }
                (at, last) = (end, Some(hash));
            }
            if let Some(Some(hash)) = last {
                edges.closing[slot(hash)].0 |= 1 << list as u32;
            }
        }
        edges
    }

    /// The word at a place; without letters where none stands there.
    #[inline]
    pub(crate) fn word_at(&self, text: &str, start: usize) -> Word {
        let (end, hash) = run(text, start);
        let lists = match hash {
            _ if end == start => Lists::default(),
            Some(hash) => self.opening[slot(hash)],
            None => Lists::ALL,
        };
        Word { start, end, lists }
    }

    /// The lists of which an entry may close with the word that ends at a place.
    pub(crate) fn closing(&self, text: &str, end: usize) -> Lists {
        /// Longer words close no entry, or pass without being known.
        const LONGEST: usize = 64;
        let bytes = text.as_bytes();
        let mut start = end;
        while start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || !bytes[start - 1].is_ascii()) {
            start -= 1;
            if end - start == LONGEST {
                return Lists::ALL;
            }
        }
        // Characters that are no letters may stand among those beyond ASCII.
        while start < end {
            let (upto, hash) = run(&text[..end], start);
            if upto == end {
                return hash.map_or(Lists::ALL, |hash| self.closing[slot(hash)]);
            }
            start = upto + text[upto..].chars().next().map_or(1, char::len_utf8);
        }
        Lists::default()
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
        match SMALL.get(usize::from(bytes[at])) {
            Some(0) => at += 1,
            Some(_) => return Some(at),
            None if letter_at(text, at).is_some() => return Some(at),
            None => at += text[at..].chars().next()?.len_utf8(),
        }
    }
    None
}

/// The end of the letters and digits that stand together at a place, and their hash; no hash where a foreign letter is
/// among them.
#[inline(always)]
fn run(text: &str, start: usize) -> (usize, Option<u64>) {
    let bytes = text.as_bytes();
    let (mut hash, mut end, mut known) = (0u64, start, true);
    while let Some(&first) = bytes.get(end) {
        let small = match SMALL.get(usize::from(first)) {
            Some(0) => break,
            Some(small) => {
                end += 1;
                u32::from(*small)
            }
            None => match letter_at(text, end) {
                Some((small, width)) => {
                    end += width;
                    known &= small.is_some();
                    small.unwrap_or_default()
                }
                None => break,
            },
        };
        hash = (hash.rotate_left(5) ^ u64::from(small)).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
    (end, known.then_some(hash))
}

/// The small form of each letter and digit of ASCII; 0 for what is none.
const SMALL: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = byte as u8 | 0x20;
        }
        byte += 1;
    }
    table
};

/// The letter beyond ASCII at a place, the same for its small and its large form, and its bytes. `None` for a letter
/// that is not of Vietnamese: its other form may have any bytes.
#[inline]
fn letter_at(text: &str, at: usize) -> Option<(Option<u32>, usize)> {
    let bytes = text.as_bytes();
    let (first, second) = (*bytes.get(at)?, *bytes.get(at + 1)?);
    let of_two = |small: u8| Some((Some(u32::from_be_bytes([0, 0, first, small])), 2));
    match (first, second) {
        // × and ÷ are no letters.
        (0xc3, _) if second | 0x20 != 0xb7 => of_two(second | 0x20),
        (0xc4, 0x82 | 0x83 | 0x90 | 0x91 | 0xa8 | 0xa9) | (0xc5, 0xa8 | 0xa9) | (0xc6, 0xa0 | 0xa1) => {
            of_two(second | 1)
        }
        (0xc6, 0xaf | 0xb0) => of_two(0xb0),
        (0xe1, 0xba | 0xbb) => {
            let third = *bytes.get(at + 2)?;
            let paired = second == 0xbb || third >= 0xa0;
            Some((paired.then(|| u32::from_be_bytes([0, first, second, third | 1])), 3))
        }
        _ => text[at..].chars().next().filter(|c| letter::is_alphanumeric(*c)).map(|c| (None, c.len_utf8())),
    }
}

#[inline]
fn slot(hash: u64) -> usize {
    (hash >> (u64::BITS - SLOTS.ilog2())) as usize
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
            (List::AsOf, NounPart::AsOf),
            (List::Period, NounPart::Period),
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
                (List::Status, tables.statuses.at(text, at).is_some(), false),
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
    fn both_cases_and_foreign_letters_pass() {
        let edges = Edges::new([("đạt", List::Status), ("trên", List::Link)].into_iter());
        assert!(edges.word_at("ĐẠT 5", 0).lists.has(List::Status));
        assert!(edges.word_at("Đạt 5", 0).lists.has(List::Status) && !edges.word_at("Đạt 5", 0).lists.has(List::Link));
        assert!(edges.word_at("İx", 0).lists.has(List::Link) && edges.closing("İx", 3).has(List::Status));
        assert!(edges.closing("ở TRÊN", "ở TRÊN".len()).has(List::Link));
        assert_eq!(edges.closing("“trên”", "“trên”".len()), Lists::default());
        assert!(edges.closing("x “trên", "x “trên".len()).has(List::Link));
        assert_eq!(edges.word_at("- 5", 0).end, 0);
    }

    #[test]
    fn a_letter_is_the_same_in_both_cases() {
        for c in '\0'..=char::MAX {
            let (text, small) = (c.to_string(), c.to_lowercase().to_string());
            let (end, hash) = run(&text, 0);
            assert_eq!(end, if c.is_alphanumeric() { text.len() } else { 0 }, "{c:?}");
            assert!(hash.is_none() || !c.is_alphanumeric() || run(&small, 0).1 == hash, "{c:?}");
        }
    }
}
