//! The font table: a name and a character set for each number.

use crate::source::{
    Encoding,
    office::{code_page::CodePage, face::Script},
};
use std::collections::HashMap;

const VIETNAMESE: i32 = 163;

/// The fonts of a file.
#[derive(Debug)]
pub(super) struct Fonts {
    fonts: HashMap<i32, Font>,
    western: CodePage,
    eastern: CodePage,
    /// Whether text in Windows-1258 was met.
    pub(super) vietnamese: bool,
    /// The code page of what no font says otherwise.
    pub(super) code_page: i32,
}

#[derive(Clone, Debug, Default)]
struct Font {
    name: String,
    set: i32,
    script: Script,
}

impl Fonts {
    pub(super) fn new() -> Fonts {
        Fonts {
            fonts: HashMap::new(),
            western: CodePage::of(Encoding::Windows1252),
            eastern: CodePage::of(Encoding::Windows1258),
            vietnamese: false,
            code_page: 1252,
        }
    }

    /// The character set of a font.
    pub(super) fn set(&mut self, font: i32, set: i32) {
        self.fonts.entry(font).or_default().set = set;
    }

    /// More of the name of a font.
    pub(super) fn name(&mut self, font: i32, chars: &str) {
        let font = self.fonts.entry(font).or_default();
        if font.name.len() < 128 && !font.name.ends_with(';') {
            font.name.push_str(chars);
            font.script = Script::of_font(font.name.trim_end_matches(';').trim());
        }
    }

    /// What a font makes of characters.
    pub(super) fn script(&self, font: i32) -> Script {
        self.fonts.get(&font).map_or(Script::Unicode, |font| font.script)
    }

    /// The character of a byte in a font.
    pub(super) fn char(&mut self, font: i32, byte: u8) -> char {
        let known = self.fonts.get(&font);
        let legacy = known.is_some_and(|font| font.script != Script::Unicode);
        let vietnamese = match known.map_or(0, |font| font.set) {
            VIETNAMESE => true,
            0 | 1 => self.code_page == 1258,
            _ => false,
        };
        if vietnamese && !legacy {
            self.vietnamese |= !byte.is_ascii();
            self.eastern.char(byte)
        } else {
            self.western.char(byte)
        }
    }
}
