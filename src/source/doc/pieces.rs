//! The piece table: where the characters of each position lie ([MS-DOC] 2.9.38).

use super::{
    bytes::{Plc, u8_at, u16_at, u32_at},
    fib::{At, Fib, Part},
};
use crate::source::{Encoding, office::code_page::CodePage};

/// A stretch of text that lies together.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: u32,
    end: u32,
    /// Where it lies in the WordDocument stream.
    offset: u32,
    /// Two bytes a character rather than one of Windows-1252.
    wide: bool,
    changes: u16,
}

/// A character of the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Char {
    pub(super) c: char,
    /// Its position in the text.
    pub(super) position: u32,
    /// Where it lies in the stream: properties are given for such places.
    pub(super) offset: u32,
    /// The changes of formatting that a quick save left with its piece.
    pub(super) changes: u16,
}

/// The text of a file.
#[derive(Debug)]
pub(super) struct Text<'s> {
    stream: &'s [u8],
    pieces: Vec<Piece>,
    page: CodePage,
    /// The groups of property changes that pieces refer to.
    pub(super) groups: Vec<&'s [u8]>,
    /// Whether pieces lie outside of the stream.
    pub(super) damaged: bool,
}

impl<'s> Text<'s> {
    pub(super) fn read(stream: &'s [u8], table: &'s [u8], fib: &Fib) -> Text<'s> {
        let page = CodePage::of(Encoding::Windows1252);
        let mut text = Text { stream, pieces: Vec::new(), page, groups: Vec::new(), damaged: false };
        let mut clx = fib.get(table, At::Pieces);
        loop {
            match u8_at(clx, 0) {
                Some(1) => {
                    let length = u16_at(clx, 1).map_or(0, usize::from);
                    let Some(group) = clx.get(3..3 + length) else { break };
                    text.groups.push(group);
                    clx = &clx[3 + length..];
                }
                Some(2) => {
                    let length = u32_at(clx, 1).unwrap_or(0) as usize;
                    let end = length.saturating_add(5).min(clx.len());
                    text.read_pieces(&Plc::new(clx.get(5..end).unwrap_or_default(), 8));
                    break;
                }
                _ => break,
            }
        }
        if text.pieces.is_empty() {
            // Without a table, the text is one piece behind the block.
            text.damaged = true;
            let end = fib.part(Part::TextBoxes).end;
            text.pieces.push(Piece { start: 0, end, offset: fib.text_start, wide: false, changes: 0 });
        }
        text
    }

    fn read_pieces(&mut self, plc: &Plc<'_>) {
        for n in 0..plc.len() {
            let (Some(start), Some(end), Some(entry)) = (plc.position(n), plc.position(n + 1), plc.entry(n)) else {
                break;
            };
            let (Some(at), Some(changes)) = (u32_at(entry, 2), u16_at(entry, 6)) else { break };
            let wide = at & 0x4000_0000 == 0;
            let offset = if wide { at & 0x3fff_ffff } else { (at & 0x3fff_ffff) / 2 };
            // Positions only grow; a table that says otherwise is damaged.
            if start < end && self.pieces.last().is_none_or(|before| before.end <= start) {
                self.pieces.push(Piece { start, end, offset, wide, changes });
            } else if start != end {
                self.damaged = true;
            }
        }
    }

    /// The characters of a range of positions.
    pub(super) fn chars(&self, range: std::ops::Range<u32>) -> impl Iterator<Item = Char> + use<'_, 's> {
        let first = self.pieces.partition_point(|piece| piece.end <= range.start);
        let end = range.end;
        self.pieces[first..].iter().take_while(move |piece| piece.start < end).flat_map(move |piece| {
            let from = piece.start.max(range.start);
            let to = piece.end.min(end).min(self.readable(piece));
            (from..to).filter_map(move |position| self.char(piece, position))
        })
    }

    /// The position up to which a piece lies inside the stream.
    fn readable(&self, piece: &Piece) -> u32 {
        let bytes = self.stream.len().saturating_sub(piece.offset as usize);
        let count = if piece.wide { bytes / 2 } else { bytes };
        piece.start.saturating_add(u32::try_from(count).unwrap_or(u32::MAX))
    }

    fn char(&self, piece: &Piece, position: u32) -> Option<Char> {
        let step = position - piece.start;
        let made = |c, offset| Char { c, position, offset, changes: piece.changes };
        if !piece.wide {
            let offset = piece.offset + step;
            let byte = u8_at(self.stream, offset as usize)?;
            return Some(made(self.page.char(byte), offset));
        }
        let offset = piece.offset.checked_add(step.checked_mul(2)?)?;
        let unit = u16_at(self.stream, offset as usize)?;
        let c = match unit {
            // A pair of surrogates is one character, at the place of the second; that of the first holds none.
            0xd800..=0xdbff => '\0',
            0xdc00..=0xdfff => {
                let high = u16_at(self.stream, (offset as usize).checked_sub(2)?)?;
                char::decode_utf16([high, unit]).next()?.unwrap_or(char::REPLACEMENT_CHARACTER)
            }
            _ => char::from_u32(u32::from(unit))?,
        };
        Some(made(c, offset))
    }

    /// Whether most of the text has two bytes a character.
    pub(super) fn is_wide(&self) -> bool {
        let count = |wide: bool| {
            let alike = self.pieces.iter().filter(|piece| piece.wide == wide);
            alike.map(|piece| u64::from(piece.end - piece.start)).sum::<u64>()
        };
        count(true) > count(false)
    }

    /// Whether pieces of a range lie outside of the stream.
    pub(super) fn is_cut(&self, range: std::ops::Range<u32>) -> bool {
        self.pieces.iter().any(|piece| piece.start < range.end && self.readable(piece) < piece.end.min(range.end))
            || self.pieces.last().is_none_or(|last| last.end < range.end)
    }
}
