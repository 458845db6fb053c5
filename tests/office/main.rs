//! DOCX, DOC and RTF: each phenomenon in a file made here, damaged files, and the corpus written out as DOCX.

#[path = "../support/corpus.rs"]
mod corpus;
mod doc;
mod doc_writer;
mod docx;
mod docx_writer;
mod hostile;
mod round_trip;
mod rtf;

use trich::source::{Format, Options, SourceText, Trouble, read};

/// The text of a file whose name says nothing.
fn text_of(bytes: &[u8]) -> String {
    read_of(bytes).text
}

fn read_of(bytes: &[u8]) -> SourceText {
    read("file", bytes, &Options::default())
}

/// Without the white space that sets columns under each other.
fn cells(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|line| line.split('\t').map(str::trim).collect()).collect()
}
