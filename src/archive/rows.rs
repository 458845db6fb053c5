//! The facts of a record as rows of their tables.

use super::verbatim::Verbatim;
use crate::record;
use rusqlite::{Connection, params};
use serde::Serialize;
use std::{cell::RefCell, collections::HashMap};

/// The rows of one document on their way into their tables.
pub(super) struct Rows<'d> {
    pub(super) db: &'d Connection,
    pub(super) id: i64,
    pub(super) terms: &'d RefCell<HashMap<String, i64>>,
}

impl Rows<'_> {
    fn table(&self, sql: &str) -> rusqlite::Result<rusqlite::CachedStatement<'_>> {
        self.db.prepare_cached(sql)
    }

    /// The number that stands for a word of a closed set, or for a rule, in this database.
    fn term(&self, name: &str) -> rusqlite::Result<i64> {
        if let Some(id) = self.terms.borrow().get(name) {
            return Ok(*id);
        }
        self.table("INSERT INTO terms (name) VALUES (?1)")?.execute([name])?;
        let id = self.db.last_insert_rowid();
        self.terms.borrow_mut().insert(name.to_owned(), id);
        Ok(id)
    }

    pub(super) fn closed(&self, value: Option<impl Serialize>) -> rusqlite::Result<Option<i64>> {
        value.and_then(word).map(|name| self.term(&name)).transpose()
    }

    pub(super) fn papers(&self, papers: &[record::Paper]) -> rusqlite::Result<()> {
        let mut row = self.table("INSERT INTO papers VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
        for (at, paper) in papers.iter().enumerate() {
            let names: Vec<&str> = paper.signatories.iter().filter_map(|one| one.name.as_deref()).collect();
            row.execute(params![
                self.id,
                at,
                word(paper.kind),
                paper.doc_type.as_ref().map(|kind| &kind.code),
                paper.number.as_ref().and_then(|number| number.canonical.as_ref()),
                paper.date.as_ref().and_then(|date| date.value.as_ref()),
                paper.title.as_ref().map(|title| &title.text),
                (!names.is_empty()).then(|| names.join("; ")),
                paper.span.start,
                paper.span.end - paper.span.start,
            ])?;
        }
        Ok(())
    }

    pub(super) fn sections(&self, sections: &[record::Section], text: &Verbatim<'_>) -> rusqlite::Result<()> {
        let mut row = self
            .table("INSERT INTO sections VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)")?;
        for (at, section) in sections.iter().enumerate() {
            let (start, end) = (section.span.start, section.span.end);
            let marker = text.place(&section.marker, start, end).filter(|place| place.0 == start);
            let title = text.place(&section.title, start, end);
            row.execute(params![
                self.id,
                at,
                section.parent,
                section.level,
                self.closed(Some(section.kind))?,
                marker.is_none().then_some(&section.marker),
                marker.map(|marker| marker.1),
                title.is_none().then_some(&section.title),
                title.map(|title| title.0 - start),
                title.map(|title| title.1),
                self.closed(section.topic)?,
                start,
                end - start,
                section.extent.end.saturating_sub(start),
                self.term(&section.rule)?,
            ])?;
        }
        Ok(())
    }

    pub(super) fn citations(
        &self,
        citations: &[record::Citation],
        acts: &[i64],
        text: &Verbatim<'_>,
    ) -> rusqlite::Result<()> {
        let mut row =
            self.table("INSERT INTO citations VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)")?;
        for (at, (citation, act)) in citations.iter().zip(acts).enumerate() {
            let pinpoints = (!citation.pinpoints.is_empty())
                .then(|| serde_json::to_string(&citation.pinpoints).unwrap_or_default());
            let (start, end) = (citation.span.start, citation.span.end);
            let subject = citation.subject.as_ref();
            let place = subject.and_then(|subject| text.place(&subject.text, subject.span.start, subject.span.end));
            row.execute(params![
                self.id,
                at,
                act,
                subject.filter(|_| place.is_none()).map(|subject| &subject.text),
                place.map(|place| from(place.0, start)),
                place.map(|place| place.1),
                pinpoints,
                self.closed(Some(citation.role))?,
                self.closed(citation.relation)?,
                citation.section,
                start,
                end - start,
                self.term(&citation.rule)?,
            ])?;
        }
        Ok(())
    }

    pub(super) fn findings(&self, findings: &[record::Finding], text: &Verbatim<'_>) -> rusqlite::Result<()> {
        let mut row = self.table(
            "INSERT INTO findings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, \
             ?18, ?19)",
        )?;
        for (at, finding) in findings.iter().enumerate() {
            let (start, end) = (finding.span.start, finding.span.end);
            let unit = finding.unit.as_deref().and_then(|unit| text.place(unit, start, end));
            let label = finding.label.as_deref().and_then(|label| text.place_near(label, start, end));
            row.execute(params![
                self.id,
                at,
                self.closed(Some(finding.kind))?,
                finding.value.0.normalize().to_string(),
                start,
                end - start,
                self.term(&finding.rule)?,
                finding.section,
                unit.map(|unit| unit.0 - start),
                unit.map(|unit| unit.1),
                label.map(|label| from(label.0, start)),
                label.map(|label| label.1),
                self.closed(finding.status)?,
                self.closed(finding.qualifier)?,
                self.closed(finding.change)?,
                finding.of.map(|of| of.0.normalize().to_string()),
                finding.unit.as_ref().filter(|_| unit.is_none()),
                finding.label.as_ref().filter(|_| label.is_none()),
                finding.per,
            ])?;
        }
        Ok(())
    }

    pub(super) fn signatories(&self, signatories: &[record::Signatory]) -> rusqlite::Result<()> {
        let mut row = self.table("INSERT INTO signatories VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
        for (at, signatory) in signatories.iter().enumerate() {
            row.execute(params![
                self.id,
                at,
                signatory.name,
                signatory.position,
                signatory.authority.and_then(word),
                signatory.acting_for,
                signatory.on_behalf_of,
                signatory.span.start,
                signatory.span.end - signatory.span.start,
                self.term(&signatory.rule)?,
            ])?;
        }
        Ok(())
    }

    pub(super) fn recipients(&self, document: &record::Document) -> rusqlite::Result<()> {
        let mut row = self.table("INSERT INTO recipients VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)")?;
        let addressees = document.addressees.iter().map(|a| (true, &a.name, None, false, a.span, &a.rule));
        let recipients =
            document.recipients.iter().map(|r| (false, &r.name, r.purpose.as_ref(), r.archive, r.span, &r.rule));
        for (at, (addressed, name, purpose, archive, span, rule)) in addressees.chain(recipients).enumerate() {
            let (rule, length) = (self.term(rule)?, span.end - span.start);
            row.execute(params![self.id, at, addressed, name, purpose, archive, span.start, length, rule])?;
        }
        Ok(())
    }

    pub(super) fn diagnostics(&self, diagnostics: &[record::Diagnostic]) -> rusqlite::Result<()> {
        let mut row = self.table("INSERT INTO diagnostics VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for (at, diagnostic) in diagnostics.iter().enumerate() {
            row.execute(params![
                self.id,
                at,
                self.term(&diagnostic.code)?,
                self.closed(Some(diagnostic.severity))?,
                diagnostic.span.map(|span| span.start),
                diagnostic.span.map(|span| span.end - span.start),
                diagnostic.suggestion,
            ])?;
        }
        Ok(())
    }
}

/// A place counted from another.
fn from(place: usize, start: usize) -> i64 {
    place as i64 - start as i64
}

/// A value of a closed set as the record writes it.
pub(super) fn word(value: impl Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Some(word),
        _ => None,
    }
}
