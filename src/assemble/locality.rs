//! The issuer's unit, found and put together.

use super::{convert::Converter, document::FoundPaper};
use crate::{
    place::Unit,
    recognise::{Reading, citation::FoundCitation},
    record::{AdminUnit, Level, Locality, LocalityCandidate, UnitEvidence, UnitToday},
    resolve::locality::{Evidence, FoundLocality, Sources, locality},
    text::Span,
};

/// The unit of a paper's issuer.
pub(super) fn of(reading: &Reading<'_>, paper: &FoundPaper, citations: &[FoundCitation]) -> Option<FoundLocality> {
    let sources = Sources {
        issuer: paper.issuer.as_ref()?,
        place: paper.place.as_ref(),
        date: paper.date.as_ref(),
        title: paper.title.as_ref(),
        addressees: &paper.addressees,
        recipients: &paper.recipients,
        citations,
        head: Span::new(paper.span.start.min(paper.body), paper.body),
    };
    locality(reading, &sources)
}

/// Code and name of a unit.
fn named(unit: Unit) -> AdminUnit {
    AdminUnit { code: unit.code(), name: unit.full_name() }
}

/// The unit of a level in a unit's chain.
fn at(unit: Unit, level: Level) -> Option<AdminUnit> {
    unit.at_level(level).map(named)
}

impl Converter<'_, '_> {
    /// The record's `issuer.locality`.
    pub(super) fn locality(&self, found: &FoundLocality) -> Locality {
        let shared = |level: Level| {
            let mut units = found.candidates.iter().map(|(unit, _)| unit.at_level(level));
            let first = units.next().flatten()?;
            units.all(|unit| unit == Some(first)).then(|| named(first))
        };
        let named_by = self.evidence(&found.named_by);
        match found.unit {
            Some(unit) => {
                let speaks = found.candidates.iter().flat_map(|(_, evidence)| evidence);
                let mut found_from = vec![named_by];
                found_from.extend(speaks.filter(|e| e.span != found.named_by.span).map(|e| self.evidence(e)));
                Locality {
                    province: at(unit, Level::Province),
                    district: at(unit, Level::District),
                    commune: at(unit, Level::Commune),
                    today: unit.today().into_iter().map(today).collect(),
                    found_from,
                    candidates: Vec::new(),
                }
            }
            None => Locality {
                province: shared(Level::Province),
                district: shared(Level::District),
                commune: None,
                today: Vec::new(),
                found_from: vec![named_by],
                candidates: found
                    .candidates
                    .iter()
                    .map(|(unit, evidence)| LocalityCandidate {
                        province: at(*unit, Level::Province),
                        district: at(*unit, Level::District),
                        commune: at(*unit, Level::Commune),
                        found_from: evidence.iter().map(|e| self.evidence(e)).collect(),
                    })
                    .collect(),
            },
        }
    }

    fn evidence(&self, evidence: &Evidence) -> UnitEvidence {
        let (raw, span, _) = self.place(evidence.span);
        UnitEvidence { what: evidence.what, raw, span }
    }
}

fn today(unit: Unit) -> UnitToday {
    UnitToday { code: unit.code(), name: unit.full_name(), province: unit.parent().map(named) }
}
