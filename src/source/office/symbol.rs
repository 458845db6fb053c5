//! Fonts whose characters are pictures: Symbol, Wingdings and their kin.

/// A font of symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::source) enum Symbols {
    /// Symbol: Greek letters and signs of mathematics.
    Greek,
    /// Wingdings.
    Wingdings,
    /// Wingdings 2 and 3, Webdings and others: only that there is a picture is known.
    Pictures,
}

impl Symbols {
    /// By the name of the font.
    pub(in crate::source) fn named(name: &str) -> Option<Symbols> {
        match name {
            "Symbol" => Some(Symbols::Greek),
            "Wingdings" => Some(Symbols::Wingdings),
            "Wingdings 2" | "Wingdings 3" | "Webdings" | "ZapfDingbats" | "Monotype Sorts" => Some(Symbols::Pictures),
            _ => None,
        }
    }

    /// The character that a character of the font looks like; none where Unicode text has no use for the picture.
    pub(in crate::source) fn decode(self, c: char) -> Option<char> {
        let code = match u32::from(c) {
            code @ 0x20..=0xff => code as u8,
            code @ 0xf020..=0xf0ff => (code & 0xff) as u8,
            _ => return Some(c),
        };
        match self {
            Symbols::Greek => greek(code),
            Symbols::Wingdings => wingdings(code),
            Symbols::Pictures if code == b' ' => Some(' '),
            Symbols::Pictures => Some('•'),
        }
    }
}

fn greek(code: u8) -> Option<char> {
    const CAPITALS: &str = "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_";
    const SMALL: &str = "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";
    Some(match code {
        b'"' => '∀',
        b'$' => '∃',
        b'\'' => '∋',
        b'*' => '∗',
        b'-' => '−',
        0x20..=0x3f => char::from(code),
        0x40..=0x5f => return CAPITALS.chars().nth(usize::from(code - 0x40)),
        0x60..=0x7e => return SMALL.chars().nth(usize::from(code - 0x60)),
        0xa2 => '′',
        0xa3 => '≤',
        0xa4 => '⁄',
        0xa5 => '∞',
        0xab => '↔',
        0xac => '←',
        0xad => '↑',
        0xae => '→',
        0xaf => '↓',
        0xb0 => '°',
        0xb1 => '±',
        0xb2 => '″',
        0xb3 => '≥',
        0xb4 => '×',
        0xb7 => '•',
        0xb8 => '÷',
        0xb9 => '≠',
        0xba => '≡',
        0xbb => '≈',
        0xbc => '…',
        0xc7 => '∩',
        0xc8 => '∪',
        0xce => '∈',
        0xd2 | 0xe2 => '®',
        0xd3 | 0xe3 => '©',
        0xd4 | 0xe4 => '™',
        0xd6 => '√',
        0xde => '⇒',
        0xe5 => '∑',
        0xf2 => '∫',
        _ => return None,
    })
}

fn wingdings(code: u8) -> Option<char> {
    Some(match code {
        b' ' => ' ',
        0x21 => '✏',
        0x28 => '☎',
        0x2a => '✉',
        0x6c | 0x9f | 0xb7 => '•',
        0x6e | 0xa7 => '▪',
        0x6f | 0x70 | 0x71 | 0xa8 => '□',
        0x75 | 0x76 => '◆',
        0x80..=0x8a => return char::from_u32(0x2460 - 1 + u32::from(code) - 0x80).filter(|_| code > 0x80),
        0xa1 => '○',
        0xd8 => '➢',
        0xdf | 0xe7 => '←',
        0xe0 | 0xe8 | 0xf0 => '→',
        0xe1 => '↑',
        0xe2 => '↓',
        0xfb => '✗',
        0xfc => '✓',
        0xfd => '☒',
        0xfe => '☑',
        _ => '•',
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_become_what_they_look_like() {
        assert_eq!(Symbols::Greek.decode('\u{f0b3}'), Some('≥'));
        assert_eq!(Symbols::Greek.decode('a'), Some('α'));
        assert_eq!(Symbols::Greek.decode('W'), Some('Ω'));
        assert_eq!(Symbols::Wingdings.decode('\u{f0fe}'), Some('☑'));
        assert_eq!(Symbols::Wingdings.decode('ế'), Some('ế'));
        assert_eq!(Symbols::named("Times New Roman"), None);
    }
}
