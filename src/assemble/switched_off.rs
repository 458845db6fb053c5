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
    record.citations.retain(|fact| on(&fact.rule));
    record.findings.retain(|fact| on(&fact.rule));
    record.tables.retain(|fact| on(&fact.rule));
    record.custom.retain(|fact| on(&fact.rule));
}
