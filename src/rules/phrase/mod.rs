//! Phrases with named slots, compiled and matched.
//!
//! A phrase is matched element by element from one place on: the longest reading of each slot, and never back. A
//! candidate costs at most the elements of the pattern times the bytes that one slot may read, so a text costs what
//! its candidates cost, and they are found by one automaton (see [`Phrases`]).

mod set;
mod slot;

pub use set::Phrases;

use super::syntax::{self, Element, Head, Slot, SyntaxError};
use crate::text::{Normalised, Span};

/// The most white space that a gap may span, in bytes.
const WIDEST_GAP: usize = 64;

/// A pattern, compiled.
///
/// ```
/// use trich::rules::Phrase;
///
/// let phrase = Phrase::new("{so:number} điểm cầu [tại {noi:name}]").unwrap();
/// let found = phrase.at("mở 12 điểm cầu tại Bến Tre.", "mở ".len()).unwrap();
/// assert_eq!(found.fields, [("so", "12".to_owned()), ("noi", "Bến Tre".to_owned())]);
/// ```
#[derive(Clone, Debug)]
pub struct Phrase {
    steps: Vec<Step>,
    names: Vec<String>,
}

/// What a phrase read at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhraseMatch<'p> {
    /// From the first element to the last.
    pub span: Span,
    /// The slots that were read, with their values, in the order of the text.
    pub fields: Vec<(&'p str, String)>,
}

#[derive(Clone, Debug)]
enum Step {
    /// A literal in lower case.
    Literal {
        folded: String,
        whole: bool,
    },
    Gap,
    MaybeGap,
    Slot {
        index: usize,
        slot: Slot,
        whole: bool,
        stops: Vec<Stop>,
    },
    Either(Vec<Vec<Step>>),
    Optional(Vec<Step>),
}

/// Before what an open-ended slot ends.
#[derive(Clone, Debug)]
enum Stop {
    Digit,
    Words(Vec<Step>),
}

impl Phrase {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// When the pattern breaks the syntax; the error names the character and the mend.
    pub fn new(pattern: &str) -> Result<Phrase, SyntaxError> {
        let elements = syntax::parse(pattern)?;
        let mut names = Vec::new();
        let steps = compile(&elements, &[], &mut names);
        Ok(Phrase { steps, names })
    }

    /// Reads the phrase in the normalised text, beginning at byte `at`.
    pub fn at(&self, text: &str, at: usize) -> Option<PhraseMatch<'_>> {
        let mut places = Vec::new();
        let end = self.end(text, at, &mut places)?;
        let value = |(index, slot, span): (usize, Slot, Span)| {
            Some((self.names.get(index)?.as_str(), slot::value(slot, span.of(text))))
        };
        Some(PhraseMatch { span: Span::new(at, end), fields: places.into_iter().filter_map(value).collect() })
    }

    fn end(&self, text: &str, at: usize, places: &mut Vec<(usize, Slot, Span)>) -> Option<usize> {
        let first = text.get(at..)?.chars().next()?;
        let before = text[..at].chars().next_back();
        if first.is_alphanumeric() && before.is_some_and(char::is_alphanumeric) {
            return None;
        }
        // `3` in `12,3` begins no number.
        if first.is_ascii_digit()
            && matches!(before, Some('.' | ','))
            && text[..at - 1].ends_with(|c: char| c.is_ascii_digit())
        {
            return None;
        }
        run(&self.steps, text, at, places)
    }

    /// The literals that may open the phrase, in lower case.
    fn first_literals(&self) -> Vec<&str> {
        match self.steps.first() {
            Some(Step::Literal { folded, .. }) => vec![folded],
            Some(Step::Either(all)) => all.iter().filter_map(|one| literal_of(one.first()?)).collect(),
            Some(Step::Slot { slot: Slot::Date, .. }) => slot::DATE_WORDS.to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether it may begin with a digit that no literal names.
    fn begins_with_digit(&self) -> bool {
        matches!(self.steps.first(), Some(Step::Slot { .. }))
    }
}

fn literal_of(step: &Step) -> Option<&str> {
    if let Step::Literal { folded, .. } = step { Some(folded) } else { None }
}

/// Compiles a sequence; `tail` is what follows it outside of its brackets.
fn compile(elements: &[Element], tail: &[Element], names: &mut Vec<String>) -> Vec<Step> {
    let mut steps = Vec::with_capacity(elements.len());
    for (i, element) in elements.iter().enumerate() {
        let rest = || elements[i + 1..].iter().chain(tail);
        steps.push(match element {
            Element::Literal(text) => literal(text, ends_word(rest())),
            Element::Gap => Step::Gap,
            Element::MaybeGap => Step::MaybeGap,
            Element::Slot { name, slot } => {
                names.push(name.clone());
                let stops = if slot.is_open_ended() || *slot == Slot::Name { stops(rest()) } else { Vec::new() };
                Step::Slot { index: names.len() - 1, slot: *slot, whole: ends_word(rest()), stops }
            }
            Element::Either(all) => {
                let after: Vec<Element> = rest().cloned().collect();
                Step::Either(all.iter().map(|one| compile(one, &after, names)).collect())
            }
            Element::Optional(inner) => {
                let after: Vec<Element> = rest().cloned().collect();
                Step::Optional(compile(inner, &after, names))
            }
        });
    }
    steps
}

fn literal(text: &str, whole: bool) -> Step {
    Step::Literal { folded: Normalised::new(text).as_str().chars().map(lower).collect(), whole }
}

/// Whether an element ends where a word ends, for the pattern glues nothing to it.
fn ends_word<'e>(rest: impl Iterator<Item = &'e Element>) -> bool {
    for element in rest {
        match element {
            Element::Gap => return true,
            Element::MaybeGap | Element::Literal(_) | Element::Slot { .. } | Element::Either(_) => return false,
            Element::Optional(inner) if matches!(inner.first(), Some(Element::Gap)) => {}
            Element::Optional(_) => return false,
        }
    }
    true
}

fn stops<'e>(rest: impl Iterator<Item = &'e Element>) -> Vec<Stop> {
    let step = |element: &Element| match element {
        Element::Literal(text) => Some(literal(text, false)),
        Element::Gap => Some(Step::Gap),
        Element::MaybeGap => Some(Step::MaybeGap),
        Element::Slot { slot, .. } => Some(Step::Slot { index: 0, slot: *slot, whole: false, stops: Vec::new() }),
        Element::Either(_) | Element::Optional(_) => None,
    };
    let stop = |head: Head<'_>| match head {
        Head::Words(words) => {
            let mut steps: Vec<Step> = words.into_iter().filter_map(step).collect();
            if let Some(Step::Literal { whole, .. }) = steps.last_mut() {
                *whole = true;
            }
            Some(Stop::Words(steps))
        }
        Head::Digit => Some(Stop::Digit),
        Head::Other => None,
    };
    syntax::heads(rest).into_iter().filter_map(stop).collect()
}

/// Reads steps one after the other; where the last ends.
fn run(steps: &[Step], text: &str, mut at: usize, places: &mut Vec<(usize, Slot, Span)>) -> Option<usize> {
    for step in steps {
        at = match step {
            Step::Literal { folded, whole } => bounded(text, literal_end(text, at, folded)?, *whole)?,
            Step::Gap => gap(text, at).filter(|end| *end > at)?,
            Step::MaybeGap => gap(text, at).unwrap_or(at),
            Step::Slot { index, slot, whole, stops } => {
                let end = bounded(text, slot::read(*slot, text, at, &|at| stopped(stops, text, at))?, *whole)?;
                places.push((*index, *slot, Span::new(at, end)));
                end
            }
            Step::Either(all) => all.iter().filter_map(|one| run(one, text, at, places)).max()?,
            Step::Optional(inner) => {
                let kept = places.len();
                run(inner, text, at, places).unwrap_or_else(|| {
                    places.truncate(kept);
                    at
                })
            }
        };
    }
    Some(at)
}

/// `end`, unless a whole word is wanted and the word goes on.
fn bounded(text: &str, end: usize, whole: bool) -> Option<usize> {
    let mut around = (text[..end].chars().next_back(), text[end..].chars().next());
    if !whole {
        around.1 = None;
    }
    match around {
        (Some(last), Some(next)) if last.is_alphanumeric() && next.is_alphanumeric() => None,
        _ => Some(end),
    }
}

fn stopped(stops: &[Stop], text: &str, at: usize) -> bool {
    stops.iter().any(|stop| match stop {
        Stop::Digit => text[at..].starts_with(|c: char| c.is_ascii_digit()),
        Stop::Words(steps) => run(steps, text, at, &mut Vec::new()).is_some(),
    })
}

/// A character in lower case, where that is one character.
fn lower(c: char) -> char {
    let mut all = c.to_lowercase();
    match (all.next(), all.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

/// Where a literal that stands at `at` ends, case ignored.
fn literal_end(text: &str, at: usize, folded: &str) -> Option<usize> {
    let mut chars = text[at..].chars();
    for wanted in folded.chars() {
        if lower(chars.next()?) != wanted {
            return None;
        }
    }
    Some(text.len() - chars.as_str().len())
}

/// Where the white space at `at` ends; `None` where a blank line parts the text or the space is too wide.
fn gap(text: &str, at: usize) -> Option<usize> {
    let mut breaks = 0;
    for (i, c) in text[at..].char_indices() {
        if !c.is_whitespace() {
            return Some(at + i);
        }
        breaks += usize::from(c == '\n' || c == '\u{c}');
        if breaks > 1 || i > WIDEST_GAP {
            return None;
        }
    }
    Some(text.len())
}

#[cfg(test)]
mod tests;
