//! Lists and their uses ([MS-DOC] 2.9.131, 2.9.150).

use super::{
    bytes::{u8_at, u16_at, u32_at},
    fib::{At, Fib},
};
use crate::source::office::numbering::{LEVELS, Level, Parting, Piece, Style};
use std::collections::HashMap;

const LIST: usize = 28;
const LEVEL: usize = 28;
const USE: usize = 16;

/// A level, and the property changes of its number.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbering<'t> {
    pub(super) level: Level,
    pub(super) changes: &'t [u8],
}

/// A use of a list.
#[derive(Debug)]
pub(super) struct Use<'t> {
    /// The list, which is what shares counters.
    pub(super) list: u32,
    pub(super) restarts: Vec<Option<u32>>,
    own: Vec<Option<Numbering<'t>>>,
}

/// The lists of a file.
#[derive(Debug, Default)]
pub(super) struct Lists<'t> {
    lists: HashMap<u32, Vec<Numbering<'t>>>,
    uses: Vec<Use<'t>>,
}

impl<'t> Lists<'t> {
    pub(super) fn read(table: &'t [u8], fib: &Fib) -> Lists<'t> {
        let mut read = Lists::default();
        read.read_lists(fib.from(table, At::Lists));
        read.read_uses(fib.from(table, At::ListUses));
        read
    }

    /// The use of a number, from 1, and the levels that it has.
    pub(super) fn find(&self, number: u16) -> Option<(&Use<'t>, Vec<Numbering<'t>>)> {
        let used = self.uses.get(usize::from(number).checked_sub(1)?)?;
        let mut levels = self.lists.get(&used.list)?.clone();
        for (level, own) in levels.iter_mut().zip(&used.own) {
            if let Some(own) = own {
                *level = own.clone();
            }
        }
        Some((used, levels))
    }

    fn read_lists(&mut self, bytes: &'t [u8]) -> Option<()> {
        let count = usize::from(u16_at(bytes, 0)?);
        let mut at = 2 + count * LIST;
        for n in 0..count {
            let list = bytes.get(2 + n * LIST..2 + (n + 1) * LIST)?;
            let id = u32_at(list, 0)?;
            let simple = u8_at(list, 26)? & 1 == 1;
            let mut levels = Vec::new();
            for _ in 0..if simple { 1 } else { LEVELS } {
                let (level, length) = numbering(bytes.get(at..)?)?;
                levels.push(level);
                at += length;
            }
            self.lists.insert(id, levels);
        }
        Some(())
    }

    fn read_uses(&mut self, bytes: &'t [u8]) -> Option<()> {
        let count = (u32_at(bytes, 0)? as usize).min(bytes.len() / USE);
        let mut at = 4 + count * USE;
        for n in 0..count {
            let entry = bytes.get(4 + n * USE..4 + (n + 1) * USE)?;
            let overrides = usize::from(u8_at(entry, 12)?).min(LEVELS);
            let mut used = Use { list: u32_at(entry, 0)?, restarts: vec![None; LEVELS], own: vec![None; LEVELS] };
            let whole = overridden(bytes, &mut at, overrides, &mut used).is_some();
            self.uses.push(used);
            if !whole {
                // Where one is cut off, the next cannot be found; they keep what their lists say.
                for n in n + 1..count {
                    let list = u32_at(bytes, 4 + n * USE)?;
                    self.uses.push(Use { list, restarts: vec![None; LEVELS], own: vec![None; LEVELS] });
                }
                break;
            }
        }
        Some(())
    }
}

/// What a use says of levels: where they begin, or all of them.
fn overridden<'t>(bytes: &'t [u8], at: &mut usize, count: usize, used: &mut Use<'t>) -> Option<()> {
    // The use is led by a position that nothing needs.
    u32_at(bytes, *at)?;
    *at += 4;
    for _ in 0..count {
        let start = u32_at(bytes, *at)?;
        let flags = u32_at(bytes, *at + 4)?;
        *at += 8;
        let level = (flags & 0xf) as usize;
        let (starts, formats) = (flags & 0x10 != 0, flags & 0x20 != 0);
        let mut start = start;
        if formats {
            let (own, length) = numbering(bytes.get(*at..)?)?;
            *at += length;
            start = own.level.start;
            if let Some(slot) = used.own.get_mut(level) {
                *slot = Some(own);
            }
        }
        if let Some(slot) = used.restarts.get_mut(level).filter(|_| starts) {
            *slot = Some(start);
        }
    }
    Some(())
}

/// A level, and how many bytes it takes.
fn numbering(bytes: &[u8]) -> Option<(Numbering<'_>, usize)> {
    let start = u32_at(bytes, 0)?;
    let style = Style::of_code(u8_at(bytes, 4)?);
    let flags = u8_at(bytes, 5)?;
    let parting = match u8_at(bytes, 15)? {
        0 => Parting::Tab,
        1 => Parting::Space,
        _ => Parting::Nothing,
    };
    let (characters, paragraph) = (usize::from(u8_at(bytes, 24)?), usize::from(u8_at(bytes, 25)?));
    let limit = usize::from(u8_at(bytes, 26)?);
    let at = LEVEL + paragraph;
    let changes = bytes.get(at..at + characters)?;
    let at = at + characters;
    let length = usize::from(u16_at(bytes, at)?);
    let text = bytes.get(at + 2..at + 2 + length * 2)?;
    let mut pieces: Vec<Piece> = Vec::new();
    for unit in text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])) {
        if usize::from(unit) < LEVELS {
            pieces.push(Piece::Counter(usize::from(unit)));
        } else if let Some(c) = char::from_u32(u32::from(unit)) {
            match pieces.last_mut() {
                Some(Piece::Chars(chars)) => chars.push(c),
                _ => pieces.push(Piece::Chars(c.to_string())),
            }
        }
    }
    let level = Level {
        start,
        style,
        text: pieces,
        parting,
        restart: (flags & 0x08 != 0).then_some(limit),
        legal: flags & 0x04 != 0,
        face: None,
    };
    Some((Numbering { level, changes }, at + 2 + length * 2))
}
