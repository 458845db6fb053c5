//! Fonts that say what bytes mean: a run of text set in `.VnTime` is TCVN3 whatever the file says of itself.

use super::{Encoding, tables::WINDOWS_1252};
use std::borrow::Cow;

/// A font made for an encoding before Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) struct Font {
    /// The encoding that it was made for.
    pub(in crate::source) encoding: Encoding,
    /// Whether it shows small letters as capitals, as `.VnTimeH`: the only way to capitals with tones in TCVN3.
    capitals: bool,
}

impl Font {
    /// The font of a name such as `.VnTime`, `.VnArial NarrowH`, `VNI-Times` or `VPS Times`; `None` for every other.
    pub(in crate::source) fn named(name: &str) -> Option<Font> {
        let name = name.split([',', ';']).next().unwrap_or_default();
        let name = name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '@'));
        let starts = |prefix: &str| name.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix));
        let encoding = match () {
            () if starts("VNI-") || starts("VNI ") => Encoding::Vni,
            () if starts("VPS ") || starts("VPS-") => Encoding::Vps,
            () if starts(".Vn") => Encoding::Tcvn3,
            () => return None,
        };
        // `H` is a word of its own at the end, told from a small h unless the whole name lost its case.
        let last = name.trim_end_matches(" Bold").trim_end_matches(" Italic").chars().next_back();
        let lost = !name.chars().any(|c| c.is_ascii_uppercase());
        let capitals = encoding == Encoding::Tcvn3 && (last == Some('H') || (lost && last == Some('h')));
        Some(Font { encoding, capitals })
    }

    /// The text of a run, given the characters that a Windows-1252 reading made of its bytes, or the symbol area (U+F020
    /// to U+F0FF). What is Vietnamese in Unicode already is left as it is, font or no font. In VNI a letter and its mark
    /// may stand in neighbouring runs of one font: join those runs first.
    pub(in crate::source) fn decode<'t>(&self, chars: &'t str) -> Cow<'t, str> {
        if chars.chars().any(is_vietnamese) {
            return Cow::Borrowed(chars);
        }
        if chars.is_ascii() && !self.capitals {
            return Cow::Borrowed(chars);
        }
        let (mut text, mut bytes) = (String::with_capacity(chars.len()), Vec::with_capacity(chars.len()));
        for c in chars.chars() {
            match byte(c) {
                Some(byte) => bytes.push(byte),
                None => {
                    text.push_str(&self.encoding.decode(&bytes).0);
                    text.push(c);
                    bytes.clear();
                }
            }
        }
        text.push_str(&self.encoding.decode(&bytes).0);
        Cow::Owned(if self.capitals { text.to_uppercase() } else { text })
    }
}

/// The byte that Windows-1252 writes a character with; its five empty places stand for themselves.
pub(in crate::source) fn byte(c: char) -> Option<u8> {
    match u32::from(c) {
        code @ (..=0x7f | 0xa0..=0xff | 0x81 | 0x8d | 0x8f | 0x90 | 0x9d) => u8::try_from(code).ok(),
        code @ 0xf020..=0xf0ff => u8::try_from(code - 0xf000).ok(),
        0xfffd => None,
        _ => (0x80..=0x9f).find(|byte| WINDOWS_1252[usize::from(byte - 0x80)] == c),
    }
}

/// Whether a character is a letter or tone of Vietnamese that no font of an older encoding is fed with.
pub(in crate::source) fn is_vietnamese(c: char) -> bool {
    matches!(
        c,
        'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | '\u{1ea0}'
            ..='\u{1ef9}' | '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(font: &str, chars: &str) -> String {
        Font::named(font).unwrap().decode(chars).into_owned()
    }

    #[test]
    fn fonts_are_told_by_their_names() {
        let encoding = |name: &str| Font::named(name).map(|font| (font.encoding, font.capitals));
        for name in [".VnTime", ".vntime", ".VnTime,Bold", "'.VnArial Narrow'", ".VnBlack"] {
            assert_eq!(encoding(name), Some((Encoding::Tcvn3, false)), "{name}");
        }
        for name in [".VnTimeH", ".VnArial NarrowH", ".vntimeh", ".VNTIMEH", ".VnTimeH Bold"] {
            assert_eq!(encoding(name), Some((Encoding::Tcvn3, true)), "{name}");
        }
        assert_eq!(encoding("VNI-Times"), Some((Encoding::Vni, false)));
        assert_eq!(encoding("vni-helve-condense"), Some((Encoding::Vni, false)));
        assert_eq!(encoding("VPS Times"), Some((Encoding::Vps, false)));
        for name in ["Times New Roman", "VnTopic", "Arial", ""] {
            assert_eq!(encoding(name), None, "{name}");
        }
    }

    #[test]
    fn the_capitals_that_the_bytes_do_not_hold_come_from_the_font() {
        assert_eq!(decoded(".VnTimeH", "céng hoµ x· héi"), "CỘNG HOÀ XÃ HỘI");
        assert_eq!(decoded(".VnTime", "Céng hoµ x· héi"), "Cộng hoà xã hội");
        assert_eq!(decoded(".VnTimeH", "so 5"), "SO 5");
    }

    #[test]
    fn typography_and_the_symbol_area_are_read() {
        assert_eq!(decoded(".VnTime", "“\u{f0b8}o c\u{f0b8}o” – …"), "“áo cáo” – …");
        assert_eq!(decoded("VNI-Times", "Uûy ban nhaân daân → xaõ"), "Ủy ban nhân dân → xã");
    }

    #[test]
    fn what_is_unicode_already_is_left_alone() {
        assert_eq!(decoded(".VnTimeH", "Ủy ban nhân dân"), "Ủy ban nhân dân");
        assert_eq!(decoded("VNI-Times", "Tỉnh"), "Tỉnh");
    }
}
