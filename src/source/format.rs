use super::{doc, docx, rtf};

/// What a file is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown: plain text in a file that says so by its name.
    Markdown,
    /// Word's files since 2007.
    Docx,
    /// Word's files until 2003.
    Doc,
    /// Rich Text Format.
    Rtf,
}

impl Format {
    /// What a file is, by its bytes; the name only tells Markdown from plain text.
    pub fn of(name: &str, bytes: &[u8]) -> Format {
        if docx::is_docx(bytes) || doc::is_encrypted_docx(bytes) {
            return Format::Docx;
        }
        if doc::is_doc(bytes) {
            return Format::Doc;
        }
        if rtf::is_rtf(bytes) {
            return Format::Rtf;
        }
        let name = name.to_ascii_lowercase();
        if [".md", ".markdown"].iter().any(|ending| name.ends_with(ending)) { Format::Markdown } else { Format::Plain }
    }

    /// Its media type, as the record names it.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Plain => "text/plain",
            Format::Markdown => "text/markdown",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Doc => "application/msword",
            Format::Rtf => "application/rtf",
        }
    }
}

/// What a file is that cannot be read, by its first bytes.
///
/// ```
/// assert_eq!(trich::source::binary_format(b"%PDF-1.7\n"), Some("PDF"));
/// assert_eq!(trich::source::binary_format("Số: 12/BC-UBND".as_bytes()), None);
/// ```
pub fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    if !matches!(Format::of("", bytes), Format::Plain) {
        return None;
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_text_from_binary() {
        assert_eq!(binary_format(&[0; 64]), Some("binary data"));
        assert_eq!(binary_format(b"a\0b plain enough text to be one"), None);
        assert_eq!(binary_format(b""), None);
    }
}
