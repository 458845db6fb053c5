//! The encodings that Vietnamese text was written in before Unicode, as bytes and as fonts.

pub(in crate::source) mod capitals;
pub(in crate::source) mod detect;
mod font;
mod syllable;
mod tables;
mod vni;

pub(in crate::source) use font::{Font, byte, is_vietnamese};

use serde::{Deserialize, Serialize};
use tables::{Half, TCVN3, VISCII, VISCII_LOW, VPS, WINDOWS_1252, WINDOWS_1258};

/// How characters are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// TCVN3, called ABC after its keyboard program: the norm TCVN 5712:1993, third form. It has no capitals with tones:
    /// those were a matter of the font.
    Tcvn3,
    /// VNI-Windows: a letter, then a byte for its marks.
    Vni,
    /// VISCII (RFC 1456).
    Viscii,
    /// VPS (Vietnamese Professionals Society).
    Vps,
    /// Windows-1258: tones are combining marks. They are composed with their letters.
    Windows1258,
    /// Windows-1252, of western Europe.
    Windows1252,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: [Encoding; 9] = [
        Encoding::Utf8,
        Encoding::Utf16Le,
        Encoding::Utf16Be,
        Encoding::Tcvn3,
        Encoding::Vni,
        Encoding::Viscii,
        Encoding::Vps,
        Encoding::Windows1258,
        Encoding::Windows1252,
    ];

    /// Its name, as the record has it.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16LE",
            Encoding::Utf16Be => "UTF-16BE",
            Encoding::Tcvn3 => "TCVN3",
            Encoding::Vni => "VNI",
            Encoding::Viscii => "VISCII",
            Encoding::Vps => "VPS",
            Encoding::Windows1258 => "windows-1258",
            Encoding::Windows1252 => "windows-1252",
        }
    }

    /// The encoding of a name, as the record has it or as pages declare it; capitals do not matter.
    ///
    /// ```
    /// use trich::source::Encoding;
    /// assert_eq!(Encoding::named("tcvn3"), Some(Encoding::Tcvn3));
    /// assert_eq!(Encoding::named("x-viet-vps"), Some(Encoding::Vps));
    /// ```
    pub fn named(name: &str) -> Option<Encoding> {
        Some(match name.to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Encoding::Utf8,
            "utf-16" | "utf-16le" => Encoding::Utf16Le,
            "utf-16be" => Encoding::Utf16Be,
            "tcvn3" | "abc" | "tcvn" | "x-viet-tcvn" | "x-viet-tcvn5712" => Encoding::Tcvn3,
            "vni" | "vni-windows" | "x-viet-vni" => Encoding::Vni,
            "viscii" | "csviscii" => Encoding::Viscii,
            "vps" | "x-viet-vps" => Encoding::Vps,
            "windows-1258" | "cp1258" | "x-cp1258" => Encoding::Windows1258,
            "windows-1252" | "cp1252" | "latin1" | "iso-8859-1" => Encoding::Windows1252,
            _ => return None,
        })
    }

    /// The text of bytes, and how many places no character stands for: each is U+FFFD.
    ///
    /// ```
    /// use trich::source::Encoding;
    /// let (text, undecodable) = Encoding::Tcvn3.decode(b"nh\xa9n d\xa9n x\xb7");
    /// assert_eq!((text.as_str(), undecodable), ("nhân dân xã", 0));
    /// ```
    pub fn decode(self, bytes: &[u8]) -> (String, usize) {
        let mut text = String::with_capacity(bytes.len() + bytes.len() / 4);
        match self {
            Encoding::Utf8 => return utf8(bytes),
            Encoding::Utf16Le => return utf16(bytes, u16::from_le_bytes),
            Encoding::Utf16Be => return utf16(bytes, u16::from_be_bytes),
            Encoding::Tcvn3 => text.extend(bytes.iter().map(|byte| single(*byte, &TCVN3))),
            Encoding::Vni => vni::decode(bytes, &mut text),
            Encoding::Viscii => {
                text.extend(bytes.iter().map(|byte| match VISCII_LOW.iter().find(|(of, _)| of == byte) {
                    Some((_, letter)) => *letter,
                    None => single(*byte, &VISCII),
                }))
            }
            Encoding::Vps => text.extend(bytes.iter().map(|byte| single(*byte, &VPS))),
            Encoding::Windows1258 => {
                for byte in bytes {
                    let next = single(*byte, &WINDOWS_1258);
                    match text.chars().next_back().and_then(|last| toned(last, next)) {
                        Some(letter) => {
                            text.pop();
                            text.push(letter);
                        }
                        None => text.push(next),
                    }
                }
            }
            Encoding::Windows1252 => text.extend(bytes.iter().map(|byte| single(*byte, &WINDOWS_1252))),
        }
        let places = text.matches(char::REPLACEMENT_CHARACTER).count();
        (text, places)
    }
}

fn single(byte: u8, half: &Half) -> char {
    match byte {
        ..0x80 => char::from(byte),
        _ => half[usize::from(byte - 0x80)],
    }
}

/// A letter and a tone made one; `None` where the second is no tone or none that the letter takes.
fn toned(letter: char, tone: char) -> Option<char> {
    use unicode_normalization::char::compose;
    if !('\u{300}'..='\u{323}').contains(&tone) {
        return None;
    }
    compose(letter, tone).or_else(|| {
        // The dot below stands before the hat in the composed order: â with a dot is ạ with a hat.
        let (bare, hat) = match letter {
            'â' => ('a', '\u{302}'),
            'ă' => ('a', '\u{306}'),
            'ê' => ('e', '\u{302}'),
            'ô' => ('o', '\u{302}'),
            'Â' => ('A', '\u{302}'),
            'Ă' => ('A', '\u{306}'),
            'Ê' => ('E', '\u{302}'),
            'Ô' => ('O', '\u{302}'),
            _ => return None,
        };
        compose(compose(bare, tone)?, hat)
    })
}

fn utf8(bytes: &[u8]) -> (String, usize) {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return (text.to_owned(), 0);
    }
    let (mut text, mut places) = (String::with_capacity(bytes.len()), 0);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            places += 1;
            text.push(char::REPLACEMENT_CHARACTER);
        }
    }
    (text, places)
}

/// A lone surrogate and a byte left over at the end are one place each.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, usize) {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut places = 0;
    let mut bad = || {
        places += 1;
        char::REPLACEMENT_CHARACTER
    };
    let mut text: String =
        char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).map(|c| c.unwrap_or_else(|_| bad())).collect();
    if !rest.is_empty() {
        text.push(bad());
    }
    (text, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_encoding_says_the_same() {
        let said = "Ủy ban nhân dân xã, đường số 5";
        for (encoding, bytes) in [
            (Encoding::Tcvn3, &b"\xf1y ban nh\xa9n d\xa9n x\xb7, \xae\xad\xeang s\xe8 5"[..]),
            (Encoding::Vni, b"U\xdby ban nh\x61\xe2n d\x61\xe2n x\x61\xf5, \xf1\xf6\xf4\xf8ng so\xe1 5"),
            (Encoding::Viscii, b"\x9cy ban nh\xe2n d\xe2n x\xe3, \xf0\xdf\xb6ng s\xaf 5"),
            (Encoding::Vps, b"\xd1y ban nh\xe2n d\xe2n x\xe3, \xc7\xdc\xa9ng s\xd3 5"),
            (Encoding::Windows1258, b"U\xd2y ban nh\xe2n d\xe2n xa\xde, \xf0\xfd\xf5\xccng s\xf4\xec 5"),
        ] {
            let (text, places) = encoding.decode(bytes);
            // TCVN3 has no capital Ủ.
            let said = if encoding == Encoding::Tcvn3 { &said.replace('Ủ', "ủ") } else { said };
            assert_eq!((text.as_str(), places), (said, 0), "{encoding:?}");
        }
    }

    #[test]
    fn dots_below_are_composed_with_hats() {
        assert_eq!(Encoding::Windows1258.decode(b"vi\xea\xf2c \xc2\xf2").0, "việc Ậ");
        assert_eq!(Encoding::Vni.decode(b"VIE\xc4C vie\xe4c").0, "VIỆC việc");
    }

    #[test]
    fn bytes_that_are_no_character_are_counted() {
        assert_eq!(Encoding::Windows1258.decode(b"a\x8a\x81b"), ("a\u{fffd}\u{fffd}b".to_owned(), 2));
        assert_eq!(Encoding::Utf16Le.decode(b"a\0\x00\xd8b\0c"), ("a\u{fffd}b\u{fffd}".to_owned(), 2));
        assert_eq!(Encoding::Utf16Be.decode(b"\x1e\xa1"), ("ạ".to_owned(), 0));
    }

    #[test]
    fn a_mark_without_its_letter_is_a_sign_of_its_own() {
        assert_eq!(Encoding::Vni.decode(b"\xf9t\xe2").0, "ùtâ");
        assert_eq!(Encoding::Windows1258.decode(b"\xec1").0, "\u{301}1");
    }
}
