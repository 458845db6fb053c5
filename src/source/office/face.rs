//! What a run's font and formatting say of its characters.

use super::symbol::Symbols;
use crate::source::encoding::Font;
use std::borrow::Cow;

/// How the characters of a run are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::source) struct Face {
    /// What its font makes of them.
    pub(in crate::source) script: Script,
    /// Whether it is set in capitals that its characters do not hold.
    pub(in crate::source) capitals: bool,
}

/// What a font makes of characters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::source) enum Script {
    /// They are what they are.
    #[default]
    Unicode,
    /// They are Windows-1252 characters in the places of an encoding before Unicode.
    Legacy(Font),
    /// They are pictures.
    Symbols(Symbols),
}

impl Script {
    /// By the name of a font.
    pub(in crate::source) fn of_font(name: &str) -> Script {
        if let Some(symbols) = Symbols::named(name) {
            return Script::Symbols(symbols);
        }
        // The first fonts of the TCVN3 family had no dot before their name.
        let first = ["VNTime", "VNTimeH"].iter().any(|first| name.eq_ignore_ascii_case(first));
        let dotted = if first { Cow::Owned(format!(".{name}")) } else { Cow::Borrowed(name) };
        Font::named(&dotted).map_or(Script::Unicode, Script::Legacy)
    }

    /// The text of characters set in this font.
    pub(super) fn decode(self, chars: &str) -> String {
        match self {
            Script::Unicode => chars.chars().filter_map(unprivate).collect(),
            Script::Symbols(symbols) => chars.chars().filter_map(|c| symbols.decode(c)).collect(),
            Script::Legacy(font) => font.decode(chars).into_owned(),
        }
    }
}

/// A private character whose font is not known to be one of symbols is a bullet if it is anything.
fn unprivate(c: char) -> Option<char> {
    match c {
        '\u{f0b7}' | '\u{f0a7}' => Some('•'),
        '\u{f020}'..='\u{f0ff}' => char::from_u32(u32::from(c) & 0xff).filter(|c| c.is_ascii()),
        // A soft hyphen, and private characters that no font explains.
        '\u{ad}' | '\u{e000}'..='\u{f8ff}' => None,
        _ => Some(c),
    }
}
