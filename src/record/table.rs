use super::{Decimal, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// A table of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Table {
    /// Its rows, each a list of cells.
    pub rows: Vec<Vec<Cell>>,
    /// The scale that `ĐVT: triệu đồng` above it states for all its cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scale: Option<String>,
    /// Index into `sections` of the section that it stands in.
    pub section: Option<usize>,
    /// All of it.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that found it.
    pub rule: Cow<'static, str>,
}

/// One cell of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Its text, trimmed, markup removed.
    pub text: String,
    /// Its number, where it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Decimal>,
    /// Where it stands.
    pub span: Span,
}
