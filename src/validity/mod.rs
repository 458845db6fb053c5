//! Whether the acts that a document cites were in force: catalogues of acts, and what they say of each citation.
//!
//! A catalogue says only what it knows. What it does not know is reported as not checked, with the reason; an act that it
//! does not hold is never called false. Reads the record, never changes what was extracted.
//!
//! ```
//! use trich::validity::{self, Catalogue, Day};
//! let text = "QUYẾT ĐỊNH\nCăn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;\nĐiều 1. Giao đất.";
//! let record = trich::Extractor::builtin().extract("qd.txt", text.as_bytes());
//! let day = Day::given("2025-01-15".parse().unwrap());
//! let resolved = validity::resolve(&record, trich::Rules::builtin(), &[Catalogue::builtin()], Some(day));
//! assert_eq!(resolved.citations[0].status, trich::record::Validity::Replaced);
//! assert_eq!(resolved.citations[0].act.as_ref().unwrap().replaced_by.as_deref(), Some("31/2024/QH15"));
//! ```

mod catalogue;
mod day;
mod held;
mod identity;
mod name;
mod read;
mod verdict;

pub use catalogue::{Act, Catalogue, End};
pub use day::Day;
pub use held::ask_archive;
pub(crate) use name::{full_name, likely_name};
pub use read::CatalogueError;

use crate::{
    Language, check,
    record::{Citation, Record, Resolved, ResolvedCitation, Role, Unchecked, Validity},
    rules::Rules,
};
use identity::{Identity, identify};
use std::collections::HashSet;

/// What the catalogues say of every citation of a record, on the document's own day or the day given.
///
/// The catalogues are asked in their order; the first that can tell whether the act was in force answers, else the first
/// that holds the act.
pub fn resolve(record: &Record, rules: &Rules, catalogues: &[&Catalogue], given: Option<Day>) -> Resolved {
    let day = given.or_else(|| Day::of(record));
    on_days(record, rules, catalogues, Days { meant: day, judged: day })
}

/// What the catalogues say today of the acts that a record's citations meant on its own day, or the day given.
pub fn resolve_today(
    record: &Record,
    rules: &Rules,
    catalogues: &[&Catalogue],
    given: Option<Day>,
    today: Day,
) -> Resolved {
    on_days(record, rules, catalogues, Days { meant: given.or_else(|| Day::of(record)), judged: Some(today) })
}

/// The day by which an act is found where its name alone is stated, and the day on which it is judged.
#[derive(Clone, Copy)]
struct Days {
    meant: Option<Day>,
    judged: Option<Day>,
}

fn on_days(record: &Record, rules: &Rules, catalogues: &[&Catalogue], days: Days) -> Resolved {
    let citations: Vec<ResolvedCitation> =
        record.citations.iter().enumerate().map(|(at, citation)| one(at, citation, rules, catalogues, days)).collect();
    let (mut seen, mut bases, mut checked) = (HashSet::new(), 0, 0);
    for (citation, resolved) in record.citations.iter().zip(&citations) {
        if citation.role == Role::Basis && seen.insert(same(citation)) {
            bases += 1;
            checked += usize::from(resolved.status.is_checked());
        }
    }
    Resolved {
        catalogues: catalogues.iter().map(|catalogue| catalogue.used()).collect(),
        as_of: days.judged.map(Day::on_wire),
        bases,
        checked,
        citations,
    }
}

/// Puts what the catalogues say into a record: its `resolved`, and the diagnostics that follow.
pub fn add_to(record: &mut Record, rules: &Rules, catalogues: &[&Catalogue], given: Option<Day>, language: Language) {
    let resolved = resolve(record, rules, catalogues, given);
    attach(record, resolved, rules, language);
}

/// Puts a resolution into the record that it was made of, and the diagnostics that follow.
pub fn attach(record: &mut Record, resolved: Resolved, rules: &Rules, language: Language) {
    record.diagnostics.extend(check::of_resolved(record, &resolved, rules, language));
    record.diagnostics.sort_by(|a, b| (a.span, &a.code).cmp(&(b.span, &b.code)));
    record.resolved = Some(resolved);
}

/// What makes two citations the same basis.
fn same(citation: &Citation) -> String {
    let number = citation.number.as_ref().and_then(|number| number.canonical.as_deref());
    let date = citation.date.as_ref().and_then(|date| date.value.as_deref());
    let named = number.or(citation.name.as_deref()).unwrap_or(&citation.raw);
    format!("{}|{}", crate::text::skeleton(named), date.unwrap_or_default())
}

fn one(at: usize, citation: &Citation, rules: &Rules, catalogues: &[&Catalogue], days: Days) -> ResolvedCitation {
    let mut best: Option<ResolvedCitation> = None;
    for catalogue in catalogues {
        let found = in_catalogue(at, citation, rules, catalogue, days);
        let checked = found.status.is_checked();
        if best.as_ref().is_none_or(|best| rank(&found) > rank(best)) {
            best = Some(found);
        }
        if checked {
            break;
        }
    }
    let (status, reason) = nowhere(citation, rules);
    best.unwrap_or_else(|| answer(at, citation, status, reason))
}

/// How much an answer tells.
fn rank(found: &ResolvedCitation) -> u8 {
    match (found.status.is_checked(), found.act.is_some(), found.suggestion.is_some()) {
        (true, ..) => 4,
        (_, true, _) => 3,
        (.., true) => 2,
        _ => u8::from(found.status == Validity::Ambiguous),
    }
}

fn answer(at: usize, citation: &Citation, status: Validity, reason: Option<Unchecked>) -> ResolvedCitation {
    ResolvedCitation { citation: at, span: citation.span, status, reason, source: None, act: None, suggestion: None }
}

fn in_catalogue(at: usize, citation: &Citation, rules: &Rules, catalogue: &Catalogue, days: Days) -> ResolvedCitation {
    let plain = |status, reason| answer(at, citation, status, reason);
    let day = days.judged;
    match identify(citation, rules, catalogue, days.meant) {
        Identity::Act(act) => {
            let (status, reason) = verdict::verdict(act, catalogue, day);
            let found = verdict::found(act, catalogue, day);
            let own = act.name.as_deref().filter(|_| act.is_named());
            let suggestion = own.filter(|own| {
                citation.name.as_deref().is_some_and(|stated| name::key_of_name(stated) != name::key_of_name(own))
            });
            ResolvedCitation {
                source: Some(catalogue.name().to_owned()),
                act: Some(found),
                suggestion: suggestion.map(str::to_owned),
                ..plain(status, reason)
            }
        }
        Identity::Disagrees(act, status) => {
            let found = verdict::found(act, catalogue, day);
            ResolvedCitation { source: Some(catalogue.name().to_owned()), act: Some(found), ..plain(status, None) }
        }
        Identity::Several => {
            ResolvedCitation { source: Some(catalogue.name().to_owned()), ..plain(Validity::Ambiguous, None) }
        }
        Identity::Suggested(suggestion) => {
            let reason = Some(Unchecked::NumberIncomplete);
            ResolvedCitation {
                source: Some(catalogue.name().to_owned()),
                suggestion: Some(suggestion),
                ..plain(Validity::Unchecked, reason)
            }
        }
        Identity::Incomplete => plain(Validity::Unchecked, Some(Unchecked::NumberIncomplete)),
        Identity::None => {
            let (status, reason) = nowhere(citation, rules);
            plain(status, reason)
        }
    }
}

/// The status of a citation that no catalogue holds: an act of a central organ is missing, any other paper is local.
fn nowhere(citation: &Citation, rules: &Rules) -> (Validity, Option<Unchecked>) {
    let central =
        citation.name.is_some() || citation.number.as_ref().is_some_and(|number| identity::is_central(number, rules));
    if central { (Validity::NotInCatalogue, None) } else { (Validity::Unchecked, Some(Unchecked::NoCatalogue)) }
}

#[cfg(test)]
mod tests;
