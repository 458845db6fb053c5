//! Headings (đề mục): markers at line starts, their titles, and how they nest.

mod candidate;
mod division;
mod extent;
mod marker;
mod mend;
mod nesting;
mod page;
mod refusal;
mod title;
mod unnumbered;

use super::Reading;
use crate::{
    record::{Certainty, SectionKind, Topic},
    rules::{List, Tables},
    text::Span,
};
use candidate::{Candidate, candidates};
use marker::Style;
use page::Page;
pub use refusal::{MarkerRefusal, Refusal};
use title::Title;
use unnumbered::with_unnumbered;

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
pub fn sections(reading: &Reading<'_>) -> Vec<FoundSection> {
    let page = Page::new(reading);
    let mut found = candidates(reading, &page, |_, _| {});
    mend::mend(page.text, &mut found, |_| {});
    nesting::accept(&mut found, |_, _| {});
    let titles = titles(&page, &found);
    let (found, titles) = with_unnumbered(reading, &page, found, titles);
    assembled(reading, &page, found, titles)
}

/// Every line that was tried and gave no numbered heading, by its index, with the reason: by the steps that find them.
pub fn refusals(reading: &Reading<'_>) -> Vec<(usize, Refusal)> {
    let page = Page::new(reading);
    let mut refused = Vec::new();
    let mut found = candidates(reading, &page, |line, why| refused.push((line, why())));
    mend::mend(page.text, &mut found, |c| refused.push((c.line, Refusal::Damaged(c.span))));
    nesting::accept(&mut found, |c, why| refused.push((c.line, why)));
    refused.sort_by_key(|(line, _)| *line);
    refused
}

/// The title of each heading.
fn titles(page: &Page<'_>, found: &[Candidate]) -> Vec<Title> {
    let mut titles = Vec::with_capacity(found.len());
    for (i, c) in found.iter().enumerate() {
        if let Some(span) = c.title {
            let last_line =
                c.line + page.lines[c.line..].partition_point(|l| l.full.start < span.end).saturating_sub(1);
            titles.push(Title {
                text: title::clean(span.of(page.text)),
                end: span.end,
                last_line,
                run_in: false,
                label: false,
            });
            continue;
        }
        let next = found.get(i + 1);
        let cut = next.filter(|n| n.line == c.line).map(|n| n.span.start);
        let stop = next.map_or(page.lines.len(), |n| n.line);
        titles.push(title::read(page, c.marker.style, c.line, c.rest, cut, stop));
    }
    titles
}

/// Headings with their levels, extents and topics.
fn assembled(reading: &Reading<'_>, page: &Page<'_>, found: Vec<Candidate>, titles: Vec<Title>) -> Vec<FoundSection> {
    let tables = reading.rules.tables();
    let mut stack = nesting::Stack::default();
    let mut sections: Vec<FoundSection> = Vec::with_capacity(found.len());
    let mut lines = Vec::with_capacity(found.len());
    let mut paper = None;
    let mut following = vec![None; found.len()];
    for i in (1..found.len()).rev() {
        let marker = found[i].marker;
        following[i - 1] = if marker.style == Style::Unnumbered { following[i] } else { Some(marker) };
    }
    for (index, (c, title)) in found.into_iter().zip(titles).enumerate() {
        stack.close_before(&c, paper);
        paper = Some(c.paper);
        if c.marker.style == Style::Unnumbered {
            stack.hold(following[index]);
        }
        let place = stack.place(c.marker, index, c.introduced);
        let headed = !title.run_in || title.label;
        let start = if c.span.start == c.span.end { c.rest } else { c.span.start };
        lines.push(c.line);
        sections.push(FoundSection {
            certainty: if c.mended.is_some() { Certainty::Repaired } else { Certainty::Stated },
            marker: c.mended.unwrap_or(c.written),
            level: place.level,
            parent: place.parent,
            topic: if headed { topic(tables, &title.text) } else { None },
            title: title.text,
            run_in: title.run_in,
            kind: c.marker.style.kind(),
            span: Span::new(start, title.end.max(c.span.end)),
            marker_span: c.span,
            extent: Span::new(start, title.end.max(c.span.end)),
            rule: c.marker.style.rule(),
        });
    }
    extent::extend(reading, page, &mut sections, &lines);
    sections
}

/// The topic that the words of a title tell first.
fn topic(tables: &Tables, title: &str) -> Option<Topic> {
    /// What stands further on is what the topic is about.
    const WORDS: usize = 6;
    let words = tables.edges.words(title, Span::new(0, title.len())).take(WORDS);
    let mut opening = words.filter(|word| word.lists.has(List::Topic));
    opening.find_map(|word| tables.topics.at(title, word.start).map(|(_, topic)| topic))
}

#[cfg(test)]
mod tests;
