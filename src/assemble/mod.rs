//! Everything that was found, made into one record: overlaps settled, spans turned into source units, once.

mod cited;
mod convert;
mod document;

use crate::{
    layout::Layout,
    recognise::{Reading, citation, custom, finding, section, table},
    record::{Offsets, Record, SCHEMA_VERSION, Source},
    rules::Rules,
    source::SourceText,
    text::{Normalised, Span},
};
use convert::Converter;

/// Reads one decoded document.
pub(crate) fn record(name: &str, source: &SourceText, rules: &Rules, offsets: Offsets) -> Record {
    let normalised = Normalised::new(&source.text);
    let text = normalised.as_str();
    let layout = Layout::new(text, rules);
    let reading = Reading { text, layout: &layout, rules };
    let convert = Converter::new(&normalised, offsets);

    let papers: Vec<document::FoundPaper> = layout.papers.iter().map(|paper| document::paper(&reading, paper)).collect();
    let citations = citation::citations(&reading);
    let tables = table::tables(&reading);
    let sections = section::sections(&reading);
    let mut masked: Vec<Span> = Vec::new();
    masked.extend(tables.iter().map(|t| t.span));
    masked.extend(sections.iter().map(|s| s.marker_span));
    masked.extend(citations.iter().map(|c| c.span));
    masked.extend(papers.iter().flat_map(|paper| [paper.number.as_ref().map(|n| n.span), paper.date.as_ref().map(|d| d.span)]).flatten());
    let masked = merged(masked);
    let findings = finding::findings(&reading, &masked);

    Record {
        schema_version: SCHEMA_VERSION.to_owned(),
        source: Source {
            name: name.to_owned(),
            media_type: source.media_type.to_owned(),
            encoding: source.encoding.to_owned(),
            bytes: source.bytes,
            chars: source.text.chars().count() as u64,
            pages: None,
            sha256: source.sha256.clone(),
            offsets,
            extractor: concat!("trich ", env!("CARGO_PKG_VERSION")).to_owned(),
            rules: rules.hash().to_owned(),
        },
        document: papers.first().map(|paper| convert.document(&reading, paper)).unwrap_or_default(),
        papers: papers.iter().map(|paper| convert.paper(&reading, paper)).collect(),
        citations: citations.iter().map(|c| convert.citation(&reading, c, &sections, papers.first())).collect(),
        findings: findings.into_iter().map(|f| convert.finding(f, &sections)).collect(),
        tables: tables.into_iter().map(|t| convert.table(t, &sections)).collect(),
        sections: sections.into_iter().map(|s| convert.section(s)).collect(),
        diagnostics: Vec::new(),
        custom: custom::custom(&reading).into_iter().map(|c| convert.custom(c)).collect(),
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
