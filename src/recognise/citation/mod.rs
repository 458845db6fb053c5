//! Citations (viện dẫn): documents cited by number, and acts of law cited by name.

mod anchor;
mod named;
mod numbered;
mod phrase;
mod reference;
mod refusal;

pub use reference::{FoundAlias, FoundReference, references};
pub use refusal::Refusal;

use super::{
    Reading,
    own::{FoundDate, FoundText},
};
use crate::{
    grammar::symbol::ReadNumber,
    layout::Zone,
    record::{Certainty, Pinpoint},
    text::Span,
};

/// A number as it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedNumber {
    /// The running number.
    pub serial: Option<String>,
    /// The year inside the number.
    pub year: Option<i16>,
    /// What follows.
    pub symbol: Option<String>,
    /// Whether `-` stands before the symbol.
    pub dashed: bool,
    /// Whether it was mended.
    pub repaired: bool,
    /// Where it stands.
    pub span: Span,
}

impl CitedNumber {
    /// The number that was read from `start` on.
    fn new(read: ReadNumber, start: usize) -> Self {
        let span = Span::new(start, read.end);
        let ReadNumber { serial, year, symbol, dashed, repaired, .. } = read;
        CitedNumber { serial, year, symbol, dashed, repaired, span }
    }
}

/// An issuer named with a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedIssuer {
    /// Its name.
    pub name: String,
    /// Whether it was taken over from another place.
    pub inferred: bool,
    /// Where it stands.
    pub span: Span,
}

/// A citation as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundCitation {
    /// The index of the cited document's kind in the tables.
    pub kind: Option<usize>,
    /// Where its word stands.
    pub kind_span: Option<Span>,
    /// Its number.
    pub number: Option<CitedNumber>,
    /// For an act cited by name.
    pub name: Option<String>,
    /// The year stated with it.
    pub year: Option<i16>,
    /// The date stated with it.
    pub date: Option<FoundDate>,
    /// The issuer stated with it.
    pub issuer: Option<CitedIssuer>,
    /// The `về …` clause.
    pub subject: Option<FoundText>,
    /// The years in which it was amended, with their places.
    pub amended_in: Vec<(i16, Span)>,
    /// The parts that are cited.
    pub pinpoints: Vec<Pinpoint>,
    /// Where the first of those begins; without any, the citation.
    pub begin: usize,
    /// Whether type, date or issuer were taken over from a series.
    pub certainty: Certainty,
    /// From the type word to the end of the date, number or name.
    pub span: Span,
    /// The rule that found it.
    pub rule: &'static str,
}

/// The zones in which citations are looked for.
const ZONES: [Zone; 5] = [Zone::Title, Zone::Addressees, Zone::Grounds, Zone::Body, Zone::Table];

/// All citations, in reading order.
pub fn citations(reading: &Reading<'_>) -> Vec<FoundCitation> {
    walk(reading, |_, _| {})
}

/// Every place that was tried and gave no citation, with the reason: by the walk that finds them.
pub fn refusals(reading: &Reading<'_>) -> Vec<(Span, Refusal)> {
    let mut refused = Vec::new();
    walk(reading, |span, why| refused.push((span, why())));
    refused
}

fn walk(reading: &Reading<'_>, mut refused: impl FnMut(Span, &dyn Fn() -> Refusal)) -> Vec<FoundCitation> {
    let openers = anchor::Openers::new(reading.rules.tables());
    let mut found = named::acts(reading, &openers, &mut refused);
    let taken: Vec<Span> = found.iter().map(|c| c.span).collect();
    found.extend(numbered::numbers(reading, &openers, &taken, &mut refused));
    found.sort_by_key(|c| (c.span.start, c.span.end));
    let starts: Vec<usize> = found.iter().map(|c| c.span.start).collect();
    for (i, citation) in found.iter_mut().enumerate() {
        let next = starts.get(i + 1).copied().unwrap_or(reading.text.len());
        citation.subject = phrase::subject(reading, citation, next);
        citation.amended_in = reference::amended_in(reading.text, citation.span.end);
    }
    found
}

/// Whether a place lies where citations are looked for.
fn is_text(reading: &Reading<'_>, at: usize) -> bool {
    ZONES.contains(&reading.layout.zone_at(at))
}
