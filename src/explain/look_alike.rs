//! What looks like a fact and gave none.

use super::{
    Refused, Sought,
    fact::Facts,
    reason::{self, Worded},
    zone_name,
};
use crate::{
    assemble,
    grammar::{date, roman, symbol},
    layout::{Zone, authority, is_upper},
    recognise::{Reading, citation, finding, section, signatory},
    record,
    text::{Normalised, Span},
};

/// The places that look like a fact and gave none, in reading order.
pub(super) struct LookAlikes {
    refused: Vec<Refused>,
}

/// What was looked for, where, and the refusal.
type Tried = (Sought, Span, Worded);

impl LookAlikes {
    /// Asks every reader, and leaves out what does not look like what it reads or what a fact claims.
    pub(super) fn of(
        reading: &Reading<'_>,
        facts: &Facts,
        normalised: &Normalised<'_>,
        place: impl Fn(Span) -> record::Span,
    ) -> LookAlikes {
        let mut tried = citations(reading);
        tried.extend(findings(reading));
        tried.extend(headings(reading));
        tried.extend(signers(reading));
        let mut refused: Vec<Refused> = Vec::new();
        for (sought, span, worded) in tried {
            // The words that the reader stumbled over belong to the place.
            let near = |word: &Span| word.start.abs_diff(span.start) < 200 && word.end.abs_diff(span.end) < 200;
            let shown = worded.word.filter(near).map_or(span, |word| span.hull(word)).trim(reading.text);
            let found = place(span);
            if facts.claim(found, |fact| claims(sought, &fact.fact)) {
                continue;
            }
            let at = normalised.source_span(shown);
            refused.push(Refused {
                sought,
                raw: normalised.source()[at.start..at.end].to_owned(),
                span: place(shown),
                reason: worded.code,
                says: worded.says,
                rule: worded.rule,
            });
        }
        refused.sort_by_key(|refused| (refused.span.start, refused.sought, refused.span.end));
        refused.dedup();
        LookAlikes { refused }
    }

    /// Those that end on a line.
    pub(super) fn on(&self, line: record::Span) -> Vec<Refused> {
        let on = |refused: &&Refused| line.start < refused.span.end && refused.span.end <= line.end;
        self.refused.iter().filter(on).cloned().collect()
    }
}

/// Whether a fact of the record is what was looked for, or takes its place.
fn claims(sought: Sought, fact: &str) -> bool {
    let own = |name: &str| {
        fact.starts_with("document.") && fact.ends_with(name) || fact.starts_with("papers[") && fact.ends_with(name)
    };
    match sought {
        Sought::DocumentNumber => fact.starts_with("citations") || own(".number") || own(".date"),
        Sought::Act => fact.starts_with("citations"),
        Sought::Date => fact.starts_with("citations") || own(".date") || own(".period"),
        Sought::Finding => !fact.starts_with("sections") && !own(".title"),
        Sought::Heading => fact.starts_with("sections"),
        Sought::Signer => fact.contains("signatories"),
    }
}

/// The first `/` or `-` form that stands behind digits, as far as it goes without a space.
fn token_end(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let token = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '/' | '-' | '.'))).unwrap_or(rest.len());
    from + rest[..token].trim_end_matches(['.', '-', '/']).len()
}

fn citations(reading: &Reading<'_>) -> Vec<Tried> {
    let text = reading.text;
    let mut tried = Vec::new();
    let mut upto = 0;
    for (span, why) in citation::refusals(reading) {
        let act = text[span.start..].starts_with(char::is_alphabetic)
            && !text[span.start..span.end].contains(|c: char| c.is_ascii_digit());
        let Some(worded) = reason::citation(why, text) else { continue };
        // `luật của ta` in small letters is prose.
        let prose = matches!(why, citation::Refusal::NoName(_)) && text[span.start..].starts_with(char::is_lowercase);
        if act && prose {
            continue;
        }
        if act {
            tried.push((Sought::Act, span, worded));
            continue;
        }
        // The groups behind the first of one number are no numbers of their own.
        let group = |c: char| c.is_uppercase() || c.is_ascii_digit();
        let joined = text[span.end..].starts_with(['/', '-']) && text[span.end + 1..].starts_with(group);
        let loose = matches!(why, citation::Refusal::Glued | citation::Refusal::Zone) && !joined;
        if span.start < upto || loose {
            continue;
        }
        upto = token_end(text, span.end);
        if !like_number(text, span, upto, why) {
            continue;
        }
        tried.push((Sought::DocumentNumber, Span::new(span.start, upto.max(span.end)), worded));
    }
    tried
}

/// Whether digits that are no number of a document look like one: a date and a span of years do not.
fn like_number(text: &str, digits: Span, end: usize, why: citation::Refusal) -> bool {
    match why {
        citation::Refusal::NoNumber(symbol::Refusal::NoGroup(group)) => {
            let range =
                text[..group].trim_end().ends_with('-') && text[group..].starts_with(|c: char| !c.is_uppercase());
            !range && date::numeric(text, digits.start).is_none()
        }
        citation::Refusal::NoNumber(symbol::Refusal::UnknownJoined) => text[digits.end..end].contains('/'),
        // A type word that ends a paragraph before names nothing here.
        citation::Refusal::NoNickname(word) => !text[word.end.min(digits.start)..digits.start].contains('\n'),
        _ => true,
    }
}

fn findings(reading: &Reading<'_>) -> Vec<Tried> {
    let text = reading.text;
    let mut tried = Vec::new();
    for (span, why) in finding::refusals(reading, &assemble::suppressed(reading)) {
        if let Some(end) = date::numeric(text, span.start).map(|read| read.end) {
            let says = "dates are read on the place-and-date line, with a citation and in a period only";
            let worded = Worded { code: "alone", says: says.to_owned(), word: None, rule: None };
            tried.push((Sought::Date, Span::new(span.start, end), worded));
        }
        let shown = if matches!(why, finding::Refusal::Symbol) { token_end(text, span.end) } else { span.end };
        tried.push((
            Sought::Finding,
            Span::new(span.start, shown.max(span.end)),
            reason::finding(why, text, reading.rules),
        ));
    }
    for (line, zone) in reading.layout.lines.iter().zip(&reading.layout.zones) {
        if finding::is_searched(*zone) || matches!(zone, Zone::Noise | Zone::Table) {
            continue;
        }
        let (said, mut at) = (line.text(text), 0);
        while let Some(digit) = said[at..].find(|c: char| c.is_ascii_digit()).map(|step| at + step) {
            at = digit + said[digit..].find(|c: char| !c.is_ascii_digit()).unwrap_or(said.len() - digit);
            let says = format!("findings are looked for in body and grounds, not in {}", zone_name(*zone));
            let worded = Worded { code: "zone", says, word: None, rule: None };
            tried.push((Sought::Finding, Span::new(line.span.start + digit, line.span.start + at), worded));
        }
    }
    tried
}

fn headings(reading: &Reading<'_>) -> Vec<Tried> {
    let mut tried = Vec::new();
    for (index, why) in section::refusals(reading) {
        let line = reading.layout.lines[index].span;
        if let Some(length) = marker_like(line.of(reading.text)) {
            tried.push((Sought::Heading, Span::new(line.start, line.start + length), reason::heading(why)));
        }
    }
    tried
}

/// The length of what looks like a marker at the head of a line.
fn marker_like(said: &str) -> Option<usize> {
    let head = said.find(|c: char| !c.is_alphanumeric()).unwrap_or(said.len());
    let (token, rest) = said.split_at(head);
    let division = ["phần", "chương", "mục", "điều"].iter().any(|word| crate::text::lower_eq(token, word));
    if division {
        let number = rest.trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let counted = number.starts_with(|c: char| c.is_ascii_digit()) || roman::roman(number).is_some();
        return counted.then(|| head + rest.len() - rest.trim_start().len() + number.len());
    }
    let numbered = token.len() <= 3 && token.bytes().all(|b| b.is_ascii_digit());
    let form = numbered || roman::roman(token).is_some() || token.chars().count() == 1;
    let sign = rest.chars().next().filter(|c| matches!(c, '.' | ')' | '/' | ','))?;
    // `V/v`, `30/5`: no row is marked so.
    let behind = rest[1..].chars().next();
    if matches!(sign, '/' | ',') && behind.is_some_and(|c| c.is_ascii_digit() || !numbered && c.is_alphabetic()) {
        return None;
    }
    let chained = rest[1..].find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ')'))).unwrap_or(rest.len() - 1);
    (!token.is_empty() && form).then_some(head + sign.len_utf8() + if numbered { chained } else { 0 })
}

fn signers(reading: &Reading<'_>) -> Vec<Tried> {
    /// A line of a signature block is short.
    const MOST: usize = 80;
    let mut tried = Vec::new();
    for paper in &reading.layout.papers {
        let refused = signatory::refusals(reading, &paper.tail);
        tried.extend(refused.into_iter().map(|(span, why)| (Sought::Signer, span, reason::signer(why))));
    }
    for (line, zone) in reading.layout.lines.iter().zip(&reading.layout.zones) {
        let said = line.text(reading.text);
        let signs = said.chars().count() <= MOST && is_upper(said) && authority(said, reading.rules.tables()).is_some();
        if signs && !matches!(zone, Zone::Signature | Zone::Recipients) {
            let says = format!("signers are looked for in the signature's columns, not in {}", zone_name(*zone));
            tried.push((Sought::Signer, line.span, Worded { code: "zone", says, word: None, rule: None }));
        }
    }
    tried
}
