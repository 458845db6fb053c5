//! The style sheet ([MS-DOC] 2.9.271).

use super::{
    bytes::u16_at,
    properties::{Characters, Paragraph},
};

/// Styles rest on each other at most so deep; a circle ends there.
const MOST_BASES: usize = 32;
const NO_STYLE: u16 = 0x0fff;

/// The styles of a file.
#[derive(Debug, Default)]
pub(super) struct Styles<'t> {
    styles: Vec<Style<'t>>,
    plain: Characters,
}

#[derive(Clone, Copy, Debug, Default)]
struct Style<'t> {
    base: u16,
    paragraph: &'t [u8],
    characters: &'t [u8],
}

impl<'t> Styles<'t> {
    pub(super) fn read(sheet: &'t [u8]) -> Styles<'t> {
        let mut read = Styles::default();
        read.parse(sheet);
        read
    }

    fn parse(&mut self, sheet: &'t [u8]) -> Option<()> {
        let header = usize::from(u16_at(sheet, 0)?);
        let count = u16_at(sheet, 2)?;
        let fixed = usize::from(u16_at(sheet, 4)?);
        self.plain.font_ascii = u16_at(sheet, 14).filter(|_| header >= 14).unwrap_or(0);
        self.plain.font = u16_at(sheet, 18).filter(|_| header >= 18).unwrap_or(self.plain.font_ascii);
        let mut at = 2 + header;
        for _ in 0..count {
            let length = usize::from(u16_at(sheet, at)?);
            let style = sheet.get(at + 2..at + 2 + length)?;
            self.styles.push(style_of(style, fixed).unwrap_or_default());
            at += 2 + length;
        }
        Some(())
    }

    /// The characters of a paragraph of a style.
    pub(super) fn characters(&self, style: u16) -> Characters {
        self.chain(style).iter().rev().fold(self.plain, |read, style| read.changed(style.characters, self.plain, self))
    }

    /// What a paragraph of a style begins from.
    pub(super) fn paragraph(&self, style: u16) -> Paragraph {
        let mut read = Paragraph::of_style(style);
        for style in self.chain(style).iter().rev() {
            read.change(style.paragraph, &[]);
        }
        read
    }

    /// Characters that a character style is set on.
    pub(super) fn apply_character_style(&self, style: u16, characters: Characters) -> Characters {
        let mut read = characters;
        for style in self.chain(style).iter().rev() {
            // A style that sets a style is a circle.
            if !super::sprm::changes(style.characters).any(|(n, _)| n == super::sprm::code::CHARACTER_STYLE) {
                read = read.changed(style.characters, characters, self);
            }
        }
        read
    }

    /// A style and those that it rests on.
    fn chain(&self, style: u16) -> Vec<Style<'t>> {
        let get = |style: u16| self.styles.get(usize::from(style)).copied();
        std::iter::successors(get(style), |style| get(style.base)).take(MOST_BASES).collect()
    }
}

fn style_of(bytes: &[u8], fixed: usize) -> Option<Style<'_>> {
    const PARAGRAPH: u16 = 1;
    const CHARACTER: u16 = 2;
    let kind_and_base = u16_at(bytes, 2)?;
    let (kind, base) = (kind_and_base & 0xf, kind_and_base >> 4);
    let name = usize::from(u16_at(bytes, fixed)?);
    let mut at = fixed + 2 + name * 2 + 2;
    let mut next = || {
        at += at % 2;
        let length = usize::from(u16_at(bytes, at)?);
        let said = bytes.get(at + 2..at + 2 + length)?;
        at += 2 + length;
        Some(said)
    };
    let mut style = Style { base: if base == NO_STYLE { u16::MAX } else { base }, ..Style::default() };
    match kind {
        PARAGRAPH => {
            style.paragraph = next().and_then(|said| said.get(2..)).unwrap_or_default();
            style.characters = next().unwrap_or_default();
        }
        CHARACTER => style.characters = next().unwrap_or_default(),
        _ => {}
    }
    Some(style)
}
