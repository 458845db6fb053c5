//! VNI-Windows: a letter, then a byte that says its tone and its hat.

use super::tables::WINDOWS_1252;

/// The marks by their byte on a small letter; on a capital the byte is 0x20 less.
const MARKS: [(u8, &str); 17] = [
    (0xf9, "\u{301}"),
    (0xf8, "\u{300}"),
    (0xfb, "\u{309}"),
    (0xf5, "\u{303}"),
    (0xef, "\u{323}"),
    (0xe2, "\u{302}"),
    (0xe1, "\u{302}\u{301}"),
    (0xe0, "\u{302}\u{300}"),
    (0xe5, "\u{302}\u{309}"),
    (0xe3, "\u{302}\u{303}"),
    (0xe4, "\u{302}\u{323}"),
    (0xea, "\u{306}"),
    (0xe9, "\u{306}\u{301}"),
    (0xe8, "\u{306}\u{300}"),
    (0xfa, "\u{306}\u{309}"),
    (0xfc, "\u{306}\u{303}"),
    (0xeb, "\u{306}\u{323}"),
];

/// The letters that need one byte only.
const LETTERS: [(u8, char); 16] = [
    (0xf1, 'đ'),
    (0xd1, 'Đ'),
    (0xed, 'í'),
    (0xcd, 'Í'),
    (0xec, 'ì'),
    (0xcc, 'Ì'),
    (0xe6, 'ỉ'),
    (0xc6, 'Ỉ'),
    (0xf3, 'ĩ'),
    (0xd3, 'Ĩ'),
    (0xf2, 'ị'),
    (0xd2, 'Ị'),
    (0xee, 'ỵ'),
    (0xce, 'Ỵ'),
    (0xf4, 'ơ'),
    (0xf6, 'ư'),
];

/// The character of a byte that stands alone.
pub(super) fn letter(byte: u8) -> char {
    match byte {
        ..0x80 => char::from(byte),
        0xd4 => 'Ơ',
        0xd6 => 'Ư',
        _ => match LETTERS.iter().find(|(of, _)| *of == byte) {
            Some((_, letter)) => *letter,
            None => WINDOWS_1252[usize::from(byte - 0x80)],
        },
    }
}

/// The letter that a letter and the byte after it make, if they make one. The mark of a small letter is met on capitals
/// too, and the other way round.
pub(super) fn marked(letter: char, mark: u8) -> Option<char> {
    let lower = if (0xc0..0xe0).contains(&mark) { mark + 0x20 } else { mark };
    let (_, marks) = MARKS.iter().find(|(of, _)| *of == lower)?;
    let takes = match marks.chars().next() {
        Some('\u{302}') => "aeoAEO",
        Some('\u{306}') => "aA",
        _ => "aeouyơưAEOUYƠƯ",
    };
    if !takes.contains(letter) {
        return None;
    }
    marks.chars().try_fold(letter, super::toned)
}

pub(super) fn decode(bytes: &[u8], text: &mut String) {
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let letter = letter(byte);
        let both = bytes.get(at + 1).filter(|next| **next >= 0x80).and_then(|&next| marked(letter, next));
        text.push(both.unwrap_or(letter));
        at += 1 + usize::from(both.is_some());
    }
}
