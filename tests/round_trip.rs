//! A document says the same in whatever it is written: each document of `corpus/` is written out in every encoding and
//! format that a test can write, and its facts must be those of its original. Where an encoding has no character for a
//! sign, the original is read with the same substitute.

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/encoders.rs"]
mod encoders;

use encoders::Encoder;
use serde_json::Value;
use trich::{Extractor, source::Encoding};
use unicode_normalization::UnicodeNormalization;

/// The facts of a document: all of its record but where it came from and where things stand in it.
fn facts(name: &str, bytes: &[u8]) -> Value {
    let mut record = serde_json::to_value(Extractor::builtin().extract(name, bytes)).unwrap();
    record.as_object_mut().unwrap().remove("source");
    let diagnostics = record["diagnostics"].as_array_mut().unwrap();
    // How sure the encoding is, and what was damaged before it was written out.
    diagnostics.retain(|diagnostic| !["T001", "T005"].contains(&diagnostic["code"].as_str().unwrap()));
    comparable(record)
}

fn comparable(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let text: String = text.nfc().collect();
            Value::String(text.split_whitespace().collect::<Vec<_>>().join(" "))
        }
        Value::Array(items) => items.into_iter().map(comparable).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(name, _)| !["span", "extent", "related"].contains(&name.as_str()))
            .map(|(name, value)| (name, comparable(value)))
            .collect(),
        other => other,
    }
}

/// The same in small letters: where an encoding has no capitals with tones, a word such as `XÃ` may come back small.
fn folded(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.to_lowercase()),
        Value::Array(items) => items.into_iter().map(folded).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, folded(value))).collect(),
        other => other,
    }
}

/// The first difference of two values, with the way to it.
fn difference(expected: &Value, found: &Value, at: &str) -> Option<String> {
    match (expected, found) {
        (Value::Object(a), Value::Object(b)) => a
            .keys()
            .chain(b.keys())
            .find_map(|key| difference(&expected[key.as_str()], &found[key.as_str()], &format!("{at}.{key}"))),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            (0..a.len()).find_map(|n| difference(&a[n], &b[n], &format!("{at}[{n}]")))
        }
        _ if expected == found => None,
        _ => Some(format!("{at}: {expected} became {found}")),
    }
}

/// Each document's text as code points in their composed form, without a byte order mark.
fn texts() -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').nfc().collect();
    corpus::documents().into_iter().map(|document| (document.name, text(&document.bytes))).collect()
}

/// Holds the facts of every document, written out by `write`, against those of what it gives as the original.
fn hold(what: &str, capitals: bool, write: impl Fn(&str) -> (String, Vec<u8>)) {
    let mut different = Vec::new();
    for (name, text) in texts() {
        let (original, written) = write(&text);
        let (mut expected, mut found) = (facts(&name, original.as_bytes()), facts(&name, &written));
        if !capitals {
            (expected, found) = (folded(expected), folded(found));
        }
        if let Some(difference) = difference(&expected, &found, "") {
            different.push(format!("{name}: {difference}"));
        }
    }
    assert!(different.is_empty(), "{what}: {} differ:\n{}", different.len(), different.join("\n"));
}

fn hold_encoding(encoding: Encoding) {
    let encoder = Encoder::new(encoding);
    hold(encoding.name(), !matches!(encoding, Encoding::Tcvn3 | Encoding::Vps), |text| {
        let original = encoder.writable(text);
        let written = encoder.encode(&original);
        (original, written)
    });
}

#[test]
fn tcvn3_says_the_same() {
    hold_encoding(Encoding::Tcvn3);
}

#[test]
fn vni_says_the_same() {
    hold_encoding(Encoding::Vni);
}

#[test]
fn viscii_says_the_same() {
    hold_encoding(Encoding::Viscii);
}

#[test]
fn vps_says_the_same() {
    hold_encoding(Encoding::Vps);
}

#[test]
fn windows_1258_says_the_same() {
    hold_encoding(Encoding::Windows1258);
}

#[test]
fn utf16_says_the_same() {
    hold("UTF-16LE without a mark", true, |text| {
        (text.to_owned(), text.encode_utf16().flat_map(u16::to_le_bytes).collect())
    });
    hold("UTF-16BE with a mark", true, |text| {
        (text.to_owned(), format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect())
    });
}

#[test]
fn decomposed_text_says_the_same() {
    hold("NFD", true, |text| (text.to_owned(), text.nfd().collect::<String>().into_bytes()));
}

#[test]
fn text_mistaken_for_windows_1252_says_the_same() {
    let encoder = Encoder::new(Encoding::Tcvn3);
    hold("TCVN3 in UTF-8", false, |text| {
        let original = encoder.writable(text);
        let mistaken = Encoding::Windows1252.decode(&encoder.encode(&original)).0;
        (original, mistaken.into_bytes())
    });
}

#[test]
fn html_says_the_same() {
    hold("HTML", true, |text| {
        // Where a tab follows the marks of headings, text cannot tell a heading from a row of the table below it, and a
        // page can: its facts are better than those of the text, and are not held against them.
        let same = text.lines().any(|line| line.starts_with("III.\t"));
        (text.to_owned(), if same { text.to_owned().into_bytes() } else { html(text).into_bytes() })
    });
}

/// A page as an editor writes it: a paragraph for each line, hard spaces where there are many, a table where there are
/// tabs that follow no list mark.
fn html(text: &str) -> String {
    let mut page =
        "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Văn bản</title></head>\n<body>\n".to_owned();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if is_row(line) {
            page.push_str("<table border=\"1\">\n");
            let mut row = Some(line);
            while let Some(line) = row {
                page.push_str("<tr>");
                for cell in line.split('\t') {
                    page.push_str(&format!("<td>{}</td>", escaped(cell)));
                }
                page.push_str("</tr>\n");
                row = lines.next_if(|line| is_row(line));
            }
            page.push_str("</table>\n");
        } else if line.trim().is_empty() {
            page.push_str("<p>&nbsp;</p>\n");
        } else {
            page.push_str(&format!("<p>{}</p>\n", escaped(line)));
        }
    }
    page + "</body></html>\n"
}

fn is_row(line: &str) -> bool {
    line.split_once('\t').is_some_and(|(first, rest)| {
        let mark = first.trim();
        !(rest.trim().is_empty() || mark.ends_with(['.', ')']) || mark == "-" || mark == "+")
    })
}

fn escaped(text: &str) -> String {
    let text = text.trim_end().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let spaces = text.len() - text.trim_start_matches(' ').len();
    format!("{}{}", "&nbsp;".repeat(spaces), text[spaces..].replace("  ", "&nbsp; "))
}
