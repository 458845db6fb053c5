//! The piece of a text that shows why it was found.

use super::query::Term;
use crate::text::{Normalised, fold_char, hash_of, next_word, skeleton};
use memchr::{memchr, memmem, memrchr};
use serde::Serialize;

/// How many characters a snippet shows before its first hit, and in all.
const BEFORE: usize = 60;
const LENGTH: usize = 220;

/// How many bytes behind the first hit another is shown in any case.
const NEAR: usize = LENGTH - BEFORE - 20;

/// How many bytes before and behind a hit are looked through for others.
const AROUND: usize = 6 * LENGTH;

/// How many bytes of a text are looked through first.
const FIRST: usize = 4096;

/// A piece of a document, in normal form, on one line.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Snippet {
    /// The piece.
    pub text: String,
    /// Where the words that were looked for stand in it: code points, from and up to.
    pub hits: Vec<(usize, usize)>,
}

/// A place where a term stands, and whether with the marks that it was given with.
struct Hit {
    term: usize,
    exact: bool,
    start: usize,
    end: usize,
}

struct Word<'t> {
    at: usize,
    text: &'t str,
    /// Of its letters folded.
    hash: u64,
}

impl Word<'_> {
    /// Whether it is the word that is asked for, which has this hash, or begins with it, without regard to marks and case.
    fn is(&self, asked: &str, hash: u64, open: bool) -> bool {
        // Most words need not be folded.
        let may_be =
            if open { self.text.chars().next().map(fold_char) == asked.chars().next() } else { self.hash == hash };
        if !may_be {
            return false;
        }
        let folded = skeleton(self.text);
        folded == asked || (open && folded.starts_with(asked))
    }
}

/// The piece of a text where most of the `terms` stand, the exactly written before the others. What is no UTF-8 has none.
pub(super) fn snippet(text: &[u8], terms: &[Term]) -> Snippet {
    let line_end = |from: usize| text.get(from..).and_then(|rest| Some(from + memchr(b'\n', rest)?));
    // Most words stand in the text just as they are asked for.
    for term in terms {
        let Some(at) = memmem::find(text, term.given.join(" ").as_bytes()) else { continue };
        let from = memrchr(b'\n', &text[..at.saturating_sub(AROUND)]).map_or(0, |line| line + 1);
        let end = line_end(at + AROUND);
        let part = str::from_utf8(&text[from..end.unwrap_or(text.len())]).unwrap_or_default();
        if let Some(shown) = within(part, terms, end.is_some(), false) {
            return shown;
        }
    }
    // Other hits stand near the beginning more often than not: the rest need not be gone over.
    let mut reach = FIRST;
    loop {
        let end = line_end(reach);
        let part = str::from_utf8(&text[..end.unwrap_or(text.len())]).unwrap_or_default();
        if let Some(shown) = within(part, terms, end.is_some(), end.is_none()) {
            return shown;
        }
        reach = end.map_or(text.len(), |end| 4 * end);
    }
}

/// The piece of a part of a text. Nothing where all terms do not stand together in it, or so near its end that what
/// follows belongs to the piece, unless it is the `last` that is tried.
fn within(text: &str, terms: &[Term], followed: bool, last: bool) -> Option<Snippet> {
    let normalised = Normalised::new(text);
    let text = normalised.as_str();
    let mut rest = Words::of(text);
    let mut words: Vec<Word<'_>> = Vec::new();
    let longest = terms.iter().map(|term| term.folded.len()).max().unwrap_or_default();
    let hashes: Vec<Vec<u64>> =
        terms.iter().map(|term| term.folded.iter().map(|word| hash_of(word)).collect()).collect();
    let mut hits: Vec<Hit> = Vec::new();
    // Where each term stood last as it was given, and where all first stood together.
    let mut lately = vec![None; terms.len()];
    let mut together = None;
    for at in 0.. {
        // What stands behind the piece need not be parted into words.
        while words.len() <= at + longest
            && let Some(word) = rest.next()
        {
            words.push(word);
        }
        if at == words.len() {
            break;
        }
        // What stands behind the piece that will be shown is of no use.
        if together.is_some_and(|first| words[at].at > first + 4 * LENGTH) {
            break;
        }
        for (nth, term) in terms.iter().enumerate() {
            if let Some(exact) = stands(&words[at..], term, &hashes[nth]) {
                let last = &words[at + term.folded.len() - 1];
                let start = words[at].at;
                hits.push(Hit { term: nth, exact, start, end: last.at + last.text.len() });
                if exact {
                    lately[nth] = Some(start);
                    let first = lately.iter().copied().min().flatten();
                    together = together.or(first.filter(|first| start <= first + NEAR));
                }
            }
        }
    }
    if !last && together.is_none_or(|first| followed && first + 4 * LENGTH > text.len()) {
        return None;
    }
    let first = best(&hits);
    let from = text[..first].char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
    let from = text[from..first].find(char::is_whitespace).filter(|_| from > 0).map_or(from, |gap| from + gap + 1);
    let to = text[from..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| from + at);
    // No word is cut, unless it is all that is there.
    let cut = (to < text.len()).then(|| text[from..to].rfind(char::is_whitespace)).flatten();
    let to = cut.map(|gap| from + gap).filter(|to| *to > first).unwrap_or(to);
    let mut shown = Snippet::default();
    let mut length = 0;
    let mut places: Vec<usize> = Vec::with_capacity(to - from + 1);
    for c in text[from..to].chars() {
        places.resize(places.len() + c.len_utf8(), length);
        let c = if c.is_whitespace() { ' ' } else { c };
        if c != ' ' || !shown.text.ends_with(' ') {
            shown.text.push(c);
            length += 1;
        }
    }
    places.push(length);
    for Hit { start, end, .. } in hits {
        if start >= from && end <= to {
            let hit = (places[start - from], places[end - from]);
            if shown.hits.last().is_none_or(|last| last.1 <= hit.0) {
                shown.hits.push(hit);
            }
        }
    }
    Some(shown)
}

/// Where the piece begins that shows most of the terms, as they were given rather than otherwise; of several the first.
fn best(hits: &[Hit]) -> usize {
    let mut best = ((0, 0), 0);
    for (at, first) in hits.iter().enumerate() {
        let (mut exact, mut all) = (0u64, 0u64);
        for hit in hits[at..].iter().take_while(|hit| hit.start <= first.start + NEAR) {
            let term = 1 << hit.term.min(63);
            all |= term;
            exact |= if hit.exact { term } else { 0 };
        }
        let shows = (exact.count_ones(), all.count_ones());
        if shows > best.0 {
            best = (shows, first.start);
        }
    }
    best.1
}

/// The words of a text, one after the other.
struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    fn of(text: &'t str) -> Self {
        Words { text, at: 0 }
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = Word<'t>;

    fn next(&mut self) -> Option<Word<'t>> {
        let (at, end, hash) = next_word(self.text, self.at)?;
        self.at = end;
        Some(Word { at, text: &self.text[at..end], hash })
    }
}

/// Whether a term, whose words have these hashes, stands at the first of these words, and whether with the marks it was
/// given with, if any.
fn stands(words: &[Word<'_>], term: &Term, hashes: &[u64]) -> Option<bool> {
    let words = words.get(..term.folded.len())?;
    let last = term.folded.len() - 1;
    let folded = (0..=last).all(|at| words[at].is(&term.folded[at], hashes[at], term.open && at == last));
    folded.then(|| {
        words
            .iter()
            .zip(&term.given)
            .all(|(word, given)| given.is_ascii() || word.text.to_lowercase().starts_with(given))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::Query;

    fn of(text: &str, asked: &str) -> (String, Vec<String>) {
        let shown = snippet(text.as_bytes(), &Query { words: asked.to_owned(), ..Query::default() }.terms());
        let chars: Vec<char> = shown.text.chars().collect();
        let hits = shown.hits.iter().map(|(from, to)| chars[*from..*to].iter().collect()).collect();
        (shown.text, hits)
    }

    #[test]
    fn exact_places_are_shown_before_folded_ones() {
        let text = format!("Nuoc sach {} nước sạch nông thôn", "x ".repeat(300));
        let (_, hits) = of(&text, "\"nước sạch\"");
        assert_eq!(hits, ["nước sạch"]);
        assert_eq!(of(&text, "\"nuoc sach\"").1[0], "Nuoc sach");
    }

    #[test]
    fn a_hit_far_in_the_text_is_found() {
        for gap in [3000, 4090, 5000, 20_000] {
            let text = format!("Nuoc sach\n{}\nCấp nước sạch.\nHết", "Dòng chữ khác\n".repeat(gap / 18));
            assert_eq!(of(&text, "\"nước sạch\"").1, ["nước sạch"], "{gap}");
        }
    }

    #[test]
    fn the_piece_shows_all_terms_where_they_stand_together() {
        let far = "chữ ".repeat(100);
        let text = format!("Chính sách chung. {far} Ngân sách {far} sách");
        assert_eq!(of(&text, "ngân sách").1, ["Ngân", "sách"]);
        let (shown, _) = of(&format!("nước {}", "nghiêng ".repeat(60)), "nước");
        assert!(shown.ends_with("nghiêng"), "no word is cut: {shown}");
    }

    #[test]
    fn a_snippet_stands_on_one_line() {
        let (text, hits) = of("Về việc cấp\n\n  nước\tsạch", "sạch");
        assert_eq!(text, "Về việc cấp nước sạch");
        assert_eq!(hits, ["sạch"]);
    }
}
