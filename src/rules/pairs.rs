//! How pairs of words beside each other are spelt in names: what mends a name that OCR damaged.

use super::{
    file::{RawRule, RuleKind, Text, Texts},
    letter, skeleton,
};
use std::{borrow::Cow, collections::BTreeMap};

/// The pairs of words in names, and in what else may be meant where a name is damaged, by their letters without marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairs(pub(super) Cow<'static, [Pair]>);

/// A pair, in small letters without marks, and how it is spelt.
pub(super) type Pair = (Text, Spellings);

/// How a pair of words is spelt.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spellings {
    /// Its spellings, in small letters.
    pub forms: Texts,
    /// Whether it stands in the name of an organ or of one who often receives documents.
    pub name: bool,
    /// Whether its second word may be written in small letters.
    pub small: bool,
}

impl Spellings {
    /// The one spelling of a pair in a name.
    pub fn only(&self) -> Option<&str> {
        self.forms.first().filter(|_| self.name && self.forms.len() == 1).map(Cow::as_ref)
    }
}

impl Pairs {
    /// Those of some rules.
    pub fn of<'r>(rules: impl Iterator<Item = &'r RawRule> + Clone) -> Pairs {
        let words = |kinds: &[RuleKind]| -> Vec<&'r Text> {
            let of = |kind: &RuleKind| {
                let kind = *kind;
                rules.clone().filter(move |rule| rule.kind == kind).flat_map(|rule| rule.words.iter())
            };
            kinds.iter().flat_map(of).collect()
        };
        let names = words(&[RuleKind::Organ, RuleKind::Receiver]);
        // Those mend nothing.
        let others = words(&[RuleKind::NotOrgan, RuleKind::Territory, RuleKind::Position, RuleKind::Province]);
        // `Báo Phú Yên` does not make Phù Yên a slip.
        let places: Vec<String> = words(&[RuleKind::Province]).into_iter().map(|place| place.to_lowercase()).collect();
        let places = places.join("\n");
        let mut out: BTreeMap<String, Spellings> = BTreeMap::new();
        for (text, name) in
            names.into_iter().map(|name| (name, true)).chain(others.into_iter().map(|other| (other, false)))
        {
            let words: Vec<&str> =
                text.split(|c: char| !letter::is_alphanumeric(c)).filter(|word| !word.is_empty()).collect();
            for pair in words.windows(2) {
                let form = pair.join(" ").to_lowercase();
                let known = out.entry(skeleton(&form)).or_default();
                if !known.forms.iter().any(|other| *other == form) {
                    known.forms.to_mut().push(form.into());
                }
                known.small |= pair[1].starts_with(letter::is_lowercase);
                known.name = known.name || name && !places.contains(known.forms[0].as_ref());
            }
        }
        Pairs(out.into_iter().map(|(pair, spellings)| (pair.into(), spellings)).collect())
    }

    /// How a pair is spelt whose small letters without marks are these.
    pub fn get(&self, pair: &str) -> Option<&Spellings> {
        let at = self.0.binary_search_by(|(known, _)| known.as_ref().cmp(pair)).ok()?;
        Some(&self.0[at].1)
    }
}
