/// What a file is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown: plain text in a file that says so by its name.
    Markdown,
    /// PDF, with or without a text layer.
    Pdf,
}

impl Format {
    /// What a file is, by its bytes; the name only tells Markdown from plain text.
    pub fn of(name: &str, bytes: &[u8]) -> Format {
        if is_pdf(bytes) {
            return Format::Pdf;
        }
        let name = name.to_ascii_lowercase();
        if [".md", ".markdown"].iter().any(|ending| name.ends_with(ending)) { Format::Markdown } else { Format::Plain }
    }

    /// Its media type, as the record names it.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Plain => "text/plain",
            Format::Markdown => "text/markdown",
            Format::Pdf => "application/pdf",
        }
    }
}

/// What a file is that cannot be read, by its first bytes.
///
/// ```
/// assert_eq!(trich::source::binary_format(b"II*\0"), Some("a TIFF image"));
/// assert_eq!(trich::source::binary_format("Số: 12/BC-UBND".as_bytes()), None);
/// ```
pub fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 11] = [
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
    if is_pdf(bytes) {
        return None;
    }
    let head = &bytes[..bytes.len().min(8192)];
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 0x0e..=0x1a | 0x1c..=0x1f)).count();
    (odd * 10 > head.len()).then_some("binary data")
}

/// Whether a file opens as PDF does, within its first kilobyte, as readers take it (ISO 32000-2, Annex I). In a text that
/// only speaks of the format no version stands at the beginning of a line.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    memchr::memmem::find_iter(head, b"%PDF-").any(|at| {
        (at == 0 || matches!(head[at - 1], b'\n' | b'\r' | 0) || !head[..at].is_ascii())
            && head.get(at + 5).is_some_and(u8::is_ascii_digit)
    })
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
