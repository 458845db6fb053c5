//! Numeric findings: quantities that the text states of the world.

use super::Reading;
use crate::{
    record::{Certainty, Change, FindingKind, Qualifier, Status},
    text::Span,
};
use rust_decimal::Decimal;

/// A quantity as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundFinding<'r> {
    /// What is measured.
    pub kind: FindingKind,
    /// The number, scale words applied.
    pub value: Decimal,
    /// The second part of a ratio.
    pub of: Option<Decimal>,
    /// The unit or the counted noun phrase.
    pub unit: Option<String>,
    /// What the quantity is of.
    pub label: Option<String>,
    /// What one of the quantity is for.
    pub per: Option<String>,
    /// Result, target or rule.
    pub status: Option<Status>,
    /// The day at which it was so, ISO 8601.
    pub as_of: Option<String>,
    /// The period in which it was so, as written.
    pub period: Option<String>,
    /// How the number bounds the quantity.
    pub qualifier: Option<Qualifier>,
    /// Whether it is a change.
    pub change: Option<Change>,
    /// Whether the number was mended.
    pub certainty: Certainty,
    /// Number, scale word and unit.
    pub span: Span,
    /// The rule that read it.
    pub rule: &'r str,
}

/// All findings outside `masked` (sorted, disjoint: citations, dates, section markers, tables), in reading order.
pub fn findings<'r>(_reading: &Reading<'r>, _masked: &[Span]) -> Vec<FoundFinding<'r>> {
    Vec::new()
}
