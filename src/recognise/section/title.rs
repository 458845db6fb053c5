//! The title behind a marker: how far it reaches, and whether it runs on as prose.

use super::{
    marker::{Style, is_capitals},
    page::{Page, ends_sentence},
};
use crate::{
    recognise::plain::{self, is_plain},
    text::{Span, letter},
};
use memchr::memchr2;

/// The most that a title holds, in code points.
const MOST: usize = 200;
/// The longest label before a colon, in code points.
const LABEL: usize = 120;
/// How many bytes are looked at as one.
const ROW: usize = 32;
/// The most lines that a title is gathered from.
const LINES: usize = 8;

/// A title as it was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// Its words, markup removed.
    pub text: String,
    /// The end of its words in the text.
    pub end: usize,
    /// The last line that it takes words from.
    pub last_line: usize,
    /// Whether it runs on as prose.
    pub run_in: bool,
    /// Whether it is a label before a colon.
    pub label: bool,
}

/// Reads the title that begins at `rest` on line `line`; a heading follows at line `stop` (on the same line: at `cut`).
pub(super) fn read(page: &Page<'_>, style: Style, line: usize, rest: usize, cut: Option<usize>, stop: usize) -> Title {
    if let Some(cut) = cut {
        let span = Span::new(rest.min(cut), cut).trim(page.text);
        return finish(page, vec![span], line, false);
    }
    let own = Span::new(rest, page.lines[line].span.end.max(rest)).trim(page.text);
    let mut pieces = Vec::with_capacity(2);
    let mut last = line;
    let division = matches!(style, Style::Part | Style::Chapter | Style::Section | Style::Subsection);
    if own.start < own.end {
        pieces.push(own);
    } else if line + 1 < stop
        && page.may_head(line + 1)
        && page.length(line + 1) <= 250
        && (division || page.joins(line + 1))
    {
        last = line + 1;
        pieces.push(page.lines[last].span);
    } else {
        return Title { text: String::new(), end: own.start, last_line: line, run_in: !division, label: false };
    }
    let mut prose = false;
    while last + 1 < stop && pieces.len() < LINES {
        match goes_on(page, &pieces, line, last) {
            Some(in_prose) => prose |= in_prose,
            None => break,
        }
        last += 1;
        pieces.push(page.lines[last].span);
    }
    finish(page, pieces, line, prose)
}

/// Whether the line after `last` goes on with the title; `Some(true)` where it does so as prose.
fn goes_on(page: &Page<'_>, pieces: &[Span], head: usize, last: usize) -> Option<bool> {
    let next = last + 1;
    let (before, said) = (pieces.last()?.of(page.text), page.said(next));
    let small = page.in_lower(next);
    // Bold lines and lines that open with a small letter go on over a blank line, as scans have them.
    let over = page.bold(next) && page.bold(last) || small && page.after_blank(next) && !ends_sentence(before);
    if !(page.joins(next) || over) || !page.may_head(next) && !said.starts_with('"') {
        return None;
    }
    if page.bold_open(last) && page.bold_open(next) {
        return Some(false);
    }
    if page.bold(last) && page.bold(next) && (small || !ends_sentence(before)) {
        return Some(false);
    }
    if is_capitals(before) || is_capitals(pieces.first()?.of(page.text)) {
        return (is_capitals(said) && !before.ends_with([':', '.']) && !page.bold(last)).then_some(false);
    }
    if page.bold(last) != page.bold(next) {
        return None;
    }
    let share = if small || before.ends_with(',') { 72 } else { 90 };
    if !page.broken_before(next, share) && !page.tail(next) || page.indented(next, head) || before.ends_with(':') {
        return None;
    }
    let ended = ends_sentence(before);
    if ended && !small {
        // The line is full and the paragraph goes on: it is prose if it is more than a line.
        return None;
    }
    Some(ended)
}

/// The title of the pieces gathered.
fn finish(page: &Page<'_>, pieces: Vec<Span>, line: usize, prose: bool) -> Title {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else {
        return Title {
            text: String::new(),
            end: page.lines[line].span.end,
            last_line: line,
            run_in: false,
            label: false,
        };
    };
    let whole = Span::new(first.start, last.end);
    let single = pieces.len() == 1;
    if !prose
        && (line..line + pieces.len()).all(|i| page.lines.get(i).is_some() && page.bold(i))
        && !page.said(line).contains("**")
    {
        // A line wholly in bold is a heading, however long.
        return Title {
            text: clean(whole.of(page.text)),
            end: whole.end,
            last_line: line + pieces.len() - 1,
            run_in: false,
            label: false,
        };
    }
    let (cut, label, ended) = cut(page.text, whole, single);
    let count = whole.of(page.text).chars().count();
    let run_in = prose
        || label
        || ended
        || count > MOST
        || ends_sentence(whole.of(page.text)) && !whole.of(page.text).ends_with(':') && count > 60;
    let end = if count > MOST && !label { most(page.text, whole.start, cut) } else { cut };
    let span = Span::new(whole.start, end.max(whole.start)).trim(page.text);
    let last_line = line + page.lines[line..].partition_point(|l| l.full.start < span.end).saturating_sub(1);
    Title { text: clean(span.of(page.text)), end: span.end, last_line, run_in, label }
}

/// Where the title ends inside its words: before a label's colon, or after the first sentence.
fn cut(text: &str, whole: Span, single: bool) -> (usize, bool, bool) {
    let said = whole.of(text);
    // No more code points than this are looked at.
    let most = if said.len() <= 4 * MOST { None } else { said.char_indices().nth(4 * MOST + 1) };
    let head = &said[..most.map_or(said.len(), |(at, _)| at)];
    let (mut round, mut quote) = (0i32, false);
    // Every mark that counts is a byte; most rows of bytes hold none.
    let is_mark = |byte: u8| {
        (byte.wrapping_sub(b'(') < 3)
            | (byte == b'"')
            | (byte == b':')
            | (byte == b'.')
            | (byte == b'!')
            | (byte == b'?')
    };
    let rows = head.as_bytes().chunks(ROW).enumerate();
    let marked = rows.filter(|(_, row)| row.iter().fold(false, |any, byte| any | is_mark(*byte)));
    let bytes = marked.flat_map(|(n, row)| row.iter().enumerate().map(move |(i, byte)| (n * ROW + i, *byte)));
    for (at, byte) in bytes {
        let after = || &said[at + 1..];
        match byte {
            b'(' => round += 1,
            b')' => round -= 1,
            b'"' => quote = !quote,
            b'*' => {
                let after = after();
                // Bold type ends inside the line: what it covers is the heading.
                if at > 0
                    && after.starts_with('*')
                    && !after[1..].trim_matches(['*', ' ']).is_empty()
                    && !said[..at].contains("**")
                {
                    return (whole.start + at, true, false);
                }
            }
            b':' if round <= 0 && !quote && said[..at].chars().count() < LABEL => {
                let behind = after().trim_matches(['*', ' ', '\n']);
                let clock = after().starts_with(|c: char| c.is_ascii_digit());
                // `Đợt 1: từ tháng 2 đến tháng 3:` numbers itself; the words behind belong to it.
                let numbered = single && behind.ends_with(':') && said[..at].ends_with(|c: char| c.is_ascii_digit());
                if !behind.is_empty() && !clock && !numbered {
                    return (whole.start + at, true, false);
                }
            }
            b'.' | b'!' | b'?' if sentence_ends(said, at, after()) => return (whole.start + at + 1, false, true),
            _ => {}
        }
    }
    (whole.end, false, false)
}

/// Whether the stop at `at` ends a sentence with more words behind it.
fn sentence_ends(said: &str, at: usize, after: &str) -> bool {
    let behind = after.trim_start_matches(['*', '"', ')']);
    if !behind.starts_with([' ', '\n', '\t']) {
        return false;
    }
    let next = behind.trim_start().chars().next();
    let broken = behind.bytes().take_while(u8::is_ascii_whitespace).any(|b| b == b'\n');
    if !next.is_some_and(|c| c.is_uppercase() || matches!(c, '"' | '-' | '+' | '(' | '*')) && !broken {
        return false;
    }
    let word = said[..at].rsplit(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
    // `TP. Huế`, `Th. S`: a stop behind one or two letters in capitals shortens a word.
    let short = word.chars().count() <= 2 && word.starts_with(letter::is_uppercase);
    next.is_some() && !short && !word.is_empty()
}

/// The end of the first two hundred code points, not inside a word.
fn most(text: &str, start: usize, upto: usize) -> usize {
    let said = &text[start..upto];
    said.char_indices().nth(MOST).map_or(upto, |(at, _)| start + at)
}

/// Words on one line, without markup.
pub(super) fn clean(said: &str) -> String {
    if is_plain(said, |byte| matches!(byte, b'*' | b'#')) {
        return said.to_owned();
    }
    let mut out = String::with_capacity(said.len());
    let marked = memchr2(b'*', b'#', said.as_bytes()).is_some();
    for word in plain::words(said) {
        let word = if marked { word.trim_matches('*').trim_start_matches('#') } else { word };
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        if marked && word.contains('*') {
            word.split("**").for_each(|part| out.push_str(part));
        } else {
            out.push_str(word);
        }
    }
    out
}
