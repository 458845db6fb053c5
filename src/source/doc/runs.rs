//! Which property changes hold for which places of the stream: pages of 512 bytes ([MS-DOC] 2.9.33, 2.9.175).

use super::bytes::{Plc, u8_at, u16_at, u32_at};
use std::collections::HashSet;

const PAGE: usize = 512;

/// The property changes of one stretch of the stream.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run<'s> {
    pub(super) start: u32,
    pub(super) end: u32,
    /// The style, of a paragraph.
    pub(super) style: u16,
    pub(super) changes: &'s [u8],
}

/// Runs in the order of the stream.
#[derive(Debug)]
pub(super) struct Runs<'s>(Vec<Run<'s>>);

impl<'s> Runs<'s> {
    /// The runs of characters.
    pub(super) fn characters(stream: &'s [u8], table: &[u8]) -> Self {
        Runs::read(stream, table, 1, |page, n, count| {
            let at = usize::from(u8_at(page, (count + 1) * 4 + n)?) * 2;
            if at == 0 {
                return Some((0, &[][..]));
            }
            let length = usize::from(u8_at(page, at)?);
            Some((0, page.get(at + 1..at + 1 + length)?))
        })
    }

    /// The runs of paragraphs.
    pub(super) fn paragraphs(stream: &'s [u8], table: &[u8]) -> Self {
        Runs::read(stream, table, 13, |page, n, count| {
            let at = usize::from(u8_at(page, (count + 1) * 4 + n * 13)?) * 2;
            if at == 0 {
                return Some((0, &[][..]));
            }
            let (start, length) = match usize::from(u8_at(page, at)?) {
                0 => (at + 2, usize::from(u8_at(page, at + 1)?) * 2),
                length => (at + 1, length * 2 - 1),
            };
            let said = page.get(start..start + length)?;
            Some((u16_at(said, 0)?, said.get(2..)?))
        })
    }

    fn read(
        stream: &'s [u8],
        table: &[u8],
        entry: usize,
        said: impl Fn(&'s [u8], usize, usize) -> Option<(u16, &'s [u8])>,
    ) -> Self {
        let plc = Plc::new(table, 4);
        let mut runs = Vec::new();
        // A page that is named twice is read once, so that no list of pages is longer than the file.
        let mut known = HashSet::new();
        for n in 0..plc.len() {
            let Some(number) = plc.entry(n).and_then(|entry| u32_at(entry, 0)).map(|number| number & 0x003f_ffff)
            else {
                break;
            };
            let at = number as usize * PAGE;
            let Some(page) = stream.get(at..at + PAGE).filter(|_| known.insert(number)) else { continue };
            let count = usize::from(page[PAGE - 1]);
            if (count + 1) * 4 + count * entry >= PAGE {
                continue;
            }
            for run in 0..count {
                let (Some(start), Some(end)) = (u32_at(page, run * 4), u32_at(page, run * 4 + 4)) else { break };
                let (style, changes) = said(page, run, count).unwrap_or_default();
                if start < end {
                    runs.push(Run { start, end, style, changes });
                }
            }
        }
        runs.sort_by_key(|run| run.start);
        Runs(runs)
    }

    /// The run that a place lies in.
    pub(super) fn at(&self, offset: u32) -> Option<Run<'s>> {
        let after = self.0.partition_point(|run| run.start <= offset);
        self.0[..after].last().copied().filter(|run| offset < run.end)
    }
}
