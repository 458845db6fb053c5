//! Reads and checks `rules/` when the crate is built, so that a broken rule never ships and none is parsed at start.

#[path = "src/rules/file.rs"]
#[allow(dead_code)]
mod file;
#[path = "src/text/fold.rs"]
#[allow(dead_code)]
mod fold;
#[path = "src/text/letter.rs"]
#[allow(dead_code)]
mod letter;
#[path = "src/rules/pairs.rs"]
#[allow(dead_code)]
mod pairs;
#[path = "build/places.rs"]
mod places;
#[path = "build/rules.rs"]
mod rules;
#[path = "src/rules/syntax.rs"]
#[allow(dead_code)]
mod syntax;
#[path = "build/trees.rs"]
mod trees;
#[path = "src/rules/trie.rs"]
#[allow(dead_code)]
mod trie;

use fold::{fold_char, skeleton};
use std::{collections::BTreeMap, env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/rules/file.rs");
    println!("cargo::rerun-if-changed=src/rules/pairs.rs");
    println!("cargo::rerun-if-changed=src/rules/syntax.rs");
    println!("cargo::rerun-if-changed=src/rules/trie.rs");
    println!("cargo::rerun-if-changed=src/text/fold.rs");
    println!("cargo::rerun-if-changed=src/text/letter.rs");
    let mut paths: Vec<_> = fs::read_dir("rules")?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
    paths.sort();
    let mut all = file::RuleFile::default();
    let mut home: BTreeMap<String, String> = BTreeMap::new();
    for path in paths {
        let text = fs::read_to_string(&path)?;
        let at = path.display();
        let read = file::parse(&text)
            .map_err(|e| format!("{at}:{}: {}", e.line.map_or("?".to_owned(), |line| line.to_string()), e.reason))?;
        for rule in read.rules.iter() {
            if let Some(other) = home.insert(rule.id.clone().into_owned(), at.to_string()) {
                return Err(format!("{at}: rule `{}` stands in {other} too", rule.id).into());
            }
        }
        all.rules.to_mut().extend(read.rules.into_owned());
        all.acts.to_mut().extend(read.acts.into_owned());
        all.aliases.to_mut().extend(read.aliases.into_owned());
    }
    let out = env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    rules::write(&all, Path::new(&out))?;
    trees::write(&all, Path::new(&out))?;
    places::compile(Path::new("rules/places"), Path::new(&out))
}
