//! `trich rules` as a user types it, with rule files of the test's own.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use std::{fs, process::Output};
use tempfile::TempDir;

fn rules(file: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("rieng.toml"), file).unwrap();
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> Output {
    Command::cargo_bin("trich").unwrap().current_dir(folder).arg("rules").args(arguments).output().unwrap()
}

fn out(done: &Output) -> String {
    String::from_utf8(done.stdout.clone()).unwrap()
}

fn err(done: &Output) -> String {
    String::from_utf8(done.stderr.clone()).unwrap()
}

const OWN: &str = r#"
disable = ["stamp.noise"]

[[rule]]
id = "unit.bowl"
kind = "unit"
says = "Bowls, as a measure of rice."
words = ["bát gạo"]
set = { kind = "volume", unit = "bát" }
examples = ["Mỗi suất gồm 3 bát gạo."]
"#;

#[test]
fn list_shows_the_rules_in_force() {
    let folder = rules(OWN);
    let all = out(&run(&folder, &["list"]));
    assert!(all.lines().count() > 200 && !all.contains("unit.bowl"));
    let units = out(&run(&folder, &["list", "--kind", "unit", "--rules", "."]));
    assert!(units.lines().all(|line| line.split_whitespace().nth(1) == Some("unit")));
    assert!(units.contains("unit.bowl"));
    let stamps = out(&run(&folder, &["list", "--kind", "stamp", "--rules", "."]));
    assert_eq!(stamps.lines().filter(|line| line.ends_with("(switched off)")).count(), 1);
    let wrong = run(&folder, &["list", "--kind", "units"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(err(&wrong).contains("`unit`"), "the kinds are named");
}

#[test]
fn show_prints_a_rule_that_can_be_laid_over() {
    let folder = rules(OWN);
    let shown = out(&run(&folder, &["show", "unit.score"]));
    assert!(shown.contains("counters = "));
    fs::write(folder.path().join("rieng.toml"), &shown).unwrap();
    assert_eq!(out(&run(&folder, &["show", "unit.score", "--rules", "."])), shown);
    let wrong = run(&folder, &["show", "unit.bowl"]);
    assert_eq!(wrong.status.code(), Some(1));
    assert_eq!(err(&wrong), "trich: there is no rule `unit.bowl`; `trich rules list` shows them all\n");
}

#[test]
fn a_refused_rule_file_is_named_with_its_line() {
    let folder =
        rules("\n[[rule]]\nid = \"unit.x\"\nkind = \"unit\"\nsays = \"x\"\nwords = [\"x\"]\nexamples = [\"3 x\"]\n");
    let done = run(&folder, &["test", "--rules", "."]);
    assert_eq!(done.status.code(), Some(2));
    assert!(err(&done).contains("rieng.toml:3: rule `unit.x`: `set.kind` is missing"), "{}", err(&done));
}

#[test]
fn test_names_the_examples_that_do_not_hold() {
    // No reading ever finds a unit before its number.
    let folder = rules(
        "[[rule]]\nid = \"unit.x\"\nkind = \"unit\"\nsays = \"x\"\nwords = [\"xyz\"]\n\
         set = { kind = \"mass\", unit = \"x\" }\nexamples = [\"không có số nào\\nở đây\"]\ncounters = [\"cũng không\"]\n",
    );
    let done = run(&folder, &["test", "--rules", "."]);
    assert_eq!(done.status.code(), Some(1));
    let said = out(&done);
    let failure = "unit.x: its example must have a fact with the rule `unit.x`\n    không có số nào\n    ở đây\n";
    assert!(said.contains(failure), "{said}");
    assert!(!said.contains("cũng không"), "{said}");
    assert!(said.lines().last().unwrap().contains("do not hold"), "{said}");
}
