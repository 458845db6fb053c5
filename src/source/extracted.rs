use super::Encoding;
use crate::record::Certainty;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a reader of one format makes of a file.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    /// The text. The cells of a table row stand on one line, tabs between them; columns that stand side by side without
    /// being a table (a letterhead) are set line beside line, a tab between them.
    pub(super) text: String,
    /// What the text was decoded from.
    pub(super) encoding: Cow<'static, str>,
    /// Whether the file says so, or its words do.
    pub(super) certainty: Certainty,
    /// Where each page begins in the text, where the format has pages.
    pub(super) pages: Vec<usize>,
    /// What could not be read.
    pub(super) troubles: Vec<Trouble>,
}

/// Why a file, or a part of it, could not be read. Each becomes a diagnostic of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trouble {
    /// Byte sequences that no character stands for: each is U+FFFD in the text.
    Undecodable {
        /// How many.
        places: usize,
    },
    /// The words hardly tell which encoding the file is in.
    UnsureEncoding {
        /// What it was taken for.
        taken: Encoding,
    },
    /// Pages that are pictures: they hold no text until they are recognised (OCR).
    NoTextLayer {
        /// How many.
        pages: usize,
        /// Of how many.
        of: usize,
    },
    /// The file is encrypted, and opens with a password only.
    Encrypted,
    /// Parts of the file that are damaged, missing or lead in a circle.
    BrokenParts {
        /// How many.
        places: usize,
    },
    /// Characters of which the file does not say what they are: each is U+FFFD in the text.
    UnmappedGlyphs {
        /// How many.
        places: usize,
    },
    /// A limit was met: what was read until then stands.
    Limited {
        /// Which.
        limit: Limit,
    },
    /// The file is damaged or cut off; what could be read stands.
    Damaged,
    /// The file holds tracked changes: what they insert is in the text, what they delete is not.
    TrackedChanges,
}

/// A limit on what one file may cost, as [`Limits`](super::Limits) sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// The bytes of the file.
    Bytes,
    /// The bytes of what is unpacked from it.
    Unpacked,
    /// Its pages.
    Pages,
    /// The nesting of its parts.
    Depth,
    /// The time for reading it.
    Time,
}

impl Limit {
    /// The option of the command that sets it.
    pub fn option(self) -> &'static str {
        match self {
            Limit::Bytes => "--max-bytes",
            Limit::Unpacked => "--max-unpacked",
            Limit::Pages => "--max-pages",
            Limit::Depth => "--max-depth",
            Limit::Time => "--max-time",
        }
    }
}
