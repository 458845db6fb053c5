//! The typed readers of a phrase: where each ends, and the value of what it read.
//!
//! They are stricter than the readers of [`crate::grammar`], which mend what OCR damaged and read what was left blank:
//! a record has no place to say that a user's field was mended, so nothing is.

use super::{Slot, gap, literal_end};
use crate::grammar::roman::roman;

/// The words that a date may begin with.
pub(super) const DATE_WORDS: &[&str] = &["ngày", "tháng"];

/// The most bytes of a word, a symbol or a number.
const LONGEST_WORD: usize = 60;
/// The most bytes of a clause.
const LONGEST_CLAUSE: usize = 300;
/// The most words of `words` and of `name`.
const MOST_WORDS: usize = 6;

/// Where the longest reading of a slot at `at` ends. `stop` says whether what follows the slot stands at a place.
pub(super) fn read(slot: Slot, text: &str, at: usize, stop: &dyn Fn(usize) -> bool) -> Option<usize> {
    let rest = &text[at..];
    let end = |n: usize| at + n;
    match slot {
        Slot::Number => number_len(rest).map(end),
        Slot::Integer => number_len(rest).filter(|n| !rest[..*n].contains(',') && !decimal_point(&rest[..*n])).map(end),
        Slot::Day => digits(rest, 1..=2, 1..=31).map(end),
        Slot::Month => digits(rest, 1..=2, 1..=12).map(end),
        Slot::Year => digits(rest, 4..=4, 1000..=2999).map(end),
        Slot::Date => date(text, at).map(|(end, _)| end),
        Slot::Roman => {
            let n = run_len(rest, |c| matches!(c, 'I' | 'V' | 'X'));
            roman(&rest[..n]).map(|_| end(n))
        }
        Slot::Letter => {
            let mut chars = rest.chars();
            let letter = chars.next().filter(|c| c.is_alphabetic())?;
            let alone = !chars.next().is_some_and(char::is_alphanumeric);
            alone.then_some(end(letter.len_utf8()))
        }
        Slot::Symbol => symbol_len(rest).map(end),
        Slot::Document => document_len(rest).map(end),
        Slot::Word => word_len(rest).map(end),
        Slot::Words => words(text, at, stop, |_| true, |text, at| gap(text, at).filter(|next| *next > at)),
        Slot::Name => words(text, at, stop, char::is_uppercase, name_joint),
        Slot::Clause => clause(text, at, stop),
    }
}

/// The value of what a slot read: the wire form of a number or date, other text with single spaces.
pub(super) fn value(slot: Slot, raw: &str) -> String {
    match slot {
        Slot::Number | Slot::Integer | Slot::Day | Slot::Month | Slot::Year => number_value(raw),
        Slot::Date => date(raw, 0).map(|(_, date)| date.iso()).unwrap_or_else(|| raw.to_owned()),
        _ => raw.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// The bytes of the characters that `keep` holds of, at the start of a text; at most [`LONGEST_WORD`].
fn run_len(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.char_indices().find(|(i, c)| *i >= LONGEST_WORD || !keep(*c)).map_or(text.len(), |(i, _)| i)
}

/// A run of digits of the width and value given, and not a part of a longer one.
fn digits(text: &str, width: std::ops::RangeInclusive<usize>, values: std::ops::RangeInclusive<u32>) -> Option<usize> {
    let n = run_len(text, |c| c.is_ascii_digit());
    (width.contains(&n) && text[..n].parse().is_ok_and(|value| values.contains(&value))).then_some(n)
}

/// Digits with dots and commas between them, if they are a number.
fn number_len(text: &str) -> Option<usize> {
    let mut n = run_len(text, |c| c.is_ascii_digit() || matches!(c, '.' | ','));
    n -= text[..n].len() - text[..n].trim_end_matches(['.', ',']).len();
    let (whole, decimals) = text[..n].split_once(',').unwrap_or((&text[..n], "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let grouped = plain(whole) || thousands(whole) || (decimal_point(whole) && n == whole.len());
    (grouped && plain(decimals)).then_some(n)
}

/// Whether dots part a number into thousands: `1.250.000`.
fn thousands(text: &str) -> bool {
    let mut groups = text.split('.');
    let head = groups.next().unwrap_or_default();
    (1..=3).contains(&head.len()) && text.len() > head.len() && groups.all(|group| group.len() == 3)
}

/// Whether the one dot of a number opens its decimals, as foreign hands write it: `12.5`.
fn decimal_point(text: &str) -> bool {
    let mut parts = text.split('.');
    let (head, tail) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    !head.is_empty() && !tail.is_empty() && parts.next().is_none() && !text.contains(',') && !thousands(text)
}

fn number_value(raw: &str) -> String {
    let (whole, decimals) =
        if decimal_point(raw) { raw.split_once('.') } else { raw.split_once(',') }.unwrap_or((raw, ""));
    let whole = whole.replace('.', "");
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
}

/// A date as far as it is possible.
#[derive(Clone, Copy)]
struct Date {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl Date {
    /// An impossible day leaves the month, an impossible month the year.
    fn new(year: i16, month: i8, day: Option<i8>) -> Date {
        if !(1..=12).contains(&month) {
            return Date { year, month: None, day: None };
        }
        Date { year, month: Some(month), day: day.filter(|day| jiff::civil::Date::new(year, month, *day).is_ok()) }
    }

    fn iso(self) -> String {
        let Date { year, month, day } = self;
        match (month, day) {
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            _ => format!("{year:04}"),
        }
    }
}

/// A date at `at`: `12/3/2023`, `ngày 12 tháng 3 năm 2023`, `tháng 3/2023`.
fn date(text: &str, at: usize) -> Option<(usize, Date)> {
    let short = |at: usize| {
        let n = digits(&text[at..], 1..=2, 0..=99)?;
        Some((at + n, text[at..at + n].parse::<i8>().ok()?))
    };
    let year = |at: usize| {
        let n = digits(&text[at..], 4..=4, 1000..=2999)?;
        Some((at + n, text[at..at + n].parse::<i16>().ok()?))
    };
    let after = |at: usize, word: &str| gap(text, literal_end(text, at, word)?);
    let spaced = |at: usize, word: &str| after(gap(text, at).filter(|next| *next > at)?, word);

    let from = after(at, "ngày").unwrap_or(at);
    let (day, at) = if let Some(at) = after(from, "tháng") {
        (None, at)
    } else {
        let (end, day) = short(from)?;
        if let Some(mark) = text[end..].chars().next().filter(|c| matches!(c, '/' | '-' | '.')) {
            let (end, month) = short(end + 1)?;
            let (end, year) = text[end..].starts_with(mark).then(|| year(end + 1))??;
            return Some((end, Date::new(year, month, Some(day))));
        }
        (Some(day), spaced(end, "tháng")?)
    };
    let (end, month) = short(at)?;
    let at = if text[end..].starts_with('/') { end + 1 } else { spaced(end, "năm")? };
    let (end, year) = year(at)?;
    Some((end, Date::new(year, month, day)))
}

/// Capitals and digits joined by dashes and slashes: `KH-UBND`, `NQ/ĐU`, `QH14`.
fn symbol_len(text: &str) -> Option<usize> {
    let n = run_len(text, |c| c.is_alphanumeric() || matches!(c, '-' | '/' | '&'));
    let symbol = text[..n].trim_end_matches(['-', '/', '&']);
    let capitals = symbol.chars().filter(|c| c.is_uppercase()).count();
    (capitals >= 2 && symbol.starts_with(char::is_uppercase)).then_some(symbol.len())
}

/// A number, perhaps a year, and a symbol: `15/KH-UBND`, `02/2021/QĐ-UBND`, `39-NQ/ĐU`.
fn document_len(text: &str) -> Option<usize> {
    let serial = digits(text, 1..=6, 0..=999_999)?;
    let serial = serial + usize::from(text[serial..].starts_with(['a', 'b', 'A', 'B']));
    let joined = |at: usize| text[at..].starts_with(['/', '-']).then_some(at + 1);
    let from = joined(serial)?;
    let dated = digits(&text[from..], 4..=4, 1900..=2999).and_then(|n| joined(from + n));
    let from = dated.unwrap_or(from);
    symbol_len(&text[from..]).map(|n| from + n)
}

/// Letters and digits, dashes and slashes between them: `Covid-19`.
fn word_len(text: &str) -> Option<usize> {
    let n = run_len(text, |c| c.is_alphanumeric() || matches!(c, '-' | '/'));
    let word = text[..n].trim_end_matches(['-', '/']);
    word.starts_with(char::is_alphanumeric).then_some(word.len())
}

/// Words that `opens` admits by their first character, one `joint` between two.
fn words(
    text: &str,
    at: usize,
    stop: &dyn Fn(usize) -> bool,
    opens: impl Fn(char) -> bool,
    joint: impl Fn(&str, usize) -> Option<usize>,
) -> Option<usize> {
    let mut end = at;
    let mut next = Some(at);
    for _ in 0..MOST_WORDS {
        let Some(from) = next.filter(|from| text[*from..].starts_with(&opens) && !stop(*from)) else { break };
        let Some(n) = word_len(&text[from..]) else { break };
        end = from + n;
        next = joint(text, end);
    }
    (end > at).then_some(end)
}

/// What may join two words of a name: spaces of one line, a dash among them perhaps.
fn name_joint(text: &str, at: usize) -> Option<usize> {
    let n = text[at..].char_indices().find(|(i, c)| *i >= 4 || !matches!(c, ' ' | '-')).map_or(0, |(i, _)| i);
    let between = &text[at..at + n];
    (n > 0 && between.contains(' ') && between.matches('-').count() <= 1).then_some(at + n)
}

/// Up to what follows the slot, to the end of the clause, or to the last word within the limit.
fn clause(text: &str, at: usize, stop: &dyn Fn(usize) -> bool) -> Option<usize> {
    let rest = &text[at..];
    let mut end = rest.len();
    let mut last_space = None;
    let mut before = ' ';
    for (i, c) in rest.char_indices() {
        if i >= LONGEST_CLAUSE {
            end = last_space.unwrap_or(i);
            break;
        }
        let after = &rest[i + c.len_utf8()..];
        let closes = match c {
            ';' => true,
            '.' => after.is_empty() || after.starts_with(char::is_whitespace),
            '\n' => after.trim_start_matches([' ', '\t']).starts_with(['\n', '-', '+', '*']),
            _ => false,
        };
        let inside_word = c.is_alphanumeric() && before.is_alphanumeric();
        if closes || (i > 0 && !inside_word && stop(at + i)) {
            end = i;
            break;
        }
        if c.is_whitespace() {
            last_space = Some(i);
        }
        before = c;
    }
    let read = rest[..end].trim_end();
    let good = read.starts_with(|c: char| !c.is_whitespace());
    good.then_some(at + read.len())
}
