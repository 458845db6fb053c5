//! Bytes into the text as given: what a file is, and the reader of each format. Knows nothing of rules or facts.

mod doc;
mod docx;
mod encoding;
mod extracted;
mod format;
mod limits;
mod office;
mod plain;
mod rtf;

pub use encoding::Encoding;
pub use extracted::Trouble;
pub use format::{Format, binary_format};
pub use limits::Limits;

use extracted::Extracted;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// How a file is to be read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The format, when the user knows better than the bytes.
    pub format: Option<Format>,
    /// What a file may cost at most.
    pub limits: Limits,
}

/// A file's text, and how it was come by.
#[derive(Debug)]
pub struct SourceText {
    /// The text as given: spans refer to it.
    pub text: String,
    /// What the file was taken for.
    pub format: Format,
    /// The encoding that it was decoded from.
    pub encoding: Cow<'static, str>,
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
    let format = options.format.unwrap_or_else(|| Format::of(name, bytes));
    let Extracted { text, encoding, pages, troubles } = match format {
        Format::Plain | Format::Markdown => plain::read(bytes),
        Format::Docx => docx::read(bytes, &options.limits),
        Format::Doc => doc::read(bytes, &options.limits),
        Format::Rtf => rtf::read(bytes, &options.limits),
    };
    SourceText {
        text,
        format,
        encoding,
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        bytes: bytes.len() as u64,
        pages,
        troubles,
    }
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
