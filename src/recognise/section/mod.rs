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
    /// The paper that it lies in.
    paper: usize,
    /// Whether a signature block or a list of recipients stands between it and the line that may be a heading before it.
    after_close: bool,
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
    let papers = &reading.layout.papers;
    let (mut paper, mut begun, mut covered) = (0, 0, 0);
    for i in 0..page.lines.len() {
        while let Some(next) = papers.get(begun).filter(|next| next.lines.start <= i) {
            paper = begun;
            begun += 1;
            if matches!(next.kind, PaperKind::Attached | PaperKind::Annex) {
                found.extend(annex(reading, page, next).map(|c| Candidate { paper, ..c }));
                covered = next.heading.end;
            }
        }
        if i < covered || !page.may_head(i) {
            continue;
        }
        let Some(read) = marker::read(page.said(i)) else { continue };
        let at = page.lines[i].span.start;
        // Right under a heading a row may begin, though the heading fills its line.
        let under = found.last().is_some_and(|c| c.line + 1 == i && (c.rest == c.line_end || read.number == 1 && c.marker.style != read.style));
        let open = !under && page.mid_sentence(i);
        found.push(Candidate { paper, ..candidate(page, read, i, at, open) });
        // `3. a) Chuyển …`: a marker behind another on one line.
        let rest = at + read.rest;
        let inner = marker::read(&page.text[rest..page.lines[i].span.end.max(rest)]).filter(|inner| match (read.style, inner.style) {
            (Style::Article | Style::Decimal(..) | Style::Roman, Style::Letter(')')) | (Style::Article, Style::Decimal(1, '.')) => {
                inner.number == 1 && inner.trust == Trust::Sure
            }
            _ => false,
        });
        found.extend(inner.map(|inner| Candidate { paper, ..candidate(page, inner, i, rest, false) }));
    }
    mark_closed(page, &mut found);
    found
}

/// Marks the candidates behind a signature block or a list of recipients.
fn mark_closed(page: &Page<'_>, found: &mut [Candidate]) {
    let mut line = 0;
    for c in found {
        c.after_close = (line..c.line).any(|i| page.closes(i));
        line = line.max(c.line);
    }
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
        paper: 0,
        after_close: false,
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
        let paper = reading.layout.papers.partition_point(|paper| paper.lines.start <= i).saturating_sub(1);
        let c = Candidate { paper, ..candidate(page, marker, i, page.lines[i].span.start, false) };
        let title = title::read(page, Style::Unnumbered, i, c.rest, None, stop);
        covered = title.last_line + 1;
        out.0.push(c);
        out.1.push(title);
    }
    for (c, title) in numbered {
        out.0.push(c);
        out.1.push(title);
    }
    mark_closed(page, &mut out.0);
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
    let mut paper = None;
    for (index, (c, title)) in found.into_iter().zip(titles).enumerate() {
        stack.close_before(&c, paper);
        paper = Some(c.paper);
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
    let count = page.lines.len();
    // The last line of the text proper up to each line.
    let mut last_body = Vec::with_capacity(count);
    for i in 0..count {
        last_body.push(if page.in_body(i) { i } else { last_body.last().copied().unwrap_or(0) });
    }
    let papers = &reading.layout.papers;
    let (mut seen, mut closing) = (count, count);
    // The headings behind that are not yet closed by an outer one: level and line.
    let mut behind: Vec<(usize, usize)> = Vec::new();
    for i in (0..sections.len()).rev() {
        let (line, level) = (lines[i], sections[i].level);
        while seen > line {
            seen -= 1;
            if page.closes(seen) {
                closing = seen;
            }
        }
        while behind.last().is_some_and(|(other, _)| *other > level) {
            behind.pop();
        }
        let paper = papers.partition_point(|paper| paper.lines.start <= line);
        let paper_ends = papers.get(paper).map_or(count, |next| next.lines.start);
        let limit = behind.last().map_or(count, |(_, line)| *line).min(paper_ends).min(closing);
        let last = if limit > line + 1 { last_body[limit - 1].max(line) } else { line };
        let on_line = sections.get(i + 1).filter(|next| lines[i + 1] == line && next.level <= level).map(|next| next.span.start);
        let end = on_line.unwrap_or(page.lines[last].span.end).max(sections[i].extent.end);
        sections[i].extent.end = end;
        if let Some(parent) = sections[i].parent {
            sections[parent].extent.end = sections[parent].extent.end.max(end);
        }
        behind.push((level, line));
    }
}

/// The topic that the words of a title tell first.
fn topic(tables: &Tables, title: &str) -> Option<Topic> {
    /// What stands further on is what the topic is about.
    const WORDS: usize = 6;
    let starts = title.char_indices().scan(false, |inside, (at, c)| {
        let begins = c.is_alphanumeric() && !*inside;
        *inside = c.is_alphanumeric();
        Some(begins.then_some(at))
    });
    starts.flatten().take(WORDS).find_map(|at| tables.topics.at(title, at).map(|(_, topic)| topic))
}
