//! Bytes into the text as given: what a file is, and the reader of each format. Knows nothing of rules or facts.

mod doc;
mod docx;
mod encoding;
mod extracted;
mod format;
mod html;
mod limits;
mod office;
mod pdf;
mod plain;
mod rtf;
mod table;

pub use encoding::Encoding;
pub use extracted::{Limit, Trouble};
pub use format::{Format, binary_format};
pub use limits::Limits;

use crate::record::Certainty;
use extracted::Extracted;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// How a file is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The format, when the user knows better than the bytes.
    pub format: Option<Format>,
    /// The encoding, when the user knows better than the bytes. Formats that say their encoding themselves, and fonts
    /// that do, are not overruled.
    pub encoding: Option<Encoding>,
    /// What a file may cost at most.
    pub limits: Limits,
}

/// A file's text, and how it was come by.
#[derive(Debug, Serialize, Deserialize)]
pub struct SourceText {
    /// The text as given: spans refer to it. It is left out where the rest is stored beside it.
    #[serde(skip)]
    pub text: String,
    /// What the file was taken for.
    pub format: Format,
    /// The encoding that it was decoded from.
    pub encoding: Cow<'static, str>,
    /// Whether the file says so (or the user), or only its words do.
    pub certainty: Certainty,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The size of the file.
    pub bytes: u64,
    /// Where each page begins: byte offsets in `text`, the first 0. Empty where the format has no pages.
    pub pages: Vec<usize>,
    /// What could not be read, in the order met.
    pub troubles: Vec<Trouble>,
}

/// Reads the bytes of a file, whatever they hold. What went wrong stands in `troubles`.
pub fn read(name: &str, bytes: &[u8], options: &Options) -> SourceText {
    let sha256 = hexadecimal(&Sha256::digest(bytes));
    if bytes.len() as u64 > options.limits.bytes {
        return not_loaded(name, bytes, bytes.len() as u64, sha256, options);
    }
    let format = options.format.unwrap_or_else(|| Format::of(name, bytes));
    let Extracted { text, encoding, certainty, pages, troubles } = match format {
        Format::Plain | Format::Markdown => plain::decoded(bytes, options.encoding),
        Format::Html => html::read(bytes, options.encoding, &options.limits),
        Format::Docx => docx::read(bytes, &options.limits),
        Format::Doc => doc::read(bytes, options),
        Format::Rtf => rtf::read(bytes, &options.limits),
        Format::Pdf => pdf::read(bytes, &options.limits),
    };
    SourceText { text, format, encoding, certainty, sha256, bytes: bytes.len() as u64, pages, troubles }
}

/// What is to be said of a file that is larger than the limit of bytes and was not loaded: `head` is how it begins.
pub fn not_loaded(name: &str, head: &[u8], bytes: u64, sha256: String, options: &Options) -> SourceText {
    SourceText {
        text: String::new(),
        format: options.format.unwrap_or_else(|| Format::of(name, &head[..head.len().min(format::HEAD)])),
        encoding: "unknown".into(),
        certainty: Certainty::Stated,
        sha256,
        bytes,
        pages: Vec::new(),
        troubles: vec![Trouble::Limited { limit: Limit::Bytes }],
    }
}

/// Bytes in hexadecimal, as hashes are written.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(name: &str, bytes: &[u8]) -> SourceText {
        read(name, bytes, &Options::default())
    }

    #[test]
    fn drops_the_byte_order_mark_and_keeps_carriage_returns() {
        let read = decode("a.txt", b"\xef\xbb\xbfa\r\nb");
        assert_eq!(read.text, "a\r\nb");
        assert_eq!(read.bytes, 7);
    }

    #[test]
    fn each_maximal_invalid_sequence_is_one_replacement() {
        let read = decode("a.md", b"S\xe1\xbb: \xff\xfe1");
        assert_eq!(read.text, "S\u{fffd}: \u{fffd}\u{fffd}1");
        assert_eq!(read.troubles, [Trouble::Undecodable { places: 3 }]);
        assert_eq!(read.format, Format::Markdown);
    }
}
