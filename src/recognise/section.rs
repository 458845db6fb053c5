//! Headings (đề mục): markers at line starts, their titles, and how they nest.

use super::Reading;
use crate::{
    record::{Certainty, SectionKind, Topic},
    text::Span,
};

/// A heading as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundSection {
    /// The marker, mended where the sequence leaves no doubt.
    pub marker: String,
    /// 1 for the outermost.
    pub level: usize,
    /// The index of the section that holds it.
    pub parent: Option<usize>,
    /// What its title's words say that it is about.
    pub topic: Option<Topic>,
    /// Its title, markup removed.
    pub title: String,
    /// Whether it runs on as prose.
    pub run_in: bool,
    /// The form of the marker.
    pub kind: SectionKind,
    /// Whether the marker was mended.
    pub certainty: Certainty,
    /// The heading itself.
    pub span: Span,
    /// The marker alone: numbers in it are no findings.
    pub marker_span: Span,
    /// The section with all that it holds.
    pub extent: Span,
    /// The rule that read it.
    pub rule: &'static str,
}

/// All headings, in reading order.
pub fn sections(_reading: &Reading<'_>) -> Vec<FoundSection> {
    Vec::new()
}
