//! Tables: runs of lines with tabs or pipes, cell by cell.

use super::Reading;
use crate::text::Span;
use rust_decimal::Decimal;

/// A table as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundTable {
    /// Its rows.
    pub rows: Vec<Vec<FoundCell>>,
    /// The scale stated above it.
    pub scale: Option<String>,
    /// All of it.
    pub span: Span,
}

/// A cell as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundCell {
    /// Its text, markup removed.
    pub text: String,
    /// Its number.
    pub value: Option<Decimal>,
    /// Where it stands.
    pub span: Span,
}

/// All tables, in reading order.
pub fn tables(_reading: &Reading<'_>) -> Vec<FoundTable> {
    Vec::new()
}
