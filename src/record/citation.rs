use super::{Certainty, DateFact, DocumentNumber, DocumentType, Name, Span, Title};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a cited document is to the one that cites it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A ground on which the document is issued (căn cứ).
    Basis,
    /// Named in passing.
    Mention,
}

/// Finer than the role, where the words say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// `Căn cứ …`.
    LegalGround,
    /// `Thực hiện …`.
    Mandate,
    /// `Theo đề nghị …`, `Xét Tờ trình …`.
    Proposal,
    /// An answer to it: `Phúc đáp …`, `Trả lời …`.
    RespondsTo,
    /// `sửa đổi, bổ sung …`.
    Amends,
    /// `bãi bỏ …`.
    Repeals,
    /// `thay thế …`.
    Replaces,
    /// `được sửa đổi, bổ sung bởi …`.
    AmendedBy,
    /// `ban hành kèm theo …`.
    AttachedTo,
    /// Issued by the same organ.
    Own,
}

/// A part of an act, strings as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pinpoint {
    /// Phần.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
    /// Chương.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<String>,
    /// Mục.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Điều.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Khoản.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// Điểm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub point: Option<String>,
    /// Phụ lục.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annex: Option<String>,
}

/// Another document or act that the document names.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Citation {
    /// The kind of the cited document, from the word or, failing that, from the symbol.
    #[serde(rename = "type")]
    pub doc_type: Option<DocumentType>,
    /// Its number; absent for an act cited by name.
    pub number: Option<DocumentNumber>,
    /// For an act cited by name: `Luật Đất đai` (no year).
    pub name: Option<String>,
    /// The year in `năm 2013`, in the number or in the date.
    pub year: Option<i16>,
    /// The date stated with it.
    pub date: Option<DateFact>,
    /// The issuing organ stated with it.
    pub issuer: Option<Name>,
    /// The `về …` clause stated with it.
    pub subject: Option<Title>,
    /// The parts of it that are cited.
    pub pinpoints: Vec<Pinpoint>,
    /// Ground or mention.
    pub role: Role,
    /// Finer than the role.
    pub relation: Option<Relation>,
    /// One string for one document in the world: its number, year and issuer, folded
    /// (`10/kh-ubnd@2023~ủy ban nhân dân xã tân quang~văn lâm~hưng yên`, `42/2022/nđ-cp`), the issuer as in the key of
    /// [`Issuer`](super::Issuer); `null` where year or issuer cannot be known.
    pub key: Option<String>,
    /// The number of the act that everybody means by a short name: `06/QĐ-TTg` for `Đề án 06`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<String>,
    /// Index into `sections` of the section that it stands in; `null` before the first.
    pub section: Option<usize>,
    /// Whether its form was mended.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// From the type word to the end of the date, number or name.
    pub span: Span,
    /// The rule that found it.
    pub rule: String,
}
