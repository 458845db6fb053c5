//! What a quantity is of: the words before it, or behind a percentage.

use super::{FoundFinding, Scope, before, unit, window};
use crate::{
    recognise::plain::is_plain,
    record::FindingKind,
    rules::{List, NounPart},
    text::{Span, letter},
};
use memchr::{memchr_iter, memchr3, memrchr_iter};

/// How far back a label is looked for.
const REACH: usize = 160;
/// The most characters of a category.
const MOST_CHARS: usize = 120;
/// The most words of a label.
const MOST_WORDS: usize = 14;

/// Words as a value: one space between them, no emphasis and no marks at the ends.
pub(super) fn clean(words: &str) -> String {
    if is_clean(words) {
        return words.to_owned();
    }
    let mut out = String::with_capacity(words.len());
    let add = |out: &mut String, words: &str| {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(words);
    };
    for line in words.split('\n') {
        let line = line.trim_matches(' ');
        if is_clean(line) {
            add(&mut out, line);
            continue;
        }
        for word in line.split_whitespace() {
            let word = word.trim_matches(|c: char| matches!(c, '*' | '_' | '"'));
            if !word.is_empty() {
                add(&mut out, word);
            }
        }
    }
    out
}

fn is_clean(words: &str) -> bool {
    is_plain(words, |byte| matches!(byte, b'*' | b'_' | b'"'))
}

/// Words as a value; the last of them, where there are many.
fn clean_end(words: &str) -> String {
    let last = |words: &str| {
        let spaces = memchr_iter(b' ', words.as_bytes()).count();
        let cut = (spaces >= MOST_WORDS).then(|| memrchr_iter(b' ', words.as_bytes()).nth(MOST_WORDS - 1)).flatten();
        cut.map_or(0, |space| space + 1)
    };
    if is_clean(words) {
        return words[last(words)..].to_owned();
    }
    let mut label = clean(words);
    label.drain(..last(&label));
    label
}

/// The clause before a place: from the mark that opens it.
pub(super) fn clause(scope: &Scope<'_>, start: usize) -> Span {
    let text = scope.text;
    let near = window(text, scope.from, start, REACH);
    let head = near.of(text).as_bytes();
    // A dot between digits sets thousands apart; a line end that no blank line follows only wraps.
    let opens = |i: usize| match head[i] {
        b',' | b';' | b':' | b'(' | b'.' | b'"' => !head.get(i + 1).is_some_and(u8::is_ascii_digit),
        b'\n' => starts_item(&text[near.start + i + 1..near.end]),
        _ => false,
    };
    // Marks are few: a row of bytes without any is passed over as one.
    const ROW: usize = 16;
    let is_mark = |byte: u8| {
        (byte == b',')
            | (byte == b';')
            | (byte == b':')
            | (byte == b'(')
            | (byte == b'.')
            | (byte == b'"')
            | (byte == b'\n')
    };
    let (first, rows) = head.as_rchunks::<ROW>();
    let marked =
        rows.iter().enumerate().rev().filter(|(_, row)| row.iter().fold(false, |any, byte| any | is_mark(*byte)));
    let in_rows = marked.map(|(n, _)| first.len() + n * ROW).find_map(|row| (row..row + ROW).rfind(|i| opens(*i)));
    let mark = in_rows.or_else(|| (0..first.len()).rfind(|i| opens(*i)));
    let from = mark.map_or(near.start, |mark| near.start + mark + 1);
    Span::new(from, start)
}

/// Whether what stands behind a line end is something new: a blank line, a list item, a line in capitals.
fn starts_item(next: &str) -> bool {
    let next = next.trim_start_matches([' ', '\t', '*', '_', '#']);
    !next.starts_with(|c: char| letter::is_lowercase(c) || c.is_ascii_digit() || c == '(') && !next.is_empty()
}

/// The words before a place without list marks and the words that only lead to the number; with the colon before it,
/// what stands before the colon.
pub(super) fn leading(scope: &Scope<'_>, start: usize) -> Option<String> {
    let text = scope.text;
    let end = before(text, start);
    // `Giảm thu: -500.000 đồng`: the sign of the number.
    let unsigned = text[..end].strip_suffix(['-', '–']).map(str::trim_end).filter(|rest| rest.ends_with(':'));
    let end = unsigned.map_or(end, str::len);
    let at = if text[..end].ends_with(':') { before(text, end - 1) } else { end };
    let span = clause(scope, at.max(scope.from));
    let mut end = before(text, span.end).max(span.start);
    let link_before = |end: usize| {
        let closing = scope.closing(end);
        let link = closing.has(List::Link).then(|| scope.tables.noun_ending_at(NounPart::Link, text, end)).flatten()?;
        // `ngân sách cấp trên`: no bound, and no link.
        (!matches!(scope.bound_before(end), Some((_, None)))).then_some(link)
    };
    while let Some(link) = link_before(end).filter(|link| *link >= span.start) {
        end = before(text, link).max(span.start);
    }
    let words = text[span.start..end]
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '*' | '_' | '#' | '•'));
    // Figures alone, as in `12% 13%`, name nothing.
    if !words.bytes().any(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii()) {
        return None;
    }
    // `dân số (năm 2016) là …`: what stands in brackets parts the label from nothing.
    let opened = span.start.checked_sub(1).filter(|at| text.as_bytes()[*at] == b'(' && *at > scope.from);
    let label = match (opened, words.find(')')) {
        (Some(at), Some(close)) => {
            let named = clause(scope, at).of(text).trim_start_matches(|c: char| !letter::is_alphanumeric(c));
            clean_end(format!("{} {}", unmarked(named).trim(), words[close + 1..].trim()).trim())
        }
        _ => clean_end(unmarked(words)),
    };
    label.contains(letter::is_alphabetic).then_some(label)
}

/// Whether nothing but a joining word stands between two quantities: `22 xã và 3 thị trấn`, `1.286 tiêu chí/92 xã`. They
/// share their label then.
pub(super) fn are_joined(between: &str) -> bool {
    matches!(between.trim(), "và" | "với" | "cùng" | "/")
}

/// Words without the marker of a list item before them: `a) `, `4- `; `TM-DV` is none.
fn unmarked(words: &str) -> &str {
    let word = |end: usize| {
        words[..end].starts_with(letter::is_alphabetic) && words[end + 1..].starts_with(letter::is_alphabetic)
    };
    let marker = words
        .find(|c: char| !letter::is_alphanumeric(c))
        .filter(|end| *end <= 3 && words[*end..].starts_with([')', '-', '.']))
        .filter(|end| !(words[*end..].starts_with('-') && word(*end)));
    marker.map_or(words, |end| words[end + 1..].trim_start())
}

/// The label of a quantity of which `kind` is known.
pub(super) fn label(scope: &Scope<'_>, kind: FindingKind, start: usize, end: usize) -> Option<String> {
    if kind == FindingKind::Percent
        && let Some(at) = unit::gap(scope.text, end)
    {
        let subject = unit::phrase_end(scope, end);
        if subject > at {
            return Some(clean(&scope.text[at..subject]));
        }
    }
    leading(scope, start)
}

/// The label of the quantity before, or what it counts, where the same sentence goes on.
pub(super) fn inherited(scope: &Scope<'_>, start: usize, last: Option<&FoundFinding>) -> Option<String> {
    let last = last.filter(|last| start >= last.span.end && start - last.span.end <= REACH)?;
    let between = &scope.text[last.span.end..start];
    let mark = memchr3(b';', b'\n', b'.', between.as_bytes());
    let parted = |at: usize| between[at..].contains([';', '\n']) || between[at..].contains(". ");
    if mark.is_some_and(parted) {
        return None;
    }
    last.label.clone().or_else(|| last.unit.clone().filter(|unit| unit != "%"))
}

/// The name of the office or field that a number stands for: `Tư pháp - Hộ tịch` in `01 Tư pháp - Hộ tịch`.
pub(super) fn category(text: &str, at: usize) -> Option<String> {
    let rest = text[at..].char_indices().take(MOST_CHARS).last().map_or("", |(i, c)| &text[at..at + i + c.len_utf8()]);
    let stop = rest.find([',', ';', '.', '(', ')', ':', '\n']).unwrap_or(rest.len());
    let words = clean(rest[..stop].trim());
    (!words.is_empty()).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_clause_begins_at_the_last_mark_near(text in "([a1,.\nAộ (]|ộ{60}){0,20}") {
            let tables = Rules::builtin().tables();
            let scope = Scope { text: &text, from: 0, tables, closing: Default::default(), bound: Default::default() };
            let near = window(&text, 0, text.len(), REACH);
            let head = near.of(&text);
            let opens = |(at, c): &(usize, char)| match c {
                ',' | '.' | '(' => !head[at + 1..].starts_with(|c: char| c.is_ascii_digit()),
                '\n' => starts_item(&head[at + 1..]),
                _ => false,
            };
            let mark = head.char_indices().rev().find(opens);
            let from = mark.map_or(near.start, |(at, _)| near.start + at + 1);
            prop_assert_eq!(clause(&scope, text.len()), Span::new(from, text.len()));
        }
    }
}
