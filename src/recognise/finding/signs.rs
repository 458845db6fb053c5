//! The words that say how a quantity behind them stands, each looked up once for all the quantities of its sentence.

use super::{Scope, window};
use crate::{
    record::Status,
    rules::{List, NounPart, Word},
    text::{Span, letter},
};
use memchr::memrchr3_iter;

/// What a word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// Result, target or rule.
    Status(Status),
    /// The words end here behind which a day stands.
    AsOf(usize),
    /// The words end here that open a period.
    Period(usize),
}

/// The signs of a stretch of text, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Signs {
    found: Vec<(usize, Sign)>,
    /// Every sign that begins before is among those found, from the last sentence on.
    upto: usize,
    /// The last sentence.
    last: Span,
}

/// The lists of words that say something.
const SAYING: [List; 3] = [List::Status, List::AsOf, List::Period];

/// How far back the sentence is looked at.
const REACH: usize = 200;

impl Signs {
    /// The sentence up to a place: from the last full stop or blank line. Places are asked for in their order.
    pub(super) fn sentence(&mut self, scope: &Scope<'_>, start: usize) -> Span {
        let near = window(scope.text, scope.from, start, REACH);
        // What stands before the last place but one was looked at for it.
        let fresh = self.last.end.saturating_sub(1).clamp(near.start, near.end);
        let head = &scope.text.as_bytes()[..start];
        let opens = |i: usize| match head[i] {
            b';' => true,
            b'.' => matches!(head.get(i + 1), Some(b' ' | b'\n')),
            _ => matches!(head.get(i + 1), Some(b'\n' | b'-' | b'+')),
        };
        let mut marks = memrchr3_iter(b';', b'.', b'\n', &head[fresh..]).map(|step| fresh + step);
        let from = marks.find(|i| opens(*i)).map_or(self.last.start.max(near.start), |i| i + 1);
        self.last = Span::new(from, start);
        self.last
    }

    /// Tells every sign of a sentence, and where it begins, in their order. Sentences are asked for in their order too.
    pub(super) fn each(&mut self, scope: &Scope<'_>, sentence: Span, mut tell: impl FnMut(usize, Sign)) {
        let text = scope.text;
        // A sentence that is cut for its length may begin inside a word, and is read from there.
        if cuts_word(text, sentence.start) {
            look(scope, scope.tables.edges.word_at(text, sentence.start), |sign| tell(sentence.start, sign));
        }
        let passed = self.found.partition_point(|(at, _)| *at < sentence.start);
        self.found.drain(..passed);
        self.found.iter().for_each(|(at, sign)| tell(*at, *sign));
        let from = self.upto.max(sentence.start).min(sentence.end);
        let mut steady = true;
        for word in scope.tables.edges.words(text, Span::new(from, sentence.end)) {
            let at = word.start;
            // Most words say nothing; at the end of the text a word itself may go on.
            if !word.lists.has_any(&SAYING) && word.end < text.len() {
                continue;
            }
            if at == from && cuts_word(text, at) {
                continue;
            }
            let known = self.found.len();
            let reach = look(scope, word, |sign| {
                tell(at, sign);
                self.found.push((at, sign));
            });
            // What the end of the text told may be told otherwise where the text reaches further.
            if steady && reach > text.len() {
                (steady, self.upto) = (false, at);
            }
            if !steady {
                self.found.truncate(known);
            }
        }
        if steady {
            self.upto = sentence.end;
        }
    }
}

/// Whether a place lies inside a word.
fn cuts_word(text: &str, at: usize) -> bool {
    text[..at].ends_with(letter::is_alphanumeric) && text[at..].starts_with(letter::is_alphanumeric)
}

/// Looks a word up: up to where at most the text told what it says.
fn look(scope: &Scope<'_>, word: Word, mut tell: impl FnMut(Sign)) -> usize {
    let (text, tables, at) = (scope.text, scope.tables, word.start);
    if !word.lists.has_any(&SAYING) {
        // At the end of the text the word itself may go on.
        return if word.end == text.len() { word.end + 1 } else { at };
    }
    let mut reach = word.end + 1;
    if word.lists.has(List::Status) {
        let (status, upto) = tables.statuses.at_reaching(text, at);
        if let Some((_, status)) = status {
            tell(Sign::Status(status));
        }
        reach = reach.max(upto);
    }
    for (list, part, sign) in
        [(List::AsOf, NounPart::AsOf, Sign::AsOf as fn(usize) -> Sign), (List::Period, NounPart::Period, Sign::Period)]
    {
        if !word.lists.has(list) {
            continue;
        }
        let Some(words) = tables.nouns.get(&part) else { continue };
        let (found, upto) = words.at_reaching(text, at);
        if let Some((end, ())) = found {
            tell(sign(end));
        }
        reach = reach.max(upto);
    }
    reach
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Rules;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_sentence_begins_at_the_last_mark_near(text in "([a.;\n+ộ ]| {90}|a{120}){1,12}") {
            let tables = Rules::builtin().tables();
            let mut signs = Signs::default();
            let scope = Scope { text: &text, from: 0, tables, closing: Default::default(), bound: Default::default() };
            for (start, _) in text.char_indices() {
                let near = window(&text, 0, start, REACH);
                let head = &text[..start];
                let opens = |at: usize| match &head[at..] {
                    rest if rest.starts_with(';') => true,
                    rest if rest.starts_with('.') => rest[1..].starts_with([' ', '\n']),
                    rest => rest.starts_with('\n') && rest[1..].starts_with(['\n', '-', '+']),
                };
                let mark = (near.start..start).rev().find(|at| text.is_char_boundary(*at) && opens(*at));
                let sentence = signs.sentence(&scope, start);
                prop_assert_eq!(sentence, Span::new(mark.map_or(near.start, |at| at + 1), start));
            }
        }
    }
}
