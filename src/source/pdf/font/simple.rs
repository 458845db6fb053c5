//! The encodings that a simple font may begin from (Annex D), and the widths of the fonts that every reader has.

/// An encoding by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Standard,
    WinAnsi,
    MacRoman,
}

const WIN_80: [char; 32] = [
    '€', '•', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '•', 'Ž', '•', '•', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', '•', 'ž', 'Ÿ',
];

const MAC_80: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// From A0; a space where there is nothing.
const STANDARD_A0: &str =
    " ¡¢£⁄¥ƒ§¤'“«‹›ﬁﬂ –†‡· ¶•‚„”»…‰ ¿ `´ˆ˜¯˘˙¨ ˚¸ ˝˛ˇ—                Æ ª    ŁØŒº     æ   ı  łøœß";

impl Encoding {
    pub(super) fn named(name: &[u8]) -> Option<Self> {
        match name {
            b"StandardEncoding" => Some(Encoding::Standard),
            b"WinAnsiEncoding" | b"PDFDocEncoding" => Some(Encoding::WinAnsi),
            b"MacRomanEncoding" => Some(Encoding::MacRoman),
            _ => None,
        }
    }

    /// The character of a code.
    pub(super) fn character(self, code: u8) -> Option<char> {
        match (self, code) {
            (_, 0..=0x1f | 0x7f) => None,
            (Encoding::Standard, b'\'') => Some('’'),
            (Encoding::Standard, b'`') => Some('‘'),
            (_, 0x20..=0x7e) => Some(char::from(code)),
            (Encoding::WinAnsi, 0x80..=0x9f) => WIN_80.get(usize::from(code - 0x80)).copied(),
            (Encoding::WinAnsi, _) => Some(char::from(code)),
            (Encoding::MacRoman, _) => MAC_80.chars().nth(usize::from(code - 0x80)),
            (Encoding::Standard, 0xa1..) => STANDARD_A0.chars().nth(usize::from(code - 0xa0)).filter(|&c| c != ' '),
            (Encoding::Standard, _) => None,
        }
    }
}

/// The widths of Helvetica from the space on, in thousandths.
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// About the width of a code in a font that states none: such are only the fourteen that every reader has.
pub(super) fn usual_width(font: &str, code: u8) -> f64 {
    if font.contains("Courier") {
        return 600.0;
    }
    let width = code.checked_sub(b' ').and_then(|at| HELVETICA.get(usize::from(at))).copied().unwrap_or(556);
    f64::from(width) * if font.contains("Times") { 0.9 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_stand_in_their_places() {
        assert_eq!(MAC_80.chars().count(), 128);
        assert_eq!(Encoding::MacRoman.character(0xff), Some('ˇ'));
        assert_eq!(Encoding::Standard.character(0xd0), Some('—'));
        assert_eq!(Encoding::Standard.character(0xe1), Some('Æ'));
        assert_eq!(Encoding::Standard.character(0xfb), Some('ß'));
        assert_eq!(Encoding::Standard.character(0xb0), None);
        assert_eq!(Encoding::WinAnsi.character(0xd0), Some('Ð'));
        assert_eq!(usual_width("Helvetica", b'~'), 584.0);
    }
}
