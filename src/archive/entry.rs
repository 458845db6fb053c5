//! What a worker prepares of one document, so that the one writer has only rows to insert.

use super::{facets, facts::Facts, key::key};
use crate::{
    Extractor, assemble,
    record::{self, Record},
    source::SourceText,
    text::{Normalised, bare_letter, fold_char, letter, skeleton},
};
use memchr::memmem;
use rustc_hash::FxHashSet;

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

/// A document ready to be written: its facts, its text, and the words to find it by.
#[derive(Debug)]
pub struct Entry {
    pub(super) read: record::Source,
    pub(super) document: record::Document,
    pub(super) papers: Vec<record::Paper>,
    pub(super) facts: Facts,
    pub(super) text: String,
    /// How the text was come by, as JSON, without the text.
    pub(super) source: String,
    /// As citations of it have it.
    pub(super) key: Option<String>,
    /// The year of its date, or of its number.
    pub(super) year: Option<i16>,
    /// The issuer's name without marks and case.
    pub(super) issuer: Option<String>,
    /// What it is found by; nothing where it is left out of the full text.
    pub(super) words: Option<Words>,
}

/// What a document is found by, folded.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: String,
    pub(super) headings: String,
    pub(super) body: String,
    /// The words that bear marks, as they are but for case, each once or a few times.
    pub(super) marked: String,
    pub(super) facets: String,
    /// The title's words once more, as facets.
    pub(super) titled: String,
}

impl Entry {
    /// Reads a document and prepares it. Unless `with_secret`, one that is stamped MẬT, TỐI MẬT or TUYỆT MẬT gets no words
    /// in the full text; its facts are kept.
    pub fn new(extractor: &Extractor<'_>, name: &str, source: SourceText, with_secret: bool) -> Entry {
        let (normal, way) = Normalised::new(&source.text).into_parts();
        let mut record = assemble::record_of(name, &source, &normal, way, extractor.rules, extractor.style);
        let document = &record.document;
        let day = document.date.as_ref().and_then(|date| date.value.as_deref());
        let dated = day.and_then(|day| day.get(..4)?.parse().ok());
        let year = dated.or_else(|| document.number.as_ref()?.year);
        let issuer = document.issuer.as_ref().map(|issuer| skeleton(&issuer.name));
        let words = (document.security.is_none() || with_secret).then(|| {
            let kind = document.kind.as_ref().map(|kind| kind.code.as_ref());
            words(&record, &normal, facets::of(kind, year, issuer.as_deref(), document.period.as_ref()))
        });
        Entry {
            key: key(&record.document, extractor.rules),
            year,
            issuer,
            words,
            source: serde_json::to_string(&source).unwrap_or_default(),
            facts: Facts::of(&mut record, &source.text),
            text: source.text,
            read: record.source,
            document: record.document,
            papers: record.papers,
        }
    }
}

/// What a document is found by; `text` is in normal form.
fn words(record: &Record, text: &str, facets: String) -> Words {
    let title = record.document.title.as_ref().map(|title| skeleton(&title.text)).unwrap_or_default();
    let (mut body, marked) = folded(text);
    // A paragraph that a marker opens is no heading to search by.
    let sections = record.sections.iter().filter(|section| !section.run_in);
    let headings: Vec<String> =
        sections.map(|section| skeleton(&section.title)).filter(|words| !words.is_empty()).collect();
    // What was mended does not stand in the body as it is, and must be found all the same.
    let mut mended = String::new();
    let mut after = 0;
    for words in &headings {
        match memmem::find(&body.as_bytes()[after..], words.as_bytes()) {
            Some(found) => after += found,
            None => mended.extend([" ", words]),
        }
    }
    if memmem::find(body.as_bytes(), title.as_bytes()).is_none() {
        mended.extend([" ", &title]);
    }
    body.push_str(&mended);
    Words { titled: facets::of_title(&title), title, headings: headings.join(" "), body, marked, facets }
}

/// The words of a text without marks and case; and the distinct ones that bear marks, in lower case.
fn folded(text: &str) -> (String, String) {
    let bytes = text.as_bytes();
    let (mut body, mut marked) = (Vec::with_capacity(text.len()), String::new());
    let mut met: FxHashSet<&str> = FxHashSet::with_capacity_and_hasher(1024, Default::default());
    let mut rest = 0;
    while rest < bytes.len() {
        let (from, begun) = (rest, body.len());
        if begun > 0 {
            body.push(b' ');
        }
        let mut bears_marks = false;
        while let Some(byte) = bytes.get(rest) {
            if byte.is_ascii_alphanumeric() {
                body.push(byte.to_ascii_lowercase());
                rest += 1;
            } else if let Some((letter, length)) = bare_letter(&bytes[rest..]) {
                body.push(letter);
                rest += length;
                bears_marks = true;
            } else if !byte.is_ascii()
                && let Some(c) = text[rest..].chars().next().filter(|c| letter::is_alphanumeric(*c))
            {
                body.extend_from_slice(fold_char(c).encode_utf8(&mut [0; 4]).as_bytes());
                rest += c.len_utf8();
                bears_marks = true;
            } else {
                break;
            }
        }
        let word = &text[from..rest];
        if word.is_empty() {
            body.truncate(begun);
        } else if bears_marks && met.insert(word) {
            if !marked.is_empty() {
                marked.push(' ');
            }
            for c in word.chars() {
                match letter::to_lower(c) {
                    Some(small) => marked.push(small),
                    None => marked.extend(c.to_lowercase()),
                }
            }
        }
        // What parts it from the next word.
        rest += text[rest..].chars().next().map_or(0, char::len_utf8);
    }
    (String::from_utf8(body).unwrap_or_default(), marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_are_folded_and_those_with_marks_are_kept_once() {
        let text = "Nước SẠCH nông thôn, sạch; nông  to (Đ)";
        let (body, marked) = folded(text);
        assert_eq!(body, skeleton(text));
        assert_eq!(marked, "nước sạch nông thôn sạch đ");
    }

    proptest! {
        #[test]
        fn folding_by_bytes_gives_what_folding_by_characters_gives(
            text in "([a-zA-Z0-9 .,đĐưỞậỹðßǅ①Ωé\u{301}\n]|\\PC){0,60}",
        ) {
            prop_assert_eq!(folded(&text).0, skeleton(&text));
        }
    }

    #[test]
    fn a_title_that_was_mended_is_found_in_the_body_too() {
        let extractor = Extractor::builtin();
        let text = "BÁO CÁO\nKết quả cấp nước\n1. Kết quả\nĐã xong.\n";
        let mut record = extractor.extract("a.txt", text.as_bytes());
        assert_eq!(words(&record, text, String::new()).body, skeleton(text));
        let mut mended = record.sections[0].clone();
        mended.title = "Kết luận".to_owned();
        record.sections.push(mended);
        let words = words(&record, text, String::new());
        assert_eq!(words.headings, "ket qua ket luan");
        assert_eq!(words.body, skeleton(text) + " ket luan");
    }
}
