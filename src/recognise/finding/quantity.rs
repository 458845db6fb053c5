//! Numbers with their units: single ones, ratios, ranges and series.

use super::{
    FoundFinding, Refusal, Scope, before,
    context::Context,
    exclusion::{self, is_year},
    label,
    series::{self, Barren},
    signs::Signs,
    unit::{self, After, Trust, Unit},
};
use crate::{
    grammar::{
        number::{self, Form, Number},
        roman,
    },
    record::{Certainty, FindingKind},
    rules::{Bar, List, NounPart, Text},
    text::{Span, letter},
};
use rust_decimal::Decimal;

/// The rules of a number without a unit behind a label, and of a part of a whole.
static LABELLED: Text = Text::Borrowed("finding.labelled");
static RATIO: Text = Text::Borrowed("finding.ratio");

/// The most parts into which a fraction of a measure divides it: `1/2 ngày`, `1/12 tháng`.
const MOST_PARTS: u8 = 20;

/// A number, or the two of a fraction.
#[derive(Clone, Copy)]
pub(super) struct Part {
    pub number: Number,
    /// The number behind the stroke: 22 in `12/22`.
    pub of: Option<Number>,
    pub start: usize,
    pub end: usize,
}

/// Reads the quantity at a digit into `found`; returns where to go on, and why nothing was found.
pub(super) fn read<'r>(
    scope: &Scope<'r>,
    digit: usize,
    quote: Option<Span>,
    signs: &mut Signs,
    barren: &mut Barren,
    found: &mut Vec<FoundFinding>,
) -> (usize, Option<Refusal>) {
    let text = scope.text;
    let start = number::start(text, digit).max(scope.from);
    let part = match attempt(text, start) {
        Ok(part) => part,
        Err(why) => return (number::run_end(text, digit).min(text.len()), Some(why)),
    };
    let mut barred = exclusion::bar(scope, start, &part);
    if matches!(barred, Some((Bar::Season, _))) && !is_year(&part.number) && is_amount(scope, &part) {
        barred = None;
    }
    let bar = barred.map(|(bar, _)| bar);
    match barred {
        Some((Bar::Code, why)) => return (series::code_end(text, part.end), Some(why)),
        Some((Bar::Date | Bar::Season, why)) => return (series::chain_end(text, &part), Some(why)),
        _ => {}
    }
    // `Điều 5 của Luật`: no measure stands behind, and the name outweighs whatever else does.
    if let Some((Bar::Firm, why)) = barred
        && quote.is_none()
        && part.number.form != Form::Dot
        && !unit::may_measure(scope, part.end)
        && series::joint(text, part.end).is_none()
    {
        return (part.end, Some(why));
    }
    let known = found.len();
    let after = if barren.knows(text.len(), start) { After::Nothing } else { behind(scope, &part) };
    match after {
        After::Barred(why) => (part.end, Some(why)),
        After::Unit(unit) => {
            if let Some(why) = objection(scope, &part, &unit, barred, quote) {
                return (if bar.is_some() { series::chain_end(text, &part) } else { part.end }, Some(why));
            }
            let (part, unit) = with_rest(scope, part, unit);
            let end = unit.end.max(part.end);
            emit(scope, &[part], &unit, signs, found);
            let lost = (found.len() == known).then_some(Refusal::TooLarge);
            let Some((upto, unit)) = series::upper_end(scope, &part, &unit, end) else { return (end, lost) };
            emit(scope, &[upto], &unit, signs, found);
            (unit.end.max(upto.end), lost)
        }
        After::Nothing => {
            if let Some((parts, unit)) = series::series(scope, part, barren) {
                let end = parts.last().map_or(part.end, |last| last.end);
                let unit = match unit {
                    Ok(unit) => unit,
                    Err(why) => return (end, Some(why)),
                };
                let why = objection(scope, &part, &unit, barred, quote);
                if why.is_none() {
                    emit(scope, &parts, &unit, signs, found);
                }
                return (end.max(unit.end), why);
            }
            if let Some((_, why)) = barred {
                return (series::chain_end(text, &part), Some(why));
            }
            if let Some(quote) = quote {
                return (part.end, Some(Refusal::Quoted(quote)));
            }
            if !is_bare(scope, &part, found.last()) {
                return (part.end, Some(Refusal::NoUnit));
            }
            let label = label::leading(scope, start);
            push(scope, &part, None, label, signs, found);
            (part.end, None)
        }
    }
}

/// Whether a measure that is no length of time stands behind a number.
fn is_amount(scope: &Scope<'_>, part: &Part) -> bool {
    use FindingKind::{Area, Mass, Money, Percent, Volume};
    unit::may_measure(scope, part.end)
        && matches!(
            behind(scope, part),
            After::Unit(Unit { trust: Trust::Measure, kind: Money | Area | Mass | Percent | Volume, .. })
        )
}

/// The number or fraction at a place; `None` where a date or a code stands.
pub(super) fn part(text: &str, start: usize) -> Option<Part> {
    attempt(text, start).ok()
}

/// The number or fraction at a place, or what stands there instead.
fn attempt(text: &str, start: usize) -> Result<Part, Refusal> {
    let number = number::number(text, start).ok_or(Refusal::Unread)?;
    let mut part = Part { number, of: None, start, end: number.end };
    let bytes = text.as_bytes();
    match bytes.get(part.end) {
        Some(b'/') if bytes.get(part.end + 1).is_some_and(u8::is_ascii_digit) => {
            let of = number::number(text, part.end + 1).ok_or(Refusal::Unread)?;
            part = Part { of: Some(of), end: of.end, ..part };
            let third = matches!(bytes.get(part.end), Some(b'/' | b'-'))
                && text[part.end + 1..].starts_with(letter::is_alphanumeric);
            if third {
                return Err(Refusal::ThreeGroups);
            }
            if is_year(&of) {
                return Err(Refusal::YearBehind);
            }
            if of.value.is_zero() || number.form == Form::Dot {
                return Err(Refusal::NoFraction);
            }
        }
        Some(b'/') if text[part.end + 1..].starts_with(letter::is_uppercase) => return Err(Refusal::Symbol),
        // `10-9-2018`, `2-QĐ`: a date, a number of a document.
        Some(b'-') if text[part.end + 1..].starts_with(letter::is_alphabetic) => return Err(Refusal::Symbol),
        _ => {}
    }
    Ok(part)
}

/// The unit behind a part, with the readings that hang on the number itself.
pub(super) fn behind<'r>(scope: &Scope<'r>, part: &Part) -> After<'r> {
    let after = unit::after(scope, &part.of.unwrap_or(part.number));
    let After::Unit(unit) = &after else { return after };
    let timed = unit.kind == FindingKind::Duration && unit.trust == Trust::Measure;
    if timed && !is_length_of_time(scope, part, unit) {
        return After::Barred(Refusal::Calendar(Span::new(unit.start, unit.end)));
    }
    // `Igate 2.0 vào`: only a percentage or a measure has a decimal dot.
    if part.number.form == Form::Dot && unit.trust != Trust::Measure {
        return After::Barred(Refusal::Version);
    }
    after
}

/// A sum that is written in two scales, made one: `5 tỷ 200 triệu đồng`.
fn with_rest<'r>(scope: &Scope<'r>, part: Part, unit: Unit<'r>) -> (Part, Unit<'r>) {
    let text = scope.text;
    let digit = |at: &usize| text[*at..].starts_with(|c: char| c.is_ascii_digit());
    if *unit.rule != unit::SUM || unit.times == Decimal::ONE || text[..unit.end].ends_with(['đ', 'g', 'D', 'Đ']) {
        return (part, unit);
    }
    let rest = unit::gap(text, unit.end).filter(digit).and_then(|at| self::part(text, at));
    let Some(rest) = rest.filter(|rest| rest.of.is_none() && part.of.is_none()) else { return (part, unit) };
    match unit::after(scope, &rest.number) {
        After::Unit(less) if less.kind == FindingKind::Money && less.times < unit.times => {
            let smaller = rest.number.value.checked_mul(less.times).and_then(|sum| sum.checked_div(unit.times));
            match smaller.and_then(|sum| part.number.value.checked_add(sum)).filter(|_| rest.number.value < 1000.into())
            {
                Some(value) => {
                    (Part { number: Number { value, ..part.number }, ..part }, Unit { end: less.end, ..unit })
                }
                None => (part, unit),
            }
        }
        _ => (part, unit),
    }
}

/// Whether hours, months or years are a length of time, not a time of day or a part of the calendar.
fn is_length_of_time(scope: &Scope<'_>, part: &Part, unit: &Unit<'_>) -> bool {
    let text = scope.text;
    let rest = text[unit.end..].trim_start();
    let numbered = rest.starts_with(|c: char| c.is_ascii_digit());
    let cue = || lasts(scope, part);
    match unit.name {
        Some("năm") => !numbered && !is_year(&part.number),
        Some("giờ") if text[unit.start..unit.end].contains(' ') => true,
        Some("giờ") if part.of.is_some() => false,
        Some("giờ") => {
            let lasting = rest.starts_with("kể từ")
                || rest.starts_with("liên tục")
                || rest.starts_with("sau khi")
                || rest.starts_with('/')
                || rest.starts_with("trước khi");
            !numbered && (lasting || part.number.value >= 24.into() || part.number.form != Form::Plain || cue())
        }
        Some("tháng") => {
            let closed = rest.is_empty()
                || rest.starts_with(['.', ',', ';', '/', ')', ':'])
                || rest.starts_with("kể từ")
                || rest.starts_with("đến ");
            !numbered && (closed || part.number.padded || part.number.value >= 12.into() || cue())
        }
        _ => true,
    }
}

/// Whether the words before a number say that a length of time follows: `trong vòng`.
fn lasts(scope: &Scope<'_>, part: &Part) -> bool {
    let end = before(scope.text, part.start);
    scope.closing(end).has(List::Span) && scope.tables.noun_ending_at(NounPart::Span, scope.text, end).is_some()
}

/// What speaks against a number with this unit being a finding, if anything does.
fn objection(
    scope: &Scope<'_>,
    part: &Part,
    unit: &Unit<'_>,
    barred: Option<(Bar, Refusal)>,
    quote: Option<Span>,
) -> Option<Refusal> {
    let text = scope.text;
    let bar = barred.map(|(bar, _)| bar);
    let plain = part.number.form == Form::Plain && part.of.is_none();
    let words = Span::new(unit.start, unit.end.max(unit.start));
    // `"5 biết, 3 không"`: a name in quotation marks holds no counts.
    if let Some(quote) = quote.filter(|_| plain && unit.trust < Trust::Measure) {
        return Some(Refusal::Quoted(quote));
    }
    let (allowed, otherwise) = match unit.trust {
        // `khoản 5 triệu đồng`: money is no reference; `tầng 3 m` and `số 12 giờ` may be.
        Trust::Measure if bar == Some(Bar::Firm) => {
            use FindingKind::{Area, Mass, Money, Percent, Volume};
            (matches!(unit.kind, Money | Area | Mass | Percent | Volume), Refusal::Calendar(words))
        }
        // `học kỳ 1 năm học`, `đợt 1 ngày 15/3`: the number names what stands before it.
        Trust::Measure if bar == Some(Bar::UnlessCounted) && unit.kind == FindingKind::Duration => {
            (!plain || part.number.padded || lasts(scope, part), Refusal::Calendar(words))
        }
        Trust::Measure => return None,
        _ if bar == Some(Bar::Firm) => (false, Refusal::Refers(words)),
        _ if refers(scope, unit) => return Some(Refusal::Refers(words)),
        Trust::KnownNoun if bar.is_some() => {
            // `khu phố 4 phường X`, `mục 4 Chương II`: the name, the reference goes on.
            let place = || scope.tables.territories.at(text, unit.start).and_then(|(end, _)| unit::gap(text, end));
            let named = || {
                place()
                    .is_some_and(|at| text[at..].starts_with(|c: char| letter::is_uppercase(c) || c.is_ascii_digit()))
            };
            (text[unit.start..].starts_with(letter::is_lowercase) && !named(), Refusal::Named(words))
        }
        Trust::KnownNoun => (!(part.of.is_some() && is_holiday(part) && unit.start == part.end), Refusal::Holiday),
        Trust::Noun if part.of.is_some() && is_holiday(part) => (false, Refusal::Holiday),
        Trust::Noun => (bar.is_none() && !(plain && is_year(&part.number)), Refusal::Year),
        Trust::Category => {
            let listed = before(text, part.start);
            let led = text[..listed].ends_with([':', ',', ';'])
                || scope.closing(listed).has(List::Link)
                    && scope.tables.noun_ending_at(NounPart::Link, text, listed).is_some();
            let counted = bar.is_none() && plain && (part.number.padded || led) && part.number.lead <= 2;
            (counted, Refusal::Category(words))
        }
    };
    // What stands before the number weighs more than what stands behind it.
    (!allowed).then(|| barred.map_or(otherwise, |(_, why)| why))
}

/// Whether the words behind a number refer: `mục VI`, `điều 14`, not things that are counted.
fn refers(scope: &Scope<'_>, unit: &Unit<'_>) -> bool {
    if !unit.lists.has(List::BarredBefore) {
        return false;
    }
    let text = scope.text;
    let named = scope.tables.barred_before.at(text, unit.start);
    let named = named.filter(|(_, bar)| matches!(bar, Bar::Firm | Bar::UnlessCounted));
    let Some(next) = named.and_then(|(end, _)| unit::gap(text, end)) else { return false };
    let word = text[next..].split(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
    !word.is_empty() && (word.chars().all(|c| c.is_ascii_digit()) || roman::roman(word).is_some())
}

/// Whether a fraction can be a day and a month, and is hardly a part of a whole: `27/7`, `2/9`.
fn is_holiday(part: &Part) -> bool {
    let Some(of) = part.of else { return false };
    of.value <= 12.into() && part.number.value <= 31.into() && part.number.value > of.value
}

/// Whether a number without a unit is the value of a label: `Trung cấp: 06`, `(trong hạn 44, quá hạn 0)`.
fn is_bare(scope: &Scope<'_>, part: &Part, last: Option<&FoundFinding>) -> bool {
    let text = scope.text;
    let mut rest = &text.as_bytes()[part.end..];
    while let [b' ' | b'*' | b'_', behind @ ..] = rest {
        rest = behind;
    }
    let closed = matches!(rest, [] | [b',' | b';' | b'.' | b')' | b'\n' | b'(', ..]);
    // `ít nhất 2/3`: a bounded part of the whole that the clause speaks of.
    let bounded = || scope.bound_before(before(text, part.start)).is_some_and(|(_, bound)| bound.is_some());
    if part.of.is_some_and(|of| of.value > part.number.value && of.value <= 10.into()) && bounded() {
        return true;
    }
    if !closed || part.number.lead > 9 || matches!(part.number.form, Form::Dot | Form::Comma) {
        return false;
    }
    let end = before(text, part.start);
    if end <= scope.from || text[end..part.start].contains('\n') && text[end..part.start].contains("\n\n") {
        return false;
    }
    let whole = part.of.is_none_or(|of| of.value >= part.number.value && of.value > 12.into());
    if text[..end].ends_with(':') {
        return whole && label::leading(scope, part.start).is_some();
    }
    if part.of.is_some() || is_year(&part.number) {
        return false;
    }
    // A label of a few words in lower case that fill their clause, beside another quantity or in a list item.
    let clause = label::clause(scope, part.start);
    let words = clause.of(text).trim();
    let item = words.starts_with(['-', '+', '•']);
    let words = words.trim_start_matches(['-', '+', '•', ' ', '*', '_']);
    let common = words.split_whitespace().next_back().is_some_and(|word| word.starts_with(letter::is_lowercase));
    if !common {
        return false;
    }
    let count = words.split_whitespace().count();
    let behind = |list, part| scope.closing(end).has(list) && scope.tables.noun_ending_at(part, text, end).is_some();
    let led = behind(List::Lead, NounPart::Lead);
    // `cỡ chữ từ 13`: behind a preposition stands a bound, not a value.
    if !led && behind(List::Link, NounPart::Link) {
        return false;
    }
    let beside = last.is_some_and(|last| part.start - last.span.end.min(part.start) <= 140) || rest.starts_with(b";");
    (1..=7).contains(&count) && (item || beside) || (led && (1..=20).contains(&count))
}

/// Writes the parts of a quantity down.
fn emit<'r>(scope: &Scope<'r>, parts: &[Part], unit: &Unit<'r>, signs: &mut Signs, found: &mut Vec<FoundFinding>) {
    for (index, part) in parts.iter().enumerate() {
        let last = index + 1 == parts.len();
        let end = if last { unit.end } else { part.end };
        let label = match unit.trust {
            Trust::Category => label::category(scope.text, unit.start),
            _ => label::label(scope, unit.kind, parts[0].start, unit.end),
        };
        push(scope, part, Some((unit, end)), label, signs, found);
    }
}

/// Writes one number down.
fn push<'r>(
    scope: &Scope<'r>,
    part: &Part,
    unit: Option<(&Unit<'r>, usize)>,
    label: Option<String>,
    signs: &mut Signs,
    found: &mut Vec<FoundFinding>,
) {
    let mut value = part.number.value;
    let mut of = part.of.map(|of| of.value);
    let mut kind = unit.map_or(FindingKind::Count, |(unit, _)| unit.kind);
    let mut rule = unit.map_or(&LABELLED, |(unit, _)| unit.rule);
    let mut repaired = part.number.repaired || part.of.is_some_and(|of| of.repaired);
    if let Some((unit, _)) = unit {
        // `1,297 hồ sơ`: things are not counted in thousandths.
        let thousandths = kind == FindingKind::Count
            && part.number.form == Form::Comma
            && value.scale() == 3
            && part.number.lead <= 3;
        if thousandths && value >= Decimal::ONE && unit.times == Decimal::ONE {
            value *= Decimal::ONE_THOUSAND;
            repaired = true;
        }
        let Some(scaled) = value.checked_mul(unit.times) else { return };
        value = scaled;
    }
    if let Some(whole) = of {
        // `1/2 ngày` is a half; `1.250/1.300 ha`, `45.799/36.875 tỷ đồng` set what was reached against what was to be.
        let half = part.of.is_some_and(|of| of.form == Form::Plain) && whole <= Decimal::from(MOST_PARTS);
        let measured = !matches!(kind, FindingKind::Count | FindingKind::Score);
        if !measured || !half && kind != FindingKind::Percent {
            kind = FindingKind::Ratio;
            rule = &RATIO;
            if let Some((unit, _)) = unit.filter(|_| measured) {
                of = whole.checked_mul(unit.times);
            }
        } else {
            let Some(quotient) = value.checked_div(whole) else { return };
            value = quotient.round_dp(6);
            of = None;
        }
    }
    let end = unit.map_or(part.end, |(_, end)| end).max(part.end);
    let context = Context::around(scope, signs, part.start, end);
    // `(giảm 20%)`: of what, the quantity before it in the sentence says.
    let name = unit.and_then(|(unit, _)| unit.name());
    let bare = name.is_none() || kind == FindingKind::Percent;
    let joined = found.last().filter(|last| {
        let behind = last.span.end <= part.start && kind != FindingKind::Percent;
        behind && label::are_joined(&scope.text[last.span.end..part.start])
    });
    let label = match joined {
        Some(last) => last.label.clone(),
        None => label.or_else(|| bare.then(|| label::inherited(scope, part.start, found.last()))?),
    };
    found.push(FoundFinding {
        kind,
        value: value.normalize(),
        of,
        unit: name,
        label,
        per: unit::per(scope, end),
        status: context.status,
        as_of: context.as_of,
        period: context.period,
        qualifier: context.qualifier,
        change: context.change,
        certainty: if repaired { Certainty::Repaired } else { Certainty::Stated },
        span: Span::new(part.start, end),
        rule: rule.clone(),
    });
}
