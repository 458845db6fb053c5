//! One spelling for texts that differ only in typing, as the scorer compares them.

use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Names of organs that are written short everywhere.
const SHORT: [(&str, &str); 3] =
    [("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("ubmttq", "ủy ban mặt trận tổ quốc")];

/// Second vowels that carry the tone in the new placement, each with its bare vowel and the tone as a combining mark.
const TONED: [(char, char, char); 15] = [
    ('à', 'a', '\u{300}'),
    ('á', 'a', '\u{301}'),
    ('ả', 'a', '\u{309}'),
    ('ã', 'a', '\u{303}'),
    ('ạ', 'a', '\u{323}'),
    ('è', 'e', '\u{300}'),
    ('é', 'e', '\u{301}'),
    ('ẻ', 'e', '\u{309}'),
    ('ẽ', 'e', '\u{303}'),
    ('ẹ', 'e', '\u{323}'),
    ('ỳ', 'y', '\u{300}'),
    ('ý', 'y', '\u{301}'),
    ('ỷ', 'y', '\u{309}'),
    ('ỹ', 'y', '\u{303}'),
    ('ỵ', 'y', '\u{323}'),
];

/// One spelling for text that differs only in case, tone placement, spacing, Đ look-alikes, quotes or markup; UBND,
/// HĐND and UBMTTQ are written out.
///
/// ```
/// use trich::eval::fold;
/// assert_eq!(fold("**UBND  xã Hoà Bình**,"), fold("Ủy ban nhân dân xã Hòa Bình"));
/// ```
pub fn fold(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '*' | '_' | '#' | '“' | '”' | '"' | '\'' | '‘' | '’' => {}
            '\u{d0}' | '\u{189}' => plain.push('đ'),
            'ß' => plain.push_str("ss"),
            '–' | '—' => plain.push('-'),
            c if is_space(c) => plain.push(' '),
            c => plain.extend(c.to_lowercase()),
        }
    }
    let placed = place_tones(&plain);
    let spaced: Vec<&str> = placed.split(' ').filter(|word| !word.is_empty()).collect();
    let joined = spaced.join(" ");
    let words = joined.trim_matches([' ', '.', ',', ';', ':', '-', '/']).split(' ').filter(|word| !word.is_empty());
    let words: Vec<&str> =
        words.map(|word| SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, long)| long)).collect();
    words.join(" ")
}

/// `hoà` → `hòa`.
fn place_tones(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let toned = chars.peek().and_then(|next| TONED.iter().find(|(toned, ..)| toned == next));
        match (c, toned) {
            ('o', Some(&(_, bare @ ('a' | 'e'), tone))) | ('u', Some(&(_, bare @ 'y', tone))) => {
                out.extend([c, tone].into_iter().nfc());
                out.push(bare);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{1c}'..='\u{1f}')
}

/// How far two texts hold the same words, from 0 to 1, order aside.
///
/// ```
/// assert_eq!(trich::eval::words_f1("Kế hoạch năm 2024", "kế hoạch, năm 2024"), 0.75);
/// ```
pub fn words_f1(a: &str, b: &str) -> f64 {
    let (a, b) = (fold(a), fold(b));
    let mut rest: HashMap<&str, usize> = HashMap::new();
    let (mut left, mut right, mut same) = (0, 0, 0);
    for word in words(&a) {
        *rest.entry(word).or_default() += 1;
        left += 1;
    }
    for word in words(&b) {
        right += 1;
        if let Some(count) = rest.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            same += 1;
        }
    }
    if left + right == 0 { 1.0 } else { f64::from(2 * same) / f64::from(left + right) }
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|word| !word.is_empty())
}

/// Whether two texts fold to the same.
pub(super) fn same(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds_what_typing_changes() {
        assert_eq!(fold("“UBND”  THUỶ\u{a0}Nguyên."), "ủy ban nhân dân thủy nguyên");
        assert_eq!(fold("\u{d0}ảng u\u{1ef7}"), "đảng ủy");
        assert_eq!(fold("15/KH – UBND;"), "15/kh - ubnd".replace("ubnd", "ủy ban nhân dân"));
        assert_eq!(fold(" .,- "), "");
    }

    #[test]
    fn every_tone_moves_to_the_first_vowel() {
        let new = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ oàn quý";
        assert_eq!(place_tones(new), "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy òan qúy");
    }

    #[test]
    fn words_count_once_each() {
        assert_eq!(words_f1("", " "), 1.0);
        assert_eq!(words_f1("a a", "a b"), 0.5);
        assert_eq!(words_f1("a", ""), 0.0);
    }

    proptest! {
        #[test]
        fn likeness_is_symmetric_and_bounded(a in "[a-cđ .]{0,12}", b in "[a-cĐ .]{0,12}") {
            let likeness = words_f1(&a, &b);
            prop_assert_eq!(likeness, words_f1(&b, &a));
            prop_assert!((0.0..=1.0).contains(&likeness));
            prop_assert_eq!(words_f1(&a, &a), 1.0);
        }
    }
}
