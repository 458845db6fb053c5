//! Maps from the codes of a font to text (`ToUnicode`, 9.10.3) or to its glyphs (`Encoding`, 9.7.5).

use crate::source::pdf::{
    lexer::{Lexer, Token},
    object::Object,
};
use std::collections::BTreeMap;

/// What a map says of codes.
#[derive(Debug, Default)]
pub(super) struct CMap {
    /// How many bytes a code has, and between which codes: in the order stated.
    lengths: Vec<(usize, u32, u32)>,
    texts: BTreeMap<u32, String>,
    /// From the first code: the last one, and the text of the first.
    ranges: BTreeMap<u32, (u32, Vec<u16>)>,
    glyphs: BTreeMap<u32, (u32, u32)>,
}

impl CMap {
    pub(super) fn new(bytes: &[u8]) -> Self {
        let mut map = CMap::default();
        let mut lexer = Lexer::new(bytes, 0, 8);
        let mut operands = Vec::new();
        while let Some(token) = lexer.token() {
            let Token::Keyword(word) = token else {
                if let Token::Object(object) = token {
                    operands.push(object);
                }
                continue;
            };
            match word {
                b"endcodespacerange" => operands.chunks_exact(2).for_each(|pair| map.add_length(pair)),
                b"endbfchar" => operands.chunks_exact(2).for_each(|pair| map.add_text(pair)),
                b"endbfrange" => operands.chunks_exact(3).for_each(|three| map.add_range(three)),
                b"endcidchar" => operands.chunks_exact(2).for_each(|pair| map.add_glyphs(&pair[0], &pair[0], &pair[1])),
                b"endcidrange" => {
                    operands.chunks_exact(3).for_each(|three| map.add_glyphs(&three[0], &three[1], &three[2]));
                }
                _ => {}
            }
            operands.clear();
        }
        map
    }

    fn add_length(&mut self, pair: &[Object]) {
        if let (Some((low, length)), Some((high, _))) = (code(&pair[0]), code(&pair[1])) {
            self.lengths.push((length, low, high));
        }
    }

    fn add_text(&mut self, pair: &[Object]) {
        if let (Some((code, _)), Some(text)) = (code(&pair[0]), pair[1].string()) {
            self.texts.insert(code, String::from_utf16_lossy(&units(text)));
        }
    }

    fn add_range(&mut self, three: &[Object]) {
        let (Some((low, _)), Some((high, _))) = (code(&three[0]), code(&three[1])) else { return };
        match &three[2] {
            Object::String(text) => {
                self.ranges.insert(low, (high, units(text)));
            }
            Object::Array(items) => {
                for (code, item) in (low..=high).zip(items) {
                    if let Some(text) = item.string() {
                        self.texts.insert(code, String::from_utf16_lossy(&units(text)));
                    }
                }
            }
            _ => {}
        }
    }

    fn add_glyphs(&mut self, low: &Object, high: &Object, glyph: &Object) {
        if let (Some((low, _)), Some((high, _)), Some(glyph)) = (code(low), code(high), glyph.integer()) {
            self.glyphs.insert(low, (high, glyph.clamp(0, 0xffff) as u32));
        }
    }

    /// The text of a code.
    pub(super) fn text(&self, code: u32) -> Option<String> {
        if let Some(text) = self.texts.get(&code) {
            return Some(text.clone());
        }
        let (low, (_, first)) = self.ranges.range(..=code).next_back().filter(|(_, (high, _))| code <= *high)?;
        let mut text = first.clone();
        if let Some(last) = text.last_mut() {
            *last = last.wrapping_add((code - low) as u16);
        }
        Some(String::from_utf16_lossy(&text))
    }

    /// The glyph of a code.
    pub(super) fn glyph(&self, code: u32) -> Option<u32> {
        let (low, (_, glyph)) = self.glyphs.range(..=code).next_back().filter(|(_, (high, _))| code <= *high)?;
        Some(glyph + (code - low))
    }

    /// How many bytes the code has that opens `bytes`; None where the map does not say.
    pub(super) fn length(&self, bytes: &[u8]) -> Option<usize> {
        let fits = |&&(length, low, high): &&(usize, u32, u32)| {
            bytes.get(..length).is_some_and(|bytes| (low..=high).contains(&value(bytes)))
        };
        self.lengths.iter().take(64).find(fits).map(|&(length, ..)| length)
    }

    /// The characters that codes stand for; of a range the first and the last.
    pub(super) fn texts(&self) -> impl Iterator<Item = char> {
        let ends = self.ranges.iter().flat_map(|(low, (high, _))| [self.text(*low), self.text(*high)]).flatten();
        self.texts.values().cloned().chain(ends).flat_map(|text| text.chars().collect::<Vec<_>>())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.ranges.is_empty()
    }
}

/// A code and how many bytes it has.
fn code(object: &Object) -> Option<(u32, usize)> {
    let bytes = object.string().filter(|bytes| (1..=4).contains(&bytes.len()))?;
    Some((value(bytes), bytes.len()))
}

/// Bytes as one number, the first the highest.
pub(super) fn value(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |value, &byte| value << 8 | u32::from(byte))
}

/// UTF-16 with the high byte first; a single byte is a code unit of its own.
fn units(bytes: &[u8]) -> Vec<u16> {
    if let [byte] = bytes {
        return vec![u16::from(*byte)];
    }
    bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_characters_ranges_and_lengths() {
        let map = CMap::new(
            b"/CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <ffff> endcodespacerange\n\
            2 beginbfchar <0003> <0020> <0004> <00660069> endbfchar\n\
            2 beginbfrange <0024> <0026> <0041> <0030> <0031> [<0111> <1EA1>] endbfrange\n\
            1 begincidrange <0100> <0110> 7 endcidrange endcmap",
        );
        assert_eq!(map.text(3).as_deref(), Some(" "));
        assert_eq!(map.text(4).as_deref(), Some("fi"));
        assert_eq!(map.text(0x26).as_deref(), Some("C"));
        assert_eq!(map.text(0x31).as_deref(), Some("ạ"));
        assert_eq!(map.text(0x27), None);
        assert_eq!(map.glyph(0x102), Some(9));
        assert_eq!(map.length(&[0, 3, 0]), Some(2));
        assert_eq!(map.length(&[0]), None);
    }
}
