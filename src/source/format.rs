use super::{doc, docx, encoding::detect::utf16, rtf};
use serde::{Deserialize, Serialize};

/// What a file is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown: plain text in a file that says so by its name.
    Markdown,
    /// HTML.
    Html,
    /// Word's files since 2007.
    Docx,
    /// Word's files until 2003.
    Doc,
    /// Rich Text Format.
    Rtf,
    /// PDF, with or without a text layer.
    Pdf,
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 7] =
        [Format::Plain, Format::Markdown, Format::Html, Format::Docx, Format::Doc, Format::Rtf, Format::Pdf];

    /// What a file is, by its bytes; the name only tells Markdown from plain text.
    pub fn of(name: &str, bytes: &[u8]) -> Format {
        if let Some(format) = Format::marked(bytes) {
            return format;
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        let markdown = ending.is_some_and(|ending| Format::Markdown.endings().contains(&ending.as_str()));
        if markdown { Format::Markdown } else { Format::Plain }
    }

    /// What the bytes themselves say; `None` for text without a mark of its own.
    fn marked(bytes: &[u8]) -> Option<Format> {
        let docx = docx::is_docx(bytes) || doc::is_encrypted_docx(bytes);
        let marks = [
            (docx, Format::Docx),
            (doc::is_doc(bytes), Format::Doc),
            (rtf::is_rtf(bytes), Format::Rtf),
            (is_pdf(bytes), Format::Pdf),
            (is_html(bytes), Format::Html),
        ];
        marks.into_iter().find(|(marked, _)| *marked).map(|(_, format)| format)
    }

    /// Its name, as the command takes it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Plain => "text",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Docx => "docx",
            Format::Doc => "doc",
            Format::Rtf => "rtf",
            Format::Pdf => "pdf",
        }
    }

    /// The endings that its files have, in small letters. A file without one may be any.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Format::Plain => &["txt", "text"],
            Format::Markdown => &["md", "markdown"],
            Format::Html => &["html", "htm", "xhtml"],
            Format::Docx => &["docx", "docm", "dotx"],
            Format::Doc => &["doc", "dot"],
            Format::Rtf => &["rtf"],
            Format::Pdf => &["pdf"],
        }
    }

    /// Its media type, as the record names it.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Plain => "text/plain",
            Format::Markdown => "text/markdown",
            Format::Html => "text/html",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Format::Doc => "application/msword",
            Format::Rtf => "application/rtf",
            Format::Pdf => "application/pdf",
        }
    }
}

/// How much of a file's beginning tells what it is.
pub(super) const HEAD: usize = 8192;

/// A file opens as PDF does within its first kilobyte, as readers take it (ISO 32000-2, Annex I): what only speaks of the
/// format has no version behind the mark at the beginning of a line.
fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    memchr::memmem::find_iter(head, b"%PDF-").any(|at| {
        let opens = at == 0 || matches!(head[at - 1], b'\n' | b'\r' | 0) || std::str::from_utf8(&head[..at]).is_err();
        opens && head.get(at + 5).is_some_and(u8::is_ascii_digit) && head.get(at + 6) == Some(&b'.')
    })
}

/// A page begins with markup, after white space, a byte order mark, declarations and comments at most.
fn is_html(bytes: &[u8]) -> bool {
    const TAGS: [&str; 14] = [
        "!doctype html",
        "html",
        "head",
        "body",
        "meta",
        "title",
        "table",
        "div",
        "p",
        "font",
        "center",
        "style",
        "script",
        "h1",
    ];
    let head = &bytes[..bytes.len().min(HEAD)];
    // In UTF-16 the markup is ASCII with zeros between.
    let narrow: Vec<u8> = match head {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => head[2..].iter().copied().filter(|byte| *byte != 0).collect(),
        _ => Vec::new(),
    };
    let head = if narrow.is_empty() { head } else { &narrow };
    let mut rest = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    loop {
        let past = |end: &[u8], rest: &[u8]| rest.windows(end.len()).position(|at| at == end).map(|at| at + end.len());
        let skipped = if rest.starts_with(b"<!--") {
            past(b"-->", rest)
        } else if rest.starts_with(b"<?xml") {
            past(b"?>", rest)
        } else {
            break;
        };
        match skipped {
            Some(at) => rest = rest[at..].trim_ascii_start(),
            None => return false,
        }
    }
    let Some(tag) = rest.strip_prefix(b"<") else { return false };
    TAGS.iter().any(|name| {
        tag.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name.as_bytes()))
            && tag.get(name.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
    })
}

/// What a file is that cannot be read, by its first bytes.
///
/// ```
/// assert_eq!(trich::source::binary_format(b"GIF89a"), Some("a GIF image"));
/// assert_eq!(trich::source::binary_format("Số: 12/BC-UBND".as_bytes()), None);
/// ```
pub fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 12] = [
        (b"PK\x03\x04", "a zip archive (XLSX, ODT …)"),
        (b"\xd0\xcf\x11\xe0", "an OLE file (XLS, MSG …)"),
        (b"\x89PNG", "a PNG image"),
        (b"\xff\xd8\xff", "a JPEG image"),
        (b"II*\0", "a TIFF image"),
        (b"MM\0*", "a TIFF image"),
        (b"GIF8", "a GIF image"),
        (b"\x7fELF", "a program"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"MIME-Version:", "a web archive (MHT)"),
        (b"From: <Saved by", "a web archive (MHT)"),
    ];
    if Format::marked(bytes).is_some() {
        return None;
    }
    if let Some((_, name)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(name);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || utf16(bytes).is_some() {
        return None;
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let odd = |byte: &u8| u8::from(*byte < 0x20 && !matches!(byte, 0x09..=0x0d | 0x1b));
    // As many as a byte can count are counted together.
    let odd: usize = head.chunks(255).map(|bytes| usize::from(bytes.iter().map(odd).sum::<u8>())).sum();
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
        let mixed = |odd: usize| [vec![1; odd], vec![b'a'; 3000 - odd]].concat();
        assert_eq!((binary_format(&mixed(300)), binary_format(&mixed(301))), (None, Some("binary data")));
        assert_eq!(binary_format(b"\xff\xfeS\0\xd1\x1e"), None);
    }

    #[test]
    fn tells_pdf_within_the_first_kilobyte() {
        for file in [&b"%PDF-1.4\n"[..], b"\xef\xbb\xbf\n%PDF-1.7", b"\0\0\xff%PDF-2.0", b"{junk}\r\n%PDF-1.3"] {
            assert_eq!(Format::of("a.txt", file), Format::Pdf);
            assert_eq!(binary_format(file), None);
        }
        let late = [&[b' '; 1024][..], b"\n%PDF-1.4"].concat();
        for text in [&b"see %PDF-1.4"[..], b"%PDF-", b"%PDF-x.1", &late] {
            assert_eq!(Format::of("a.pdf", text), Format::Plain);
        }
    }

    #[test]
    fn tells_html_by_its_markup() {
        for page in [
            "<html>",
            "\u{feff}  <!DOCTYPE HTML PUBLIC \"x\">",
            "<?xml version='1.0'?><html xmlns=x>",
            "<!-- a --><p class=x>",
        ] {
            assert_eq!(Format::of("a.doc", page.as_bytes()), Format::Html, "{page}");
        }
        for text in ["Số: 5 <html>", "<5 người", "<phần>", "<pq", "", "<!-- <html>"] {
            assert_eq!(Format::of("a.txt", text.as_bytes()), Format::Plain, "{text}");
        }
    }
}
