//! Numbers that stand together: ranges and lists with one unit, the references that a name governs, the groups of a code.

use super::{
    Refusal, Scope,
    exclusion::is_year,
    quantity::{Part, behind, part},
    unit::{After, Trust, Unit},
};
use crate::grammar::number::{self, Form};
use rust_decimal::Decimal;
use std::collections::VecDeque;

/// What may join the numbers of a series.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// `5 - 10`, `5 đến 10`.
    Range,
    /// `3, 4`.
    Comma,
    /// `4 và 5`.
    And,
}

/// The most numbers that share one unit.
const MOST_PARTS: usize = 8;

/// What joins a number to the next, and where that begins.
pub(super) type Next = (Joint, usize);

/// What joins the number that ends at `end` to another, and where that begins.
pub(super) fn joint(text: &str, end: usize) -> Option<Next> {
    let bytes = text.as_bytes();
    let at = over_blanks(bytes, end)?;
    let (word, joint) = match bytes.get(at)? {
        b'-' => ("-", Joint::Range),
        b'~' => ("~", Joint::Range),
        b',' => (",", Joint::Comma),
        // Any other byte opens none of the words.
        b't' | b'v' | b'h' | 0xc4 if !matches!(bytes[at..], [0xc4, 0x90, ..]) => [
            ("đến", Joint::Range),
            ("tới", Joint::Range),
            ("và", Joint::And),
            ("hoặc", Joint::And),
            ("hay", Joint::And),
        ]
        .into_iter()
        .find(|(word, _)| text[at..].starts_with(word))?,
        _ => return None,
    };
    let behind = at + word.len();
    let next = over_blanks(bytes, behind)?;
    let apart = next > behind || matches!(word, "-" | "~" | ",");
    (apart && bytes.get(next).is_some_and(u8::is_ascii_digit)).then_some((joint, next))
}

/// The place behind some spaces and line ends, but no blank line.
fn over_blanks(bytes: &[u8], from: usize) -> Option<usize> {
    const MOST: usize = 12;
    let mut at = from;
    while let Some(b' ' | b'\n') = bytes.get(at) {
        at += 1;
        if at - from > MOST || bytes[at - 1] == b'\n' && bytes.get(at) == Some(&b'\n') {
            return None;
        }
    }
    Some(at)
}

/// The numbers of a row behind the one that was read last, none of which has a unit of its own: each opens a series
/// too, over the same numbers.
#[derive(Default)]
pub(super) struct Barren {
    /// Where the text ended of which they are known.
    limit: usize,
    /// Each number, and what joins it to the next.
    row: VecDeque<(Part, Option<Next>)>,
}

impl Barren {
    /// Whether the number at a place is known to have no unit.
    pub(super) fn knows(&self, limit: usize, at: usize) -> bool {
        self.limit == limit && self.row.front().is_some_and(|(part, _)| part.start == at)
    }

    /// Keeps what is known of the row from a place on.
    fn go_on(&mut self, limit: usize, at: usize) {
        if self.limit != limit {
            self.row.clear();
            self.limit = limit;
        }
        while self.row.front().is_some_and(|(part, _)| part.start != at) {
            self.row.pop_front();
        }
    }
}

/// A series that `first` opens and that shares the unit of its last number: its parts, and the unit or why it has none
/// that makes findings. `None` if it is no series.
pub(super) fn series<'r>(
    scope: &Scope<'r>,
    first: Part,
    barren: &mut Barren,
) -> Option<(Vec<Part>, Result<Unit<'r>, Refusal>)> {
    let opened = joint(scope.text, first.end)?;
    barren.go_on(scope.text.len(), opened.1);
    loop {
        let (kind, at) = barren.row.back().map_or(Some(opened), |(_, joined)| *joined)?;
        if barren.row.len() + 1 >= MOST_PARTS {
            return None;
        }
        let next = part(scope.text, at)?;
        let unit = match behind(scope, &next) {
            // Of numbers with commas alone only the last counts the unit.
            After::Unit(_) if kind == Joint::Comma => return None,
            After::Unit(unit) if unit.trust == Trust::Category => return None,
            After::Unit(unit) => Ok(unit),
            After::Barred(why) => Err(why),
            After::Nothing => {
                barren.row.push_back((next, joint(scope.text, next.end)));
                continue;
            }
        };
        let mut parts = vec![first];
        let mut joined = Some(opened);
        for (part, further) in barren.row.iter().copied().chain([(next, None)]) {
            let last = parts.last().unwrap_or(&first);
            let range = matches!(joined, Some((Joint::Range, _)));
            if range && (part.number.value <= last.number.value || (is_year(&last.number) && is_year(&part.number))) {
                return None;
            }
            parts.push(part);
            joined = further;
        }
        return Some((parts, unit));
    }
}

/// The upper end of a range whose ends both have the unit and that a dash alone joins: `3kg-6kg`.
pub(super) fn upper_end<'r>(scope: &Scope<'r>, lower: &Part, unit: &Unit<'r>, end: usize) -> Option<(Part, Unit<'r>)> {
    let joined = unit.trust == Trust::Measure && scope.text[end..].starts_with('-');
    let next = joined.then(|| part(scope.text, end + 1)).flatten()?;
    match behind(scope, &next) {
        After::Unit(same) if same.name() == unit.name() && next.number.value > lower.number.value => Some((next, same)),
        _ => None,
    }
}

/// Where the numbers end that a name governs together with the first: `các điều 5, 6 và 7`.
pub(super) fn chain_end(text: &str, first: &Part) -> usize {
    let mut last = *first;
    for _ in 0..MOST_PARTS * 4 {
        let Some((kind, at)) = joint(text, last.end) else { break };
        let Some(next) = part(text, at) else { break };
        let step = next.number.value - last.number.value;
        let near =
            next.number.form == Form::Plain && step > Decimal::ZERO && (kind == Joint::Range || step <= 3.into());
        if !near || text[next.end..].trim_start().starts_with('%') {
            break;
        }
        last = next;
    }
    last.end
}

/// The end of a code whose groups stand apart: `0913 774 208`.
pub(super) fn code_end(text: &str, end: usize) -> usize {
    let mut end = end;
    for _ in 0..MOST_PARTS {
        let next = text[end..]
            .strip_prefix([' ', '-', '.'])
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if !next {
            break;
        }
        end = number::run_end(text, end + 1);
    }
    end
}
