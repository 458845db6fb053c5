//! The shape of a Vietnamese syllable (âm tiết): onset, vowels, coda and tone.

use crate::text::fold_char;
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
    for c in word.chars().filter(|c| !c.is_ascii()) {
        decompose_canonical(c, |part| {
            if matches!(part, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}') {
                (tone, tones) = (Some(part), tones + 1);
            }
        });
    }
    if tones > 1 {
        return Shape::Foreign;
    }
    let bare: String = word.chars().map(fold_char).collect();
    let first = bare.as_bytes().first();
    let opens = |onset: &&&str| onset.is_empty() || onset.as_bytes().first() == first;
    let coda = ONSETS.iter().filter(opens).filter_map(|onset| {
        let rest = bare.strip_prefix(onset)?;
        // `gì`, `giết`, `quy`: the onset lends its vowel.
        let lent = || match *onset {
            "gi" => coda_of(&format!("i{rest}")),
            "qu" => coda_of(&format!("u{rest}")),
            _ => None,
        };
        coda_of(rest).or_else(lent)
    });
    match coda.into_iter().next() {
        None => Shape::Foreign,
        Some("c" | "ch" | "p" | "t") if !matches!(tone, Some('\u{301}' | '\u{323}')) => Shape::WrongTone,
        Some(_) => Shape::Syllable,
    }
}

/// What closes a syllable whose onset is taken off.
fn coda_of(rest: &str) -> Option<&'static str> {
    static RHYMES: LazyLock<FxHashMap<String, &str>> = LazyLock::new(|| {
        let mut rhymes = FxHashMap::default();
        for (coda, vowels) in CODAS.iter().flat_map(|coda| VOWELS.iter().map(move |vowels| (*coda, *vowels))) {
            rhymes.entry(format!("{vowels}{coda}")).or_insert(coda);
        }
        rhymes
    });
    RHYMES.get(rest).copied()
}
