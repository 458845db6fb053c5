use super::{Certainty, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The unit of every span of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Offsets {
    /// Unicode code points: `text[start:end]` in Python.
    #[default]
    Chars,
    /// Bytes of the text in UTF-8.
    Bytes,
    /// UTF-16 code units: `text.slice(start, end)` in JavaScript.
    Utf16,
}

/// Where the text came from and how it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The path as given, or relative to the folder that was given: unique in a run.
    pub name: String,
    /// What the file was taken for: `text/plain`, `text/markdown`, `text/html`.
    pub media_type: String,
    /// The encoding that it was decoded from: `UTF-8`, `UTF-16LE`, `TCVN3`, `VNI`, `VISCII`, `VPS`, `windows-1258`, or
    /// what a page declares. Where parts of a file are in different ones they stand side by side: `UTF-8, TCVN3`.
    /// `UTF-8 of TCVN3` is TCVN3 that was taken for Windows-1252 once and written as UTF-8.
    pub encoding: String,
    /// How sure the encoding is: stated (and omitted) where the file says it, by a byte order mark, a declaration, its
    /// fonts or by being valid UTF-8, or where the user said it; inferred where only its syllables tell. Diagnostic
    /// `T005` stands where they hardly do.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub encoding_certainty: Certainty,
    /// The size of the file in bytes.
    pub bytes: u64,
    /// The length of the decoded text in code points.
    pub chars: u64,
    /// The number of pages, where the format has pages.
    pub pages: Option<u32>,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// A fingerprint of the words, 64 bits in hexadecimal: two texts that differ in little (a draft and its issued copy,
    /// two scans of one paper) have fingerprints that differ in few bits. docs/identity.md says how to compare them.
    #[serde(default)]
    pub fingerprint: String,
    /// The unit of every span.
    pub offsets: Offsets,
    /// What read it: `trich 0.1.0`.
    pub extractor: String,
    /// A hash of the rules in force.
    pub rules: String,
}

/// How much a diagnostic weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Good to know.
    Info,
    /// Should be looked at.
    Warning,
    /// Is wrong.
    Error,
}

/// What a reviewer should look at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Diagnostic {
    /// Its permanent code, as `T101`.
    pub code: Cow<'static, str>,
    /// How much it weighs.
    pub severity: Severity,
    /// What is the matter, in the language asked for.
    pub message: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
    /// What it conflicts with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Span>,
    /// What it should be, where that is certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}
