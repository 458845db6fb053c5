//! Which document is meant: a later mention that leaves out what the first one said, an amending act and what it
//! amends, and references without number or name. Nothing is joined where two documents fit.

use crate::{
    recognise::{
        Reading,
        citation::{FoundAlias, FoundCitation, FoundReference},
    },
    record::{ReferenceForm, Relation},
    resolve::citation::act_name,
    text::{Span, skeleton},
};
use std::collections::HashMap;

/// What a citation says by itself.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'c> {
    /// Its key.
    pub key: Option<&'c str>,
    /// Its relation.
    pub relation: Option<Relation>,
}

/// What a citation says together with the others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Link {
    /// The earlier citation that says in full which document is meant.
    pub refers_to: Option<usize>,
    /// The citation that this one amended.
    pub amended: Option<usize>,
    /// The relation that it shares with the one before it.
    pub relation: Option<Relation>,
}

/// A paper of the file.
#[derive(Clone, Copy, Debug)]
pub struct PaperAt {
    /// Where it stands.
    pub span: Span,
    /// The index of its kind in the tables.
    pub kind: Option<usize>,
}

/// What a reference is to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// A citation.
    pub citation: Option<usize>,
    /// A paper of the file.
    pub paper: Option<usize>,
}

/// The documents that fit a description so far.
struct Fitting {
    /// The first citation of them.
    first: usize,
    /// Whether another document fits too.
    many: bool,
}

/// Joins citations and references, both in reading order.
pub fn links(
    reading: &Reading<'_>,
    citations: &[FoundCitation],
    stated: &[Stated<'_>],
    aliases: &[FoundAlias],
    references: &[FoundReference],
    papers: &[PaperAt],
) -> (Vec<Link>, Vec<Target>) {
    let mut joiner = Joiner { reading, citations, stated, papers, fitting: HashMap::new(), links: Vec::new() };
    let mut targets = Vec::with_capacity(references.len());
    let mut given = aliases.iter().peekable();
    let mut waiting = references.iter().peekable();
    for (i, citation) in citations.iter().enumerate() {
        while let Some(reference) = waiting.next_if(|reference| reference.span.start < citation.span.start) {
            targets.push(joiner.target(reference));
        }
        while let Some(alias) = given.next_if(|alias| alias.name.start <= citation.span.start) {
            joiner.name(alias);
        }
        joiner.link(i);
    }
    targets.extend(waiting.map(|reference| joiner.target(reference)));
    (joiner.links, targets)
}

/// By what a document is looked for, in a paper.
#[derive(PartialEq, Eq, Hash)]
enum Sought {
    /// Its short name.
    Alias(String),
    /// Its kind and serial.
    Serial(Option<usize>, String),
    /// Its whole number.
    Number(String),
    /// Its name.
    Name(String),
    /// Its kind.
    Kind(usize),
    /// Any document.
    Any,
}

struct Joiner<'a, 't> {
    reading: &'a Reading<'t>,
    citations: &'a [FoundCitation],
    stated: &'a [Stated<'a>],
    papers: &'a [PaperAt],
    fitting: HashMap<(usize, Sought), Fitting>,
    links: Vec<Link>,
}

impl Joiner<'_, '_> {
    fn paper(&self, at: usize) -> usize {
        self.papers.partition_point(|paper| paper.span.start <= at).saturating_sub(1)
    }

    /// Takes in a short name.
    fn name(&mut self, alias: &FoundAlias) {
        let paper = self.paper(alias.name.start);
        let root = self.links[alias.citation].refers_to.unwrap_or(alias.citation);
        let name = Sought::Alias(skeleton(alias.name.of(self.reading.text)));
        self.fit(paper, name, root);
    }

    /// Takes in that a document fits a description.
    fn fit(&mut self, paper: usize, sought: Sought, root: usize) {
        let described = (paper, sought);
        let fitting = match self.fitting.remove(&described) {
            Some(Fitting { first, many }) => Fitting { first, many: many || !self.is_same(first, root) },
            None => Fitting { first: root, many: false },
        };
        self.fitting.insert(described, fitting);
    }

    /// The one document that fits.
    fn only(&self, paper: usize, sought: Sought) -> Option<usize> {
        self.fitting.get(&(paper, sought)).filter(|fitting| !fitting.many).map(|fitting| fitting.first)
    }

    fn link(&mut self, i: usize) {
        let (citations, text) = (self.citations, self.reading.text);
        let citation = &citations[i];
        let paper = self.paper(citation.span.start);
        let serial = citation.number.as_ref().and_then(|n| n.serial.as_deref()).map(|s| s.trim_start_matches('0'));
        let number = number(citation);
        let name = citation.name.as_deref().map(|name| skeleton(act_name(self.reading, name)));
        let short = Sought::Alias(skeleton(citation.span.of(text)));
        let by_alias = self.only(paper, short);
        let sought = match (&number, serial, &name) {
            _ if self.stated[i].key.is_some() => None,
            (Some(number), ..) => Some(Sought::Number(number.clone())),
            (None, Some(serial), None) => Some(Sought::Serial(citation.kind, serial.to_owned())),
            (None, None, Some(name)) if citation.year.is_none() && !is_bill(text, citation) => {
                Some(Sought::Name(name.clone()))
            }
            _ => None,
        };
        let by_words = sought.and_then(|sought| self.only(paper, sought)).filter(|first| self.agrees(*first, i));
        let refers_to = by_alias.or(by_words).filter(|first| *first != i);
        let root = refers_to.unwrap_or(i);
        let (amended, relation) = self.amendment(i);
        self.links.push(Link { refers_to, amended, relation });
        if let Some(kind) = citation.kind {
            self.fit(paper, Sought::Kind(kind), root);
        }
        self.fit(paper, Sought::Any, root);
        if refers_to.is_some() {
            return;
        }
        if let Some(serial) = serial
            && (number.is_some() || citation.date.is_some())
        {
            self.fit(paper, Sought::Serial(citation.kind, serial.to_owned()), i);
        }
        if let Some(number) = number
            && (citation.date.is_some() || citation.issuer.is_some())
        {
            self.fit(paper, Sought::Number(number), i);
        }
        if let Some(name) = name.filter(|_| citation.year.is_some()) {
            self.fit(paper, Sought::Name(name), i);
        }
    }

    /// What an amending act amends: the citation before it, or what that one amends in a chain
    /// (`được sửa đổi bởi Nghị định số … và Nghị định số …`).
    fn amendment(&self, i: usize) -> (Option<usize>, Option<Relation>) {
        let Some(before) = i.checked_sub(1) else { return (None, None) };
        let (previous, citation) = (&self.citations[before], &self.citations[i]);
        let end = previous.issuer.as_ref().map_or(previous.span.end, |issuer| issuer.span.end.max(previous.span.end));
        let text = self.reading.text;
        let chain = self.links[before].amended;
        if self.stated[i].relation == Some(Relation::AmendedBy) {
            let between = text.get(previous.span.end..citation.span.start).unwrap_or_default();
            let apart = between.len() > 500
                || between.contains(". ")
                || between.contains("\n\n")
                || between.contains([';', ':']);
            return ((!apart).then(|| chain.unwrap_or(before)), None);
        }
        let joined = text
            .get(end..citation.span.start)
            .map(str::trim)
            .is_some_and(|between| matches!(between, "," | "và" | ", và"));
        if joined && chain.is_some() && previous.kind == citation.kind {
            return (chain, Some(Relation::AmendedBy));
        }
        (None, None)
    }

    /// Whether two citations are of one document, as far as they say.
    fn is_same(&self, a: usize, b: usize) -> bool {
        let (one, other) = (&self.citations[a], &self.citations[b]);
        let name = |citation: &FoundCitation| {
            citation
                .name
                .as_deref()
                .filter(|_| citation.number.is_none())
                .map(|name| skeleton(act_name(self.reading, name)))
        };
        let serial = |citation: &FoundCitation| citation.number.as_ref().and_then(|n| n.serial.clone());
        let numbers = match (number(one), number(other)) {
            (Some(one), Some(other)) => one == other,
            _ => one.kind == other.kind && serial(one) == serial(other) && name(one) == name(other),
        };
        numbers && self.agrees(a, b)
    }

    /// Whether years and issuers do not speak against one document.
    fn agrees(&self, a: usize, b: usize) -> bool {
        let (one, other) = (&self.citations[a], &self.citations[b]);
        let years = !matches!((one.year, other.year), (Some(one), Some(other)) if one != other);
        let issuers = match (&one.issuer, &other.issuer) {
            (Some(one), Some(other)) => {
                let (one, other) = (organ(&one.name), organ(&other.name));
                one.contains(&other) || other.contains(&one)
            }
            _ => true,
        };
        years && issuers
    }

    fn target(&self, reference: &FoundReference) -> Target {
        let here = self.paper(reference.span.start);
        match reference.form {
            ReferenceForm::Own => Target { paper: self.own(reference.kind, here), citation: None },
            ReferenceForm::Alias => {
                let root = |at: usize| self.links.get(at).map(|link| link.refers_to.unwrap_or(at));
                let same_paper = |at: &usize| self.paper(self.citations[*at].span.start) == here;
                Target { citation: reference.citation.and_then(root).filter(same_paper), paper: None }
            }
            ReferenceForm::Above if reference.plural => Target::default(),
            ReferenceForm::Above => {
                let any = skeleton(reference.kind_span.of(self.reading.text)) == "van ban";
                let sought = if any { Sought::Any } else { Sought::Kind(reference.kind) };
                Target { citation: self.only(here, sought), paper: None }
            }
        }
    }

    /// The paper of a kind that speaks of itself: the one in which it does, or the only one of the kind.
    fn own(&self, kind: usize, here: usize) -> Option<usize> {
        if self.papers.get(here)?.kind == Some(kind) {
            return Some(here);
        }
        let mut fitting = (0..self.papers.len()).filter(|at| self.papers[*at].kind == Some(kind));
        fitting.next().filter(|_| fitting.next().is_none())
    }
}

/// The whole number of a citation, folded for comparison; none for a serial alone.
fn number(citation: &FoundCitation) -> Option<String> {
    let number = citation.number.as_ref()?;
    let (serial, symbol) = (number.serial.as_deref()?, number.symbol.as_deref()?);
    let year = number.year.map_or(String::new(), |year| format!("/{year}"));
    Some(format!("{}{year}/{}", serial.trim_start_matches('0'), symbol.to_lowercase()))
}

/// Whether an act is a bill or another than the one in force: `Luật Đất đai (sửa đổi)`.
fn is_bill(text: &str, citation: &FoundCitation) -> bool {
    let behind = text[citation.span.end..].trim_start_matches([' ', '\n', '(']);
    let words: String = behind.chars().take(7).collect();
    citation.amended_in.is_empty() && skeleton(&words) == "sua doi"
}

/// An organ's name, folded for comparison.
fn organ(name: &str) -> String {
    skeleton(&name.replace("UBND", "Ủy ban nhân dân").replace("HĐND", "Hội đồng nhân dân"))
}
