use super::{doc, docx, encoding::detect::utf16, rtf};

/// What a file is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
}

impl Format {
    /// Every format.
    pub const ALL: [Format; 6] =
        [Format::Plain, Format::Markdown, Format::Html, Format::Docx, Format::Doc, Format::Rtf];

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
        }
    }
}

/// How much of a file's beginning tells what it is.
pub(super) const HEAD: usize = 8192;

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
/// assert_eq!(trich::source::binary_format(b"%PDF-1.7\n"), Some("PDF"));
/// assert_eq!(trich::source::binary_format("Số: 12/BC-UBND".as_bytes()), None);
/// ```
pub fn binary_format(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 13] = [
        (b"%PDF", "PDF"),
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
        assert_eq!(binary_format(b"\xff\xfeS\0\xd1\x1e"), None);
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
