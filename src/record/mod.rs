//! The record: what `trich` says about one document, as it goes over the wire.
//!
//! Field names are the wire format. Anything may be added; nothing is renamed or changes its meaning without a new
//! [`SCHEMA_VERSION`]. A fact that a document does not state is `null` or absent from its list.

mod citation;
mod document;
mod fact;
mod finding;
mod json;
mod locality;
mod resolved;
mod review;
mod section;
mod source;
mod table;

pub use citation::{Alias, AmendedIn, Citation, Pinpoint, Reference, ReferenceForm, Relation, Role};
pub use document::{
    Addressee, Authority, DateFact, Document, DocumentNumber, DocumentType, Issuer, Level, Mark, Name, Paper,
    PaperKind, Period, Place, Precision, Recipient, Signatory, Stage, Title,
};
pub use fact::{Certainty, Part, Span, State};
pub use finding::{Change, Decimal, Finding, FindingKind, Qualifier, Status};
pub use locality::{AdminUnit, FoundFrom, Locality, LocalityCandidate, UnitEvidence, UnitToday};
pub use resolved::{ActFound, AsOf, CatalogueUsed, DayFrom, Resolved, ResolvedCitation, Unchecked, Validity};
pub use review::{HeaderField, Reason, Review};
pub use section::{Section, SectionKind, Topic};
pub use source::{Diagnostic, Offsets, Severity, Source};
pub use table::{Cell, Table};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The version of the wire format: the first field of every record.
pub const SCHEMA_VERSION: &str = "1";

/// Everything that was read in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Always [`SCHEMA_VERSION`].
    pub schema_version: String,
    /// Where the text came from and how it was read.
    pub source: Source,
    /// What the document says of itself.
    pub document: Document,
    /// The papers in the file, in reading order; `document` describes the first.
    pub papers: Vec<Paper>,
    /// Every other document or act that it names, in reading order.
    pub citations: Vec<Citation>,
    /// Documents that it refers to without number or name, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub references: Vec<Reference>,
    /// Its headings, in reading order.
    pub sections: Vec<Section>,
    /// Its numeric findings, in reading order.
    pub findings: Vec<Finding>,
    /// Its tables, cell by cell.
    pub tables: Vec<Table>,
    /// What a reviewer should look at.
    pub diagnostics: Vec<Diagnostic>,
    /// Why a person should look at the header before it is relied on: empty where every field of it is clean.
    #[serde(default)]
    pub needs_review: Vec<Review>,
    /// What catalogues of acts say of the citations, where they were asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Resolved>,
    /// Facts of a user's own rules.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub custom: Vec<Custom>,
}

impl Record {
    /// How much speaks against relying on the header unseen: the sum of the weights of [`Record::needs_review`], 0 where
    /// nothing does.
    pub fn doubt(&self) -> u32 {
        self.needs_review.iter().map(|review| review.reason.weight()).sum()
    }
}

/// A fact that a user's own rule (`--rules DIR`) found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Custom {
    /// The kind that the rule gives to its facts.
    pub kind: String,
    /// What the rule's named slots held.
    pub fields: std::collections::BTreeMap<String, String>,
    /// The source text at `span`.
    pub raw: String,
    /// Where it stands.
    pub span: Span,
    /// The page that it begins on, from 1, where the format has pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The rule that found it.
    pub rule: Cow<'static, str>,
}
