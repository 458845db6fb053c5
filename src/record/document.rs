use super::{Certainty, Span, State};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What the document says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Document {
    /// The kind of document (tên loại); công văn has no type line and is found by its number or subject.
    #[serde(rename = "type")]
    pub kind: Option<DocumentType>,
    /// Its own number (số, ký hiệu).
    pub number: Option<DocumentNumber>,
    /// The day of issue (ngày, tháng, năm).
    pub date: Option<DateFact>,
    /// The place of issue (địa danh).
    pub place: Option<Place>,
    /// The issuing organ (cơ quan ban hành).
    pub issuer: Option<Issuer>,
    /// The subject (trích yếu).
    pub title: Option<Title>,
    /// The entries of `Kính gửi:`.
    pub addressees: Vec<Addressee>,
    /// The entries of `Nơi nhận:`.
    pub recipients: Vec<Recipient>,
    /// Who signs.
    pub signatories: Vec<Signatory>,
    /// The period that it reports on or plans for.
    pub period: Option<Period>,
    /// Draft, issued or copy.
    pub stage: Option<Stage>,
    /// The degree of secrecy (độ mật), when stamped.
    pub security: Option<Mark>,
    /// The degree of urgency (độ khẩn), when stamped.
    pub urgency: Option<Mark>,
}

/// The kind of a document, by Nghị định 30/2020/NĐ-CP, Phụ lục III, the hierarchy of acts or the Party's list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentType {
    /// Its abbreviation: `BC`, `KH`, `QĐ`, `CV` …
    pub code: Cow<'static, str>,
    /// Its name: `Báo cáo`.
    pub name: Cow<'static, str>,
    /// `inferred` where no type line or type word states it.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: Option<String>,
    /// Where it stands.
    pub span: Option<Span>,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// The number and symbol of a document (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DocumentNumber {
    /// The running number as written: `"05"`; `null` when blank or unreadable.
    pub serial: Option<String>,
    /// The year inside the number (`2021` in `02/2021/QĐ-UBND`).
    pub year: Option<i16>,
    /// What follows serial and year, mended: `KH-UBND`.
    pub symbol: Option<String>,
    /// The whole in its usual form: `15/KH-UBND`, `39-NQ/ĐU`; `null` without a serial.
    pub canonical: Option<String>,
    /// The organs that the symbol names: `["BNV", "BTC"]`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issuers: Vec<String>,
    /// The drafting unit or field that the symbol names: `VX`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Blank or unreadable; absent when simply stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Whether its form was mended.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// To what part a date is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// Year, month and day.
    Day,
    /// Year and month.
    Month,
    /// The year alone.
    Year,
    /// All is blank.
    None,
}

/// A date, cut at the precision stated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateFact {
    /// ISO 8601: `2023-06-22`, `2023-11`, `2021`; `null` when all is blank.
    pub value: Option<String>,
    /// To what part it is known.
    pub precision: Precision,
    /// The first day that it can be, where it is not a whole day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earliest: Option<String>,
    /// The last day that it can be, where it is not a whole day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latest: Option<String>,
    /// Blank or unreadable; absent when simply stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Whether it was mended or read from elsewhere.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// The place of issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// Its name: `Phổ Phong`.
    pub name: Option<String>,
    /// Blank or unreadable; absent when simply stated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// Whether the name was mended.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// The level at which an organ stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Trung ương.
    Central,
    /// Tỉnh, thành phố trực thuộc trung ương.
    Province,
    /// Huyện, quận, thị xã, thành phố thuộc tỉnh (until 30 June 2025).
    District,
    /// Xã, phường, thị trấn, đặc khu.
    Commune,
    /// An organ of the Party.
    Party,
    /// None of these: a school, a hospital, an enterprise.
    Other,
}

/// The issuing organ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Issuer {
    /// Its name in full: `Ủy ban nhân dân xã Tân Quang`.
    pub name: String,
    /// The organ above it, where the letterhead states one.
    pub parent: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// One string for one organ, in every document: its name in full and the units above it, in small letters
    /// (`ủy ban nhân dân xã tân quang~văn lâm~hưng yên`, `sở tài chính~hưng yên`, `bộ tài chính`); the name alone where
    /// the lists do not know its unit. `null` where several units could be meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// The administrative unit that it belongs to; absent for a central organ, and where no unit of the lists is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locality: Option<super::Locality>,
    /// Whether it was mended or inferred.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// Where it was read.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The lines, where they stand apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<super::Part>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// The subject of a document (trích yếu).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Title {
    /// All its lines joined by one space, markup removed.
    pub text: String,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The lines, where they stand apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<super::Part>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// One to whom the document is addressed (`Kính gửi:`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Addressee {
    /// The organ or person.
    pub name: String,
    /// Whether the name was mended.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// One who receives the document (`Nơi nhận:`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Recipient {
    /// The organ or person.
    pub name: String,
    /// Why it is sent: `b/c`, `t/h`, `để biết`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// Whether this is the archive line (`Lưu: VT`).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub archive: bool,
    /// Whether the name was mended.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// By what authority a person signs (Nghị định 30/2020/NĐ-CP, Điều 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Authority {
    /// Thay mặt: for a collective.
    TM,
    /// Ký thay: a deputy for the head.
    KT,
    /// Thừa lệnh: by order of the head.
    TL,
    /// Thừa ủy quyền: by written authority.
    TUQ,
    /// Quyền: acting head.
    Q,
}

/// A name inside a fact.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    /// The name, mended where nothing is in doubt.
    pub name: String,
    /// Whether it was mended or inferred.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

/// One who signs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Signatory {
    /// The person.
    pub name: Option<String>,
    /// The office of the person who signs: `PHÓ CHỦ TỊCH`.
    pub position: Option<String>,
    /// By what authority; of a stack of them the one nearest the signer.
    pub authority: Option<Authority>,
    /// Whose signature it stands for, after `KT.`, `TL.`, `TUQ.`: `CHỦ TỊCH`.
    pub acting_for: Option<String>,
    /// The organ after `TM.`: `ỦY BAN NHÂN DÂN`.
    pub on_behalf_of: Option<String>,
    /// Unreadable, where a name is there and cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<State>,
    /// The source text at `span`.
    pub raw: String,
    /// Where the block stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The lines, where they stand apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<super::Part>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// The period that a document reports on or plans for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// Its first day, ISO 8601.
    pub from: Option<String>,
    /// Its last day, ISO 8601.
    pub to: Option<String>,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// How far a document has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Number or day left open, or `DỰ THẢO`.
    Draft,
    /// Numbered and dated.
    Issued,
    /// `SAO Y`, `SAO LỤC`, `TRÍCH SAO`.
    Copy,
}

/// A stamp of secrecy or urgency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// `MẬT`, `TỐI MẬT`, `TUYỆT MẬT`; `KHẨN`, `THƯỢNG KHẨN`, `HỎA TỐC`.
    pub value: String,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}

/// What a paper is to the file that holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PaperKind {
    /// The paper that the file is: the first.
    Main,
    /// A text issued with it, or another paper bound in the same file.
    Attached,
    /// A phụ lục.
    Annex,
    /// A copy block (`SAO Y`).
    Copy,
}

/// One paper of the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Paper {
    /// What it is to the file.
    pub kind: PaperKind,
    /// Its type, if it has one.
    #[serde(rename = "type")]
    pub doc_type: Option<DocumentType>,
    /// Its own number.
    pub number: Option<DocumentNumber>,
    /// Its own date.
    pub date: Option<DateFact>,
    /// Its title.
    pub title: Option<Title>,
    /// Who signs it.
    pub signatories: Vec<Signatory>,
    /// All of it.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}
