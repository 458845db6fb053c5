//! What a citation is to the document: role, relation, and the key that joins it with others.

use crate::text::letter;
use crate::{
    grammar::symbol::push_year,
    layout::Zone,
    place::Era,
    recognise::{Reading, citation::FoundCitation},
    record::{Level, Relation, Role},
    resolve::identity::{Own, committee, committee_key, organ_key, symbol_key},
    rules::{Family, RawAlias, Rules},
    text::skeleton,
};
use rustc_hash::FxHashMap;
use std::{cell::RefCell, mem::Discriminant};

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
    let head = text[..citation.begin].trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | ','));
    if let Some((_, relation)) = tables.relations.ending_at(text, head.len()) {
        return Some(relation);
    }
    if role != Role::Basis {
        return None;
    }
    // The opener of the clause: back to the last `;`, full stop or line start that opens a ground.
    let from = text.floor_char_boundary(citation.span.start.saturating_sub(700));
    let window = &text[from..citation.span.start];
    let marks = memchr::memrchr3_iter(b';', b'\n', b'.', window.as_bytes()).map(|mark| mark + 1);
    let mut asked = usize::MAX;
    marks.chain([0]).find_map(|start| {
        let at = from + start + window[start..].find(letter::is_alphanumeric)?;
        // Behind several marks in a row stands one word.
        if std::mem::replace(&mut asked, at) == at {
            return None;
        }
        tables.relations.at(text, at).map(|(_, relation)| relation)
    })
}

/// One string for one document in the world, or nothing where year or issuer cannot be known.
pub fn key<'c>(reading: &Reading<'_>, citation: &'c FoundCitation, organs: &Organs<'c, '_>) -> Option<String> {
    let tables = reading.rules.tables();
    let kind = citation.kind.map(|k| &tables.types[k]);
    if let Some(number) = &citation.number {
        let serial = number.serial.as_deref()?;
        let symbol = number.symbol.as_deref()?;
        let mut key = String::with_capacity(serial.len() + symbol.len() + "/2020-@2020".len());
        push_lower(&mut key, serial);
        if let Some(year) = number.year {
            key.push('/');
            push_year(&mut key, year);
        }
        key.push(if number.dashed { '-' } else { '/' });
        push_lower(&mut key, symbol);
        let central = is_central(reading.rules, symbol);
        if central && number.year.is_some() {
            return Some(key);
        }
        key.push('@');
        push_year(&mut key, citation.year?);
        if central {
            return Some(key);
        }
        let issuer = match &citation.issuer {
            Some(_) => organs.stated_with(reading, citation)?,
            // A normative act is cited across levels; without an issuer it may be anyone's.
            None if number.year.is_none() => organs.of_symbol(reading, symbol)?,
            None => return None,
        };
        key.push('~');
        key.push_str(&issuer);
        return Some(key);
    }
    let name = citation.name.as_deref().filter(|_| kind.is_some_and(|k| k.family == Family::Act))?;
    let year = citation.year?;
    let name = act_name(reading, name);
    let mut key = String::with_capacity(name.len() + "@2020".len());
    push_lower(&mut key, name);
    key.push('@');
    push_year(&mut key, year);
    Some(key)
}

/// Appends a text in small letters.
pub(super) fn push_lower(out: &mut String, text: &str) {
    for c in text.chars() {
        match letter::to_lower(c) {
            Some(small) => out.push(small),
            None => out.extend(c.to_lowercase()),
        }
    }
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
    known.map_or(name, |known| tables.acts[known].name.as_ref())
}

/// What tells which organ is stated with a citation.
type Stated<'c> = (&'c str, Option<bool>, Option<Discriminant<Level>>);

/// The keys of the organs of the citations of one document, each found once.
#[derive(Debug)]
pub struct Organs<'c, 'o> {
    own: &'o Own<'o>,
    /// By what they are found: their name, the side of July 2025, and the level of the Party committee of their symbol.
    stated: RefCell<FxHashMap<Stated<'c>, Option<String>>>,
    symbols: RefCell<FxHashMap<&'c str, Option<String>>>,
}

impl<'c, 'o> Organs<'c, 'o> {
    /// None found yet, seen from the document's own issuer.
    pub fn new(own: &'o Own<'o>) -> Self {
        Organs { own, stated: RefCell::default(), symbols: RefCell::default() }
    }

    /// The key of the organ that is stated with a citation.
    pub fn stated_with(&self, reading: &Reading<'_>, citation: &'c FoundCitation) -> Option<String> {
        let issuer = citation.issuer.as_ref()?;
        let date = citation.date.as_ref().and_then(|date| date.value.as_deref());
        let after = date.map(|date| date >= "2025-07");
        let symbol = citation.number.as_ref().and_then(|number| number.symbol.as_deref());
        let level = symbol.and_then(|symbol| committee(reading, symbol));
        let said = (issuer.name.as_str(), after, level.as_ref().map(std::mem::discriminant));
        let found = self.stated.borrow().get(&said).cloned();
        found.unwrap_or_else(|| {
            let era = after.map(|after| if after { Era::After } else { Era::Before });
            let key = level
                .and_then(|level| committee_key(reading, level, &issuer.name, era, self.own))
                .or_else(|| organ_key(reading, &issuer.name, era, self.own));
            self.stated.borrow_mut().insert(said, key.clone());
            key
        })
    }

    /// The key of the organ that a number's symbol names, where none is stated with it.
    fn of_symbol(&self, reading: &Reading<'_>, symbol: &'c str) -> Option<String> {
        let found = self.symbols.borrow().get(symbol).cloned();
        found.unwrap_or_else(|| {
            let key = symbol_key(reading, symbol, self.own);
            self.symbols.borrow_mut().insert(symbol, key.clone());
            key
        })
    }
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
