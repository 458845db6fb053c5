use super::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A field of the header, as reviewers speak of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HeaderField {
    /// Tên loại.
    Type,
    /// Số, ký hiệu.
    Number,
    /// Ngày, tháng, năm.
    Date,
    /// Địa danh.
    Place,
    /// Cơ quan ban hành.
    Issuer,
    /// Trích yếu.
    Title,
    /// Người ký.
    Signatories,
}

/// Why a field may be wrong. A field of which nothing is said is clean: stated once, whole, as its kind is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Reason {
    /// The form was mended: an OCR slip, spacing, a lost mark.
    Mended,
    /// Read from elsewhere in the document.
    Inferred,
    /// Several values could be meant, and the document does not decide.
    Candidates,
    /// Against the pattern of its kind: a symbol that is not of the type or the issuer, a date before that of a ground, a
    /// subject without an end, a place that no unit is called.
    Irregular,
    /// Nothing was found where documents of this kind have it.
    Missing,
    /// The text there is damaged: unreadable, or with characters and syllables that the language does not have.
    Damaged,
}

impl Reason {
    /// How much it weighs when documents are put in the order of their certainty: 1 for a form that was mended, 4 for
    /// damaged text.
    pub fn weight(self) -> u32 {
        match self {
            Reason::Mended => 1,
            Reason::Inferred | Reason::Candidates => 2,
            Reason::Irregular | Reason::Missing => 3,
            Reason::Damaged => 4,
        }
    }
}

/// One reason why a person should look at the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// The field.
    pub field: HeaderField,
    /// The reason.
    pub reason: Reason,
    /// Both in words, in the language asked for.
    pub message: String,
    /// Where, if it has a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}
