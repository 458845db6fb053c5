//! Headings (đề mục): markers at line starts, their titles, and how they nest.

mod marker;
mod mend;
mod nesting;
mod page;
mod title;

use super::Reading;
use crate::{
    record::{Certainty, PaperKind, SectionKind, Topic},
    rules::{Cue, Tables},
    text::Span,
};
use marker::{Marker, Style, Trust, is_capitals};
use page::Page;
use title::Title;

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

/// A line that may be a heading.
#[derive(Clone, Debug)]
struct Candidate {
    /// Its marker.
    marker: Marker,
    /// Its line.
    line: usize,
    /// The marker as it stands in the text.
    written: String,
    /// The sign behind the marker.
    sign: char,
    /// The marker in the text.
    span: Span,
    /// Where its title begins.
    rest: usize,
    /// The end of its line.
    line_end: usize,
    /// Whether the line before it left a sentence open.
    open_before: bool,
    /// Whether the line before it ends in a colon.
    introduced: bool,
    /// What damage was mended to.
    mended: Option<String>,
    /// Whether its neighbours leave no doubt.
    certain: bool,
    /// The title of an attached paper, which layout knows.
    title: Option<Span>,
}

/// All headings, in reading order.
pub fn sections(reading: &Reading<'_>) -> Vec<FoundSection> {
    let page = Page::new(reading);
    let mut found = candidates(reading, &page);
    mend::mend(page.text, &mut found);
    nesting::accept(&mut found);
    let titles = titles(&page, &found);
    let (found, titles) = with_unnumbered(reading, &page, found, titles);
    assembled(reading, &page, found, titles)
}

/// Every line that opens with a marker, and the headings of attached papers.
fn candidates(reading: &Reading<'_>, page: &Page<'_>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut papers = reading.layout.papers.iter().filter(|p| matches!(p.kind, PaperKind::Attached | PaperKind::Annex)).peekable();
    let mut covered = 0;
    for i in 0..page.lines.len() {
        while papers.peek().is_some_and(|paper| paper.lines.start <= i) {
            if let Some(paper) = papers.next() {
                found.extend(annex(reading, page, paper));
                covered = paper.heading.end;
            }
        }
        if i < covered || !page.may_head(i) {
            continue;
        }
        let Some(read) = marker::read(page.said(i)) else { continue };
        let at = page.lines[i].span.start;
        let open = page.mid_sentence(i) && !found.last().is_some_and(|c| c.line + 1 == i && c.rest == c.line_end);
        found.push(candidate(page, read, i, at, open));
        // `3. a) Chuyển …`: a marker behind another on one line.
        let rest = at + read.rest;
        let inner = marker::read(&page.text[rest..page.lines[i].span.end.max(rest)]).filter(|inner| match (read.style, inner.style) {
            (Style::Article | Style::Decimal(..) | Style::Roman, Style::Letter(')')) => inner.number == 1 && inner.trust == Trust::Sure,
            (Style::Article, Style::Decimal(1, '.')) => inner.number == 1 && inner.trust == Trust::Sure,
            _ => false,
        });
        if let Some(inner) = inner {
            found.push(candidate(page, inner, i, rest, false));
        }
    }
    found
}

fn candidate(page: &Page<'_>, marker: Marker, line: usize, at: usize, open_before: bool) -> Candidate {
    let span = Span::new(at + marker.start, at + marker.end);
    let written = span.of(page.text).replace('*', "");
    Candidate {
        sign: written.chars().last().unwrap_or('.'),
        written,
        marker,
        line,
        span,
        rest: at + marker.rest,
        line_end: page.lines[line].span.end,
        open_before,
        introduced: line > 0 && page.said(line - 1).ends_with(':'),
        mended: None,
        certain: false,
        title: None,
    }
}

/// The heading of an attached paper: `PHỤ LỤC I` and its title, or a type line and its title.
fn annex(reading: &Reading<'_>, page: &Page<'_>, paper: &crate::layout::PaperLines) -> Option<Candidate> {
    let tables = reading.rules.tables();
    let first = paper.heading.start;
    if paper.heading.is_empty() || paper.heading.end > page.lines.len() {
        return None;
    }
    // `(Ban hành kèm theo …)` is no part of the title.
    let last = (first..paper.heading.end).take_while(|i| *i == first || !page.said(*i).starts_with('(')).last().unwrap_or(first);
    let (said, start) = (page.said(first), page.lines[first].span.start);
    let marked = tables.cue_at(Cue::Annex, page.text, start).map_or(0, |(end, _)| {
        let word = end - start;
        let rest = &said[word..];
        let number = rest.trim_start().split([' ', ':', '.', '-', '\t']).next().unwrap_or("");
        let numbered = !number.is_empty() && number.chars().count() <= 5 && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | '0'..='9' | 'A'..='H'));
        if numbered { word + (rest.len() - rest.trim_start().len()) + number.len() } else { word }
    });
    let rest = marked + (said[marked..].len() - said[marked..].trim_start_matches([' ', ':', '.', '-', '*']).len());
    let marker = Marker { style: Style::Annex, number: 1, path: [0; 4], trust: Trust::Sure, start: 0, end: marked, rest };
    let mut found = candidate(page, marker, first, start, false);
    found.certain = true;
    found.title = Some(Span::new(start + rest, page.lines[last].span.end.max(start + rest)).trim(page.text));
    Some(found)
}

/// The title of each heading.
fn titles(page: &Page<'_>, found: &[Candidate]) -> Vec<Title> {
    let mut titles = Vec::with_capacity(found.len());
    for (i, c) in found.iter().enumerate() {
        if let Some(span) = c.title {
            let last_line = c.line + page.lines[c.line..].partition_point(|l| l.full.start < span.end).saturating_sub(1);
            titles.push(Title { text: title::clean(span.of(page.text)), end: span.end, last_line, run_in: false, label: false });
            continue;
        }
        let next = found.get(i + 1);
        let cut = next.filter(|n| n.line == c.line).map(|n| n.span.start);
        let stop = next.map_or(page.lines.len(), |n| n.line);
        titles.push(title::read(page, c.marker.style, c.line, c.rest, cut, stop));
    }
    titles
}

/// Adds headings without a marker: a line in capitals, or a Markdown heading, that no title covers.
fn with_unnumbered(reading: &Reading<'_>, page: &Page<'_>, found: Vec<Candidate>, titles: Vec<Title>) -> (Vec<Candidate>, Vec<Title>) {
    if !page.zoned {
        return (found, titles);
    }
    let mut out = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
    let mut numbered = found.into_iter().zip(titles).peekable();
    let mut covered = 0;
    for i in 0..page.lines.len() {
        while let Some((c, title)) = numbered.next_if(|(c, _)| c.line <= i) {
            covered = title.last_line + 1;
            out.0.push(c);
            out.1.push(title);
        }
        let stop = numbered.peek().map_or(page.lines.len(), |(c, _)| c.line);
        if i < covered || !heads_alone(reading.rules.tables(), page, i) {
            continue;
        }
        let marker = Marker { style: Style::Unnumbered, number: 0, path: [0; 4], trust: Trust::Sure, start: 0, end: 0, rest: 0 };
        let c = candidate(page, marker, i, page.lines[i].span.start, false);
        let title = title::read(page, Style::Unnumbered, i, c.rest, None, stop);
        covered = title.last_line + 1;
        out.0.push(c);
        out.1.push(title);
    }
    for (c, title) in numbered {
        out.0.push(c);
        out.1.push(title);
    }
    out
}

/// Whether a line without a marker clearly is a heading.
fn heads_alone(tables: &Tables, page: &Page<'_>, i: usize) -> bool {
    let said = page.said(i);
    let words = said.split_whitespace().filter(|w| w.chars().any(char::is_alphabetic)).count();
    let line = &page.lines[i];
    let set = line.heading > 0 && !page.in_lower(i) || is_capitals(said) && words >= 2;
    set && page.in_body(i)
        && page.may_head(i)
        && words <= 30
        && said.chars().count() <= 160
        && !said.ends_with(['.', ';', ',', '/'])
        && !said.starts_with(['(', '"'])
        && tables.cue_at(Cue::Enacting, page.text, line.span.start).is_none()
        && tables.cue_at(Cue::Recipients, page.text, line.span.start).is_none()
        && (i + 1 < page.lines.len() && page.in_body(i + 1))
}

/// Headings with their levels, extents and topics.
fn assembled(reading: &Reading<'_>, page: &Page<'_>, found: Vec<Candidate>, titles: Vec<Title>) -> Vec<FoundSection> {
    let tables = reading.rules.tables();
    let mut stack = nesting::Stack::default();
    let mut sections: Vec<FoundSection> = Vec::with_capacity(found.len());
    let mut lines = Vec::with_capacity(found.len());
    for (index, (c, title)) in found.into_iter().zip(titles).enumerate() {
        if c.marker.style == Style::Annex {
            stack.clear();
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
    extend(reading, page, &mut sections, &lines);
    sections
}

/// Lets each section reach to the next heading of its own or an outer level, or to the end of its paper's text.
fn extend(reading: &Reading<'_>, page: &Page<'_>, sections: &mut [FoundSection], lines: &[usize]) {
    // Read backwards: for each level the nearest heading behind that closes it.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let papers = &reading.layout.papers;
    let mut paper = papers.len();
    let mut closing = page.lines.len();
    let mut seen = page.lines.len();
    for i in (0..sections.len()).rev() {
        while paper > 0 && papers[paper - 1].lines.start > lines[i] {
            paper -= 1;
        }
        let ends = paper.checked_sub(1).map_or(page.lines.len(), |p| papers[p].lines.end);
        while seen > lines[i] {
            seen -= 1;
            if page.closes(seen) {
                closing = seen;
            }
        }
        while open.last().is_some_and(|(level, _)| *level > sections[i].level) {
            open.pop();
        }
        let next = open.last().map_or(page.lines.len(), |(_, line)| *line);
        let mut last = next.min(ends).min(closing).max(lines[i] + 1) - 1;
        while last > lines[i] && !page.in_body(last) && last + 50 > next.min(ends).min(closing) {
            last -= 1;
        }
        let nested = sections[i..].iter().nth(1).filter(|n| n.level > sections[i].level && n.span.start >= sections[i].span.end).map(|n| n.extent.end);
        let end = page.lines[last].span.end.max(sections[i].span.end).max(nested.unwrap_or(0));
        let end = open.last().map_or(end, |_| end.min(next_start(page, next).max(sections[i].span.end)));
        sections[i].extent = Span::new(sections[i].span.start, end);
        while open.last().is_some_and(|(level, _)| *level >= sections[i].level) {
            open.pop();
        }
        open.push((sections[i].level, lines[i]));
    }
}

fn next_start(page: &Page<'_>, line: usize) -> usize {
    page.lines.get(line).map_or(page.text.len(), |l| l.full.start)
}

/// The topic that the words of a title tell first.
fn topic(tables: &Tables, title: &str) -> Option<Topic> {
    let mut boundary = true;
    for (at, c) in title.char_indices() {
        if boundary && c.is_alphabetic() {
            if let Some((_, topic)) = tables.topics.at(title, at) {
                return Some(topic);
            }
        }
        boundary = !c.is_alphanumeric();
    }
    None
}
