use super::{Certainty, DateFact, DocumentNumber, DocumentType, Name, Span, Title};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What a cited document is to the one that cites it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// A ground on which the document is issued (căn cứ).
    Basis,
    /// Named in passing.
    Mention,
}

/// Finer than the role, where the words say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
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

/// A short name given to a cited document for the rest of the paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Alias {
    /// The short name: `Nghị định 30`, `Quy chế`.
    pub name: String,
    /// The source text at `span`.
    pub raw: String,
    /// Where it is given.
    pub span: Span,
    /// The rule that found it.
    pub rule: Cow<'static, str>,
}

/// A year in which an act was amended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AmendedIn {
    /// The year.
    pub year: i16,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The rule that found it.
    pub rule: Cow<'static, str>,
}

/// How a document is referred to without its number or name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReferenceForm {
    /// `Nghị định này`: the paper itself, or the one that it is issued with.
    Own,
    /// `Nghị định nêu trên`: one that was cited before.
    Above,
    /// By the short name that the paper gave it.
    Alias,
}

/// A document that is referred to without number or name: `khoản 2 Điều 5 Quy chế này`, `Nghị quyết nêu trên`.
///
/// It is no citation, which names its document; it says which citation or paper is meant where exactly one fits, and
/// neither where two do. `này` is written down only with pinpoints: without them it says nothing that the paper
/// does not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    /// How it refers.
    pub form: ReferenceForm,
    /// The kind of document that its word names.
    #[serde(rename = "type")]
    pub doc_type: DocumentType,
    /// The parts that are meant.
    pub pinpoints: Vec<Pinpoint>,
    /// The index into `citations` of the document that is meant.
    pub citation: Option<usize>,
    /// The index into `papers` of the paper that is meant.
    pub paper: Option<usize>,
    /// Index into `sections` of the section that it stands in; `null` before the first.
    pub section: Option<usize>,
    /// The source text at `span`.
    pub raw: String,
    /// From the first pinpoint, or the word of the kind, to the end of the words that refer.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that found it.
    pub rule: Cow<'static, str>,
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
    pub subject: Option<Box<Title>>,
    /// The parts of it that are cited.
    pub pinpoints: Vec<Pinpoint>,
    /// The short name that the document gives it: `(sau đây gọi tắt là Nghị định 30)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<Box<Alias>>,
    /// The years in which it was amended, where the words name no act: `(sửa đổi, bổ sung năm 2019)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amended_in: Vec<AmendedIn>,
    /// Ground or mention.
    pub role: Role,
    /// Finer than the role.
    pub relation: Option<Relation>,
    /// Where the relation is `amended_by`: the index into `citations` of the act that it amended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amended: Option<usize>,
    /// One string for one document in the world: its number, year and issuer, folded
    /// (`10/kh-ubnd@2023~ủy ban nhân dân xã tân quang~văn lâm~hưng yên`, `42/2022/nđ-cp`), the issuer as in the key of
    /// [`Issuer`](super::Issuer); `null` where year or issuer cannot be
    /// known. A later mention that leaves them out takes it from the citation in `refers_to`.
    pub key: Option<String>,
    /// The index into `citations` of the earlier one in the same paper that says in full which document is meant
    /// (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.6.b: a later mention gives kind and number alone). Absent where the
    /// citation says it itself, where none fits, and where two do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refers_to: Option<usize>,
    /// The number of the act that everybody means by a short name: `06/QĐ-TTg` for `Đề án 06`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stands_for: Option<Cow<'static, str>>,
    /// Index into `sections` of the section that it stands in; `null` before the first.
    pub section: Option<usize>,
    /// Whether its form was mended.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// From the type word to the end of the date, number or name.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that found it.
    pub rule: Cow<'static, str>,
}
