//! The facts of a record as rows ready to be written: a worker finds their words in the text, so that the one writer need
//! not.

use super::verbatim::Verbatim;
use crate::record::{self, Record};
use rusqlite::{
    ToSql,
    types::{ToSqlOutput, Value, ValueRef},
};
use rustc_hash::FxHasher;
use serde::Serialize;
use std::{
    borrow::Cow,
    hash::{DefaultHasher, Hash, Hasher},
    mem,
};

/// Words of a fact: where they stand word for word, counted from the fact's start; else the words themselves.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub(super) from: Option<i64>,
    pub(super) length: Option<usize>,
    pub(super) given: Option<String>,
}

impl Words {
    fn of(words: String, place: Option<(usize, usize)>, start: usize) -> Words {
        match place {
            Some((at, length)) => Words { from: Some(at as i64 - start as i64), length: Some(length), given: None },
            None => Words { given: Some(words), ..Words::default() },
        }
    }
}

/// A decimal as a column of numbers holds it.
#[derive(Debug)]
pub(super) enum Number {
    Whole(i64),
    Other(String),
}

impl Number {
    fn of(decimal: record::Decimal) -> Number {
        let value = decimal.0.normalize();
        match i64::try_from(value) {
            Ok(whole) if value.scale() == 0 => Number::Whole(whole),
            _ => Number::Other(value.to_string()),
        }
    }
}

impl ToSql for Number {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Number::Whole(whole) => ToSqlOutput::Owned(Value::Integer(*whole)),
            Number::Other(digits) => ToSqlOutput::Borrowed(ValueRef::Text(digits.as_bytes())),
        })
    }
}

/// What tells a row that others share from all others: 128 bits of its values, so that no two are taken for one.
pub(super) type Identity = (u64, u64);

fn identity(value: &impl Hash) -> Identity {
    let (mut one, mut other) = (DefaultHasher::new(), FxHasher::default());
    value.hash(&mut one);
    value.hash(&mut other);
    (one.finish(), other.finish())
}

/// A row of a table of forms: the values of its columns.
#[derive(Debug)]
pub(super) struct Form<C> {
    columns: C,
    pub(super) identity: Identity,
}

impl<C: Serialize + Hash> Form<C> {
    pub(super) fn of(columns: C) -> Form<C> {
        Form { identity: identity(&columns), columns }
    }

    /// The values as a JSON array: wanted only where the form was not met lately.
    pub(super) fn values(&self) -> String {
        json(&self.columns)
    }
}

/// The name of the rule that read a fact.
type Rule = Cow<'static, str>;

/// Rule, unit, kind, status, qualifier, change, per, as_of, period.
type FindingForm = (
    Rule,
    Option<String>,
    record::FindingKind,
    Option<record::Status>,
    Option<record::Qualifier>,
    Option<record::Change>,
    Option<String>,
    Option<String>,
    Option<String>,
);

/// What a citation names.
#[derive(Debug, Hash)]
pub(super) struct Act {
    pub(super) kind: Option<String>,
    pub(super) number: Option<String>,
    pub(super) name: Option<String>,
    pub(super) year: Option<i16>,
    pub(super) date: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) key: Option<String>,
}

#[derive(Debug)]
pub(super) struct Section {
    pub(super) form: Form<(Rule, record::SectionKind, usize, Option<record::Topic>)>,
    pub(super) parent: Option<usize>,
    pub(super) start: usize,
    pub(super) length: usize,
    pub(super) extent: usize,
    pub(super) marker: Words,
    pub(super) title: Words,
}

#[derive(Debug)]
pub(super) struct Citation {
    pub(super) form: Form<(Rule, record::Role, Option<record::Relation>)>,
    pub(super) act: Act,
    pub(super) act_identity: Identity,
    pub(super) section: Option<usize>,
    pub(super) start: usize,
    pub(super) length: usize,
    pub(super) subject: Words,
    pub(super) pinpoints: Option<String>,
}

#[derive(Debug)]
pub(super) struct Finding {
    pub(super) form: Form<FindingForm>,
    pub(super) value: Number,
    pub(super) start: usize,
    pub(super) length: usize,
    pub(super) section: Option<usize>,
    pub(super) label: Words,
    pub(super) of: Option<Number>,
}

#[derive(Debug)]
pub(super) struct Diagnostic {
    pub(super) form: Form<(Rule, record::Severity)>,
    pub(super) place: Option<(usize, usize)>,
    pub(super) suggestion: Option<String>,
}

/// The facts of one document.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) sections: Vec<Section>,
    pub(super) citations: Vec<Citation>,
    pub(super) findings: Vec<Finding>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Facts {
    /// Takes the facts out of a record.
    pub(super) fn of(record: &mut Record, text: &str) -> Facts {
        let text = Verbatim::new(text);
        Facts {
            sections: mem::take(&mut record.sections).into_iter().map(|one| section(one, &text)).collect(),
            citations: mem::take(&mut record.citations).into_iter().map(|one| citation(one, &text)).collect(),
            findings: mem::take(&mut record.findings).into_iter().map(|one| finding(one, &text)).collect(),
            diagnostics: mem::take(&mut record.diagnostics).into_iter().map(diagnostic).collect(),
        }
    }
}

fn section(section: record::Section, text: &Verbatim<'_>) -> Section {
    let (start, end) = (section.span.start, section.span.end);
    let marker = text.place(&section.marker, start, end).filter(|place| place.0 == start);
    let title = text.place(&section.title, start, end);
    Section {
        form: Form::of((section.rule, section.kind, section.level, section.topic)),
        parent: section.parent,
        start,
        length: end - start,
        extent: section.extent.end.saturating_sub(start),
        marker: Words::of(section.marker, marker, start),
        title: Words::of(section.title, title, start),
    }
}

fn citation(citation: record::Citation, text: &Verbatim<'_>) -> Citation {
    let (start, end) = (citation.span.start, citation.span.end);
    let subject = citation.subject.map(|subject| {
        let place = text.place(&subject.text, subject.span.start, subject.span.end);
        Words::of(subject.text, place, start)
    });
    let act = Act {
        kind: citation.doc_type.map(|kind| kind.code.into_owned()),
        number: citation.number.and_then(|number| number.canonical.or(number.serial)),
        name: citation.name,
        year: citation.year,
        date: citation.date.and_then(|date| date.value),
        issuer: citation.issuer.map(|issuer| issuer.name),
        key: citation.key,
    };
    Citation {
        form: Form::of((citation.rule, citation.role, citation.relation)),
        act_identity: identity(&act),
        act,
        section: citation.section,
        start,
        length: end - start,
        subject: subject.unwrap_or_default(),
        pinpoints: (!citation.pinpoints.is_empty()).then(|| json(&citation.pinpoints)),
    }
}

fn finding(finding: record::Finding, text: &Verbatim<'_>) -> Finding {
    let (start, end) = (finding.span.start, finding.span.end);
    let label = finding.label.map(|label| {
        let place = text.place_near(&label, start, end);
        Words::of(label, place, start)
    });
    Finding {
        form: Form::of((
            finding.rule,
            finding.unit,
            finding.kind,
            finding.status,
            finding.qualifier,
            finding.change,
            finding.per,
            finding.as_of,
            finding.period,
        )),
        value: Number::of(finding.value),
        start,
        length: end - start,
        section: finding.section,
        label: label.unwrap_or_default(),
        of: finding.of.map(Number::of),
    }
}

fn diagnostic(diagnostic: record::Diagnostic) -> Diagnostic {
    Diagnostic {
        form: Form::of((diagnostic.code, diagnostic.severity)),
        place: diagnostic.span.map(|span| (span.start, span.end - span.start)),
        suggestion: diagnostic.suggestion,
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_numbers_and_others_keep_their_digits() {
        let number = |said: &str| Number::of(record::Decimal(said.parse().unwrap()));
        assert!(matches!(number("120.00"), Number::Whole(120)));
        assert!(matches!(number("12.50"), Number::Other(digits) if digits == "12.5"));
        assert!(matches!(number("12345678901234567890"), Number::Other(_)));
    }
}
