//! Dates: `ngày 05 tháng 3 năm 2020`, `ngày 05/3/2020`, and what OCR and drafts leave of them.

use super::symbol::skip_space;
use crate::record::{Precision, State};
use crate::text::{fold_char, letter};
use jiff::civil::Date;

/// A date as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadDate {
    /// The year, if known.
    pub year: Option<i16>,
    /// The month, if known.
    pub month: Option<i8>,
    /// The day, if known.
    pub day: Option<i8>,
    /// Blank or unreadable parts.
    pub state: Option<State>,
    /// Whether anything was mended.
    pub repaired: bool,
    /// Whether day or month cannot be (31/02).
    pub impossible: bool,
    /// The end in the text.
    pub end: usize,
    /// The rule whose form it has.
    pub rule: &'static str,
}

impl ReadDate {
    /// ISO 8601, cut at what is known.
    pub fn iso(&self) -> Option<String> {
        let (year, month) = (self.year?, self.month.map(i16::from));
        let day = self.day.map(i16::from).filter(|_| month.is_some());
        if !(0..10_000).contains(&year) || [month, day].into_iter().flatten().any(|part| !(0..100).contains(&part)) {
            let parts = [month, day].into_iter().flatten();
            return Some(parts.fold(format!("{year:04}"), |iso, part| format!("{iso}-{part:02}")));
        }
        let digit = |number: i16| char::from(b'0' + (number % 10) as u8);
        let mut iso = String::with_capacity("2020-03-05".len());
        [year / 1000, year / 100, year / 10, year].into_iter().for_each(|number| iso.push(digit(number)));
        for part in [month, day].into_iter().flatten() {
            iso.push('-');
            iso.push(digit(part / 10));
            iso.push(digit(part));
        }
        Some(iso)
    }

    /// To what part it is known.
    pub fn precision(&self) -> Precision {
        match (self.year, self.month, self.day) {
            (Some(_), Some(_), Some(_)) => Precision::Day,
            (Some(_), Some(_), None) => Precision::Month,
            (Some(_), None, _) => Precision::Year,
            _ => Precision::None,
        }
    }

    /// Cuts what cannot be: an impossible day leaves the month, an impossible month the year.
    fn settle(mut self) -> Self {
        if let Some(month) = self.month
            && !(1..=12).contains(&month)
        {
            (self.month, self.day, self.impossible) = (None, None, true);
        }
        if let (Some(year), Some(month), Some(day)) = (self.year, self.month, self.day)
            && Date::new(year, month, day).is_err()
        {
            (self.day, self.impossible) = (None, true);
        }
        if self.month.is_none() {
            self.day = None;
        }
        self
    }
}

/// What stands where a part of a date should be.
enum Slot {
    Value(i16, bool),
    Blank,
    Unreadable,
}

/// The date that begins with the word `ngày` at `at`.
///
/// ```
/// let read = trich::grammar::date::date("ngày 05 tháng 3 năm 2020", 0).unwrap();
/// assert_eq!(read.iso().unwrap(), "2020-03-05");
/// ```
pub fn date(text: &str, at: usize) -> Option<ReadDate> {
    let word = word_end(text, at, "ngay")?;
    long(text, word).or_else(|| short(text, word))
}

/// The month that begins with the word `tháng` at `at`: `tháng 9 năm 2021`, `tháng 9/2021`.
///
/// ```
/// let read = trich::grammar::date::month("tháng 9 năm 2021", 0).unwrap();
/// assert_eq!(read.iso().unwrap(), "2021-09");
/// ```
pub fn month(text: &str, at: usize) -> Option<ReadDate> {
    let word = word_end(text, at, "thang")?;
    let (month, after, mended) = two_digits(text, skip_space(text, word, true))?;
    let next = skip_space(text, after, true);
    let year_at = match text.as_bytes().get(next)? {
        b'/' | b'-' => next + 1,
        _ => word_end(text, next, "nam")?,
    };
    let (year, end, mended_year) = year_digits(text, skip_space(text, year_at, true))?;
    let month = i8::try_from(month).ok().filter(|month| (1..=12).contains(month))?;
    Some(ReadDate {
        year: Some(year),
        month: Some(month),
        day: None,
        state: None,
        repaired: mended || mended_year,
        impossible: false,
        end,
        rule: "date.long",
    })
}

/// The date of a place-and-date line whose word `ngày` is damaged: the day is lost, month and year may stand.
pub fn damaged(text: &str, at: usize, upto: usize) -> Option<ReadDate> {
    let (month_word, _) = find_word(text, at, "thang", 24)?;
    let mut read = long(text, month_word.min(upto))?;
    read.day = None;
    read.state = Some(State::Unreadable);
    Some(read)
}

/// The end of the word at `at` if it is the one given, marks folded. Digits may stand right behind it.
fn word_end(text: &str, at: usize, word: &str) -> Option<usize> {
    let mut wanted = word.chars();
    let mut end = at;
    for c in text.get(at..)?.chars().take_while(|c| letter::is_alphabetic(*c)) {
        if wanted.next() != Some(fold_char(c)) {
            return None;
        }
        end += c.len_utf8();
    }
    wanted.next().is_none().then_some(end)
}

/// `05 tháng 3 năm 2020`, after `ngày`.
fn long(text: &str, at: usize) -> Option<ReadDate> {
    let (month_word, month_end) = find_word(text, at, "thang", 16)?;
    let day = slot(text, at, month_word);
    let (year_word, year_end) = find_word(text, month_end, "nam", 16)?;
    let month = slot(text, month_end, year_word);
    let year_at = skip_space(text, year_end, true);
    let (year, mut end) = match year_digits(text, year_at) {
        Some((year, end, mended)) => (Slot::Value(year, mended), end),
        None => (Slot::Blank, year_end),
    };
    let mut read = ReadDate {
        year: None,
        month: None,
        day: None,
        state: None,
        repaired: false,
        impossible: false,
        end,
        rule: "date.long",
    };
    let mut blank = false;
    let mut unreadable = false;
    for (part, found) in [(0, year), (1, month), (2, day)] {
        match found {
            Slot::Value(value, mended) => {
                read.repaired |= mended;
                match part {
                    0 => read.year = Some(value),
                    1 => read.month = i8::try_from(value).ok(),
                    _ => read.day = i8::try_from(value).ok(),
                }
            }
            Slot::Blank => blank = true,
            Slot::Unreadable => unreadable = true,
        }
    }
    if read.year.is_none() {
        // `ngày    tháng    năm` and dots or a cut year: all is left open.
        let dots =
            text[end..].chars().take_while(|c| matches!(c, '.' | '…' | '_' | ' ')).map(char::len_utf8).sum::<usize>();
        let open = text[end..end + dots].trim_end().len();
        end += open;
        read.end = end;
        if read.month.is_some() || read.day.is_some() {
            blank = true;
        }
        (read.month, read.day) = (None, None);
    }
    read.state = if unreadable {
        Some(State::Unreadable)
    } else if blank {
        Some(State::Blank)
    } else {
        None
    };
    let read = read.settle();
    Some(if read.impossible && read.state.is_none() {
        ReadDate { state: Some(State::Unreadable), ..read }
    } else {
        read
    })
}

/// `05/3/2020`, `05-3-2020`, `05.3.2020`, after `ngày`.
fn short(text: &str, at: usize) -> Option<ReadDate> {
    let mut start = skip_space(text, at, true);
    // OCR leaves a mark or two between the word and the day.
    let noise =
        text[start..].chars().take(4).take_while(|c| !letter::is_alphanumeric(*c)).map(char::len_utf8).sum::<usize>();
    if noise > 0 && text[start + noise..].starts_with(|c: char| c.is_ascii_digit()) {
        start += noise;
    }
    numeric(text, start).map(|read| ReadDate { repaired: read.repaired || noise > 0, ..read })
}

/// A date in digits at `at`: `05/3/2020`.
pub fn numeric(text: &str, at: usize) -> Option<ReadDate> {
    let (day, mut end, mended_day) = two_digits(text, at)?;
    let mark = text[end..].chars().next().filter(|c| matches!(c, '/' | '-' | '.'))?;
    end = skip_space(text, end + 1, true);
    let (month, after, mended_month) = two_digits(text, end)?;
    if !text[after..].trim_start_matches(' ').starts_with(mark) {
        return None;
    }
    let year_at = skip_space(text, text[after..].find(mark).map(|n| after + n + 1)?, true);
    let (year, end, mended_year) = year_digits(text, year_at)?;
    Some(
        ReadDate {
            year: Some(year),
            month: i8::try_from(month).ok(),
            day: i8::try_from(day).ok(),
            state: None,
            repaired: mended_day || mended_month || mended_year,
            impossible: false,
            end,
            rule: "date.short",
        }
        .settle(),
    )
}

/// Up to two digits at `at`, `O`, `I`, `l` mended.
fn two_digits(text: &str, at: usize) -> Option<(i16, usize, bool)> {
    let raw: &str = {
        let rest = text.get(at..)?;
        let len = rest.bytes().take_while(|b| matches!(b, b'0'..=b'9' | b'O' | b'o' | b'I' | b'l' | b'|')).count();
        &rest[..len]
    };
    if !(1..=2).contains(&raw.len()) || !raw.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let (value, mended) = digits(raw)?;
    Some((value, at + raw.len(), mended))
}

/// A year of four digits at `at`; digits may be OCR letters.
fn year_digits(text: &str, at: usize) -> Option<(i16, usize, bool)> {
    let rest = text.get(at..)?;
    let len = rest.bytes().take_while(|b| matches!(b, b'0'..=b'9' | b'O' | b'o' | b'I' | b'l' | b'|')).count();
    // `20 21`: OCR tore it.
    if len == 2 && rest.as_bytes().get(2) == Some(&b' ') && matches!(&rest[..2], "19" | "20") {
        let behind = &rest.as_bytes()[3..];
        let more = behind.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if more == 2
            && let Some((year, _)) = digits(&format!("{}{}", &rest[..2], rest.get(3..5)?))
        {
            return Some((year, at + 5, true));
        }
    }
    // A bar behind the year is the edge of a table cell.
    if rest[..len].trim_end_matches('|').len().max(len.min(4)) != 4 {
        return None;
    }
    let (year, mended) = digits(&rest[..4])?;
    (1900..2100).contains(&year).then_some((year, at + 4, mended))
}

/// The value of digits of which some may be OCR letters.
fn digits(raw: &str) -> Option<(i16, bool)> {
    let digit = |byte| {
        Some(match byte {
            b'O' | b'o' => 0,
            b'I' | b'l' | b'|' => 1,
            b'0'..=b'9' => i16::from(byte - b'0'),
            _ => return None,
        })
    };
    // No part of a date has more.
    if !(1..=4).contains(&raw.len()) {
        return None;
    }
    let value = raw.bytes().try_fold(0, |value, byte| Some(value * 10 + digit(byte)?))?;
    Some((value, raw.bytes().any(|byte| !byte.is_ascii_digit())))
}

/// What stands between two words of a date.
fn slot(text: &str, from: usize, upto: usize) -> Slot {
    let inside = text[from..upto].trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '_' | ',' | '-'));
    if inside.is_empty() {
        return Slot::Blank;
    }
    let mut parts = inside.split_whitespace().peekable();
    // `mồng 3`, `mùng 10`: the first ten days of a month.
    parts.next_if(|part| matches!(*part, "mồng" | "mùng"));
    let first = parts.next().unwrap_or_default();
    let second = parts.next();
    // `20 0`: a speck behind the day.
    let speck =
        second.is_some_and(|speck| speck.chars().nth(1).is_none()) && parts.next().is_none() && first.len() == 2;
    if second.is_some() && !speck {
        return Slot::Unreadable;
    }
    if first.len() <= 2
        && first.chars().all(|c| c.is_ascii_digit() || matches!(c, 'O' | 'o' | 'I' | 'l' | '|'))
        && let Some((value, mended)) = digits(first)
    {
        return Slot::Value(value, mended || speck);
    }
    Slot::Unreadable
}

/// A word within `most` characters of `at`, marks folded: its start and end. Digits may stick to it (`tháng5`).
fn find_word(text: &str, at: usize, word: &str, most: usize) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let first = word.as_bytes()[0];
    let mut end = at;
    let (mut breaks, mut chars) = (0, 0);
    while let Some(byte) = bytes.get(end) {
        // What is no first byte of a character.
        if matches!(byte, 0x80..=0xbf) {
            end += 1;
            continue;
        }
        if chars == most * 2 {
            return None;
        }
        chars += 1;
        breaks += usize::from(*byte == b'\n');
        if breaks > 2 {
            return None;
        }
        // The first letter tells most words; whether a word begins here is asked last.
        if (!byte.is_ascii() || byte.to_ascii_lowercase() == first)
            && !bytes[at..end].last().is_some_and(u8::is_ascii_alphabetic)
            && !text[at..end].ends_with(letter::is_alphabetic)
            && let Some(stop) = word_end(text, end, word)
        {
            return Some((end, stop));
        }
        end += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn iso(text: &str) -> Option<String> {
        date(text, 0).and_then(|read| read.iso())
    }

    #[test]
    fn reads_clean_dates() {
        assert_eq!(iso("ngày 05 tháng 3 năm 2020").as_deref(), Some("2020-03-05"));
        assert_eq!(iso("ngày 22/6/2023,").as_deref(), Some("2023-06-22"));
        assert_eq!(iso("ngày\n  08/4/2020 của").as_deref(), Some("2020-04-08"));
        assert_eq!(iso("Ngày 2/1/\n2018").as_deref(), Some("2018-01-02"));
        assert_eq!(iso("ngày mồng 5 tháng 9 năm 2021").as_deref(), Some("2021-09-05"));
        assert_eq!(month("tháng 02/2019", 0).and_then(|read| read.iso()).as_deref(), Some("2019-02"));
        assert_eq!(month("tháng 13 năm 2019", 0), None);
    }

    #[test]
    fn keeps_what_is_blank_or_unreadable_apart() {
        let blank = date("ngày    tháng 11 năm 2023", 0).unwrap();
        assert_eq!((blank.iso().as_deref(), blank.state), (Some("2023-11"), Some(State::Blank)));
        let none = date("ngày tháng năm", 0).unwrap();
        assert_eq!((none.iso(), none.precision(), none.state), (None, Precision::None, Some(State::Blank)));
        let damaged = date("ngày # tháng 4 năm 2018", 0).unwrap();
        assert_eq!((damaged.iso().as_deref(), damaged.state), (Some("2018-04"), Some(State::Unreadable)));
        let dotted = date("ngày ..... tháng ..... năm 2024", 0).unwrap();
        assert_eq!((dotted.iso().as_deref(), dotted.state), (Some("2024"), Some(State::Blank)));
    }

    #[test]
    fn mends_ocr_digits_and_spacing() {
        assert_eq!(iso("ngày04tháng 7 năm 2019").as_deref(), Some("2019-07-04"));
        assert_eq!(iso("ngày I7 tháng l0 năm 2018").as_deref(), Some("2018-10-17"));
        assert_eq!(iso("ngày 20 0 tháng 1 năm 2017").as_deref(), Some("2017-01-20"));
        assert_eq!(iso("ngày ° (\n28/9/2018").as_deref(), Some("2018-09-28"));
    }

    #[test]
    fn cuts_what_cannot_be() {
        let read = date("ngày 31/02/2021", 0).unwrap();
        assert_eq!((read.iso().as_deref(), read.impossible), (Some("2021-02"), true));
        assert_eq!(iso("ngày 43 tháng 7 năm 2019").as_deref(), Some("2019-07"));
        assert_eq!(iso("ngày 12/15/2021").as_deref(), Some("2021"));
    }

    proptest! {
        #[test]
        fn every_real_day_reads_back(year in 1945i16..2050, month in 1i8..=12, day in 1i8..=28) {
            let long = format!("ngày {day:02} tháng {month} năm {year}");
            let short = format!("ngày {day}/{month:02}/{year}");
            let expected = format!("{year:04}-{month:02}-{day:02}");
            prop_assert_eq!(iso(&long), Some(expected.clone()));
            prop_assert_eq!(iso(&short), Some(expected));
        }

        #[test]
        fn never_panics(text in "ngày[ 0-9/.tháng năm\nIlO#°{]{0,40}") {
            if let Some(read) = date(&text, 0) {
                prop_assert!(read.end <= text.len());
            }
        }
    }
}
