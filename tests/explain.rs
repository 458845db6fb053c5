//! `trich explain` as a user types it.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const REPORT: &str = "1. Kết quả\nXã có 7/8 thôn văn hóa, dịch vụ công mức độ 4.\n\nThi hành Luật này.\n";

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("a.txt"), REPORT).unwrap();
    folder
}

fn run(folder: &TempDir, arguments: &[&str]) -> (String, String, Option<i32>) {
    let done =
        Command::cargo_bin("trich").unwrap().current_dir(folder).arg("explain").args(arguments).output().unwrap();
    (String::from_utf8(done.stdout).unwrap(), String::from_utf8(done.stderr).unwrap(), done.status.code())
}

#[test]
fn a_line_shows_its_zone_its_facts_and_its_near_misses() {
    let (out, err, code) = run(&folder(), &["a.txt:2"]);
    assert_eq!((err.as_str(), code), ("", Some(0)));
    assert!(out.starts_with("a.txt:2: Xã có 7/8 thôn"), "{out}");
    for part in [
        "zone     body: ",
        "fact     findings[0] «7/8 thôn",
        "finding.ratio: ",
        "«7/8»: no document number: no capital group behind the slash\n",
        "«mức độ 4»: no finding: rule not-finding.name, word 'mức độ'\n",
    ] {
        assert!(out.contains(part), "{part} in {out}");
    }
    assert!(!out.contains("Luật này"));
}

#[test]
fn a_short_file_is_explained_whole() {
    let (out, _, code) = run(&folder(), &["a.txt"]);
    assert_eq!(code, Some(0));
    assert!(out.contains("a.txt:1: ") && out.contains("a.txt:4: ") && !out.contains("a.txt:3: "), "{out}");
    assert!(out.contains("«Luật này»: no act: 'này' refers to the document itself\n"), "{out}");
}

#[test]
fn of_a_long_file_the_lines_with_facts_are_explained() {
    let folder = folder();
    fs::write(folder.path().join("long.txt"), format!("{REPORT}{}", "Không có gì.\n".repeat(80))).unwrap();
    let (out, ..) = run(&folder, &["long.txt"]);
    assert!(out.contains("long.txt:2: ") && !out.contains("long.txt:40: "), "{out}");
    let (out, ..) = run(&folder, &["long.txt:40"]);
    assert!(out.starts_with("long.txt:40: Không có gì.\n  zone     body: "), "{out}");
}

#[test]
fn json_says_the_same() {
    let (out, _, code) = run(&folder(), &["--json", "a.txt:2"]);
    assert_eq!(code, Some(0));
    let out: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(out["file"], "a.txt");
    let line = &out["lines"][0];
    assert_eq!((&line["line"], &line["zone"]["name"]), (&2.into(), &"body".into()));
    assert_eq!(line["facts"][0]["rule"], "finding.ratio");
    let level = line["refusals"].as_array().unwrap().iter().find(|refused| refused["sought"] == "finding").unwrap();
    assert_eq!((&level["reason"], &level["rule"]), (&"before".into(), &"not-finding.name".into()));
}

#[test]
fn the_rules_of_a_user_are_explained_too() {
    let folder = folder();
    fs::create_dir(folder.path().join("rules")).unwrap();
    let rule = "[[rule]]\nid = \"own.level\"\nkind = \"not_finding\"\nsays = \"Của tôi.\"\nwords = [\"Xã có\"]\n\
        set = { side = \"before\" }\nexamples = [\"Xã có 9 đồi ở 3 thôn.\"]\n";
    fs::write(folder.path().join("rules/own.toml"), rule).unwrap();
    let (out, err, _) = run(&folder, &["a.txt:2", "--rules", "rules"]);
    assert!(out.contains("no finding: rule own.level, word 'Xã có'"), "{out}{err}");
}

#[test]
fn what_cannot_be_explained_is_said() {
    let folder = folder();
    let (_, err, code) = run(&folder, &["a.txt:9"]);
    assert_eq!((err.as_str(), code), ("trich: a.txt: there is no line 9; the file has 4\n", Some(1)));
    let (_, err, code) = run(&folder, &["b.txt:2"]);
    assert!(err.contains("b.txt: there is no such file") && code == Some(1), "{err}");
}

#[test]
fn the_manual_shows_what_the_command_says() {
    let manual = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/explain.md")).unwrap();
    let blocks: Vec<&str> = manual.split("```text\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("bao-cao.txt"), blocks[0]).unwrap();
    // What a rule says is worded in its own file, and may be worded anew.
    let without_rules = |text: &str| -> Vec<String> {
        text.lines().filter(|line| !line.starts_with("           ")).map(str::to_owned).collect()
    };
    assert_eq!(without_rules(&run(&folder, &["bao-cao.txt"]).0), without_rules(blocks[1]));
}
