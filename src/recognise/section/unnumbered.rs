//! Headings without a marker: a line in capitals, or a Markdown heading, on its own.

use super::{
    super::Reading,
    candidate::{Candidate, candidate, mark_closed},
    marker::{Marker, Style, Trust, is_capitals},
    page::Page,
    title::{self, Title},
    topic,
};
use crate::rules::{Cue, Tables};
use crate::text::letter;

/// Adds headings without a marker: a line in capitals, or a Markdown heading, that no title covers.
pub(super) fn with_unnumbered(
    reading: &Reading<'_>,
    page: &Page<'_>,
    found: Vec<Candidate>,
    titles: Vec<Title>,
) -> (Vec<Candidate>, Vec<Title>) {
    if !page.zoned {
        return (found, titles);
    }
    let mut out = (Vec::with_capacity(found.len()), Vec::with_capacity(found.len()));
    let lines: Vec<usize> = found.iter().map(|c| c.line).collect();
    let mut next = 0;
    let mut numbered = found.into_iter().zip(titles);
    let mut covered = 0;
    for i in 0..page.lines.len() {
        while lines.get(next).is_some_and(|line| *line <= i)
            && let Some((c, title)) = numbered.next()
        {
            next += 1;
            covered = title.last_line + 1;
            out.0.push(c);
            out.1.push(title);
        }
        let stop = lines.get(next).copied().unwrap_or(page.lines.len());
        if i < covered || !heads_alone(reading.rules.tables(), page, i) {
            continue;
        }
        let marker =
            Marker { style: Style::Unnumbered, number: 0, path: [0; 4], trust: Trust::Sure, start: 0, end: 0, rest: 0 };
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
    let line = &page.lines[i];
    if !page.in_body(i) || line.heading == 0 && !is_capitals(said) {
        return false;
    }
    let words = said.split_whitespace().filter(|w| w.chars().any(letter::is_alphabetic)).count();
    let set = line.heading > 0 && !page.in_lower(i) || is_capitals(said) && words >= 2;
    set && page.may_head(i)
        && words <= 30
        && said.chars().count() <= 160
        && !said.ends_with(['.', ';', ',', '/'])
        && !said.starts_with(['(', '"'])
        && [Cue::Enacting, Cue::Recipients, Cue::Nation, Cue::Motto, Cue::Annex]
            .iter()
            .all(|cue| tables.cue_at(*cue, page.text, line.span.start).is_none())
        && tables.type_words.get(said).is_none()
        && !tables.stamps.values().any(|stamps| stamps.at(page.text, line.span.start).is_some())
        && tables.positions.at(page.text, line.span.start).is_none()
        && !tables.authorities.iter().any(|(word, ..)| said.starts_with(word.as_ref()))
        && said.chars().filter(|c| letter::is_alphanumeric(*c)).count() * 5
            >= said.chars().filter(|c| !c.is_whitespace()).count() * 4
        && (tables.organ_words.at(page.text, line.span.start).is_none() || topic(tables, said).is_some())
        && (i + 1 < page.lines.len() && page.in_body(i + 1))
}
