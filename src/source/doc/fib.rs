//! The file information block: where everything else lies ([MS-DOC] 2.5).

use super::bytes::{u16_at, u32_at};

/// A pair of offset and length in the block; the number is its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    Styles = 1,
    FootnoteReferences = 2,
    FootnoteTexts = 3,
    Sections = 6,
    Headers = 11,
    CharacterRuns = 12,
    ParagraphRuns = 13,
    Fonts = 15,
    Pieces = 33,
    ShapesOfMain = 40,
    EndnoteReferences = 46,
    EndnoteTexts = 47,
    TextBoxes = 56,
    Lists = 73,
    ListUses = 74,
}

/// The parts of the text, by their place in its order; those of macros and comments are not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Main = 0,
    Footnotes = 1,
    Headers = 2,
    Endnotes = 5,
    TextBoxes = 6,
}

const PARTS: usize = 7;
const PAIRS: usize = 0x9a;
const LENGTHS: usize = 0x4c;

/// The block of a file of Word 97 or later.
#[derive(Debug)]
pub(super) struct Fib {
    pub(super) encrypted: bool,
    /// Whether the tables lie in the stream `1Table` rather than `0Table`.
    pub(super) second_table: bool,
    lengths: [u32; PARTS],
    pairs: Vec<(usize, usize)>,
    /// Where the text of a file without a piece table begins.
    pub(super) text_start: u32,
}

/// What a WordDocument stream is.
#[derive(Debug)]
pub(super) enum Version {
    /// Word 97 or later.
    Word97(Fib),
    /// Word 6 or 95: where its text lies, and whether it is encrypted.
    Word6 { text: std::ops::Range<usize>, encrypted: bool },
}

impl Version {
    pub(super) fn of(stream: &[u8]) -> Option<Version> {
        let magic = u16_at(stream, 0)?;
        let version = u16_at(stream, 2)?;
        let flags = u16_at(stream, 0x0a)?;
        let encrypted = flags & 0x0100 != 0;
        if magic == 0xa5dc || magic == 0xa5ec && version < 105 {
            let start = u32_at(stream, 0x18)? as usize;
            let length = u32_at(stream, 0x34)? as usize;
            return Some(Version::Word6 { text: start..start.saturating_add(length), encrypted });
        }
        if magic != 0xa5ec {
            return None;
        }
        let mut lengths = [0; PARTS];
        for (n, length) in lengths.iter_mut().enumerate() {
            *length = u32_at(stream, LENGTHS + n * 4)?;
        }
        let pair = |n: usize| {
            let at = PAIRS + n * 8;
            Some((u32_at(stream, at)? as usize, u32_at(stream, at + 4)? as usize))
        };
        let pairs = (0..=At::ListUses as usize).map(|n| pair(n).unwrap_or_default()).collect();
        let text_start = u32_at(stream, 0x18)?;
        Some(Version::Word97(Fib { encrypted, second_table: flags & 0x0200 != 0, lengths, pairs, text_start }))
    }
}

impl Fib {
    /// A piece of the table stream.
    pub(super) fn get<'t>(&self, table: &'t [u8], at: At) -> &'t [u8] {
        let (start, length) = self.pairs.get(at as usize).copied().unwrap_or_default();
        let end = start.saturating_add(length).min(table.len());
        table.get(start..end).unwrap_or_default()
    }

    /// The table stream from a piece on: what belongs to it may follow behind its stated length.
    pub(super) fn from<'t>(&self, table: &'t [u8], at: At) -> &'t [u8] {
        let (start, length) = self.pairs.get(at as usize).copied().unwrap_or_default();
        if length == 0 { &[] } else { table.get(start..).unwrap_or_default() }
    }

    /// The character positions of a part.
    pub(super) fn part(&self, part: Part) -> std::ops::Range<u32> {
        let before: u32 = self.lengths[..part as usize].iter().fold(0, |sum, length| sum.saturating_add(*length));
        before..before.saturating_add(self.lengths[part as usize])
    }
}
