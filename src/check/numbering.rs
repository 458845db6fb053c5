//! T601, T602: headings whose numbers repeat or jump.

use super::Report;
use crate::{
    grammar::roman::roman,
    record::{Record, Section, SectionKind},
};
use rustc_hash::FxHashMap;

pub(super) fn check(record: &Record, report: &mut Report<'_>) {
    let mut last: FxHashMap<(Option<usize>, u8), (u32, &Section)> = FxHashMap::default();
    for section in &record.sections {
        let Some((kind, number)) = number(section) else { continue };
        let before = last.insert((section.parent, kind), (number, section));
        let Some((previous, other)) = before else { continue };
        if number == previous {
            report.add_with("T601", Some(section.span), &[&section.marker], &[other.span], None);
        } else if number > previous + 1 {
            report.add_with("T602", Some(section.span), &[&other.marker, &section.marker], &[other.span], None);
        }
    }
}

/// The kind of a heading's marker and its number; the last one of `1.2.3.`.
fn number(section: &Section) -> Option<(u8, u32)> {
    let marker = section.marker.trim_end_matches(['.', ')', '/', '-', ':', ' ']);
    let last = marker.rsplit(['.', ' ']).next()?;
    match section.kind {
        SectionKind::Roman => roman(last).map(|value| (0, u32::from(value))),
        SectionKind::Decimal => last.parse().ok().map(|value| (1, value)),
        SectionKind::Article => last.parse().ok().map(|value| (2, value)),
        _ => None,
    }
}
