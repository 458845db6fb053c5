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
    text::{Normalised, Span},
};
use convert::Converter;

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
    let normalised = Normalised::new(&source.text);
    let text = normalised.as_str();
    let layout = Layout::new(text, rules);
    let reading = Reading { text, layout: &layout, rules };
    let convert = Converter::new(&normalised, style.offsets, &source.pages);

    let papers = papers(&reading);
    let mut citations = citation::citations(&reading);
    let mut tables = table::tables(&reading);
    let mut sections = section::sections(&reading);
    let masked = masked(&papers, &citations, &sections, &tables);
    let mut findings = finding::findings(&reading, &masked);
    let mut customs = custom::custom(&reading);

    let mut cut: Vec<&'static str> = Vec::new();
    ceiling(&mut citations, "citations", &mut cut);
    ceiling(&mut tables, "tables", &mut cut);
    ceiling(&mut sections, "sections", &mut cut);
    ceiling(&mut findings, "findings", &mut cut);
    ceiling(&mut customs, "custom", &mut cut);
    let impossible: Vec<(record::Span, String)> = papers
        .iter()
        .filter_map(|paper| paper.date.as_ref())
        .chain(citations.iter().filter_map(|citation| citation.date.as_ref()))
        .filter(|date| date.impossible)
        .map(|date| (convert.span(date.span), convert.raw(date.span)))
        .collect();

    let unit = papers.first().and_then(|paper| locality::of(&reading, paper, &citations));
    let own = Own { issuer: papers.first().and_then(|paper| paper.issuer.as_ref()), locality: unit.as_ref() };
    let mut document = papers.first().map(|paper| convert.document(&reading, paper)).unwrap_or_default();
    if let Some(issuer) = &mut document.issuer {
        issuer.key = own.key(&reading);
        issuer.locality = unit.as_ref().map(|found| convert.locality(found));
    }
    let (cited, references) = convert.cited(&reading, &citations, &sections, &papers, &own);
    let mut record = Record {
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
            fingerprint: fingerprint(text, &layout.words),
            offsets: style.offsets,
            extractor: concat!("trich ", env!("CARGO_PKG_VERSION")).to_owned(),
            rules: rules.hash().to_owned(),
        },
        document,
        papers: papers.iter().map(|paper| convert.paper(&reading, paper)).collect(),
        citations: cited,
        references,
        findings: findings.into_iter().map(|f| convert.finding(f, &sections)).collect(),
        tables: tables.into_iter().map(|t| convert.table(t, &sections)).collect(),
        sections: sections.into_iter().map(|s| convert.section(s)).collect(),
        diagnostics: Vec::new(),
        needs_review: Vec::new(),
        resolved: None,
        custom: customs.into_iter().map(|c| convert.custom(c)).collect(),
    };
    switched_off::drop(&mut record, rules);
    let decoded = Decoded {
        text: &source.text,
        troubles: &source.troubles,
        cut: &cut,
        impossible: &impossible,
        every: style.every_check,
    };
    record.diagnostics = check::diagnostics(&record, decoded, rules, style.language);
    let head = papers.first().map_or("", |paper| &text[paper.span.start.min(paper.body)..paper.body]);
    let stamped = || layout.lines.iter().any(|line| is_signature_stamp(&reading, line.span));
    record.needs_review = check::reviews(&record, head, stamped, rules, style.language);
    record
}

/// What suppresses a finding in a text, as [`record`] finds it: for the explanation.
pub(crate) fn suppressed(reading: &Reading<'_>) -> Vec<Span> {
    masked(&papers(reading), &citation::citations(reading), &section::sections(reading), &table::tables(reading))
}

fn papers(reading: &Reading<'_>) -> Vec<document::FoundPaper> {
    reading.layout.papers.iter().enumerate().map(|(i, paper)| document::paper(reading, paper, i == 0)).collect()
}

/// What suppresses a finding: a citation, the paper's own number and date, a section's marker, a table.
fn masked(
    papers: &[document::FoundPaper],
    citations: &[citation::FoundCitation],
    sections: &[section::FoundSection],
    tables: &[table::FoundTable],
) -> Vec<Span> {
    let own =
        papers.iter().flat_map(|paper| [paper.number.as_ref().map(|n| n.span), paper.date.as_ref().map(|d| d.span)]);
    let spans = tables
        .iter()
        .map(|t| t.span)
        .chain(sections.iter().map(|s| s.marker_span))
        .chain(citations.iter().map(|c| c.span));
    merged(spans.chain(own.flatten()).collect())
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

/// Cuts a list at the ceiling, and remembers that it did.
fn ceiling<T>(facts: &mut Vec<T>, name: &'static str, cut: &mut Vec<&'static str>) {
    if facts.len() > MOST_FACTS {
        facts.truncate(MOST_FACTS);
        cut.push(name);
    }
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
