//! Everything that was found, made into one record: overlaps settled, spans turned into source units, once.

mod cited;
mod convert;
mod document;
mod locality;
mod switched_off;

use crate::{
    check::{self, Decoded, Language},
    layout::Layout,
    recognise::{MOST_FACTS, Reading, citation, custom, finding, section, table},
    record::{self, Offsets, Record, SCHEMA_VERSION, Source},
    resolve::{fingerprint::fingerprint, identity::Own},
    rules::{Rules, StampField},
    source::SourceText,
    text::{Normalised, OffsetIndex, Span, WayBack},
};
use convert::Converter;
use std::borrow::Cow;

/// How a record is to be written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    /// The unit of its spans.
    pub offsets: Offsets,
    /// The language of its messages.
    pub language: Language,
    /// Whether the checks that are off by default are made too.
    pub every_check: bool,
}

/// Reads one decoded document.
pub(crate) fn record(name: &str, source: &SourceText, rules: &Rules, style: Style) -> Record {
    let (record, seen) = read(name, source, Normalised::new(&source.text).into_parts(), rules, style);
    checked(record, seen, source, rules, style)
}

/// Reads one decoded document, the normal form of whose text is wanted for something else too.
#[cfg(feature = "archive")]
pub(crate) fn record_of<'s>(
    name: &str,
    source: &'s SourceText,
    normal: &str,
    way: WayBack<'s>,
    rules: &Rules,
    style: Style,
) -> Record {
    let (record, seen) = read(name, source, (normal.into(), way), rules, style);
    checked(record, seen, source, rules, style)
}

/// The record without the facts of disabled rules, and with what is to be doubted in it.
fn checked(mut record: Record, seen: Seen<'_>, source: &SourceText, rules: &Rules, style: Style) -> Record {
    switched_off::drop(&mut record, rules);
    let decoded = Decoded {
        text: &source.text,
        index: &seen.index,
        troubles: &source.troubles,
        cut: &seen.cut,
        impossible: &seen.impossible,
        every: style.every_check,
    };
    record.diagnostics = check::diagnostics(&record, decoded, rules, style.language);
    record.needs_review = check::reviews(&record, &seen.head, seen.stamped, rules, style.language);
    record
}

/// What is known of a document beside its record.
struct Seen<'s> {
    /// From bytes of the source to units of spans.
    index: OffsetIndex<'s>,
    /// The text of the letterhead.
    head: String,
    /// Whether a signer has no name, and the text holds the lines of a digital signature.
    stamped: bool,
    /// Which kinds of facts met their ceiling.
    cut: Vec<&'static str>,
    /// The places of dates that cannot be.
    impossible: Vec<record::Span>,
}

/// Reads all facts. The text in normal form, unless it is borrowed, and its lines are given up as soon as all is found, and
/// what was found of one kind as soon as it is written: of a large file each is as much again as the record.
fn read<'s>(
    name: &str,
    source: &'s SourceText,
    (normal, way): (Cow<'_, str>, WayBack<'s>),
    rules: &Rules,
    style: Style,
) -> (Record, Seen<'s>) {
    let text = normal.as_ref();
    let layout = Layout::new(text, rules);
    let reading = Reading { text, layout: &layout, rules };
    let convert = Converter::new(&way, style.offsets, &source.pages);

    // What needs the most room while it is read comes first.
    let mut sections = section::sections(&reading);
    let mut masked: Vec<Span> = sections.iter().map(|section| section.marker_span).collect();
    let sections_cut = ceiling(&mut sections);
    let papers = papers(&reading);
    masked.extend(own_spans(&papers));
    let mut citations = citation::citations(&reading);
    masked.extend(citations.iter().map(|citation| citation.span));
    let citations_cut = ceiling(&mut citations);
    let impossible: Vec<record::Span> = papers
        .iter()
        .filter_map(|paper| paper.date.as_ref())
        .chain(citations.iter().filter_map(|citation| citation.date.as_ref()))
        .filter(|date| date.impossible)
        .map(|date| convert.span(date.span))
        .collect();
    let unit = papers.first().and_then(|paper| locality::of(&reading, paper, &citations));
    let own = Own { issuer: papers.first().and_then(|paper| paper.issuer.as_ref()), locality: unit.as_ref() };
    let mut document = papers.first().map(|paper| convert.document(&reading, paper)).unwrap_or_default();
    if let Some(issuer) = &mut document.issuer {
        issuer.key = own.key(&reading);
        issuer.locality = unit.as_ref().map(|found| convert.locality(found));
    }
    let (told, references) = convert.told(&reading, citations, &sections, &papers, &own);
    let head = papers.first().map_or("", |paper| &text[paper.span.start.min(paper.body)..paper.body]).to_owned();
    let papers = written(papers, |paper| convert.paper(&reading, &paper));

    let mut tables = table::tables(&reading);
    masked.extend(tables.iter().map(|table| table.span));
    let tables_cut = ceiling(&mut tables);
    let tables = written(tables, |table| convert.table(table, &sections));
    let mut findings = finding::findings(&reading, &merged(masked));
    let mut customs = custom::custom(&reading);
    let nameless = document.signatories.iter().any(|signer| signer.name.is_none());
    let stamped = nameless && layout.lines.iter().any(|line| is_signature_stamp(&reading, line.span));
    let findings_cut = ceiling(&mut findings);
    let customs_cut = ceiling(&mut customs);
    let custom = written(customs, |found| convert.custom(found));
    let fingerprint = fingerprint(text, &layout.words);
    drop((layout, normal));

    let findings = written(findings, |finding| convert.finding(finding, &sections));
    let citations = convert.cited(rules, told, &sections);
    let sections = written(sections, |section| convert.section(section));

    let record = Record {
        schema_version: SCHEMA_VERSION.to_owned(),
        source: Source {
            name: name.to_owned(),
            media_type: source.format.media_type().to_owned(),
            encoding: source.encoding.clone().into_owned(),
            encoding_certainty: source.certainty,
            bytes: source.bytes,
            chars: source.text.chars().count() as u64,
            pages: (!source.pages.is_empty()).then_some(source.pages.len() as u32),
            sha256: source.sha256.clone(),
            fingerprint,
            offsets: style.offsets,
            extractor: concat!("trich ", env!("CARGO_PKG_VERSION")).to_owned(),
            rules: rules.hash().to_owned(),
        },
        document,
        papers,
        citations,
        references,
        findings,
        tables,
        sections,
        diagnostics: Vec::new(),
        needs_review: Vec::new(),
        resolved: None,
        custom,
    };
    let met = [
        ("citations", citations_cut),
        ("tables", tables_cut),
        ("sections", sections_cut),
        ("findings", findings_cut),
        ("custom", customs_cut),
    ];
    let cut = met.into_iter().filter(|(_, cut)| *cut).map(|(kind, _)| kind).collect();
    (record, Seen { index: convert.into_index(), head, stamped, cut, impossible })
}

/// What suppresses a finding in a text, as [`record`] finds it: for the explanation.
pub(crate) fn suppressed(reading: &Reading<'_>) -> Vec<Span> {
    let mut spans: Vec<Span> = own_spans(&papers(reading)).collect();
    spans.extend(section::sections(reading).iter().map(|section| section.marker_span));
    spans.extend(citation::citations(reading).iter().map(|citation| citation.span));
    spans.extend(table::tables(reading).iter().map(|table| table.span));
    merged(spans)
}

fn papers(reading: &Reading<'_>) -> Vec<document::FoundPaper> {
    reading.layout.papers.iter().enumerate().map(|(i, paper)| document::paper(reading, paper, i == 0)).collect()
}

/// The numbers and dates of papers themselves, which are no findings.
fn own_spans(papers: &[document::FoundPaper]) -> impl Iterator<Item = Span> {
    let spans =
        papers.iter().flat_map(|paper| [paper.number.as_ref().map(|n| n.span), paper.date.as_ref().map(|d| d.span)]);
    spans.flatten()
}

/// Whether a line is one of a digital signature: `Thời gian ký: …`.
fn is_signature_stamp(reading: &Reading<'_>, line: Span) -> bool {
    let said = line.of(reading.text);
    said.to_lowercase().contains("ký")
        && reading
            .rules
            .tables()
            .stamp_at(StampField::Noise, reading.text, line.start)
            .is_some_and(|(end, _)| reading.text[end..].trim_start_matches(' ').starts_with([':', '\n']))
}

/// Cuts a list at the ceiling; whether it was longer.
fn ceiling<T>(facts: &mut Vec<T>) -> bool {
    let is_cut = facts.len() > MOST_FACTS;
    if is_cut {
        facts.truncate(MOST_FACTS);
        facts.shrink_to_fit();
    }
    is_cut
}

/// Facts as they are written.
fn written<T, U>(found: Vec<T>, write: impl Fn(T) -> U) -> Vec<U> {
    let mut out = Vec::with_capacity(found.len());
    out.extend(one_by_one(found).map(write));
    out
}

/// Facts in their order; the room of those that are done is given up while the others wait.
fn one_by_one<T>(mut found: Vec<T>) -> impl Iterator<Item = T> {
    const AT_ONCE: usize = 1 << 13;
    found.reverse();
    std::iter::from_fn(move || {
        let fact = found.pop()?;
        if found.len().is_multiple_of(AT_ONCE) {
            found.shrink_to_fit();
        }
        Some(fact)
    })
}

/// Spans sorted, those that touch made one.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut out: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}
