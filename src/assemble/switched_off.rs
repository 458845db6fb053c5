//! Facts of rules that a user has switched off: they are read, since others may lean on them, and not written.

use crate::{record::Record, rules::Rules};

/// Drops every fact whose rule is disabled.
pub(super) fn drop(record: &mut Record, rules: &Rules) {
    let on = |rule: &str| rules.is_enabled(rule);
    let document = &mut record.document;
    document.kind.take_if(|fact| !on(&fact.rule));
    document.number.take_if(|fact| !on(&fact.rule));
    document.date.take_if(|fact| !on(&fact.rule));
    document.place.take_if(|fact| !on(&fact.rule));
    document.issuer.take_if(|fact| !on(&fact.rule));
    document.title.take_if(|fact| !on(&fact.rule));
    document.period.take_if(|fact| !on(&fact.rule));
    document.security.take_if(|fact| !on(&fact.rule));
    document.urgency.take_if(|fact| !on(&fact.rule));
    document.addressees.retain(|fact| on(&fact.rule));
    document.recipients.retain(|fact| on(&fact.rule));
    document.signatories.retain(|fact| on(&fact.rule));
    drop_citations(record, &on);
    record.findings.retain(|fact| on(&fact.rule));
    record.tables.retain(|fact| on(&fact.rule));
    record.custom.retain(|fact| on(&fact.rule));
}

/// Drops citations and references; what pointed to a dropped citation points nowhere, what stands behind it moves up.
fn drop_citations(record: &mut Record, on: &impl Fn(&str) -> bool) {
    let mut kept = 0;
    let moved: Vec<Option<usize>> = record
        .citations
        .iter()
        .map(|citation| {
            on(&citation.rule).then(|| {
                kept += 1;
                kept - 1
            })
        })
        .collect();
    let follow = |at: Option<usize>| at.and_then(|at| moved.get(at).copied().flatten());
    record.citations.retain(|fact| on(&fact.rule));
    for citation in &mut record.citations {
        citation.refers_to = follow(citation.refers_to);
        citation.amended = follow(citation.amended);
        citation.alias.take_if(|alias| !on(&alias.rule));
        citation.amended_in.retain(|year| on(&year.rule));
    }
    record.references.retain(|fact| on(&fact.rule));
    for reference in &mut record.references {
        reference.citation = follow(reference.citation);
    }
}
