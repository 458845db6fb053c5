use super::{Certainty, Span};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// An exact decimal number; written as a JSON number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(pub rust_decimal::Decimal);

impl Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = self.0.normalize();
        match i64::try_from(value) {
            Ok(whole) if value.scale() == 0 => serializer.serialize_i64(whole),
            // Up to 15 significant digits the shortest form of the nearest double is the decimal itself.
            _ => serializer.serialize_f64(value.to_string().parse().unwrap_or(f64::MAX)),
        }
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        let text = number.to_string();
        let value =
            rust_decimal::Decimal::from_str_exact(&text).or_else(|_| rust_decimal::Decimal::from_scientific(&text));
        value.map(Decimal).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Decimal {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Decimal".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "number" })
    }
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FindingKind {
    /// A number of things.
    Count,
    /// A percentage.
    Percent,
    /// A part of a whole: `7/8 thôn`.
    Ratio,
    /// Money.
    Money,
    /// Area.
    Area,
    /// Length.
    Length,
    /// Mass.
    Mass,
    /// Volume.
    Volume,
    /// A span of time, a term or deadline too.
    Duration,
    /// Points of a score.
    Score,
}

/// Whether the quantity was reached, is aimed at, or must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It was so.
    Result,
    /// It is to be so.
    Target,
    /// It must be so.
    Rule,
}

/// How the number bounds the quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Qualifier {
    /// gần, khoảng.
    Approx,
    /// trên, ít nhất, tối thiểu, trở lên.
    AtLeast,
    /// dưới, không quá, tối đa.
    AtMost,
}

/// Whether the quantity is a change, and which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// tăng.
    Up,
    /// giảm.
    Down,
}

/// A quantity that the text states of the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// What is measured.
    pub kind: FindingKind,
    /// The number, with scale words applied; of a ratio the first part.
    pub value: Decimal,
    /// The second part of a ratio: 22 in `12/22 người`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Decimal>,
    /// `%`, `VND`, `ha`, or the counted noun phrase as written.
    pub unit: Option<String>,
    /// What the quantity is of, so that the row makes sense without the text.
    pub label: Option<String>,
    /// What one of the quantity is for: `hồ sơ` in `40.000 đồng/hồ sơ`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// Result, target or rule.
    pub status: Option<Status>,
    /// The day at which it was so, when the clause says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The period in which it was so, when the clause says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// Approximate, lower or upper bound.
    pub qualifier: Option<Qualifier>,
    /// Whether it is stated as a change.
    pub change: Option<Change>,
    /// Index into `sections` of the section that it stands in.
    pub section: Option<usize>,
    /// Whether the number was mended.
    #[serde(default, skip_serializing_if = "Certainty::is_stated")]
    pub certainty: Certainty,
    /// The source text at `span`.
    pub raw: String,
    /// Number, scale word and unit.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that read it.
    pub rule: Cow<'static, str>,
}
