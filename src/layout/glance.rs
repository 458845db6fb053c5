//! What one pass over the letters of a line tells, so that most lines are passed by without reading them.

use crate::text::{first_word_is, fold_char, is_bare, letter, opens_with};
use std::ops::BitOr;

/// Which words seem to begin in a text.
///
/// A word is looked for behind anything but a letter or digit of ASCII, so that the middle of a word (`ộng`) counts as a
/// beginning too: a glance may see what is not there, but misses nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Glance(u8);

impl Glance {
    /// A word that opens like `ngày`.
    pub const DAY: Glance = Glance(1);
    /// A word that opens with `tháng`.
    pub const MONTH: Glance = Glance(1 << 1);
    /// A word that opens like `số`, as OCR has it.
    pub const NUMBER: Glance = Glance(1 << 2);
    /// The word `tự`, as in Tiêu ngữ.
    pub const FREE: Glance = Glance(1 << 3);

    /// Whatever may be.
    #[cfg(test)]
    pub const ANYTHING: Glance = Glance(u8::MAX);

    /// What the letters of a text tell.
    pub fn of(text: &str) -> Glance {
        let bytes = text.as_bytes();
        let mut seen = Glance::default();
        for (at, byte) in bytes.iter().enumerate() {
            if !OPENING[usize::from(*byte)] || at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
                continue;
            }
            // Those beyond ASCII that Vietnamese has are vowels and đ.
            if !byte.is_ascii() && (*byte == FIRST_OF_MARKS || is_bare(&bytes[at..])) {
                continue;
            }
            let next = bytes.get(at + 1).map_or(0, u8::to_ascii_lowercase);
            let worth = match byte.to_ascii_lowercase() {
                b'n' => next == b'g',
                b's' => matches!(next, b'o' | b'6' | b'0' | b'd'),
                b't' => matches!(next, b'h' | b'u'),
                _ => true,
            };
            if worth || !next.is_ascii() {
                seen = seen | word(&text[at..]);
            }
        }
        seen
    }

    /// Whether one of these was seen.
    pub fn any(self, of: Glance) -> bool {
        self.0 & of.0 != 0
    }
}

/// The first byte of the marks that combine with letters, from U+0300 to U+033F.
const FIRST_OF_MARKS: u8 = 0xcc;

/// Whether a byte may begin one of the words: a first letter of theirs, or of a character beyond ASCII.
const OPENING: [bool; 256] = {
    let mut opening = [false; 256];
    let mut byte = 0;
    while byte < opening.len() {
        opening[byte] = matches!(byte as u8, b'n' | b's' | b't' | b'N' | b'S' | b'T' | 0xc0..);
        byte += 1;
    }
    opening
};

impl BitOr for Glance {
    type Output = Glance;

    fn bitor(self, other: Glance) -> Glance {
        Glance(self.0 | other.0)
    }
}

/// What the word that opens a text tells.
fn word(text: &str) -> Glance {
    let mut chars = text.chars();
    let Some(first) = chars.next().filter(|c| letter::is_alphanumeric(*c)) else { return Glance::default() };
    let seen = |yes: bool, what: Glance| if yes { what } else { Glance::default() };
    match fold_char(first) {
        'n' => seen(opens_with(text, "nga"), Glance::DAY),
        's' => seen(chars.next().is_some_and(|c| matches!(fold_char(c), 'o' | '6' | '0' | 'd')), Glance::NUMBER),
        't' => match chars.next().map(fold_char) {
            Some('h') => seen(opens_with(text, "thang"), Glance::MONTH),
            Some('u') => seen(first_word_is(text, "tu"), Glance::FREE),
            _ => Glance::default(),
        },
        _ => Glance::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, skeleton, word_starts};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn misses_nothing(text in "(ngày|Nga|THÁNG|tháng|số|S6|sd|Tự|tu|bảo|[ộñş a–-]| ){0,9}") {
            let seen = Glance::of(&text);
            let whole = Span::new(0, text.len());
            let opens = |words: &[&str]| {
                word_starts(&text, whole).any(|at| words.iter().any(|word| opens_with(&text[at..], word)))
            };
            for (there, what) in [
                (opens(&["nga"]), Glance::DAY),
                (opens(&["thang"]), Glance::MONTH),
                (opens(&["so", "s6", "s0", "sd"]), Glance::NUMBER),
                (skeleton(&text).split(' ').any(|word| word == "tu"), Glance::FREE),
            ] {
                prop_assert!(seen.any(what) || !there, "{:?} {:?}", text, what);
            }
        }
    }
}
