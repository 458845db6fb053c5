//! The key by which citations find a document.

use crate::record::{Document, Level};

/// The key of a document itself, as a citation of it has it; nothing where number, year or issuer is not known.
pub(super) fn key(document: &Document) -> Option<String> {
    let number = document.number.as_ref()?;
    let canonical = number.canonical.as_deref().filter(|_| number.symbol.is_some())?.to_lowercase();
    let issuer = document.issuer.as_ref()?;
    let central = issuer.level == Some(Level::Central);
    if central && number.year.is_some() {
        return Some(canonical);
    }
    let dated = document.date.as_ref().and_then(|date| date.value.as_deref()?.get(..4)?.parse().ok());
    let year: i16 = number.year.or(dated)?;
    Some(if central { format!("{canonical}@{year}") } else { format!("{canonical}@{year}~{}", issuer.key.as_deref()?) })
}
