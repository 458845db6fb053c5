//! Look-alikes: what looks like a fact and was claimed by none. The alarm that something is not read.
//!
//! The words looked for stand here and not in `rules/`, on purpose: an alarm that shares its words with the rules would
//! be deaf where they are.

use crate::{
    Extractor,
    record::{Citation, Offsets, Pinpoint, Record, Span},
    text::{Normalised, OffsetIndex},
};
use serde::Serialize;

/// What a look-alike looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pattern {
    /// The number and symbol of a document: `12/KH-UBND`, `39-NQ/ĐU`.
    Symbol,
    /// `Điều 5`.
    Article,
    /// `khoản 2`.
    Clause,
    /// `15,5%`.
    Percent,
    /// `60 triệu đồng`.
    Money,
    /// `Luật Đất đai`, `Bộ luật Dân sự`.
    Act,
}

impl Pattern {
    /// Every pattern, in the order in which they are shown.
    pub const ALL: [Pattern; 6] =
        [Pattern::Symbol, Pattern::Article, Pattern::Clause, Pattern::Percent, Pattern::Money, Pattern::Act];

    /// Its name: `symbol`.
    pub fn name(self) -> &'static str {
        match self {
            Pattern::Symbol => "symbol",
            Pattern::Article => "article",
            Pattern::Clause => "clause",
            Pattern::Percent => "percent",
            Pattern::Money => "money",
            Pattern::Act => "act",
        }
    }
}

/// A place that looks like a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LookAlike {
    /// What it looks like.
    pub pattern: Pattern,
    /// Where it stands, in code points of the source text.
    pub span: Span,
    /// The source text there.
    pub raw: String,
}

/// What looks like a fact in one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// How many places look like each pattern, in the order of [`Pattern::ALL`].
    pub seen: [usize; 6],
    /// Those that no fact claims, in reading order.
    pub unclaimed: Vec<LookAlike>,
}

/// Reads a document and tells what looks like a fact in it and was claimed by none.
///
/// ```
/// let audit = trich::eval::audit(trich::Extractor::builtin(), "a.txt", "Theo mẫu 12/XYZ-ABC đính kèm.".as_bytes());
/// assert_eq!(audit.seen[0], 1);
/// ```
pub fn audit(extractor: Extractor<'_>, name: &str, bytes: &[u8]) -> Audit {
    let record = extractor.offsets(Offsets::Chars).extract(name, bytes);
    let source = crate::text(name, bytes);
    let text = Normalised::new(&source);
    let points = OffsetIndex::new(&source, Offsets::Chars);
    let claims = Claims::new(&record);
    let mut audit = Audit::default();
    for found in scan(text.as_str()) {
        let place = text.source_span(crate::text::Span::new(found.start, found.end));
        let span = points.span(place);
        if let Some(seen) = Pattern::ALL.iter().position(|pattern| *pattern == found.pattern) {
            audit.seen[seen] += 1;
        }
        if !claims.hold(&found, span) {
            let raw = source[place.start..place.end].to_owned();
            audit.unclaimed.push(LookAlike { pattern: found.pattern, span, raw });
        }
    }
    audit
}

/// A look-alike in the normalised text, in bytes, with its number.
#[derive(Debug, PartialEq, Eq)]
struct Found<'t> {
    pattern: Pattern,
    start: usize,
    end: usize,
    number: &'t str,
}

/// Every look-alike of a text, in reading order. One pass; from each digit or opening word it looks a little ahead.
fn scan(text: &str) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let is_start = !text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let hit = if !is_start {
            None
        } else if c.is_ascii_digit() {
            quantity(text, at).or_else(|| symbol(text, at))
        } else if matches!(c, 'Đ' | 'đ' | 'k' | 'K' | 'L' | 'B') {
            pinpoint(text, at).or_else(|| act(text, at))
        } else {
            None
        };
        at = match hit {
            Some(hit) => {
                let end = hit.end;
                found.push(hit);
                end
            }
            // A number or a word is looked at once, from its start.
            None if c.is_ascii_digit() => number_end(text, at),
            None => at + c.len_utf8(),
        };
    }
    found
}

/// The end of a number: digits, with dots or commas between them.
fn number_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let is_digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut end = at;
    while is_digit(end) || (end > at && matches!(bytes.get(end), Some(b'.' | b',')) && is_digit(end + 1)) {
        end += 1;
    }
    end
}

/// `15,5%`, `60 triệu đồng`.
fn quantity(text: &str, at: usize) -> Option<Found<'_>> {
    let close = number_end(text, at);
    let rest = text[close..].trim_start_matches([' ', '\u{a0}']);
    let hit = |pattern, end| Some(Found { pattern, start: at, end, number: &text[at..close] });
    if rest.starts_with('%') {
        return hit(Pattern::Percent, text.len() - rest.len() + 1);
    }
    let mut rest = rest;
    // `nghìn tỷ đồng` is the longest.
    for _ in 0..3 {
        if let Some(after) = word(rest, "đồng") {
            // `đồng chí`, `đồng bào` are people.
            let next = after.trim_start();
            let people = ["chí", "bào", "bộ", "thời", "thuận"].iter().any(|other| word(next, other).is_some());
            return if people { None } else { hit(Pattern::Money, text.len() - after.len()) };
        }
        let scale = ["nghìn", "ngàn", "triệu", "tỷ", "tỉ"].iter().find_map(|scale| word(rest, scale))?;
        rest = scale.trim_start();
    }
    None
}

/// `12/KH-UBND`, `05/2020/TT-BNV`, `39-NQ/ĐU`.
fn symbol(text: &str, at: usize) -> Option<Found<'_>> {
    let close = at + text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '&');
    let tail = &text[close..];
    let end = close + tail.find(|c| !part(c)).unwrap_or(tail.len());
    let said = text[close..end].trim_end_matches(['-', '/', '&']);
    let (slash, dash) = (said.find('/')?, said.find('-')?);
    let first = said.chars().next()?;
    let letters = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
    let is_symbol = match first {
        // State: a group of capitals before the dash. A span of days (`15/3-20/3`) has none.
        '/' => said[..dash].rfind('/').is_some_and(|last| letters(&said[last + 1..])),
        // Party: the type, then the organ.
        '-' => slash > dash && letters(&said[1..]) && letters(&said[slash + 1..]),
        _ => false,
    };
    is_symbol.then(|| Found { pattern: Pattern::Symbol, start: at, end: close + said.len(), number: &text[at..close] })
}

/// `Điều 5`, `khoản 2`.
fn pinpoint(text: &str, at: usize) -> Option<Found<'_>> {
    let rest = &text[at..];
    let (pattern, after) = [
        (Pattern::Article, "Điều"),
        (Pattern::Article, "điều"),
        (Pattern::Article, "ĐIỀU"),
        (Pattern::Clause, "khoản"),
        (Pattern::Clause, "Khoản"),
    ]
    .iter()
    .find_map(|(pattern, opening)| Some((*pattern, word(rest, opening)?)))?;
    let open = after.trim_start_matches([' ', '\u{a0}']);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || open.len() == after.len() {
        return None;
    }
    let number = &open[..digits + letter(&open[digits..])];
    if is_of_this(&open[number.len()..]) {
        return None;
    }
    Some(Found { pattern, start: at, end: text.len() - open.len() + number.len(), number })
}

/// Whether a pinpoint is one of the document itself, which cites nothing: `Điều 9 của Luật này`.
fn is_of_this(after: &str) -> bool {
    if after.starts_with(['.', ';', ':', ',']) {
        return false;
    }
    for word in after.split_whitespace().take(6) {
        let bare = word.trim_end_matches(['.', ';', ':', ',']);
        if bare == "này" || bare.len() < word.len() {
            return bare == "này";
        }
    }
    false
}

/// The length of the letter in `Điều 5a`.
fn letter(text: &str) -> usize {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(c), next) if c.is_alphabetic() && !next.is_some_and(char::is_alphanumeric) => c.len_utf8(),
        _ => 0,
    }
}

/// `Luật Đất đai`, `Bộ luật Dân sự`: up to the first two words of the name.
fn act(text: &str, at: usize) -> Option<Found<'_>> {
    let after = word(&text[at..], "Luật").or_else(|| word(word(&text[at..], "Bộ")?.trim_start(), "luật"))?;
    let name = after.trim_start_matches(' ');
    if name.len() == after.len() || !name.chars().next().is_some_and(char::is_uppercase) {
        return None;
    }
    let mut end = 0;
    for part in name.split_inclusive(' ').take(2) {
        let kept = part.trim_end_matches(|c: char| !c.is_alphanumeric());
        let whole = kept.len() + 1 == part.len() && part.ends_with(' ');
        end += if whole { part.len() } else { kept.len() };
        if !whole {
            break;
        }
    }
    let end = text.len() - name.len() + name[..end].trim_end().len();
    Some(Found { pattern: Pattern::Act, start: at, end, number: "" })
}

/// What follows a word that opens a text.
fn word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    text.strip_prefix(word).filter(|after| !after.chars().next().is_some_and(char::is_alphanumeric))
}

/// How far before its act a pinpoint may stand, in code points.
const REACH: usize = 160;

/// What the facts of a record lay claim to.
struct Claims<'r> {
    /// Places where every look-alike is read: citations, numbers of papers, recipients, a user's own facts. Sorted.
    read: Vec<Span>,
    /// Tables, whose cells are read, sorted.
    tables: Vec<Span>,
    /// Findings, sorted.
    findings: Vec<Span>,
    /// Headings, sorted.
    sections: Vec<Span>,
    /// Citations with pinpoints, sorted by place.
    pinned: Vec<&'r Citation>,
}

impl<'r> Claims<'r> {
    fn new(record: &'r Record) -> Self {
        let mut read: Vec<Span> = record.citations.iter().map(|citation| citation.span).collect();
        read.extend(record.references.iter().map(|reference| reference.span));
        let document = &record.document;
        read.extend(document.number.as_ref().map(|number| number.span));
        read.extend(record.papers.iter().filter_map(|paper| paper.number.as_ref()).map(|number| number.span));
        read.extend(document.recipients.iter().map(|recipient| recipient.span));
        read.extend(record.custom.iter().map(|custom| custom.span));
        let mut tables: Vec<Span> = record.tables.iter().map(|table| table.span).collect();
        let mut findings: Vec<Span> = record.findings.iter().map(|finding| finding.span).collect();
        let mut sections: Vec<Span> = record.sections.iter().map(|section| section.span).collect();
        let mut pinned: Vec<&Citation> = record.citations.iter().filter(|c| !c.pinpoints.is_empty()).collect();
        for spans in [&mut read, &mut tables, &mut findings, &mut sections] {
            spans.sort();
        }
        pinned.sort_by_key(|citation| citation.span);
        Claims { read, tables, findings, sections, pinned }
    }

    fn hold(&self, found: &Found<'_>, span: Span) -> bool {
        let touched = |spans: &[Span]| touches(spans, span);
        touched(&self.read)
            || touched(&self.tables)
            || match found.pattern {
                Pattern::Percent | Pattern::Money => touched(&self.findings),
                Pattern::Article => self.opens_section(span) || self.pinned(found, span, |p| p.article.as_deref()),
                Pattern::Clause => self.pinned(found, span, |p| p.clause.as_deref()),
                Pattern::Symbol | Pattern::Act => false,
            }
    }

    /// Whether a heading begins here: `Điều 5.`
    fn opens_section(&self, span: Span) -> bool {
        let from = self.sections.partition_point(|section| section.start + 4 < span.start);
        self.sections.get(from).is_some_and(|section| section.start < span.end)
    }

    /// Whether a citation near by has this number among its pinpoints.
    fn pinned(&self, found: &Found<'_>, span: Span, part: impl Fn(&Pinpoint) -> Option<&str>) -> bool {
        let from = self.pinned.partition_point(|citation| citation.span.end + REACH < span.start);
        let near = self.pinned[from..].iter().take_while(|citation| citation.span.start <= span.end + REACH);
        near.flat_map(|citation| &citation.pinpoints).any(|pinpoint| part(pinpoint) == Some(found.number))
    }
}

/// Whether one of the places, sorted, shares a code point with `span`. Places may overlap each other: a few are looked
/// at back from the last that begins before its end.
fn touches(spans: &[Span], span: Span) -> bool {
    let upto = spans.partition_point(|place| place.start < span.end);
    spans[..upto].iter().rev().take(8).any(|place| place.end > span.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scanned(text: &str) -> Vec<(Pattern, &str)> {
        scan(text).into_iter().map(|found| (found.pattern, &text[found.start..found.end])).collect()
    }

    #[test]
    fn tells_what_looks_like_a_fact() {
        for (text, wanted) in [
            ("theo số 12/KH-UBND.", Some((Pattern::Symbol, "12/KH-UBND"))),
            ("05/2020/TT-BNV-BTC,", Some((Pattern::Symbol, "05/2020/TT-BNV-BTC"))),
            ("39-NQ/ĐU ngày", Some((Pattern::Symbol, "39-NQ/ĐU"))),
            ("Điều 12a của", Some((Pattern::Article, "Điều 12a"))),
            ("tại khoản 2, 3", Some((Pattern::Clause, "khoản 2"))),
            ("đạt 15,5 %;", Some((Pattern::Percent, "15,5 %"))),
            ("hơn 1.200 nghìn tỷ đồng.", Some((Pattern::Money, "1.200 nghìn tỷ đồng"))),
            ("theo Luật Đất đai năm", Some((Pattern::Act, "Luật Đất đai"))),
            ("(Bộ luật Dân sự)", Some((Pattern::Act, "Bộ luật Dân sự"))),
            ("Luật Thủ đô.", Some((Pattern::Act, "Luật Thủ đô"))),
            ("Luật Điện, nước", Some((Pattern::Act, "Luật Điện"))),
            ("từ 15/3-20/3", None),
            ("giai đoạn 2021-2025/năm", None),
            ("12 đồng chí", None),
            ("luật này, Luật này, khoản tiền, điều kiện", None),
            ("a12/KH-UBND", None),
            ("Bộ luật này", None),
            ("khoản 2 Điều 9 của Luật này, Điều 3 Quyết định này.", None),
            ("Điều 4. Văn bản này", Some((Pattern::Article, "Điều 4"))),
        ] {
            assert_eq!(scanned(text), wanted.into_iter().collect::<Vec<_>>(), "{text}");
        }
    }

    #[test]
    fn what_was_read_is_claimed() {
        let text = "KẾ HOẠCH\nNăm 2024\n1. Thực hiện khoản 2 Điều 5 Luật Đất đai năm 2024 và Kế hoạch số 12/KH-UBND.\n\
            2. Chi 60 triệu đồng, đạt 15%. Theo khoản 9 thì khác.\n";
        let audit = audit(Extractor::builtin(), "a.txt", text.as_bytes());
        assert_eq!(audit.seen, [1, 1, 2, 1, 1, 1]);
        assert_eq!(audit.unclaimed.iter().map(|one| one.raw.as_str()).collect::<Vec<_>>(), ["khoản 9"]);
    }

    proptest! {
        #[test]
        fn any_text_can_be_audited(text in "([0-9./,%-]|đồng|Điều|khoản |Luật |[A-ZĐ]| |\n|ạ\u{301}){0,60}") {
            let audit = audit(Extractor::builtin(), "a.txt", text.as_bytes());
            prop_assert!(audit.unclaimed.len() <= audit.seen.iter().sum());
            for one in &audit.unclaimed {
                let said: String = text.chars().skip(one.span.start).take(one.span.end - one.span.start).collect();
                prop_assert_eq!(&said, &one.raw);
            }
        }
    }
}
