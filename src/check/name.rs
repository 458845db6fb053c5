//! T221, T222: names of acts that are almost an act's, and years in which no act of the name was adopted.

use super::Report;
use crate::text::letter;
use crate::{
    record::Record,
    rules::Rules,
    validity::{full_name, likely_name},
};
use rustc_hash::FxHashMap;

pub(super) fn check(record: &Record, rules: &Rules, report: &mut Report<'_>) {
    let mut met: FxHashMap<&str, (Option<usize>, Option<&str>)> = FxHashMap::default();
    for citation in &record.citations {
        let Some(name) = citation.name.as_deref() else { continue };
        let (known, right) = *met.entry(name).or_insert_with(|| {
            let known = rules.tables().act_names.get(name);
            (known, right_name(name, known, rules))
        });
        if let Some(right) = right {
            report.add_with("T221", Some(citation.span), &[name, right], &[], Some(right));
        }
        let years = known.map(|at| rules.tables().acts[at].years.as_slice()).unwrap_or_default();
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

/// The act's name that a loose or strange name stands for.
fn right_name<'r>(name: &str, known: Option<usize>, rules: &'r Rules) -> Option<&'r str> {
    // An abbreviation that everybody knows is no other name.
    let abbreviated =
        || name.split(' ').skip(1).any(|word| word.chars().filter(|c| letter::is_uppercase(*c)).count() > 1);
    let acts = &rules.tables().acts;
    let right = match known {
        Some(at) if !acts[at].loose && acts[at].name == name => None,
        Some(_) if abbreviated() => None,
        Some(_) => full_name(rules, name),
        None => likely_name(rules, name),
    };
    // What stands in brackets behind a name is not read as part of it.
    let bracket = |right: &&str| right.to_lowercase().starts_with(&format!("{} (", name.to_lowercase()));
    right.filter(|right| !bracket(right))
}
