//! The rules that `trich` ships with, as the build script checked them and wrote them down: nothing of them is parsed,
//! hashed or sorted when a program starts.

use super::{
    file::{RawAct, RawAlias, RawRule, RuleFile, RuleKind, Settings},
    pairs::{Pair, Pairs, Spellings},
};
use std::borrow::Cow::Borrowed as B;

impl Pairs {
    /// Those of the built-in rules.
    pub(super) fn builtin() -> Pairs {
        Pairs(B(&PAIRS))
    }
}

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::file;
    use sha2::{Digest, Sha256};

    #[test]
    fn what_was_written_down_is_what_it_would_be_now() {
        assert_eq!(BY_ID.as_slice(), file::by_id(&FILE.rules));
        assert_eq!(HASH, file::hash(&Sha256::digest(serde_json::to_vec(&FILE).unwrap())));
        assert_eq!(Pairs::builtin(), Pairs::of(FILE.rules.iter()));
    }
}
