//! The characters of a page: by its byte order mark, by what it declares, or by its bytes.

use crate::{
    record::Certainty,
    source::{encoding::Encoding, encoding::is_vietnamese, extracted::Extracted, plain},
};

/// How far into a page its encoding is declared.
const DECLARED_WITHIN: usize = 4096;

/// The markup as text. What older encodings left in it is decoded by the fonts later, or by its syllables.
pub(super) fn decoded(bytes: &[u8], asked: Option<Encoding>) -> Extracted {
    let marked = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"].iter().any(|mark| bytes.starts_with(mark));
    if asked.is_some() || marked {
        return plain::decoded(bytes, asked);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && (bytes.is_ascii() || text.chars().any(is_vietnamese))
    {
        return stated(text.to_owned(), "UTF-8");
    }
    let Some(label) = declared(&bytes[..bytes.len().min(DECLARED_WITHIN)]) else {
        return plain::decoded(bytes, None);
    };
    // What the label means is Latin letters that only their font makes Vietnamese.
    if matches!(label.as_str(), "x-user-defined" | "user-defined") {
        return stated(Encoding::Windows1252.decode(bytes).0, Encoding::Windows1252.name());
    }
    if let Some(encoding) = Encoding::named(&label) {
        return match encoding {
            Encoding::Utf8 => plain::decoded(bytes, None),
            _ => plain::decoded(bytes, Some(encoding)),
        };
    }
    match encoding_rs::Encoding::for_label(label.as_bytes()) {
        Some(encoding) => stated(encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding.name()),
        None => plain::decoded(bytes, None),
    }
}

fn stated(text: String, encoding: &'static str) -> Extracted {
    Extracted { text, encoding: encoding.into(), certainty: Certainty::Stated, ..Extracted::default() }
}

/// The label of `<meta charset=…>`, `<meta … content="…; charset=…">` or `<?xml … encoding=…?>`, in small letters.
fn declared(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let after = |key: &str, at: usize| {
        let rest = head[at + key.len()..].trim_start().strip_prefix('=')?;
        let rest = rest.trim_start().trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.' | '+')));
        let label = &rest[..end.unwrap_or(rest.len())];
        (!label.is_empty()).then(|| label.to_owned())
    };
    head.match_indices("charset")
        .find_map(|(at, key)| after(key, at))
        .or_else(|| head.match_indices("encoding").find_map(|(at, key)| after(key, at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found() {
        for (head, label) in [
            ("<meta charset=\"UTF-8\">", Some("utf-8")),
            ("<meta http-equiv=Content-Type content=\"text/html; charset=windows-1252\">", Some("windows-1252")),
            ("<?xml version='1.0' encoding='utf-16'?>", Some("utf-16")),
            ("<p>charset</p>", None),
        ] {
            assert_eq!(declared(head.as_bytes()).as_deref(), label, "{head}");
        }
    }

    #[test]
    fn what_is_declared_holds_unless_the_bytes_are_plainly_utf8() {
        let page = |label: &str, body: &[u8]| [b"<meta charset=", label.as_bytes(), b">", body].concat();
        let read = decoded(&page("windows-1258", b"x\xe3\xec"), None);
        assert_eq!((read.text.ends_with("xắ"), &*read.encoding), (true, "windows-1258"));
        assert_eq!(&*decoded(&page("iso-8859-1", "Số".as_bytes()), None).encoding, "UTF-8");
        assert!(decoded(&page("shift_jis", b"\x82\xa0"), None).text.ends_with('あ'));
        assert!(decoded(&page("x-user-defined", b"x\xb7"), None).text.ends_with("x·"));
    }
}
