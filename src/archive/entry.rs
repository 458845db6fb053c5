//! What a worker prepares of one document, so that the one writer has only rows to insert.

use super::key::key;
use crate::{
    Extractor, Record,
    source::SourceText,
    text::{Normalised, skeleton},
};
use std::collections::BTreeSet;

/// A file as it was met on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its path, as the database names it.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed: nanoseconds since 1970.
    pub mtime: i64,
}

/// A document ready to be written: its record, its text, and the words to find it by.
#[derive(Debug)]
pub struct Entry {
    pub(super) record: Record,
    pub(super) text: String,
    /// How the text was come by, as JSON, without the text.
    pub(super) source: String,
    /// As citations of it have it.
    pub(super) key: Option<String>,
    pub(super) title: String,
    pub(super) headings: String,
    pub(super) body: String,
    pub(super) marked: String,
}

impl Entry {
    /// Prepares a document that `extractor` read. Unless `with_secret`, one that is stamped MẬT, TỐI MẬT or TUYỆT MẬT gets no words in the full
    /// text; its facts are kept.
    pub fn new(extractor: &Extractor<'_>, record: Record, source: SourceText, with_secret: bool) -> Entry {
        let mut entry = Entry {
            key: key(&record.document, extractor.rules),
            title: String::new(),
            headings: String::new(),
            body: String::new(),
            marked: String::new(),
            source: serde_json::to_string(&source).unwrap_or_default(),
            text: source.text,
            record,
        };
        if entry.record.document.security.is_none() || with_secret {
            let document = &entry.record.document;
            entry.title = document.title.as_ref().map(|title| skeleton(&title.text)).unwrap_or_default();
            let headings: Vec<String> = entry.record.sections.iter().map(|s| skeleton(&s.title)).collect();
            entry.headings = headings.join(" ");
            let normalised = Normalised::new(&entry.text);
            entry.body = skeleton(normalised.as_str());
            entry.marked = marked(normalised.as_str());
        }
        entry
    }
}

/// The distinct words of a text that bear marks, in lower case.
fn marked(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_ascii());
    let distinct: BTreeSet<String> = words.map(str::to_lowercase).collect();
    distinct.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_words_are_those_with_marks() {
        assert_eq!(marked("Nước SẠCH nông thôn, nước to"), "nông nước sạch thôn");
    }
}
