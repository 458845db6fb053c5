//! Fonts made for an encoding before Unicode, by the names that programs give them in a PDF.

use crate::source::encoding::Font;

/// The ends that say how a font is drawn and not which it is.
const STYLES: [&str; 9] = ["PSMT", "MT", "PS", "Bold", "Italic", "Oblique", "Regular", ",", "-"];

/// `ABCDEF+.VnTime`, `.VnTime,Bold`, and `VnTimeHBold`: names in PostScript often lose the dot.
pub(super) fn font(name: &str) -> Option<Font> {
    let name = name.split_once('+').filter(|(prefix, _)| prefix.len() == 6).map_or(name, |(_, name)| name);
    let mut base = name;
    while let Some(shorter) = STYLES.iter().find_map(|style| base.strip_suffix(style)) {
        base = shorter;
    }
    let undotted = |opening: &str| {
        base.strip_prefix(opening).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    if undotted("Vn") {
        Font::named(&format!(".{base}"))
    } else if undotted("VNI") {
        Font::named(&format!("VNI-{}", &base[3..]))
    } else {
        Font::named(base)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_postscript_are_known() {
        let plain = Font::named(".VnTime");
        let capitals = Font::named(".VnTimeH");
        for name in ["ABCDEF+.VnTime", ".VnTime,BoldItalic", "FBHPEM+VnTime", "VnTimeBoldItalic"] {
            assert_eq!(font(name), plain, "{name}");
        }
        for name in ["FBHPFO+VnTimeHBold", "ABCDEF+.VnTimeH"] {
            assert_eq!(font(name), capitals, "{name}");
        }
        assert_eq!(font("ABCDEF+VNITimes-Bold"), Font::named("VNI-Times"));
        for name in ["TimesNewRomanPSMT", "ABCDEF+Vntopic", "Vni", "-", ""] {
            assert_eq!(font(name), None, "{name}");
        }
    }
}
