//! The shape of a Vietnamese syllable (âm tiết): onset, vowels, coda and tone.

use crate::text::{fold_char, letter, without_tone};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::char::decompose_canonical;

/// Onsets, the longer of two first; `gi` and `qu` hold a vowel letter.
const ONSETS: [&str; 27] = [
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr", "b", "c", "d", "g", "h", "k", "l", "m", "n",
    "p", "r", "s", "t", "v", "x", "",
];

/// Vowels without marks.
const VOWELS: [&str; 40] = [
    "a", "ai", "ao", "au", "ay", "e", "eo", "eu", "i", "ia", "ie", "ieu", "iu", "o", "oa", "oai", "oao", "oay", "oe",
    "oeo", "oi", "oo", "u", "ua", "uay", "ue", "ui", "uo", "uoi", "uou", "uu", "uy", "uya", "uye", "uyu", "y", "ya",
    "ye", "yeu", "uao",
];

const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// The most letters of a syllable: an onset of three, three vowels and a coda of two.
const LONGEST: usize = 8;

/// How a word compares with the syllables of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// It can be one.
    Syllable,
    /// It would be one with another tone: a stop at the end (`c`, `ch`, `p`, `t`) wants sắc or nặng.
    WrongTone,
    /// It cannot be one: a foreign word, a name of the highlands, or letters that OCR mixed up.
    Foreign,
}

/// The shape of a word.
///
/// ```
/// use trich::grammar::syllable::{Shape, shape};
/// assert!(["Bắc", "nghiêng", "quyết", "Đường", "ỷ", "giết"].into_iter().all(|word| shape(word) == Shape::Syllable));
/// assert_eq!((shape("Băc"), shape("Đắk"), shape("tsố")), (Shape::WrongTone, Shape::Foreign, Shape::Foreign));
/// ```
pub fn shape(word: &str) -> Shape {
    let (mut tone, mut tones) = (None, 0);
    let (mut bare, mut length) = ([0; LONGEST], 0);
    for c in word.chars() {
        let folded = fold_char(c);
        // No syllable is longer, or holds another letter.
        let Some(place) = bare.get_mut(length).filter(|_| folded.is_ascii()) else { return Shape::Foreign };
        *place = folded as u8;
        length += 1;
        if c.is_ascii() {
            continue;
        }
        match letter::to_lower(c).and_then(without_tone) {
            Some((_, None)) => {}
            Some((_, Some(mark))) => (tone, tones) = (Some(mark), tones + 1),
            None => decompose_canonical(c, |part| {
                if matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
                    (tone, tones) = (Some(part), tones + 1);
                }
            }),
        }
    }
    if tones > 1 {
        return Shape::Foreign;
    }
    let bare = &bare[..length];
    let opens = |onset: &&&str| onset.is_empty() || onset.as_bytes().first() == bare.first();
    let coda = ONSETS.iter().filter(opens).filter_map(|onset| {
        let rest = bare.strip_prefix(onset.as_bytes())?;
        // `gì`, `giết`, `quy`: the onset lends its vowel.
        let lent = || match *onset {
            "gi" => coda_of(b"i", rest),
            "qu" => coda_of(b"u", rest),
            _ => None,
        };
        coda_of(b"", rest).or_else(lent)
    });
    match coda.into_iter().next() {
        None => Shape::Foreign,
        Some("c" | "ch" | "p" | "t") if !matches!(tone, Some('\u{301}' | '\u{323}')) => Shape::WrongTone,
        Some(_) => Shape::Syllable,
    }
}

/// The letters of a rhyme as one number.
fn packed(head: &[u8], tail: &[u8]) -> u64 {
    head.iter().chain(tail).fold(0, |all, byte| all << 8 | u64::from(*byte))
}

/// What closes a syllable whose onset is taken off, but for the letter that it lends.
fn coda_of(lent: &[u8], rest: &[u8]) -> Option<&'static str> {
    static RHYMES: LazyLock<FxHashMap<u64, &str>> = LazyLock::new(|| {
        let mut rhymes = FxHashMap::default();
        for (coda, vowels) in CODAS.iter().flat_map(|coda| VOWELS.iter().map(move |vowels| (*coda, *vowels))) {
            rhymes.entry(packed(vowels.as_bytes(), coda.as_bytes())).or_insert(coda);
        }
        rhymes
    });
    RHYMES.get(&packed(lent, rest)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same with copies of the word, and without a limit.
    fn slowly(word: &str) -> Shape {
        let mut tones = Vec::new();
        for c in word.chars() {
            decompose_canonical(c, |part| tones.extend("\u{300}\u{301}\u{303}\u{309}\u{323}".find(part).map(|_| part)));
        }
        let bare: String = word.chars().map(fold_char).collect();
        let rhyme = |rest: &str| {
            let closes = |coda: &&&str| rest.strip_suffix(**coda).is_some_and(|vowels| VOWELS.contains(&vowels));
            CODAS.iter().find(closes).copied()
        };
        let coda = ONSETS.iter().find_map(|onset| {
            let rest = bare.strip_prefix(onset)?;
            let lent = match *onset {
                "gi" => rhyme(&format!("i{rest}")),
                "qu" => rhyme(&format!("u{rest}")),
                _ => None,
            };
            rhyme(rest).or(lent)
        });
        match coda {
            _ if tones.len() > 1 => Shape::Foreign,
            None => Shape::Foreign,
            Some("c" | "ch" | "p" | "t") if !matches!(tones[..], ['\u{301}' | '\u{323}']) => Shape::WrongTone,
            Some(_) => Shape::Syllable,
        }
    }

    #[test]
    fn a_syllable_with_any_character_has_the_shape_that_copies_tell() {
        for c in '\0'..='\u{2fff}' {
            for word in [format!("b{c}c"), format!("{c}a\u{301}")] {
                assert_eq!(shape(&word), slowly(&word), "{word}");
            }
        }
    }

    proptest! {
        #[test]
        fn words_have_the_shape_that_copies_tell(word in "(ngh|gi|qu|tr|Đ|x|m)?[aăâeêioôơuưyẤớịỳũ]{0,4}(ng|ch|nh|c|p|t|m|\u{301})?[a-zư]{0,2}") {
            prop_assert_eq!(shape(&word), slowly(&word));
        }
    }
}
