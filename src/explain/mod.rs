//! Why, and why not: for each line of a document its zone, the facts that touch it, and the places that look like a
//! fact and gave none, with the condition that failed.
//!
//! Nothing is judged here a second time: the readers themselves hand out the reasons of their refusals
//! (`refusals` of each recogniser, by the same walk that finds the facts), so that an explanation cannot drift from what
//! was done. This module puts them beside the record and into words.

mod fact;
mod look_alike;
mod reason;

use crate::{
    Extractor,
    layout::{Layout, Zone, ZoneReason},
    recognise::Reading,
    record::{Offsets, PaperKind, Span},
    text::{Normalised, OffsetIndex},
};
use fact::Facts;
use look_alike::LookAlikes;
use serde::Serialize;

/// A document explained. Spans count code points of the source text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The name of the file.
    pub file: String,
    /// Its lines, blank ones included.
    pub lines: Vec<LineExplained>,
}

/// A line explained.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineExplained {
    /// The line, counted from 1.
    pub line: usize,
    /// Its text as given.
    pub text: String,
    /// Where it lies; `None` for a line that says nothing.
    pub zone: Option<ZoneExplained>,
    /// The facts of the record that touch it.
    pub facts: Vec<FactExplained>,
    /// What looks like a fact on it, and gave none.
    pub refusals: Vec<Refused>,
}

/// The zone of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ZoneExplained {
    /// Its name: `letterhead`, `body`.
    pub name: &'static str,
    /// The paper of the file that holds it, counted from 0.
    pub paper: usize,
    /// What that paper is to the file.
    pub paper_kind: PaperKind,
    /// Why the line lies there.
    pub says: &'static str,
}

/// A fact that touches a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactExplained {
    /// Where it stands in the record: `findings[0]`, `document.number`.
    pub fact: String,
    /// The rule that read it.
    pub rule: String,
    /// What that rule says.
    pub says: Option<String>,
    /// The source text of the fact.
    pub raw: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What a place looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sought {
    /// The number and symbol of a document (số, ký hiệu).
    DocumentNumber,
    /// An act cited by name.
    Act,
    /// A date.
    Date,
    /// A numeric finding.
    Finding,
    /// A heading.
    Heading,
    /// A signer.
    Signer,
}

impl Sought {
    /// What it is, in words.
    pub fn says(self) -> &'static str {
        match self {
            Sought::DocumentNumber => "document number",
            Sought::Act => "act",
            Sought::Date => "date",
            Sought::Finding => "finding",
            Sought::Heading => "heading",
            Sought::Signer => "signer",
        }
    }
}

/// A place that looks like a fact and gave none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// What was looked for.
    pub sought: Sought,
    /// The source text there.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The condition that failed: a stable code.
    pub reason: &'static str,
    /// The condition in words.
    pub says: String,
    /// The rule whose words stand in the way.
    pub rule: Option<String>,
}

/// Explains a document.
///
/// ```
/// let text = "1. Kết quả\nDịch vụ công mức độ 4 có ở 7/8 thôn.";
/// let explained = trich::explain::explain(trich::Extractor::builtin(), "a.txt", text.as_bytes());
/// let line = explained.line(2).unwrap();
/// assert_eq!(line.facts[0].rule, "finding.ratio");
/// assert!(line.refusals.iter().any(|refused| refused.raw == "mức độ 4"));
/// ```
pub fn explain(extractor: Extractor<'_>, name: &str, bytes: &[u8]) -> Explanation {
    let rules = extractor.rules;
    let source = crate::text(name, bytes);
    let normalised = Normalised::new(&source);
    let layout = Layout::new(normalised.as_str(), rules);
    let reading = Reading { text: normalised.as_str(), layout: &layout, rules };
    let points = OffsetIndex::new(&source, Offsets::Chars);
    let place = |span| points.span(normalised.source_span(span));

    let facts = Facts::of(&extractor.offsets(Offsets::Chars).extract(name, bytes), rules);
    let look_alikes = LookAlikes::of(&reading, &facts, &normalised, place);
    let laid: Vec<Span> = layout.lines.iter().map(|line| place(line.full)).collect();
    let mut lines = Vec::new();
    let mut start = 0;
    for (index, text) in source.split('\n').enumerate() {
        let span = Span { start, end: start + text.chars().count() };
        start = span.end + 1;
        let from = laid.partition_point(|line| line.end <= span.start);
        let known = laid.get(from).is_some_and(|line| line.start < span.end);
        lines.push(LineExplained {
            line: index + 1,
            text: text.trim_end_matches('\r').to_owned(),
            zone: if known { zone(&layout, from) } else { None },
            facts: facts.touching(span),
            refusals: look_alikes.on(span),
        });
    }
    if lines.last().is_some_and(|last| last.text.is_empty()) {
        lines.pop();
    }
    Explanation { file: name.to_owned(), lines }
}

impl Explanation {
    /// A line, counted from 1.
    pub fn line(&self, number: usize) -> Option<&LineExplained> {
        self.lines.get(number.checked_sub(1)?)
    }
}

fn zone(layout: &Layout, line: usize) -> Option<ZoneExplained> {
    let paper = layout.papers.iter().position(|paper| paper.lines.contains(&line))?;
    Some(ZoneExplained {
        name: zone_name(*layout.zones.get(line)?),
        paper,
        paper_kind: layout.papers[paper].kind,
        says: layout.reason(line).map(ZoneReason::says)?,
    })
}

/// The name of a zone.
fn zone_name(zone: Zone) -> &'static str {
    match zone {
        Zone::Letterhead => "letterhead",
        Zone::Title => "title",
        Zone::Addressees => "addressees",
        Zone::Grounds => "grounds",
        Zone::Body => "body",
        Zone::Recipients => "recipients",
        Zone::Signature => "signature",
        Zone::Table => "table",
        Zone::Noise => "noise",
    }
}

#[cfg(test)]
mod tests;
