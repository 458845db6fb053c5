//! The rules: words, abbreviations, offices, units, phrasings and cues, as data.
//!
//! They stand in `rules/*.toml`, are checked when the crate is built, and are compiled once, at first use. A user's own
//! files are laid over them by [`Rules::with_dir`]. This is the only module that knows how words are looked up.

mod builtin;
mod edges;
mod entry;
mod error;
mod file;
mod lexicon;
mod organ_names;
mod pairs;
mod phrase;
mod syntax;
mod tables;
mod trie;

pub(crate) use edges::{List, Lists, Word};
pub use entry::{
    Act, ActKey, Bar, Bare, Cue, DocType, Family, NounPart, Organ, ReferenceWords, Side, StampField, Territory, UnitOf,
};
pub use error::RulesError;
pub use file::{RawAct, RawAlias, RawRule, RuleKind, Settings, Text, Texts};
pub use lexicon::{Gap, Lexicon};
pub use organ_names::OrganNames;
pub use pairs::{Pairs, Spellings};
pub use phrase::{Phrase, PhraseMatch, Phrases};
pub use syntax::SyntaxError;
pub use tables::Tables;
pub use trie::Fold;

use crate::text::{fold_char, letter, skeleton};
use file::RuleFile;
use sha2::{Digest, Sha256};
use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// The rules in force.
#[derive(Debug)]
pub struct Rules {
    file: Cow<'static, RuleFile>,
    /// The indices of the rules, sorted by their ids.
    by_id: Cow<'static, [u16]>,
    disabled: HashSet<Text>,
    hash: Text,
    tables: Tables,
}

impl Rules {
    /// The rules that `trich` ships with.
    ///
    /// ```
    /// let rules = trich::Rules::builtin();
    /// assert!(rules.get("type.KH").unwrap().says.contains("Kế hoạch"));
    /// ```
    pub fn builtin() -> &'static Rules {
        static BUILTIN: OnceLock<Rules> = OnceLock::new();
        BUILTIN.get_or_init(|| {
            let tables = Tables::new(&builtin::FILE, &HashSet::new(), Pairs::builtin());
            Rules {
                file: Cow::Borrowed(&builtin::FILE),
                by_id: Cow::Borrowed(&builtin::BY_ID),
                disabled: HashSet::new(),
                hash: Cow::Borrowed(builtin::HASH),
                tables,
            }
        })
    }

    /// The built-in rules with the files of a folder laid over them: a rule with a new id is added, one with a known
    /// id replaces that rule, and the ids under `disable` are switched off.
    ///
    /// # Errors
    /// When the folder cannot be read or one of its `.toml` files is refused; the error names file, line and reason.
    pub fn with_dir(dir: &Path) -> Result<Rules, RulesError> {
        let mut all = builtin::FILE.clone();
        let entries = std::fs::read_dir(dir).map_err(|e| RulesError::io(dir, e))?;
        let mut paths = Vec::new();
        for entry in entries {
            paths.push(entry.map_err(|e| RulesError::io(dir, e))?.path());
        }
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        paths.sort();
        if paths.is_empty() {
            return Err(RulesError::empty(dir));
        }
        let mut home: HashMap<String, PathBuf> = HashMap::new();
        for path in paths {
            let text = std::fs::read_to_string(&path).map_err(|e| RulesError::io(&path, e))?;
            let read = file::parse(&text).map_err(|refusal| RulesError::refused(&path, refusal))?;
            for rule in read.rules.into_owned() {
                if let Some(other) = home.insert(rule.id.clone().into_owned(), path.clone()) {
                    return Err(RulesError::twice(&path, file::line_of(&text, &rule.id, 1), &rule.id, &other));
                }
                let rules = all.rules.to_mut();
                match rules.iter_mut().find(|known| known.id == rule.id) {
                    Some(known) => *known = rule,
                    None => rules.push(rule),
                }
            }
            all.acts.to_mut().extend(read.acts.into_owned());
            // The last word holds: a user's own alias replaces a known one.
            all.aliases.to_mut().extend(read.aliases.into_owned());
            for id in read.disable.into_owned() {
                if !all.rules.iter().any(|rule| rule.id == id) {
                    return Err(RulesError::unknown(&path, &id));
                }
                all.disable.to_mut().push(id);
            }
        }
        let hash = file::hash(&Sha256::digest(serde_json::to_vec(&all).unwrap_or_default()));
        let disabled: HashSet<Text> = all.disable.iter().cloned().collect();
        let pairs = Pairs::of(all.rules.iter().filter(|rule| !disabled.contains(&rule.id)));
        let tables = Tables::new(&all, &disabled, pairs);
        let by_id = file::by_id(&all.rules).into();
        Ok(Rules { file: Cow::Owned(all), by_id, disabled, hash: hash.into(), tables })
    }

    /// The rule with this id.
    pub fn get(&self, id: &str) -> Option<&RawRule> {
        let rule = |at: &u16| &self.file.rules[usize::from(*at)];
        let at = self.by_id.binary_search_by(|at| rule(at).id.as_ref().cmp(id)).ok()?;
        Some(rule(&self.by_id[at]))
    }

    /// Every rule, in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &RawRule> {
        self.file.rules.iter()
    }

    /// Whether a rule may produce facts.
    pub fn is_enabled(&self, id: &str) -> bool {
        self.disabled.is_empty() || !self.disabled.contains(id)
    }

    /// A short hash of all rules in force: two records with the same hash were read by the same rules.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// The abbreviations that a document number may hold, for [`crate::grammar::symbol`].
    pub fn codes(&self) -> crate::grammar::symbol::Codes<'_> {
        self.tables.codes()
    }

    /// The kind of document that a group of a symbol stands for: `KH`.
    pub fn kind_of_code(&self, group: &str) -> Option<&DocType> {
        self.tables.types.get(self.codes().kind(group)?)
    }

    /// The organ that a group of a symbol stands for: `UBND`, `QH15`.
    pub fn organ_of_code(&self, group: &str) -> Option<&Organ> {
        self.tables.organs.get(self.codes().organ(group)?)
    }

    /// What a short name (`Đề án 06`) stands for, if everybody uses it for one act.
    pub fn alias(&self, name: &str) -> Option<&RawAlias> {
        self.file.aliases.iter().rev().find(|alias| alias.name == name)
    }

    /// The compiled tables.
    pub(crate) fn tables(&self) -> &Tables {
        &self.tables
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_rules_compile() {
        let rules = Rules::builtin();
        assert!(rules.iter().count() > 200);
        assert_eq!(rules.hash().len(), 16);
    }
}
