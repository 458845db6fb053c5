//! Folding for comparison: the letter without its marks.

use super::letter;
use unicode_normalization::UnicodeNormalization;

/// The bare letters of the marked letters of Vietnamese in two blocks of Unicode; 0 for any other character.
const LATIN: [u8; 0xf1] = bare(0xc0);
const EXTENDED: [u8; 0x5a] = bare(0x1ea0);

const fn bare<const N: usize>(first: u32) -> [u8; N] {
    let mut table = [0; N];
    let mut i = 0;
    while i < N {
        if let Some(c) = char::from_u32(first + i as u32) {
            table[i] = match c {
                'đ' | 'Đ' | 'ð' | 'Ð' => b'd',
                'à'..='å' | 'À'..='Å' | 'ă' | 'Ă' | 'Ạ'..='ặ' => b'a',
                'è'..='ë' | 'È'..='Ë' | 'Ẹ'..='ệ' => b'e',
                'ì'..='ï' | 'Ì'..='Ï' | 'ĩ' | 'Ĩ' | 'Ỉ'..='ị' => b'i',
                'ò'..='ö' | 'Ò'..='Ö' | 'ơ' | 'Ơ' | 'Ọ'..='ợ' => b'o',
                'ù'..='ü' | 'Ù'..='Ü' | 'ũ' | 'Ũ' | 'ư' | 'Ư' | 'Ụ'..='ự' => b'u',
                'ý' | 'ÿ' | 'Ý' | 'Ỳ'..='ỹ' => b'y',
                _ => 0,
            };
        }
        i += 1;
    }
    table
}

/// The bare lower-case ASCII letter of a Vietnamese letter (`Ậ` → `a`, `đ` → `d`); other characters in lower case.
#[inline]
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = u32::from(c) as usize;
    let known = match code {
        0xc0..=0x1b0 => LATIN[code - 0xc0],
        0x1ea0..=0x1ef9 => EXTENDED[code - 0x1ea0],
        _ => 0,
    };
    if known > 0 { char::from(known) } else { fold_foreign(c) }
}

#[cold]
fn fold_foreign(c: char) -> char {
    c.nfd().next().and_then(|base| base.to_lowercase().next()).unwrap_or(c)
}

/// The words of a text without marks, case, punctuation and odd spacing: `ỦY BAN  NHÂN DÂN` → `uy ban nhan dan`.
///
/// Two texts that differ only in what OCR commonly loses have the same skeleton.
pub fn skeleton(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if letter::is_alphanumeric(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(fold_char(c));
        } else {
            gap = true;
        }
    }
    out
}

/// Whether two texts are the same but for case.
pub fn lower_eq(a: &str, b: &str) -> bool {
    for (x, y) in a.chars().zip(b.chars()) {
        match (letter::to_lower(x), letter::to_lower(y)) {
            (Some(x), Some(y)) if x == y => {}
            (Some(_), Some(_)) => return false,
            // Some small letters are several characters.
            _ => return lower_eq_of_any(a, b),
        }
    }
    a.chars().count() == b.chars().count()
}

fn lower_eq_of_any(a: &str, b: &str) -> bool {
    let mut left = a.chars().flat_map(char::to_lowercase);
    let mut right = b.chars().flat_map(char::to_lowercase);
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (x, y) if x == y => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_folds_to_its_base() {
        let marked = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
        let bare = "aaaaaaaaaaaaaaaaadeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyy";
        assert_eq!(marked.chars().map(fold_char).collect::<String>(), bare);
        assert_eq!(marked.to_uppercase().chars().map(fold_char).collect::<String>(), bare);
    }

    #[test]
    fn a_skeleton_ignores_marks_case_and_spacing() {
        assert_eq!(skeleton(" ỦY BAN   NHÂN DÂN, Xã "), "uy ban nhan dan xa");
        assert_eq!(skeleton("QUYÉT ĐỊNH:"), skeleton("Quyết định"));
    }

    #[test]
    fn lower_eq_sees_through_case_alone() {
        assert!(lower_eq("ĐẢNG ỦY", "đảng ủy"));
        assert!(!lower_eq("Đảng ủy", "Dảng ủy"));
        assert!(!lower_eq("Đảng", "Đảng ủy"));
    }
}
