//! Gold files: what a careful reader finds in one document, as JSON.

use crate::record::{FindingKind, Role, Span, State};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

/// What a careful reader finds in one document.
#[derive(Clone, Debug, Deserialize)]
pub struct Gold {
    /// A name for the document; the command takes the file's own where there is none.
    #[serde(default)]
    pub id: String,
    /// The document, relative to the gold file.
    pub text: String,
    /// What it says of itself.
    pub document: GoldDocument,
    /// The documents that it names, in reading order.
    #[serde(default, deserialize_with = "list")]
    pub citations: Vec<GoldCitation>,
    /// Its headings, in reading order.
    #[serde(default, deserialize_with = "list")]
    pub sections: Vec<GoldSection>,
    /// Its numeric findings outside tables, in reading order.
    #[serde(default, deserialize_with = "list")]
    pub findings: Vec<GoldFinding>,
    /// Its tables: what is found in them counts neither for nor against.
    #[serde(default, deserialize_with = "list")]
    pub tables: Vec<GoldTable>,
}

impl Gold {
    /// Reads a gold file.
    ///
    /// # Errors
    /// When it is no JSON or no gold file; the error says where and what is wrong.
    pub fn parse(json: &str) -> Result<Gold, serde_json::Error> {
        serde_json::from_str(json.strip_prefix('\u{feff}').unwrap_or(json))
    }
}

/// What a document says of itself. Absent is the same as `null`: the document does not say it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldDocument {
    /// The kind of document: `{"code": "BC"}`.
    #[serde(rename = "type")]
    pub kind: Option<GoldFact>,
    /// Its own number.
    pub number: Option<GoldNumber>,
    /// The day of issue: `{"value": "2023-11"}`.
    pub date: Option<GoldFact>,
    /// The place of issue: `{"name": …}`.
    pub place: Option<GoldFact>,
    /// The issuing organ: `{"name": …}`.
    pub issuer: Option<GoldFact>,
    /// The subject: `{"text": …}`.
    pub title: Option<GoldFact>,
    /// The entries of `Kính gửi:`.
    #[serde(deserialize_with = "list")]
    pub addressees: Vec<GoldName>,
    /// The entries of `Nơi nhận:`.
    #[serde(deserialize_with = "list")]
    pub recipients: Vec<GoldName>,
    /// Who signs.
    #[serde(deserialize_with = "list")]
    pub signatories: Vec<GoldSignatory>,
}

/// One stated fact: an object, or its value alone.
#[derive(Clone, Debug, Default)]
pub struct GoldFact {
    /// The value: `code` of a type, `value` of a date, `name` of a place or organ, `text` of a title.
    pub value: Option<String>,
    /// Other values that are right as well.
    pub also: Vec<String>,
    /// The words of the text.
    pub quote: Option<String>,
    /// The words just before the quote.
    pub before: Option<String>,
    /// Where the quote stands.
    pub span: Option<Span>,
}

impl<'de> Deserialize<'de> for GoldFact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Whole {
            code: Option<String>,
            value: Option<String>,
            name: Option<String>,
            text: Option<String>,
            #[serde(default, deserialize_with = "list")]
            also: Vec<String>,
            quote: Option<String>,
            before: Option<String>,
            span: Option<Span>,
        }
        match Value::deserialize(deserializer)? {
            Value::String(value) => Ok(GoldFact { value: Some(value), ..GoldFact::default() }),
            other => {
                let whole: Whole = serde_json::from_value(other).map_err(D::Error::custom)?;
                let value = whole.code.or(whole.value).or(whole.text).or(whole.name);
                let Whole { also, quote, before, span, .. } = whole;
                Ok(GoldFact { value, also, quote, before, span })
            }
        }
    }
}

/// The document's own number.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldNumber {
    /// The running number; `null` when it is blank.
    #[serde(deserialize_with = "scalar")]
    pub serial: Option<String>,
    /// The year inside the number.
    #[serde(deserialize_with = "scalar")]
    pub year: Option<String>,
    /// What follows.
    pub symbol: Option<String>,
    /// Left open by the author.
    pub blank: bool,
    /// There, but not legible.
    pub unreadable: bool,
    /// `blank` or `unreadable`, said as a record says it.
    pub state: Option<State>,
    /// The words of the text.
    pub quote: Option<String>,
    /// The words just before the quote.
    pub before: Option<String>,
    /// Where the quote stands.
    pub span: Option<Span>,
}

impl GoldNumber {
    /// Blank or unreadable, however the file says it.
    pub fn state(&self) -> Option<State> {
        let flagged = if self.blank { Some(State::Blank) } else { self.unreadable.then_some(State::Unreadable) };
        self.state.or(flagged)
    }
}

/// One who is addressed, or receives the document: an object, or a name alone.
#[derive(Clone, Debug, Default)]
pub struct GoldName {
    /// The organ or person.
    pub name: Option<String>,
    /// Whether this is the archive line, which is not scored.
    pub archive: bool,
    /// Whether two careful readers could differ on it.
    pub optional: bool,
}

impl<'de> Deserialize<'de> for GoldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Whole {
            name: Option<String>,
            #[serde(default)]
            archive: bool,
            #[serde(default)]
            optional: bool,
        }
        match Value::deserialize(deserializer)? {
            Value::String(name) => Ok(GoldName { name: Some(name), ..GoldName::default() }),
            other => {
                let Whole { name, archive, optional } = serde_json::from_value(other).map_err(D::Error::custom)?;
                Ok(GoldName { name, archive, optional })
            }
        }
    }
}

/// One who signs.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct GoldSignatory {
    /// The person.
    pub name: Option<String>,
    /// The office of the person.
    pub position: Option<String>,
    /// `TM`, `KT`, `TL`, `TUQ` or `Q`.
    pub authority: Option<String>,
    /// Whether the text no longer gives it with certainty: the block is then not scored.
    pub optional: bool,
}

/// A document that the document names.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldCitation {
    /// The words of the text.
    pub quote: String,
    /// The words just before the quote.
    pub before: Option<String>,
    /// Where the quote stands.
    pub span: Option<Span>,
    /// The code of its type.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its number, spacing and dashes mended.
    #[serde(default, deserialize_with = "scalar")]
    pub number: Option<String>,
    /// The name of an act that is cited by name.
    pub name: Option<String>,
    /// The year of an act that is cited by name.
    #[serde(default, deserialize_with = "scalar")]
    pub year: Option<String>,
    /// Its date, as far as it is stated.
    pub date: Option<String>,
    /// Its issuer, where one is stated.
    pub issuer: Option<String>,
    /// Ground or mention.
    pub role: Option<Role>,
    /// Whether two careful readers could differ on it.
    #[serde(default)]
    pub optional: bool,
}

/// A heading.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldSection {
    /// Its first line, from the marker on.
    pub quote: String,
    /// The words just before the quote.
    pub before: Option<String>,
    /// Where the quote stands.
    pub span: Option<Span>,
    /// Its marker, mended.
    pub marker: Option<String>,
    /// Its marker as written, where that is not how the quote begins.
    pub written: Option<String>,
    /// 1 for the outermost headings.
    pub level: Option<usize>,
    /// Its title.
    pub title: Option<String>,
    /// Whether it runs on as prose; its title is then not scored.
    #[serde(default)]
    pub run_in: bool,
    /// Whether two careful readers could differ on it.
    #[serde(default)]
    pub optional: bool,
}

/// A numeric finding.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldFinding {
    /// The words of the text: number, scale word and unit.
    pub quote: String,
    /// The words just before the quote.
    pub before: Option<String>,
    /// Where the quote stands.
    pub span: Option<Span>,
    /// What is measured.
    pub kind: FindingKind,
    /// The number.
    pub value: Option<f64>,
    /// The second part of a ratio.
    pub of: Option<f64>,
    /// Its unit; `Some(None)` states that it has none, `None` leaves the unit unscored.
    #[serde(default, deserialize_with = "stated")]
    pub unit: Option<Option<String>>,
    /// Whether two careful readers could differ on it.
    #[serde(default)]
    pub optional: bool,
}

/// Where a table stands.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldTable {
    /// Its first words.
    pub quote_start: String,
    /// Its last words.
    pub quote_end: String,
    /// All of it.
    pub span: Option<Span>,
}

/// A list; `null` is an empty one.
fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A text that may be written as a number: `"year": 2021`.
fn scalar<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        Value::Number(number) => Ok(Some(number.to_string())),
        other => Err(D::Error::custom(format!("expected a text or a number, not `{other}`"))),
    }
}

/// A value that is there, even as `null`.
fn stated<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_say_the_same() {
        let gold = Gold::parse(
            r#"{"text": "a.txt", "document": {"type": "KH", "place": {"name": null}, "recipients": ["Đảng ủy", {"name": "VT",
            "archive": true}], "signatories": null, "number": {"serial": 5, "year": "2021", "blank": false}},
            "findings": [{"quote": "5", "kind": "count", "value": 5, "unit": null}, {"quote": "6", "kind": "count", "value": 6}]}"#,
        )
        .unwrap();
        assert_eq!(gold.document.kind.unwrap().value.as_deref(), Some("KH"));
        assert_eq!(gold.document.place.unwrap().value, None);
        assert!(gold.document.recipients[1].archive && gold.document.signatories.is_empty());
        assert_eq!(gold.document.number.unwrap().serial.as_deref(), Some("5"));
        assert_eq!((&gold.findings[0].unit, &gold.findings[1].unit), (&Some(None), &None));
    }

    #[test]
    fn a_slip_is_named() {
        let wrong = |json: &str| Gold::parse(json).unwrap_err().to_string();
        assert!(wrong(r#"{"document": {}}"#).contains("missing field `text`"));
        let kind = wrong(r#"{"text": "a", "document": {}, "findings": [{"quote": "5", "kind": "counts"}]}"#);
        assert!(kind.contains("unknown variant `counts`") && kind.contains("line 1"), "{kind}");
    }
}
