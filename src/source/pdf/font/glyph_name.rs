//! Names of glyphs into text, by the Adobe Glyph List: letters with marks are taken apart, others looked up.

use unicode_normalization::UnicodeNormalization;

/// The marks that a letter's name may end in; longer names first.
const MARKS: [(&str, char); 18] = [
    ("hookabove", '\u{309}'),
    ("circumflex", '\u{302}'),
    ("dotbelow", '\u{323}'),
    ("dotaccent", '\u{307}'),
    ("hungarumlaut", '\u{30b}'),
    ("commaaccent", '\u{326}'),
    ("dieresis", '\u{308}'),
    ("cedilla", '\u{327}'),
    ("macron", '\u{304}'),
    ("ogonek", '\u{328}'),
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("tilde", '\u{303}'),
    ("breve", '\u{306}'),
    ("caron", '\u{30c}'),
    ("horn", '\u{31b}'),
    ("ring", '\u{30a}'),
    ("hook", '\u{309}'),
];

/// Names that are no letter with marks.
const NAMED: &[(&str, &str)] = &[
    ("space", " "),
    ("nbspace", "\u{a0}"),
    ("nonbreakingspace", "\u{a0}"),
    ("exclam", "!"),
    ("quotedbl", "\""),
    ("numbersign", "#"),
    ("dollar", "$"),
    ("percent", "%"),
    ("ampersand", "&"),
    ("quotesingle", "'"),
    ("parenleft", "("),
    ("parenright", ")"),
    ("asterisk", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("sfthyphen", "\u{ad}"),
    ("softhyphen", "\u{ad}"),
    ("minus", "−"),
    ("period", "."),
    ("slash", "/"),
    ("zero", "0"),
    ("one", "1"),
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("colon", ":"),
    ("semicolon", ";"),
    ("less", "<"),
    ("equal", "="),
    ("greater", ">"),
    ("question", "?"),
    ("at", "@"),
    ("bracketleft", "["),
    ("backslash", "\\"),
    ("bracketright", "]"),
    ("asciicircum", "^"),
    ("underscore", "_"),
    ("grave", "`"),
    ("braceleft", "{"),
    ("bar", "|"),
    ("braceright", "}"),
    ("asciitilde", "~"),
    ("quoteleft", "‘"),
    ("quoteright", "’"),
    ("quotedblleft", "“"),
    ("quotedblright", "”"),
    ("quotesinglbase", "‚"),
    ("quotedblbase", "„"),
    ("guillemotleft", "«"),
    ("guillemotright", "»"),
    ("guilsinglleft", "‹"),
    ("guilsinglright", "›"),
    ("endash", "–"),
    ("emdash", "—"),
    ("bullet", "•"),
    ("ellipsis", "…"),
    ("periodcentered", "·"),
    ("middot", "·"),
    ("degree", "°"),
    ("section", "§"),
    ("paragraph", "¶"),
    ("copyright", "©"),
    ("registered", "®"),
    ("trademark", "™"),
    ("plusminus", "±"),
    ("multiply", "×"),
    ("divide", "÷"),
    ("fraction", "⁄"),
    ("onehalf", "½"),
    ("onequarter", "¼"),
    ("threequarters", "¾"),
    ("onesuperior", "¹"),
    ("twosuperior", "²"),
    ("threesuperior", "³"),
    ("mu", "µ"),
    ("florin", "ƒ"),
    ("currency", "¤"),
    ("cent", "¢"),
    ("sterling", "£"),
    ("yen", "¥"),
    ("Euro", "€"),
    ("dong", "₫"),
    ("dagger", "†"),
    ("daggerdbl", "‡"),
    ("perthousand", "‰"),
    ("brokenbar", "¦"),
    ("logicalnot", "¬"),
    ("notequal", "≠"),
    ("lessequal", "≤"),
    ("greaterequal", "≥"),
    ("infinity", "∞"),
    ("exclamdown", "¡"),
    ("questiondown", "¿"),
    ("ordfeminine", "ª"),
    ("ordmasculine", "º"),
    ("acute", "´"),
    ("circumflex", "ˆ"),
    ("tilde", "˜"),
    ("macron", "¯"),
    ("breve", "˘"),
    ("dotaccent", "˙"),
    ("dieresis", "¨"),
    ("ring", "˚"),
    ("cedilla", "¸"),
    ("hungarumlaut", "˝"),
    ("ogonek", "˛"),
    ("caron", "ˇ"),
    ("dcroat", "đ"),
    ("Dcroat", "Đ"),
    ("dslash", "đ"),
    ("Dslash", "Đ"),
    ("eth", "ð"),
    ("Eth", "Ð"),
    ("thorn", "þ"),
    ("Thorn", "Þ"),
    ("germandbls", "ß"),
    ("ae", "æ"),
    ("AE", "Æ"),
    ("oe", "œ"),
    ("OE", "Œ"),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("lslash", "ł"),
    ("Lslash", "Ł"),
    ("dotlessi", "ı"),
    ("fi", "fi"),
    ("fl", "fl"),
    ("ff", "ff"),
    ("ffi", "ffi"),
    ("ffl", "ffl"),
    ("gravecomb", "\u{300}"),
    ("acutecomb", "\u{301}"),
    ("tildecomb", "\u{303}"),
    ("hookabovecomb", "\u{309}"),
    ("dotbelowcomb", "\u{323}"),
    ("checkmark", "✓"),
    ("filledbox", "■"),
];

/// The text of a glyph's name.
pub(super) fn text(name: &str) -> Option<String> {
    let name = name.split('.').next().filter(|base| !base.is_empty())?;
    if let Some((_, text)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some((*text).to_owned());
    }
    let code = |digits: &str| {
        (4..=6).contains(&digits.len()).then(|| u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)).flatten()
    };
    if let Some(c) = name.strip_prefix("uni").and_then(code).or_else(|| name.strip_prefix('u').and_then(code)) {
        return Some(c.to_string());
    }
    letter(name)
}

/// `a`, `aacute`, `Ohorndotbelow`.
fn letter(name: &str) -> Option<String> {
    let base = name.chars().next().filter(char::is_ascii_alphabetic)?;
    let mut rest = &name[1..];
    let mut spelt = String::from(base);
    while !rest.is_empty() {
        let (mark, sign) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark))?;
        spelt.push(*sign);
        rest = &rest[mark.len()..];
    }
    Some(spelt.nfc().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spells_vietnamese_letters() {
        for (name, said) in [
            ("a", "a"),
            ("acircumflexdotbelow", "ậ"),
            ("Ohornhookabove", "Ở"),
            ("abreveacute", "ắ"),
            ("uni1EC7", "ệ"),
            ("u0110", "Đ"),
            ("dcroat", "đ"),
            ("hyphen", "-"),
            ("six.lnum", "6"),
        ] {
            assert_eq!(text(name).as_deref(), Some(said), "{name}");
        }
        assert_eq!(text("g17"), None);
        assert_eq!(text(".notdef"), None);
    }
}
