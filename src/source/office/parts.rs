//! The parts of a document, put in order.

use crate::record::Certainty;
use crate::source::{
    Encoding,
    plain::{Mended, mended},
};

/// Body, notes, headers and footers.
///
/// The header that the first page has of its own comes first: it may be the letterhead. Then follow the body, the notes with
/// their marks, and the other headers and footers, each text once: they run along, and may be the publisher's.
#[derive(Debug, Default)]
pub(in crate::source) struct Parts {
    head: Vec<String>,
    body: Vec<String>,
    notes: Vec<String>,
    margins: Vec<Vec<String>>,
}

impl Parts {
    /// The paragraphs of the body.
    pub(in crate::source) fn body(&mut self, lines: Vec<String>) {
        self.body = lines;
    }

    /// A footnote or endnote, and the mark that stands for it in the body.
    pub(in crate::source) fn note(&mut self, mark: &str, lines: &[String]) {
        let mut lines = lines.iter().skip_while(|line| line.trim().is_empty());
        let first = lines.next().map_or("", |line| line.trim_start());
        self.notes.push(format!("{mark} {first}"));
        self.notes.extend(lines.cloned());
    }

    /// A header or footer; left out where it holds nothing but a word beside a page number.
    pub(in crate::source) fn margin(&mut self, lines: Vec<String>, at_head: bool) {
        let said: Vec<String> = lines.into_iter().filter(|line| line.chars().any(char::is_alphanumeric)).collect();
        let words = said.iter().flat_map(|line| line.split_whitespace());
        if words.filter(|word| word.chars().any(char::is_alphabetic)).take(2).count() < 2 {
            return;
        }
        if at_head && self.head.is_empty() {
            self.head = said;
        } else if !self.margins.contains(&said) {
            self.margins.push(said);
        }
    }

    /// The text of all, and the encoding that some of it was in without a font that said so.
    pub(in crate::source) fn text(self) -> (String, Option<Encoding>) {
        let Mended { text, older } = mended(self.joined());
        (text, older)
    }

    fn joined(mut self) -> String {
        self.margins.retain(|said| *said != self.head);
        let mut lines = self.head;
        lines.append(&mut self.body);
        while lines.last().is_some_and(|last| last.trim().is_empty()) {
            lines.pop();
        }
        lines.append(&mut self.notes);
        lines.extend(self.margins.into_iter().flatten());
        lines.join("\n")
    }
}

/// How sure an encoding is: a font states it, or the words told it.
pub(in crate::source) fn inferred(by_font: Option<Encoding>, by_words: Option<Encoding>) -> Certainty {
    if by_font.is_none() && by_words.is_some() { Certainty::Inferred } else { Certainty::Stated }
}

/// Whether the code of a field is one that counts pages.
pub(in crate::source) fn counts_pages(code: &str) -> bool {
    let word = code.split_whitespace().next().unwrap_or_default();
    ["PAGE", "NUMPAGES", "SECTIONPAGES"].iter().any(|name| word.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_number_is_no_text_and_each_text_stands_once() {
        let lines = |text: &str| vec![text.to_owned()];
        let mut parts = Parts::default();
        parts.body(lines("Điều 1."));
        parts.note("[1]", &lines(" Xem Điều 2."));
        parts.margin(lines("Trang 2/5"), false);
        parts.margin(lines("Sở Y tế"), true);
        parts.margin(lines("Sở Y tế"), false);
        parts.margin(lines("Mẫu số 01"), false);
        assert_eq!(parts.joined(), "Sở Y tế\nĐiều 1.\n[1] Xem Điều 2.\nMẫu số 01");
    }
}
