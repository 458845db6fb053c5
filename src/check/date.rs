//! T111 to T113: dates that are unreadable, open, or that cannot be.

use super::{Decoded, Report, number::open_day, page::Page};
use crate::record::{Record, Span, State};
use jiff::civil::Date;

pub(super) fn check(record: &Record, decoded: Decoded<'_>, page: &Page<'_>, report: &mut Report<'_>) {
    if let Some(date) = &record.document.date {
        match date.state {
            Some(State::Unreadable) => report.add("T111", Some(date.span), &date.raw),
            Some(State::Blank) if open_day(record).is_some() => {}
            Some(State::Blank) => report.add("T112", Some(date.span), &date.raw),
            None => {}
        }
    }
    // What cannot be read may look like a day that cannot be.
    let unread = record.document.date.as_ref().filter(|date| date.state == Some(State::Unreadable));
    let is_unread = |span: &Span| unread.is_some_and(|date| date.span.start < span.end && span.start < date.span.end);
    for span in decoded.impossible.iter().filter(|span| !is_unread(span)) {
        report.add("T113", Some(*span), page.at(*span));
    }
    in_text(decoded, page, report);
}

/// Days of the text that no fact holds: `trước ngày 31/9/2025`.
fn in_text(decoded: Decoded<'_>, page: &Page<'_>, report: &mut Report<'_>) {
    let text = decoded.text;
    let mut all = decoded.impossible.to_vec();
    all.sort_unstable();
    let mut told: Vec<Span> = Vec::new();
    for span in all {
        match told.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => told.push(span),
        }
    }
    for lead in memchr::memmem::find_iter(text.as_bytes(), "ngày ") {
        let at = lead + "ngày ".len();
        let Some(end) = impossible(&text[at..]) else { continue };
        let span = page.span(lead, at + end);
        let before = told.partition_point(|told| told.start < span.end).checked_sub(1);
        if before.is_none_or(|at| told[at].end <= span.start) {
            report.add("T113", Some(span), &text[lead..at + end]);
        }
    }
}

/// The end of a day at the beginning of a text that is in no calendar: `31/9`, `30/02/2024`.
fn impossible(text: &str) -> Option<usize> {
    let number = |from: usize, most: usize| -> Option<(usize, i16)> {
        let digits = text.as_bytes().get(from..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let value = text.get(from..from + digits)?.parse().ok()?;
        (1..=most).contains(&digits).then_some((from + digits, value))
    };
    let stroke = |at: usize| matches!(text.as_bytes().get(at), Some(b'/' | b'-' | b'.')).then_some(at + 1);
    let (end, day) = number(0, 2)?;
    let (end, month) = number(stroke(end)?, 2)?;
    let year = stroke(end).and_then(|at| number(at, 4)).filter(|(_, year)| (1900..2100).contains(year));
    let (end, year) = year.unwrap_or((end, 2000));
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    // `ngày 24/24`, `ngày 35/6` are no days at all.
    ((1..=31).contains(&day) && day > i16::from(first.days_in_month())).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::impossible;

    #[test]
    fn a_day_that_is_in_no_calendar() {
        for text in ["31/9/2025", "30/02", "29/02/2023", "31-4-2024.", "31/06/2021 đến"] {
            assert!(impossible(text).is_some(), "{text}");
        }
        for text in
            ["30/9/2025", "29/02", "29/02/2024", "24/24", "15 tháng 9", "32/9", "31/9999", "05/10", "31/12.", "2/3/4"]
        {
            assert!(impossible(text).is_none(), "{text}");
        }
    }
}
