//! What a paper says of itself, put together.

use super::convert::Converter;
use crate::{
    grammar::symbol::{Parts, parts, push_year},
    layout::PaperLines,
    recognise::{
        Reading,
        own::{self, FoundAddressee, FoundDate, FoundNumber, FoundPlace, FoundText},
        period::{self, FoundPeriod},
        recipient::{self, FoundRecipient},
        signatory::{self, FoundSignatory},
        spelling,
    },
    record::{
        Addressee, Authority, Certainty, DateFact, Document, DocumentNumber, DocumentType, Issuer, Mark, Paper,
        PaperKind, Part, Period, Place, Precision, Recipient, Signatory, Stage, State, Title,
    },
    resolve::{
        issuer::{self, FoundIssuer},
        kind::{self, FoundKind},
    },
    rules::{DocType, Rules, StampField},
    text::{Span, first_word_is},
};
use memchr::memchr2;

/// One paper as it was found.
pub(super) struct FoundPaper {
    pub kind: PaperKind,
    /// Where the text behind its head begins.
    pub body: usize,
    pub span: Span,
    pub doc_type: Option<FoundKind>,
    pub number: Option<FoundNumber>,
    pub date: Option<FoundDate>,
    pub place: Option<FoundPlace>,
    pub issuer: Option<FoundIssuer>,
    pub title: Option<FoundText>,
    pub addressees: Vec<FoundAddressee>,
    pub recipients: Vec<FoundRecipient>,
    pub signatories: Vec<FoundSignatory>,
    pub security: Option<Span>,
    pub urgency: Option<Span>,
    pub stage: Option<Stage>,
    pub period: Option<FoundPeriod>,
}

/// Reads what one paper says of itself: all of it of the first, of any other what the record's list of papers holds.
pub(super) fn paper(reading: &Reading<'_>, lines: &PaperLines, is_first: bool) -> FoundPaper {
    let all = &reading.layout.lines;
    let first = all.get(lines.lines.start).map_or(0, |line| line.full.start);
    let last = lines.lines.end.checked_sub(1).and_then(|at| all.get(at)).map_or(first, |line| line.full.end);
    let head = &lines.head;
    let number = own::number(reading, head);
    let doc_type = kind::kind(reading, head, number.as_ref());
    let code = doc_type.as_ref().map_or("", |k| reading.rules.tables().types[k.kind].code.as_ref());
    let date = own::date(reading, head).or_else(|| {
        matches!(code, "Luật" | "BL" | "PL").then(|| own::adoption(reading, Span::new(first, last))).flatten()
    });
    let place = is_first.then(|| own::place(reading, head)).flatten();
    let open = |state: Option<State>| state == Some(State::Blank);
    let draft = own::stamp(head, StampField::Draft).is_some()
        || number.as_ref().is_some_and(|n| open(n.state))
        || date.as_ref().is_some_and(|d| open(d.state));
    let stage = if lines.kind == PaperKind::Copy || own::stamp(head, StampField::Copy).is_some() {
        Some(Stage::Copy)
    } else if draft {
        Some(Stage::Draft)
    } else {
        (number.is_some() && date.is_some()).then_some(Stage::Issued)
    };
    let title = own::title(reading, head);
    let period = || {
        title.as_ref().and_then(|t| period::period(reading, t.span)).or_else(|| {
            // The first sentence below the head.
            let line = all.get(head.end).filter(|line| head.end < lines.tail.start && line.full.start < last)?;
            // A ground without a title above it tells the period of what it cites.
            if title.is_none() && first_word_is(line.text(reading.text), "can") {
                return None;
            }
            let sentence = line.full.start..last;
            let most = &reading.text.as_bytes()[sentence.start..sentence.end.min(sentence.start + 600)];
            let length = memchr2(b':', b'.', most).unwrap_or(most.len());
            let end = (sentence.start + length..=last).find(|&at| reading.text.is_char_boundary(at))?;
            period::period(reading, Span::new(sentence.start, end)).filter(|p| p.rule != "period.year")
        })
    };
    let mut paper = FoundPaper {
        kind: lines.kind,
        body: all.get(head.end).map_or(last, |line| line.full.start),
        span: Span::new(first, last),
        // A contract is between parties: no organ issues it.
        issuer: (is_first && code != "HĐ")
            .then(|| issuer::issuer(reading, head, number.as_ref(), place.as_ref()))
            .flatten(),
        period: is_first.then(period).flatten(),
        doc_type,
        title,
        addressees: if is_first { own::addressees(reading, head) } else { Vec::new() },
        recipients: if is_first { recipient::recipients(reading, &lines.tail) } else { Vec::new() },
        signatories: signatory::signatories(reading, &lines.tail),
        security: own::stamp(head, StampField::Security).copied(),
        urgency: own::stamp(head, StampField::Urgency).copied(),
        number,
        date,
        place,
        stage,
    };
    mend_names(reading, &mut paper);
    paper.signatories.shrink_to_fit();
    paper
}

/// Mends what OCR made of the names of organs.
fn mend_names(reading: &Reading<'_>, paper: &mut FoundPaper) {
    let issuer = paper.issuer.iter_mut().map(|issuer| (&mut issuer.name, &mut issuer.certainty));
    let addressees = paper.addressees.iter_mut().map(|one| (&mut one.name, &mut one.certainty));
    let recipients = paper.recipients.iter_mut().filter(|one| !one.archive);
    let recipients = recipients.map(|one| (&mut one.name, &mut one.certainty));
    let (mut names, certainties): (Vec<_>, Vec<_>) = issuer.chain(addressees).chain(recipients).unzip();
    for (certainty, mended) in certainties.into_iter().zip(spelling::mend(reading, &mut names)) {
        if mended && *certainty == Certainty::Stated {
            *certainty = Certainty::Repaired;
        }
    }
}

impl Converter<'_, '_> {
    /// The record's `document`.
    pub(super) fn document(&self, reading: &Reading<'_>, paper: &FoundPaper) -> Document {
        Document {
            kind: paper.doc_type.as_ref().map(|k| self.doc_type(reading, k)),
            number: paper.number.clone().map(|n| self.number(reading.rules, n)),
            date: paper.date.clone().map(|d| self.date(d)),
            place: paper.place.as_ref().map(|p| {
                let (raw, span, page) = self.place(p.span);
                let (name, certainty) = (p.name.clone(), p.certainty);
                Place { name, state: None, certainty, raw, span, page, rule: "place".into() }
            }),
            issuer: paper.issuer.as_ref().map(|i| self.issuer(i)),
            title: paper.title.clone().map(|t| self.title(t, "title")),
            addressees: paper
                .addressees
                .iter()
                .map(|a| {
                    let (raw, span, page) = self.place(a.span);
                    let (name, certainty) = (a.name.clone(), a.certainty);
                    Addressee { name, certainty, raw, span, page, rule: "addressee".into() }
                })
                .collect(),
            recipients: paper
                .recipients
                .iter()
                .map(|r| {
                    let (raw, span, page) = self.place(r.span);
                    let (name, purpose, certainty) = (r.name.clone(), r.purpose.clone(), r.certainty);
                    Recipient { name, purpose, archive: r.archive, certainty, raw, span, page, rule: r.rule.into() }
                })
                .collect(),
            signatories: self.signatories(paper),
            period: paper.period.as_ref().map(|p| {
                let (raw, span, page) = self.place(p.span);
                Period { from: p.from.clone(), to: p.to.clone(), raw, span, page, rule: p.rule.into() }
            }),
            stage: paper.stage,
            security: paper.security.map(|span| self.mark(reading, span, "stamp.security")),
            urgency: paper.urgency.map(|span| self.mark(reading, span, "stamp.urgency")),
        }
    }

    /// One of the record's `papers`.
    pub(super) fn paper(&self, reading: &Reading<'_>, paper: &FoundPaper) -> Paper {
        Paper {
            kind: paper.kind,
            doc_type: paper.doc_type.as_ref().map(|k| self.doc_type(reading, k)),
            number: paper.number.clone().map(|n| self.number(reading.rules, n)),
            date: paper.date.clone().map(|d| self.date(d)),
            title: paper.title.clone().map(|t| self.title(t, "title")),
            signatories: self.signatories(paper),
            span: self.span(paper.span),
            page: self.page(paper.span),
        }
    }

    fn doc_type(&self, reading: &Reading<'_>, found: &FoundKind) -> DocumentType {
        self.kind(&reading.rules.tables().types[found.kind], found.span, found.certainty)
    }

    /// The kind of a document, with the place of its word.
    pub(super) fn kind(&self, kind: &DocType, word: Option<Span>, certainty: Certainty) -> DocumentType {
        let (raw, span, page) = word.map_or((None, None, None), |word| {
            let (raw, span, page) = self.place(word);
            (Some(raw), Some(span), page)
        });
        let (code, name, rule) = (kind.code.clone(), kind.name.clone(), kind.rule.clone());
        DocumentType { code, name, certainty, raw, span, page, rule }
    }

    /// A number, with the organs and unit that its symbol names.
    pub(super) fn number(&self, rules: &Rules, found: FoundNumber) -> DocumentNumber {
        let (raw, span, page) = self.place(found.span);
        let parts = found.symbol.as_deref().map_or_else(Parts::default, |symbol| parts(symbol, rules.codes()));
        let canonical = found.serial.as_ref().map(|serial| {
            let symbol = found.symbol.as_deref().unwrap_or_default();
            let mut out = String::with_capacity(serial.len() + symbol.len() + "/2000/".len());
            out.push_str(serial);
            if let Some(year) = found.year {
                out.push('/');
                push_year(&mut out, year);
            }
            if found.symbol.is_some() {
                out.push(if found.dashed { '-' } else { '/' });
                out.push_str(symbol);
            }
            out
        });
        DocumentNumber {
            serial: found.serial,
            year: found.year,
            symbol: found.symbol,
            canonical,
            issuers: parts.issuers,
            unit: parts.unit,
            state: found.state,
            certainty: found.certainty,
            raw,
            span,
            page,
            rule: found.rule.into(),
        }
    }

    /// A date.
    pub(super) fn date(&self, found: FoundDate) -> DateFact {
        let (raw, span, page) = self.place(found.span);
        let (earliest, latest) = match found.precision {
            Precision::Day => (None, None),
            _ => bounds(found.value.as_deref()),
        };
        DateFact {
            value: found.value,
            precision: found.precision,
            earliest,
            latest,
            state: found.state,
            certainty: found.certainty,
            raw,
            span,
            page,
            rule: found.rule.into(),
        }
    }

    /// A title or subject.
    pub(super) fn title(&self, found: FoundText, rule: &'static str) -> Title {
        let (raw, span, page) = self.place(found.span);
        Title { text: found.text, raw, span, page, parts: self.parts(&found.parts), rule: rule.into() }
    }

    fn issuer(&self, found: &FoundIssuer) -> Issuer {
        let hull = found.parts.iter().copied().reduce(Span::hull).unwrap_or_default();
        let (raw, span, page) = self.place(hull);
        Issuer {
            name: found.name.clone(),
            parent: found.parent.clone(),
            level: found.level,
            key: None,
            locality: None,
            certainty: found.certainty,
            raw,
            span,
            page,
            parts: self.parts(&found.parts),
            rule: found.rule.clone().into(),
        }
    }

    fn signatories(&self, paper: &FoundPaper) -> Vec<Signatory> {
        let mut all = Vec::with_capacity(paper.signatories.len());
        all.extend(paper.signatories.iter().filter_map(|s| {
            let (raw, span, page) = self.place(s.span()?);
            Some(Signatory {
                name: s.name.clone(),
                position: s.position.clone(),
                authority: s.authority,
                acting_for: s.acting_for.clone().filter(|_| !matches!(s.authority, Some(Authority::TM))),
                on_behalf_of: s.on_behalf_of.clone(),
                state: None,
                raw,
                span,
                page,
                parts: self.parts(&s.parts),
                rule: s.rule.clone().into(),
            })
        }));
        all
    }

    fn mark(&self, reading: &Reading<'_>, span: Span, rule: &'static str) -> Mark {
        let value = own::clean(span.of(reading.text)).to_uppercase();
        let (raw, span, page) = self.place(span);
        Mark { value, raw, span, page, rule: rule.into() }
    }

    /// The pieces of a fact, where there is more than one.
    fn parts(&self, spans: &[Span]) -> Vec<Part> {
        if spans.len() < 2 {
            return Vec::new();
        }
        let part = |span: &Span| {
            let (raw, span, _) = self.place(*span);
            Part { span, raw }
        };
        spans.iter().map(part).collect()
    }
}

/// The first and last day that a date cut at month or year can be.
fn bounds(value: Option<&str>) -> (Option<String>, Option<String>) {
    let Some(value) = value else { return (None, None) };
    let mut parts = value.split('-').map(str::parse::<i16>);
    let (Some(Ok(year)), month) = (parts.next(), parts.next()) else { return (None, None) };
    let (first, last) = match month {
        Some(Ok(month)) => {
            let month = i8::try_from(month).unwrap_or(1);
            let first = jiff::civil::Date::new(year, month, 1).ok();
            (first, first.map(|day| day.last_of_month()))
        }
        _ => (jiff::civil::Date::new(year, 1, 1).ok(), jiff::civil::Date::new(year, 12, 31).ok()),
    };
    (first.map(|d| d.to_string()), last.map(|d| d.to_string()))
}
