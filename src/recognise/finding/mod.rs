//! Numeric findings: quantities that the text states of the world.
//!
//! Every run of digits is an anchor. `exclusion` says what a number is not, `unit` what it counts or measures,
//! `quantity` joins the two, `series` reads ranges and lists, `label` and `context` say what it is of and how it
//! stands.

mod context;
mod exclusion;
mod label;
mod quantity;
mod refusal;
mod series;
mod signs;
mod unit;

use super::{MOST_FACTS, Reading, byte};
use crate::{
    layout::Zone,
    record::{Certainty, Change, FindingKind, Qualifier, Status},
    rules::{List, Lists, Side, Tables, Text},
    text::Span,
};
use exclusion::Quotes;
pub use refusal::Refusal;
use rust_decimal::Decimal;
use series::Barren;
use signs::Signs;
use std::cell::Cell;

/// A quantity as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundFinding {
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
    pub rule: Text,
}

/// What one finding is read from: the text up to where it may reach, and the rules.
struct Scope<'t> {
    /// The text, cut off where something else begins that is no part of a finding.
    text: &'t str,
    /// Where the stretch of text proper begins.
    from: usize,
    /// The rules.
    tables: &'t Tables,
    /// Where a word ended last, and the lists of which an entry may close with it: that is asked for again and again.
    closing: Cell<(usize, Lists)>,
    /// Where words that bound a number were looked for last, and what was found.
    bound: Cell<(usize, Option<Bound>)>,
}

/// Words before a number that bound it: where they begin, and how they do.
type Bound = (usize, Option<Qualifier>);

impl Scope<'_> {
    /// The lists of which an entry may close with the word that ends at a place.
    fn closing(&self, end: usize) -> Lists {
        let (known, lists) = self.closing.get();
        if known == end {
            return lists;
        }
        let lists = self.tables.edges.closing(self.text, end);
        self.closing.set((end, lists));
        lists
    }

    /// The words that bound a number and end at a place.
    fn bound_before(&self, end: usize) -> Option<Bound> {
        let (known, bound) = self.bound.get();
        if known == end {
            return bound;
        }
        let listed = self.closing(end).has(List::Qualifier);
        let words = self.tables.qualifiers.get(&Side::Before).filter(|_| listed);
        let bound = words.and_then(|words| words.ending_at(self.text, end));
        self.bound.set((end, bound));
        bound
    }
}

/// The findings outside `masked` (sorted, disjoint: citations, dates, section markers, tables), in reading order; few
/// more than [`MOST_FACTS`], where there are so many.
pub fn findings(reading: &Reading<'_>, masked: &[Span]) -> Vec<FoundFinding> {
    walk(reading, masked, MOST_FACTS, |_, _| {})
}

/// Every number that was tried and gave no finding, with the reason: by the walk that finds them.
pub fn refusals(reading: &Reading<'_>, masked: &[Span]) -> Vec<(Span, Refusal)> {
    let mut refused = Vec::new();
    walk(reading, masked, usize::MAX, |span, refusal| refused.push((span, refusal)));
    refused
}

/// Whether findings are looked for in a zone.
pub fn is_searched(zone: Zone) -> bool {
    ZONES.contains(&zone)
}

/// The zones in which findings are looked for.
const ZONES: [Zone; 2] = [Zone::Body, Zone::Grounds];

/// Goes through the numbers, until more than `most` findings are found.
fn walk(
    reading: &Reading<'_>,
    masked: &[Span],
    most: usize,
    mut refused: impl FnMut(Span, Refusal),
) -> Vec<FoundFinding> {
    let mut found = Vec::new();
    let bytes = reading.text.as_bytes();
    let mut masks = masked.iter().peekable();
    for stretch in reading.layout.stretches(&ZONES) {
        let mut at = stretch.start;
        let mut quotes = Quotes::new(reading.text, stretch);
        let mut signs = Signs::default();
        let mut barren = Barren::default();
        while let Some(digit) = byte::next(&bytes[..stretch.end], at, |byte| byte.is_ascii_digit()) {
            if found.len() > most {
                return found;
            }
            while masks.next_if(|mask| mask.end <= digit).is_some() {}
            let limit = match masks.peek() {
                Some(mask) if mask.start <= digit => {
                    at = mask.end.min(stretch.end);
                    continue;
                }
                Some(mask) => mask.start.min(stretch.end),
                None => stretch.end,
            };
            let (text, tables) = (&reading.text[..limit], reading.rules.tables());
            let scope = Scope { text, from: stretch.start, tables, closing: Cell::default(), bound: Cell::default() };
            let refusal;
            let quote = quotes.around(digit, stretch.end);
            (at, refusal) = quantity::read(&scope, digit, quote, &mut signs, &mut barren, &mut found);
            if let Some(refusal) = refusal {
                refused(Span::new(digit, at.max(digit)), refusal);
            }
        }
    }
    found
}

/// The text within some bytes before a place, cut at a character.
fn window(text: &str, from: usize, end: usize, most: usize) -> Span {
    let mut start = end.saturating_sub(most).max(from).min(end);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    Span::new(start, end)
}

/// Where what stands before `at` ends, white space and emphasis aside.
fn before(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while end > 0 {
        match bytes[end - 1] {
            b' ' | b'\t'..=b'\r' | b'*' | b'_' => end -= 1,
            0x80.. => match text[..end].chars().next_back() {
                Some(c) if c.is_whitespace() => end -= c.len_utf8(),
                _ => break,
            },
            _ => break,
        }
    }
    end
}

#[cfg(test)]
mod tests;
