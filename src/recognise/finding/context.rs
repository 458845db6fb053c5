//! How a quantity stands: bounds, change, status, day and period, from the words around it.

use super::{
    Scope, before,
    signs::{Sign, Signs},
};
use crate::text::letter;
use crate::{
    grammar::{
        date::{self, ReadDate},
        symbol::skip_space,
    },
    record::{Change, Qualifier, Status},
    rules::{List, NounPart, Side},
};

/// What the words around a quantity say.
#[derive(Default)]
pub(super) struct Context {
    pub qualifier: Option<Qualifier>,
    pub change: Option<Change>,
    pub status: Option<Status>,
    pub as_of: Option<String>,
    pub period: Option<String>,
}

impl Context {
    /// Reads around the quantity from `start` to `end`.
    pub(super) fn around(scope: &Scope<'_>, signs: &mut Signs, start: usize, end: usize) -> Context {
        let (text, tables) = (scope.text, scope.tables);
        let mut at = before(text, start);
        let mut context = Context::default();
        if let Some((from, value)) = scope.bound_before(at) {
            context.qualifier = value;
            at = before(text, from);
        }
        let closing = scope.closing(at);
        if closing.has(List::Change) {
            context.change = tables.changes.ending_at(text, at).map(|(_, value)| value);
        }
        let behind = super::unit::gap(text, end).map(|at| tables.edges.word_at(text, at));
        let behind = behind.filter(|word| word.lists.has(List::Qualifier));
        if let Some((_, value)) = behind.and_then(|word| tables.qualifiers.get(&Side::After)?.at(text, word.start)) {
            context.qualifier = value;
        }
        let sentence = signs.sentence(scope, start);
        let mut status = None;
        signs.each(scope, sentence, |at, sign| match sign {
            // A rule outweighs a target, a target a result.
            Sign::Status(value) => {
                status = match (status, value) {
                    (Some(Status::Rule), _) | (_, Status::Rule) => Some(Status::Rule),
                    (Some(Status::Target), _) | (_, Status::Target) => Some(Status::Target),
                    _ => Some(Status::Result),
                };
            }
            Sign::AsOf(after) => context.as_of = day(text, after).or(context.as_of.take()),
            Sign::Period(after) => context.period = period(scope, at, after).or(context.period.take()),
        });
        context.status = status;
        context
    }
}

/// The day or month written behind the words that open it (`15/9/2021`, `15 tháng 9 năm 2021`, `tháng 9 năm 2021`),
/// ISO 8601. The word `ngày` may be the last of those words.
fn day(text: &str, after: usize) -> Option<String> {
    let at = skip_space(text, after, true);
    let word = text[..after].strip_suffix("ngày").map(str::len);
    let whole = |read: &ReadDate| read.day.is_some() && read.state.is_none();
    let dated = date::date(text, word.unwrap_or(at)).or_else(|| date::numeric(text, at)).filter(whole);
    dated.or_else(|| date::month(text, at)).and_then(|read| read.iso())
}

/// The period that the words from `at` to `after` open, as written: `từ đầu năm 2021 đến nay`.
fn period(scope: &Scope<'_>, at: usize, after: usize) -> Option<String> {
    let text = scope.text;
    let mut end = after;
    let mut numbers = 0;
    for _ in 0..10 {
        let rest = &text[end..];
        let inner = rest.trim_start_matches([' ', '-', '/']);
        let next = end + rest.len() - inner.len();
        let word = inner.find(|c: char| !letter::is_alphanumeric(c)).unwrap_or(inner.len());
        if word == 0
            || !(inner[..word].chars().all(|c| c.is_ascii_digit())
                || scope.tables.noun_at(NounPart::Calendar, text, next) == Some(next + word))
        {
            break;
        }
        numbers += usize::from(inner.starts_with(|c: char| c.is_ascii_digit()));
        end = next + word;
    }
    // `tháng đầu năm` counts with the number before it.
    let head = text[..at].trim_end();
    let digits = head.len() - head.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let start = if digits > 0 { head.len() - digits } else { at };
    (numbers > 0 || digits > 0 || text[at..end].contains("nay")).then(|| super::label::clean(&text[start..end]))
}
