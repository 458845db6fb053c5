//! The answers of the full text, read no further than they are wanted.

use rusqlite::{CachedStatement, Rows, params_from_iter, types::Value};

/// A question that gives rows of the full text, ascending.
pub(super) struct Question {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

/// The rows that a question gives.
pub(super) struct Matches<'s> {
    /// Those that are still to be read; nothing when all were.
    rest: Option<Rows<'s>>,
    /// Those that were read, ascending.
    pub(super) met: Vec<i64>,
}

impl<'s> Matches<'s> {
    /// The answers of a prepared question; of no question, none.
    pub(super) fn of(
        prepared: &'s mut Option<CachedStatement<'_>>,
        question: &Option<Question>,
    ) -> rusqlite::Result<Matches<'s>> {
        let rest = match (prepared, question) {
            (Some(prepared), Some(question)) => Some(prepared.query(params_from_iter(&question.values))?),
            _ => None,
        };
        Ok(Matches { rest, met: Vec::new() })
    }

    /// The row at this place.
    pub(super) fn nth(&mut self, at: usize) -> rusqlite::Result<Option<i64>> {
        while self.met.len() <= at && self.reads_on()? {}
        Ok(self.met.get(at).copied())
    }

    /// Whether a row is among them.
    pub(super) fn holds(&mut self, row: i64) -> rusqlite::Result<bool> {
        while self.met.last().is_none_or(|last| *last < row) && self.reads_on()? {}
        Ok(self.met.binary_search(&row).is_ok())
    }

    /// Whether there is none from this row on.
    pub(super) fn ended_before(&self, row: i64) -> bool {
        self.rest.is_none() && self.met.last().is_none_or(|last| *last < row)
    }

    fn reads_on(&mut self) -> rusqlite::Result<bool> {
        let Some(rows) = &mut self.rest else { return Ok(false) };
        match rows.next()? {
            Some(row) => self.met.push(row.get(0)?),
            None => self.rest = None,
        }
        Ok(self.rest.is_some())
    }
}
