//! T101 to T103: the document's own number is unreadable, or open; number and day of a draft are one line.

use super::Report;
use crate::record::{DateFact, Record, State};

pub(super) fn check(record: &Record, report: &mut Report<'_>) {
    let Some(number) = &record.document.number else { return };
    match number.state {
        Some(State::Unreadable) => report.add("T101", Some(number.span), &number.raw),
        Some(State::Blank) => match open_day(record) {
            Some(day) => report.add_with("T103", Some(number.span), &[&number.raw, &day.raw], &[day.span], None),
            None => report.add("T102", Some(number.span), &number.raw),
        },
        None => {}
    }
}

/// The document's date, where it is left open as its number is.
pub(super) fn open_day(record: &Record) -> Option<&DateFact> {
    let open = record.document.number.as_ref().is_some_and(|number| number.state == Some(State::Blank));
    record.document.date.as_ref().filter(|date| open && date.state == Some(State::Blank))
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    #[test]
    fn a_drafts_open_number_and_day_are_one_line() {
        let codes = |number: &str, day: &str| {
            let text = format!(
                "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA\nSố: {number}\nTân Hòa, ngày {day} tháng 5 năm 2022\nKẾ HOẠCH\nThi đua\n1. Mục tiêu\nTốt.\n"
            );
            let record = Extractor::builtin().extract("a.txt", text.as_bytes());
            record.diagnostics.into_iter().map(|d| d.code).filter(|code| code.starts_with("T1")).collect::<Vec<_>>()
        };
        assert_eq!(codes("   /KH-UBND", "    "), ["T103"]);
        assert_eq!(codes("12/KH-UBND", "    "), ["T112"]);
        assert_eq!(codes("   /KH-UBND", "12"), ["T102"]);
        assert_eq!(codes("12/KH-UBND", "12"), [""; 0]);
    }
}
