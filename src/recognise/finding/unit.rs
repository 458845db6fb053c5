//! What a number counts or measures: the words behind it.

use super::{Refusal, Scope};
use crate::{
    grammar::{
        date,
        number::{Form, Number},
    },
    record::FindingKind,
    rules::{List, Lists, NounPart, Text, Word},
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
    /// The usual form of a measure, or the noun phrase as it stands in the text; `None` for a category.
    pub name: Option<&'r str>,
    /// Where its words begin.
    pub start: usize,
    /// One past the last byte that belongs to the finding.
    pub end: usize,
    pub trust: Trust,
    pub rule: &'r Text,
    /// The lists of which an entry may open with its first word.
    pub lists: Lists,
}

impl Unit<'_> {
    /// Its name as a value.
    pub fn name(&self) -> Option<String> {
        match self.trust {
            Trust::Measure => self.name.map(str::to_owned),
            _ => self.name.map(super::label::clean),
        }
    }
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
    let word = tables.edges.word_at(text, at);
    if word.end == at {
        return behind_mark(scope, at);
    }
    let barred = |word: &Word| {
        let barred = word.lists.has(List::BarredAfter).then(|| tables.barred_after.at(text, word.start)).flatten()?;
        // `1 cửa`, but `2 cửa khẩu`.
        let counted =
            word.lists.has(List::Counted).then(|| tables.noun_at(NounPart::Counted, text, word.start)).flatten();
        counted.is_none_or(|known| known <= barred.0).then_some(barred)
    };
    if let Some((upto, ())) = barred(&word) {
        return After::Barred(Refusal::Behind(Span::new(at, upto)));
    }
    let scaling = word.lists.has(List::Scale) && lower(text, at);
    let scale = scaling.then(|| tables.scales.at(text, at)).flatten();
    let (times, scaled) = scale.map_or((Decimal::ONE, None), |(end, times)| (times, Some(end)));
    let words = match scaled {
        Some(end) => gap(text, end).map(|at| tables.edges.word_at(text, at)),
        None => Some(word),
    };
    if let (Some(_), Some(words)) = (scaled, &words)
        && let Some((upto, ())) = barred(words)
    {
        return After::Barred(Refusal::Behind(Span::new(words.start, upto)));
    }
    let known = words.and_then(|words| noun(scope, words));
    let measured = words.filter(|words| words.lists.has(List::Unit));
    let measured = measured.and_then(|words| Some((words.start, tables.unit_words.at(text, words.start)?)));
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
            name: Some(&of.unit),
            start: at,
            end: measure_end,
            trust: Trust::Measure,
            rule: &of.rule,
            lists: word.lists,
        });
    }
    let touching = at == end && text[at..].starts_with(letter::is_alphabetic);
    if touching && scaled.is_none() {
        return After::Barred(Refusal::WordTouches(Span::new(at, word.end)));
    }
    if let (Some(words), Some(noun)) = (words, known) {
        let category = noun.trust == Trust::Category;
        let noun_end = if noun.runs_on && !category { phrase_end(scope, noun.end) } else { noun.end };
        return After::Unit(Unit {
            kind: FindingKind::Count,
            times,
            name: (!category).then(|| &text[noun.start..noun_end]),
            start: words.start,
            end: if category { scaled.unwrap_or(end) } else { noun_end },
            trust: noun.trust,
            rule: if category { &CATEGORY } else { &COUNTED },
            lists: words.lists,
        });
    }
    // `74 triệu`: money, when nothing else is named.
    match scaled {
        Some(end) => After::Unit(Unit {
            kind: FindingKind::Money,
            times,
            name: Some("VND"),
            start: at,
            end,
            trust: Trust::Measure,
            rule: &SUM,
            lists: word.lists,
        }),
        None => After::Nothing,
    }
}

/// Whether a measure may stand behind a number, or what makes it no finding by itself; what else stands there counts.
pub(super) fn may_measure(scope: &Scope<'_>, end: usize) -> bool {
    let Some(at) = gap(scope.text, end) else { return false };
    let word = scope.tables.edges.word_at(scope.text, at);
    at == end || word.end == at || word.lists.has_any(&[List::Unit, List::Scale, List::BarredAfter])
}

/// Reads the unit where no letter and no digit stands: a sign, or a name in quotation marks.
fn behind_mark<'r>(scope: &Scope<'r>, at: usize) -> After<'r> {
    let text = scope.text;
    let measure = |kind, name, end, rule| {
        let (times, trust, lists) = (Decimal::ONE, Trust::Measure, Lists::default());
        After::Unit(Unit { kind, times, name: Some(name), start: at, end, trust, rule, lists })
    };
    let Some(first) = text[at..].chars().next() else { return After::Nothing };
    if first == '%' {
        return measure(FindingKind::Percent, "%", at + 1, &PERCENT);
    }
    if let Some((sign, name, rule)) = SIGNS.iter().find(|(sign, ..)| first == *sign) {
        return measure(FindingKind::Money, name, at + sign.len_utf8(), rule);
    }
    match if first == '"' { quoted(text, at) } else { abbreviation(scope, at).flatten() } {
        Some(noun) => After::Unit(Unit {
            kind: FindingKind::Count,
            times: Decimal::ONE,
            name: Some(&text[noun.start..noun.end]),
            start: at,
            end: noun.end,
            trust: noun.trust,
            rule: &COUNTED,
            lists: Lists::default(),
        }),
        None => After::Nothing,
    }
}

/// The signs of currencies, which are no words, with the rules whose words they stand for.
static SIGNS: [(char, &str, Text); 3] = [
    ('₫', "VND", SUM),
    ('$', "USD", Text::Borrowed("unit.money-dollar")),
    ('€', "EUR", Text::Borrowed("unit.money-euro")),
];

/// The place behind white space and emphasis, over at most one line end, and that only into running words.
pub(super) fn gap(text: &str, from: usize) -> Option<usize> {
    /// The most bytes on one line, and over a line end.
    const MOST: [usize; 2] = [4, 60];
    let bytes = text.as_bytes();
    let (mut at, mut breaks) = (from, 0);
    loop {
        match bytes.get(at) {
            Some(b'\n') if breaks == 1 => return None,
            Some(b'\n') => {
                breaks = 1;
                at += 1;
            }
            Some(b' ' | b'\t'..=b'\r' | b'*' | b'_') => at += 1,
            Some(0x80..) => match text[at..].chars().next() {
                Some(c) if c.is_whitespace() => at += c.len_utf8(),
                _ => break,
            },
            _ => break,
        }
        if at - from > MOST[1] {
            return None;
        }
    }
    let goes_on = || text[at..].starts_with(|c: char| letter::is_lowercase(c) || c == '%');
    (at - from <= MOST[breaks] && (breaks == 0 || goes_on())).then_some(at)
}

/// The place behind a number written again in words: `03 (ba) bộ`.
fn again_in_words(scope: &Scope<'_>, at: usize) -> usize {
    let text = scope.text;
    if text.as_bytes().get(at) != Some(&b'(') {
        return at;
    }
    let inner = &text[at + 1..];
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
    let goes_on = |at: usize| lower(text, at) && !ends_phrase(scope, &scope.tables.edges.word_at(text, at));
    let places = || gap(text, end).is_some_and(|at| text[at..].starts_with(':') || goes_on(at));
    kind == FindingKind::Score && number.form != Form::Comma && (number.padded || places())
}

/// A noun phrase.
struct Noun {
    start: usize,
    /// One past the last word that the rules know.
    known: usize,
    /// One past its first words.
    end: usize,
    /// Whether more words may belong to it.
    runs_on: bool,
    trust: Trust,
}

/// The rule of money that names no currency.
pub(super) const SUM: Text = Text::Borrowed("unit.money");

/// The rules of what no list of units names.
static PERCENT: Text = Text::Borrowed("unit.percent");
static COUNTED: Text = Text::Borrowed("finding.counted");
static CATEGORY: Text = Text::Borrowed("finding.category");

/// The most words that a counted noun phrase may have.
const MOST_WORDS: usize = 8;

/// The counted noun phrase that a word opens.
fn noun(scope: &Scope<'_>, word: Word) -> Option<Noun> {
    let (text, tables, at) = (scope.text, scope.tables, word.start);
    if word.end == at && text[at..].starts_with('"') {
        return quoted(text, at);
    }
    if let Some(found) = abbreviation(scope, at) {
        return found;
    }
    let first = word_end(text, word)?;
    let counted = || word.lists.has(List::Counted).then(|| tables.noun_at(NounPart::Counted, text, at)).flatten();
    if let Some(known) = listed(scope, &word).or_else(counted) {
        return Some(Noun { start: at, known, end: known, runs_on: true, trust: Trust::KnownNoun });
    }
    if ends_phrase(scope, &word) {
        return None;
    }
    let said = &text[at..first];
    if lower(text, at) {
        // A single letter counts nothing: `8 a)`, `12 x`.
        let counts = said.chars().nth(1).is_some();
        return counts.then_some(Noun { start: at, known: at, end: first, runs_on: true, trust: Trust::Noun });
    }
    if let Some((known, _)) = tables.type_words.at(text, at).filter(|(end, _)| *end > first) {
        return Some(Noun { start: at, known, end: known, runs_on: true, trust: Trust::KnownNoun });
    }
    let capitals = said.chars().all(letter::is_uppercase) && said.chars().nth(1).is_some();
    let trust = if capitals { Trust::Noun } else { Trust::Category };
    Some(Noun { start: at, known: at, end: first, runs_on: true, trust })
}

/// The abbreviation of a counted noun at a place; `Some(None)` where a longer word opens like one.
fn abbreviation(scope: &Scope<'_>, at: usize) -> Option<Option<Noun>> {
    let (text, first) = (scope.text, scope.text.as_bytes().get(at)?);
    let opens = |short: &&String| short.as_bytes().first() == Some(first) && text[at..].starts_with(short.as_str());
    let end = at + scope.tables.noun_abbreviations.iter().find(opens)?.len();
    let whole = !text[end..].starts_with(letter::is_alphanumeric);
    Some(whole.then_some(Noun { start: at, known: end, end, runs_on: false, trust: Trust::KnownNoun }))
}

/// Whether a word ends a noun phrase: `dự` does, the `dự` of `dự toán` does not.
fn ends_phrase(scope: &Scope<'_>, word: &Word) -> bool {
    if !word.lists.has(List::End) {
        return false;
    }
    let Some(end) = scope.tables.noun_at(NounPart::End, scope.text, word.start) else { return false };
    let counted = || scope.tables.noun_at(NounPart::Counted, scope.text, word.start);
    !word.lists.has(List::Counted) || counted().is_none_or(|known| known <= end)
}

/// The end of the things counted together that a word opens: `xã, thị trấn`.
fn listed(scope: &Scope<'_>, word: &Word) -> Option<usize> {
    if !word.lists.has(List::Listed) {
        return None;
    }
    let end = scope.tables.noun_at(NounPart::Listed, scope.text, word.start)?;
    // A full stop or a dash between the words parts them.
    (!scope.text[word.start..end].contains(['.', ';', '-', '"'])).then_some(end)
}

/// A name in quotation marks that is counted: `12 "Thư cảm ơn"`.
fn quoted(text: &str, at: usize) -> Option<Noun> {
    let inner = &text[at + 1..];
    let close = inner.bytes().take(80).take_while(|b| *b != b'\n').position(|b| b == b'"')?;
    let words = inner[..close].trim_start_matches(['*', '_']);
    let named = words.starts_with(letter::is_uppercase) && !words.contains(|c: char| c.is_ascii_digit());
    let end = at + close + 2;
    named.then_some(Noun { start: at, known: at, end, runs_on: false, trust: Trust::KnownNoun })
}

/// One past the last letter of a word and of what hyphens join to it; `None` if no letter opens it.
fn word_end(text: &str, word: Word) -> Option<usize> {
    if !text[word.start..].starts_with(letter::is_alphabetic) {
        return None;
    }
    // A hyphen without spaces is part of a borrowed word: `ki-ốt`.
    let joined =
        |end: usize| text.as_bytes().get(end) == Some(&b'-') && text[end + 1..].starts_with(letter::is_lowercase);
    let mut end = word.end;
    while joined(end) {
        let rest = &text[end + 1..];
        end += 1 + rest.find(|c: char| !letter::is_alphanumeric(c)).unwrap_or(rest.len());
    }
    Some(end)
}

/// Where the noun phrase that runs up to `end` ends: before a word that closes it, a name, a number, a mark.
pub(super) fn phrase_end(scope: &Scope<'_>, end: usize) -> usize {
    let text = scope.text;
    let mut end = end;
    for _ in 0..MOST_WORDS {
        let Some(at) = gap(text, end).filter(|at| *at > end) else { break };
        if text.as_bytes()[end..at].iter().any(|b| matches!(b, b'*' | b'_')) {
            break;
        }
        let word = scope.tables.edges.word_at(text, at);
        let Some(next) = word_end(text, word) else { break };
        if let Some(listed) = listed(scope, &word) {
            end = listed;
            continue;
        }
        let said = &text[at..next];
        let named = said.starts_with(letter::is_uppercase) && said.chars().any(letter::is_lowercase);
        if named || said.bytes().any(|b| b.is_ascii_digit()) || ends_phrase(scope, &word) {
            break;
        }
        end = next;
    }
    end
}

/// What one of the quantity is for: the words behind a stroke (`40.000 đồng/hồ sơ`).
pub(super) fn per(scope: &Scope<'_>, end: usize) -> Option<String> {
    let text = scope.text;
    let rest = text[end..].strip_prefix('/')?;
    let at = end + 1 + (rest.len() - rest.trim_start_matches(' ').len());
    let word_end_at = |at: usize| word_end(text, scope.tables.edges.word_at(text, at));
    let mut last = phrase_end(scope, word_end_at(at)?);
    for _ in 0..3 {
        let Some(next) = text[last..].strip_prefix('/').and_then(|_| word_end_at(last + 1)) else {
            break;
        };
        last = phrase_end(scope, next);
    }
    Some(super::label::clean(&text[at..last]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same, by looking at the gap as a whole.
    fn slow_gap(text: &str, from: usize) -> Option<usize> {
        let rest = &text[from..];
        let inner = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_'));
        let between = &rest[..rest.len() - inner.len()];
        match between.matches('\n').count() {
            0 if between.len() <= 4 => Some(from + between.len()),
            1 if between.len() <= 60 && inner.starts_with(|c: char| c.is_lowercase() || c == '%') => {
                Some(from + between.len())
            }
            _ => None,
        }
    }

    proptest! {
        #[test]
        fn a_gap_is_what_stands_between(text in "([ *\n\u{a0}\u{3000}]| {50}){0,5}(ộ|H|%|–)?") {
            prop_assert_eq!(gap(&text, 0), slow_gap(&text, 0));
        }
    }
}
