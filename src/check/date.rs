//! T111 to T113: dates that are unreadable, open, or that cannot be.

use super::{Decoded, Report, number::open_day};
use crate::record::{Record, State};

pub(super) fn check(record: &Record, decoded: Decoded<'_>, report: &mut Report<'_>) {
    if let Some(date) = &record.document.date {
        match date.state {
            Some(State::Unreadable) => report.add("T111", Some(date.span), &date.raw),
            Some(State::Blank) if open_day(record).is_some() => {}
            Some(State::Blank) => report.add("T112", Some(date.span), &date.raw),
            None => {}
        }
    }
    for (span, raw) in decoded.impossible {
        report.add("T113", Some(*span), raw);
    }
}
