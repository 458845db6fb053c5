//! What a citation is to the document: role, relation, and the key that joins it with others.

use crate::text::letter;
use crate::{
    grammar::pinpoint,
    layout::Zone,
    place::Era,
    recognise::{Reading, citation::FoundCitation},
    record::{Level, Relation, Role},
    resolve::identity::{Own, committee_key, organ_key, symbol_key},
    rules::{Family, RawAlias, Rules},
    text::skeleton,
};

/// Ground or mention: a ground stands between the title and the first heading of the first paper.
pub fn role(reading: &Reading<'_>, citation: &FoundCitation) -> Role {
    let at = citation.span.start;
    let first = reading.layout.papers.first().map_or(0, |paper| {
        paper.lines.end.checked_sub(1).and_then(|line| reading.layout.lines.get(line)).map_or(0, |line| line.full.end)
    });
    if at <= first && reading.layout.zone_at(at) == Zone::Grounds { Role::Basis } else { Role::Mention }
}

/// What the words before a citation say of it; for a ground, the words that open it.
pub fn relation(reading: &Reading<'_>, citation: &FoundCitation, role: Role) -> Option<Relation> {
    let tables = reading.rules.tables();
    let text = reading.text;
    // `bãi bỏ khoản 2 Điều 5 Quyết định số …`: the pinpoints stand between.
    let begin = pinpoint::from(text, citation.span.start).map_or(citation.span.start, |(begin, _)| begin);
    let head = text[..begin].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | ','));
    if let Some((_, relation)) = tables.relations.ending_at(text, head.len()) {
        return Some(relation);
    }
    if role != Role::Basis {
        return None;
    }
    // The opener of the clause: back to the last `;`, full stop or line start that opens a ground.
    let from = floor(text, citation.span.start.saturating_sub(700));
    let window = &text[from..citation.span.start];
    let mut starts: Vec<usize> = vec![0];
    starts.extend(window.match_indices([';', '\n', '.']).map(|(i, m)| i + m.len()));
    starts.into_iter().rev().find_map(|start| {
        let rest = &window[start..];
        let skipped = rest.find(letter::is_alphanumeric)?;
        tables.relations.at(text, from + start + skipped).map(|(_, relation)| relation)
    })
}

/// One string for one document in the world, or nothing where year or issuer cannot be known.
pub fn key(reading: &Reading<'_>, citation: &FoundCitation, own: &Own<'_>) -> Option<String> {
    let tables = reading.rules.tables();
    let kind = citation.kind.map(|k| &tables.types[k]);
    if let Some(number) = &citation.number {
        let serial = number.serial.as_deref()?;
        let symbol = number.symbol.as_deref()?;
        let year = number.year.map_or(String::new(), |y| format!("/{y}"));
        let dash = if number.dashed { '-' } else { '/' };
        let canonical = format!("{serial}{year}{dash}{symbol}").to_lowercase();
        let central = is_central(reading.rules, symbol);
        if central && number.year.is_some() {
            return Some(canonical);
        }
        let year = citation.year?;
        if central {
            return Some(format!("{canonical}@{year}"));
        }
        let issuer = match &citation.issuer {
            Some(_) => cited_organ(reading, citation, own)?,
            // A normative act is cited across levels; without an issuer it may be anyone's.
            None if number.year.is_none() => symbol_key(reading, symbol, own)?,
            None => return None,
        };
        return Some(format!("{canonical}@{year}~{issuer}"));
    }
    let name = citation.name.as_deref().filter(|_| kind.is_some_and(|k| k.family == Family::Act))?;
    Some(format!("{}@{}", act_name(reading, name).to_lowercase(), citation.year?))
}

/// Whether the symbol of a number names a central organ (`NĐ-CP`, `QĐ-TTg`), so that its key needs no issuer.
pub fn is_central(rules: &Rules, symbol: &str) -> bool {
    let tables = rules.tables();
    let organ = symbol.split(['-', '/', ' ']).rev().find_map(|group| {
        let head = group.trim_end_matches(|c: char| c.is_ascii_digit());
        tables.organ_symbols.get(group).or_else(|| tables.organ_symbols.get(head))
    });
    organ.is_some_and(|organ| tables.organs[*organ].level == Some(Level::Central))
}

/// The name of an act as the list has it, where `name` is one of the list or short for it.
pub fn act_name<'n>(reading: &Reading<'n>, name: &'n str) -> &'n str {
    let tables = reading.rules.tables();
    let known = tables.act_symbols.get(name).copied().or_else(|| tables.act_names.get(name));
    known.map_or(name, |known| tables.acts[known].name.as_str())
}

/// The key of the organ that is stated with a citation.
pub fn cited_organ(reading: &Reading<'_>, citation: &FoundCitation, own: &Own<'_>) -> Option<String> {
    let issuer = citation.issuer.as_ref()?;
    let date = citation.date.as_ref().and_then(|date| date.value.as_deref());
    let era = date.map(|date| if date >= "2025-07" { Era::After } else { Era::Before });
    let symbol = citation.number.as_ref().and_then(|number| number.symbol.as_deref());
    symbol
        .and_then(|symbol| committee_key(reading, symbol, &issuer.name, era, own))
        .or_else(|| organ_key(reading, &issuer.name, era, own))
}

/// What a short name that everybody uses stands for (`Đề án 06`): the number and year of the act. A document of that name
/// that has a symbol, a date or an issuer of its own is another.
pub fn alias<'r>(reading: &Reading<'r>, citation: &FoundCitation) -> Option<&'r RawAlias> {
    let number = citation.number.as_ref()?;
    if number.symbol.is_some() || citation.date.is_some() {
        return None;
    }
    let central = |name: &str| skeleton(name).contains("chinh phu");
    if citation.issuer.as_ref().is_some_and(|issuer| !central(&issuer.name)) {
        return None;
    }
    let kind = &reading.rules.tables().types[citation.kind?];
    reading.rules.alias(&format!("{} {}", kind.name, number.serial.as_deref()?))
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
