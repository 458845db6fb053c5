use super::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What became of a cited document, as far as a catalogue of acts tells: a closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Validity {
    /// Còn hiệu lực.
    InForce,
    /// Hết hiệu lực một phần: some of it was amended by then (Luật Ban hành văn bản quy phạm pháp luật 2015, Điều 154).
    PartlyExpired,
    /// Hết hiệu lực, with no successor that the catalogue names.
    Expired,
    /// Hết hiệu lực, and another act stands in its place.
    Replaced,
    /// Chưa có hiệu lực.
    NotYetInForce,
    /// The number belongs to an act of another name or subject.
    NumberNameDisagree,
    /// The date stated is not the act's.
    DateDisagrees,
    /// The organ stated did not issue the act.
    IssuerDisagrees,
    /// More than one act answers to what is stated.
    Ambiguous,
    /// A central act that no catalogue given holds. It may exist all the same.
    NotInCatalogue,
    /// Not checked, for the reason given.
    Unchecked,
}

impl Validity {
    /// Whether the catalogue told whether the act was in force.
    pub fn is_checked(self) -> bool {
        use Validity::{Expired, InForce, NotYetInForce, PartlyExpired, Replaced};
        matches!(self, InForce | PartlyExpired | Expired | Replaced | NotYetInForce)
    }
}

/// Why a citation was not checked: a closed set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unchecked {
    /// A paper of a local or Party organ, or a letter, which no catalogue given holds.
    NoCatalogue,
    /// The day of the document is not known, and the verdict hangs on it.
    NoDay,
    /// The number lacks its year or its symbol is damaged; `suggestion` names the act that may be meant.
    NumberIncomplete,
    /// The catalogue does not say from when the act was in force.
    NoBegin,
    /// The catalogue does not say whether or when the act ended.
    NoEnd,
    /// The day lies after the day to which the catalogue is known.
    AfterKnowledge,
    /// An archive holds the paper; whether it is in force is not known.
    Held,
}

/// Where the day of judgement is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DayFrom {
    /// The date of the document.
    Document,
    /// What bounds it: the month or year that it names, the latest act that it is based on.
    Bounds,
    /// A day that the user gave.
    Given,
}

/// The day on which the bases are judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AsOf {
    /// The first day that it can be, ISO 8601.
    pub earliest: Option<String>,
    /// The last day that it can be; the same as the first where the day is known.
    pub latest: Option<String>,
    /// Where the day is from.
    pub from: DayFrom,
}

/// A catalogue that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CatalogueUsed {
    /// `trich` for the one that comes with it, else the file's name.
    pub name: String,
    /// A short hash of its content.
    pub version: String,
    /// How many acts it holds.
    pub acts: usize,
    /// The day to which it is known, ISO 8601; the earliest where its parts differ. `null` where it does not say.
    pub known: Option<String>,
}

/// An act as a catalogue knows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ActFound {
    /// Its number and symbol; `null` for a constitution.
    pub number: Option<String>,
    /// Its kind: `Nghị định`.
    pub kind: Option<String>,
    /// Its name or subject.
    pub name: Option<String>,
    /// The organ that issued it.
    pub issuer: Option<String>,
    /// The day of issue, ISO 8601.
    pub issued: Option<String>,
    /// The first day on which it was in force.
    pub from: Option<String>,
    /// The first day on which it was no longer in force.
    pub until: Option<String>,
    /// The act in its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// The acts that had amended it by the day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amended_by: Vec<String>,
}

/// What became of one citation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ResolvedCitation {
    /// Index into `citations`.
    pub citation: usize,
    /// Where it stands.
    pub span: Span,
    /// The verdict.
    pub status: Validity,
    /// Why it was not checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Unchecked>,
    /// The catalogue that answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The act that was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<ActFound>,
    /// The number or name that may be meant, where the one stated is incomplete or near to an act's. Never taken silently.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

/// What catalogues of acts say of the citations of a document. It stands beside what was read, never over it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Resolved {
    /// The catalogues that were asked, in that order.
    pub catalogues: Vec<CatalogueUsed>,
    /// The day on which the acts are judged; `null` where nothing bounds it.
    pub as_of: Option<AsOf>,
    /// How many bases there are.
    pub bases: usize,
    /// How many of them were checked.
    pub checked: usize,
    /// One for each citation, in their order.
    pub citations: Vec<ResolvedCitation>,
}
