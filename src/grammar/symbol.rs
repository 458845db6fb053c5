//! Numbers and symbols of documents (số, ký hiệu): `15/QĐ-UBND`, `02/2021/QĐ-UBND`, `39-NQ/ĐU`, `178/CP`.
//!
//! Grammar: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3; Party: Hướng dẫn 36-HD/VPTW; historic forms since 1945.

use std::collections::HashMap;

/// The abbreviations that a symbol may hold.
#[derive(Clone, Copy, Debug)]
pub struct Codes<'a> {
    /// Kinds of documents.
    pub types: &'a HashMap<String, usize>,
    /// Organs.
    pub organs: &'a HashMap<String, usize>,
}

/// A number as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadNumber {
    /// The running number, OCR digits mended.
    pub serial: Option<String>,
    /// The year inside the number.
    pub year: Option<i16>,
    /// What follows, spacing and dashes mended.
    pub symbol: Option<String>,
    /// Whether a `-` stands between serial and symbol, as in Party papers.
    pub dashed: bool,
    /// Whether anything was mended.
    pub repaired: bool,
    /// The end of the number in the text.
    pub end: usize,
}

impl ReadNumber {
    /// The number in its usual form: `15/KH-UBND`, `39-NQ/ĐU`; `None` without a serial.
    pub fn canonical(&self) -> Option<String> {
        let mut out = self.serial.clone()?;
        if let Some(year) = self.year {
            out.push_str(&format!("/{year}"));
        }
        if let Some(symbol) = &self.symbol {
            out.push(if self.dashed { '-' } else { '/' });
            out.push_str(symbol);
        }
        Some(out)
    }
}

/// The digits of a serial: `15`, `30c`, `66.22`, and `O7`, `l2` mended. Returns the text, its end and whether it was mended.
pub fn serial(text: &str, at: usize) -> Option<(String, usize, bool)> {
    let bytes = text.as_bytes();
    let (mut out, mut end, mut repaired, mut digits) = (String::new(), at, false, 0);
    while let Some(&b) = bytes.get(end) {
        let digit = match b {
            b'0'..=b'9' => b as char,
            b'O' | b'o' if is_digitlike(bytes, end) => '0',
            b'I' | b'l' | b'|' if is_digitlike(bytes, end) => '1',
            _ => break,
        };
        repaired |= !b.is_ascii_digit();
        digits += usize::from(b.is_ascii_digit());
        out.push(digit);
        end += 1;
        if end - at > 7 {
            return None;
        }
    }
    if digits == 0 {
        return None;
    }
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        let tail = bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if tail <= 2 && bytes.get(end + 1 + tail) == Some(&b'/') {
            out.push_str(&text[end..end + 1 + tail]);
            end += 1 + tail;
        }
    }
    let rest = &text[end..];
    let letter = rest.chars().next().filter(|c| c.is_lowercase() && (c.is_ascii() || *c == 'đ'));
    if let Some(letter) = letter {
        let after = rest[letter.len_utf8()..].trim_start_matches(' ');
        if after.starts_with('/') || after.starts_with('-') {
            out.push(letter);
            end += letter.len_utf8();
        } else if rest.starts_with("bis") {
            out.push_str("bis");
            end += 3;
        }
    }
    Some((out, end, repaired))
}

/// Whether a letter stands for a digit: a digit is beside it, and no other letter.
fn is_digitlike(bytes: &[u8], at: usize) -> bool {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let like = |b: Option<&u8>| b.is_some_and(|b| matches!(b, b'0'..=b'9' | b'O' | b'o' | b'I' | b'l' | b'|'));
    let before = at.checked_sub(1).and_then(|i| bytes.get(i));
    let after = bytes.get(at + 1);
    digit(before) && !after.is_some_and(u8::is_ascii_alphabetic) || like(after) && !before.is_some_and(|b| b.is_ascii_alphabetic())
        || digit(before) && like(after)
}

/// Skips spaces, and one line break with spaces around it when `lines` allows it.
pub fn skip_space(text: &str, at: usize, lines: bool) -> usize {
    let rest = &text.as_bytes()[at..];
    let mut breaks = 0;
    let mut n = 0;
    for b in rest {
        match b {
            b' ' | b'\t' => {}
            b'\n' if lines && breaks < 2 => breaks += 1,
            _ => break,
        }
        n += 1;
    }
    at + n
}

/// The number that begins with the digits at `at`, as cited in running text.
///
/// ```
/// use trich::grammar::symbol::{Codes, number};
/// let none = std::collections::HashMap::new();
/// let codes = Codes { types: &none, organs: &none };
/// let read = number("số 02/2021/QĐ- UBND ngày", "số ".len(), codes).unwrap();
/// assert_eq!(read.canonical().unwrap(), "02/2021/QĐ-UBND");
/// assert!(number("12/3/2023", 0, codes).is_none());
/// ```
pub fn number(text: &str, at: usize, codes: Codes<'_>) -> Option<ReadNumber> {
    let (serial, mut end, mut repaired) = serial(text, at)?;
    let bytes = text.as_bytes();
    let gap = skip_space(text, end, true);
    let separator = *bytes.get(gap)?;
    if !matches!(separator, b'/' | b'-') || gap - end > 12 {
        return None;
    }
    repaired |= gap > end;
    end = gap + 1;
    let mut year = None;
    if separator == b'/' {
        let digits = skip_space(text, end, true);
        if let Some((value, after)) = four_digits(text, digits) {
            let next = skip_space(text, after, true);
            if matches!(bytes.get(next), Some(b'/' | b'-')) {
                year = Some(value);
                repaired |= digits > end || next > after;
                end = next + 1;
            } else if year.is_none() {
                return (1900..2100).contains(&value).then_some(ReadNumber {
                    serial: Some(serial),
                    year: Some(value),
                    symbol: None,
                    dashed: false,
                    repaired,
                    end: after,
                });
            }
        }
    }
    let start = skip_space(text, end, true);
    let symbol = symbol(text, start, codes)?;
    let dashed = separator == b'-';
    // A bare dash joins many things; only a known abbreviation or a slash inside makes it a number.
    let head = symbol.text.split(['-', '/']).next().unwrap_or_default();
    if dashed && !symbol.text.contains('/') && !codes.organs.contains_key(head) && !codes.types.contains_key(head) {
        return None;
    }
    Some(ReadNumber {
        serial: Some(serial),
        year,
        symbol: Some(symbol.text),
        dashed,
        repaired: repaired || symbol.repaired || start > end,
        end: symbol.end,
    })
}

/// A year of four digits at `at`, `l`, `I` and `O` read as digits.
fn four_digits(text: &str, at: usize) -> Option<(i16, usize)> {
    let raw = text.get(at..at + 4)?;
    let like = |b: u8| matches!(b, b'0'..=b'9' | b'O' | b'o' | b'I' | b'l');
    if !raw.bytes().all(like) || raw.bytes().filter(u8::is_ascii_digit).count() < 2 {
        return None;
    }
    let plain: String = raw.chars().map(|c| match c { 'O' | 'o' => '0', 'I' | 'l' => '1', c => c }).collect();
    let year: i16 = plain.parse().ok()?;
    let more = text.as_bytes().get(at + 4).is_some_and(|b| b.is_ascii_alphanumeric());
    ((1900..2100).contains(&year) && !more).then_some((year, at + 4))
}

/// A number whose serial and symbol only a space parts: `1034 CV/KHĐT`, `60 TC/CĐKT`. It needs the word `số` before it.
pub fn spaced_number(text: &str, at: usize, codes: Codes<'_>) -> Option<ReadNumber> {
    let (serial, end, _) = serial(text, at)?;
    let start = skip_space(text, end, false);
    let symbol = (start > end).then(|| symbol(text, start, codes)).flatten().filter(|symbol| symbol.text.contains('/'))?;
    let head = symbol.text.split('/').next().unwrap_or_default();
    let known = codes.types.contains_key(head) || codes.organs.contains_key(head);
    known.then_some(ReadNumber { serial: Some(serial), year: None, symbol: Some(symbol.text), dashed: true, repaired: true, end: symbol.end })
}

/// A symbol as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSymbol {
    /// Its text, spacing and dashes mended.
    pub text: String,
    /// Whether anything was mended.
    pub repaired: bool,
    /// Its end in the text.
    pub end: usize,
}

/// The symbol that begins at `at`: groups of letters joined by `-` and `/`.
pub fn symbol(text: &str, at: usize, codes: Codes<'_>) -> Option<ReadSymbol> {
    let (first, mut end, mut repaired) = group(text, at, codes)?;
    let mut out = first.clone();
    let mut last = first;
    for _ in 0..7 {
        let dotted = || {
            // `QĐ.UB`, `QĐ. BQL`: a dot typed for the dash behind a kind's abbreviation.
            let next = text[end..].starts_with('.').then(|| skip_space(text, end + 1, false))?;
            (codes.types.contains_key(&last) && out == last && group(text, next, codes).is_some()).then_some(('-', next, false))
        };
        let Some((separator, next, clean)) = separator(text, end).or_else(dotted) else {
            // `KH UBND`: the dash is missing. `TT HĐND`: the space belongs there.
            let spaced = skip_space(text, end, false);
            let joined = (spaced > end).then(|| group(text, spaced, codes)).flatten();
            let Some((more, after, _)) = joined.filter(|(more, ..)| codes.organs.contains_key(more.as_str())) else { break };
            if codes.types.contains_key(&last) && out == last {
                out.push('-');
                repaired = true;
            } else if last == "TT" && more == "HĐND" {
                out.push(' ');
            } else {
                break;
            }
            out.push_str(&more);
            (last, end) = (more, after);
            continue;
        };
        let Some((more, after, mended)) = group(text, next, codes) else { break };
        // After a space a group must look like a code, or the dash is one of the sentence.
        if !clean && !is_code(&more, codes) {
            break;
        }
        repaired |= !clean || mended;
        out.push(separator);
        out.push_str(&more);
        (last, end) = (more, after);
    }
    if !out.contains(['-', '/', ' ']) && !codes.types.contains_key(&out) && !codes.organs.contains_key(&out)
        && let Some(split) = fused(&out, codes) {
            out = split;
            repaired = true;
        }
    let strong = out.chars().filter(|c| c.is_uppercase()).count() >= 2 || codes.organs.contains_key(&out);
    strong.then_some(ReadSymbol { text: out, repaired, end })
}

/// `NĐCP` → `NĐ-CP`, where both halves are known.
fn fused(group: &str, codes: Codes<'_>) -> Option<String> {
    group.char_indices().skip(1).find_map(|(at, _)| {
        let (head, tail) = group.split_at(at);
        (head.chars().count() >= 2 && codes.types.contains_key(head) && codes.organs.contains_key(tail))
            .then(|| format!("{head}-{tail}"))
    })
}

/// Whether a group is an abbreviation: known, or mostly capitals.
fn is_code(group: &str, codes: Codes<'_>) -> bool {
    let capitals = group.chars().filter(|c| c.is_uppercase()).count();
    codes.organs.contains_key(group) || codes.types.contains_key(group) || capitals >= 2 && capitals * 2 >= group.chars().count()
}

/// A separator with what OCR puts around it: the character, where the next group begins, whether it was clean.
fn separator(text: &str, at: usize) -> Option<(char, usize, bool)> {
    let bytes = text.as_bytes();
    let mut i = skip_space(text, at, true);
    if i - at > 12 {
        return None;
    }
    let noise = |b: Option<&u8>| b.is_some_and(|b| matches!(b, b'~' | b'_'));
    while noise(bytes.get(i)) {
        i += 1;
    }
    let found = match bytes.get(i)? {
        b'-' => '-',
        b'/' => '/',
        // `NĐ: CP`
        b':' if bytes.get(i + 1) == Some(&b' ') && text[i + 2..].starts_with(char::is_uppercase) => '-',
        _ => return None,
    };
    let mut next = i + 1;
    while noise(bytes.get(next)) {
        next += 1;
    }
    let begin = skip_space(text, next, true);
    let clean = i == at && begin == next && bytes[i] != b':' || (i == at && text[next..begin].contains('\n'));
    (begin - next <= 24).then_some((found, begin, clean))
}

/// One group of a symbol: letters, digits, `&`, inner dots. Returns the mended text, its end, and whether it was mended.
fn group(text: &str, at: usize, codes: Codes<'_>) -> Option<(String, usize, bool)> {
    let rest = text.get(at..)?;
    if !rest.starts_with(char::is_uppercase) {
        return None;
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let inner = matches!(c, '&' | '.') && chars.peek().is_some_and(|(_, next)| next.is_uppercase()) && c != '.'
            || c == '.' && end > 0 && chars.peek().is_some_and(|(_, next)| next.is_uppercase()) && i < 6;
        if !(c.is_alphanumeric() || inner) {
            break;
        }
        end = i + c.len_utf8();
        if end > 40 {
            return None;
        }
    }
    let raw = &rest[..end];
    if codes.organs.contains_key(raw) || codes.types.contains_key(raw) {
        return Some((raw.to_owned(), at + end, false));
    }
    // Footnote letters and the next word's start stick to a code: `CPng`.
    let bare = raw.trim_end_matches(char::is_lowercase);
    if bare.len() >= 2 && bare.len() < raw.len() && codes.organs.contains_key(bare) {
        return Some((bare.to_owned(), at + bare.len(), true));
    }
    let capitals = raw.chars().filter(|c| c.is_uppercase()).count();
    let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
    if capitals < 2 && letters > 2 {
        return None;
    }
    Some(match term(raw) {
        Some(mended) => (mended, at + end, true),
        None => (raw.to_owned(), at + end, false),
    })
}

/// `QHI5` → `QH15`, `UBTVQHII` → `UBTVQH11`: the number of the term is digits.
fn term(group: &str) -> Option<String> {
    let head = ["UBTVQH", "QH", "HĐNN"].into_iter().find(|head| group.starts_with(head))?;
    let tail = &group[head.len()..];
    let digits: Option<String> = tail
        .chars()
        .map(|c| match c {
            'I' | 'l' => Some('1'),
            'O' => Some('0'),
            c if c.is_ascii_digit() => Some(c),
            _ => None,
        })
        .collect();
    let digits = digits.filter(|d| !d.is_empty() && d.as_str() != tail && d.len() <= 2)?;
    Some(format!("{head}{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn maps() -> (HashMap<String, usize>, HashMap<String, usize>) {
        let types = ["KH", "QĐ", "NQ", "NĐ", "TT", "KL", "CTr", "PL", "TTr", "GM"];
        let organs = ["UBND", "CP", "TTg", "HĐND", "ĐU", "HU", "QH", "UBTVQH", "BTC", "TTr"];
        let map = |list: &[&str]| list.iter().enumerate().map(|(i, s)| (s.to_string(), i)).collect();
        (map(&types), map(&organs))
    }

    fn canonical(text: &str) -> Option<String> {
        let (types, organs) = maps();
        number(text, 0, Codes { types: &types, organs: &organs }).and_then(|read| read.canonical())
    }

    #[test]
    fn reads_every_form() {
        for form in [
            "15/QĐ-UBND", "02/2021/QĐ-UBND", "526/UBND-VX", "1322/STC-GCS&TCDN", "39-NQ/ĐU", "130-CP", "178/CP", "256/2004/QĐ-UB",
            "10-LCT/HĐNN7", "01/2011/TTLT-BNV-BTC", "66.22/2026/NQ-CP", "42/2013/QH13", "30c/NQ-CP", "144/2002/QĐ/BTC",
            "12/QĐ-TT HĐND", "317-QĐ/TWĐTN-TNTH", "180/CTr-UBND",
        ] {
            assert_eq!(canonical(&format!("{form} ngày")).as_deref(), Some(form));
        }
    }

    #[test]
    fn mends_spacing_and_ocr() {
        for (raw, mended) in [
            ("522/2002/QĐ.UB ngày", "522/2002/QĐ-UB"),
            ("10/KH - UBND ngày", "10/KH-UBND"),
            ("129/KH UBND ngày", "129/KH-UBND"),
            ("06/2024/TT-\nBLĐTBXH ngày", "06/2024/TT-BLĐTBXH"),
            ("131/2021 /NĐ-CP", "131/2021/NĐ-CP"),
            ("154/2020/NĐCP ngày", "154/2020/NĐ-CP"),
            ("192/KL~-TTr, ngày", "192/KL-TTr"),
            ("39/2016/NĐ: CP ngày", "39/2016/NĐ-CP"),
            ("34/2007/PL-\nUBTVQHII, ngày", "34/2007/PL-UBTVQH11"),
            ("12/2021/NĐ-CPng", "12/2021/NĐ-CP"),
            ("O7/QĐ-UBND", "07/QĐ-UBND"),
            ("1068/ QĐ-UBND", "1068/QĐ-UBND"),
        ] {
            assert_eq!(canonical(raw).as_deref(), Some(mended), "{raw}");
        }
    }

    #[test]
    fn leaves_other_things_alone() {
        for text in ["12/3/2023", "7/8 thôn", "12/22 người", "2021-2025", "1/500", "40.000 đồng/hồ sơ", "9 - Công ty", "5-Tổ chức"] {
            assert_eq!(canonical(text), None, "{text}");
        }
        assert_eq!(canonical("15/KH-UBND - Ủy ban"), Some("15/KH-UBND".to_owned()));
    }

    proptest! {
        #[test]
        fn never_reads_beyond_the_text(text in "[0-9OlI]{1,4}[/ -]{0,2}[0-9/A-ZĐđa-z&.\n :~-]{0,30}") {
            let (types, organs) = maps();
            if let Some(read) = number(&text, 0, Codes { types: &types, organs: &organs }) {
                prop_assert!(read.end <= text.len() && text.is_char_boundary(read.end));
            }
        }
    }
}
