//! What stands around a number or a name: date, issuer, subject.

use super::{CitedIssuer, FoundCitation};
use crate::text::letter;
use crate::{
    grammar::date,
    recognise::{
        Reading,
        organ::{FoundOrgan, organ_at, proper_name},
        own::{FoundDate, FoundText, clean},
    },
    record::Level,
    rules::Cue,
    text::{Span, fold_char},
};

/// The date stated right behind a number or name: `ngày 27/01/2023`, after a comma or a stray mark.
pub(super) fn date_behind(text: &str, at: usize) -> Option<FoundDate> {
    let rest = text.get(at..)?;
    let skipped: usize = rest
        .chars()
        .take(8)
        .take_while(|c| c.is_whitespace() || matches!(c, ',' | ')' | '*' | '.' | '_' | '\''))
        .map(char::len_utf8)
        .sum();
    let start = at + skipped;
    opening_word(&text[start..], "ngay")?;
    if rest[..skipped].bytes().filter(|byte| *byte == b'\n').count() > 2 {
        return None;
    }
    let read = date::date(text, start)?;
    Some(FoundDate::new(&read, start))
}

/// The end of the letters that open a text, if they are a word, folded.
pub(super) fn opening_word(text: &str, folded: &str) -> Option<usize> {
    let mut wanted = folded.chars();
    let mut end = 0;
    for c in text.chars().take_while(|c| letter::is_alphabetic(*c)) {
        if wanted.next() != Some(fold_char(c)) {
            return None;
        }
        end += c.len_utf8();
    }
    wanted.next().is_none().then_some(end)
}

/// The issuer stated behind a citation: `của Chính phủ`, `của Chủ tịch UBND xã`.
pub(super) fn issuer_behind(reading: &Reading<'_>, at: usize) -> Option<CitedIssuer> {
    let text = reading.text;
    let rest = text.get(at..)?;
    let trimmed =
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '.' | '‹' | '›' | '|'));
    if rest.len() - trimmed.len() > 12 {
        return None;
    }
    // `2011của`: OCR and typing lose the space.
    let of = ["của ", "của\n", "Của "].iter().find(|of| trimmed.starts_with(**of)).map(|of| of.len());
    let spaced = rest.len() - trimmed.len() > 0 && rest[..rest.len() - trimmed.len()].trim().is_empty();
    let behind = at + (rest.len() - trimmed.len());
    let mut start = match of {
        Some(of) => behind + of,
        None => behind + damaged_of(trimmed).filter(|of| spaced && names_state(reading, behind + of))?,
    };
    start += text[start..].len() - text[start..].trim_start().len();
    let end = issuer_end(reading, start)?;
    let span = Span::new(start, end);
    Some(CitedIssuer { name: clean(span.of(text)), inferred: false, span })
}

/// How much of a text OCR left of `của ` before a name: `củ`, `cùa`, or nothing where it was forgotten.
fn damaged_of(text: &str) -> Option<usize> {
    let word = &text[..text.find(|c: char| !letter::is_alphabetic(c))?];
    if text.starts_with(letter::is_uppercase) {
        return Some(0);
    }
    let folded = word.chars().take(4).map(fold_char);
    // A stray mark is no blank, and more than one byte.
    let spaced = text[word.len()..].starts_with([' ', '\n']);
    (spaced && (folded.clone().eq("cua".chars()) || folded.eq("cu".chars()))).then_some(word.len() + 1)
}

/// Whether a central organ of the State is named at a place, and what is said of its act follows.
fn names_state(reading: &Reading<'_>, at: usize) -> bool {
    let tables = reading.rules.tables();
    let central = |found: &FoundOrgan| tables.organs[found.organ].level == Some(Level::Central);
    organ_at(reading, at).filter(central).is_some_and(|found| {
        let rest = &reading.text[found.span.end..];
        let next = found.span.end + (rest.len() - rest.trim_start_matches([' ', '\n']).len());
        tables.issuer_ends.at(reading.text, next).is_some()
    })
}

/// Takes in the further organs of an act that so many issued together: `của Bộ Nội vụ, Bộ Tài chính và Bộ Y tế`.
pub(super) fn join_issuers(reading: &Reading<'_>, issuer: &mut CitedIssuer, organs: usize) {
    let text = reading.text;
    if organs < 2 {
        return;
    }
    // Two ministries joined by `và` were read as one.
    let read = 1 + issuer.name.matches(" và Bộ ").count();
    for _ in read..organs.min(8) {
        let rest = &text[issuer.span.end..];
        let next = rest.trim_start_matches([' ', '\n', ',', '-']);
        let next = next.strip_prefix("và").map_or(next, |next| next.trim_start_matches([' ', '\n']));
        let start = text.len() - next.len();
        let marks = &rest[..start - issuer.span.end];
        if marks.trim().is_empty() || marks.contains("\n\n") || organ_at(reading, start).is_none() {
            break;
        }
        let Some(end) = issuer_end(reading, start) else { break };
        issuer.span.end = end;
    }
    issuer.name = clean(issuer.span.of(text));
}

/// The end of an issuer's name that begins at `start`.
fn issuer_end(reading: &Reading<'_>, start: usize) -> Option<usize> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let mut at = start;
    let mut end = None;
    let mut words = 0;
    // An organ of the list or one with its unit is whole: small letters end it, but for those of a capitalised word
    // that carries it on (`Ban Thường vụ Tỉnh đoàn`).
    let (mut whole, mut free) = (false, false);
    while words < 24 {
        let capital = text[at..].starts_with(letter::is_uppercase);
        if let Some((stop, _)) = tables.positions.at(text, at).filter(|_| words == 0) {
            end = Some(stop);
        } else if let Some(found) = organ_at(reading, at).filter(|found| is_named(text, found.span, words)) {
            end = Some(found.span.end);
            whole = found.unit.is_some() || !tables.organs[found.organ].runs_on;
            free = false;
        } else if let Some(stop) = unit_end(reading, at) {
            end = Some(stop);
            (whole, free) = (true, false);
        } else {
            let word = text[at..]
                .split(|c: char| !(letter::is_alphanumeric(c) || matches!(c, '\'' | '&')))
                .next()
                .unwrap_or_default();
            let kind = capital && words > 0 && tables.type_words.at(text, at).is_some();
            let stops = !capital
                && (words == 0 || tables.issuer_ends.at(text, at).is_some() || whole && !free && word != "khóa");
            let subject = matches!(text.get(at..at + 3), Some("V/v" | "V/V"));
            if word.is_empty() || stops || kind || subject {
                break;
            }
            free |= capital;
            end = Some(at + word.len());
        }
        words += 1;
        let stop = end?;
        let gap = &text[stop..];
        let next = gap.trim_start_matches([' ', '\n']);
        let skipped = gap.len() - next.len();
        if gap[..skipped].contains("\n\n") {
            break;
        }
        if let Some(joined) = next.strip_prefix("- ")
            && joined.starts_with(letter::is_uppercase)
        {
            at = stop + skipped + 2;
            continue;
        }
        if skipped == 0 {
            // `Tài chính-Kế hoạch` is one name; any other mark ends it.
            if let Some(joined) = next.strip_prefix('-').filter(|j| j.starts_with(letter::is_alphabetic) && words < 6) {
                at = stop + (next.len() - joined.len());
                continue;
            }
            break;
        }
        at = stop + skipped;
        if let Some(joined) = next.strip_prefix("và ").filter(|j| j.starts_with(letter::is_uppercase) && words < 6) {
            // `Chi cục Trồng trọt và Bảo vệ thực vật`; `Bộ Văn hóa - Thông tin và Bộ Tài chính`.
            let after = at + (next.len() - joined.len());
            let ministry = |at: usize| text[at..].starts_with("Bộ ");
            if !whole || free || ministry(start) && ministry(after) {
                if tables.type_words.at(text, after).is_some() {
                    break;
                }
                at = after;
            }
        }
    }
    let stop = end?;
    let trimmed = text[start..stop].trim_end_matches(|c: char| !letter::is_alphanumeric(c) && c != ')');
    (trimmed.chars().nth(2).is_some()).then_some(start + trimmed.len())
}

/// The end of a unit at `at`: its kind in small letters, or in capitals with a name behind it.
fn unit_end(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let text = reading.text;
    let (stop, _) = reading.rules.tables().territories.at(text, at)?;
    let next = stop + text[stop..].len() - text[stop..].trim_start_matches([' ', '\n']).len();
    match proper_name(reading, next) {
        Some(end) => Some(end),
        None => text[at..].starts_with(letter::is_lowercase).then_some(stop),
    }
}

/// Whether a match is an organ's name rather than a word of the sentence: its head in capitals, or more than one word.
fn is_named(text: &str, span: Span, words: usize) -> bool {
    let said = span.of(text);
    said.starts_with(letter::is_uppercase) || words == 0 || said.split_whitespace().count() > 2
}

/// Whether an organ that acts is named right behind a place: the main clause begins there.
fn organ_acts(reading: &Reading<'_>, at: usize) -> bool {
    let text = reading.text;
    let next = |at: usize| at + (text[at..].len() - text[at..].trim_start().len());
    let first = next(at);
    let Some(found) = organ_at(reading, first).filter(|_| text[first..].starts_with(letter::is_uppercase)) else {
        return false;
    };
    reading.rules.tables().cue_at(Cue::Acts, text, next(found.span.end)).is_some()
}

/// The `về …` clause behind a citation, up to the next one or the end of the clause.
pub(super) fn subject(reading: &Reading<'_>, citation: &FoundCitation, next: usize) -> Option<FoundText> {
    const MOST: usize = 600;
    let text = reading.text;
    let from = citation
        .issuer
        .as_ref()
        .filter(|i| i.span.start >= citation.span.end)
        .map_or(citation.span.end, |i| i.span.end);
    let rest = text.get(from..)?;
    let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    if rest.len() - trimmed.len() > 12 {
        return None;
    }
    let opens = ["về ", "về\n", "V/v ", "v/v "].iter().any(|word| trimmed.starts_with(word));
    if !opens {
        return None;
    }
    let start = from + (rest.len() - trimmed.len());
    let limit = next.max(start).min(text.len());
    let mut end = limit;
    let (mut quoted, mut opened) = (false, false);
    let bytes = text.as_bytes();
    for at in start..limit {
        if at - start > MOST && text.is_char_boundary(at) {
            end = at;
            break;
        }
        let ends = match bytes[at] {
            b'"' => {
                quoted = !quoted;
                false
            }
            b'(' => {
                opened = true;
                false
            }
            b';' | b':' => !quoted,
            b',' => !quoted && organ_acts(reading, at + 1),
            b'.' => !quoted && matches!(bytes.get(at + 1), Some(b' ' | b'\n')),
            b'\n' => {
                at > start
                    && (bytes[at - 1] == b'\n' || reading.rules.tables().cue_at(Cue::Enacting, text, at + 1).is_some())
            }
            b')' => !opened,
            _ => false,
        };
        if ends {
            end = at;
            break;
        }
    }
    let span = Span::new(start, end).trim(text);
    let mut said = clean(span.of(text));
    if end == limit && limit == next {
        // What leads to the next citation is no part of the subject.
        for joint in [" và", ",", " theo", " tại", " của"] {
            if let Some(bare) = said.strip_suffix(joint) {
                said.truncate(bare.len());
            }
        }
    }
    said.truncate(said.trim_end_matches([',', '.', ' ', '/']).len());
    (said.len() > 6).then(|| FoundText { text: said, span, parts: vec![span] })
}
