//! The words with which a text begins, each with a hash of its letters folded, read once for all who look words up in it.

use super::{Span, fold::bare_letter, fold_char, letter};

/// How far into a text words are noted, in bytes.
const REACH: usize = 60_000;

/// Where the words stand with which a text begins.
#[derive(Debug, Default)]
pub struct WordIndex {
    words: Vec<Word>,
    /// Whether these are all the words of the text.
    is_whole: bool,
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Its first byte; words of an index stand near the beginning of their text.
    start: u32,
    end: u32,
    /// Of its letters folded.
    pub hash: u64,
}

impl Word {
    /// Its first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// One past its last byte.
    pub fn end(self) -> usize {
        self.end as usize
    }
}

impl WordIndex {
    /// Notes the words with which a text begins.
    pub fn new(text: &str) -> WordIndex {
        // A word of Vietnamese has three to six letters.
        let mut words = Vec::with_capacity(text.len().min(REACH) / 5);
        let mut at = 0;
        while let Some((start, end, hash)) = next_word(text, at) {
            let (Ok(from), Ok(to)) = (u32::try_from(start), u32::try_from(end)) else { break };
            words.push(Word { start: from, end: to, hash });
            at = end;
            if at >= REACH {
                return WordIndex { words, is_whole: false };
            }
        }
        WordIndex { words, is_whole: true }
    }

    /// The words noted, and where behind them others begin, if any do.
    pub(crate) fn noted(&self) -> (&[Word], Option<usize>) {
        let end = self.words.last().map_or(0, |word| word.end());
        (&self.words, (!self.is_whole).then_some(end))
    }

    /// The words of a span, if all of them are noted and its ends cut none.
    pub(crate) fn inside(&self, span: Span) -> Option<&[Word]> {
        let first = self.words.partition_point(|word| word.end() <= span.start);
        let count = self.words[first..].partition_point(|word| word.start() < span.end);
        let (words, rest) = self.words[first..].split_at(count);
        let uncut = words.first().is_none_or(|word| word.start() >= span.start)
            && words.last().is_none_or(|word| word.end() <= span.end);
        (uncut && (self.is_whole || !rest.is_empty())).then_some(words)
    }

    /// The words of the first `limit` bytes of the text, or of as many as are noted; and what of a word stands behind them,
    /// cut where the limit is.
    pub(crate) fn upto(&self, text: &str, limit: usize) -> (&[Word], Option<Word>) {
        let mut limit = limit.min(REACH).min(text.len());
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let whole = &self.words[..self.words.partition_point(|word| word.end() <= limit)];
        let cut = self.words.get(whole.len()).filter(|word| word.start() < limit);
        let cut = cut.and_then(|word| next_word(&text[..limit], word.start()));
        (whole, cut.map(|(start, end, hash)| Word { start: start as u32, end: end as u32, hash }))
    }
}

/// The next word of a text at or behind a place: where it begins, where it ends, and the hash of its letters folded.
#[inline(always)]
pub(crate) fn next_word(text: &str, mut at: usize) -> Option<(usize, usize, u64)> {
    let bytes = text.as_bytes();
    let start = loop {
        let byte = *bytes.get(at)?;
        if LETTERS[usize::from(byte)] != 0 {
            break at;
        }
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        match wide(text, at) {
            (0, length) => at += length,
            _ => break at,
        }
    };
    let mut hash = SEED;
    while let Some(&byte) = bytes.get(at) {
        let ascii = LETTERS[usize::from(byte)];
        if ascii != 0 {
            hash = (hash ^ u64::from(ascii)).wrapping_mul(PRIME);
            at += 1;
            continue;
        }
        if byte.is_ascii() {
            break;
        }
        let (letter, length) = wide(text, at);
        if letter == 0 {
            break;
        }
        hash = (hash ^ u64::from(letter)).wrapping_mul(PRIME);
        at += length;
    }
    Some((start, at, hash))
}

/// The hash of a word that is folded.
pub(crate) fn hash_of(folded: &str) -> u64 {
    folded.chars().fold(SEED, |hash, c| (hash ^ u64::from(c)).wrapping_mul(PRIME))
}

/// FNV-1a over characters.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The letters and digits of ASCII in lower case; 0 for every other byte.
const LETTERS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The letter or digit beyond ASCII at a place, folded, 0 if none stands there; and its bytes.
#[inline(always)]
fn wide(text: &str, at: usize) -> (u32, usize) {
    match text.as_bytes().get(at..).and_then(bare_letter) {
        Some((letter, length)) => (u32::from(letter), length),
        None => foreign(&text[at..]),
    }
}

#[cold]
fn foreign(text: &str) -> (u32, usize) {
    let Some(c) = text.chars().next() else { return (0, 1) };
    (if letter::is_alphanumeric(c) { u32::from(fold_char(c)) } else { 0 }, c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{skeleton, word_starts};
    use proptest::prelude::*;

    fn slow(text: &str) -> Vec<(usize, usize, u64)> {
        word_starts(text, Span::new(0, text.len()))
            .map(|at| {
                let end = text[at..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| at + end);
                (at, end, hash_of(&text[at..end].chars().map(fold_char).collect::<String>()))
            })
            .collect()
    }

    fn told(words: &[Word]) -> Vec<(usize, usize, u64)> {
        words.iter().map(|word| (word.start(), word.end(), word.hash)).collect()
    }

    #[test]
    fn a_character_is_a_letter_folded_or_not() {
        assert!(('\0'..=char::MAX).all(|c| c.is_alphanumeric() == fold_char(c).is_alphanumeric()));
    }

    #[test]
    fn the_words_noted_are_those_with_which_a_text_begins() {
        let text = "Ủy ban ".repeat(REACH / 6);
        let index = WordIndex::new(&text);
        let (words, more) = index.noted();
        let all = slow(&text);
        assert_eq!(told(words), all[..words.len()]);
        assert_eq!(more, words.last().map(|word| word.end()));
        for limit in [0, 1, 2, 3, 10, REACH - 2, REACH - 1, REACH, REACH + 9] {
            let mut end = limit.min(REACH);
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let (whole, cut) = index.upto(&text, limit);
            let words: Vec<Word> = whole.iter().copied().chain(cut).collect();
            assert_eq!(told(&words), slow(&text[..end]), "{limit}");
        }
    }

    proptest! {
        #[test]
        fn words_are_read_from_bytes_as_from_characters(text in "([a-zÀ-ỹđĐ0-9–…ñŠπ中한]{0,3}[ ,\n\u{301}“]?){0,30}") {
            let index = WordIndex::new(&text);
            prop_assert_eq!(told(index.noted().0), slow(&text));
            prop_assert_eq!(index.noted().1, None);
            let boundary = |at: usize| (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
            for from in [0, text.len() / 3].map(boundary) {
                let span = Span::new(from, boundary(from + (text.len() - from) / 2));
                if let Some(words) = index.inside(span) {
                    let moved: Vec<_> = slow(span.of(&text)).into_iter().map(|(a, b, hash)| (a + from, b + from, hash)).collect();
                    prop_assert_eq!(told(words), moved);
                }
            }
            let words = skeleton(&text);
            let hashes: Vec<u64> = words.split(' ').filter(|word| !word.is_empty()).map(hash_of).collect();
            prop_assert_eq!(index.noted().0.iter().map(|word| word.hash).collect::<Vec<_>>(), hashes);
        }
    }
}
