//! A citation, put together.

use super::{
    convert::{Converter, section_of},
    document::FoundPaper,
    one_by_one,
};
use crate::{
    recognise::{
        Reading,
        citation::{self, FoundAlias, FoundCitation, FoundReference},
        own::{FoundNumber, clean},
        section::FoundSection,
    },
    record::{Alias, AmendedIn, Certainty, Citation, Name, Reference, Relation, Role},
    resolve::{
        citation::{Organs, alias, key, relation, role},
        identity::Own,
        reference::{PaperAt, Stated, Target, links},
        twin::{self, Twin},
    },
    rules::Rules,
};
use std::borrow::Cow;

/// What is told of a citation by what stands around it and by the others, before it is written.
struct Told {
    role: Role,
    relation: Option<Relation>,
    key: Option<String>,
    stands_for: Option<Cow<'static, str>>,
    refers_to: Option<usize>,
    amended: Option<usize>,
    alias: Option<Box<Alias>>,
}

/// The citations found, with what is told of each.
pub(super) struct ToldCitations {
    found: Vec<FoundCitation>,
    told: Vec<Told>,
}

impl Told {
    fn new<'c>(reading: &Reading<'_>, found: &'c FoundCitation, organs: &Organs<'c, '_>) -> Told {
        let role = role(reading, found);
        let alias = alias(reading, found);
        Told {
            role,
            relation: relation(reading, found, role),
            key: alias
                .map(|act| format!("{}@{}", act.number.to_lowercase(), act.year))
                .or_else(|| key(reading, found, organs)),
            stands_for: alias.map(|act| act.number.clone()),
            refers_to: None,
            amended: None,
            alias: None,
        }
    }
}

impl Converter<'_, '_> {
    /// One of the record's `citations`.
    fn citation(&self, rules: &Rules, found: FoundCitation, told: Told, sections: &[FoundSection]) -> Citation {
        let tables = rules.tables();
        let (raw, span, page) = self.place(found.span);
        let number = found.number.map(|n| FoundNumber {
            serial: n.serial,
            year: n.year,
            symbol: n.symbol,
            dashed: n.dashed,
            state: None,
            certainty: if n.repaired { Certainty::Repaired } else { Certainty::Stated },
            span: n.span,
            rule: found.rule,
        });
        Citation {
            doc_type: found.kind.map(|kind| {
                let stated = if found.kind_span.is_some() { Certainty::Stated } else { Certainty::Inferred };
                self.kind(&tables.types[kind], found.kind_span, stated)
            }),
            number: number.map(|n| self.number(rules, n)),
            name: found.name,
            year: found.year,
            date: found.date.map(|d| self.date(d)),
            issuer: found.issuer.map(|i| {
                let (raw, span, page) = self.place(i.span);
                let certainty = if i.inferred { Certainty::Inferred } else { Certainty::Stated };
                Name { name: i.name, certainty, raw, span, page }
            }),
            subject: found.subject.map(|s| Box::new(self.title(s, found.rule))),
            pinpoints: found.pinpoints,
            alias: told.alias,
            amended_in: found
                .amended_in
                .iter()
                .map(|(year, span)| {
                    let (raw, span, _) = self.place(*span);
                    AmendedIn { year: *year, raw, span, rule: "citation.amended-in".into() }
                })
                .collect(),
            role: told.role,
            relation: told.relation,
            amended: told.amended,
            key: told.key,
            stands_for: told.stands_for,
            refers_to: told.refers_to,
            section: section_of(found.span, sections),
            certainty: found.certainty,
            raw,
            span,
            page,
            rule: found.rule.into(),
        }
    }

    /// The citations found, joined, and the record's `references`.
    pub(super) fn told(
        &self,
        reading: &Reading<'_>,
        found: Vec<FoundCitation>,
        sections: &[FoundSection],
        papers: &[FoundPaper],
        own: &Own<'_>,
    ) -> (ToldCitations, Vec<Reference>) {
        let tables = reading.rules.tables();
        let organs = Organs::new(own);
        let mut told: Vec<Told> = found.iter().map(|citation| Told::new(reading, citation, &organs)).collect();
        let (references, aliases) = citation::references(reading, &found);
        let twins: Vec<Twin<'_>> = found
            .iter()
            .zip(&told)
            .map(|(citation, told)| Twin {
                key: told.key.as_deref(),
                serial: citation.number.as_ref().and_then(|number| number.serial.as_deref()),
                symbol: citation.number.as_ref().and_then(|number| number.symbol.as_deref()),
                code: citation.kind.map(|kind| tables.types[kind].code.as_ref()),
                issued: citation.issuer.is_some(),
                year: citation.year,
            })
            .collect();
        let joined = twin::keys(&twins, |at| organs.stated_with(reading, found.get(at)?));
        // What each says by itself, before it takes anything from another.
        let stated: Vec<Stated<'_>> =
            told.iter().map(|c| Stated { key: c.key.as_deref(), relation: c.relation }).collect();
        let places: Vec<PaperAt> = papers
            .iter()
            .map(|paper| PaperAt { span: paper.span, kind: paper.doc_type.as_ref().map(|kind| kind.kind) })
            .collect();
        let (links, targets) = links(reading, &found, &stated, &aliases, &references, &places);
        drop((stated, twins, organs));
        for (at, key) in joined {
            told[at].key = Some(key);
        }
        for (i, link) in links.into_iter().enumerate() {
            let key = link.refers_to.and_then(|to| told[to].key.clone());
            let citation = &mut told[i];
            citation.refers_to = link.refers_to;
            citation.key = citation.key.take().or(key);
            citation.amended = link.amended;
            citation.relation = link.relation.or(citation.relation);
        }
        for alias in aliases {
            told[alias.citation].alias = Some(Box::new(self.alias(reading, &alias)));
        }
        let references = references
            .iter()
            .zip(targets)
            .map(|(reference, target)| self.reference(reading, reference, target, sections))
            .collect();
        (ToldCitations { found, told }, references)
    }

    /// The record's `citations`: this does without the text and its layout.
    pub(super) fn cited(&self, rules: &Rules, citations: ToldCitations, sections: &[FoundSection]) -> Vec<Citation> {
        let ToldCitations { found, told } = citations;
        let mut cited = Vec::with_capacity(found.len());
        let each = one_by_one(found).zip(told);
        cited.extend(each.map(|(found, told)| self.citation(rules, found, told, sections)));
        cited
    }

    fn alias(&self, reading: &Reading<'_>, found: &FoundAlias) -> Alias {
        let (raw, span, _) = self.place(found.name);
        Alias {
            name: clean(&found.name.of(reading.text).replace("-\n", "-")),
            raw,
            span,
            rule: reading.rules.tables().references[found.rule].rule.clone(),
        }
    }

    fn reference(
        &self,
        reading: &Reading<'_>,
        found: &FoundReference,
        target: Target,
        sections: &[FoundSection],
    ) -> Reference {
        let tables = reading.rules.tables();
        let (raw, span, page) = self.place(found.span);
        Reference {
            form: found.form,
            doc_type: self.kind(&tables.types[found.kind], Some(found.kind_span), Certainty::Stated),
            pinpoints: found.pinpoints.clone(),
            citation: target.citation,
            paper: target.paper,
            section: section_of(found.span, sections),
            raw,
            span,
            page,
            rule: tables.references[found.rule].rule.clone(),
        }
    }
}
