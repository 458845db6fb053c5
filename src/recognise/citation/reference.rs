//! Documents that are referred to without number or name (`khoản 2 Điều 5 Quy chế này`, `Nghị quyết nêu trên`), and the
//! short names that a text gives to those that it cites.

use super::{FoundCitation, is_text};
use crate::text::{fold_char, letter};
use crate::{
    grammar::pinpoint,
    recognise::Reading,
    record::{Pinpoint, ReferenceForm},
    text::{Span, Word, hash_of, skeleton},
};
use memchr::memmem;

/// A reference as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundReference {
    /// How it refers.
    pub form: ReferenceForm,
    /// The index of the kind in the tables.
    pub kind: usize,
    /// Where the word of the kind stands.
    pub kind_span: Span,
    /// The parts that are meant.
    pub pinpoints: Vec<Pinpoint>,
    /// Whether it means more than one document: `các Nghị quyết nêu trên`.
    pub plural: bool,
    /// By a short name: the index of the citation that it was given to.
    pub citation: Option<usize>,
    /// From the first pinpoint or the word of the kind to the end of the words that refer.
    pub span: Span,
    /// The rule that found it, as an index into `references` of the tables.
    pub rule: usize,
}

/// A short name as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundAlias {
    /// The index of the citation that it is given to.
    pub citation: usize,
    /// Where the name stands.
    pub name: Span,
    /// The rule that found it, as an index into `references` of the tables.
    pub rule: usize,
}

/// The most short names whose later uses are looked for, each in a pass over the text.
const MOST_ALIASES: usize = 24;

/// The longest short name, in bytes.
const LONGEST_ALIAS: usize = 80;

/// The references and short names of a text with the citations given (in reading order).
pub fn references(reading: &Reading<'_>, citations: &[FoundCitation]) -> (Vec<FoundReference>, Vec<FoundAlias>) {
    let tables = reading.rules.tables();
    let (mut found, mut aliases) = (Vec::new(), Vec::new());
    for (span, rule) in words(reading) {
        match tables.references[rule].form {
            ReferenceForm::Alias => aliases.extend(alias(reading, citations, span, rule)),
            _ => found.extend(reference(reading, citations, span, rule)),
        }
    }
    for alias in aliases.iter().take(MOST_ALIASES) {
        uses(reading, citations, alias, &mut found);
    }
    found.sort_by_key(|reference| (reference.span.start, reference.span.end));
    found.dedup_by(|later, earlier| later.span.start < earlier.span.end);
    (found, aliases)
}

/// The first words of those that refer.
struct Openers<'r> {
    /// Each with the hash of its letters folded.
    all: Vec<(u64, &'r str)>,
    /// A bit for each hash: nearly no other word has one.
    bits: [u64; 64],
}

impl<'r> Openers<'r> {
    fn new(openers: &'r [String]) -> Self {
        let mut found = Openers { all: Vec::with_capacity(openers.len()), bits: [0; 64] };
        for opener in openers {
            let word = opener.split(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
            let hash = hash_of(&word.chars().map(fold_char).collect::<String>());
            let (row, bit) = Self::place(hash);
            found.bits[row] |= bit;
            found.all.push((hash, opener));
        }
        found
    }

    #[inline]
    fn place(hash: u64) -> (usize, u64) {
        ((hash & 63) as usize, 1 << (hash >> 6 & 63))
    }

    /// Whether a word of a text is one of them.
    #[inline]
    fn has(&self, text: &str, word: Word) -> bool {
        let (row, bit) = Self::place(word.hash);
        self.bits[row] & bit != 0
            && self.all.iter().any(|(hash, opener)| *hash == word.hash && text[word.start()..].starts_with(opener))
    }
}

/// Every place of the words that refer, with its rule, in reading order; none over another.
fn words(reading: &Reading<'_>) -> Vec<(Span, usize)> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let mut found: Vec<(Span, usize)> = Vec::new();
    let mut look_at = |at: usize| {
        if let Some((end, rule)) = tables.reference_words.at(text, at)
            && is_text(reading, at)
        {
            found.push((Span::new(at, end), rule));
        }
    };
    let (words, rest) = reading.layout.words.noted();
    let openers = Openers::new(&tables.reference_openers);
    for word in words {
        if openers.has(text, *word) {
            look_at(word.start());
        }
    }
    // What stands behind the words noted is looked through.
    if let Some(from) = rest {
        for opener in &tables.reference_openers {
            for at in memmem::find_iter(&text.as_bytes()[from..], opener).map(|at| from + at) {
                if !text[..at].ends_with(letter::is_alphanumeric) {
                    look_at(at);
                }
            }
        }
    }
    found.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    found.dedup_by(|(later, _), (earlier, _)| later.start < earlier.end);
    found
}

/// The reference whose last words stand at `words`.
fn reference(reading: &Reading<'_>, citations: &[FoundCitation], words: Span, rule: usize) -> Option<FoundReference> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let of = &tables.references[rule];
    let behind = &text[words.end..];
    if of.at_end && !(behind.is_empty() || behind.starts_with([',', '.', ';', ':', ')', '\n'])) {
        return None;
    }
    let head = text[..words.start].trim_end_matches([' ', '\n']);
    let (from, kind) = tables.type_words.ending_at(text, head.len())?;
    let named = text[from..].starts_with(letter::is_uppercase) || skeleton(&text[from..head.len()]) == "van ban";
    if !named || text[head.len()..words.start].contains("\n\n") || is_cited(citations, Span::new(from, words.end)) {
        return None;
    }
    let (start, pinpoints) = pinpoint::from(text, from).unwrap_or((from, Vec::new()));
    if of.form == ReferenceForm::Own && pinpoints.is_empty() {
        return None;
    }
    let before = text[..from].trim_end().rsplit(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
    let counted = before.starts_with(|c: char| c.is_ascii_digit());
    Some(FoundReference {
        form: of.form,
        kind,
        kind_span: Span::new(from, head.len()),
        pinpoints,
        plural: counted || matches!(before.to_lowercase().as_str(), "các" | "những" | "hai" | "ba" | "bốn"),
        citation: None,
        span: Span::new(start, words.end),
        rule,
    })
}

/// The short name that stands behind `words`, if it is given to a citation and not to an organ or a thing.
fn alias(reading: &Reading<'_>, citations: &[FoundCitation], words: Span, rule: usize) -> Option<FoundAlias> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let rest = &text[words.end..];
    let opened = rest.trim_start_matches([' ', '\n', ':', '"']);
    let start = text.len() - opened.len();
    let end = opened.find([')', ';', ',', '"', '.', '('])?;
    let end = opened[..end].find("\n\n").unwrap_or(end);
    if start - words.end > 8 || !(4..=LONGEST_ALIAS).contains(&end) {
        return None;
    }
    let name = Span::new(start, start + opened[..end].trim_end().len());
    let short = tables.act_symbols.get(name.of(text)).map(|act| tables.acts[*act].name.as_ref());
    let kind = tables.type_words.at(text, start).or_else(|| tables.type_words.at(short?, 0))?.1;
    let citation = citations.partition_point(|citation| citation.span.start < words.start).checked_sub(1)?;
    let cited = &citations[citation];
    let between = text.get(cited.span.end..words.start)?;
    let apart =
        between.len() > 600 || between.contains([';', '"']) || between.contains("\n\n") || between.contains(". ");
    (cited.kind == Some(kind) && !apart && text[start..].starts_with(letter::is_uppercase)).then_some(FoundAlias {
        citation,
        name,
        rule,
    })
}

/// The later uses of a short name that are no citations of their own.
fn uses(reading: &Reading<'_>, citations: &[FoundCitation], alias: &FoundAlias, found: &mut Vec<FoundReference>) {
    let text = reading.text;
    let tables = reading.rules.tables();
    let name = alias.name.of(text);
    let Some(kind) = citations[alias.citation].kind else { return };
    let bare = tables.type_words.get(name).is_some();
    for at in memmem::find_iter(&text.as_bytes()[alias.name.end..], name) {
        let span = Span::new(alias.name.end + at, alias.name.end + at + name.len());
        let (head, behind) = (&text[..span.start], &text[span.end..]);
        let whole = !head.ends_with(letter::is_alphanumeric) && !behind.starts_with(letter::is_alphanumeric);
        if !whole || !is_text(reading, span.start) || is_cited(citations, span) || bare && !stands_alone(head, behind) {
            continue;
        }
        let (start, pinpoints) = pinpoint::from(text, span.start).unwrap_or((span.start, Vec::new()));
        found.push(FoundReference {
            form: ReferenceForm::Alias,
            kind,
            kind_span: span,
            pinpoints,
            plural: false,
            citation: Some(alias.citation),
            span: Span::new(start, span.end),
            rule: alias.rule,
        });
    }
}

/// Whether the word of a kind stands for itself: no part of an organ's name (`Sở Kế hoạch và Đầu tư`) or of a longer
/// title, not followed by a number or by `này`.
fn stands_alone(head: &str, behind: &str) -> bool {
    let head = head.trim_end();
    let before = head.rsplit(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
    let part = before.starts_with(letter::is_uppercase) && !head.ends_with(['.', ';', ':', ','])
        || head.ends_with('-')
        || matches!(skeleton(before).as_str(), "phong" | "ban" | "so");
    let next = behind.trim_start_matches([' ', '\n']);
    let word: String = next.chars().take_while(|c| letter::is_alphanumeric(*c)).collect();
    let on = word.starts_with(|c: char| letter::is_uppercase(c) || c.is_ascii_digit())
        || matches!(word.as_str(), "này" | "số" | "khác")
        || next.strip_prefix("và ").is_some_and(|next| next.starts_with(letter::is_uppercase));
    !(part || on && behind.starts_with([' ', '\n']))
}

/// Whether a place shares a byte with a citation.
fn is_cited(citations: &[FoundCitation], span: Span) -> bool {
    let upto = citations.partition_point(|citation| citation.span.start < span.end);
    citations[..upto].iter().rev().take(4).any(|citation| citation.span.overlaps(span))
}

/// The years in which a cited act was amended, said right behind it: `(sửa đổi, bổ sung năm 2019)`.
pub(super) fn amended_in(text: &str, at: usize) -> Vec<(i16, Span)> {
    let mut limit = (at + 140).min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let window = &text[at..limit];
    let mut years = Vec::new();
    // `đã`, `được` or `sửa` opens it.
    let first = window.trim_start_matches([' ', ',', '\n', '-', '(']).chars().next();
    if !first.is_some_and(|c| matches!(fold_char(c), 'd' | 's')) {
        return years;
    }
    let (mut amends, mut last) = (0, 0);
    for word in window.split(|c: char| !letter::is_alphanumeric(c)).filter(|word| !word.is_empty()) {
        let start = word.as_ptr() as usize - window.as_ptr() as usize;
        let marks = &window[last..start];
        if !marks.chars().all(|c| matches!(c, ' ' | ',' | '\n' | '-') || c == '(' && amends == 0)
            || marks.contains("\n\n")
        {
            break;
        }
        last = start + word.len();
        match (skeleton(word).as_str(), amends) {
            ("da" | "duoc", 0) => {}
            ("sua", 0) => amends = 1,
            ("doi", 1) => amends = 2,
            ("bo" | "sung" | "mot" | "so" | "dieu" | "cac", 2) => {}
            ("nam", 2 | 3) => amends = 3,
            ("va", 3) if !years.is_empty() => {}
            (digits, 3) if digits.len() == 4 => {
                let Some(year) = digits.parse().ok().filter(|year| (1945..2100).contains(year)) else { break };
                if window[last..].starts_with('/') {
                    break;
                }
                years.push((year, Span::new(at + start, at + last)));
            }
            _ => break,
        }
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_amendment() {
        let years = |text: &str| amended_in(text, 0).into_iter().map(|(year, _)| year).collect::<Vec<_>>();
        assert_eq!(years(" (sửa đổi, bổ sung năm 2019)"), [2019]);
        assert_eq!(years(" được sửa đổi, bổ sung các năm 2012, 2017 và năm 2020; sau đó"), [2012, 2017, 2020]);
        assert_eq!(years(", đã được sửa đổi năm 2018 về thuế"), [2018]);
        assert!(years(" được sửa đổi bởi Luật số 35/2018/QH14").is_empty());
        assert!(years(" và Luật sửa đổi, bổ sung năm 2019").is_empty());
        assert!(years(" năm 2019").is_empty());
    }
}
