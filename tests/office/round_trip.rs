//! The corpus written out as DOCX: as paragraphs, and with the letterhead as a table of two columns.

use super::{corpus, docx_writer::*};
use serde_json::Value;
use trich::Extractor;

/// Whether Word keeps a character as text: a soft hyphen is an element of its own, which says nothing.
fn is_kept(c: char) -> bool {
    !c.is_control() && c != '\u{ad}' || c == '\t'
}

/// The lines of a document, as Word would keep them.
fn lines(text: &str) -> Vec<String> {
    text.lines().map(|line| line.chars().filter(|c| is_kept(*c)).collect()).collect()
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
            && last.trim().is_empty()
        {
            expected = rest;
        }
        assert_eq!(read.lines().collect::<Vec<_>>(), expected, "{}", document.name);
        assert_eq!(facts(&document.name, &bytes), facts(&document.name, &document.bytes), "{}", document.name);
    }
}

/// A line in two columns: where the left one ends, and the right one.
fn split(line: &str) -> Option<(usize, &str)> {
    let said = line.trim_start();
    let gap = ["    ", "\t"].iter().filter_map(|gap| said.find(gap)).min()?;
    let at = line.len() - said.len() + gap;
    Some((at, line[at..].trim())).filter(|(_, right)| !right.is_empty())
}

/// The lines at the head of a document that have two columns, set apart by four spaces or a tab; blank ones between them
/// belong to it.
fn letterhead(lines: &[String]) -> (usize, Vec<(&str, &str)>) {
    let belongs = |line: &&String| line.trim().is_empty() || split(line).is_some();
    let count = lines.iter().take_while(belongs).count();
    let columns = lines[..count].iter().filter_map(|line| split(line).map(|(at, right)| (line[..at].trim(), right)));
    (count, columns.collect())
}

#[test]
fn a_letterhead_in_a_table_says_the_same() {
    let mut met = 0;
    for document in corpus::documents() {
        let lines = lines(&trich::text(&document.name, &document.bytes));
        let (count, head) = letterhead(&lines);
        if head.len() < 2 {
            continue;
        }
        met += 1;
        let column = |said: &mut dyn Iterator<Item = &str>| said.map(|line| paragraph(&run(line))).collect::<String>();
        let left = column(&mut head.iter().map(|(left, _)| *left));
        let right = column(&mut head.iter().map(|(_, right)| *right));
        let body = table("", &[&[&left, &right]]) + &as_paragraphs(&lines[count..]);
        let (got, expected) =
            (facts(&document.name, &Docx::default().write(&body)), facts(&document.name, &document.bytes));
        assert_eq!(got["document"], expected["document"], "{}", document.name);
    }
    assert!(met >= 5, "only {met} letterheads of two columns in the corpus");
}
