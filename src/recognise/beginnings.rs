//! Where words begin, for readers that look through a long text for a few of them.

/// Where the words of a text begin.
///
/// Letters of ASCII and of Vietnamese are known by their bytes; behind any other character a beginning may be given where
/// none is, but every one is given.
pub(super) fn beginnings(text: &str) -> impl Iterator<Item = usize> + '_ {
    Beginnings { bytes: text.as_bytes(), at: 0 }
}

struct Beginnings<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Iterator for Beginnings<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let bytes = self.bytes;
        let mut at = self.at;
        while matches!(KINDS[usize::from(*bytes.get(at)?)], Kind::Other) {
            at += 1;
        }
        let start = at;
        loop {
            while bytes.get(at).is_some_and(|byte| matches!(KINDS[usize::from(*byte)], Kind::Ascii)) {
                at += 1;
            }
            match (bytes.get(at), bytes.get(at + 1)) {
                // Of the letters up to `ÿ` two are signs: × and ÷.
                (Some(0xc3), Some(next)) if !matches!(next, 0x97 | 0xb7) => at += 2,
                (Some(0xc4..=0xc6), _) => at += 2,
                (Some(0xe1), Some(0xb8..=0xbb)) => at += 3,
                _ => break,
            }
        }
        self.at = at.max(start + 1);
        Some(start)
    }
}

/// What a byte is in a word.
#[derive(Clone, Copy)]
enum Kind {
    /// A letter or digit of ASCII.
    Ascii,
    /// The first byte of a character beyond ASCII.
    Lead,
    Other,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < kinds.len() {
        kinds[byte] = match byte as u8 {
            c if c.is_ascii_alphanumeric() => Kind::Ascii,
            0xc0.. => Kind::Lead,
            _ => Kind::Other,
        };
        byte += 1;
    }
    kinds
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, letter, word_starts};
    use proptest::prelude::*;

    #[test]
    fn the_letters_known_by_their_bytes_are_letters() {
        let letters = ('\u{c0}'..='\u{1bf}').filter(|c| !matches!(c, '×' | '÷')).chain('\u{1e00}'..='\u{1eff}');
        letters.for_each(|c| assert!(letter::is_alphanumeric(c), "{c:?}"));
    }

    proptest! {
        #[test]
        fn every_beginning_is_given(text in "([a-dA-D5Đđộẫÿ×÷–“\u{1fbd}λ漢] ?|[ .,\n]){0,24}") {
            let found: Vec<usize> = beginnings(&text).collect();
            prop_assert!(word_starts(&text, Span::new(0, text.len())).all(|at| found.contains(&at)), "{:?}", text);
            prop_assert!(found.iter().all(|at| text.is_char_boundary(*at)) && found.is_sorted(), "{:?}", text);
        }
    }
}
