//! The corpus written out as DOCX: as paragraphs, and with the letterhead as a table of two columns.

use super::{corpus, docx_writer::*};
use serde_json::Value;
use trich::Extractor;

fn is_xml(c: char) -> bool {
    !c.is_control() || c == '\t'
}

/// The lines of a document, as Word would keep them.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.chars().filter(|c| is_xml(*c)).collect::<String>().trim_end().to_owned()).collect()
}

fn as_paragraphs(lines: &[String]) -> String {
    lines.iter().map(|line| paragraph(&run(line))).collect()
}

/// What a record says, without where it says it.
fn facts(name: &str, bytes: &[u8]) -> Value {
    let record = Extractor::builtin().extract(name, bytes);
    let mut value = serde_json::to_value(record).unwrap();
    strip(&mut value);
    value
}

fn strip(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for place in ["span", "extent", "parts", "source", "raw", "line", "page", "related"] {
                fields.remove(place);
            }
            fields.values_mut().for_each(strip);
        }
        Value::Array(items) => items.iter_mut().for_each(strip),
        _ => {}
    }
}

#[test]
fn paragraphs_say_what_their_lines_said() {
    for document in corpus::documents() {
        let lines = lines(&trich::text(&document.name, &document.bytes));
        let bytes = Docx::default().write(&as_paragraphs(&lines));
        let read = super::text_of(&bytes);
        let mut expected: &[String] = &lines;
        while let [rest @ .., last] = expected
            && last.is_empty()
        {
            expected = rest;
        }
        assert_eq!(read.lines().collect::<Vec<_>>(), expected, "{}", document.name);
        assert_eq!(facts(&document.name, &bytes), facts(&document.name, &document.bytes), "{}", document.name);
    }
}

/// The lines at the head of a document that have two columns, set apart by four spaces.
fn letterhead(lines: &[String]) -> Vec<(&str, &str)> {
    let columns = |line: &str| {
        let at = line.trim_start().find("    ").map(|at| at + line.len() - line.trim_start().len());
        at.map(|at| (line[..at].trim().len(), line[at..].trim().len()))
            .filter(|(left, right)| *left > 0 && *right > 0)?;
        let at = at?;
        Some(at)
    };
    let split = |line: &'_ String| columns(line).map(|at| (at, line.as_str().len()));
    let count = lines.iter().take_while(|line| split(line).is_some()).count();
    lines[..count].iter().filter_map(|line| columns(line).map(|at| (line[..at].trim(), line[at..].trim()))).collect()
}

#[test]
fn a_letterhead_in_a_table_says_the_same() {
    let mut met = 0;
    for document in corpus::documents() {
        let lines = lines(&trich::text(&document.name, &document.bytes));
        let head = letterhead(&lines);
        if head.len() < 3 {
            continue;
        }
        met += 1;
        let column = |said: &mut dyn Iterator<Item = &str>| said.map(|line| paragraph(&run(line))).collect::<String>();
        let left = column(&mut head.iter().map(|(left, _)| *left));
        let right = column(&mut head.iter().map(|(_, right)| *right));
        let body = table("", &[&[&left, &right]]) + &as_paragraphs(&lines[head.len()..]);
        let (got, expected) =
            (facts(&document.name, &Docx::default().write(&body)), facts(&document.name, &document.bytes));
        assert_eq!(got["document"], expected["document"], "{}", document.name);
    }
    assert!(met >= 3, "only {met} letterheads of two columns in the corpus");
}
