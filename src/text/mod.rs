//! The normalised text and the way back to the source.
//!
//! Knows nothing of rules or facts. [`Normalised::new`] folds what differs only in typing (NFC, Đ look-alikes, odd
//! spaces and dashes, `hoà`/`hòa`, full-width forms, line ends, links and escapes of Markdown) and records every edit, so that a [`Span`] of the
//! normalised text leads back to a [`SourceSpan`] of the text as given. The two are different types: mixing them does
//! not compile.

mod fold;
mod index;
pub(crate) mod letter;
mod markdown;
mod normalise;
mod offset;
mod words;

#[cfg(feature = "archive")]
pub(crate) use fold::bare_letter;
pub use fold::{fold_char, is_near, lower_eq, skeleton};
pub(crate) use fold::{is_bare, without_tone};
pub use index::WordIndex;
pub(crate) use index::{Word, hash_of, next_word};
pub use normalise::{Normalised, WayBack};
pub use offset::OffsetIndex;
pub(crate) use words::{begins_word, first_word_is, is_skeleton, opens_with, word_starts};

/// A place in the normalised text, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The place from `start` up to `end`.
    #[inline]
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span runs forward");
        Span { start, end }
    }

    /// The text at this place.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    /// Whether the two share at least one byte.
    #[inline]
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies inside this.
    #[inline]
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span that holds both.
    pub fn hull(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// This place without white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let inner = self.of(text);
        let start = self.start + (inner.len() - inner.trim_start().len());
        Span { start, end: start + inner.trim().len() }
    }
}

/// A place in the decoded source text, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceSpan {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}
