//! Plain text: UTF-8, with or without a byte order mark.

use super::extracted::{Extracted, Trouble};

/// Each maximal invalid byte sequence becomes one U+FFFD.
pub(super) fn read(bytes: &[u8]) -> Extracted {
    let body = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut places = 0;
    let text = match std::str::from_utf8(body) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let mut text = String::with_capacity(body.len());
            for chunk in body.utf8_chunks() {
                text.push_str(chunk.valid());
                if !chunk.invalid().is_empty() {
                    places += 1;
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
            text
        }
    };
    let troubles = if places > 0 { vec![Trouble::Undecodable { places }] } else { Vec::new() };
    Extracted { text, encoding: "UTF-8".into(), pages: Vec::new(), troubles }
}
