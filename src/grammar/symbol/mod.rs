//! Numbers and symbols of documents (số, ký hiệu): `15/QĐ-UBND`, `02/2021/QĐ-UBND`, `39-NQ/ĐU`, `178/CP`.
//!
//! Grammar: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3; Party: Hướng dẫn 36-HD/VPTW; historic forms since 1945.

mod group;
mod parts;
mod serial;

pub use group::{ReadSymbol, symbol};
pub(crate) use parts::Split;
pub use parts::{Parts, parts};
use serial::{MOST_DIGITS, Serial};
pub use serial::{old_serial_end, serial};

use rustc_hash::FxHashMap;
use std::{ops::Deref, sync::OnceLock};

/// The abbreviations that a symbol may hold.
#[derive(Clone, Copy, Debug)]
pub struct Codes<'a> {
    /// Kinds of documents.
    pub types: &'a Abbreviations,
    /// Organs.
    pub organs: &'a Abbreviations,
}

/// Abbreviations, as they are written, each with the index of what it stands for.
#[derive(Debug, Default)]
pub struct Abbreviations {
    known: FxHashMap<String, usize>,
    /// By their capitals; made when first asked for.
    capitals: OnceLock<FxHashMap<String, String>>,
}

impl Deref for Abbreviations {
    type Target = FxHashMap<String, usize>;

    fn deref(&self) -> &Self::Target {
        &self.known
    }
}

impl FromIterator<(String, usize)> for Abbreviations {
    fn from_iter<I: IntoIterator<Item = (String, usize)>>(all: I) -> Self {
        Abbreviations { known: all.into_iter().collect(), capitals: OnceLock::new() }
    }
}

impl Abbreviations {
    /// The least of those that are `upper` in capitals.
    fn recased(&self, upper: &str) -> Option<&str> {
        let capitals = self.capitals.get_or_init(|| {
            let mut capitals: FxHashMap<String, String> = FxHashMap::default();
            for key in self.known.keys() {
                let least = capitals.entry(key.to_uppercase()).or_insert_with(|| key.clone());
                if key < least {
                    least.clone_from(key);
                }
            }
            capitals
        });
        capitals.get(upper).map(String::as_str)
    }
}

impl<'a> Codes<'a> {
    /// The kind that a group of a symbol names.
    pub fn kind(self, group: &str) -> Option<usize> {
        self.types.get(group).copied()
    }

    /// The organ that a group of a symbol names; the number of its term may follow it: `QH15`, `HĐNN7`.
    pub fn organ(self, group: &str) -> Option<usize> {
        let bare = group.trim_end_matches(|c: char| c.is_ascii_digit());
        let term = (1..=2).contains(&(group.len() - bare.len()));
        self.organs.get(group).or_else(|| term.then(|| self.organs.get(bare)).flatten()).copied()
    }

    /// Whether a group is an abbreviation of the rules.
    fn knows(self, group: &str) -> bool {
        self.types.contains_key(group) || self.organ(group).is_some()
    }

    /// The known abbreviation that differs from a group in its case alone: `bgtvt`, `BLĐTBXh`, `TTG`.
    fn recased(self, group: &str) -> Option<&'a str> {
        let upper = group.to_uppercase();
        // The least of several spellings, so that the order of the maps does not show.
        self.types.recased(&upper).into_iter().chain(self.organs.recased(&upper)).min()
    }
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
            out.push('/');
            push_year(&mut out, year);
        }
        if let Some(symbol) = &self.symbol {
            out.push(if self.dashed { '-' } else { '/' });
            out.push_str(symbol);
        }
        Some(out)
    }
}

/// Appends the year of a number. A formatter costs more than all else of a number's form.
pub(crate) fn push_year(out: &mut String, year: i16) {
    if !(1000..10_000).contains(&year) {
        out.push_str(&year.to_string());
        return;
    }
    for digit in [year / 1000, year / 100, year / 10, year] {
        out.push(char::from(b'0' + (digit % 10) as u8));
    }
}

/// Why digits are no number of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The digits are none, or too many for a serial.
    NoSerial,
    /// No `/` or `-` stands behind the serial.
    NoSeparator,
    /// A capital touches the serial, and what it opens is no known abbreviation with a slash behind it.
    UnknownJoined,
    /// No group of capitals stands behind the `/` or `-`; the offset is where it should.
    NoGroup(usize),
    /// A bare dash joins the serial to a group, from the first offset to the second, that is no known abbreviation.
    UnknownDashed(usize, usize),
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
/// let none = Default::default();
/// let codes = Codes { types: &none, organs: &none };
/// let read = number("số 02/2021/QĐ- UBND ngày", "số ".len(), codes).unwrap();
/// assert_eq!(read.canonical().unwrap(), "02/2021/QĐ-UBND");
/// assert!(number("12/3/2023", 0, codes).is_none());
/// ```
pub fn number(text: &str, at: usize, codes: Codes<'_>) -> Option<ReadNumber> {
    attempt(text, at, codes).ok()
}

/// The same, with the reason where there is none.
///
/// # Errors
/// Says which condition failed.
pub fn attempt(text: &str, at: usize, codes: Codes<'_>) -> Result<ReadNumber, Refusal> {
    if let Some(why) = refused_at_sight(text.as_bytes(), at) {
        return Err(why);
    }
    let serial = Serial::at(text, at).ok_or(Refusal::NoSerial)?;
    let (mut end, mut repaired) = (serial.end, serial.repaired);
    let bytes = text.as_bytes();
    if bytes.get(end).is_some_and(u8::is_ascii_uppercase) {
        return joined(text, serial, codes).ok_or(Refusal::UnknownJoined);
    }
    let gap = skip_space(text, end, true);
    let separator = *bytes.get(gap).ok_or(Refusal::NoSeparator)?;
    if !matches!(separator, b'/' | b'-') || gap - end > 12 {
        return Err(Refusal::NoSeparator);
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
                return Ok(ReadNumber {
                    serial: Some(serial.spelled(text)),
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
    let dashed = separator == b'-';
    let small = || if dashed { None } else { group::small(text, start, codes) };
    let symbol = symbol(text, start, codes).or_else(small).ok_or(Refusal::NoGroup(start))?;
    // A bare dash joins many things (`93-2020-nd-cp`, `83-2015-QH13` in addresses); only a slash inside or an
    // abbreviation of the rules, to the letter, makes it a number.
    let head = symbol.text.split(['-', '/', '.']).next().unwrap_or_default();
    if dashed && !symbol.text.contains('/') && !codes.organs.contains_key(head) && !codes.types.contains_key(head) {
        return Err(Refusal::UnknownDashed(start, symbol.end));
    }
    Ok(ReadNumber {
        serial: Some(serial.spelled(text)),
        year,
        symbol: Some(symbol.text),
        dashed,
        repaired: repaired || symbol.repaired || start > end,
        end: symbol.end,
    })
}

/// Why digits are no number of a document, where the bytes behind them tell: those of most numbers of prose.
fn refused_at_sight(bytes: &[u8], at: usize) -> Option<Refusal> {
    let digits = bytes.get(at..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let end = at + digits;
    let separator = match bytes.get(end) {
        Some(b' ' | b'\t' | b'\n') => bytes[end..].iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\n')),
        Some(b'!'..=b',' | b':'..=b'@') | None => None,
        _ => return None,
    };
    match separator {
        _ if digits == 0 => None,
        Some(b'/' | b'-') => None,
        _ if digits > MOST_DIGITS => Some(Refusal::NoSerial),
        _ => Some(Refusal::NoSeparator),
    }
}

/// `04TC/TCT`: the old form of the ministries with nothing between serial and symbol. The first group must be known,
/// and a slash must follow it.
fn joined(text: &str, serial: Serial, codes: Codes<'_>) -> Option<ReadNumber> {
    let symbol = symbol(text, serial.end, codes).filter(|symbol| !symbol.repaired)?;
    let head =
        symbol.text.split_once('/').map(|(head, _)| head).filter(|head| codes.knows(head) && !head.contains('-'))?;
    (head.len() >= 2).then_some(())?;
    Some(ReadNumber {
        serial: Some(serial.spelled(text)),
        year: None,
        symbol: Some(symbol.text),
        dashed: true,
        repaired: serial.repaired,
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
    let year = raw.bytes().fold(0, |year: i16, byte| {
        let digit = match byte {
            b'O' | b'o' => 0,
            b'I' | b'l' => 1,
            digit => i16::from(digit - b'0'),
        };
        year * 10 + digit
    });
    let more = text.as_bytes().get(at + 4).is_some_and(|b| b.is_ascii_alphanumeric());
    ((1900..2100).contains(&year) && !more).then_some((year, at + 4))
}

/// A number whose serial and symbol only a space parts: `1034 CV/KHĐT`, `60 TC/CĐKT`. It needs the word `số` before it.
pub fn spaced_number(text: &str, at: usize, codes: Codes<'_>) -> Option<ReadNumber> {
    let serial = Serial::at(text, at)?;
    let start = skip_space(text, serial.end, false);
    let symbol = (start > serial.end)
        .then(|| symbol(text, start, codes))
        .flatten()
        .filter(|symbol| symbol.text.contains('/'))?;
    let head = symbol.text.split('/').next().unwrap_or_default();
    codes.knows(head).then_some(ReadNumber {
        serial: Some(serial.spelled(text)),
        year: None,
        symbol: Some(symbol.text),
        dashed: true,
        repaired: true,
        end: symbol.end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn maps() -> (Abbreviations, Abbreviations) {
        let types = ["KH", "QĐ", "NQ", "NĐ", "TT", "KL", "CTr", "PL", "TTr", "GM", "TTLT", "SL", "TB"];
        let organs = ["UBND", "CP", "TTg", "HĐND", "ĐU", "HU", "QH", "UBTVQH", "BTC", "TTr", "BNV", "TC"];
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
            "15/QĐ-UBND",
            "02/2021/QĐ-UBND",
            "526/UBND-VX",
            "1322/STC-GCS&TCDN",
            "39-NQ/ĐU",
            "130-CP",
            "178/CP",
            "256/2004/QĐ-UB",
            "10-LCT/HĐNN7",
            "01/2011/TTLT-BNV-BTC",
            "66.22/2026/NQ-CP",
            "42/2013/QH13",
            "30c/NQ-CP",
            "144/2002/QĐ/BTC",
            "12/QĐ-TT HĐND",
            "317-QĐ/TWĐTN-TNTH",
            "180/CTr-UBND",
            "12B/QĐ-UBND",
            "41-TC/CĐKT",
            "18/TC-QĐ-CĐKT",
            "20-SL/L-004",
            "08-SL/L.003",
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
            ("19/2015/tt-btc ngày", "19/2015/TT-BTC"),
            ("19/2015/TT-BTc ngày", "19/2015/TT-BTC"),
            ("19/2015/T1-BTC", "19/2015/TT-BTC"),
            ("70/2024/QHI15, ngày", "70/2024/QH15"),
            ("07/2012/TTLT-BTCBNV", "07/2012/TTLT-BTC-BNV"),
            ("21/KH_UBND ngày", "21/KH-UBND"),
            ("06TC/TCT ngày", "06-TC/TCT"),
        ] {
            assert_eq!(canonical(raw).as_deref(), Some(mended), "{raw}");
        }
    }

    #[test]
    fn leaves_other_things_alone() {
        for text in [
            "12/3/2023",
            "7/8 thôn",
            "12/22 người",
            "2021-2025",
            "1/500",
            "40.000 đồng/hồ sơ",
            "9 - Công ty",
            "5-Tổ chức",
            "12B/tầng",
            "3TB/năm",
            "4/kh-bv",
            "2015-QH13",
            "2020-nq-cp",
        ] {
            assert_eq!(canonical(text), None, "{text}");
        }
        assert_eq!(canonical("15/KH-UBND - Ủy ban"), Some("15/KH-UBND".to_owned()));
    }

    proptest! {
        #[test]
        fn what_is_refused_at_sight_is_no_number(text in "[0-9]{0,9}[ \n\t]{0,4}[%,./;:-]?[0-9A-Za-z/ ]{0,6}") {
            if let Some(why) = refused_at_sight(text.as_bytes(), 0) {
                let slow = Serial::at(&text, 0).map(|serial| {
                    let gap = skip_space(&text, serial.end, true);
                    let joined = text[serial.end..].starts_with(|c: char| c.is_ascii_uppercase());
                    joined || matches!(text.as_bytes().get(gap), Some(b'/' | b'-'))
                });
                let expected = if slow.is_none() { Refusal::NoSerial } else { Refusal::NoSeparator };
                prop_assert_ne!(slow, Some(true));
                prop_assert_eq!(why, expected);
            }
        }

        #[test]
        fn never_reads_beyond_the_text(text in "[0-9OlI]{1,4}[/ -]{0,2}[0-9/A-ZĐđa-z&.\n :~-]{0,30}") {
            let (types, organs) = maps();
            if let Some(read) = number(&text, 0, Codes { types: &types, organs: &organs }) {
                prop_assert!(read.end <= text.len() && text.is_char_boundary(read.end));
            }
        }
    }
}
