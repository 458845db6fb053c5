//! The serial of a number.

use crate::text::first_word_is;

/// The most digits of a serial, letters that stand for digits among them.
pub(super) const MOST_DIGITS: usize = 7;

/// Where a serial stands, and what of it is to be mended.
#[derive(Clone, Copy, Debug)]
pub(super) struct Serial {
    start: usize,
    /// The end of its first digits, where letters stand for digits.
    digits: usize,
    pub(super) end: usize,
    pub(super) repaired: bool,
}

/// The digits of a serial: `15`, `30c`, `12B`, `66.22`, and `O7`, `l2` mended. Returns the text, its end and whether it was mended.
pub fn serial(text: &str, at: usize) -> Option<(String, usize, bool)> {
    let read = Serial::at(text, at)?;
    Some((read.spelled(text), read.end, read.repaired))
}

/// The end of a number without a symbol, as decrees of 1945 to 1950 have it before their date: `SỐ 85 NGÀY …`,
/// `SỐ 141-B NGÀY …`, `SỐ 38 NV NGÀY …`.
pub fn old_serial_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let letters = rest[digits..].strip_prefix(['-', ' ']).map_or(0, |behind| {
        let count = behind.bytes().take_while(u8::is_ascii_uppercase).count();
        if (1..=2).contains(&count) && behind[count..].starts_with(' ') { count + 1 } else { 0 }
    });
    let end = digits + letters;
    let dated = first_word_is(rest[end..].trim_start(), "ngay");
    ((1..=3).contains(&digits) && dated).then_some(at + end)
}

impl Serial {
    /// The serial that begins at `at`.
    pub(super) fn at(text: &str, at: usize) -> Option<Serial> {
        let bytes = text.as_bytes();
        let (mut end, mut repaired, mut digits) = (at, false, 0);
        while let Some(&b) = bytes.get(end) {
            match b {
                b'0'..=b'9' => digits += 1,
                b'O' | b'o' | b'I' | b'l' | b'|' if is_digitlike(bytes, end) => repaired = true,
                _ => break,
            }
            end += 1;
            if end - at > MOST_DIGITS {
                return None;
            }
        }
        if digits == 0 {
            return None;
        }
        let digits = end;
        if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            let tail = bytes[end + 1..].iter().take_while(|b| b.is_ascii_digit()).count();
            if tail <= 2 && bytes.get(end + 1 + tail) == Some(&b'/') {
                end += 1 + tail;
            }
        }
        let rest = &text[end..];
        let letter = rest.chars().next().filter(|c| c.is_ascii_lowercase() || matches!(c, 'đ' | 'A'..='H' | 'Đ'));
        if let Some(letter) = letter {
            let after = rest[letter.len_utf8()..].trim_start_matches(' ');
            if after.starts_with('/') || after.starts_with('-') {
                end += letter.len_utf8();
            } else if rest.starts_with("bis") {
                end += 3;
            }
        }
        Some(Serial { start: at, digits, end, repaired })
    }

    /// Its text, mended.
    pub(super) fn spelled(self, text: &str) -> String {
        let raw = &text[self.start..self.end];
        if !self.repaired {
            return raw.to_owned();
        }
        let (digits, tail) = raw.split_at(self.digits - self.start);
        let mended = digits.chars().map(|c| match c {
            'O' | 'o' => '0',
            'I' | 'l' | '|' => '1',
            c => c,
        });
        mended.chain(tail.chars()).collect()
    }
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
