//! T231 to T239: what catalogues of acts say of the citations. Reported only where they were asked.

use super::{Language, Report};
use crate::{
    record::{Diagnostic, Record, Relation, Resolved, ResolvedCitation, Role, Validity},
    rules::Rules,
};

/// The diagnostics of a resolution, in the order of their places.
pub(crate) fn diagnostics(record: &Record, resolved: &Resolved, rules: &Rules, language: Language) -> Vec<Diagnostic> {
    let mut report = Report::new(rules, language);
    for one in &resolved.citations {
        let Some(citation) = record.citations.get(one.citation) else { continue };
        let basis = citation.role == Role::Basis;
        let act = one.act.as_ref();
        let known = |value: Option<&String>| value.cloned().unwrap_or_else(|| "?".to_owned());
        let number = act.map(|act| known(act.number.as_ref().or(act.name.as_ref()))).unwrap_or_default();
        let code = match one.status {
            Validity::Expired | Validity::Replaced if basis => "T231",
            Validity::Expired | Validity::Replaced => "T232",
            // An amending act is named with the act that it amends, whose text is in force without it.
            Validity::NotYetInForce if citation.relation == Some(Relation::AmendedBy) => continue,
            Validity::NotYetInForce => "T233",
            Validity::NumberNameDisagree => "T234",
            Validity::DateDisagrees => "T235",
            Validity::IssuerDisagrees => "T236",
            Validity::Unchecked if one.suggestion.is_some() => "T237",
            _ => continue,
        };
        let (said, suggestion) = told(code, one, &citation.raw, &number);
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        report.add_with(code, Some(citation.span), &said, &[], suggestion.as_deref());
    }
    report.in_order()
}

/// What fills a message, and what the citation should be.
fn told(code: &str, one: &ResolvedCitation, raw: &str, number: &str) -> (Vec<String>, Option<String>) {
    let known = |value: Option<&String>| value.cloned().unwrap_or_else(|| "?".to_owned());
    let act = one.act.clone().unwrap_or_default();
    let raw = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    match code {
        "T231" | "T232" => (vec![raw, known(act.until.as_ref()), known(act.replaced_by.as_ref())], None),
        "T233" => (vec![raw, known(act.from.as_ref().or(act.issued.as_ref()))], None),
        "T234" => (vec![raw, number.to_owned(), known(act.name.as_ref())], None),
        "T235" => (vec![raw, number.to_owned(), known(act.issued.as_ref())], act.issued),
        "T236" => (vec![raw, known(act.issuer.as_ref())], act.issuer),
        _ => (vec![raw, known(one.suggestion.as_ref())], one.suggestion.clone()),
    }
}
