//! How far each section reaches.

use super::{super::Reading, FoundSection, page::Page};

/// Lets each section reach to the next heading of its own or an outer level, or to the end of its paper's text.
pub(super) fn extend(reading: &Reading<'_>, page: &Page<'_>, sections: &mut [FoundSection], lines: &[usize]) {
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
        let on_line =
            sections.get(i + 1).filter(|next| lines[i + 1] == line && next.level <= level).map(|next| next.span.start);
        let end = on_line.unwrap_or(page.lines[last].span.end).max(sections[i].extent.end);
        sections[i].extent.end = end;
        if let Some(parent) = sections[i].parent {
            sections[parent].extent.end = sections[parent].extent.end.max(end);
        }
        behind.push((level, line));
    }
}
