use super::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An administrative unit (đơn vị hành chính).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AdminUnit {
    /// Its code in the national list: two digits for a province, three for a district, five for a commune.
    pub code: String,
    /// Kind and name: `xã Tân Quang`.
    pub name: String,
}

/// A unit of today, with its province.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitToday {
    /// Its code.
    pub code: String,
    /// Kind and name: `xã Như Quỳnh`.
    pub name: String,
    /// The province above it; absent for a province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub province: Option<AdminUnit>,
}

/// What a unit was found from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FoundFrom {
    /// The lines that name the issuer.
    Issuer,
    /// The organ above the issuer.
    Parent,
    /// The place-and-date line.
    Place,
    /// An entry of `Kính gửi:`.
    Addressee,
    /// An entry of `Nơi nhận:`.
    Recipient,
    /// The subject.
    Title,
    /// The issuer of a cited document.
    Citation,
    /// Words of the text that name the unit, or the one above it.
    Body,
    /// Words of the text that name another commune of the same district (from July 2025: of the same province).
    Neighbour,
}

/// One place in the document that speaks for a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitEvidence {
    /// What it is.
    pub what: FoundFrom,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
}

/// One of several units that the issuer's could be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LocalityCandidate {
    /// The province.
    pub province: Option<AdminUnit>,
    /// The district (until 30 June 2025).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<AdminUnit>,
    /// The commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commune: Option<AdminUnit>,
    /// What speaks for this one and not for the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found_from: Vec<UnitEvidence>,
}

/// The unit that the issuer belongs to, as it was on the document's date.
///
/// An organ below or beside (sở, phòng, trường, Đảng ủy, Mặt trận, hội) has the unit that it hangs under; a central organ
/// has none. Where the document does not decide between units of one name, `candidates` lists them, and none is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Locality {
    /// The province; with candidates, the one that all of them share.
    pub province: Option<AdminUnit>,
    /// The district (until 30 June 2025).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<AdminUnit>,
    /// The commune.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commune: Option<AdminUnit>,
    /// What the unit is part of now: itself, the one that it went into, or all that its land was divided among; for a
    /// district, which is no more, the province. Empty where the list does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub today: Vec<UnitToday>,
    /// What it was found from: the words that name it, and those that tell it from others of its name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub found_from: Vec<UnitEvidence>,
    /// The units that it could be, where the document does not decide.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<LocalityCandidate>,
}
