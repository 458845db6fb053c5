//! Many phrases sought at once.

use super::{Phrase, PhraseMatch};
use aho_corasick::{AhoCorasick, MatchKind};

/// The most characters with a case beyond ASCII in an anchor: each doubles the spellings that the automaton holds.
const MOST_MARKED: usize = 3;

/// A set of phrases: one automaton finds where any of them may begin.
#[derive(Debug, Default)]
pub struct Phrases {
    phrases: Vec<Phrase>,
    /// Over the spellings of the first literals.
    anchors: Option<AhoCorasick>,
    /// The phrase that each spelling opens.
    opened: Vec<usize>,
    /// The phrases that open with a digit.
    digits: Vec<usize>,
}

impl Phrases {
    /// A set of these phrases.
    pub fn new(phrases: Vec<Phrase>) -> Phrases {
        let mut pairs: Vec<(String, usize)> = Vec::new();
        for (i, phrase) in phrases.iter().enumerate() {
            pairs.extend(phrase.first_literals().into_iter().flat_map(spellings).map(|spelling| (spelling, i)));
        }
        pairs.sort();
        pairs.dedup();
        let digits = (0..phrases.len()).filter(|i| phrases[*i].begins_with_digit()).collect();
        let (spellings, opened): (Vec<String>, Vec<usize>) = pairs.into_iter().unzip();
        // Refused only when the states pass 2^31, which no folder of rules reaches.
        let anchors = (!spellings.is_empty())
            .then(|| {
                AhoCorasick::builder()
                    .match_kind(MatchKind::Standard)
                    .ascii_case_insensitive(true)
                    .build(&spellings)
                    .ok()
            })
            .flatten();
        Phrases { phrases, anchors, opened, digits }
    }

    /// Whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Every match of every phrase, with the phrase's index; in the order of the text, the longer first.
    pub fn all(&self, text: &str) -> Vec<(usize, PhraseMatch<'_>)> {
        let mut out = Vec::new();
        if let Some(anchors) = &self.anchors {
            for hit in anchors.find_overlapping_iter(text) {
                let phrase = self.opened[hit.pattern().as_usize()];
                out.extend(self.phrases[phrase].at(text, hit.start()).map(|found| (phrase, found)));
            }
        }
        if !self.digits.is_empty() {
            let bytes = text.as_bytes();
            for at in 0..bytes.len() {
                if bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit()) {
                    for &phrase in &self.digits {
                        out.extend(self.phrases[phrase].at(text, at).map(|found| (phrase, found)));
                    }
                }
            }
        }
        out.sort_by_key(|(phrase, found)| (found.span.start, std::cmp::Reverse(found.span.end), *phrase));
        // Two anchors of one phrase may open at one place.
        out.dedup();
        out
    }
}

/// The spellings of the head of a literal that differ in the case of letters beyond ASCII.
fn spellings(folded: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut marked = 0;
    for c in folded.chars() {
        let upper = upper(c).filter(|_| !c.is_ascii());
        if upper.is_some() {
            marked += 1;
            if marked > MOST_MARKED {
                break;
            }
        }
        let mut more = Vec::new();
        for spelling in &mut out {
            more.extend(upper.map(|upper| format!("{spelling}{upper}")));
            spelling.push(c);
        }
        out.append(&mut more);
    }
    out.retain(|spelling| !spelling.is_empty());
    out
}

/// The capital of a letter, where it has one of one character.
fn upper(c: char) -> Option<char> {
    let mut all = c.to_uppercase();
    match (all.next(), all.next()) {
        (Some(one), None) if one != c => Some(one),
        _ => None,
    }
}
