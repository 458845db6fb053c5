use std::borrow::Cow;

/// What a reader of one format makes of a file.
#[derive(Debug, Default)]
pub(super) struct Extracted {
    /// The text. The cells of a table row stand on one line, tabs between them; columns that stand side by side without
    /// being a table (a letterhead) are set line beside line, a tab between them.
    pub(super) text: String,
    /// What the text was decoded from.
    pub(super) encoding: Cow<'static, str>,
    /// Where each page begins in the text, where the format has pages.
    pub(super) pages: Vec<usize>,
    /// What could not be read.
    pub(super) troubles: Vec<Trouble>,
}

/// Why a file, or a part of it, could not be read. Each becomes a diagnostic of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Byte sequences that no character stands for: each is U+FFFD in the text.
    Undecodable {
        /// How many.
        places: usize,
    },
    /// The file is damaged or cut off; what could be read stands.
    Damaged,
    /// The file is encrypted.
    Encrypted,
    /// A limit was met, named as in [`Limits`](super::Limits); what was read until then stands.
    LimitHit(&'static str),
    /// The file holds tracked changes: what they insert is in the text, what they delete is not.
    TrackedChanges,
}
