//! What a number counts or measures: the words behind it.

use super::{Refusal, Scope};
use crate::{
    grammar::{
        date,
        number::{Form, Number},
    },
    record::FindingKind,
    rules::NounPart,
    text::{Span, letter},
};
use rust_decimal::Decimal;

/// How sure it is that the words are a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trust {
    /// An office or field that the number stands for: `01 Tư pháp`.
    Category,
    /// A noun by its place alone.
    Noun,
    /// A noun of the rules.
    KnownNoun,
    /// A measure, a percentage, money.
    Measure,
}

/// A unit as it was read.
pub(super) struct Unit<'r> {
    pub kind: FindingKind,
    /// By what the number is multiplied.
    pub times: Decimal,
    /// The usual form of a measure, or the noun phrase as written; `None` for a category.
    pub name: Option<String>,
    /// Where its words begin.
    pub start: usize,
    /// One past the last byte that belongs to the finding.
    pub end: usize,
    pub trust: Trust,
    pub rule: &'r str,
}

/// What stands behind a number.
pub(super) enum After<'r> {
    /// A unit.
    Unit(Unit<'r>),
    /// What stands there makes the number no finding.
    Barred(Refusal),
    /// Neither.
    Nothing,
}

/// Reads the unit behind a number, which may be the second of a fraction.
pub(super) fn after<'r>(scope: &Scope<'r>, number: &Number) -> After<'r> {
    let (text, tables, end) = (scope.text, scope.tables, number.end);
    let Some(at) = gap(text, end).map(|at| again_in_words(scope, at)) else { return After::Nothing };
    let touching = at == end && text[at..].starts_with(letter::is_alphabetic);
    if let Some((upto, ())) = tables.barred_after.at(text, at) {
        return After::Barred(Refusal::Behind(Span::new(at, upto)));
    }
    if text[at..].starts_with('%') {
        return After::Unit(Unit {
            kind: FindingKind::Percent,
            times: Decimal::ONE,
            name: Some("%".to_owned()),
            start: at,
            end: at + 1,
            trust: Trust::Measure,
            rule: "unit.percent",
        });
    }
    let first = text[at..].chars().next();
    if let Some((sign, name, rule)) = SIGNS.into_iter().find(|(sign, ..)| first == Some(*sign)) {
        return After::Unit(Unit {
            kind: FindingKind::Money,
            times: Decimal::ONE,
            name: Some(name.to_owned()),
            start: at,
            end: at + sign.len_utf8(),
            trust: Trust::Measure,
            rule,
        });
    }
    let scale = tables.scales.at(text, at).filter(|_| lower(text, at));
    let (times, scaled) = scale.map_or((Decimal::ONE, None), |(end, times)| (times, Some(end)));
    let words = scaled.map_or(Some(at), |end| gap(text, end));
    if let (Some(_), Some(words)) = (scaled, words)
        && let Some((upto, ())) = tables.barred_after.at(text, words)
    {
        return After::Barred(Refusal::Behind(Span::new(words, upto)));
    }
    let known = words.and_then(|words| noun(scope, words));
    let measured = words.and_then(|words| Some((words, tables.unit_words.at(text, words)?)));
    if let Some((start, (measure_end, index))) = measured
        && spelt(text, start, measure_end)
        && known.as_ref().is_none_or(|noun| noun.known <= measure_end)
        && let Some(of) = tables.units.get(index)
        && !counts_points(scope, of.kind, measure_end, number)
    {
        let speed = || tables.noun_at(NounPart::Rate, text, measure_end + 1).is_some();
        if of.kind == FindingKind::Length && text[measure_end..].starts_with('/') && speed() {
            return After::Barred(Refusal::Rate(Span::new(start, measure_end)));
        }
        // `số BK 123456 ngày 05/3/2020`: the word begins a date.
        let dated = || {
            let in_digits = gap(text, measure_end).and_then(|at| date::numeric(text, at));
            [in_digits, date::date(text, start)].iter().flatten().any(|read| read.day.is_some())
        };
        if of.kind == FindingKind::Duration && dated() {
            return After::Barred(Refusal::Calendar(Span::new(start, measure_end)));
        }
        return After::Unit(Unit {
            kind: of.kind,
            times: times * of.times,
            name: Some(of.unit.clone()),
            start: at,
            end: measure_end,
            trust: Trust::Measure,
            rule: &of.rule,
        });
    }
    if touching && scaled.is_none() {
        let upto = text[at..].find(|c: char| !letter::is_alphanumeric(c)).map_or(text.len(), |length| at + length);
        return After::Barred(Refusal::WordTouches(Span::new(at, upto)));
    }
    if let (Some(start), Some(noun)) = (words, known) {
        let category = noun.trust == Trust::Category;
        return After::Unit(Unit {
            kind: FindingKind::Count,
            times,
            name: (!category).then(|| super::label::clean(&text[noun.start..noun.end])),
            start,
            end: if category { scaled.unwrap_or(end) } else { noun.end },
            trust: noun.trust,
            rule: if category { "finding.category" } else { "finding.counted" },
        });
    }
    // `74 triệu`: money, when nothing else is named.
    match scaled {
        Some(end) => After::Unit(Unit {
            kind: FindingKind::Money,
            times,
            name: Some("VND".to_owned()),
            start: at,
            end,
            trust: Trust::Measure,
            rule: SUM,
        }),
        None => After::Nothing,
    }
}

/// The signs of currencies, which are no words, with the rules whose words they stand for.
const SIGNS: [(char, &str, &str); 3] =
    [('₫', "VND", SUM), ('$', "USD", "unit.money-dollar"), ('€', "EUR", "unit.money-euro")];

/// The place behind white space and emphasis, over at most one line end, and that only into running words.
pub(super) fn gap(text: &str, from: usize) -> Option<usize> {
    let rest = &text[from..];
    let inner = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
    let between = &rest[..rest.len() - inner.len()];
    let at = from + between.len();
    match between.matches('\n').count() {
        0 if between.len() <= 4 => Some(at),
        1 if between.len() <= 60 && inner.starts_with(|c: char| letter::is_lowercase(c) || c == '%') => Some(at),
        _ => None,
    }
}

/// The place behind a number written again in words: `03 (ba) bộ`.
fn again_in_words(scope: &Scope<'_>, at: usize) -> usize {
    let text = scope.text;
    let Some(inner) = text[at..].strip_prefix('(') else { return at };
    let Some(close) = inner.bytes().take(80).position(|b| b == b')') else { return at };
    let numeral = scope.tables.noun_at(NounPart::Numeral, text, at + 1).is_some();
    if !numeral || inner[..close].contains(|c: char| c.is_ascii_digit()) {
        return at;
    }
    gap(text, at + 1 + close + 1).unwrap_or(at)
}

/// Whether the word at `at` begins in lower case.
fn lower(text: &str, at: usize) -> bool {
    text[at..].starts_with(letter::is_lowercase)
}

/// Whether a measure is spelt as one: `tấn`, `VND`, `Ha`, `Euro`, not the `Tân` of a name.
fn spelt(text: &str, start: usize, end: usize) -> bool {
    let word = &text[start..end];
    let foreign = word.len() >= 4 && word.is_ascii() && !word.contains(' ');
    lower(text, start) || foreign || word.chars().count() == 2 || word.chars().nth(1).is_some_and(letter::is_uppercase)
}

/// `3 điểm cầu`, `04 điểm`: points that are places, not a score.
fn counts_points(scope: &Scope<'_>, kind: FindingKind, end: usize, number: &Number) -> bool {
    let text = scope.text;
    let places =
        || gap(text, end).is_some_and(|at| text[at..].starts_with(':') || lower(text, at) && !ends_phrase(scope, at));
    kind == FindingKind::Score && number.form != Form::Comma && (number.padded || places())
}

/// A noun phrase.
struct Noun {
    start: usize,
    /// One past the last word that the rules know.
    known: usize,
    end: usize,
    trust: Trust,
}

/// The rule of money that names no currency.
pub(super) const SUM: &str = "unit.money";

/// The most words that a counted noun phrase may have.
const MOST_WORDS: usize = 8;

/// The counted noun phrase at `at`.
fn noun(scope: &Scope<'_>, at: usize) -> Option<Noun> {
    let (text, tables) = (scope.text, scope.tables);
    if text[at..].starts_with('"') {
        return quoted(text, at);
    }
    let opens = |short: &&String| {
        text.as_bytes()[at..].first() == short.as_bytes().first() && text[at..].starts_with(short.as_str())
    };
    if let Some(short) = tables.noun_abbreviations.iter().find(opens) {
        let end = at + short.len();
        let whole = !text[end..].starts_with(letter::is_alphanumeric);
        return whole.then_some(Noun { start: at, known: end, end, trust: Trust::KnownNoun });
    }
    let first = word_end(text, at)?;
    if let Some(known) = listed(scope, at).or_else(|| tables.noun_at(NounPart::Counted, text, at)) {
        return Some(Noun { start: at, known, end: phrase_end(scope, known), trust: Trust::KnownNoun });
    }
    if ends_phrase(scope, at) {
        return None;
    }
    let word = &text[at..first];
    if lower(text, at) {
        // A single letter counts nothing: `8 a)`, `12 x`.
        let end = phrase_end(scope, first);
        return (word.chars().count() > 1).then_some(Noun { start: at, known: at, end, trust: Trust::Noun });
    }
    if let Some((known, _)) = tables.type_words.at(text, at).filter(|(end, _)| *end > first) {
        return Some(Noun { start: at, known, end: phrase_end(scope, known), trust: Trust::KnownNoun });
    }
    let capitals = word.chars().all(letter::is_uppercase) && word.chars().count() > 1;
    let trust = if capitals { Trust::Noun } else { Trust::Category };
    Some(Noun { start: at, known: at, end: phrase_end(scope, first), trust })
}

/// Whether the word at a place ends a noun phrase: `dự` does, the `dự` of `dự toán` does not.
fn ends_phrase(scope: &Scope<'_>, at: usize) -> bool {
    let Some(end) = scope.tables.noun_at(NounPart::End, scope.text, at) else { return false };
    scope.tables.noun_at(NounPart::Counted, scope.text, at).is_none_or(|known| known <= end)
}

/// The end of the things counted together at `at`: `xã, thị trấn`.
fn listed(scope: &Scope<'_>, at: usize) -> Option<usize> {
    let end = scope.tables.noun_at(NounPart::Listed, scope.text, at)?;
    // A full stop or a dash between the words parts them.
    (!scope.text[at..end].contains(['.', ';', '-', '"'])).then_some(end)
}

/// A name in quotation marks that is counted: `12 "Thư cảm ơn"`.
fn quoted(text: &str, at: usize) -> Option<Noun> {
    let inner = &text[at + 1..];
    let close = inner.bytes().take(80).take_while(|b| *b != b'\n').position(|b| b == b'"')?;
    let words = inner[..close].trim_start_matches(['*', '_']);
    let named = words.starts_with(letter::is_uppercase) && !words.contains(|c: char| c.is_ascii_digit());
    let end = at + close + 2;
    named.then_some(Noun { start: at, known: at, end, trust: Trust::KnownNoun })
}

/// One past the last letter of the word at `at`; `None` if no letter stands there.
fn word_end(text: &str, at: usize) -> Option<usize> {
    let rest = &text[at..];
    if !rest.starts_with(letter::is_alphabetic) {
        return None;
    }
    // A hyphen without spaces is part of a borrowed word: `ki-ốt`.
    let inside = |i: usize| rest[i + 1..].starts_with(letter::is_lowercase) && !rest[..i].ends_with(' ');
    let end = rest.char_indices().find(|(i, c)| !(letter::is_alphanumeric(*c) || *c == '-' && inside(*i)));
    Some(at + end.map_or(rest.len(), |(i, _)| i))
}

/// Where the noun phrase that runs up to `end` ends: before a word that closes it, a name, a number, a mark.
pub(super) fn phrase_end(scope: &Scope<'_>, end: usize) -> usize {
    let text = scope.text;
    let mut end = end;
    for _ in 0..MOST_WORDS {
        let Some(at) = gap(text, end).filter(|at| *at > end && !text[end..*at].contains(['*', '_'])) else { break };
        let Some(next) = word_end(text, at) else { break };
        let word = &text[at..next];
        if let Some(listed) = listed(scope, at) {
            end = listed;
            continue;
        }
        let named = word.starts_with(letter::is_uppercase) && word.chars().any(letter::is_lowercase);
        if named || word.contains(|c: char| c.is_ascii_digit()) || ends_phrase(scope, at) {
            break;
        }
        end = next;
    }
    end
}

/// What one of the quantity is for: the words behind a stroke (`40.000 đồng/hồ sơ`).
pub(super) fn per(scope: &Scope<'_>, end: usize) -> Option<String> {
    let rest = scope.text[end..].strip_prefix('/')?;
    let at = end + 1 + (rest.len() - rest.trim_start_matches(' ').len());
    let mut last = phrase_end(scope, word_end(scope.text, at)?);
    for _ in 0..3 {
        let Some(next) = scope.text[last..].strip_prefix('/').and_then(|_| word_end(scope.text, last + 1)) else {
            break;
        };
        last = phrase_end(scope, next);
    }
    Some(super::label::clean(&scope.text[at..last]))
}
