//! Pairing what is stated with what was found, by place.

use crate::record::{Citation, Finding, Section, Span};

use super::{Counts, GoldCitation, GoldFinding, GoldSection};

/// Something with a place; what was not placed overlaps nothing.
pub trait Placed {
    /// Where it stands.
    fn span(&self) -> Span;
}

const NOWHERE: Span = Span { start: 0, end: 0 };

impl Placed for GoldCitation {
    fn span(&self) -> Span {
        self.span.unwrap_or(NOWHERE)
    }
}

impl Placed for GoldSection {
    fn span(&self) -> Span {
        self.span.unwrap_or(NOWHERE)
    }
}

impl Placed for GoldFinding {
    fn span(&self) -> Span {
        self.span.unwrap_or(NOWHERE)
    }
}

impl Placed for Citation {
    fn span(&self) -> Span {
        self.span
    }
}

impl Placed for Section {
    fn span(&self) -> Span {
        self.span
    }
}

impl Placed for Finding {
    fn span(&self) -> Span {
        self.span
    }
}

/// How many code points two places share; negative when they stand apart.
fn shared(a: Span, b: Span) -> i64 {
    a.end.min(b.end) as i64 - a.start.max(b.start) as i64
}

/// Whether two places share a code point.
pub fn overlap(a: Span, b: Span) -> bool {
    shared(a, b) > 0
}

/// Two lists side by side.
pub struct Sides<'a, G, P> {
    /// What is stated and counts.
    pub firm: Vec<&'a G>,
    /// Where something is stated that counts neither for nor against.
    pub soft: Vec<Span>,
    /// What was found.
    pub got: Vec<&'a P>,
    /// Where what is found counts neither for nor against.
    pub regions: &'a [Span],
}

/// What came of pairing.
pub struct Paired<'a, G, P> {
    /// Stated and found.
    pub pairs: Vec<(&'a G, &'a P)>,
    /// Stated and not found.
    pub missed: Vec<&'a G>,
    /// Found and not stated.
    pub extra: Vec<&'a P>,
}

impl<G, P> Paired<'_, G, P> {
    pub fn counts(&self) -> Counts {
        Counts { right: self.pairs.len(), extra: self.extra.len(), missed: self.missed.len() }
    }
}

impl<'a, G: Placed, P: Placed> Sides<'a, G, P> {
    /// Pairs in the order of the gold file: each item takes the free fact that is the same and overlaps it most. Of what
    /// is left over, an optional item absorbs one, and a table all.
    pub fn pair(&self, same: impl Fn(&G, &P) -> bool) -> Paired<'a, G, P> {
        let mut free = self.got.clone();
        let (mut pairs, mut missed) = (Vec::new(), Vec::new());
        for gold in &self.firm {
            let span = gold.span();
            let mut best: Option<(i64, usize)> = None;
            for (index, got) in free.iter().enumerate() {
                let place = got.span();
                if overlap(span, place) && same(gold, got) {
                    let fit = 2 * shared(span, place) - (place.end as i64 - place.start as i64);
                    if best.is_none_or(|(most, _)| fit > most) {
                        best = Some((fit, index));
                    }
                }
            }
            match best {
                Some((_, index)) => pairs.push((*gold, free.remove(index))),
                None => missed.push(*gold),
            }
        }
        let mut soft = self.soft.clone();
        free.retain(|got| {
            if let Some(index) = soft.iter().position(|place| overlap(got.span(), *place)) {
                soft.remove(index);
                return false;
            }
            !self.regions.iter().any(|region| overlap(got.span(), *region))
        });
        Paired { pairs, missed, extra: free }
    }
}
