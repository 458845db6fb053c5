//! Capitals that the bytes do not hold: TCVN3 and VPS have letters with tones that a capital shares its byte with, so that
//! CỘNG HÒA is read as `CộNG HòA`.

use super::syllable::is_syllable;

/// Raises the letters that share a byte with their capital, in words that are in capitals otherwise. A word of which
/// nothing else is left (`Xã`, `ở`) goes with the words beside it.
pub(in crate::source) fn raised(line: &str, shared: fn(char) -> bool) -> String {
    let mut words = words(line, shared);
    for at in 0..words.len() {
        if words[at].case == Case::Open {
            let before = beside(line, &words, (0..at).rev(), at);
            let after = beside(line, &words, at + 1..words.len(), at);
            let capital = |case: Option<Case>| case.is_none_or(|case| case == Case::Capital);
            if before.or(after).is_some() && capital(before) && capital(after) {
                words[at].raise = true;
            }
        }
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut done = 0;
    for word in words.iter().filter(|word| word.raise || matches!(word.case, Case::Capital | Case::Abbreviation)) {
        out.push_str(&line[done..word.start]);
        out.push_str(&line[word.start..word.end].to_uppercase());
        done = word.end;
    }
    out.push_str(&line[done..]);
    out
}

/// Whether TCVN3 has this letter for its capital too.
pub(in crate::source) fn shared_in_tcvn3(c: char) -> bool {
    !c.is_ascii() && c.is_lowercase() && !matches!(c, 'ă' | 'â' | 'ê' | 'ô' | 'ơ' | 'ư' | 'đ')
}

/// Whether VPS has this letter for its capital too.
pub(in crate::source) fn shared_in_vps(c: char) -> bool {
    "ạẫậặẹệịọộợụữựỵ".contains(c)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// It has a small letter that is none by accident.
    Small,
    /// All that tells is in capitals.
    Capital,
    /// The same, but no syllable: `UBND` is in capitals wherever it stands.
    Abbreviation,
    /// It could be either.
    Open,
    /// One capital without more: `A`, `Y`.
    Neutral,
}

struct Word {
    start: usize,
    end: usize,
    case: Case,
    raise: bool,
}

fn words(line: &str, shared: fn(char) -> bool) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        match (c.is_alphabetic(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let case = case(&line[from..at], shared);
                words.push(Word { start: from, end: at, case, raise: false });
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn case(word: &str, shared: fn(char) -> bool) -> Case {
    let (mut capitals, mut open, mut capital_after) = (0, 0, false);
    for c in word.chars() {
        if c.is_uppercase() {
            capitals += 1;
            capital_after |= open > 0;
        } else if shared(c) {
            open += 1;
        } else {
            return Case::Small;
        }
    }
    match (capitals, open) {
        (2.., _) | (1, 1..) if capitals > 1 || capital_after => match is_syllable(word, true) {
            true => Case::Capital,
            false => Case::Abbreviation,
        },
        (_, 0) => Case::Neutral,
        _ => Case::Open,
    }
}

/// The case of the nearest word that has one, with nothing but spaces, commas and dashes between. Words beyond the fourth
/// say nothing.
fn beside(line: &str, words: &[Word], others: impl Iterator<Item = usize>, of: usize) -> Option<Case> {
    let mut last = of;
    for other in others.take(4) {
        let (from, to) = if other < last { (other, last) } else { (last, other) };
        let between = &line[words[from].end..words[to].start];
        if !between.chars().all(|c| matches!(c, ' ' | ',' | '-' | '–' | '\u{a0}')) || between.len() > 6 {
            return None;
        }
        if matches!(words[other].case, Case::Small | Case::Capital) {
            return Some(words[other].case);
        }
        last = other;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_capitals_get_theirs_back() {
        for (read, meant) in [
            ("CộNG HòA Xã HộI CHủ NGHĩA VIệT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("ĐộC LậP - Tự DO - HạNH PHúC", "ĐỘC LẬP - TỰ DO - HẠNH PHÚC"),
            ("ủY BAN NHÂN DÂN    CộNG", "ỦY BAN NHÂN DÂN    CỘNG"),
            ("Số: 12/QĐ-UBND", "Số: 12/QĐ-UBND"),
            ("UBND xã Hà Mỹ, xã Bộ", "UBND xã Hà Mỹ, xã Bộ"),
            ("Của UBND Xã Hòa Bình", "Của UBND Xã Hòa Bình"),
            ("Bộ Y tế", "Bộ Y tế"),
            ("Sở TN&MT, các PGĐ Sở", "Sở TN&MT, các PGĐ Sở"),
            ("VP, Vụ PC, Bộ LĐTBXH", "VP, Vụ PC, Bộ LĐTBXH"),
            ("HộI ĐồNG NHÂN DÂN Xã", "HỘI ĐỒNG NHÂN DÂN XÃ"),
        ] {
            assert_eq!(raised(read, shared_in_tcvn3), meant);
        }
    }

    #[test]
    fn letters_with_capitals_of_their_own_stay() {
        assert_eq!(raised("VIệT NAM, CÔNG TY ABCđ", shared_in_vps), "VIỆT NAM, CÔNG TY ABCđ");
    }
}
