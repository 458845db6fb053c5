//! One string for one organ: its name in full, folded, with the units above it.
//!
//! `ủy ban nhân dân xã tân quang~văn lâm~hưng yên`: the name in small letters with its unit as the lists spell it, then
//! the district and the province, without their kinds, each behind `~`. An organ whose name holds no unit has its own
//! unit first: `sở tài chính~hưng yên`, `trường tiểu học an bình~văn lâm~hưng yên`. A central organ is its name alone.
//! A unit that the lists do not know leaves the name alone; where several units could be meant there is no key.

use super::{
    issuer::FoundIssuer,
    locality::FoundLocality,
    mention::{Mention, mentions, of_era},
};
use crate::text::letter;
use crate::{
    place::{Era, Unit, UnitKind},
    recognise::Reading,
    record::Level,
    text::{Span, is_skeleton, lower_eq, skeleton},
};

/// Who the document's own issuer is.
#[derive(Clone, Copy, Debug)]
pub struct Own<'a> {
    /// The issuer.
    pub issuer: Option<&'a FoundIssuer>,
    /// Its unit.
    pub locality: Option<&'a FoundLocality>,
}

impl Own<'_> {
    fn unit(&self) -> Option<Unit> {
        self.locality?.unit
    }

    /// The key of the document's issuer.
    pub fn key(&self, reading: &Reading<'_>) -> Option<String> {
        let issuer = self.issuer?;
        let Expanded { name, organ } = expanded(reading, &issuer.name);
        match self.locality {
            Some(locality) => {
                let own = locality.unit?;
                let unit = mentions(&name, Span::new(0, name.len())).pop();
                Some(composed(reading, &Shaped { name, organ, unit }, own))
            }
            None => Some(folded(&name)),
        }
    }
}

/// An organ that the text names, as far as it is known which it is.
enum Named {
    /// One whose name is all.
    Alone(String),
    /// One of a unit.
    Of(Shaped, Unit),
}

/// The name of an organ, and what the lists know of it.
struct Shaped {
    name: String,
    /// Its head.
    organ: Option<usize>,
    /// The last unit that it names.
    unit: Option<Mention>,
}

/// The key of an organ that the text names: in full, by its kind alone (`UBND xã`, `Huyện ủy`: the document's own), or
/// without a unit where its level says whose it is (`Sở Nội vụ`: the province's).
pub fn organ_key(reading: &Reading<'_>, name: &str, era: Option<Era>, own: &Own<'_>) -> Option<String> {
    match organ(reading, name, era, own)? {
        Named::Alone(name) => Some(folded(&name)),
        Named::Of(name, unit) => Some(composed(reading, &name, unit)),
    }
}

/// The key of the Party committee of a level whose symbol a number bears: its bureau and its standing members number
/// with it.
pub fn committee_key(
    reading: &Reading<'_>,
    level: Level,
    name: &str,
    era: Option<Era>,
    own: &Own<'_>,
) -> Option<String> {
    match organ(reading, name, era, own)? {
        Named::Of(_, unit) if unit.level() == level => Some(composed(reading, &committee_of(reading, unit), unit)),
        _ => None,
    }
}

/// What the committee of a unit is called.
fn committee_of(reading: &Reading<'_>, unit: Unit) -> Shaped {
    let name = match unit.kind() {
        UnitKind::Province => "Tỉnh ủy",
        UnitKind::CentralCity | UnitKind::City => "Thành ủy",
        UnitKind::District => "Huyện ủy",
        UnitKind::UrbanDistrict => "Quận ủy",
        UnitKind::Town => "Thị ủy",
        UnitKind::Township | UnitKind::Ward | UnitKind::Commune | UnitKind::SpecialZone => "Đảng ủy",
    };
    let organ = reading.rules.tables().organ_words.at(name, 0).map(|(_, organ)| organ);
    Shaped { name: name.to_owned(), organ, unit: mentions(name, Span::new(0, name.len())).pop() }
}

/// The level of the Party committee that a symbol names.
pub fn committee(reading: &Reading<'_>, symbol: &str) -> Option<Level> {
    let tables = reading.rules.tables();
    let organ = symbol.split(['-', '/', ' ']).rev().find_map(|group| tables.organ_symbols.get(group))?;
    const COMMITTEES: [(&str, Level); 5] = [
        ("dang uy", Level::Commune),
        ("huyen uy", Level::District),
        ("thi uy", Level::District),
        ("quan uy", Level::District),
        ("tinh uy", Level::Province),
    ];
    let name = &tables.organs[*organ].name;
    COMMITTEES.into_iter().find(|(known, _)| is_skeleton(name, known)).map(|(_, level)| level)
}

fn organ(reading: &Reading<'_>, name: &str, era: Option<Era>, own: &Own<'_>) -> Option<Named> {
    let tables = reading.rules.tables();
    let Expanded { name, organ: head } = expanded(reading, name);
    let organ = head.map(|organ| &tables.organs[organ]);
    if organ.is_some_and(|organ| organ.level == Some(Level::Central)) {
        return Some(Named::Alone(name));
    }
    if let Some(mention) = mentions(&name, Span::new(0, name.len())).pop() {
        return match meant(&mention, &name, era, own) {
            Meant::One(unit) => Some(Named::Of(Shaped { name, organ: head, unit: Some(mention) }, unit)),
            Meant::Many => None,
        };
    }
    let level = bare_level(&name, own).or_else(|| match organ {
        // Words behind it say whose it is, and are not understood.
        Some(organ) if organ.joins => own.unit().filter(|_| skeleton(&organ.name) == skeleton(&name)).map(Unit::level),
        Some(organ) => organ.level.filter(|level| matches!(level, Level::Province | Level::District | Level::Commune)),
        None => None,
    });
    if let Some(level) = level {
        if let Some(unit) = own.unit().and_then(|unit| unit.at_level(level)) {
            return Some(Named::Of(Shaped { name, organ: head, unit: None }, unit));
        }
        let issuer = own.issuer?;
        let is_own = own.locality.is_none() && skeleton(&issuer.name).starts_with(&skeleton(&name));
        return is_own.then(|| Named::Alone(issuer.name.clone()));
    }
    let is_whole = organ.is_none_or(|organ| !organ.joins && organ.level.is_some_and(|level| level != Level::Other));
    is_whole.then_some(Named::Alone(name))
}

/// The key of the organ that a number's symbol names, where none is stated with it: the document's own kind of organ is
/// the document's own, and a Party committee is that of its level.
pub fn symbol_key(reading: &Reading<'_>, symbol: &str, own: &Own<'_>) -> Option<String> {
    let tables = reading.rules.tables();
    let organ = symbol.split(['-', '/', ' ']).rev().find_map(|group| tables.organ_symbols.get(group))?;
    if skeleton(&own.issuer?.name).starts_with(&skeleton(&tables.organs[*organ].name)) {
        return own.key(reading);
    }
    let level = committee(reading, symbol)?;
    own.unit().and_then(|unit| unit.at_level(level)).map(|unit| composed(reading, &committee_of(reading, unit), unit))
}

/// Which unit a name means, seen from the document.
enum Meant {
    One(Unit),
    Many,
}

fn meant(mention: &Mention, name: &str, era: Option<Era>, own: &Own<'_>) -> Meant {
    let said = &name[mention.name_at..mention.span.end];
    let chain = own.unit().into_iter().flat_map(Unit::chain);
    if let Some(unit) = chain.into_iter().find(|unit| mention.units.contains(unit) && lower_eq(unit.name(), said)) {
        return Meant::One(unit);
    }
    let era = era.or(own.locality.map(|locality| locality.era)).unwrap_or(Era::Before);
    let mut units = of_era(&mention.units, era);
    if let Some(province) = own.unit().and_then(|unit| unit.at_level(Level::Province)) {
        let near: Vec<Unit> = units.iter().copied().filter(|unit| today(*unit) == today(province)).collect();
        if !near.is_empty() {
            units = near;
        }
    }
    let of_kind: Vec<Unit> = units.iter().copied().filter(|unit| mention.kinds.contains(&unit.kind())).collect();
    match if of_kind.is_empty() { units } else { of_kind }.as_slice() {
        [unit] => Meant::One(*unit),
        _ => Meant::Many,
    }
}

/// The province of today that a unit lies in.
fn today(unit: Unit) -> Option<Unit> {
    unit.at_level(Level::Province)?.today().first().copied()
}

/// The level of a name that ends in a kind of unit without a name: `UBND xã`, `Ban Thường vụ Huyện ủy`.
fn bare_level(name: &str, own: &Own<'_>) -> Option<Level> {
    const ENDS: [(&str, Level); 14] = [
        ("thị xã", Level::District),
        ("xã", Level::Commune),
        ("phường", Level::Commune),
        ("thị trấn", Level::Commune),
        ("đặc khu", Level::Commune),
        ("đảng ủy", Level::Commune),
        ("huyện", Level::District),
        ("quận", Level::District),
        ("huyện ủy", Level::District),
        ("thị ủy", Level::District),
        ("quận ủy", Level::District),
        ("tỉnh", Level::Province),
        ("tỉnh ủy", Level::Province),
        ("thành phố", Level::Province),
    ];
    let lower = name.to_lowercase();
    let (_, level) = ENDS
        .into_iter()
        .find(|(end, _)| lower.strip_suffix(end).is_some_and(|head| head.is_empty() || head.ends_with(' ')))?;
    let city = own.unit().and_then(|unit| unit.at_level(Level::District));
    let is_city = lower.ends_with("thành phố") && city.is_some_and(|unit| unit.kind() == UnitKind::City);
    Some(if is_city { Level::District } else { level })
}

/// A name with its organ written out and without the office of its head: `Chủ tịch UBND xã` → `Ủy ban nhân dân xã`. A
/// number is one of the organ's, whoever signs.
fn expanded(reading: &Reading<'_>, name: &str) -> Expanded {
    let tables = reading.rules.tables();
    let first = tables.organ_words.at(name, 0);
    // Where the organ's name begins behind the office.
    let at = match first {
        Some(_) => 0,
        None => {
            tables.positions.at(name, 0).map_or(0, |(end, _)| end + name[end..].len() - name[end..].trim_start().len())
        }
    };
    match first.or_else(|| if at > 0 { tables.organ_words.at(name, at) } else { None }) {
        Some((end, organ)) => {
            let full = tables.organs[organ].name.as_ref();
            if tables.organs[organ].runs_on || name[at..end] == *full {
                return Expanded { name: name[at..].to_owned(), organ: Some(organ) };
            }
            let name = format!("{full}{}", &name[end..]);
            let organ = tables.organ_words.at(&name, 0).map(|(_, organ)| organ);
            Expanded { name, organ }
        }
        None => Expanded { name: name.to_owned(), organ: None },
    }
}

/// A name written out, and the organ that it opens with.
struct Expanded {
    name: String,
    organ: Option<usize>,
}

/// A name with its unit as the list spells it, and the units above. An organ with a name of its own has its unit behind
/// it, wherever the text names it: `Sở Nội vụ tỉnh Hưng Yên`, `Sở Nội vụ`.
fn composed(reading: &Reading<'_>, organ: &Shaped, unit: Unit) -> String {
    let name = organ.name.as_str();
    let joins = organ.organ.is_some_and(|organ| reading.rules.tables().organs[organ].joins);
    let own = organ.unit.as_ref().filter(|mention| mention.units.iter().any(|u| u.level() == unit.level()));
    let (mut key, above) = match own {
        Some(mention) if !joins && !mention.is_party => {
            let cut = format!("{}{}", name[..mention.span.start].trim_end(), &name[mention.span.end..]);
            (cut, Some(unit))
        }
        Some(mention) => {
            let kind =
                if mention.is_party { name[mention.span.start..mention.name_at].trim() } else { unit.kind().word() };
            (
                format!("{}{kind} {}{}", &name[..mention.span.start], unit.name(), &name[mention.span.end..]),
                unit.parent(),
            )
        }
        None => match bare(name, unit) {
            Some(head) => (format!("{head} {}", unit.name()), unit.parent()),
            None => (strip_name(name, unit).to_owned(), Some(unit)),
        },
    };
    for unit in above.into_iter().flat_map(Unit::chain) {
        key.push('~');
        key.push_str(unit.name());
    }
    folded(&key)
}

/// A name that wants only the name of its unit: it ends in a kind, or it is a committee of one.
fn bare(name: &str, unit: Unit) -> Option<String> {
    let lower = name.to_lowercase();
    let ends = |end: &str| lower.strip_suffix(end).is_some_and(|head| head.is_empty() || head.ends_with(' '));
    if ["tỉnh ủy", "thành ủy", "huyện ủy", "quận ủy", "thị ủy"].into_iter().any(ends) {
        return Some(name.to_owned());
    }
    let kinds = ["thị xã", "thị trấn", "thành phố", "đặc khu", "xã", "phường", "huyện", "quận", "tỉnh"];
    if let Some(kind) = kinds.into_iter().find(|kind| ends(kind)) {
        let head = lower.strip_suffix(kind)?;
        return Some(format!("{head}{}", unit.kind().word()));
    }
    let joins = ["đảng ủy", "ủy ban nhân dân", "hội đồng nhân dân", "mặt trận tổ quốc việt nam"];
    joins.into_iter().any(ends).then(|| format!("{name} {}", unit.kind().word()))
}

/// A name without its unit's at the end: `Sở Tài chính Hưng Yên`.
fn strip_name(name: &str, unit: Unit) -> &str {
    let at = name.len().saturating_sub(unit.name().len());
    let ends = name.is_char_boundary(at) && lower_eq(&name[at..], unit.name()) && name[..at].ends_with(' ');
    if ends && at > 1 { name[..at].trim_end() } else { name }
}

/// In small letters, spaces single, no marks at either end.
fn folded(name: &str) -> String {
    let bare = name.trim_matches(|c: char| !letter::is_alphanumeric(c) && c != ')');
    let mut out = String::with_capacity(bare.len());
    let mut gap = false;
    for c in bare.chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) && !out.is_empty() {
            out.push(' ');
        }
        match letter::to_lower(c) {
            Some(small) => out.push(small),
            None => out.extend(c.to_lowercase()),
        }
    }
    out
}
