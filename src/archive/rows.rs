//! The rows of one document on their way into their tables.

use super::{
    bulk,
    facts::{Citation, Diagnostic, Finding, Section},
    shared::{CITATION_FORMS, DIAGNOSTIC_FORMS, FINDING_FORMS, SECTION_FORMS, Shared},
};
use crate::record;
use rusqlite::{Connection, params};
use serde::Serialize;

/// Where the rows go: the database, the number of the document, the rows that others point to.
pub(super) struct Rows<'d> {
    pub(super) db: &'d Connection,
    pub(super) id: i64,
    pub(super) shared: &'d mut Shared,
}

impl<'d> Rows<'d> {
    fn table(&self, sql: &str) -> rusqlite::Result<rusqlite::CachedStatement<'d>> {
        self.db.prepare_cached(sql)
    }

    /// A paper that stands alone in its file is the document itself, and gets no row.
    pub(super) fn papers(&self, papers: &[record::Paper]) -> rusqlite::Result<()> {
        if papers.len() < 2 {
            return Ok(());
        }
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

    pub(super) fn sections(&mut self, sections: &[Section]) -> rusqlite::Result<()> {
        let (id, db, shared) = (self.id, self.db, &mut *self.shared);
        bulk::insert(db, "sections", 12, sections, |at, section, row| {
            let form = shared.form(db, &SECTION_FORMS, &section.form)?;
            row.put(id)?;
            row.put(at)?;
            row.put(form)?;
            row.put(section.parent)?;
            row.put(section.start)?;
            row.put(section.length)?;
            row.put(section.extent)?;
            row.put(section.marker.length)?;
            row.put(section.title.from)?;
            row.put(section.title.length)?;
            row.put(&section.marker.given)?;
            row.put(&section.title.given)
        })
    }

    pub(super) fn citations(&mut self, citations: &[Citation]) -> rusqlite::Result<()> {
        let (id, db, shared) = (self.id, self.db, &mut *self.shared);
        bulk::insert(db, "citations", 11, citations, |at, citation, row| {
            let form = shared.form(db, &CITATION_FORMS, &citation.form)?;
            let act = shared.act(db, &citation.act, citation.act_identity)?;
            row.put(id)?;
            row.put(at)?;
            row.put(form)?;
            row.put(act)?;
            row.put(citation.section)?;
            row.put(citation.start)?;
            row.put(citation.length)?;
            row.put(citation.subject.from)?;
            row.put(citation.subject.length)?;
            row.put(&citation.subject.given)?;
            row.put(&citation.pinpoints)
        })
    }

    pub(super) fn findings(&mut self, findings: &[Finding]) -> rusqlite::Result<()> {
        let (id, db, shared) = (self.id, self.db, &mut *self.shared);
        bulk::insert(db, "findings", 11, findings, |at, finding, row| {
            let form = shared.form(db, &FINDING_FORMS, &finding.form)?;
            row.put(id)?;
            row.put(at)?;
            row.put(form)?;
            row.put(&finding.value)?;
            row.put(finding.start)?;
            row.put(finding.length)?;
            row.put(finding.section)?;
            row.put(finding.label.from)?;
            row.put(finding.label.length)?;
            row.put(&finding.label.given)?;
            row.put(&finding.of)
        })
    }

    pub(super) fn signatories(&self, signatories: &[record::Signatory]) -> rusqlite::Result<()> {
        let id = self.id;
        bulk::insert(self.db, "signatories", 10, signatories, |at, signatory, row| {
            row.put(id)?;
            row.put(at)?;
            row.put(&signatory.name)?;
            row.put(&signatory.position)?;
            row.put(signatory.authority.and_then(word))?;
            row.put(&signatory.acting_for)?;
            row.put(&signatory.on_behalf_of)?;
            row.put(signatory.span.start)?;
            row.put(signatory.span.end - signatory.span.start)?;
            row.put(&signatory.rule)
        })
    }

    pub(super) fn recipients(&self, document: &record::Document) -> rusqlite::Result<()> {
        let id = self.id;
        let addressees = document.addressees.iter().map(|a| (true, &a.name, None, false, a.span, &a.rule));
        let recipients =
            document.recipients.iter().map(|r| (false, &r.name, r.purpose.as_ref(), r.archive, r.span, &r.rule));
        let all: Vec<_> = addressees.chain(recipients).collect();
        bulk::insert(self.db, "recipients", 9, &all, |at, (addressed, name, purpose, archive, span, rule), row| {
            row.put(id)?;
            row.put(at)?;
            row.put(addressed)?;
            row.put(name)?;
            row.put(purpose)?;
            row.put(archive)?;
            row.put(span.start)?;
            row.put(span.end - span.start)?;
            row.put(rule)
        })
    }

    pub(super) fn diagnostics(&mut self, diagnostics: &[Diagnostic]) -> rusqlite::Result<()> {
        let (id, db, shared) = (self.id, self.db, &mut *self.shared);
        bulk::insert(db, "diagnostics", 6, diagnostics, |at, diagnostic, row| {
            let form = shared.form(db, &DIAGNOSTIC_FORMS, &diagnostic.form)?;
            let (start, length) = diagnostic.place.unzip();
            row.put(id)?;
            row.put(at)?;
            row.put(form)?;
            row.put(start)?;
            row.put(length)?;
            row.put(&diagnostic.suggestion)
        })
    }
}

/// A value of a closed set as the record writes it.
pub(super) fn word(value: impl Serialize) -> Option<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Some(word),
        _ => None,
    }
}
