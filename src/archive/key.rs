//! The key by which citations find a document.

use crate::{record::Document, resolve::citation::is_central, rules::Rules};

/// The key of a document itself, as a citation of it has it; nothing where number, year or issuer is not known.
pub(super) fn key(document: &Document, rules: &Rules) -> Option<String> {
    let number = document.number.as_ref()?;
    let canonical = number.canonical.as_deref()?.to_lowercase();
    let central = is_central(rules, number.symbol.as_deref()?);
    if central && number.year.is_some() {
        return Some(canonical);
    }
    let dated = document.date.as_ref().and_then(|date| date.value.as_deref()?.get(..4)?.parse().ok());
    let year: i16 = number.year.or(dated)?;
    if central {
        return Some(format!("{canonical}@{year}"));
    }
    Some(format!("{canonical}@{year}~{}", document.issuer.as_ref()?.key.as_deref()?))
}
