//! Grows the trees of the word lists and writes them down as Rust: to grow them took a quarter of the instructions that a
//! document of 20 kB takes.

use crate::{
    file::{RuleFile, RuleKind},
    trie::{self, Fold, Node, Tree, Trie},
};
use std::{collections::BTreeMap, error::Error, fmt::Write, fs, path::Path};

/// Writes `src/rules/builtin.rs` its trees, each with its key.
///
/// A list that is not among them is no fault: its tree is grown when it is first asked for.
pub fn write(all: &RuleFile, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut trees: BTreeMap<u64, Tree> = BTreeMap::new();
    for (fold, words) in lists(all) {
        for forwards in [true, false] {
            let words = words.iter().copied();
            let key = trie::key(fold, forwards, words.clone());
            trees.entry(key).or_insert_with(|| Trie::new(fold, forwards, words).tree);
        }
    }
    let mut code = format!("static TREES: [(u64, Tree); {}] = [\n", trees.len());
    for (key, Tree { opening, initials, longest, slots, nodes, words, alike }) in trees {
        write!(
            code,
            "({key}, Tree {{ opening: {opening:?}, initials: {initials:?}, longest: {longest}, slots: B(&{slots:?}), \
             words: B(&{words:?}), alike: B(&{alike:?}), nodes: B(&["
        )?;
        for Node { from, start, length, entry, next } in nodes.iter() {
            write!(code, "Node {{ from: {from}, start: {start}, length: {length}, entry: {entry}, next: {next} }},")?;
        }
        code.push_str("]) }),\n");
    }
    code.push_str("];\n");
    Ok(fs::write(out.join("trees.rs"), code)?)
}

/// The lists that `src/rules/tables.rs` makes of the rules: those of a kind, or of a kind with one setting.
fn lists(all: &RuleFile) -> Vec<(Fold, Vec<&str>)> {
    let mut lists: BTreeMap<String, (Fold, Vec<&str>)> = BTreeMap::new();
    for rule in all.rules.iter() {
        let Some((fold, parted_by)) = way(rule.kind) else { continue };
        let part = rule.set.get(parted_by).map_or("", AsRef::as_ref);
        let name = format!("{:?} {part}", rule.kind);
        lists.entry(name).or_insert((fold, Vec::new())).1.extend(rule.words.iter().map(AsRef::<str>::as_ref));
    }
    if let Some((_, provinces)) = lists.get_mut(&format!("{:?} ", RuleKind::Province)) {
        // Of two of one name the first stands.
        provinces.reverse();
    }
    let mut lists: Vec<_> = lists.into_values().collect();
    lists.push((
        Fold::Marks,
        all.acts
            .iter()
            .flat_map(|act| act.short.iter().filter(|short| short.contains(' ')).chain([&act.name]))
            .map(AsRef::as_ref)
            .collect(),
    ));
    lists
}

/// How the lists of a kind fold, and by which setting they are parted, if by any.
fn way(kind: RuleKind) -> Option<(Fold, &'static str)> {
    Some(match kind {
        RuleKind::Type
        | RuleKind::Organ
        | RuleKind::NotOrgan
        | RuleKind::Province
        | RuleKind::Territory
        | RuleKind::Position
        | RuleKind::Purpose
        | RuleKind::Relation => (Fold::Marks, ""),
        RuleKind::Cue => (Fold::Marks, "cue"),
        RuleKind::Stamp => (Fold::Marks, "field"),
        RuleKind::Unit
        | RuleKind::Scale
        | RuleKind::Change
        | RuleKind::Status
        | RuleKind::Topic
        | RuleKind::Reference
        | RuleKind::IssuerEnd => (Fold::Case, ""),
        RuleKind::Qualifier | RuleKind::NotFinding => (Fold::Case, "side"),
        RuleKind::Noun => (Fold::Case, "part"),
        _ => return None,
    })
}
