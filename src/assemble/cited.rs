//! A citation, put together.

use super::convert::{Converter, section_of};
use crate::{
    recognise::{Reading, citation::FoundCitation, own::FoundNumber, section::FoundSection},
    record::{Certainty, Citation, DocumentType, Name},
    resolve::{
        citation::{alias, key, relation, role},
        identity::Own,
    },
};

impl Converter<'_, '_> {
    /// One of the record's `citations`.
    pub(super) fn citation(
        &self,
        reading: &Reading<'_>,
        found: &FoundCitation,
        sections: &[FoundSection],
        own: &Own<'_>,
    ) -> Citation {
        let tables = reading.rules.tables();
        let role = role(reading, found);
        let alias = alias(reading, found);
        let number = found.number.as_ref().map(|n| FoundNumber {
            serial: n.serial.clone(),
            year: n.year,
            symbol: n.symbol.clone(),
            dashed: n.dashed,
            state: None,
            certainty: if n.repaired { Certainty::Repaired } else { Certainty::Stated },
            span: n.span,
            rule: found.rule,
        });
        Citation {
            doc_type: found.kind.map(|kind| DocumentType {
                code: tables.types[kind].code.clone(),
                name: tables.types[kind].name.clone(),
                certainty: if found.kind_span.is_some() { Certainty::Stated } else { Certainty::Inferred },
                raw: found.kind_span.map(|span| self.raw(span)),
                span: found.kind_span.map(|span| self.span(span)),
                rule: tables.types[kind].rule.clone(),
            }),
            number: number.as_ref().map(|n| self.number(reading, n)),
            name: found.name.clone(),
            year: found.year,
            date: found.date.as_ref().map(|d| self.date(d)),
            issuer: found.issuer.as_ref().map(|i| Name {
                name: i.name.clone(),
                certainty: if i.inferred { Certainty::Inferred } else { Certainty::Stated },
                raw: self.raw(i.span),
                span: self.span(i.span),
            }),
            subject: found.subject.as_ref().map(|s| self.title(s, found.rule)),
            pinpoints: found.pinpoints.clone(),
            role,
            relation: relation(reading, found, role),
            key: alias
                .map(|act| format!("{}@{}", act.number.to_lowercase(), act.year))
                .or_else(|| key(reading, found, own)),
            stands_for: alias.map(|act| act.number.clone()),
            section: section_of(found.span, sections),
            certainty: found.certainty,
            raw: self.raw(found.span),
            span: self.span(found.span),
            rule: found.rule.to_owned(),
        }
    }
}
