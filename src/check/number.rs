//! T101, T102: the document's own number is unreadable, or open.

use super::Report;
use crate::record::{Record, State};

pub(super) fn check(record: &Record, report: &mut Report<'_>) {
    let Some(number) = &record.document.number else { return };
    match number.state {
        Some(State::Unreadable) => report.add("T101", Some(number.span), &number.raw),
        Some(State::Blank) => report.add("T102", Some(number.span), &number.raw),
        None => {}
    }
}
