//! Precision, recall and F1 of every field, and what was wrong.

use super::{
    Counts, Curve, Field, Gold, GoldDocument, GoldFact, GoldName, GoldSignatory,
    curve::HeaderRead,
    find,
    fold::{fold, same, words_f1},
    lists::{Paired, Placed, Sides, overlap},
    number,
    same::{
        comparable, is_one_of, is_same_act, is_same_finding, is_same_heading, is_same_title, is_same_unit, is_stated,
        numbered, row, shown, written_marker,
    },
    told,
};
use crate::{
    record::{
        Certainty, Citation, Document, DocumentNumber, Finding, Offsets, Record, Role, Section, Signatory, Span, State,
    },
    text::{OffsetIndex, SourceSpan},
};
use std::collections::BTreeMap;

/// One fact that is wrong, missing or too many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Which document: its place in the order in which they were counted, from 0.
    pub document: usize,
    /// Which field.
    pub field: Field,
    /// What the gold file states.
    pub gold: Option<String>,
    /// What was found.
    pub got: Option<String>,
    /// Where it stands, as far as either knows.
    pub span: Option<Span>,
}

/// How well documents were read, counted up document by document.
#[derive(Clone, Debug, Default)]
pub struct Score {
    documents: usize,
    headers: usize,
    without_record: Vec<String>,
    fields: BTreeMap<Field, Counts>,
    exact: BTreeMap<Field, Counts>,
    overlap: BTreeMap<Field, Counts>,
    misses: Vec<Miss>,
    headers_read: Vec<HeaderRead>,
}

impl Score {
    /// Counts one document. Its gold file must be aligned; a document without a record is all missed. The text, where
    /// given, tells where a name stands that was missed.
    ///
    /// Spans count code points: a record in another unit is taken for none.
    pub fn add(&mut self, gold: &Gold, text: Option<&str>, record: Option<&Record>) {
        let record = record.filter(|record| record.source.offsets == Offsets::Chars);
        if record.is_none() {
            self.without_record.push(gold.id.clone());
        }
        let mut one = One { gold, text, fields: BTreeMap::new(), score: self };
        let nothing = Document::default();
        one.document(&gold.document, record.map_or(&nothing, |record| &record.document));
        one.citations(record.map_or(&[], |record| &record.citations));
        one.sections(record.map_or(&[], |record| &record.sections));
        one.findings(record.map_or(&[], |record| &record.findings));
        let fields = one.fields;
        let wrong = |field: &Field| fields.get(field).is_some_and(|counts| counts.extra + counts.missed > 0);
        self.documents += 1;
        let stated: Vec<&Field> = Field::HEADER.iter().filter(|field| fields.contains_key(field)).collect();
        if let Some(record) = record {
            let right = stated.iter().filter(|field| !wrong(field)).count();
            self.headers_read.push(HeaderRead { doubt: record.doubt(), right, fields: stated.len() });
        }
        self.headers += usize::from(record.is_some() && !Field::HEADER.iter().any(wrong));
        for (field, counts) in fields {
            self.fields.entry(field).or_default().add(counts);
        }
    }

    /// How many documents were counted.
    pub fn documents(&self) -> usize {
        self.documents
    }

    /// How many documents have their whole header right: every field of [`Field::HEADER`].
    pub fn headers_right(&self) -> usize {
        self.headers
    }

    /// What share of the documents can be accepted unseen, by the doubt that their records state.
    pub fn curve(&self) -> Curve {
        Curve::new(&self.headers_read)
    }

    /// The documents that had no record, or one whose spans do not count code points.
    pub fn without_record(&self) -> &[String] {
        &self.without_record
    }

    /// The counts of a field; `None` when no document had anything to count.
    pub fn counts(&self, field: Field) -> Option<Counts> {
        self.fields.get(&field).copied()
    }

    /// The counts of a list when a fact is right only with exactly the span of the gold file; `None` for other fields.
    pub fn exact(&self, field: Field) -> Option<Counts> {
        self.exact.get(&field).copied()
    }

    /// The counts of a list when a fact is right that overlaps one of the gold file, whatever was read in it.
    pub fn overlap(&self, field: Field) -> Option<Counts> {
        self.overlap.get(&field).copied()
    }

    /// All that was wrong, in the order of documents and fields.
    pub fn misses(&self) -> &[Miss] {
        &self.misses
    }
}

/// The counting of one document.
struct One<'s> {
    gold: &'s Gold,
    text: Option<&'s str>,
    fields: BTreeMap<Field, Counts>,
    score: &'s mut Score,
}

/// A value with its place, to be compared and shown.
struct Value<'a> {
    shown: Option<&'a str>,
    span: Option<Span>,
}

impl One<'_> {
    fn count(&mut self, field: Field, counts: Counts) {
        self.fields.entry(field).or_default().add(counts);
    }

    fn miss(&mut self, field: Field, gold: Option<&str>, got: Option<&str>, span: Option<Span>) {
        self.score.misses.push(Miss {
            document: self.score.documents,
            field,
            gold: gold.map(str::to_owned),
            got: got.map(str::to_owned),
            span,
        });
    }

    /// A field of which there is at most one; `is_same` tells whether what is stated was found, when both are there.
    fn single(&mut self, field: Field, gold: Value<'_>, got: Value<'_>, is_same: impl FnOnce(&str, &str) -> bool) {
        let (stated, found) = (gold.shown, got.shown);
        let right = matches!((stated, found), (Some(a), Some(b)) if is_same(a, b));
        let wrong = !right && (stated.is_some() || found.is_some());
        self.count(
            field,
            Counts {
                right: usize::from(right),
                extra: usize::from(!right && found.is_some()),
                missed: usize::from(!right && stated.is_some()),
            },
        );
        if wrong {
            self.miss(field, stated, found, gold.span.or(got.span));
        }
    }

    fn document(&mut self, gold: &GoldDocument, got: &Document) {
        let kind = got.kind.as_ref();
        let found = Value { shown: kind.map(|kind| kind.code.as_ref()), span: kind.and_then(|kind| kind.span) };
        self.single(Field::Type, stated(&gold.kind), found, |a, b| a == b);
        self.number(gold, got.number.as_ref());
        let date = got.date.as_ref();
        let found = Value { shown: date.and_then(|date| date.value.as_deref()), span: date.map(|date| date.span) };
        self.single(Field::Date, stated(&gold.date), found, |a, b| a == b);
        let place = got.place.as_ref();
        let found = Value { shown: place.and_then(|place| place.name.as_deref()), span: place.map(|place| place.span) };
        self.single(Field::Place, stated(&gold.place), found, |a, b| is_one_of(a, &gold.place, b));
        let issuer = got.issuer.as_ref();
        let found = Value { shown: issuer.map(|issuer| issuer.name.as_str()), span: issuer.map(|issuer| issuer.span) };
        self.single(Field::Issuer, stated(&gold.issuer), found, |a, b| is_one_of(a, &gold.issuer, b));
        let title = got.title.as_ref();
        let found = Value { shown: title.map(|title| title.text.as_str()), span: title.map(|title| title.span) };
        self.single(Field::Title, stated(&gold.title), found, is_same_title);
        let addressees = got.addressees.iter().map(|one| (one.name.clone(), one.span)).collect();
        self.names(Field::Addressees, &gold.addressees, addressees);
        let recipients = got.recipients.iter().filter(|one| !one.archive);
        self.names(Field::Recipients, &gold.recipients, recipients.map(|one| (one.name.clone(), one.span)).collect());
        // A half-read signature block is not scored at all.
        if !gold.signatories.iter().any(|signer| signer.optional) {
            self.signatories(&gold.signatories, &got.signatories);
        }
    }

    fn number(&mut self, gold: &GoldDocument, got: Option<&DocumentNumber>) {
        let wanted = gold.number.as_ref();
        let read = got.map(comparable);
        let of_gold = wanted.map(|n| number::canonical(n.serial.as_deref(), n.year.as_deref(), n.symbol.as_deref()));
        let right = of_gold.is_some() && of_gold == read;
        let (span, place) = (wanted.and_then(|number| number.span), got.map(|number| number.span));
        let said = wanted.map(|n| shown(n.serial.as_deref(), n.year.as_deref(), n.symbol.as_deref()));
        let found = got.map(|number| number.raw.as_str());
        let gold_value = Value { shown: said.as_deref(), span };
        self.single(Field::Number, gold_value, Value { shown: found, span: place }, |_, _| right);
        if let Some(number) = wanted {
            let name = |state: Option<State>| match state {
                Some(State::Blank) => Some("blank"),
                Some(State::Unreadable) => Some("unreadable"),
                None => None,
            };
            let found = Value { shown: name(got.and_then(|number| number.state)), span: place };
            self.single(Field::NumberState, Value { shown: name(number.state()), span }, found, |a, b| a == b);
        }
    }

    fn names(&mut self, field: Field, gold: &[GoldName], got: Vec<(String, Span)>) {
        let named = |optional: bool| {
            let kept = gold.iter().filter(move |one| one.optional == optional && (optional || !one.archive));
            kept.filter_map(|one| one.name.clone()).collect::<Vec<String>>()
        };
        self.listed(field, &named(false), got, &named(true));
    }

    fn signatories(&mut self, gold: &[GoldSignatory], got: &[Signatory]) {
        let rows = |part: fn(&GoldSignatory) -> Option<&str>, alone: bool| -> Vec<String> {
            gold.iter().filter_map(|signer| row(signer.name.as_deref(), part(signer), alone)).collect()
        };
        let found = |part: fn(&Signatory) -> Option<String>, alone: bool| -> Vec<(String, Span)> {
            let row =
                |signer: &Signatory| Some((row(signer.name.as_deref(), part(signer).as_deref(), alone)?, signer.span));
            got.iter().filter_map(row).collect()
        };
        let authority = |signer: &Signatory| signer.authority.map(|authority| format!("{authority:?}"));
        self.listed(Field::SignatoryName, &rows(|s| s.name.as_deref(), true), found(|s| s.name.clone(), true), &[]);
        let offices = rows(|s| s.position.as_deref(), false);
        self.listed(Field::SignatoryPosition, &offices, found(|s| s.position.clone(), false), &[]);
        let by = rows(|s| s.authority.as_deref(), false);
        self.listed(Field::SignatoryAuthority, &by, found(authority, false), &[]);
    }

    /// Lists of names, compared whatever their order; a soft name absorbs what is like it.
    fn listed(&mut self, field: Field, gold: &[String], mut got: Vec<(String, Span)>, soft: &[String]) {
        for name in gold {
            let wanted = fold(name);
            match got.iter().position(|(found, _)| fold(found) == wanted || words_f1(found, name) >= 0.9) {
                Some(index) => {
                    got.remove(index);
                    self.count(field, Counts { right: 1, ..Counts::default() });
                }
                None => {
                    self.count(field, Counts { missed: 1, ..Counts::default() });
                    let place = self.place_of(name);
                    self.miss(field, Some(name), None, place);
                }
            }
        }
        got.retain(|(found, _)| !soft.iter().any(|name| same(found, name) || words_f1(found, name) >= 0.5));
        for (found, span) in got {
            self.count(field, Counts { extra: 1, ..Counts::default() });
            self.miss(field, None, Some(&found), Some(span));
        }
    }

    /// Where a name stands in the text for the last time: most names are wanted from its end.
    fn place_of(&self, name: &str) -> Option<Span> {
        let text = self.text?;
        let name = name.split(" :: ").next()?;
        let mut last = None;
        let mut from = 0;
        while let Some((start, end)) = find(name, text, from, "") {
            last = Some(SourceSpan { start, end });
            from = end;
        }
        last.map(|place| OffsetIndex::new(text, Offsets::Chars).span(place))
    }

    /// Counts a list three ways: the same and overlapping, the same with the exact span, overlapping alone.
    fn list<'a, G: Placed, P: Placed>(
        &mut self,
        field: Field,
        sides: &Sides<'a, G, P>,
        is_same: impl Fn(&G, &P) -> bool,
        (said, found): (impl Fn(&G) -> String, impl Fn(&P) -> String),
    ) -> Vec<(&'a G, &'a P)> {
        let exact = sides.pair(|gold, got| gold.span() == got.span() && is_same(gold, got)).counts();
        let touching = sides.pair(|_, _| true).counts();
        self.score.exact.entry(field).or_default().add(exact);
        self.score.overlap.entry(field).or_default().add(touching);
        let paired = sides.pair(is_same);
        self.count(field, paired.counts());
        let Paired { pairs, missed, mut extra } = paired;
        for gold in missed {
            // What was read otherwise at the same place is one error, not two.
            let other = extra.iter().position(|got| overlap(gold.span(), got.span())).map(|index| extra.remove(index));
            self.miss(field, Some(&said(gold)), other.map(&found).as_deref(), Some(gold.span()));
        }
        for got in extra {
            self.miss(field, None, Some(&found(got)), Some(got.span()));
        }
        pairs
    }

    fn citations(&mut self, got: &[Citation]) {
        let gold = self.gold;
        let regions: Vec<Span> = gold.tables.iter().filter_map(|table| table.span).collect();
        let soft: Vec<Span> = gold.citations.iter().filter(|c| c.optional).map(Placed::span).collect();
        let mut pairs = Vec::new();
        for (field, by_number) in [(Field::CitationNumber, true), (Field::CitationName, false)] {
            let sides = Sides {
                firm: gold.citations.iter().filter(|c| !c.optional && numbered(c) == by_number).collect(),
                soft: soft.clone(),
                got: got.iter().filter(|c| c.number.is_some() == by_number).collect(),
                regions: &regions,
            };
            pairs.extend(self.list(field, &sides, is_same_act, (told::stated_citation, told::citation)));
        }
        for (gold, got) in pairs {
            let here = gold.span;
            let kind = got.doc_type.as_ref().map(|kind| kind.code.as_ref());
            self.single(Field::CitationType, at(here, gold.kind.as_deref()), at(here, kind), |a, b| a == b);
            let date = got.date.as_ref();
            if is_stated(&gold.date) || date.is_none_or(|date| date.certainty != Certainty::Inferred) {
                let value = date.and_then(|date| date.value.as_deref());
                self.single(Field::CitationDate, at(here, gold.date.as_deref()), at(here, value), |a, b| a == b);
            }
            let role = |role: Role| match role {
                Role::Basis => "basis",
                Role::Mention => "mention",
            };
            self.single(Field::CitationRole, at(here, gold.role.map(role)), at(here, Some(role(got.role))), |a, b| {
                a == b
            });
            let issuer = got.issuer.as_ref();
            if is_stated(&gold.issuer) || issuer.is_none_or(|issuer| issuer.certainty != Certainty::Inferred) {
                let name = issuer.map(|issuer| issuer.name.as_str());
                self.single(Field::CitationIssuer, at(here, gold.issuer.as_deref()), at(here, name), same);
            }
        }
    }

    fn sections(&mut self, got: &[Section]) {
        let gold = self.gold;
        let sides = Sides {
            firm: gold.sections.iter().filter(|section| !section.optional).collect(),
            soft: gold.sections.iter().filter(|section| section.optional).map(Placed::span).collect(),
            got: got.iter().collect(),
            regions: &[],
        };
        let pairs = self.list(Field::Section, &sides, is_same_heading, (told::stated_section, told::section));
        for (gold, got) in pairs {
            let here = gold.span;
            let marker = gold.marker.as_deref().unwrap_or_default();
            let written = written_marker(gold);
            let is_marker = |a: &str, b: &str| fold(b) == fold(a) || fold(b) == written;
            self.single(Field::SectionMarker, at(here, Some(marker)), at(here, Some(&got.marker)), is_marker);
            if let Some(level) = gold.level {
                let (wanted, found) = (level.to_string(), got.level.to_string());
                self.single(Field::SectionLevel, at(here, Some(&wanted)), at(here, Some(&found)), |a, b| a == b);
            }
            if is_stated(&gold.title) && !gold.run_in && !got.run_in {
                let title = Some(got.title.as_str()).filter(|title| !title.is_empty());
                self.single(Field::SectionTitle, at(here, gold.title.as_deref()), at(here, title), |a, b| {
                    words_f1(a, b) >= 0.9
                });
            }
        }
    }

    fn findings(&mut self, got: &[Finding]) {
        let gold = self.gold;
        let regions: Vec<Span> = gold.tables.iter().filter_map(|table| table.span).collect();
        let sides = Sides {
            firm: gold.findings.iter().filter(|finding| !finding.optional).collect(),
            soft: gold.findings.iter().filter(|finding| finding.optional).map(Placed::span).collect(),
            got: got.iter().collect(),
            regions: &regions,
        };
        let pairs = self.list(Field::Finding, &sides, is_same_finding, (told::stated_finding, told::finding));
        for (gold, got) in pairs {
            if let Some(unit) = &gold.unit {
                let here = gold.span;
                self.single(Field::FindingUnit, at(here, unit.as_deref()), at(here, got.unit.as_deref()), is_same_unit);
            }
        }
    }
}

fn stated(fact: &Option<GoldFact>) -> Value<'_> {
    let fact = fact.as_ref();
    Value { shown: fact.and_then(|fact| fact.value.as_deref()), span: fact.and_then(|fact| fact.span) }
}

fn at(span: Option<Span>, shown: Option<&str>) -> Value<'_> {
    Value { shown, span }
}
