//! Whether an act was in force on a day.

use super::{
    catalogue::{Act, Catalogue, End},
    day::Day,
};
use crate::record::{ActFound, Unchecked, Validity};
use jiff::civil::Date;

/// The status of an act on a day, or on every day between two; a verdict that changes between them is none.
pub(super) fn verdict(act: &Act, catalogue: &Catalogue, day: Option<Day>) -> (Validity, Option<Unchecked>) {
    let no_day = (Validity::Unchecked, Some(Unchecked::NoDay));
    let Some(day) = day else { return no_day };
    match (day.earliest, day.latest) {
        (Some(first), Some(last)) => {
            let (early, late) = (on(act, catalogue, first), on(act, catalogue, last));
            match (early, late) {
                _ if early == late => early,
                // It was amended in between: in force all the while.
                ((Validity::InForce, _), (Validity::PartlyExpired, _)) => (Validity::InForce, None),
                ((Validity::Unchecked, Some(reason)), _) | (_, (Validity::Unchecked, Some(reason))) => {
                    (Validity::Unchecked, Some(reason))
                }
                _ => no_day,
            }
        }
        // What has ended stays ended.
        (Some(first), None) => match on(act, catalogue, first) {
            ended @ (Validity::Expired | Validity::Replaced, _) => ended,
            _ => no_day,
        },
        (None, Some(last)) => match on(act, catalogue, last) {
            ahead @ (Validity::NotYetInForce, _) => ahead,
            _ => no_day,
        },
        (None, None) => no_day,
    }
}

fn on(act: &Act, catalogue: &Catalogue, day: Date) -> (Validity, Option<Unchecked>) {
    let unchecked = |reason| (Validity::Unchecked, Some(reason));
    if let End::On(end) = act.until
        && day >= end
    {
        let status = if act.replaced_by.is_some() { Validity::Replaced } else { Validity::Expired };
        return (status, None);
    }
    match act.from {
        Some(from) if day < from => return (Validity::NotYetInForce, None),
        None if act.issued.is_some_and(|issued| day < issued) => return (Validity::NotYetInForce, None),
        None => return unchecked(Unchecked::NoBegin),
        Some(_) => {}
    }
    match act.until {
        End::Unknown => return unchecked(Unchecked::NoEnd),
        End::Standing if act.known.is_none_or(|known| day > known) => return unchecked(Unchecked::AfterKnowledge),
        End::Standing | End::On(_) => {}
    }
    let amended = !amendments(act, catalogue, day).is_empty();
    (if amended { Validity::PartlyExpired } else { Validity::InForce }, None)
}

/// The acts that had amended it by a day. One whose first day the catalogue does not know counts from the year behind that
/// in its number: by then it is in force.
fn amendments(act: &Act, catalogue: &Catalogue, day: Date) -> Vec<String> {
    let begun = |number: &&String| {
        let by = catalogue.with_number(number);
        let mut known = by.iter().filter_map(|by| by.from).peekable();
        match known.peek() {
            Some(_) => known.any(|from| from <= day),
            None => year_of(number).is_some_and(|year| year < day.year()),
        }
    };
    act.amended_by.iter().filter(begun).cloned().collect()
}

/// The year in a number: 2013 of `48/2013/NĐ-CP`.
fn year_of(number: &str) -> Option<i16> {
    number.split('/').nth(1)?.parse().ok().filter(|year| (1945..2100).contains(year))
}

/// An act as the record shows it.
pub(super) fn found(act: &Act, catalogue: &Catalogue, day: Option<Day>) -> ActFound {
    let text = |day: Option<Date>| day.map(|day| day.to_string());
    let day = day.and_then(|day| day.earliest.or(day.latest));
    ActFound {
        number: act.number.clone(),
        kind: act.kind.clone(),
        name: act.name.clone(),
        issuer: act.issuer.clone(),
        issued: text(act.issued),
        from: text(act.from),
        until: match act.until {
            End::On(day) => Some(day.to_string()),
            End::Unknown | End::Standing => None,
        },
        replaced_by: act.replaced_by.clone(),
        amended_by: day.map(|day| amendments(act, catalogue, day)).unwrap_or_default(),
    }
}
