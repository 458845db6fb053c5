//! `trich eval`, `diff` and `audit` as a user types them, on documents of the test's own.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const PLAN: &str = "KẾ HOẠCH\nTrồng cây năm 2024\n\nCăn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2024;\n\n\
    1. Mục tiêu\nTrồng 500 cây, 12 hộ tham gia; đạt 15%.\n2. Kinh phí\nTheo khoản 9 của hợp đồng: 60 triệu đồng.\n";

/// What a person wrote down of it, without offsets, and with one number that the text does not bear out as read.
const GOLD: &str = r#"{
  "text": "../kho/ke-hoach.txt",
  "document": {"type": {"code": "KH", "quote": "KẾ HOẠCH"}, "title": {"text": "Trồng cây năm 2024"}},
  "citations": [{"quote": "Kế hoạch số 12/KH-UBND ngày 05/01/2024", "type": "KH", "number": "12/KH-UBND",
    "date": "2024-01-05", "role": "basis"}],
  "sections": [{"marker": "1.", "level": 1, "title": "Mục tiêu", "quote": "1. Mục tiêu"},
    {"marker": "2.", "level": 1, "title": "Kinh phí", "quote": "2. Kinh phí"}],
  "findings": [{"quote": "500 cây", "kind": "count", "value": 500, "unit": "cây"},
    {"quote": "12 hộ", "kind": "count", "value": 13, "unit": "hộ"},
    {"quote": "15%", "kind": "percent", "value": 15, "unit": "%"},
    {"quote": "60 triệu đồng", "kind": "money", "value": 60000000, "unit": "VND"}]
}"#;

struct Run {
    out: String,
    err: String,
    code: Option<i32>,
}

fn run(folder: &TempDir, arguments: &[&str]) -> Run {
    let done = Command::cargo_bin("trich").unwrap().current_dir(folder).args(arguments).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { out: text(done.stdout), err: text(done.stderr), code: done.status.code() }
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn annotated() -> TempDir {
    folder(&[("kho/ke-hoach.txt", PLAN), ("gold/ke-hoach.json", GOLD)])
}

fn row<'o>(out: &'o str, field: &str) -> Vec<&'o str> {
    let line = out.lines().find(|line| line.split_whitespace().next() == Some(field));
    line.unwrap_or_else(|| panic!("no {field} in\n{out}")).split_whitespace().skip(1).collect()
}

#[test]
fn eval_scores_a_document_that_has_only_quotes() {
    let done = run(&annotated(), &["eval", "gold"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    assert!(done.out.starts_with("1 document\nfield "), "{}", done.out);
    assert_eq!(row(&done.out, "type"), ["1.000", "1.000", "1.000", "1", "1"]);
    assert_eq!(row(&done.out, "citation.number"), ["1.000", "1.000", "1.000", "1", "1", "1.000", "1.000"]);
    assert_eq!(row(&done.out, "finding"), ["0.750", "0.750", "0.750", "4", "4", "0.750", "1.000"]);
    assert!(done.out.contains("\nheader: 1 of 1 documents have it all right (1.000)\n\ndoubt "), "{}", done.out);
    let unseen = "\nunseen: 1 of 1 documents (1.000) with 99.5 % of header fields right; sent to review: 1\n";
    assert!(done.out.ends_with(unseen), "{}", done.out);
}

#[test]
fn errors_are_shown_with_their_line_and_both_readings() {
    let folder = annotated();
    let done = run(&folder, &["eval", "gold/ke-hoach.json", "--errors", "finding"]);
    let wanted = "\nkho/ke-hoach.txt:7: finding\n    Trồng 500 cây, «12 hộ» tham gia; đạt 15%.\n    \
        gold: 12 hộ [count 13]\n    got:  12 hộ [count 12]\n";
    assert!(done.out.ends_with(wanted), "{}", done.out);
    assert!(!run(&folder, &["eval", "gold", "--errors", "citation"]).out.contains("ke-hoach.txt:"));
    assert!(run(&folder, &["eval", "gold", "--errors"]).out.contains("ke-hoach.txt:7: finding"));
    let wrong = run(&folder, &["eval", "gold", "--errors", "dates"]);
    assert_eq!(wrong.code, Some(2));
    assert!(wrong.err.contains("the fields are type, number,"), "{}", wrong.err);
}

#[test]
fn eval_as_json_holds_the_same_figures() {
    let done = run(&annotated(), &["eval", "gold", "--json", "--errors"]);
    let figures: Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(figures["fields"]["finding"]["f1"], 0.75);
    assert_eq!(figures["fields"]["finding"]["overlap"]["f1"], 1.0);
    assert_eq!(figures["header"]["share"], 1.0);
    assert_eq!((&figures["errors"][0]["line"], &figures["errors"][0]["gold"]), (&7.into(), &"12 hộ [count 13]".into()));
}

#[test]
fn a_header_with_one_wrong_field_is_wrong() {
    let gold = GOLD.replace("Trồng cây năm 2024\"", "Phòng cháy\"");
    let done = run(&folder(&[("kho/ke-hoach.txt", PLAN), ("gold/a.json", &gold)]), &["eval", "gold"]);
    assert!(done.out.contains("\nheader: 0 of 1 documents have it all right (0.000)\n"), "{}", done.out);
    assert!(done.out.contains("\nunseen: 0 of 1 documents (0.000)"), "{}", done.out);
}

#[test]
fn records_of_an_earlier_run_are_scored() {
    let folder = annotated();
    fs::write(folder.path().join("r.jsonl"), run(&folder, &["extract", "kho"]).out).unwrap();
    assert_eq!(run(&folder, &["eval", "gold", "--records", "r.jsonl"]).out, run(&folder, &["eval", "gold"]).out);
    fs::write(folder.path().join("none.jsonl"), "").unwrap();
    let done = run(&folder, &["eval", "gold", "--records", "none.jsonl"]);
    assert!(done.out.starts_with("1 document, no record for ke-hoach\n"), "{}", done.out);
    assert_eq!(row(&done.out, "finding"), ["1.000", "0.000", "0.000", "4", "0", "0.000", "0.000"]);
    fs::write(folder.path().join("bytes.jsonl"), run(&folder, &["extract", "kho", "--offsets", "bytes"]).out).unwrap();
    let done = run(&folder, &["eval", "gold", "--records", "bytes.jsonl"]);
    assert_eq!(done.code, Some(2));
    assert_eq!(done.err, "trich: bytes.jsonl:1: its spans do not count code points; extract with --offsets chars\n");
}

#[test]
fn a_quote_that_is_not_in_the_text_is_named_with_its_file() {
    let folder = annotated();
    let wrong = GOLD.replace("\"500 cây\"", "\"5OO cây\"").replace("\"15%\"", "\"500 cây\"");
    fs::write(folder.path().join("gold/sai.json"), wrong).unwrap();
    let done = run(&folder, &["eval", "gold"]);
    assert_eq!(done.code, Some(1));
    assert!(
        done.err.contains("gold/sai.json: kho/ke-hoach.txt: findings[0]: the text does not say \"5OO cây\"\n"),
        "{}",
        done.err
    );
    let order = "findings[2]: the text does not say \"500 cây\" from line 7 on, where the quote before it stands; it says so \
        on line 7: list the quotes in reading order\n";
    assert!(done.err.contains(order), "{}", done.err);
    assert!(done.err.ends_with("trich: 1 of 2 gold files could not be scored\n"), "{}", done.err);
    assert!(done.out.starts_with("1 document\n"), "the other is scored: {}", done.out);
}

#[test]
fn what_is_no_gold_file_is_said_plainly() {
    let folder = folder(&[
        ("gold/a.json", "{\"document\": {}}"),
        ("gold/b.json", "{\"text\": \"khong-co.txt\", \"document\": {}}"),
        ("trong/x.txt", ""),
    ]);
    let done = run(&folder, &["eval", "gold"]);
    assert_eq!((done.code, done.out.as_str()), (Some(1), ""));
    assert!(done.err.contains("gold/a.json: is no gold file: missing field `text` at line 1"), "{}", done.err);
    let missing =
        "gold/b.json: its text gold/khong-co.txt cannot be used: there is no such file or folder; check the path\n";
    assert!(done.err.contains(missing), "{}", done.err);
    let empty = run(&folder, &["eval", "trong"]);
    assert_eq!((empty.code, empty.err.as_str()), (Some(2), "trich: trong: holds no gold file (*.json)\n"));
    assert_eq!(run(&folder, &["eval", "nowhere"]).code, Some(2));
}

#[test]
fn diff_of_a_run_with_itself_is_empty() {
    let folder = annotated();
    fs::write(folder.path().join("a.jsonl"), run(&folder, &["extract", "kho"]).out).unwrap();
    let done = run(&folder, &["diff", "a.jsonl", "a.jsonl"]);
    assert_eq!((done.code, done.out.as_str()), (Some(0), "1 document in both runs, 0 differ\n"));
}

#[test]
fn diff_counts_and_shows_what_rules_change() {
    let folder = annotated();
    fs::write(folder.path().join("a.jsonl"), run(&folder, &["extract", "kho"]).out).unwrap();
    fs::create_dir(folder.path().join("rieng")).unwrap();
    let rule = "disable = [\"unit.percent\"]\n[[rule]]\nid = \"noun.own\"\nkind = \"noun\"\nsays = \"x\"\n\
        words = [\"hộ tham gia\"]\nexamples = [\"12 hộ tham gia\"]\n";
    fs::write(folder.path().join("rieng/a.toml"), rule).unwrap();
    let ruled = run(&folder, &["extract", "kho", "--rules", "rieng"]);
    assert_eq!(ruled.code, Some(0), "{}", ruled.err);
    fs::write(folder.path().join("b.jsonl"), ruled.out).unwrap();
    let done = run(&folder, &["diff", "a.jsonl", "b.jsonl"]);
    assert_eq!(done.code, Some(1));
    assert!(done.out.starts_with("1 document in both runs, 1 differ\n\nfield "), "{}", done.out);
    let back = run(&folder, &["diff", "b.jsonl", "a.jsonl"]);
    let [mut there, mut and_back] = [&done, &back].map(|done| row(&done.out, "findings"));
    assert!(there.iter().any(|count| *count != "0"), "{}", done.out);
    // Gained and lost, widened and narrowed change places.
    for counts in [&mut there, &mut and_back] {
        assert_eq!(counts.len(), 5);
    }
    and_back.swap(0, 1);
    and_back.swap(2, 3);
    assert_eq!(there, and_back);
    let json: Value = serde_json::from_str(&run(&folder, &["diff", "a.jsonl", "b.jsonl", "--json"]).out).unwrap();
    assert_eq!(json["differing"][0]["name"], "ke-hoach.txt");
}

#[test]
fn diff_shows_documents_of_one_run_alone_and_values_that_differ() {
    let folder = annotated();
    let record = run(&folder, &["extract", "kho"]).out;
    let other = record.replace("\"value\":500", "\"value\":501");
    assert_ne!(record, other);
    fs::write(folder.path().join("a.jsonl"), &record).unwrap();
    fs::write(folder.path().join("b.jsonl"), format!("{other}{}", record.replace("ke-hoach.txt", "b.txt"))).unwrap();
    let done = run(&folder, &["diff", "a.jsonl", "b.jsonl"]);
    assert_eq!(done.code, Some(1));
    assert!(done.out.contains("\n1 only in the new run: b.txt\n"), "{}", done.out);
    assert!(done.out.contains("\n  changed  findings "), "{}", done.out);
    assert!(done.out.contains(": \"500 cây\"\n           value: 500 → 501\n"), "{}", done.out);
}

#[test]
fn diff_refuses_what_cannot_be_compared() {
    let folder = folder(&[("a.jsonl", "{\"source\": {\"name\": \"a\"}}\n"), ("b.jsonl", "\n{\n")]);
    let done = run(&folder, &["diff", "a.jsonl", "b.jsonl"]);
    assert_eq!(done.code, Some(2));
    assert!(done.err.starts_with("trich: b.jsonl:2: is no record: "), "{}", done.err);
    assert_eq!(run(&folder, &["diff", "a.jsonl", "nowhere.jsonl"]).code, Some(2));
}

#[test]
fn audit_counts_and_shows_what_no_rule_claimed() {
    let folder = annotated();
    let done = run(&folder, &["audit", "kho"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    assert_eq!(row(&done.out, "symbol"), ["1", "0"]);
    assert_eq!(row(&done.out, "clause"), ["1", "1"]);
    assert_eq!(row(&done.out, "money"), ["1", "0"]);
    let shown = "ke-hoach.txt:9: clause: Theo «khoản 9» của hợp đồng: 60 triệu đồng.\n";
    assert!(done.out.ends_with(&format!("\n\n{shown}")), "{}", done.out);
    let short = run(&folder, &["audit", "kho/ke-hoach.txt", "--context", "4"]);
    assert!(short.out.ends_with("kho/ke-hoach.txt:9: clause: …heo «khoản 9» của…\n"), "{}", short.out);
    let json: Value = serde_json::from_str(&run(&folder, &["audit", "kho", "--json"]).out).unwrap();
    assert_eq!((&json["counts"]["clause"]["unclaimed"], &json["unclaimed"][0]["line"]), (&1.into(), &9.into()));
}

#[test]
fn audit_goes_on_where_a_document_cannot_be_read() {
    let done = run(&annotated(), &["audit", "nowhere.txt", "kho"]);
    assert_eq!(done.code, Some(1));
    assert!(done.err.starts_with("trich: nowhere.txt: there is no such file"), "{}", done.err);
    assert_eq!(row(&done.out, "percent"), ["1", "0"]);
}

#[test]
fn the_guide_shows_what_is_printed() {
    let guide = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/evaluation.md")).unwrap();
    let folder = annotated();
    assert!(guide.contains(PLAN) && guide.contains(GOLD), "the document and its gold file are those of this test");
    for arguments in [&["eval", "gold", "--errors"][..], &["audit", "kho"]] {
        let wanted = format!("```text\n$ trich {}\n{}```\n", arguments.join(" "), run(&folder, arguments).out);
        assert!(guide.contains(&wanted), "docs/evaluation.md does not show\n{wanted}");
    }
}
