//! The papers of a file, and which zone each line belongs to.

use super::{
    Layout, PaperLines, Zone, column,
    letterhead::{self, Case, Head, first_letter, is_upper, looks_numbered, upper_end},
    line::{self, Line},
    tail::{self, Tail},
    unfold::unfold,
};
use crate::{
    record::PaperKind,
    rules::{Cue, Rules, StampField, Tables},
    text::{Span, WordIndex, first_word_is, fold_char, letter, opens_with, skeleton},
};
use memchr::memchr2_iter;
use std::ops::Range;

impl Layout {
    /// Lays out a normalised text.
    pub fn new(text: &str, rules: &Rules) -> Layout {
        let tables = rules.tables();
        let lines = unfold(text, line::lines(text), tables);
        let mut zones = vec![Zone::Body; lines.len()];
        for (zone, line) in zones.iter_mut().zip(&lines) {
            if is_running_head(text, line) {
                *zone = Zone::Noise;
            } else if is_table_row(text, line) {
                *zone = Zone::Table;
            }
        }
        let mut papers = Vec::new();
        for (kind, range) in split(text, &lines, tables) {
            papers.push(paper(text, &lines, &mut zones, kind, range, tables));
        }
        Layout { lines, zones, papers, words: WordIndex::new(text) }
    }
}

/// Whether a line is a page number or a gazette's running head.
pub(super) fn is_running_head(text: &str, line: &Line) -> bool {
    let said = line.text(text);
    let marks = |c: char| matches!(c, '-' | ' ' | '|' | '.' | '*');
    if said.starts_with(|c: char| marks(c) || c.is_ascii_digit()) {
        let bare = said.trim_matches(marks);
        if bare.len() <= 3 && !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit()) {
            return true;
        }
    }
    said.len() <= 120 && may_head_a_page(said) && heads_a_page(said)
}

/// A screen for [`heads_a_page`], by the words `Trang`, `LAWDATA` and `báo số`.
fn may_head_a_page(said: &str) -> bool {
    let no_letter = |c: char| !letter::is_alphanumeric(c);
    let numbered = |at: usize| {
        let behind = || said[at..].trim_start_matches(letter::is_alphanumeric).trim_start_matches(no_letter);
        first_word_is(&said[at..], "bao") && first_word_is(behind(), "so")
    };
    let last = || said.trim_end_matches(no_letter).chars().rev().map(fold_char);
    // Most lines end with another letter, or with a stop behind one.
    let may_be_last = match *said.as_bytes() {
        [.., last] if last.is_ascii_alphanumeric() => last.eq_ignore_ascii_case(&b'a'),
        [.., last, stop] if stop.is_ascii() && last.is_ascii_alphanumeric() => last.eq_ignore_ascii_case(&b'a'),
        _ => true,
    };
    let opens = match said.as_bytes().first() {
        Some(first) if first.is_ascii_alphanumeric() => first.eq_ignore_ascii_case(&b't') && opens_with(said, "trang"),
        _ => opens_with(said.trim_start_matches(no_letter), "trang"),
    };
    opens
        || may_be_last && last().take("lawdata".len()).eq("lawdata".chars().rev())
        || memchr2_iter(b'b', b'B', said.as_bytes()).any(numbered)
}

fn heads_a_page(said: &str) -> bool {
    let folded = skeleton(said);
    folded.contains("cong bao so ") && folded.contains(" ngay ")
        || folded.ends_with("co so du lieu luat viet nam lawdata")
        || (folded.starts_with("trang ") && folded.len() < 14 && folded.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether a line is a row of cells: tabs inside it, or table bars.
fn is_table_row(text: &str, line: &Line) -> bool {
    line.text(text).starts_with('|') && line.full.of(text).matches('|').count() >= 2
}

/// The papers of a file: the first, and every other that begins behind it.
fn split(text: &str, lines: &[Line], tables: &Tables) -> Vec<(PaperKind, Range<usize>)> {
    let mut starts: Vec<(usize, PaperKind)> = vec![(0, PaperKind::Main)];
    let mut nation_seen = None;
    let annexes = tables.cues.get(&Cue::Annex);
    for at in 0..lines.len() {
        let line = &lines[at];
        let said = line.text(text);
        let since = at - starts.last().map_or(0, |(start, _)| *start);
        let case = Case::of(said);
        if said.len() < 140 && has_nation(text, line, case, tables) {
            // A letterhead has one Quốc hiệu; the next, some lines later, heads another paper.
            if nation_seen.is_some_and(|last| at > last + 6) && since > 3 {
                let start = letterhead_start(text, lines, at, tables);
                push(&mut starts, start, kind_of_copy(text, lines, at, tables));
            }
            nation_seen = Some(at);
            continue;
        }
        if at < 4 {
            continue;
        }
        let first = first_letter(text, line.span);
        let annex = annexes.and_then(|words| words.at(text, first));
        if annex.is_some_and(|(end, _)| is_annex_line(text, line, end)) {
            push(&mut starts, at, PaperKind::Annex);
        } else if since > 2
            && nation_seen.is_none_or(|seen| at > seen + 8)
            && case.may_be_upper()
            && opens_attached(text, lines, at, first, tables)
        {
            push(&mut starts, at, PaperKind::Attached);
        }
    }
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([lines.len()]);
    starts.iter().zip(ends).map(|((start, kind), end)| (*kind, *start..end)).collect()
}

fn push(starts: &mut Vec<(usize, PaperKind)>, at: usize, kind: PaperKind) {
    if starts.last().is_none_or(|(last, _)| at > *last) {
        starts.push((at, kind));
    }
}

fn has_nation(text: &str, line: &Line, case: Case, tables: &Tables) -> bool {
    if line.is_apart {
        return column::may_begin(text, line, Cue::Nation, tables) && heads_a_piece(text, line, tables);
    }
    // On a line of one piece the nation's name opens the line, closes it, or has hardly anything but capitals behind it.
    let Some(nation) = tables.cues.get(&Cue::Nation) else { return false };
    let Span { start, end } = line.span;
    let said = line.text(text);
    let opens = nation.at(text, start).is_some();
    let closes = || said.ends_with(letter::is_alphanumeric) && nation.ending_at(text, end).is_some();
    let shouts = || upper_end(said, case).is_some_and(|at| nation.first_in(text, Span::new(start + at, end)).is_some());
    (opens || closes() || shouts()) && heads_a_piece(text, line, tables)
}

fn heads_a_piece(text: &str, line: &Line, tables: &Tables) -> bool {
    column::pieces(text, line, tables).iter().any(|piece| {
        // In prose the nation's name stands inside a line; in a letterhead it is a column of its own.
        tables
            .cue_at(Cue::Nation, text, piece.span.start)
            .is_some_and(|(end, _)| is_upper(piece.span.of(text)) || end == piece.span.end)
    })
}

/// The first line of the letterhead whose Quốc hiệu stands at `at`: organs may stand above it, and below them the number,
/// where the left column was written out before the right one.
fn letterhead_start(text: &str, lines: &[Line], at: usize, tables: &Tables) -> usize {
    let mut start = at;
    let mut above = at;
    while above > 0 && at - above < 5 {
        let line = &lines[above - 1];
        above -= 1;
        if start == at && column::number_word(text, line.span).is_some_and(|n| looks_numbered(&text[n..line.span.end]))
        {
            continue;
        }
        let said = line.text(text);
        let organ = tables.organ_words.at(text, line.span.start).is_some()
            || tables.territories.at(text, line.span.start).is_some();
        if !(is_upper(said) && organ) || tables.positions.at(text, line.span.start).is_some() {
            break;
        }
        start = above;
    }
    start
}

fn kind_of_copy(text: &str, lines: &[Line], at: usize, tables: &Tables) -> PaperKind {
    let copy = lines[at..lines.len().min(at + 8)].iter().any(|line| {
        tables.stamp_at(StampField::Copy, text, first_letter(text, line.span)).is_some() && is_upper(line.text(text))
    });
    if copy { PaperKind::Copy } else { PaperKind::Attached }
}

/// `PHỤ LỤC`, `Phụ lục II`, which reach up to `end`, alone on a line or with a title in capitals.
fn is_annex_line(text: &str, line: &Line, end: usize) -> bool {
    let said = line.text(text);
    if said.starts_with(['-', '(', '"', '+']) {
        return false;
    }
    let rest = text.get(end..line.span.end).unwrap_or_default().trim();
    let label = rest.split([' ', ':', '.', '-']).next().unwrap_or_default();
    let numbered = rest.is_empty()
        || label.chars().count() <= 4
            && label.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | 'A'..='H'));
    let behind = rest[label.len()..].trim_matches(|c: char| !letter::is_alphanumeric(c));
    let head = text.get(line.span.start..end).unwrap_or_default();
    (rest.is_empty() || is_upper(said))
        && (is_upper(head) || behind.is_empty())
        && (numbered || is_upper(said))
        && said.len() < 160
        || numbered && behind.is_empty() && !said.ends_with([';', ','])
}

/// A title in capitals with `(Ban hành kèm theo …)` within a few lines: a text issued with the paper before it.
fn opens_attached(text: &str, lines: &[Line], at: usize, first: usize, tables: &Tables) -> bool {
    let line = &lines[at];
    let said = line.text(text);
    if !is_upper(said) || said.ends_with(':') {
        return false;
    }
    let named = tables.type_words.at(text, first).is_some() || tables.cue_at(Cue::AttachedTitle, text, first).is_some();
    if !named {
        return false;
    }
    let near = &lines[at + 1..lines.len().min(at + 9)];
    near.iter().take_while(|l| !l.text(text).ends_with("./.")).any(|l| {
        let inner = l.text(text);
        let at = first_letter(text, l.span);
        inner.starts_with('(') && tables.cue_at(Cue::Attached, text, at).is_some()
    })
}

/// Lays out one paper: its head, tail and the zones of its lines.
fn paper(
    text: &str,
    lines: &[Line],
    zones: &mut [Zone],
    kind: PaperKind,
    range: Range<usize>,
    tables: &Tables,
) -> PaperLines {
    let head = letterhead::head(text, lines, range.clone(), tables);
    let body = head.end.max(range.start).min(range.end);
    let tail = tail::tail(text, lines, body..range.end, tables);
    let mut set = |at: usize, zone: Zone| {
        if zones[at] != Zone::Noise {
            zones[at] = zone;
        }
    };
    for (at, line) in lines.iter().enumerate().take(body).skip(range.start) {
        set(at, head_zone(&head, text, line, tables));
    }
    for (at, line) in lines.iter().enumerate().take(tail.end).skip(tail.start) {
        set(at, tail_zone(&tail, line));
    }
    let heading = heading(kind, text, lines, &range, &head, tables);
    for at in heading.clone() {
        set(at, Zone::Title);
    }
    let from = body.max(heading.end);
    // The grounds of an attached paper are part of its text.
    let grounds = if kind == PaperKind::Main { grounds(text, lines, from..tail.start, tables) } else { from..from };
    for at in grounds {
        if zones[at] == Zone::Body {
            zones[at] = Zone::Grounds;
        }
    }
    PaperLines { kind, lines: range, heading, head, tail }
}

fn head_zone(head: &Head, text: &str, line: &Line, tables: &Tables) -> Zone {
    let holds = |spans: &[Span]| holds(line, spans);
    // Scraped pages set the grounds above the letterhead.
    let first = first_letter(text, line.span);
    let said = line.text(text);
    if tables.cue_at(Cue::Grounds, text, first).is_some()
        && said.chars().count() > 40
        && !is_upper(said)
        && !holds(&head.title)
    {
        return Zone::Grounds;
    }
    if holds(&head.title) && !head.number.is_some_and(|n| line.full.contains(n)) {
        Zone::Title
    } else if holds(&head.addressees) {
        Zone::Addressees
    } else {
        Zone::Letterhead
    }
}

fn tail_zone(tail: &Tail, line: &Line) -> Zone {
    if holds(line, &tail.recipients) { Zone::Recipients } else { Zone::Signature }
}

/// Whether one of the places, which stand in order, is on the line.
fn holds(line: &Line, spans: &[Span]) -> bool {
    let first = spans.partition_point(|span| span.start < line.full.start);
    spans.get(first).is_some_and(|span| line.full.contains(*span))
}

/// The heading lines of an annex or attached paper: its name and title.
fn heading(
    kind: PaperKind,
    text: &str,
    lines: &[Line],
    range: &Range<usize>,
    head: &Head,
    tables: &Tables,
) -> Range<usize> {
    if kind == PaperKind::Main || kind == PaperKind::Copy {
        return range.start..range.start;
    }
    let typed = head.type_line.or(head.title.first().copied());
    let start = typed
        .and_then(|span| range.clone().find(|&at| lines[at].full.contains(span)))
        .or_else(|| range.clone().take(14).find(|&at| is_title_line(text, &lines[at], tables)))
        .unwrap_or(range.start);
    let mut end = start + 1;
    while end < range.end.min(start + 8) {
        let line = &lines[end];
        let said = line.text(text);
        let title = head.title.iter().any(|span| line.full.contains(*span));
        let spoken = is_upper(said) && !said.starts_with(char::is_numeric) && !is_roman_start(said);
        let heads = title || spoken;
        if !heads || said.starts_with(['(', '|']) {
            break;
        }
        end += 1;
    }
    start..end
}

fn is_roman_start(said: &str) -> bool {
    let head = said.split([' ', '.', '-', ')']).next().unwrap_or_default();
    !head.is_empty() && head.len() <= 4 && head.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

fn is_title_line(text: &str, line: &Line, tables: &Tables) -> bool {
    let said = line.text(text);
    let organ = tables.organ_words.at(text, line.span.start).is_some()
        || tables.territories.at(text, line.span.start).is_some();
    is_upper(said)
        && !organ
        && said.chars().filter(|c| letter::is_alphabetic(*c)).count() > 8
        && !has_nation(text, line, Case::of(said), tables)
}

/// The lines of the grounds: paragraphs that a ground opens, up to the first heading or the enacting line.
fn grounds(text: &str, lines: &[Line], range: Range<usize>, tables: &Tables) -> Range<usize> {
    let start = range.start;
    let mut end = start;
    let mut at = start;
    let mut opened = false;
    while at < range.end && at < start + 120 {
        let line = &lines[at];
        let said = line.text(text);
        if opens_body(text, line, tables) {
            break;
        }
        let stop = paragraph_end(text, lines, at, range.end, tables);
        let first = first_letter(text, line.span);
        let ground = tables.cue_at(Cue::Grounds, text, first).is_some() && !said.starts_with('"');
        // The sentence that says what the paper is about ends in a colon, and closes the grounds.
        let closes = lines[stop - 1].text(text).ends_with(':') || lines[stop - 1].text(text).ends_with("sau");
        if ground {
            opened = true;
            end = stop;
        } else if closes && (opened || stop - at <= 8) {
            end = stop;
            break;
        } else if opened || at > start + 8 {
            let organ = tables.organ_words.at(text, first).is_some();
            if !organ && !is_upper(said) {
                break;
            }
        }
        at = stop;
    }
    start..end
}

/// Whether a line opens the text proper.
fn opens_body(text: &str, line: &Line, tables: &Tables) -> bool {
    let said = line.text(text);
    let first = first_letter(text, line.span);
    if let Some((end, _)) = tables.cue_at(Cue::Enacting, text, first)
        && is_upper(said)
        // `QUYẾT` and `ĐỊNH :` may stand in two lines.
        && text[end..].trim_start_matches(' ').starts_with(':')
    {
        return true;
    }
    let opening = text[first..].chars().next().map(fold_char);
    // `Điều 1`, `PHẦN …`, `Chương I`
    let named = matches!(opening, Some('d' | 'p' | 'c')) && {
        let folded = skeleton(said.split_whitespace().take(2).collect::<Vec<_>>().join(" ").as_str());
        folded.starts_with("dieu 1")
            || folded.starts_with("phan ") && is_upper(&said[..said.find(' ').unwrap_or(0)])
            || folded.starts_with("chuong i")
    };
    let digits = said.bytes().take_while(u8::is_ascii_digit).count();
    named
        || is_roman_start(said) && said.contains(['.', '-', ')'])
        || (1..=2).contains(&digits)
            && said[digits..].starts_with(['.', '/', '-', ')'])
            && !said[digits + 1..].starts_with(|c: char| c.is_ascii_digit())
        || said.starts_with("a)")
        || said.starts_with("a. ")
}

/// The line behind the paragraph that begins at `at`: a blank line, a finished line or a new bullet ends it.
fn paragraph_end(text: &str, lines: &[Line], at: usize, end: usize, tables: &Tables) -> usize {
    let mut next = at + 1;
    while next < end {
        let line = &lines[next];
        let said = line.text(text);
        let before = lines[next - 1].text(text);
        let continues =
            said.starts_with(|c: char| letter::is_lowercase(c) || c.is_ascii_digit()) && !before.ends_with([':']);
        let ended = before.ends_with(['.', ';', ':']);
        if line.blanks_before > 0 && (ended || !continues) {
            break;
        }
        let first = first_letter(text, line.span);
        let fresh = tables.cue_at(Cue::Grounds, text, first).is_some() && said.starts_with(letter::is_uppercase);
        if before.ends_with([';', ':'])
            || before.ends_with('.') && !continues
            || fresh && before.ends_with([',', '.'])
            || said.starts_with("- ")
            || opens_body(text, line, tables) && !continues
        {
            break;
        }
        next += 1;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::tests::corpus;

    #[test]
    fn the_name_of_a_collection_of_laws_is_no_letterhead() {
        let text = "SỞ TƯ PHÁP\tCƠ SỞ DỮ LIỆU LUẬT VIỆT NAM LAWDATA\nQUYẾT ĐỊNH\nVề việc ban hành Quy chế làm việc\n";
        let layout = Layout::new(text, Rules::builtin());
        assert_eq!(layout.zones[0], Zone::Noise);
        assert!(layout.papers[0].head.issuer.is_empty());
    }

    #[test]
    fn a_date_below_much_prose_makes_it_no_letterhead() {
        let prose =
            "Doanh nghiệp ghi rõ số lao động có mặt, số lao động đã ký hợp đồng và số lao động tạm nghỉ việc.\n";
        let zones = |above: usize| {
            let text = format!("{}Hà Nội, ngày   tháng   năm 2005\n", prose.repeat(above));
            Layout::new(&text, Rules::builtin()).zones
        };
        assert_eq!((zones(20)[0], zones(4)[0]), (Zone::Body, Zone::Letterhead));
    }

    /// What the screens let pass is read in full; what they stop must be nothing.
    #[test]
    fn the_screens_stop_nothing_that_counts() {
        let tables = Rules::builtin().tables();
        let odd = "Số: 1/UBNDCộng hòa xã hội chủ nghĩa Việt Nam, ngày 1/1/2020\nCÔNG BÁO/Số 5/Ngày 1-2-2020\n- Trang 12\n\
             SỞ TƯ PHÁP\tCƠ SỞ DỮ LIỆU LUẬT VIỆT NAM LAWDATA\n";
        let mut texts = corpus();
        texts.push(odd.to_owned());
        let (mut nations, mut pages) = (0, 0);
        for text in &texts {
            for line in line::lines(text) {
                let (nation, page) = (heads_a_piece(text, &line, tables), heads_a_page(line.text(text)));
                assert_eq!(has_nation(text, &line, Case::of(line.text(text)), tables), nation, "{}", line.text(text));
                assert!(!page || line.text(text).len() > 120 || is_running_head(text, &line), "{}", line.text(text));
                nations += usize::from(nation);
                pages += usize::from(page);
            }
        }
        assert!(nations > 20 && pages > 1, "{nations} {pages}");
    }
}
