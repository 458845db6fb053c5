//! Reads Vietnamese administrative documents (báo cáo, kế hoạch, quyết định, công văn …) and returns the facts in them:
//! number and symbol, date, place, issuer, type, title, signatories, recipients, citations, headings, numeric findings
//! and tables, each with the exact place it was read from and the rule that read it.
//!
//! ```
//! let record = trich::Extractor::builtin().extract("bao-cao.txt", "1. Kết quả\nXã có 8/8 thôn văn hóa.".as_bytes());
//! assert_eq!(record.schema_version, "1");
//! ```
#![deny(missing_docs)]

#[cfg(feature = "archive")]
pub mod archive;
mod assemble;
mod check;
pub mod eval;
pub mod explain;
pub mod grammar;
pub mod layout;
pub mod place;
pub mod proof;
pub mod recognise;
pub mod record;
mod resolve;
pub mod rules;
pub mod source;
pub mod text;
pub mod validity;

pub use check::Language;
pub use record::{Offsets, Record};
pub use rules::Rules;

/// Reads documents by one set of rules.
#[derive(Clone, Copy, Debug)]
pub struct Extractor<'r> {
    rules: &'r Rules,
    style: assemble::Style,
    options: source::Options,
}

impl Extractor<'static> {
    /// Reads by the rules that `trich` ships with; spans count code points.
    pub fn builtin() -> Self {
        Extractor { rules: Rules::builtin(), style: assemble::Style::default(), options: source::Options::default() }
    }
}

impl<'r> Extractor<'r> {
    /// Reads by the rules given.
    pub fn with_rules(rules: &'r Rules) -> Self {
        Extractor { rules, style: assemble::Style::default(), options: source::Options::default() }
    }

    /// The same, with spans in another unit.
    #[must_use]
    pub fn offsets(mut self, offsets: Offsets) -> Self {
        self.style.offsets = offsets;
        self
    }

    /// The same, with messages in another language.
    #[must_use]
    pub fn language(mut self, language: Language) -> Self {
        self.style.language = language;
        self
    }

    /// The same, with the checks too that are off by default, since they doubt much that is right.
    #[must_use]
    pub fn every_check(mut self, on: bool) -> Self {
        self.style.every_check = on;
        self
    }

    /// The same, reading files in the way given.
    #[must_use]
    pub fn options(mut self, options: source::Options) -> Self {
        self.options = options;
        self
    }

    /// The record of a file: any bytes give one, perhaps empty, with diagnostics. `name` becomes `source.name`.
    pub fn extract(&self, name: &str, bytes: &[u8]) -> Record {
        self.record(name, &self.source(name, bytes))
    }

    /// The text of a file and how it was come by: the first half of [`Extractor::extract`].
    pub fn source(&self, name: &str, bytes: &[u8]) -> source::SourceText {
        source::read(name, bytes, &self.options)
    }

    /// The record of a text: the second half of [`Extractor::extract`].
    pub fn record(&self, name: &str, source: &source::SourceText) -> Record {
        assemble::record(name, source, self.rules, self.style)
    }

    /// The record of a file that is larger than the limit of bytes, so that it need not be loaded: no facts, and the
    /// diagnostic that says why. `head` is how the file begins, `bytes` its size, `sha256` its hash in hexadecimal.
    pub fn not_loaded(&self, name: &str, head: &[u8], bytes: u64, sha256: String) -> Record {
        let source = source::not_loaded(name, head, bytes, sha256, &self.options);
        assemble::record(name, &source, self.rules, self.style)
    }
}

/// The text of a file, to which the spans of its record refer.
///
/// ```
/// assert_eq!(trich::text("bao-cao.txt", b"\xef\xbb\xbfB\xc3\xa1o c\xc3\xa1o"), "Báo cáo");
/// ```
pub fn text(name: &str, bytes: &[u8]) -> String {
    source::read(name, bytes, &source::Options::default()).text
}

/// The JSON Schema of a [`Record`], as a JSON text.
pub fn schema() -> String {
    let schema = schemars::schema_for!(Record);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}
