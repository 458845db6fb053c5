//! What a quantity is of: the words before it, or behind a percentage.

use super::{FoundFinding, Scope, before, unit, window};
use crate::{
    record::FindingKind,
    rules::NounPart,
    text::{Span, letter},
};

/// How far back a label is looked for.
const REACH: usize = 160;
/// The most characters of a category.
const MOST_CHARS: usize = 120;
/// The most words of a label.
const MOST_WORDS: usize = 14;

/// Words as a value: one space between them, no emphasis and no marks at the ends.
pub(super) fn clean(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        let word = word.trim_matches(|c: char| matches!(c, '*' | '_' | '"'));
        if !word.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

/// The clause before a place: from the mark that opens it.
pub(super) fn clause(scope: &Scope<'_>, start: usize) -> Span {
    let text = scope.text;
    let near = window(text, scope.from, start, REACH);
    let opens = |c: char| matches!(c, ',' | ';' | ':' | '(' | '.' | '"');
    let head = near.of(text);
    // A dot between digits sets thousands apart; a line end that no blank line follows only wraps.
    let from = head
        .char_indices()
        .rev()
        .find(|(i, c)| {
            (opens(*c) && !head[i + 1..].starts_with(|c: char| c.is_ascii_digit())) || starts_item(&head[*i..])
        })
        .map_or(near.start, |(i, c)| near.start + i + c.len_utf8());
    Span::new(from, start)
}

/// Whether a line end opens something new: a blank line, a list item, a line in capitals.
fn starts_item(rest: &str) -> bool {
    rest.strip_prefix('\n').is_some_and(|next| {
        let next = next.trim_start_matches([' ', '\t', '*', '_', '#']);
        !next.starts_with(|c: char| letter::is_lowercase(c) || c.is_ascii_digit() || c == '(') && !next.is_empty()
    })
}

/// The words before a place without list marks and the words that only lead to the number; with the colon before it,
/// what stands before the colon.
pub(super) fn leading(scope: &Scope<'_>, start: usize) -> Option<String> {
    let text = scope.text;
    let end = before(text, start);
    let at = match text[..end].strip_suffix(':') {
        Some(head) => before(text, head.len()),
        None => end,
    };
    let span = clause(scope, at.max(scope.from));
    let mut end = before(text, span.end).max(span.start);
    while let Some(link) = scope.tables.noun_ending_at(NounPart::Link, text, end).filter(|link| *link >= span.start) {
        end = before(text, link).max(span.start);
    }
    let words = text[span.start..end]
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '+' | '*' | '_' | '#' | '•'));
    let label = clean(unmarked(words));
    // The last words, where there are many.
    let from = label.rmatch_indices(' ').nth(MOST_WORDS - 1).map_or(0, |(at, _)| at + 1);
    let label = if from > 0 { label[from..].to_owned() } else { label };
    label.contains(letter::is_alphabetic).then_some(label)
}

/// Words without the marker of a list item before them: `a) `, `4- `.
fn unmarked(words: &str) -> &str {
    let marker = words
        .find(|c: char| !letter::is_alphanumeric(c))
        .filter(|end| *end <= 3 && words[*end..].starts_with([')', '-', '.']));
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
pub(super) fn inherited(scope: &Scope<'_>, start: usize, last: Option<&FoundFinding<'_>>) -> Option<String> {
    let last = last.filter(|last| start >= last.span.end && start - last.span.end <= REACH)?;
    let between = &scope.text[last.span.end..start];
    let parted = between.contains([';', '\n']) || between.contains(". ");
    if parted {
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
