//! Which document is meant: a later mention that leaves out what the first one said, an amending act and what it
//! amends, and references without number or name. Nothing is joined where two documents fit.

use crate::{
    grammar::symbol::push_year,
    recognise::{
        Reading,
        citation::{FoundAlias, FoundCitation, FoundReference},
    },
    record::{ReferenceForm, Relation},
    resolve::citation::{act_name, push_lower},
    text::{Span, is_skeleton, skeleton},
};
use rustc_hash::FxHashMap;
use std::{collections::hash_map::Entry, mem};

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
    let mut words = Words::default();
    let said = citations.iter().map(|citation| Said::new(reading, citation, &mut words)).collect();
    let (fitting, links) = (FxHashMap::default(), Vec::with_capacity(citations.len()));
    let mut joiner =
        Joiner { reading, citations, stated, papers, words, said, fitting, reached: 0, links, aliased: false };
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

/// Words that were said, each with a number: equal words have equal numbers.
#[derive(Default)]
struct Words<'c> {
    known: FxHashMap<String, u32>,
    /// The names of acts as they were cited.
    names: FxHashMap<&'c str, u32>,
    /// Where words are put together before they are looked up.
    joined: String,
}

impl Words<'_> {
    /// The number of the words in `joined`.
    fn number(&mut self) -> u32 {
        if let Some(known) = self.known.get(self.joined.as_str()) {
            return *known;
        }
        let next = self.known.len() as u32;
        self.known.insert(self.joined.clone(), next);
        next
    }
}

/// What a citation says of the document that it means, as numbers of [`Words`].
#[derive(Clone, Copy, Default)]
struct Said {
    /// The serial without leading zeros.
    serial: Option<u32>,
    /// The whole number, folded for comparison; none for a serial alone.
    number: Option<u32>,
    /// The name, folded for comparison.
    name: Option<u32>,
}

impl Said {
    fn new<'c>(reading: &Reading<'_>, citation: &'c FoundCitation, words: &mut Words<'c>) -> Said {
        let mut said = Said::default();
        if let Some(number) = &citation.number
            && let Some(serial) = number.serial.as_deref()
        {
            words.joined.clear();
            words.joined.push_str(serial.trim_start_matches('0'));
            said.serial = Some(words.number());
            if let Some(symbol) = number.symbol.as_deref() {
                if let Some(year) = number.year {
                    words.joined.push('/');
                    push_year(&mut words.joined, year);
                }
                words.joined.push('/');
                push_lower(&mut words.joined, symbol);
                said.number = Some(words.number());
            }
        }
        if let Some(name) = citation.name.as_deref() {
            said.name = Some(words.names.get(name).copied().unwrap_or_else(|| {
                words.joined.clear();
                words.joined.push_str(&skeleton(act_name(reading, name)));
                let known = words.number();
                words.names.insert(name, known);
                known
            }));
        }
        said
    }
}

/// By what a document is looked for, in a paper.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Sought {
    /// Its short name.
    Alias(u32),
    /// Its kind and serial.
    Serial(Option<usize>, u32),
    /// Its whole number.
    Number(u32),
    /// Its name.
    Name(u32),
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
    words: Words<'a>,
    said: Vec<Said>,
    fitting: FxHashMap<(usize, Sought), Fitting>,
    /// The paper that citations have come to: nothing is looked for in those before it.
    reached: usize,
    links: Vec<Link>,
    /// Whether a short name was given.
    aliased: bool,
}

impl Joiner<'_, '_> {
    fn paper(&self, at: usize) -> usize {
        self.papers.partition_point(|paper| paper.span.start <= at).saturating_sub(1)
    }

    /// Takes in a short name.
    fn name(&mut self, alias: &FoundAlias) {
        let paper = self.paper(alias.name.start);
        let root = self.links[alias.citation].refers_to.unwrap_or(alias.citation);
        self.words.joined = skeleton(alias.name.of(self.reading.text));
        let name = Sought::Alias(self.words.number());
        self.aliased = true;
        self.fit(paper, name, root);
    }

    /// Takes in that a document fits a description.
    fn fit(&mut self, paper: usize, sought: Sought, root: usize) {
        let (citations, said) = (self.citations, self.said.as_slice());
        match self.fitting.entry((paper, sought)) {
            Entry::Occupied(mut fitting) => {
                let Fitting { first, many } = fitting.get_mut();
                *many = *many || !is_same(citations, said, *first, root);
            }
            Entry::Vacant(place) => {
                place.insert(Fitting { first: root, many: false });
            }
        }
    }

    /// The one document that fits.
    fn only(&self, paper: usize, sought: Sought) -> Option<usize> {
        self.fitting.get(&(paper, sought)).filter(|fitting| !fitting.many).map(|fitting| fitting.first)
    }

    fn link(&mut self, i: usize) {
        let (citations, text) = (self.citations, self.reading.text);
        let citation = &citations[i];
        let paper = self.paper(citation.span.start);
        if paper != self.reached {
            let kept = mem::take(&mut self.fitting).into_iter().filter(|((of, _), _)| *of >= paper);
            self.fitting.extend(kept);
            self.reached = paper;
        }
        let Said { serial, number, name } = self.said[i];
        let by_alias = self.aliased.then(|| skeleton(citation.span.of(text))).and_then(|short| {
            let known = self.words.known.get(&short)?;
            self.only(paper, Sought::Alias(*known))
        });
        let sought = match (number, serial, name) {
            _ if self.stated[i].key.is_some() => None,
            (Some(number), ..) => Some(Sought::Number(number)),
            (None, Some(serial), None) => Some(Sought::Serial(citation.kind, serial)),
            (None, None, Some(name)) if citation.year.is_none() && !is_bill(text, citation) => Some(Sought::Name(name)),
            _ => None,
        };
        let by_words =
            sought.and_then(|sought| self.only(paper, sought)).filter(|first| agrees(&citations[*first], citation));
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
            self.fit(paper, Sought::Serial(citation.kind, serial), i);
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
        let joined = || {
            let between = text.get(end..citation.span.start).map(str::trim);
            between.is_some_and(|between| matches!(between, "," | "và" | ", và"))
        };
        if chain.is_some() && previous.kind == citation.kind && joined() {
            return (chain, Some(Relation::AmendedBy));
        }
        (None, None)
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
                let any = is_skeleton(reference.kind_span.of(self.reading.text), "van ban");
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

/// Whether two citations are of one document, as far as they say.
fn is_same(citations: &[FoundCitation], said: &[Said], a: usize, b: usize) -> bool {
    if a == b {
        return true;
    }
    let (one, other) = (&citations[a], &citations[b]);
    fn serial(citation: &FoundCitation) -> Option<&str> {
        citation.number.as_ref()?.serial.as_deref()
    }
    let name = |at: usize| said[at].name.filter(|_| citations[at].number.is_none());
    let numbers = match (said[a].number, said[b].number) {
        (Some(one), Some(other)) => one == other,
        _ => one.kind == other.kind && name(a) == name(b) && serial(one) == serial(other),
    };
    numbers && agrees(one, other)
}

/// Whether years and issuers do not speak against one document.
fn agrees(one: &FoundCitation, other: &FoundCitation) -> bool {
    let years = !matches!((one.year, other.year), (Some(one), Some(other)) if one != other);
    let issuers = || match (&one.issuer, &other.issuer) {
        (Some(one), Some(other)) if one.name != other.name => {
            let (one, other) = (organ(&one.name), organ(&other.name));
            one.contains(&other) || other.contains(&one)
        }
        _ => true,
    };
    years && issuers()
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
