//! Writes the rules down as Rust, so that nothing is left to do with them when a program starts.

use crate::{
    file::{self, RawRule, RuleFile},
    pairs::Pairs,
};
use sha2::{Digest, Sha256};
use std::{error::Error, fmt::Write, fs, path::Path};

/// Writes `src/rules/builtin.rs` its data.
pub fn write(all: &RuleFile, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut code = String::from("pub(super) static FILE: RuleFile = RuleFile {\n    rules: B(&[\n");
    for rule in all.rules.iter() {
        let RawRule { id, kind, says, norm, words, symbols, patterns, set, examples, counters } = rule;
        let norm = norm.as_ref().map_or("None".to_owned(), |norm| format!("Some(B({norm:?}))"));
        let set: String = set.iter().map(|(key, value)| format!("(B({key:?}), B({value:?})), ")).collect();
        writeln!(
            code,
            "RawRule {{ id: B({id:?}), kind: RuleKind::{kind:?}, says: B({says:?}), norm: {norm}, words: {}, symbols: {}, \
             patterns: {}, set: Settings(B(&[{set}])), examples: {}, counters: {} }},",
            texts(words),
            texts(symbols),
            texts(patterns),
            texts(examples),
            texts(counters),
        )?;
    }
    code.push_str("    ]),\n    acts: B(&[\n");
    for act in all.acts.iter() {
        let (name, years, short, loose) = (&act.name, &act.years, texts(&act.short), act.loose);
        writeln!(code, "RawAct {{ name: B({name:?}), years: B(&{years:?}), short: {short}, loose: {loose} }},")?;
    }
    code.push_str("    ]),\n    aliases: B(&[\n");
    for alias in all.aliases.iter() {
        let (name, number, year, says) = (&alias.name, &alias.number, alias.year, &alias.says);
        writeln!(code, "RawAlias {{ name: B({name:?}), number: B({number:?}), year: {year}, says: B({says:?}) }},")?;
    }
    writeln!(code, "    ]),\n    disable: {},\n}};", texts(&all.disable))?;
    let by_id = file::by_id(&all.rules);
    writeln!(code, "pub(super) static BY_ID: [u16; {}] = {by_id:?};", by_id.len())?;
    let hash = file::hash(&Sha256::digest(serde_json::to_vec(all)?));
    writeln!(code, "pub(super) const HASH: &str = {hash:?};")?;
    let pairs = Pairs::of(all.rules.iter());
    writeln!(code, "static PAIRS: [Pair; {}] = [", pairs.0.len())?;
    for (pair, spellings) in pairs.0.iter() {
        let (forms, name, small) = (texts(&spellings.forms), spellings.name, spellings.small);
        writeln!(code, "(B({pair:?}), Spellings {{ forms: {forms}, name: {name}, small: {small} }}),")?;
    }
    code.push_str("];\n");
    Ok(fs::write(out.join("rules.rs"), code)?)
}

fn texts(texts: &[file::Text]) -> String {
    let all: String = texts.iter().map(|text| format!("B({text:?}), ")).collect();
    format!("B(&[{all}])")
}
