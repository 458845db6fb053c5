//! `trich eval` says what the reference scorer, written in Python, says: on frozen records, and on fresh ones where the
//! scorer is at hand.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use serde_json::Value;
use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process,
};
use tempfile::TempDir;

fn trich(arguments: &[&str]) -> Vec<u8> {
    let done =
        Command::cargo_bin("trich").unwrap().current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    done.stdout
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Every field that the reference has is there, no other is, and the figures agree to the third decimal and beyond.
fn assert_agree(ours: &Value, reference: &Value) {
    assert_eq!(ours["documents"], reference["documents"]);
    assert_eq!(ours["without_record"], reference["without_record"]);
    let [mut names, mut wanted] =
        [ours, reference].map(|figures| figures["fields"].as_object().unwrap().keys().cloned().collect::<Vec<_>>());
    names.sort();
    wanted.sort();
    assert_eq!(names, wanted);
    for (field, figures) in reference["fields"].as_object().unwrap() {
        for (name, figure) in figures.as_object().unwrap() {
            let ours = ours["fields"][field][name].as_f64().unwrap();
            assert!((ours - figure.as_f64().unwrap()).abs() < 1e-6, "{field}, {name}: {ours} for {figure}");
        }
    }
}

#[test]
fn figures_of_frozen_records_are_those_of_the_reference() {
    let ours = json(&trich(&["eval", "tests/eval/gold", "--records", "tests/eval/records.jsonl", "--json"]));
    let reference = json(include_bytes!("eval/figures.json"));
    assert_agree(&ours, &reference);
    let f1 = |field: &str, name: &str| ours["fields"][field][name]["f1"].as_f64().unwrap();
    for field in ["citation.number", "citation.name", "section", "finding"] {
        let all = ours["fields"][field]["f1"].as_f64().unwrap();
        assert!(
            f1(field, "exact") < all && all <= f1(field, "overlap"),
            "{field}: records were moved by a few characters"
        );
    }
}

#[test]
fn figures_of_fresh_records_are_those_of_the_reference() {
    let shared =
        std::env::var_os("TRICH_SHARED").map_or(Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    let scorer = shared.join("tools/score.py");
    let python = process::Command::new("python3").arg("--version").output().is_ok_and(|done| done.status.success());
    if !python || !scorer.is_file() {
        // Straight to standard error: a test that did not run says so.
        let _ = writeln!(std::io::stderr(), "SKIPPED: python3 or {} is not at hand", scorer.display());
        return;
    }
    let path = |inside: &str| shared.join(inside).to_str().unwrap().to_owned();
    for (gold, texts) in [
        ("tests/gold".to_owned(), "corpus".to_owned()),
        (path("gold/seeds"), path("seeds")),
        (path("gold/dev"), path("gold/dev/text")),
    ] {
        let folder = TempDir::new().unwrap();
        let records = folder.path().join("records.jsonl");
        fs::write(&records, trich(&["extract", &texts])).unwrap();
        let done = process::Command::new("python3")
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args([scorer.to_str().unwrap(), &gold, records.to_str().unwrap(), "--json"])
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let reference = json(&done.stdout);
        assert_agree(&json(&trich(&["eval", &gold, "--json"])), &reference);
        assert_agree(&json(&trich(&["eval", &gold, "--records", records.to_str().unwrap(), "--json"])), &reference);
    }
}
