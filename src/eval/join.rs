//! Which fact of one run is which of another: by place.

use crate::record::Span;
use serde_json::Value;
use std::{cmp::Reverse, collections::HashMap};

/// Two lists of facts, joined.
pub struct Joined {
    /// For each old fact, the new one that it is.
    pub partner: Vec<Option<usize>>,
    /// The new facts that are no old one.
    pub free: Vec<usize>,
}

/// Joins two lists: facts with the same place are one fact, then those that overlap most.
pub fn join(old: &[Value], new: &[Value]) -> Joined {
    let mut partner: Vec<Option<usize>> = vec![None; old.len()];
    let mut is_free: Vec<bool> = vec![true; new.len()];
    let mut places: HashMap<(Option<Span>, &str), Vec<usize>> = HashMap::new();
    for (index, fact) in new.iter().enumerate().rev() {
        places.entry((span(fact), code(fact))).or_default().push(index);
    }
    for (index, fact) in old.iter().enumerate() {
        if let Some(found) = places.get_mut(&(span(fact), code(fact))).and_then(Vec::pop) {
            partner[index] = Some(found);
            is_free[found] = false;
        }
    }
    let left = placed(new, |index| is_free[index]);
    let mut first = 0;
    for (place, index) in placed(old, |index| partner[index].is_none()) {
        while left.get(first).is_some_and(|(other, _)| other.end <= place.start) {
            first += 1;
        }
        let near = left[first..].iter().take_while(|(other, _)| other.start < place.end);
        let fits =
            near.filter(|(other, n)| is_free[*n] && other.end > place.start && code(&new[*n]) == code(&old[index]));
        let shared = |other: &Span| other.end.min(place.end) - other.start.max(place.start);
        if let Some((_, found)) = fits.max_by_key(|(other, n)| (shared(other), Reverse(*n))) {
            partner[index] = Some(*found);
            is_free[*found] = false;
        }
    }
    Joined { partner, free: (0..new.len()).filter(|&index| is_free[index]).collect() }
}

/// The facts that have a place, sorted by it.
fn placed(facts: &[Value], keep: impl Fn(usize) -> bool) -> Vec<(Span, usize)> {
    let kept = facts.iter().enumerate().filter(|(index, _)| keep(*index));
    let mut placed: Vec<(Span, usize)> = kept.filter_map(|(index, fact)| Some((span(fact)?, index))).collect();
    placed.sort();
    placed
}

/// The place of a fact.
pub fn span(fact: &Value) -> Option<Span> {
    let [start, end] = fact.get("span")?.as_array()?.as_slice() else { return None };
    let at = |value: &Value| usize::try_from(value.as_u64()?).ok();
    Some(Span { start: at(start)?, end: at(end)? })
}

/// What tells apart facts of one kind at one place: the code of a diagnostic, the kind of a user's own fact.
fn code(fact: &Value) -> &str {
    let named = fact.get("code").or_else(|| fact.get("fields").and(fact.get("kind")));
    named.and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn facts(spans: &[(usize, usize)]) -> Vec<Value> {
        spans.iter().map(|(start, length)| json!({"span": [start, start + length]})).collect()
    }

    #[test]
    fn the_one_that_overlaps_most_is_taken() {
        let joined = join(&facts(&[(0, 10)]), &facts(&[(8, 4), (2, 6)]));
        assert_eq!((joined.partner, joined.free), (vec![Some(1)], vec![0]));
        let touching = join(&facts(&[(0, 5)]), &facts(&[(5, 5)]));
        assert_eq!((touching.partner, touching.free), (vec![None], vec![0]));
    }

    #[test]
    fn codes_keep_facts_apart() {
        let of = |code: &str| vec![json!({"span": [0, 4], "code": code})];
        assert_eq!(join(&of("T101"), &of("T102")).partner, [None]);
        assert_eq!(join(&of("T101"), &of("T101")).partner, [Some(0)]);
    }

    proptest! {
        #[test]
        fn every_fact_is_joined_once_or_left(
            old in proptest::collection::vec((0usize..30, 0usize..9), 0..12),
            new in proptest::collection::vec((0usize..30, 0usize..9), 0..12),
        ) {
            let (old, new) = (facts(&old), facts(&new));
            let Joined { partner, mut free } = join(&old, &new);
            free.extend(partner.iter().flatten());
            free.sort_unstable();
            prop_assert_eq!(free, (0..new.len()).collect::<Vec<_>>());
            prop_assert_eq!(join(&old, &old).partner.iter().filter(|p| p.is_none()).count(), 0);
        }
    }
}
