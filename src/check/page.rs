//! The source text at the places of a record.

use crate::{
    record::Span,
    text::{OffsetIndex, SourceSpan},
};
use std::cell::Cell;

/// The text that a record's spans refer to.
pub(super) struct Page<'t> {
    text: &'t str,
    index: &'t OffsetIndex<'t>,
    /// The place that was asked for last, and its byte: the next one mostly stands a little behind it.
    last: Cell<(usize, usize)>,
}

impl<'t> Page<'t> {
    pub(super) fn new(text: &'t str, index: &'t OffsetIndex<'t>) -> Self {
        Page { text, index, last: Cell::default() }
    }

    /// The whole text.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// The place of the bytes from `start` to `end`.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.index.span(SourceSpan { start, end })
    }

    /// The byte at a place.
    fn byte(&self, at: usize) -> usize {
        let byte = self.index.byte_behind(self.last.get(), at);
        self.last.set((at, byte));
        byte
    }

    /// The text of a fact.
    pub(super) fn at(&self, fact: Span) -> &'t str {
        let (start, end) = (self.byte(fact.start), self.byte(fact.end));
        self.text.get(start..end).unwrap_or_default()
    }

    /// The text between two facts; empty where the second does not follow the first.
    pub(super) fn between(&self, before: Span, after: Span) -> &'t str {
        let (start, end) = (self.byte(before.end), self.byte(after.start));
        self.text.get(start..end).unwrap_or_default()
    }

    /// The text before a fact, at most `length` bytes of it.
    pub(super) fn before(&self, fact: Span, length: usize) -> &'t str {
        let end = self.byte(fact.start);
        let start = (end.saturating_sub(length)..=end).find(|at| self.text.is_char_boundary(*at)).unwrap_or(end);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The text behind a fact, at most `length` bytes of it.
    pub(super) fn behind(&self, fact: Span, length: usize) -> &'t str {
        let start = self.byte(fact.end);
        let end = (start + length).min(self.text.len());
        let end = (end..=self.text.len()).find(|at| self.text.is_char_boundary(*at)).unwrap_or(start);
        self.text.get(start..end).unwrap_or_default()
    }
}
