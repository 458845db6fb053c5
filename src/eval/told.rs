//! Facts in a line, for people who compare what is stated with what was read: the words, then what they were taken for.

use super::{GoldCitation, GoldFinding, GoldSection};
use crate::record::{Citation, Finding, FindingKind, Section};

/// The words, and in brackets what they were taken for.
fn told(words: &str, parts: &[Option<&str>]) -> String {
    let taken: Vec<&str> = parts.iter().flatten().copied().filter(|part| !part.is_empty()).collect();
    format!("{words} [{}]", taken.join(" "))
}

pub(super) fn stated_citation(gold: &GoldCitation) -> String {
    let name = gold.number.as_deref().or(gold.name.as_deref());
    told(&gold.quote, &[gold.kind.as_deref(), name, gold.year.as_deref().filter(|_| gold.number.is_none())])
}

pub(super) fn citation(got: &Citation) -> String {
    let number =
        got.number.as_ref().map(|number| number.canonical.as_deref().or(number.symbol.as_deref()).unwrap_or_default());
    let year = got.year.filter(|_| number.is_none()).map(|year| year.to_string());
    let kind = got.doc_type.as_ref().map(|kind| kind.code.as_ref());
    told(&got.raw, &[kind, number.or(got.name.as_deref()), year.as_deref()])
}

pub(super) fn stated_section(gold: &GoldSection) -> String {
    told(&gold.quote, &[gold.marker.as_deref()])
}

pub(super) fn section(got: &Section) -> String {
    told(&got.raw, &[Some(&got.marker)])
}

pub(super) fn stated_finding(gold: &GoldFinding) -> String {
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    quantity(&gold.quote, gold.kind, &number(gold.value), &number(gold.of))
}

pub(super) fn finding(got: &Finding) -> String {
    let of = got.of.map(|of| of.0.normalize().to_string()).unwrap_or_default();
    quantity(&got.raw, got.kind, &got.value.0.normalize().to_string(), &of)
}

fn quantity(words: &str, kind: FindingKind, value: &str, of: &str) -> String {
    let kind = format!("{kind:?}").to_lowercase();
    let of = if of.is_empty() { String::new() } else { format!("of {of}") };
    told(words, &[Some(&kind), Some(value), Some(&of)])
}
