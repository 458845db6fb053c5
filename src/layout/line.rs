//! Lines: where each begins and ends without indent and markup, and its cells where columns stand side by side.

use crate::text::Span;
use memchr::{memchr_iter, memchr3_iter, memmem};
use std::iter::Peekable;

/// One line of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// All of it, without the line end.
    pub full: Span,
    /// What it says: without indent, heading marks (`##`), emphasis (`**`) and trailing space.
    pub span: Span,
    /// The columns (code points) before what it says.
    pub indent: usize,
    /// How many blank lines stand before it.
    pub blanks_before: u32,
    /// How many `#` open it (Markdown), 255 for more.
    pub heading: u8,
    /// Whether something in it may set columns apart: a tab, four spaces, or a mark of a table's cells.
    pub(super) is_apart: bool,
}

impl Line {
    /// What the line says.
    #[inline]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        self.span.of(text)
    }
}

/// A stretch of a line that stands apart from the rest of it, as in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What it says.
    pub span: Span,
    /// The column (code points) at which it begins.
    pub column: usize,
}

/// About how many bytes a line has.
const MEAN_LENGTH: usize = 80;

/// The lines that say something; blank ones are only counted.
pub fn lines(text: &str) -> Vec<Line> {
    let bytes = text.as_bytes();
    let mut lines: Vec<Line> = Vec::with_capacity(text.len() / MEAN_LENGTH);
    let mut cells = memchr3_iter(b'\t', b'|', b'<', bytes).peekable();
    let mut gaps = memmem::find_iter(bytes, b"    ").peekable();
    let (mut at, mut blanks) = (0, 0u32);
    for end in memchr_iter(b'\n', bytes).chain([text.len()]) {
        let full = Span::new(at, end);
        at = end + 1;
        let told = match bare(&bytes[full.start..full.end]) {
            Some(blanks) => Some((Span::new(full.start + blanks, full.end), 0)),
            None => content(text, full),
        };
        match told {
            None => blanks = blanks.saturating_add(1),
            Some((span, heading)) => {
                let indent = text[full.start..span.start].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
                // `Điều` alone above `1. …`, as narrow cells break it.
                let article = lines.last_mut().filter(|above| is_torn_article(above.text(text), &text[span.start..]));
                if let Some(above) = article.filter(|_| blanks == 0) {
                    (above.full.end, above.span.end) = (full.end, span.end);
                    continue;
                }
                let is_apart = comes_in(&mut cells, span) | comes_in(&mut gaps, span);
                lines.push(Line { full, span, indent, blanks_before: blanks, heading, is_apart });
                blanks = 0;
            }
        }
    }
    lines
}

/// Whether a line ends with the word of an article whose number opens the next.
fn is_torn_article(line: &str, next: &str) -> bool {
    (line == "Điều" || line.ends_with(" Điều")) && {
        let digits = next.bytes().take_while(u8::is_ascii_digit).count();
        (1..=3).contains(&digits) && next[digits..].starts_with(['.', ':'])
    }
}

/// Whether the next of some places, which come in order, lies in a span; those before it are passed over.
fn comes_in(places: &mut Peekable<impl Iterator<Item = usize>>, span: Span) -> bool {
    while places.next_if(|at| *at < span.start).is_some() {}
    places.peek().is_some_and(|at| *at < span.end)
}

/// How many blanks stand before a line of which nothing else is to be taken off, told by its first and last byte: most are
/// such lines.
fn bare(line: &[u8]) -> Option<usize> {
    let blanks = line.iter().position(|byte| !matches!(byte, b' ' | b'\t'))?;
    let line = &line[blanks..];
    // The letters of Vietnamese; none of the blanks of Unicode begins so.
    let (begins, opens) = match *line {
        [0xc3..=0xc6, ..] | [0xe1, 0xba | 0xbb, ..] => (true, true),
        [first, ..] => {
            (first.is_ascii_alphanumeric(), first.is_ascii_graphic() && !matches!(first, b'#' | b'*' | b'>'))
        }
        [] => return None,
    };
    let (ends, closes) = match *line {
        [.., 0xc3..=0xc6, 0x80..=0xff] | [.., 0xe1, 0xba | 0xbb, 0x80..=0xff] => (true, true),
        [.., last] => (
            last.is_ascii_alphanumeric() || matches!(last, b'.' | b',' | b';'),
            last.is_ascii_graphic() && !matches!(last, b'#' | b'*' | b'|'),
        ),
        [] => return None,
    };
    // What has a letter at one end draws no rule.
    (begins && closes || opens && ends).then_some(blanks)
}

/// A line without its markup: the span of what it says and the number of `#` before it; `None` if that is nothing.
pub(super) fn content(text: &str, full: Span) -> Option<(Span, u8)> {
    let inner = full.trim(text);
    let trimmed = inner.of(text);
    let first = *trimmed.as_bytes().first()?;
    let Span { mut start, mut end } = inner;
    // Markup is written in marks: most lines open with a letter and close with one or a stop.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80 || matches!(byte, b'.' | b',' | b';');
    if plain(first) && plain(text.as_bytes()[end - 1]) {
        return Some((Span::new(start, end), 0));
    }
    if is_rule(trimmed) {
        return None;
    }
    let mut heading = 0;
    let mark = |c: char| matches!(c, '#' | '*' | '_' | '>') || c == ' ';
    // A single `*` before a space is a bullet, and stays.
    let opens = trimmed.starts_with('#')
        || trimmed.starts_with("**")
        || (trimmed.starts_with('*') && trimmed[1..].contains('*') && !trimmed.starts_with("* "));
    if opens || trimmed.starts_with("> ") {
        let inner = trimmed.trim_start_matches(mark);
        let marks = trimmed[..trimmed.len() - inner.len()].matches('#').count();
        heading = u8::try_from(marks).unwrap_or(u8::MAX);
        start += trimmed.len() - inner.len();
    }
    let inner = &text[start..end];
    let bare = inner.trim_end_matches([' ', '#']);
    let bare = if bare.ends_with('*') { bare.trim_end_matches("**").trim_end() } else { bare.trim_end() };
    let bare = if opens { bare.trim_end_matches(['*', '_', ' ']) } else { bare };
    // The bar that closes the one cell of its line.
    let bare = bare.strip_suffix('|').filter(|cell| !cell.contains('|')).map_or(bare, str::trim_end);
    end = start + bare.len();
    (start < end).then(|| (Span::new(start, end), heading))
}

/// A line that only draws a rule or an empty cell: `-----`, `***`, `____`, `|`.
fn is_rule(line: &str) -> bool {
    let drawn = line.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | ' ' | '|' | ':'));
    drawn
        && (line.len() >= 3 && !line.contains("- -") && !line.contains("|-") && !line.contains("-|")
            || line.chars().all(|c| matches!(c, '|' | ' ')))
}

/// The one piece of a line in which nothing can stand apart.
pub(super) fn only_piece(text: &str, line: &Line) -> Option<Piece> {
    let inside = line.span.of(text);
    let whole = !line.is_apart && !inside.starts_with(' ') && !inside.ends_with(' ');
    whole.then_some(Piece { span: line.span, column: line.indent })
}

/// The pieces of a line: four spaces or a tab set them apart. Scraped pages leave runs of three inside a phrase.
pub fn pieces(text: &str, line: &Line) -> Vec<Piece> {
    if let Some(only) = only_piece(text, line) {
        return vec![only];
    }
    let inside = line.span.of(text);
    let mut pieces = Vec::new();
    let mut start = None;
    let (mut spaces, mut column, mut start_column, mut last_end) = (0, line.indent, 0, 0);
    for (i, c) in inside.char_indices() {
        if c == ' ' || c == '\t' {
            spaces += if c == '\t' { 4 } else { 1 };
        } else {
            if start.is_some() && spaces >= 4 {
                pieces.push((start.unwrap_or(0), last_end, start_column));
                start = None;
            }
            if start.is_none() {
                start = Some(i);
                start_column = column;
            }
            spaces = 0;
            last_end = i + c.len_utf8();
        }
        column += if c == '\t' { 4 } else { 1 };
    }
    if let Some(from) = start {
        pieces.push((from, last_end, start_column));
    }
    let at = line.span.start;
    pieces.into_iter().map(|(s, e, column)| Piece { span: Span::new(at + s, at + e), column }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> Vec<&str> {
        lines(text).iter().map(|line| line.span.of(text)).collect()
    }

    #[test]
    fn strips_indent_and_markup() {
        assert_eq!(
            said("\n  a b \n\n#### **I. Công tác**\n***Nơi nhận:***\n---\n* bullet\n"),
            ["a b", "I. Công tác", "Nơi nhận:", "* bullet"]
        );
        assert_eq!(said("- *Việc phân cấp:* Thực hiện"), ["- *Việc phân cấp:* Thực hiện"]);
    }

    #[test]
    fn nothing_stands_apart_on_a_line_that_does_not_look_so() {
        for before in 0..6 {
            for gap in 0..7 {
                let text = format!("{}{}b c", "a".repeat(before + 1), " ".repeat(gap));
                let line = lines(&text)[0];
                assert!(line.is_apart || gap < 4, "{text}");
                assert_eq!(pieces(&text, &line), pieces(&text, &Line { is_apart: true, ..line }), "{text}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_told_by_the_ends_is_told_by_the_whole_line(line in "[ \t]{0,2}[-#*>_|=a.;:ạĐ1)\u{a0}]{0,8} {0,2}") {
            if let Some(blanks) = bare(line.as_bytes()) {
                let full = Span::new(0, line.len());
                prop_assert_eq!(content(&line, full), Some((Span::new(blanks, line.len()), 0)));
            }
        }
    }

    #[test]
    fn marks_at_the_ends_alone_are_taken_off() {
        assert_eq!(said("## Báo cáo ##\nĐiều 1 **\n**a.**\nTháng 5 #"), ["Báo cáo", "Điều 1", "a.", "Tháng 5"]);
        assert_eq!(said("Đ\n\u{a0}b;\u{a0}\n…\n12"), ["Đ", "b;", "…", "12"]);
    }

    #[test]
    fn counts_blank_lines_and_heading_marks() {
        let found = lines("a\n\n\n## b");
        assert_eq!((found[0].blanks_before, found[1].blanks_before, found[1].heading), (0, 2, 2));
    }

    #[test]
    fn sets_columns_apart() {
        let text = "   Số: 150/QĐ-UBND              Sa Đéc, ngày 31";
        let line = lines(text)[0];
        let found = pieces(text, &line);
        assert_eq!(found.iter().map(|p| p.span.of(text)).collect::<Vec<_>>(), ["Số: 150/QĐ-UBND", "Sa Đéc, ngày 31"]);
        assert_eq!(found[0].column, 3);
        assert_eq!(found[1].column, 32);
    }
}
