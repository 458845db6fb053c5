//! Markup left in a text: which brackets are links, which backslashes are escapes, and the tags of HTML that set type.

/// The characters that Markdown escapes with a backslash, but for brackets, which could open a link.
pub(super) const ESCAPED: [char; 13] = ['.', '(', ')', '*', '_', '#', '-', '+', '!', '>', '|', '~', '<'];

/// A label and its target are short, and stand on one line.
const MAX_LABEL: usize = 600;
const MAX_TARGET: usize = 600;

/// The part `](…)` of a link, in bytes of the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The target of the link whose `[`, or the image whose `![`, stands at `at`.
pub(super) fn link(source: &str, at: usize) -> Option<Target> {
    let rest = &source[at..];
    let opening = if rest.starts_with("![") { 2 } else { usize::from(rest.starts_with('[')) };
    if opening == 0 {
        return None;
    }
    let start = at + opening + closing(&rest.as_bytes()[opening..], b'[', b']', MAX_LABEL)?;
    let inner = source[start..].strip_prefix("](")?;
    let length = closing(inner.as_bytes(), b'(', b')', MAX_TARGET)?;
    is_target(&inner[..length]).then_some(Target { start, end: start + 2 + length + 1 })
}

/// Where the bracket closes that is open already; nested ones are passed over, escaped ones are no brackets.
fn closing(bytes: &[u8], open: u8, close: u8, most: usize) -> Option<usize> {
    let mut depth = 0;
    let mut at = 0;
    while at < bytes.len().min(most) {
        match bytes[at] {
            b'\n' | b'\r' => return None,
            b'\\' => at += 1,
            b if b == close && depth == 0 => return Some(at),
            b if b == close => depth -= 1,
            b if b == open => depth += 1,
            _ => {}
        }
        at += 1;
    }
    None
}

/// An address, with a title in quotes or none: `/van-ban/x.aspx "Luật"`, `https://…`, `#top`. Words in brackets are none.
fn is_target(inner: &str) -> bool {
    let (address, title) = inner.split_once(' ').unwrap_or((inner, ""));
    let titled = title.is_empty() || title.len() > 1 && title.starts_with('"') && title.ends_with('"');
    let schemes = ["/", "#", "./", "../", "http:", "https:", "mailto:", "javascript:", "www.", "ftp:", "file:"];
    titled && schemes.iter().any(|scheme| address.starts_with(scheme))
}

/// The names of tags that set type or wrap a paragraph; those of tables and line ends say where cells and lines end.
const TAGS: [&str; 26] = [
    "a", "b", "big", "center", "del", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "i", "ins", "o:p", "p",
    "s", "small", "span", "strong", "sub", "sup", "u", "strike",
];

/// Attributes are short, and stand on one line.
const MAX_TAG: usize = 300;

/// Where the tag ends that begins at `at`, a `<`: `<b>`, `</span>`, `<p style="…">`.
pub(super) fn tag(source: &str, at: usize) -> Option<usize> {
    let bytes = &source.as_bytes()[at..];
    let name_at = if bytes.get(1) == Some(&b'/') { 2 } else { 1 };
    let length = bytes[name_at..].iter().take(8).position(|byte| !byte.is_ascii_alphanumeric() && *byte != b':')?;
    let name = &source[at + name_at..at + name_at + length];
    if !TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name)) {
        return None;
    }
    let rest = &bytes[name_at + length..];
    let close = rest.iter().take(MAX_TAG).position(|byte| matches!(byte, b'>' | b'<' | b'\n' | b'\r'))?;
    // `a < b` and `<b không`: attributes are set with `=`.
    let attributes = &rest[..close];
    let set = attributes.iter().all(|byte| matches!(byte, b' ' | b'/')) || attributes.contains(&b'=');
    (rest[close] == b'>' && set && !matches!(attributes.first(), Some(byte) if !matches!(byte, b' ' | b'/')))
        .then_some(at + name_at + length + close + 1)
}
