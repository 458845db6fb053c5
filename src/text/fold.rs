//! Folding for comparison: the letter without its marks.

use unicode_normalization::UnicodeNormalization;

/// The bare lower-case ASCII letter of a Vietnamese letter (`Ậ` → `a`, `đ` → `d`); other characters in lower case.
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        'đ' | 'Đ' | 'ð' | 'Ð' => 'd',
        'à'..='å' | 'À'..='Å' | 'ă' | 'Ă' | 'Ạ'..='ặ' => 'a',
        'è'..='ë' | 'È'..='Ë' | 'Ẹ'..='ệ' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' | 'ĩ' | 'Ĩ' | 'Ỉ'..='ị' => 'i',
        'ò'..='ö' | 'Ò'..='Ö' | 'ơ' | 'Ơ' | 'Ọ'..='ợ' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' | 'ũ' | 'Ũ' | 'ư' | 'Ư' | 'Ụ'..='ự' => 'u',
        'ý' | 'ÿ' | 'Ý' | 'Ỳ'..='ỹ' => 'y',
        _ => c.nfd().next().and_then(|base| base.to_lowercase().next()).unwrap_or(c),
    }
}

/// The words of a text without marks, case, punctuation and odd spacing: `ỦY BAN  NHÂN DÂN` → `uy ban nhan dan`.
///
/// Two texts that differ only in what OCR commonly loses have the same skeleton.
pub fn skeleton(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
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
