//! The names of fonts ([MS-DOC] 2.9.286).

use super::bytes::{u8_at, u16_at};
use crate::source::office::face::Script;

/// Where the name stands in the description of a font.
const NAME: usize = 40;

/// What each font makes of characters.
pub(super) fn read(table: &[u8]) -> Vec<Script> {
    let count = u16_at(table, 0).unwrap_or(0);
    let mut at = 4;
    let mut fonts = Vec::new();
    for _ in 0..count {
        let Some(length) = u8_at(table, at).map(usize::from) else { break };
        let font = table.get(at..at + length + 1).unwrap_or_default();
        let units =
            font.get(NAME..).unwrap_or_default().chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
        let name: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
        fonts.push(Script::of_font(&String::from_utf16_lossy(&name)));
        at += length + 1;
    }
    fonts
}
