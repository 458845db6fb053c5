//! Bytes into the text as given. Knows nothing of rules or facts.

use sha2::{Digest, Sha256};

/// A file's text, and how it was come by.
#[derive(Debug)]
pub struct SourceText {
    /// The text as given: spans refer to it.
    pub text: String,
    /// What the file was taken for.
    pub media_type: &'static str,
    /// The encoding that it was decoded from.
    pub encoding: &'static str,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// The size of the file.
    pub bytes: u64,
    /// Where undecodable bytes were replaced: byte offsets in `text` of each U+FFFD.
    pub replaced: Vec<usize>,
}

/// What a file is that is not text, by its first bytes.
///
/// ```
/// assert_eq!(trich::source::binary_format(b"%PDF-1.7\n"), Some("PDF"));
/// assert_eq!(trich::source::binary_format("Số: 12/BC-UBND".as_bytes()), None);
/// ```
pub fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 12] = [
        (b"%PDF", "PDF"),
        (b"PK\x03\x04", "a zip archive (DOCX, XLSX, ODT …)"),
        (b"\xd0\xcf\x11\xe0", "an OLE file (DOC, XLS …)"),
        (b"{\\rtf", "RTF"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"GIF8", "a GIF image"),
        (b"\x7fELF", "a program"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"SQLite format 3\0", "an SQLite database"),
    ];
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    let head = &bytes[..bytes.len().min(8192)];
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    (odd * 10 > head.len()).then_some("binary data")
}

/// Reads the bytes of a text file: UTF-8, with or without a byte order mark. Each maximal invalid byte sequence becomes
/// one U+FFFD.
pub fn decode(name: &str, bytes: &[u8]) -> SourceText {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut replaced = Vec::new();
    let text = match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let mut text = String::with_capacity(body.len());
            for chunk in body.utf8_chunks() {
                text.push_str(chunk.valid());
                if !chunk.invalid().is_empty() {
                    replaced.push(text.len());
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
            text
        }
    };
    let markdown = [".md", ".markdown"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending));
    SourceText {
        text,
        media_type: if markdown { "text/markdown" } else { "text/plain" },
        encoding: "UTF-8",
        sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        bytes: bytes.len() as u64,
        replaced,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
        assert_eq!(read.replaced.len(), 3);
        assert_eq!(read.media_type, "text/markdown");
    }

    #[test]
    fn tells_text_from_binary() {
        assert_eq!(binary_format(&[0; 64]), Some("binary data"));
        assert_eq!(binary_format(b"a\0b plain enough text to be one"), None);
        assert_eq!(binary_format(b""), None);
    }
}
