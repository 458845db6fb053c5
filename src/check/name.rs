//! T221 to T223: names of acts that are almost an act's or abbreviated, and years in which no act of the name was adopted.

use super::Report;
use crate::text::letter;
use crate::{
    record::Record,
    rules::Rules,
    validity::{full_name, likely_name},
};
use rustc_hash::FxHashMap;

pub(super) fn check(record: &Record, rules: &Rules, report: &mut Report<'_>) {
    let mut met: FxHashMap<&str, Known<'_>> = FxHashMap::default();
    for citation in &record.citations {
        let Some(name) = citation.name.as_deref() else { continue };
        let Known { at: known, right, full } = *met.entry(name).or_insert_with(|| Known::of(name, rules));
        if let Some(full) = full {
            report.add_with("T223", Some(citation.span), &[name, full], &[], Some(full));
        }
        if let Some(right) = right {
            report.add_with("T221", Some(citation.span), &[name, right], &[], Some(right));
        }
        let years = known.map(|at| rules.tables().acts[at].years.as_ref()).unwrap_or_default();
        if let Some(year) = citation.year
            && !years.is_empty()
            && !years.contains(&year)
            && citation.number.is_none()
        {
            let of: Vec<String> = years.iter().map(i16::to_string).collect();
            report.add_with("T222", Some(citation.span), &[name, &year.to_string(), &of.join(", ")], &[], None);
        }
    }
}

/// What is known of a name.
#[derive(Clone, Copy)]
struct Known<'r> {
    /// The act of the name.
    at: Option<usize>,
    /// The act's name that a loose or strange name stands for.
    right: Option<&'r str>,
    /// The whole name of one with an abbreviation that everybody knows.
    full: Option<&'r str>,
}

impl<'r> Known<'r> {
    fn of(name: &str, rules: &'r Rules) -> Self {
        let acts = &rules.tables().acts;
        let at = rules.tables().act_names.get(name);
        let mut known = Known { at, right: None, full: None };
        match at {
            Some(at) if !acts[at].loose && acts[at].name == name => {}
            Some(_) if is_abbreviated(name) => known.full = full_name(rules, name),
            Some(_) => known.right = full_name(rules, name),
            None => known.right = likely_name(rules, name),
        }
        // What stands in brackets behind a name is not read as part of it.
        let bracket = |right: &&str| right.to_lowercase().starts_with(&format!("{} (", name.to_lowercase()));
        known.right = known.right.filter(|right| !bracket(right));
        known
    }
}

/// Whether a word behind the first is one in capitals: `Luật BHYT`.
fn is_abbreviated(name: &str) -> bool {
    name.split(' ').skip(1).any(|word| word.chars().filter(|c| letter::is_uppercase(*c)).count() > 1)
}
