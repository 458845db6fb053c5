//! The day on which acts are judged: that of the document, or the days between which it lies.

use crate::record::{AsOf, DayFrom, Precision, Record, Role};
use jiff::civil::Date;

/// A day, or the days between which it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    /// The first day that it can be.
    pub(super) earliest: Option<Date>,
    /// The last day that it can be.
    pub(super) latest: Option<Date>,
    from: DayFrom,
}

impl Day {
    /// A day that the user names.
    pub fn given(day: Date) -> Self {
        Day { earliest: Some(day), latest: Some(day), from: DayFrom::Given }
    }

    /// The day of a document; of a draft, what bounds it: the month or year that it names, and the latest whole day among
    /// the acts that it is based on.
    pub fn of(record: &Record) -> Option<Self> {
        let date = record.document.date.as_ref();
        if let Some(date) = date
            && date.precision == Precision::Day
            && let Some(day) = read(date.value.as_deref())
        {
            return Some(Day { earliest: Some(day), latest: Some(day), from: DayFrom::Document });
        }
        let stated = date.and_then(|date| read(date.earliest.as_deref()));
        let latest = date.and_then(|date| read(date.latest.as_deref()));
        let based = record
            .citations
            .iter()
            .filter(|citation| citation.role == Role::Basis)
            .filter_map(|citation| citation.date.as_ref())
            .filter(|date| date.precision == Precision::Day)
            .filter_map(|date| read(date.value.as_deref()))
            .filter(|day| latest.is_none_or(|latest| *day <= latest))
            .max();
        let earliest = stated.max(based);
        (earliest.is_some() || latest.is_some()).then_some(Day { earliest, latest, from: DayFrom::Bounds })
    }

    /// As the record writes it.
    pub(super) fn on_wire(self) -> AsOf {
        let text = |day: Option<Date>| day.map(|day| day.to_string());
        AsOf { earliest: text(self.earliest), latest: text(self.latest), from: self.from }
    }
}

fn read(value: Option<&str>) -> Option<Date> {
    value?.parse().ok()
}
