//! The unit that the issuer belongs to: named by letterhead, place or signature, told from others of its name by what
//! else the document names.
//!
//! 3,489 of the 10,047 communes before July 2025 share a name with another. A commune is taken where the document names
//! its district, failing that its province, failing that two of its neighbours; or where it is the only one of its kind
//! and name and nothing in the document speaks against it. Otherwise all that it could be are listed.

use super::{
    issuer::FoundIssuer,
    mention::{Mention, means, mentions, of_era},
};
use crate::{
    place::{Era, Unit, named, spelled},
    recognise::{
        Reading,
        citation::FoundCitation,
        own::{FoundAddressee, FoundDate, FoundPlace, FoundText},
        recipient::FoundRecipient,
    },
    record::{FoundFrom, Level},
    text::{Span, skeleton},
};

/// How much of the text behind the head is searched, in bytes, when head and tail do not decide.
const REACH: usize = 8_000;

/// How many neighbours must be named before they decide.
const NEIGHBOURS: usize = 2;

/// How many are kept.
const MOST_NEIGHBOURS: usize = 3;

/// One place that speaks for a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// What it is.
    pub what: FoundFrom,
    /// Where it stands.
    pub span: Span,
}

/// The issuer's unit, or all that it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundLocality {
    /// The unit, where one is chosen: then the only candidate.
    pub unit: Option<Unit>,
    /// Every unit that it could be, with what speaks for it.
    pub candidates: Vec<(Unit, Vec<Evidence>)>,
    /// What names the unit.
    pub named_by: Evidence,
    /// The side of 1 July 2025 on which the document stands.
    pub era: Era,
}

/// What a document's unit is read from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// Who issues it.
    pub issuer: &'a FoundIssuer,
    /// The place line.
    pub place: Option<&'a FoundPlace>,
    /// The date line.
    pub date: Option<&'a FoundDate>,
    /// The subject.
    pub title: Option<&'a FoundText>,
    /// `Kính gửi:`.
    pub addressees: &'a [FoundAddressee],
    /// `Nơi nhận:`.
    pub recipients: &'a [FoundRecipient],
    /// What it cites.
    pub citations: &'a [FoundCitation],
    /// The head, from the first line of the paper to the first line behind it.
    pub head: Span,
}

/// A mention with what it stands in.
struct Placed {
    what: FoundFrom,
    mention: Mention,
}

/// The issuer's unit; none for a central organ, or where no unit of the lists is named.
pub fn locality(reading: &Reading<'_>, from: &Sources<'_>) -> Option<FoundLocality> {
    if from.issuer.level == Some(Level::Central) {
        return None;
    }
    let (own, what, span) = own_name(reading, from)?;
    let mut placed = around(reading, from);
    let era = era(from, placed.iter().map(|p| &p.mention));
    let named_by = Evidence { what, span };
    let all = of_era(&own.units, era);
    let of_kind: Vec<Unit> = all.iter().copied().filter(|unit| own.kinds.contains(&unit.kind())).collect();
    let mut decided = decide(&all, &of_kind, &placed, span);
    if decided.0.is_none() {
        let body = from.head.end;
        let end = (body + REACH).min(reading.text.len());
        let end = (0..=end).rev().find(|at| reading.text.is_char_boundary(*at)).unwrap_or(body);
        let said = mentions(reading.text, Span::new(body.min(end), end));
        placed.extend(said.into_iter().map(|mention| Placed { what: FoundFrom::Body, mention }));
        decided = decide(&all, &of_kind, &placed, span);
    }
    let (unit, candidates) = decided;
    Some(FoundLocality { unit, candidates, named_by, era })
}

/// The name of the issuer's own unit, and where it stands.
fn own_name(reading: &Reading<'_>, from: &Sources<'_>) -> Option<(Mention, FoundFrom, Span)> {
    let last = |name: &str| mentions(name, Span::new(0, name.len())).pop();
    let hull = from.issuer.parts.iter().copied().reduce(Span::hull)?;
    if let Some(mention) = last(&from.issuer.name) {
        return Some((mention, FoundFrom::Issuer, hull));
    }
    if let Some(mention) = from.issuer.parent.as_deref().and_then(last) {
        return Some((mention.clone(), FoundFrom::Parent, parent_span(reading, from, &mention).unwrap_or(hull)));
    }
    // An organ whose level is not known may sit anywhere: a ministry's institute is no organ of its city.
    let level = from.issuer.level.filter(|level| !matches!(level, Level::Other | Level::Central))?;
    let place = from.place?;
    let name = place.name.as_deref()?;
    let whole = Span::new(0, name.len());
    let mention = mentions(name, whole).pop().or_else(|| {
        let units = named(&skeleton(name)).filter(|unit| level == Level::Party || unit.level() == level).collect();
        let units: Vec<Unit> = spelled(units, name);
        (!units.is_empty()).then_some(Mention { kinds: &[], units, span: whole, name_at: 0, is_party: false })
    })?;
    Some((mention, FoundFrom::Place, place.span))
}

/// Where the head names the unit of the organ above the issuer.
fn parent_span(reading: &Reading<'_>, from: &Sources<'_>, mention: &Mention) -> Option<Span> {
    let named = mentions(reading.text, from.head);
    named.into_iter().find(|other| other.units.iter().any(|unit| mention.units.contains(unit))).map(|other| other.span)
}

/// Every unit that head, tail and the issuers of citations name.
fn around(reading: &Reading<'_>, from: &Sources<'_>) -> Vec<Placed> {
    let mut placed = Vec::new();
    let mut add = |what: FoundFrom, span: Span| {
        placed.extend(mentions(reading.text, span).into_iter().map(|mention| Placed { what, mention }));
    };
    for part in &from.issuer.parts {
        add(FoundFrom::Issuer, *part);
    }
    for FoundAddressee { span, .. } in from.addressees {
        add(FoundFrom::Addressee, *span);
    }
    for recipient in from.recipients {
        add(FoundFrom::Recipient, recipient.span);
    }
    if let Some(title) = from.title {
        add(FoundFrom::Title, title.span);
    }
    for citation in from.citations {
        if let Some(issuer) = &citation.issuer {
            add(FoundFrom::Citation, issuer.span);
        }
    }
    if let Some(parent) = from.issuer.parent.as_deref()
        && let Some(hull) = from.issuer.parts.iter().copied().reduce(Span::hull)
    {
        let named = mentions(parent, Span::new(0, parent.len()));
        placed.extend(named.into_iter().map(|m| {
            let span = parent_span(reading, from, &m).unwrap_or(hull);
            Placed { what: FoundFrom::Parent, mention: Mention { span, ..m } }
        }));
    }
    if let Some(place) = from.place
        && let Some(name) = place.name.as_deref()
    {
        let units = spelled(named(&skeleton(name)).filter(|unit| unit.level() != Level::Commune).collect(), name);
        if !units.is_empty() {
            let mention = Mention { kinds: &[], units, span: place.span, name_at: place.span.start, is_party: false };
            placed.push(Placed { what: FoundFrom::Place, mention });
        }
    }
    placed
}

/// On which side of 1 July 2025 the document stands: by its date, failing that by the years of what it cites, failing
/// that by whether it names a district.
fn era<'m>(from: &Sources<'_>, mut mentions: impl Iterator<Item = &'m Mention>) -> Era {
    let stated = from.date.and_then(|date| date.value.as_deref());
    let cited = from.citations.iter().filter_map(|citation| citation.date.as_ref()?.value.as_deref()).max();
    match stated.filter(|value| value.len() > 4 || *value != "2025").or(cited.filter(|_| stated.is_none())) {
        Some(value) if value >= "2025-07" => Era::After,
        Some(value) if value < "2025" || value.len() > 4 => Era::Before,
        _ if mentions.any(|mention| means(mention.kinds, Level::District)) => Era::Before,
        _ => Era::After,
    }
}

/// Chooses among units of one name.
fn decide(all: &[Unit], of_kind: &[Unit], placed: &[Placed], own: Span) -> (Option<Unit>, Vec<(Unit, Vec<Evidence>)>) {
    let mut supported: Vec<(Unit, Support)> = all.iter().map(|unit| (*unit, support(*unit, placed, own))).collect();
    let any = |supported: &[(Unit, Support)], has: fn(&Support) -> bool| supported.iter().any(|(_, s)| has(s));
    let mut proven = false;
    for has in [
        (|s: &Support| s.district.is_some()) as fn(&Support) -> bool,
        |s| s.province.is_some(),
        |s| s.neighbours.len() >= NEIGHBOURS,
    ] {
        if any(&supported, has) {
            supported.retain(|(_, s)| has(s));
            proven = true;
        }
    }
    if supported.len() > 1 && !of_kind.is_empty() {
        supported.retain(|(unit, _)| of_kind.contains(unit));
    }
    let unit = match supported.as_slice() {
        [(unit, _)] if proven || !contradicted(*unit, placed) => Some(*unit),
        _ => None,
    };
    (unit, supported.into_iter().map(|(unit, support)| (unit, support.evidence())).collect())
}

/// What speaks for one unit.
struct Support {
    district: Option<Evidence>,
    province: Option<Evidence>,
    neighbours: Vec<Evidence>,
}

impl Support {
    fn evidence(self) -> Vec<Evidence> {
        let above: Vec<Evidence> = self.district.into_iter().chain(self.province).collect();
        if above.is_empty() { self.neighbours } else { above }
    }
}

fn support(unit: Unit, placed: &[Placed], own: Span) -> Support {
    let above = |level: Level| {
        let wanted = unit.at_level(level).filter(|above| *above != unit)?;
        let found = placed.iter().filter(|p| p.mention.units.contains(&wanted));
        found.min_by_key(|p| p.what).map(|p| Evidence { what: p.what, span: p.mention.span })
    };
    let mut neighbours: Vec<Evidence> = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for Placed { mention, .. } in placed.iter().filter(|p| p.mention.span != own) {
        let beside =
            |other: &&Unit| other.name() != unit.name() && other.level() == Level::Commune && is_beside(unit, **other);
        if neighbours.len() == MOST_NEIGHBOURS {
            break;
        }
        if let Some(other) = mention.units.iter().find(beside)
            && !names.contains(&other.name())
        {
            names.push(other.name());
            neighbours.push(Evidence { what: FoundFrom::Neighbour, span: mention.span });
        }
    }
    Support { district: above(Level::District), province: above(Level::Province), neighbours }
}

/// Whether a commune lies in the same district; or, from July 2025 on, in the same province.
fn is_beside(unit: Unit, other: Unit) -> bool {
    match unit.at_level(Level::District) {
        Some(district) => other.at_level(Level::District) == Some(district),
        None => other.era() == unit.era() && other.at_level(Level::Province) == unit.at_level(Level::Province),
    }
}

/// Whether head, tail or citations name districts or provinces, and none that is above the unit. A unit of its own name
/// (the city that a ward was made of) says nothing, nor does a district after there were any.
fn contradicted(unit: Unit, placed: &[Placed]) -> bool {
    let is_above = |mention: &Mention| mention.units.iter().any(|named| unit.chain().any(|own| own == *named));
    let above = |p: &&Placed| {
        p.what != FoundFrom::Body
            && p.mention.units.iter().any(|named| named.depth() < unit.depth())
            && !p.mention.units.iter().any(|named| named.name() == unit.name())
            && (unit.era() == Era::Before || p.mention.units.iter().any(|named| named.depth() != 1))
    };
    placed.iter().any(|p| above(&p)) && !placed.iter().filter(above).any(|p| is_above(&p.mention))
}
