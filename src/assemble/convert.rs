//! From spans of the normalised text to spans of the source: the only place where one becomes the other.

use crate::{
    recognise::{custom::FoundCustom, finding::FoundFinding, section::FoundSection, table::FoundTable},
    record::{self, Cell, Custom, Finding, Offsets, Section, Table},
    text::{OffsetIndex, SourceSpan, Span, WayBack},
};

/// Turns what was found into what is written.
pub(super) struct Converter<'n, 's> {
    way: &'n WayBack<'s>,
    index: OffsetIndex<'s>,
    /// Where each page begins in the source; empty where it has none.
    pages: &'n [usize],
}

impl<'n, 's> Converter<'n, 's> {
    pub(super) fn new(way: &'n WayBack<'s>, offsets: Offsets, pages: &'n [usize]) -> Self {
        Converter { way, index: OffsetIndex::new(way.source(), offsets), pages }
    }

    /// What spans in the source are counted by.
    pub(super) fn into_index(self) -> OffsetIndex<'s> {
        self.index
    }

    /// The span in the source, in the unit asked for.
    pub(super) fn span(&self, span: Span) -> record::Span {
        self.index.span(self.way.source_span(span))
    }

    /// The page that a span begins on, from 1.
    pub(super) fn page(&self, span: Span) -> Option<u32> {
        if self.pages.is_empty() {
            return None;
        }
        self.page_of(self.way.source_span(span))
    }

    fn page_of(&self, at: SourceSpan) -> Option<u32> {
        if self.pages.is_empty() {
            return None;
        }
        u32::try_from(self.pages.partition_point(|&page| page <= at.start)).ok()
    }

    /// The source text at a span, the span there in the unit asked for, and the page.
    pub(super) fn place(&self, span: Span) -> (String, record::Span, Option<u32>) {
        let at = self.way.source_span(span);
        (self.way.source()[at.start..at.end].to_owned(), self.index.span(at), self.page_of(at))
    }

    pub(super) fn section(&self, found: FoundSection) -> Section {
        let (raw, span, page) = self.place(found.span);
        Section {
            marker: found.marker,
            level: found.level,
            parent: found.parent,
            topic: found.topic,
            title: found.title,
            run_in: found.run_in,
            kind: found.kind,
            certainty: found.certainty,
            raw,
            span,
            page,
            extent: self.span(found.extent),
            rule: found.rule.into(),
        }
    }

    pub(super) fn finding(&self, found: FoundFinding, sections: &[FoundSection]) -> Finding {
        let (raw, span, page) = self.place(found.span);
        Finding {
            kind: found.kind,
            value: record::Decimal(found.value),
            of: found.of.map(record::Decimal),
            unit: found.unit,
            label: found.label,
            per: found.per,
            status: found.status,
            as_of: found.as_of,
            period: found.period,
            qualifier: found.qualifier,
            change: found.change,
            section: section_of(found.span, sections),
            certainty: found.certainty,
            raw,
            span,
            page,
            rule: found.rule,
        }
    }

    pub(super) fn custom(&self, found: FoundCustom<'_>) -> Custom {
        let (raw, span, page) = self.place(found.span);
        Custom {
            kind: found.kind.to_owned(),
            fields: found.fields,
            raw,
            span,
            page,
            rule: found.rule.to_owned().into(),
        }
    }

    pub(super) fn table(&self, found: FoundTable, sections: &[FoundSection]) -> Table {
        let cell = |c: crate::recognise::table::FoundCell| Cell {
            text: c.text,
            value: c.value.map(record::Decimal),
            span: self.span(c.span),
        };
        Table {
            section: section_of(found.span, sections),
            span: self.span(found.span),
            page: self.page(found.span),
            rows: found.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect(),
            scale: found.scale,
            rule: "table".into(),
        }
    }
}

/// The last section that begins at or before a span and reaches over it.
pub(super) fn section_of(span: Span, sections: &[FoundSection]) -> Option<usize> {
    let after = sections.partition_point(|section| section.span.start <= span.start);
    let mut at = after.checked_sub(1)?;
    loop {
        if sections[at].extent.end >= span.end {
            return Some(at);
        }
        at = sections[at].parent?;
    }
}
