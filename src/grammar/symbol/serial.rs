//! The serial of a number.

/// The digits of a serial: `15`, `30c`, `12B`, `66.22`, and `O7`, `l2` mended. Returns the text, its end and whether it was mended.
pub fn serial(text: &str, at: usize) -> Option<(String, usize, bool)> {
    let bytes = text.as_bytes();
    let (mut out, mut end, mut repaired, mut digits) = (String::new(), at, false, 0);
    while let Some(&b) = bytes.get(end) {
        let digit = match b {
            b'0'..=b'9' => b as char,
            b'O' | b'o' if is_digitlike(bytes, end) => '0',
            b'I' | b'l' | b'|' if is_digitlike(bytes, end) => '1',
            _ => break,
        };
        repaired |= !b.is_ascii_digit();
        digits += usize::from(b.is_ascii_digit());
        out.push(digit);
        end += 1;
        if end - at > 7 {
            return None;
        }
    }
    if digits == 0 {
        return None;
    }
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        let tail = bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
        if tail <= 2 && bytes.get(end + 1 + tail) == Some(&b'/') {
            out.push_str(&text[end..end + 1 + tail]);
            end += 1 + tail;
        }
    }
    let rest = &text[end..];
    let letter = rest.chars().next().filter(|c| c.is_ascii_lowercase() || matches!(c, 'đ' | 'A'..='H' | 'Đ'));
    if let Some(letter) = letter {
        let after = rest[letter.len_utf8()..].trim_start_matches(' ');
        if after.starts_with('/') || after.starts_with('-') {
            out.push(letter);
            end += letter.len_utf8();
        } else if rest.starts_with("bis") {
            out.push_str("bis");
            end += 3;
        }
    }
    Some((out, end, repaired))
}

/// Whether a letter stands for a digit: a digit is beside it, and no other letter.
fn is_digitlike(bytes: &[u8], at: usize) -> bool {
    let digit = |b: Option<&u8>| b.is_some_and(u8::is_ascii_digit);
    let like = |b: Option<&u8>| b.is_some_and(|b| matches!(b, b'0'..=b'9' | b'O' | b'o' | b'I' | b'l' | b'|'));
    let before = at.checked_sub(1).and_then(|i| bytes.get(i));
    let after = bytes.get(at + 1);
    digit(before) && !after.is_some_and(u8::is_ascii_alphabetic)
        || like(after) && !before.is_some_and(|b| b.is_ascii_alphabetic())
        || digit(before) && like(after)
}
