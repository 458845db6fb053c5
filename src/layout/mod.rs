//! Lines, columns, papers and zones of a text: what stands where, before anything is read.
//!
//! Knows nothing of facts and their values. Lines are labelled by cue words that [`crate::rules`] supplies.

mod column;
mod glance;
mod letterhead;
mod line;
mod reason;
mod tail;
mod unfold;
mod zones;

pub use column::{SymbolBehind, number_word, symbol_behind};
pub use letterhead::{Head, is_bullet, is_upper, leads_on};
pub use line::{Line, Piece, lines, pieces};
pub use reason::ZoneReason;
pub use tail::{Tail, authority, is_noise, position};

use crate::text::{Span, WordIndex};
use std::ops::Range;

/// What a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Zone {
    /// Quốc hiệu, issuer, number, place and date; also the type line.
    Letterhead,
    /// The subject (trích yếu).
    Title,
    /// `Kính gửi:` and its entries.
    Addressees,
    /// The grounds (căn cứ), from the title to the first heading or article.
    Grounds,
    /// The text proper.
    Body,
    /// `Nơi nhận:` and its entries.
    Recipients,
    /// The signature block.
    Signature,
    /// A row of a table.
    Table,
    /// A page number, a gazette's running head, a signature widget: no part of the text.
    Noise,
}

/// The layout of a text.
#[derive(Debug, Default)]
pub struct Layout {
    /// Its lines.
    pub lines: Vec<Line>,
    /// What each line belongs to.
    pub zones: Vec<Zone>,
    /// Its papers, in reading order: the lines of each.
    pub papers: Vec<PaperLines>,
    /// The words with which it begins.
    pub words: WordIndex,
}

/// The lines of one paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperLines {
    /// What it is to the file.
    pub kind: crate::record::PaperKind,
    /// All its lines.
    pub lines: Range<usize>,
    /// The lines of its heading (`PHỤ LỤC I`, `QUY CHẾ` and title), for an annex or attached paper.
    pub heading: Range<usize>,
    /// Where the parts of its head stand.
    pub head: Head,
    /// Where the parts of its tail stand.
    pub tail: Tail,
}

impl Layout {
    /// The line that holds a place, if it is not blank.
    pub fn line_at(&self, at: usize) -> Option<usize> {
        let after = self.lines.partition_point(|line| line.full.start <= at);
        let index = after.checked_sub(1)?;
        (at <= self.lines[index].full.end).then_some(index)
    }

    /// The zone that holds a place; a place on a blank line belongs to the line before it.
    pub fn zone_at(&self, at: usize) -> Zone {
        let after = self.lines.partition_point(|line| line.full.start <= at);
        after.checked_sub(1).map_or(Zone::Letterhead, |index| self.zones[index])
    }

    /// The stretches of text whose lines lie in one of the zones given.
    pub fn stretches(&self, wanted: &[Zone]) -> Vec<Span> {
        let mut out: Vec<(usize, Span)> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            if !wanted.contains(&self.zones[index]) {
                continue;
            }
            match out.last_mut() {
                Some((last, span)) if *last + 1 == index => {
                    *last = index;
                    span.end = line.full.end;
                }
                _ => out.push((index, line.full)),
            }
        }
        out.into_iter().map(|(_, span)| span).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    /// The texts of the corpus.
    pub(super) fn corpus() -> Vec<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        files.map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned()).collect()
    }
}
