//! The rules that `trich` ships with, as the build script checked them and wrote them down: nothing of them is parsed,
//! hashed or sorted when a program starts.

use super::{
    file::{RawAct, RawAlias, RawRule, RuleFile, RuleKind, Settings},
    pairs::{Pair, Pairs, Spellings},
    trie::{Node, Tree},
};
use std::borrow::Cow::Borrowed as B;

impl Pairs {
    /// Those of the built-in rules.
    pub(super) fn builtin() -> Pairs {
        Pairs(B(&PAIRS))
    }
}

/// The tree laid down for a list of words, by its [`super::trie::key`].
pub(super) fn tree(key: u64) -> Option<&'static Tree> {
    let at = TREES.binary_search_by_key(&key, |(key, _)| *key).ok()?;
    Some(&TREES[at].1)
}

include!(concat!(env!("OUT_DIR"), "/rules.rs"));
include!(concat!(env!("OUT_DIR"), "/trees.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Rules, file};
    use sha2::{Digest, Sha256};

    #[test]
    fn what_was_written_down_is_what_it_would_be_now() {
        assert_eq!(BY_ID.as_slice(), file::by_id(&FILE.rules));
        assert_eq!(HASH, file::hash(&Sha256::digest(serde_json::to_vec(&FILE).unwrap())));
        assert_eq!(Pairs::builtin(), Pairs::of(FILE.rules.iter()));
    }

    #[test]
    fn every_list_has_its_tree_laid_down() {
        let tables = Rules::builtin().tables();
        let laid_down = [
            ("type", tables.type_words.is_laid_down()),
            ("organ", tables.organ_words.is_laid_down()),
            ("province", tables.provinces.is_laid_down()),
            ("territory", tables.territories.is_laid_down()),
            ("territory, damaged", tables.damaged_territories.is_laid_down()),
            ("act", tables.act_names.is_laid_down()),
            ("position", tables.positions.is_laid_down()),
            ("cue", tables.cues.values().all(|list| list.is_laid_down())),
            ("stamp", tables.stamps.values().all(|list| list.is_laid_down())),
            ("unit", tables.unit_words.is_laid_down()),
            ("scale", tables.scales.is_laid_down()),
            ("qualifier", tables.qualifiers.values().all(|list| list.is_laid_down())),
            ("change", tables.changes.is_laid_down()),
            ("status", tables.statuses.is_laid_down()),
            ("not_finding, before", tables.barred_before.is_laid_down()),
            ("not_finding, after", tables.barred_after.is_laid_down()),
            ("noun", tables.nouns.values().all(|list| list.is_laid_down())),
            ("purpose", tables.purposes.is_laid_down()),
            ("topic", tables.topics.is_laid_down()),
            ("relation", tables.relations.is_laid_down()),
            ("reference", tables.reference_words.is_laid_down()),
            ("issuer_end", tables.issuer_ends.is_laid_down()),
        ];
        let missing: Vec<&str> = laid_down.iter().filter(|(_, is)| !is).map(|(name, _)| *name).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }
}
