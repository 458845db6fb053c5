//! The records of `corpus/` against what careful readers found in it, field by field.
//!
//! `cargo test --test gold -- --nocapture` prints precision, recall and F1 of every field, and each fact that is not as
//! the gold has it. The floors stand a little under what is reached: a change that loses more than a fact or two of a
//! field fails here, and must say why. They rise with the scores and are never lowered to let a change through.

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/score.rs"]
mod score;

use score::{Count, Scores};
use serde_json::{Value, json};
use std::{fs, path::Path};
use trich::Extractor;

/// The least F1 of each field.
const FLOORS: &[(&str, f64)] = &[
    ("type", 0.97),
    ("number", 0.97),
    ("number.state", 0.97),
    ("date", 0.97),
    ("place", 0.97),
    ("issuer", 0.97),
    ("title", 0.97),
    ("addressees", 0.96),
    ("recipients", 0.92),
    ("signatory.name", 0.97),
    ("signatory.position", 0.97),
    ("signatory.authority", 0.97),
    ("citation.number", 0.99),
    ("citation.name", 0.98),
    ("citation.type", 0.99),
    ("citation.date", 0.99),
    ("citation.role", 0.99),
    ("citation.issuer", 0.95),
    ("section", 0.99),
    ("section.marker", 0.99),
    ("section.level", 0.99),
    ("section.title", 0.99),
    ("finding", 0.99),
    ("finding.unit", 0.99),
];

fn gold(name: &str) -> Value {
    let stem = Path::new(name).file_stem().unwrap().to_str().unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold").join(format!("{stem}.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|_| panic!("{} has no gold", name));
    serde_json::from_str(&text).unwrap()
}

#[test]
fn no_field_falls_under_its_floor() {
    let extractor = Extractor::builtin();
    let mut scores = Scores::default();
    for document in corpus::documents() {
        let record = extractor.extract(&document.name, &document.bytes);
        scores.add(&gold(&document.name), &serde_json::to_value(record).unwrap());
    }
    for (field, count) in &scores.fields {
        let (gold, found) = (count.right + count.missed, count.right + count.wrong);
        println!("{field:<22}{:7.3}{:7.3}{:7.3}{gold:7}{found:7}", count.precision(), count.recall(), count.f1());
    }
    println!("{}", scores.errors.join("\n"));
    let floors: Vec<&str> = FLOORS.iter().map(|(field, _)| *field).collect();
    let missing: Vec<_> = scores.fields.keys().filter(|field| !floors.contains(field)).collect();
    assert!(missing.is_empty(), "no floor for {missing:?}");
    let fallen: Vec<String> = FLOORS
        .iter()
        .map(|(field, floor)| (field, floor, scores.fields[field].f1()))
        .filter(|(_, floor, reached)| reached < floor)
        .map(|(field, floor, reached)| format!("{field}: {reached:.3}, under {floor}"))
        .collect();
    assert!(fallen.is_empty(), "{fallen:#?}");
}

#[test]
fn the_gold_quotes_its_documents() {
    let mut quotes = 0;
    for document in corpus::documents() {
        let text: Vec<char> = trich::text(&document.name, &document.bytes).chars().collect();
        walk(&gold(&document.name), &mut |quote, start, end| {
            quotes += 1;
            // The aligner lets any run of spaces stand for another.
            let words = |said: &str| said.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
            let said: String = text.get(start..end).unwrap_or_default().iter().collect();
            assert_eq!(words(&said), words(quote), "{}: {start}..{end}", document.name);
        });
    }
    assert!(quotes > 2000, "{quotes} quotes: is the gold whole?");
}

/// Every quote of a gold file with its place.
fn walk(value: &Value, see: &mut impl FnMut(&str, usize, usize)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(item, see)),
        Value::Object(fields) => {
            if let (Some(quote), Some(span)) = (value["quote"].as_str(), value["span"].as_array()) {
                let end = |at: usize| span[at].as_u64().unwrap() as usize;
                see(quote, end(0), end(1));
            }
            fields.values().for_each(|field| walk(field, see));
        }
        _ => {}
    }
}

#[test]
fn a_fact_counts_where_it_stands_and_as_what_it_is() {
    let finding =
        |value: f64, start: i64| json!({"kind": "count", "value": value, "unit": "hộ", "span": [start, start + 4]});
    let mut optional = finding(5.0, 40);
    optional["optional"] = true.into();
    let wanted = json!({
        "id": "a", "document": {"date": {"value": "2023-11"}, "title": {"text": "Về việc họp xã"}},
        "citations": [{"quote": "Quyết định số 07/2021/QĐ-UBND", "type": "QĐ", "number": "07/2021/QĐ-UBND", "span": [80, 109]}],
        "sections": [{"marker": "II.", "quote": "H. Kết quả", "level": 1, "title": "Kết quả", "span": [0, 10]}],
        "findings": [finding(1.0, 10), finding(2.0, 20), optional], "tables": [{"span": [60, 70]}],
    });
    let found = json!({
        "document": {"date": {"value": "2023-11-02"}, "title": {"text": "Họp xã"}},
        "citations": [{
            "type": {"code": "QĐ"}, "span": [95, 109],
            "number": {"serial": "7", "year": 2021, "symbol": "QĐ-UBND"}, "date": null, "issuer": null, "role": null,
        }],
        "sections": [{"marker": "H.", "level": 2, "title": "Kết quả", "span": [3, 10]}],
        // Right; of another value; in the place of the optional one; in the table; nowhere.
        "findings": [finding(1.0, 12), finding(3.0, 20), finding(6.0, 41), finding(7.0, 62), finding(8.0, 90)],
    });
    let mut scores = Scores::default();
    scores.add(&wanted, &found);
    let count = |right, wrong, missed| Count { right, wrong, missed };
    assert_eq!(scores.fields["finding"], count(1, 2, 1));
    assert_eq!(scores.fields["finding.unit"], count(1, 0, 0));
    assert_eq!(scores.fields["date"], count(0, 1, 1));
    assert_eq!(scores.fields["title"], count(1, 0, 0));
    assert_eq!(scores.fields["citation.number"], count(1, 0, 0));
    assert_eq!(scores.fields["citation.date"], Count::default());
    assert_eq!(scores.fields["section"], count(1, 0, 0));
    assert_eq!(scores.fields["section.marker"], count(1, 0, 0));
    assert_eq!(scores.fields["section.level"], count(0, 1, 1));
    assert_eq!(scores.fields["finding"].f1(), 0.4);
}

#[test]
fn numbers_are_compared_by_their_parts() {
    for (number, parts) in [
        ("02/2021/QĐ-UBND", "2/2021|qđ-ubnd"),
        ("39-NQ/ĐU", "39|nq/đu"),
        ("66.22/2026/NQ-CP", "66.22/2026|nq-cp"),
        ("12a/KH-BCĐ", "12a|kh-bcđ"),
        ("12bis-CT", "12bis|ct"),
        ("10/KH - BCĐ", "10|kh-bcđ"),
        ("06", "6|"),
        ("/BC-TH", "|bc-th"),
    ] {
        assert_eq!(score::canonical(&score::split_number(number)).unwrap(), parts, "{number}");
    }
}
