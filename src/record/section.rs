use super::{Certainty, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The form of a heading's marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SectionKind {
    /// Phần.
    Part,
    /// Chương.
    Chapter,
    /// Mục, tiểu mục.
    Section,
    /// Điều.
    Article,
    /// `I.`, `II.`
    Roman,
    /// `1.`, `1.2.1.`
    Decimal,
    /// `a)`, `b.`
    Letter,
    /// Phụ lục, or an attached text.
    Annex,
    /// A title without a marker.
    Unnumbered,
}

/// What a heading's words say that the section is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Tình hình, đặc điểm.
    Situation,
    /// Công tác chỉ đạo, điều hành.
    Direction,
    /// Kết quả.
    Results,
    /// Tồn tại, hạn chế, khó khăn.
    Shortcomings,
    /// Nguyên nhân.
    Causes,
    /// Kiến nghị, đề xuất.
    Proposals,
    /// Nhiệm vụ, giải pháp, phương hướng.
    Tasks,
    /// Tổ chức thực hiện.
    Organisation,
}

/// One heading of the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Section {
    /// The marker as written, mended where the sequence leaves no doubt: `Phần I`, `II.`, `1.2.1.`, `a)`, `Điều 5.`
    pub marker: String,
    /// 1 for the outermost headings of this document; levels follow nesting, not style.
    pub level: usize,
    /// Index of the section that holds it.
    pub parent: Option<usize>,
    /// What it is about, where the title's words say it.
    pub topic: Option<Topic>,
    /// All lines of the title, markup removed; `""` for a bare marker.
    pub title: String,
    /// Whether the heading runs on as prose.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub run_in: bool,
    /// The form of the marker.
    pub kind: SectionKind,
    /// Whether the marker was mended.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// The heading itself, from the marker to the end of its title.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The section with all that it holds.
    pub extent: Span,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}
