//! The title behind a marker: how far it reaches, and whether it runs on as prose.

use super::{
    marker::{self, Style, is_capitals},
    page::{Page, ends_sentence},
};
use crate::{
    layout::leads_on,
    recognise::{byte, plain::is_plain},
    text::{Span, letter, lower_eq},
};

/// The most that a title holds, in code points.
const MOST: usize = 200;
/// The longest label before a colon, in code points.
const LABEL: usize = 120;
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

/// The pieces of lines that a title is gathered from.
struct Pieces {
    first: Span,
    last: Span,
    count: usize,
}

impl Pieces {
    fn new(piece: Span) -> Self {
        Pieces { first: piece, last: piece, count: 1 }
    }

    fn push(&mut self, piece: Span) {
        (self.last, self.count) = (piece, self.count + 1);
    }
}

/// Reads the title that begins at `rest` on line `line`; a heading follows at line `stop` (on the same line: at `cut`).
pub(super) fn read(page: &Page<'_>, style: Style, line: usize, rest: usize, cut: Option<usize>, stop: usize) -> Title {
    if let Some(cut) = cut {
        let span = Span::new(rest.min(cut), cut).trim(page.text);
        return finish(page, &Pieces::new(span), line, false);
    }
    let own = Span::new(rest, page.lines[line].span.end.max(rest)).trim(page.text);
    let mut last = line;
    let division = matches!(style, Style::Part | Style::Chapter | Style::Section | Style::Subsection);
    let mut pieces = if own.start < own.end {
        Pieces::new(own)
    } else if line + 1 < stop
        && page.may_head(line + 1)
        && page.length(line + 1) <= 250
        && (division || page.joins(line + 1))
    {
        last = line + 1;
        Pieces::new(page.lines[last].span)
    } else {
        return Title { text: String::new(), end: own.start, last_line: line, run_in: !division, label: false };
    };
    let mut prose = false;
    while last + 1 < stop && pieces.count < LINES {
        match goes_on(page, style, &pieces, line, last) {
            Some(in_prose) => prose |= in_prose,
            None => break,
        }
        last += 1;
        pieces.push(page.lines[last].span);
    }
    finish(page, &pieces, line, prose)
}

/// Whether the line after `last` goes on with the title; `Some(true)` where it does so as prose.
fn goes_on(page: &Page<'_>, style: Style, pieces: &Pieces, head: usize, last: usize) -> Option<bool> {
    let next = last + 1;
    let (before, said) = (pieces.last.of(page.text), page.said(next));
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
    if is_capitals(before) || is_capitals(pieces.first.of(page.text)) {
        return (is_capitals(said) && !before.ends_with([':', '.']) && !page.bold(last)).then_some(false);
    }
    if page.bold(last) != page.bold(next) {
        return None;
    }
    let share = if small || before.ends_with(',') { 72 } else { 90 };
    // Narrow cells and pages of the web break anywhere: `Điều 1. Ban` above `hành kèm theo …`.
    let open = || before.ends_with(|c: char| letter::is_alphanumeric(c) || c == ',');
    let word = style == Style::Article && pieces.count == 1 && !before.contains(' ');
    // `giai đoạn` above `2013 - 2015.`: digits that mark nothing.
    let figure =
        || said.starts_with(|c: char| c.is_ascii_digit()) && marker::read(said).is_none() && awaits_figure(before);
    let torn = page.lines[next].blanks_before == 0 && (open() && (small || word || figure()) || leads_on(before));
    if !torn && !page.broken_before(next, share) && !page.tail(next)
        || page.indented(next, head)
        || before.ends_with(':')
    {
        return None;
    }
    let ended = ends_sentence(before);
    if ended && !small {
        // The line is full and the paragraph goes on: it is prose if it is more than a line.
        return None;
    }
    Some(ended)
}

/// Whether a line ends in a word that a number follows.
fn awaits_figure(line: &str) -> bool {
    const AWAITING: [&str; 14] = [
        "giai đoạn",
        "năm",
        "ngày",
        "tháng",
        "quý",
        "số",
        "khóa",
        "nhiệm kỳ",
        "khoản",
        "điểm",
        "điều",
        "đến",
        "trên",
        "thứ",
    ];
    AWAITING.iter().any(|word| {
        let at = line.len().checked_sub(word.len());
        let ends = at.and_then(|at| Some((line.get(..at)?, line.get(at..)?)));
        ends.is_some_and(|(before, last)| before.ends_with(' ') && lower_eq(last, word))
    })
}

/// The title of the pieces gathered.
fn finish(page: &Page<'_>, pieces: &Pieces, line: usize, prose: bool) -> Title {
    let whole = Span::new(pieces.first.start, pieces.last.end);
    let single = pieces.count == 1;
    if !prose
        && (line..line + pieces.count).all(|i| page.lines.get(i).is_some() && page.bold(i))
        && !page.said(line).contains("**")
    {
        // A line wholly in bold is a heading, however long.
        return Title {
            text: clean(whole.of(page.text)),
            end: whole.end,
            last_line: line + pieces.count - 1,
            run_in: false,
            label: false,
        };
    }
    let (cut, label, ended) = cut(page.text, whole, single);
    // No character is less than a byte.
    let exceeds = |most: usize| {
        let said = whole.of(page.text);
        said.len() > most && (said.len() > 4 * most || said.chars().count() > most)
    };
    let long = exceeds(MOST);
    let run_in = prose
        || label
        || ended
        || long
        || ends_sentence(whole.of(page.text)) && !whole.of(page.text).ends_with(':') && exceeds(60);
    let end = if long && !label { most(page.text, whole.start, cut) } else { cut };
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
    // Every mark that counts is a byte.
    let is_mark = |byte: u8| {
        (byte.wrapping_sub(b'(') < 3)
            | (byte == b'"')
            | (byte == b':')
            | (byte == b'.')
            | (byte == b'!')
            | (byte == b'?')
    };
    let mut from = 0;
    while let Some(at) = byte::next(head.as_bytes(), from, is_mark) {
        from = at + 1;
        let after = || &said[at + 1..];
        match head.as_bytes()[at] {
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
    let is_mark = |byte| matches!(byte, b'*' | b'#');
    if is_plain(said, is_mark) {
        return said.to_owned();
    }
    let mut out = String::with_capacity(said.len());
    let add = |out: &mut String, words: &str| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(words);
    };
    for line in said.split('\n') {
        let line = line.trim_matches(' ');
        if is_plain(line, is_mark) {
            add(&mut out, line);
            continue;
        }
        for word in line.split_whitespace() {
            let word = word.trim_matches('*').trim_start_matches('#');
            if word.is_empty() {
                continue;
            }
            if word.contains('*') {
                add(&mut out, "");
                word.split("**").for_each(|part| out.push_str(part));
            } else {
                add(&mut out, word);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, path::Path};

    /// The same as [`cut`], one character at a time.
    fn cut_by_characters(text: &str, whole: Span, single: bool) -> (usize, bool, bool) {
        let said = whole.of(text);
        let (mut round, mut quote) = (0i32, false);
        for (count, (at, c)) in said.char_indices().enumerate().take_while(|(count, _)| *count <= 4 * MOST) {
            let (before, after) = (&said[..at], &said[at + c.len_utf8()..]);
            let place = whole.start + at;
            match c {
                '(' => round += 1,
                ')' => round -= 1,
                '"' => quote = !quote,
                '*' if count > 0
                    && after.starts_with('*')
                    && !before.contains("**")
                    && after.chars().skip(1).any(|c| c != '*' && c != ' ') =>
                {
                    return (place, true, false);
                }
                ':' if round <= 0 && !quote && count < LABEL => {
                    let behind = after.trim_matches(['*', ' ', '\n']);
                    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                    let clock = is_digit(after.chars().next());
                    let numbered = single && behind.ends_with(':') && is_digit(before.chars().next_back());
                    if !behind.is_empty() && !clock && !numbered {
                        return (place, true, false);
                    }
                }
                '.' | '!' | '?' if sentence_ends(said, at, after) => return (place + 1, false, true),
                _ => {}
            }
        }
        (whole.end, false, false)
    }

    fn cuts_alike(text: &str, whole: Span) {
        for single in [false, true] {
            assert_eq!(cut(text, whole, single), cut_by_characters(text, whole, single), "{}", whole.of(text));
        }
    }

    #[test]
    fn titles_are_cut_by_bytes_where_characters_cut_them() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let mut cuts = 0;
        for file in fs::read_dir(folder).unwrap() {
            let text = String::from_utf8_lossy(&fs::read(file.unwrap().path()).unwrap()).into_owned();
            let ends: Vec<usize> = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]).collect();
            let starts = [0].into_iter().chain(ends.iter().map(|end| end + 1));
            for (line, start) in starts.enumerate().take(ends.len()) {
                for lines in [1, 2, 4] {
                    let Some(end) = ends.get(line + lines - 1) else { continue };
                    let whole = Span::new(start, *end).trim(&text);
                    cuts_alike(&text, whole);
                    cuts += usize::from(cut(&text, whole, false).0 < whole.end);
                }
            }
        }
        assert!(cuts > 1000, "{cuts}");
    }

    #[test]
    fn marks_far_from_the_start_and_within_others_count_alike() {
        let far = "ă".repeat(4 * MOST - 1);
        for text in [
            "**Kết quả** thực hiện",
            "Kết quả** thực hiện",
            "Kết quả **",
            "a ** b ** c",
            "*Đợt 1:* từ",
            "Đợt 1: từ:",
            "8:30 sáng",
            "(a: b) c: d",
            "\"a: b\" c: d",
            ") a: b",
            "TP. Huế. Và",
            "Tốt.\nVà",
            "Tốt! Khá? Và",
            ":",
            "a:",
            "",
            "“a: b”",
        ] {
            for text in [
                text.to_owned(),
                format!("{far}{text}"),
                format!("{}{text}", "a".repeat(LABEL - 1)),
                format!("{far}a{text}"),
            ] {
                cuts_alike(&text, Span::new(0, text.len()));
                cuts_alike(&format!("ở {text}"), Span::new("ở ".len(), "ở ".len() + text.len()));
            }
        }
    }
}
