//! The kind of a paper: from its type line, or from what its number says of it.

use crate::{
    grammar::symbol,
    layout::Head,
    recognise::{Reading, own::FoundNumber},
    record::Certainty,
    text::Span,
};

/// The kind of a paper as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundKind {
    /// The index in the tables.
    pub kind: usize,
    /// Where it is stated.
    pub span: Option<Span>,
    /// Whether it was inferred.
    pub certainty: Certainty,
}

/// The kind on the type line; failing that the one in the symbol; failing that công văn, for a symbol without a type
/// part or a `V/v` subject.
pub fn kind(reading: &Reading<'_>, head: &Head, number: Option<&FoundNumber>) -> Option<FoundKind> {
    let tables = reading.rules.tables();
    let by_symbol = number.and_then(|n| n.symbol.as_deref()).and_then(|symbol| {
        let kind = symbol::parts(symbol, tables.codes()).kind?;
        tables.codes().kind(&kind)
    });
    if let Some(span) = head.type_line {
        let (_, kind) = tables.type_words.at(&reading.text[..span.end], span.start)?;
        // `THÔNG TƯ` / `liên tịch của …`: the symbol names the narrower kind.
        let narrower =
            by_symbol.filter(|other| tables.types[*other].name.starts_with(&format!("{} ", tables.types[kind].name)));
        return Some(FoundKind { kind: narrower.unwrap_or(kind), span: Some(span), certainty: Certainty::Stated });
    }
    // `26998/CT-TTHT` above `V/v …` is a letter of a tax office (Cục Thuế), no chỉ thị.
    if let Some(kind) = by_symbol.filter(|kind| !(head.is_subject && tables.types[*kind].code == "CT")) {
        return Some(FoundKind { kind, span: None, certainty: Certainty::Inferred });
    }
    let letter = number.is_some_and(|n| n.symbol.is_some()) || head.is_subject;
    let kind = letter.then(|| tables.types.iter().position(|t| t.code == "CV")).flatten()?;
    Some(FoundKind { kind, span: None, certainty: Certainty::Inferred })
}
