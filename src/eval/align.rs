//! From the quotes of a gold file to places in the text.

use super::{Gold, GoldFact, Lines};
use crate::{
    record::{Offsets, Span},
    text::{OffsetIndex, SourceSpan},
};
use std::fmt;

/// A quote that has no place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Where it stands in the gold file: `citations[3]`, `document.date`.
    pub at: String,
    /// The quote.
    pub quote: String,
    /// The words that should stand before it, where the file says so.
    pub before: Option<String>,
    /// The line of the text from which it was looked for.
    pub from_line: usize,
    /// The line of the text, above that one, on which it does stand.
    pub only_above: Option<usize>,
}

impl fmt::Display for Unplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unplaced { at, quote, before, from_line, only_above } = self;
        write!(f, "{at}: the text does not say {quote:?}")?;
        if let Some(before) = before {
            write!(f, " just after {before:?}")?;
        }
        match only_above {
            Some(line) => write!(
                f,
                " from line {from_line} on, where the quote before it stands; it says so on line {line}: \
                 list the quotes in reading order"
            ),
            None if *from_line > 1 => write!(f, " from line {from_line} on, where the quote before it stands"),
            None => Ok(()),
        }
    }
}

/// The first place of `quote` at or after byte `start`, in bytes. White space in the quote stands for any white space of
/// the text; a quote that begins or ends in a digit is never found inside a longer number. `before` is the text just
/// before the quote, where the quote alone would be found too early.
///
/// ```
/// use trich::eval::find;
/// assert_eq!(find("5 hộ", "có 15 hộ, 5\n hộ", 0, ""), Some((13, 20)));
/// assert_eq!(find("05", "05 xã, nữ: 05", 0, "nữ:"), Some((14, 16)));
/// ```
pub fn find(quote: &str, text: &str, start: usize, before: &str) -> Option<(usize, usize)> {
    let first = before.split_whitespace().chain(quote.split_whitespace()).next()?;
    quote.split_whitespace().next()?;
    // What stands before the quote may begin above `start`, the quote itself may not.
    let mut from = if before.is_empty() { start } else { start.saturating_sub(before.len() + 64) };
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    loop {
        let at = from + text.get(from..)?.find(first)?;
        let opening = words_at(text, at, before).map(|end| if before.is_empty() { end } else { skip_space(text, end) });
        let place = opening.and_then(|open| Some((open, words_at(text, open, quote)?)));
        if let Some((open, end)) = place.filter(|place| place.0 >= start && is_whole_number(quote, text, *place)) {
            return Some((open, end));
        }
        from = at + first.chars().next().map_or(1, char::len_utf8);
    }
}

/// The end of the words at `at`, whatever the white space between them.
fn words_at(text: &str, at: usize, words: &str) -> Option<usize> {
    let mut end = at;
    for (index, word) in words.split_whitespace().enumerate() {
        let open = if index == 0 { end } else { skip_space(text, end) };
        if index > 0 && open == end {
            return None;
        }
        end = text[open..].starts_with(word).then_some(open + word.len())?;
    }
    Some(end)
}

fn skip_space(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start().len()
}

/// Whether no digit of the text goes on where the quote has its first or last.
fn is_whole_number(quote: &str, text: &str, (start, end): (usize, usize)) -> bool {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if is_digit(quote.chars().next()) {
        let mut back = text[..start].chars().rev();
        let last = back.next();
        if is_digit(last) || (matches!(last, Some('.' | ',' | '/')) && is_digit(back.next())) {
            return false;
        }
    }
    if is_digit(quote.chars().next_back()) {
        let after = &text[end..];
        if is_digit(after.strip_prefix(['.', ',', '/']).unwrap_or(after).chars().next()) {
            return false;
        }
    }
    true
}

impl Gold {
    /// Gives every quote its place in the text, and tells those that have none. A span that the file has already is kept
    /// where the text there says what the quote says.
    pub fn align(&mut self, text: &str) -> Vec<Unplaced> {
        let mut places = Places::new(text);
        let document = &mut self.document;
        let facts = [
            ("type", &mut document.kind),
            ("date", &mut document.date),
            ("place", &mut document.place),
            ("issuer", &mut document.issuer),
            ("title", &mut document.title),
        ];
        for (field, fact) in facts {
            if let Some(GoldFact { quote: Some(quote), before, span, .. }) = fact {
                places.place(&format!("document.{field}"), quote, before.as_deref(), span, 0);
            }
        }
        if let Some(number) = &mut document.number
            && let Some(quote) = &number.quote
        {
            places.place("document.number", quote, number.before.as_deref(), &mut number.span, 0);
        }
        places.row("citations", self.citations.iter_mut().map(|c| (&*c.quote, c.before.as_deref(), &mut c.span)));
        places.row("sections", self.sections.iter_mut().map(|s| (&*s.quote, s.before.as_deref(), &mut s.span)));
        places.row("findings", self.findings.iter_mut().map(|f| (&*f.quote, f.before.as_deref(), &mut f.span)));
        for (index, table) in self.tables.iter_mut().enumerate() {
            let (mut open, mut close) = (None, None);
            let at = format!("tables[{index}]");
            let start = places.place(&format!("{at}.quote_start"), &table.quote_start, None, &mut open, 0);
            places.place(&format!("{at}.quote_end"), &table.quote_end, None, &mut close, start.unwrap_or(0));
            table.span = open.zip(close).map(|(open, close)| Span { start: open.start, end: close.end });
        }
        places.unplaced
    }
}

/// The places found so far.
struct Places<'t> {
    text: &'t str,
    points: OffsetIndex<'t>,
    lines: Lines<'t>,
    unplaced: Vec<Unplaced>,
}

impl<'t> Places<'t> {
    fn new(text: &'t str) -> Self {
        let points = OffsetIndex::new(text, Offsets::Chars);
        Places { text, points, lines: Lines::new(text), unplaced: Vec::new() }
    }

    /// Places the quotes of one list. Two items never share a place, but one may begin inside the one before it.
    fn row<'g>(&mut self, list: &str, items: impl Iterator<Item = (&'g str, Option<&'g str>, &'g mut Option<Span>)>) {
        let mut from = 0;
        for (index, (quote, before, span)) in items.enumerate() {
            if let Some(start) = self.place(&format!("{list}[{index}]"), quote, before, span, from) {
                from = start + self.text[start..].chars().next().map_or(0, char::len_utf8);
            }
        }
    }

    /// Places one quote at or after byte `from`, and returns the byte where it begins.
    fn place(
        &mut self,
        at: &str,
        quote: &str,
        before: Option<&str>,
        span: &mut Option<Span>,
        from: usize,
    ) -> Option<usize> {
        if let Some(start) = span.and_then(|span| self.says(span, quote)).filter(|start| *start >= from) {
            return Some(start);
        }
        let lead = before.unwrap_or_default();
        let Some((start, end)) = find(quote, self.text, from, lead) else {
            let line = |byte: usize| self.lines.number(self.point(byte));
            let only_above = find(quote, self.text, 0, lead).filter(|_| from > 0).map(|place| line(place.0));
            let from_line = line(from);
            let (quote, before) = (quote.to_owned(), before.map(str::to_owned));
            self.unplaced.push(Unplaced { at: at.to_owned(), quote, before, from_line, only_above });
            *span = None;
            return None;
        };
        *span = Some(self.points.span(SourceSpan { start, end }));
        Some(start)
    }

    /// The byte where a span begins, if the text there says what the quote says.
    fn says(&self, span: Span, quote: &str) -> Option<usize> {
        let start = self.byte(span.start)?;
        let end = words_at(self.text, start, quote)?;
        (self.point(end) == span.end).then_some(start)
    }

    fn point(&self, byte: usize) -> usize {
        self.points.span(SourceSpan { start: byte, end: byte }).start
    }

    /// The byte at which a code point begins.
    fn byte(&self, point: usize) -> Option<usize> {
        self.lines.byte(point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "BÁO CÁO\nCăn cứ Kế hoạch số 5/KH-UBND,\n1. Có 15 hộ, 5  hộ thoát nghèo;\n2. Có 5 hộ mới.\n";

    fn gold(lists: &str) -> Gold {
        Gold::parse(&format!(
            r#"{{"text": "a.txt", "document": {{"type": {{"code": "BC", "quote": "BÁO CÁO"}}}}, {lists}}}"#
        ))
        .unwrap()
    }

    #[test]
    fn quotes_are_found_in_reading_order() {
        let finding = r#"{"quote": "5 hộ", "kind": "count", "value": 5}"#;
        let mut gold = gold(&format!(r#""findings": [{finding}, {finding}]"#));
        assert_eq!(gold.align(TEXT), []);
        let said = |span: Option<Span>| {
            let span = span.unwrap();
            TEXT.chars().skip(span.start).take(span.end - span.start).collect::<String>()
        };
        assert_eq!(said(gold.document.kind.as_ref().unwrap().span), "BÁO CÁO");
        assert_eq!(said(gold.findings[0].span), "5  hộ");
        assert_eq!(said(gold.findings[1].span), "5 hộ");
        let again = gold.clone();
        assert_eq!(gold.align(TEXT), [], "spans that are right are kept");
        assert_eq!(again.findings[1].span, gold.findings[1].span);
        gold.align(&format!("Thêm một dòng\n{TEXT}"));
        assert_eq!(
            gold.findings[1].span.unwrap().start,
            again.findings[1].span.unwrap().start + 14,
            "stale spans are mended"
        );
    }

    #[test]
    fn a_quote_without_a_place_says_why() {
        let mut gold = gold(
            r#""sections": [{"quote": "2. Có 5 hộ"}, {"quote": "1. Có 15"}, {"quote": "3. Có", "before": "mới."}],
            "tables": [{"quote_start": "BÁO", "quote_end": "TỔNG"}]"#,
        );
        let said: Vec<String> = gold.align(TEXT).iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "sections[1]: the text does not say \"1. Có 15\" from line 4 on, where the quote before it stands; it says \
                 so on line 3: list the quotes in reading order",
                "sections[2]: the text does not say \"3. Có\" just after \"mới.\" from line 4 on, where the quote before \
                 it stands",
                "tables[0].quote_end: the text does not say \"TỔNG\"",
            ]
        );
    }

    #[test]
    fn numbers_are_matched_whole() {
        for (quote, text) in [("5", "15"), ("5", "1.5"), ("5", "5.000"), ("5", "5/8"), ("12", "123")] {
            assert_eq!(find(quote, text, 0, ""), None, "{quote} in {text}");
        }
        assert_eq!(find("5", "là 5.", 0, ""), Some((4, 5)));
        assert_eq!(find("", "a", 0, ""), None);
        assert_eq!(find("", "a", 0, "a"), None);
        assert_eq!(find("a b", "ab", 0, ""), None);
    }

    #[test]
    fn the_words_before_may_stand_above_the_start() {
        let text = "nữ: 05 và 05";
        assert_eq!(find("05", text, 5, "nữ:"), Some((6, 8)));
        assert_eq!(find("05", text, 7, "nữ:"), None);
    }
}
