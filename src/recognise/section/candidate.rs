//! Lines that may be headings.

use super::{
    super::Reading,
    Refusal,
    marker::{self, Marker, Style, Trust, is_capitals},
    page::Page,
};
use crate::{record::PaperKind, rules::Cue, text::Span};
use std::ops::Range;

/// A line that may be a heading.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its marker.
    pub marker: Marker,
    /// Its line.
    pub line: usize,
    /// The marker as it stands in the text.
    pub written: String,
    /// The sign behind the marker.
    pub sign: char,
    /// The marker in the text.
    pub span: Span,
    /// Where its title begins.
    pub rest: usize,
    /// The end of its line.
    pub line_end: usize,
    /// Whether the line before it left a sentence open.
    pub open_before: bool,
    /// Whether the line before it ends in a colon.
    pub introduced: bool,
    /// What damage was mended to.
    pub mended: Option<String>,
    /// Whether its neighbours leave no doubt.
    pub certain: bool,
    /// The paper that it lies in.
    pub paper: usize,
    /// Whether a signature block or a list of recipients stands between it and the line that may be a heading before it.
    pub after_close: bool,
    /// The title of an attached paper, which layout knows.
    pub title: Option<Span>,
}

/// Every line that opens with a marker, and the headings of attached papers.
pub(super) fn candidates(
    reading: &Reading<'_>,
    page: &Page<'_>,
    mut refused: impl FnMut(usize, &dyn Fn() -> Refusal),
) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let papers = &reading.layout.papers;
    let (mut paper, mut begun, mut covered) = (0, 0, 0);
    for i in 0..page.lines.len() {
        while let Some(next) = papers.get(begun).filter(|next| next.lines.start <= i) {
            paper = begun;
            begun += 1;
            let heading = match next.kind {
                PaperKind::Attached | PaperKind::Annex => next.heading.clone(),
                PaperKind::Main => first_annex(reading, page, next.lines.clone()),
                PaperKind::Copy => 0..0,
            };
            if !heading.is_empty() {
                found.extend(annex(reading, page, next.lines.start, &heading).map(|c| Candidate { paper, ..c }));
                covered = heading.end;
            }
        }
        if i < covered {
            continue;
        }
        // Most lines have no marker, whatever else bars them.
        let read = match marker::attempt(page.said(i)) {
            Ok(read) => read,
            Err(why) => {
                refused(i, &|| page.bar(i).unwrap_or(Refusal::NoMarker(why)));
                continue;
            }
        };
        if let Some(why) = page.bar(i) {
            refused(i, &|| why);
            continue;
        }
        let at = page.lines[i].span.start;
        // Right under a heading a row may begin, though the heading fills its line.
        let under = found.last().is_some_and(|c| {
            c.line + 1 == i && (c.rest == c.line_end || read.number == 1 && c.marker.style != read.style)
        });
        // `(Ban hành kèm theo …)` above `Chương I` ends without a stop.
        let alone = matches!(read.style, Style::Part | Style::Chapter) && read.rest == page.said(i).len();
        let closed = alone && i > 0 && page.said(i - 1).ends_with(')');
        let open = !under && !closed && page.mid_sentence(i);
        found.push(Candidate { paper, ..candidate(page, read, i, at, open) });
        // `3. a) Chuyển …`: a marker behind another on one line.
        let rest = at + read.rest;
        let behind = &page.text[rest..page.lines[i].span.end.max(rest)];
        let inner = marker::may_open_row(behind).then(|| marker::read(behind)).flatten().filter(|inner| {
            match (read.style, inner.style) {
                (Style::Article | Style::Decimal(..) | Style::Roman, Style::Letter(')'))
                | (Style::Article, Style::Decimal(1, '.')) => inner.number == 1 && inner.trust == Trust::Sure,
                _ => false,
            }
        });
        found.extend(inner.map(|inner| Candidate { paper, ..candidate(page, inner, i, rest, false) }));
    }
    mark_closed(page, &mut found);
    found
}

/// Marks the candidates behind a signature block or a list of recipients.
pub(super) fn mark_closed(page: &Page<'_>, found: &mut [Candidate]) {
    let mut line = 0;
    for c in found {
        c.after_close = (line..c.line).any(|i| page.closes(i));
        line = line.max(c.line);
    }
}

/// A candidate on a line whose words begin at `at`.
pub(super) fn candidate(page: &Page<'_>, marker: Marker, line: usize, at: usize, open_before: bool) -> Candidate {
    let span = Span::new(at + marker.start, at + marker.end);
    let written = span.of(page.text);
    let written =
        if written.contains(['*', '\n']) { written.replace('*', "").replace('\n', " ") } else { written.to_owned() };
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

/// The heading of an annex that opens the file: the paper that it belongs to is not there.
fn first_annex(reading: &Reading<'_>, page: &Page<'_>, lines: Range<usize>) -> Range<usize> {
    /// A title takes few lines.
    const MOST: usize = 6;
    let tables = reading.rules.tables();
    let Some(first) = lines.clone().find(|i| !page.is_noise(*i)) else { return 0..0 };
    let start = page.lines[first].span.start;
    let named = tables.cue_at(Cue::Annex, page.text, start).is_some() && page.said(first).chars().count() <= 16;
    if !named {
        return 0..0;
    }
    let end = (first + 1..lines.end)
        .take(MOST)
        .take_while(|i| is_capitals(page.said(*i)) && marker::read(page.said(*i)).is_none())
        .last();
    first..end.unwrap_or(first) + 1
}

/// The heading of an attached paper: `PHỤ LỤC I` and its title, or a type line and its title.
fn annex(reading: &Reading<'_>, page: &Page<'_>, paper: usize, heading: &Range<usize>) -> Option<Candidate> {
    let tables = reading.rules.tables();
    if heading.is_empty() || heading.end > page.lines.len() {
        return None;
    }
    // A letterhead is no heading.
    if heading.clone().any(|i| tables.cue_at(Cue::Nation, page.text, page.lines[i].span.start).is_some()) {
        return None;
    }
    let named = |i: &usize| tables.cue_at(Cue::Annex, page.text, page.lines[*i].span.start).is_some();
    let first = (paper..heading.start).take(4).find(named).unwrap_or(heading.start);
    // `(Ban hành kèm theo …)` is no part of the title.
    let last =
        (first..heading.end).take_while(|i| *i == first || !page.said(*i).starts_with('(')).last().unwrap_or(first);
    let (said, start) = (page.said(first), page.lines[first].span.start);
    let marked = tables.cue_at(Cue::Annex, page.text, start).map_or(0, |(end, _)| {
        let word = end - start;
        let rest = &said[word..];
        let number = rest.trim_start().split([' ', ':', '.', '-', '\t']).next().unwrap_or("");
        let numbered = !number.is_empty()
            && number.chars().count() <= 5
            && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | '0'..='9' | 'A'..='H'));
        if numbered { word + (rest.len() - rest.trim_start().len()) + number.len() } else { word }
    });
    let rest = marked + (said[marked..].len() - said[marked..].trim_start_matches([' ', ':', '.', '-', '*']).len());
    let marker =
        Marker { style: Style::Annex, number: 1, path: [0; 4], trust: Trust::Sure, start: 0, end: marked, rest };
    let mut found = candidate(page, marker, first, start, false);
    found.certain = true;
    found.title = Some(Span::new(start + rest, page.lines[last].span.end.max(start + rest)).trim(page.text));
    Some(found)
}
