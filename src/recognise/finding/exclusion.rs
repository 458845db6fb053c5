//! What a number is not: a date, a name, an ordinal, a reference, a code.

use super::{Refusal, Scope, before, quantity::Part};
use crate::{
    grammar::number::{Form, Number},
    rules::{Bar, List},
    text::{Span, letter},
};
use memchr::memchr;

/// How firmly what stands before a number makes it no finding, and what that is; `None` if nothing does.
pub(super) fn bar(scope: &Scope<'_>, start: usize, part: &Part) -> Option<(Bar, Refusal)> {
    let text = scope.text;
    if glued(text, start) || is_denominator(text, start, part) {
        return Some((Bar::Code, Refusal::Glued));
    }
    if marks_line(scope, start, part) {
        return Some((Bar::Code, Refusal::MarksLine));
    }
    if is_code(&part.number) {
        return Some((Bar::Code, Refusal::Padded));
    }
    let end = before(text, start);
    let bytes = text.as_bytes();
    if end <= scope.from || bytes[end..start].iter().filter(|b| **b == b'\n').count() > 1 {
        return None;
    }
    let (word_end, colon) = if bytes[end - 1] == b':' { (before(text, end - 1), true) } else { (end, false) };
    let (word_end, dash) = match bytes[..word_end].last() {
        Some(b'-') if !colon && !opens_line(text, word_end - 1) => (before(text, word_end - 1), true),
        _ => (word_end, false),
    };
    let known = scope.closing(word_end).has(List::BarredBefore);
    let barred = known.then(|| scope.tables.barred_before.ending_at(text, word_end)).flatten();
    let Some((word_start, bar)) = barred else {
        return follows_symbol(scope, word_end).map(|word| (Bar::Code, Refusal::TypeSymbol(word)));
    };
    let bar = match bar {
        // Things that have names are few: a number with thousands set apart or decimals counts.
        Bar::UnlessCounted if part.number.form != Form::Plain => None,
        Bar::Never => None,
        // `Trong năm: 12 vụ`, `các nội dung: 3 lớp`: a colon ends the name.
        Bar::UnlessCounted | Bar::Date | Bar::Season if colon => None,
        Bar::Date | Bar::Season => dated(part).then_some(bar),
        // `Covid - 19` is a name; `thôn - 5 hộ` is not.
        Bar::UnlessCounted if dash => None,
        other => Some(other),
    };
    bar.map(|bar| (bar, Refusal::Before(Span::new(word_start, word_end), bar)))
}

/// The abbreviation of a kind of document that stands before: `QĐ 144`.
fn follows_symbol(scope: &Scope<'_>, end: usize) -> Option<Span> {
    // Most words end in a small letter.
    if !scope.text[..end].ends_with(letter::is_uppercase) {
        return None;
    }
    let near = super::window(scope.text, scope.from, end, 16).of(scope.text);
    let word = near.rsplit(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
    let known =
        word.len() > 1 && word.chars().all(letter::is_uppercase) && scope.tables.type_symbols.contains_key(word);
    known.then(|| Span::new(end - word.len(), end))
}

/// Whether a number can be a day, a month or a year.
fn dated(part: &Part) -> bool {
    part.of.is_some() || (part.number.form == Form::Plain && (part.number.lead <= 2 || is_year(&part.number)))
}

/// Whether a number looks like a year of our time.
pub(super) fn is_year(number: &Number) -> bool {
    number.form == Form::Plain && number.lead == 4 && number.value >= 1900.into() && number.value <= 2100.into()
}

/// Digits too many, or with a zero before them, count nothing.
fn is_code(number: &Number) -> bool {
    number.form == Form::Plain && (number.padded && number.lead > 3)
}

/// Whether a letter or mark touches the number from before: `K2`, `Covid-19`, `ĐT.643`, `+07`, `QĐ/12`.
fn glued(text: &str, start: usize) -> bool {
    if text[..start].ends_with(' ') {
        return false;
    }
    let mut chars = text[..start].chars().rev();
    let Some(last) = chars.next() else { return false };
    let earlier = chars.next();
    let upper = |c: Option<char>| c.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
    match last {
        c if letter::is_alphanumeric(c) => true,
        '-' => earlier.is_some_and(letter::is_alphanumeric),
        '.' | '/' | ',' => upper(earlier),
        '+' | ':' => {
            earlier.is_some_and(|c| !matches!(c, '\n')) && upper(earlier)
                || (last == '+' && earlier != Some('\n') && earlier.is_some())
        }
        '#' | '$' => true,
        _ => false,
    }
}

/// Whether the number is the one that a price or a rate is for: `50 nghìn đồng/1 hội viên`.
fn is_denominator(text: &str, start: usize, part: &Part) -> bool {
    let before = text[..start].trim_end_matches(' ').strip_suffix('/').map(|rest| rest.trim_end_matches(' '));
    before.is_some_and(|rest| rest.ends_with(letter::is_lowercase))
        && part.of.is_none()
        && part.number.value == 1.into()
}

/// Whether only blanks and list marks stand before a place on its line.
fn opens_line(text: &str, at: usize) -> bool {
    /// A line whose blanks are more is taken to open here.
    const MOST: usize = 40;
    let bytes = text.as_bytes();
    let mut start = at;
    for _ in 0..MOST {
        let Some(step) = start.checked_sub(1) else { return true };
        match bytes[step] {
            b'\n' => return true,
            b' ' | b'\t'..=b'\r' | b'#' | b'*' | b'_' | b'>' | b'|' => start = step,
            0x80.. => match text[..start].chars().next_back() {
                Some(c) if c.is_whitespace() => start -= c.len_utf8(),
                _ => return false,
            },
            _ => return false,
        }
    }
    true
}

/// Whether the number is a marker at the start of its line (`3. `, `2)`), or stands alone on it, as a page number.
fn marks_line(scope: &Scope<'_>, start: usize, part: &Part) -> bool {
    let text = scope.text;
    if !opens_line(text, start) {
        return false;
    }
    let rest = &text[part.number.end..];
    let blank = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '|');
    if rest.chars().take_while(|c| *c != '\n').all(blank) {
        // The number ends its line too: a page number, unless its clause runs on from the line before.
        return !runs_on(text, start) || rest.starts_with("\n\n");
    }
    let mut marks = rest.trim_start_matches(['*', '_']).chars();
    match marks.next() {
        Some('.' | ')') => {
            // Even where the line before has no full stop, a capital behind the mark opens a new paragraph.
            let opens = marks.as_str().trim_start().starts_with(letter::is_uppercase);
            part.number.lead <= 2 && (opens || !runs_on(text, start))
        }
        Some('-') => {
            part.number.lead <= 2
                && marks.next() == Some(' ')
                && !rest.trim_start_matches(['-', ' ']).starts_with(|c: char| c.is_ascii_digit())
        }
        _ => part.number.form == Form::Dot && part.of.is_none() && !rest.trim_start().starts_with('%'),
    }
}

/// Whether the line before a place ends in the middle of a clause.
fn runs_on(text: &str, at: usize) -> bool {
    let head = text[..at].trim_end_matches([' ', '\t', '*', '_', '#']);
    let Some(head) = head.strip_suffix('\n') else { return false };
    !head.ends_with('\n') && head.trim_end_matches(' ').ends_with(|c: char| letter::is_lowercase(c) || c == ',')
}

/// The quotation marks of a line, followed as the reading goes on.
pub(super) struct Quotes<'t> {
    text: &'t [u8],
    /// The mark that opened a quotation, unless the mark that closes it was passed.
    open: Option<usize>,
    /// The next mark; where the text ends, if there is none.
    next: usize,
}

/// The most bytes that a name in quotation marks may have.
const LONGEST_NAME: usize = 90;

impl<'t> Quotes<'t> {
    /// The quotation marks of a stretch of text.
    pub(super) fn new(text: &'t str, stretch: Span) -> Self {
        let mut quotes = Quotes { text: text.as_bytes(), open: None, next: stretch.start };
        quotes.next = quotes.mark_from(stretch.start, stretch.end);
        quotes
    }

    fn mark_from(&self, start: usize, end: usize) -> usize {
        memchr(b'"', &self.text[start..end]).map_or(end, |step| start + step)
    }

    /// Whether a line ends between two places.
    fn line_ends(&self, start: usize, end: usize) -> bool {
        memchr(b'\n', &self.text[start..end]).is_some()
    }

    /// The short quotation of the stretch up to `end` that a place lies in, if it does.
    pub(super) fn around(&mut self, at: usize, end: usize) -> Option<Span> {
        while self.next < at {
            let closes = self.open.is_some_and(|open| !self.line_ends(open, self.next));
            self.open = if closes { None } else { Some(self.next) };
            self.next = self.mark_from(self.next + 1, end);
        }
        let open = self.open.filter(|open| at - open <= LONGEST_NAME && !self.line_ends(*open, at))?;
        let close = self.text[at..].iter().take(LONGEST_NAME).take_while(|b| **b != b'\n').position(|b| *b == b'"')?;
        Some(Span::new(open, at + close + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_quotation_opens_and_closes_on_its_line(text in "([a\"\n]|a{40}){0,16}", step in 1usize..4) {
            let mut quotes = Quotes::new(&text, Span::new(0, text.len()));
            for at in (0..text.len()).step_by(step) {
                let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
                let marks: Vec<usize> = text[line..at].match_indices('"').map(|(i, _)| line + i).collect();
                let open = marks.last().filter(|_| marks.len() % 2 == 1).filter(|open| at - **open <= LONGEST_NAME);
                let rest = text[at..].split('\n').next().unwrap_or_default();
                let close = rest.find('"').filter(|close| *close < LONGEST_NAME);
                let around = open.zip(close).map(|(open, close)| Span::new(*open, at + close + 1));
                prop_assert_eq!(quotes.around(at, text.len()), around, "{:?} {}", text, at);
            }
        }
    }
}
