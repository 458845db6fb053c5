//! Facts of a user's own rules.

use super::Reading;
use crate::text::Span;
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

/// A fact of a user's own rule as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCustom<'r> {
    /// The kind that the rule gives to its facts.
    pub kind: &'r str,
    /// What the rule's named slots held.
    pub fields: BTreeMap<String, String>,
    /// All that the pattern read.
    pub span: Span,
    /// The rule that read it.
    pub rule: &'r str,
}

/// All facts of the users' rules in force, in reading order. Of two facts of one rule that overlap the longer stands;
/// facts of different rules may overlap.
pub fn custom<'r>(reading: &Reading<'r>) -> Vec<FoundCustom<'r>> {
    let tables = reading.rules.tables();
    if tables.custom_phrases.is_empty() {
        return Vec::new();
    }
    let found = tables.custom_phrases.all(reading.text);
    let mut by_length: Vec<usize> = (0..found.len()).collect();
    // Stable, so that of two as long the one that begins first stands.
    by_length.sort_by_key(|at| Reverse(found[*at].1.span.end - found[*at].1.span.start));
    let mut taken: HashMap<usize, BTreeMap<usize, usize>> = HashMap::new();
    let mut stands = vec![false; found.len()];
    for at in by_length {
        let (phrase, read) = &found[at];
        let Span { start, end } = read.span;
        let taken = taken.entry(tables.custom_rules[*phrase]).or_default();
        let free = taken.range(..end).next_back().is_none_or(|(_, before)| *before <= start);
        if free {
            taken.insert(start, end);
            stands[at] = true;
        }
    }
    let standing = found.into_iter().zip(stands).filter(|(_, stands)| *stands).map(|(found, _)| found);
    standing
        .map(|(phrase, read)| {
            let rule = &tables.custom[tables.custom_rules[phrase]];
            FoundCustom {
                kind: &rule.kind,
                fields: read.fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
                span: read.span,
                rule: &rule.rule,
            }
        })
        .collect()
}
