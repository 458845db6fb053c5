//! Tables: runs of lines with tabs or pipes, cell by cell.

use super::{Reading, plain::is_plain};
use crate::{
    grammar::number,
    layout::{Line, Zone},
    rules::{Cue, Lexicon},
    text::Span,
};
use memchr::memchr2;
use rust_decimal::Decimal;

/// A table as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundTable {
    /// Its rows.
    pub rows: Vec<Vec<FoundCell>>,
    /// The scale stated above it.
    pub scale: Option<String>,
    /// All of it.
    pub span: Span,
}

/// A cell as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCell {
    /// Its text, markup removed.
    pub text: String,
    /// Its number.
    pub value: Option<Decimal>,
    /// Where it stands.
    pub span: Span,
}

/// What sets the cells of a line apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ruling {
    /// A tab.
    Tabs,
    /// A pipe, as in Markdown.
    Pipes,
}

/// All tables, in reading order.
pub fn tables(reading: &Reading<'_>) -> Vec<FoundTable> {
    let lines = &reading.layout.lines;
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let Some(ruling) = ruling(reading, at) else {
            at += 1;
            continue;
        };
        let mut end = at + 1;
        while end < lines.len() && lines[end].blanks_before == 0 && self::ruling(reading, end) == Some(ruling) {
            end += 1;
        }
        if let Some(table) = table(reading, at, end, ruling) {
            found.push(table);
        }
        at = end;
    }
    found
}

/// How a line is ruled, if it can be a row.
fn ruling(reading: &Reading<'_>, index: usize) -> Option<Ruling> {
    if !matches!(reading.layout.zones[index], Zone::Body | Zone::Grounds | Zone::Table) {
        return None;
    }
    let line = reading.layout.lines[index].full.of(reading.text);
    memchr2(b'\t', b'|', line.as_bytes())?;
    let trimmed = line.trim();
    if trimmed.starts_with('|') && trimmed.len() > 1 {
        return Some(Ruling::Pipes);
    }
    // An indent is no column: a tab counts behind what the line says.
    trimmed.contains('\t').then_some(Ruling::Tabs)
}

/// The table of the lines from `from` up to `to`, if they are one.
fn table(reading: &Reading<'_>, from: usize, to: usize, ruling: Ruling) -> Option<FoundTable> {
    let lines = &reading.layout.lines[from..to];
    let span = Span::new(lines.first()?.full.start, lines.last()?.full.end);
    let mut rows: Vec<Vec<FoundCell>> = Vec::with_capacity(lines.len());
    for line in lines {
        let width = rows.last().map_or(0, Vec::len);
        rows.extend(row(reading.text, line, ruling, width).filter(|row| !row.is_empty()));
    }
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let numeric = rows.iter().flatten().filter(|cell| cell.value.is_some()).count();
    let enough = match ruling {
        Ruling::Pipes => rows.len() >= 2 && columns >= 2,
        // Two columns without numbers are a letterhead, a signature block, a list with tabs behind its marks.
        Ruling::Tabs => rows.len() >= 2 && (columns >= 3 || (columns == 2 && numeric >= 2)),
    };
    let tables = reading.rules.tables();
    let frames = [Cue::Nation, Cue::Recipients].map(|cue| tables.cues.get(&cue));
    let frame = |cell: &FoundCell| {
        let first = Span::new(cell.span.start, cell.span.start + 1);
        let opens = |words: &Lexicon<usize>| words.first_in(reading.text, first).is_some();
        frames.into_iter().flatten().any(opens)
    };
    if !enough || rows.iter().flatten().any(|cell| cell.span.start < cell.span.end && frame(cell)) {
        return None;
    }
    Some(FoundTable { scale: scale(reading, from), rows, span })
}

/// The cells of a line, `width` or so; `None` for a separator (`|---|---|`).
fn row(text: &str, line: &Line, ruling: Ruling, width: usize) -> Option<Vec<FoundCell>> {
    let mut span = line.full.trim(text);
    let mark = match ruling {
        Ruling::Tabs => '\t',
        Ruling::Pipes => {
            let inside = span.of(text);
            if inside.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t')) && inside.contains('-') {
                return None;
            }
            span.start += 1;
            if inside.len() > 1 && inside.ends_with('|') && !inside.ends_with("\\|") {
                span.end -= 1;
            }
            '|'
        }
    };
    let mut cells = Vec::with_capacity(width);
    let mut start = span.start;
    for (step, _) in span.of(text).match_indices(mark) {
        let end = span.start + step;
        // `\|` is a pipe of the text.
        if mark == '|' && text[..end].ends_with('\\') {
            continue;
        }
        cells.push(cell(text, Span::new(start, end)));
        start = end + mark.len_utf8();
    }
    cells.push(cell(text, Span::new(start, span.end)));
    Some(cells)
}

/// One cell, emphasis removed.
fn cell(text: &str, span: Span) -> FoundCell {
    let raw = span.of(text);
    let bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b',' | b'-' | b'%');
    if raw.bytes().all(bare) {
        return FoundCell { text: raw.to_owned(), value: value(raw), span };
    }
    let span = span.trim(text);
    let raw = span.of(text);
    // Blanks may stand inside the emphasis.
    let bare = raw.trim_start_matches(['*', '_']).trim_start();
    let start = span.start + raw.len() - bare.len();
    let bare = bare.trim_end_matches(['*', '_']).trim_end();
    let words = if is_plain(bare, |byte| byte == b'<') {
        bare.to_owned()
    } else {
        let words = bare.replace("<br>", " ").replace("<br/>", " ");
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    FoundCell { text: words, value: value(bare), span: Span::new(start, start + bare.len()) }
}

/// The number of a cell that holds nothing else, but for a percent sign; a negative one stands behind a minus or in
/// brackets.
fn value(text: &str) -> Option<Decimal> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '(')) {
        return None;
    }
    let number = |digits: &str| {
        let read = number::number(digits, 0).filter(|number| number.end == digits.len())?;
        Some(read.value)
    };
    if text.starts_with(|c: char| c.is_ascii_digit())
        && let Some(value) = number(text)
    {
        return Some(value);
    }
    let inner = text.strip_suffix('%').unwrap_or(text).trim_end();
    let bracketed = inner.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    let (digits, negative) = match (bracketed, inner.strip_prefix('-')) {
        (Some(digits), _) => (digits, true),
        (_, Some(digits)) => (digits.trim_start(), true),
        _ => (inner, false),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value = number(digits)?;
    Some(if negative { -value } else { value })
}

/// The scale that the line above the table states for all of it: `ĐVT: triệu đồng`.
fn scale(reading: &Reading<'_>, first: usize) -> Option<String> {
    for line in reading.layout.lines[..first].iter().rev().take(2) {
        let said = line.text(reading.text).trim_matches(|c: char| matches!(c, '(' | ')' | '*' | '_' | ' '));
        let Some((head, unit)) = said.rsplit_once(':') else { continue };
        let head = crate::text::skeleton(head);
        if ["dvt", "don vi tinh", "don vi"].iter().any(|cue| head == *cue || head.ends_with(&format!(" {cue}"))) {
            let unit = unit.trim().trim_end_matches('.');
            return (!unit.is_empty() && unit.len() <= 60).then(|| unit.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout::Layout, rules::Rules};

    fn read(text: &str) -> Vec<FoundTable> {
        let rules = Rules::builtin();
        let layout = Layout::new(text, rules);
        tables(&Reading { text, layout: &layout, rules })
    }

    fn values(table: &FoundTable) -> Vec<Option<String>> {
        table.rows.iter().flatten().map(|cell| cell.value.map(|v| v.to_string())).collect()
    }

    #[test]
    fn reads_a_table_with_tabs_and_the_scale_above_it() {
        let text =
            "Kết quả thu như sau:\n(ĐVT: triệu đồng)\nSTT\tNội dung\tSố tiền\n1\tPhí\t1.250,5\n2\tLệ phí\t-30\nHết.";
        let found = read(text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].scale.as_deref(), Some("triệu đồng"));
        assert_eq!(found[0].rows.len(), 3);
        assert_eq!(values(&found[0])[3..6], [Some("1".to_owned()), None, Some("1250.5".to_owned())]);
        assert_eq!(found[0].rows[2][2].value, Some(Decimal::from(-30)));
        assert!(found[0].span.of(text).ends_with("-30"));
    }

    #[test]
    fn reads_a_markdown_table_without_its_separator() {
        let found = read("Bảng:\n\n| Thôn | Số hộ |\n|---|---:|\n| **Đông** | 120 |\n| Tây | 95% |\n");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].rows.len(), 3);
        assert_eq!(found[0].rows[1][0].text, "Đông");
        assert_eq!(values(&found[0])[3], Some("120".to_owned()));
        assert_eq!(values(&found[0])[5], Some("95".to_owned()));
    }

    #[test]
    fn a_cell_stands_where_its_words_do() {
        let text = "_ ộ\t1\t2\n** a **\t3\t4\n";
        let found = read(text);
        let cells: Vec<(&str, &str)> =
            found[0].rows.iter().flatten().map(|cell| (cell.text.as_str(), cell.span.of(text))).collect();
        assert_eq!(cells, [("ộ", "ộ"), ("1", "1"), ("2", "2"), ("a", "a"), ("3", "3"), ("4", "4")]);
    }

    #[test]
    fn leaves_a_letterhead_and_a_list_with_tabs() {
        let letterhead = "UBND XÃ A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12/BC-UBND\tĐộc lập - Tự do - Hạnh phúc\n";
        assert!(read(letterhead).is_empty());
        assert!(read("-\tMột việc\n-\tHai việc\n").is_empty());
        assert!(read("\tĐoạn thứ nhất.\n\tĐoạn thứ hai.\n").is_empty());
    }
}
