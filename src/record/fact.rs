use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place in the decoded source text, `[start, end)`, in the unit that `source.offsets` names (code points by default).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first unit.
    pub start: usize,
    /// One past the last unit.
    pub end: usize,
}

impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.start, self.end).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (start, end) = <(usize, usize)>::deserialize(deserializer)?;
        Ok(Span { start, end })
    }
}

impl JsonSchema for Span {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let unit = generator.subschema_for::<usize>();
        schemars::json_schema!({
            "description": "`[start, end)` in the decoded source text, in the unit that `source.offsets` names.",
            "type": "array", "items": unit, "minItems": 2, "maxItems": 2,
        })
    }
}

/// One piece of a fact whose words stand apart, as in interleaved columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Where the piece stands.
    pub span: Span,
    /// The source text there.
    pub raw: String,
}

/// How sure a value is. Omitted on the wire when it is simply stated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// The document states it as it stands in the value.
    #[default]
    Stated,
    /// The form was mended: an OCR slip, spacing, a missing dash.
    Repaired,
    /// Read from elsewhere in the document, as the issuer from the signature block.
    Inferred,
}

impl Certainty {
    /// Whether this is [`Certainty::Stated`], which is not written.
    pub fn is_stated(&self) -> bool {
        *self == Certainty::Stated
    }
}

/// What became of a number, date, place or name that is not simply stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Left open by the author: `Số:    /BC-UBND`.
    Blank,
    /// There, but no longer legible.
    Unreadable,
}
