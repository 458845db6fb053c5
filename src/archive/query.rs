//! What a user asks for: words and filters, into the terms that the database understands.

use super::facets;
use crate::text::{Normalised, skeleton};
use std::{ops::RangeInclusive, str::FromStr};

/// The years that can be asked for.
pub(super) const FIRST_YEAR: i64 = 1900;
pub(super) const LAST_YEAR: i64 = 2100;

/// A span of years, both ends included: `2021`, `2021..2023`, `2021..`, `..2023`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Years(pub RangeInclusive<i64>);

impl FromStr for Years {
    type Err = String;

    fn from_str(said: &str) -> Result<Self, Self::Err> {
        let year = |part: &str, open: i64| match part.trim() {
            "" => Ok(open),
            part => match part.parse::<i64>() {
                Ok(year) if (FIRST_YEAR..=LAST_YEAR).contains(&year) => Ok(year),
                _ => Err(format!("`{part}` is no year; write 2021, 2021..2023, 2021.. or ..2023")),
            },
        };
        let (from, to) = match said.split_once("..") {
            Some((from, to)) => (year(from, 0)?, year(to, 9999)?),
            None => (year(said, 0)?, year(said, 9999)?),
        };
        if from > to {
            return Err(format!("{from}..{to} runs backwards; write {to}..{from}"));
        }
        Ok(Years(from..=to))
    }
}

/// What is looked for. Everything that is given must hold.
///
/// `words` are searched without regard to marks and case; words that bear marks put exact hits first. `"words in quotes"`
/// stand together; `title:` or `heading:` before a word looks there only; `*` at the end of a word stands for any ending.
/// Nothing else in it has a meaning, so that no search can fail. Of a whole page of words the first 64 count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Words and phrases.
    pub words: String,
    /// Type codes, any of them: `BC`, `KH`.
    pub types: Vec<String>,
    /// Years of the document's date, or of its number.
    pub years: Option<Years>,
    /// Years that the period touches which the document reports on or plans for.
    pub period: Option<Years>,
    /// A part of the issuer's name.
    pub issuer: Option<String>,
    /// The number of an act that the document cites.
    pub cites: Option<String>,
    /// The number of the document, or of a paper in it.
    pub number: Option<String>,
    /// The first day, month or year of the document's date.
    pub from: Option<Day>,
    /// The last day, month or year of the document's date.
    pub to: Option<Day>,
    /// A part of the path of one of its files.
    pub path: Option<String>,
    /// What comes first.
    pub sort: Sort,
}

/// In which order documents are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best first; without words, the newest.
    #[default]
    Relevance,
    /// The newest first, those without a date last.
    Date,
}

/// A day, month or year as dates are stored: `2023-06-22`, `2023-06`, `2023`. `22/6/2023` and `6/2023` are read too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day(pub(super) String);

impl Day {
    /// Its year.
    pub(super) fn year(&self) -> Option<i64> {
        self.0.get(..4)?.parse().ok()
    }
}

impl FromStr for Day {
    type Err = String;

    fn from_str(said: &str) -> Result<Self, Self::Err> {
        let mut parts: Vec<&str> = said.trim().split(['-', '/', '.']).collect();
        if parts.last().is_some_and(|last| last.len() == 4) {
            parts.reverse();
        }
        let numbers: Option<Vec<u16>> = parts
            .iter()
            .map(|part| part.parse().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit())))
            .collect();
        match numbers.as_deref() {
            Some([year @ 1900..=2100]) => Ok(Day(format!("{year}"))),
            Some([year @ 1900..=2100, month @ 1..=12]) => Ok(Day(format!("{year}-{month:02}"))),
            Some([year @ 1900..=2100, month @ 1..=12, day @ 1..=31]) => Ok(Day(format!("{year}-{month:02}-{day:02}"))),
            _ => Err(format!("`{said}` is no date; write 2023-06-22, 2023-06 or 2023")),
        }
    }
}

/// How many terms are looked for, and how many words of one: what is longer was pasted by mistake, and would take long.
const MOST: usize = 64;

/// Where a term must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Any,
    Title,
    Heading,
}

/// Words that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    field: Field,
    /// Without marks and case.
    pub(super) folded: Vec<String>,
    /// The same words as given, in lower case.
    pub(super) given: Vec<String>,
    /// Whether the last word may go on.
    pub(super) open: bool,
}

impl Term {
    /// As it was given, in lower case.
    pub(super) fn said(&self) -> String {
        format!("{}{}", self.given.join(" "), if self.open { "*" } else { "" })
    }
}

impl Query {
    /// The terms of `words`.
    pub(super) fn terms(&self) -> Vec<Term> {
        let normalised = Normalised::new(&self.words);
        let mut rest = normalised.as_str();
        let mut terms = Vec::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return terms;
            }
            let mut field = Field::Any;
            for (prefix, named) in [("title:", Field::Title), ("heading:", Field::Heading)] {
                if let Some(after) = rest.strip_prefix(prefix) {
                    (rest, field) = (after, named);
                }
            }
            let said = match rest.strip_prefix('"') {
                Some(quoted) => {
                    let (said, after) = quoted.split_once('"').unwrap_or((quoted, ""));
                    rest = after;
                    said
                }
                None => {
                    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                    let (said, after) = rest.split_at(end);
                    rest = after;
                    said
                }
            };
            let words = || said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MOST);
            let term = Term {
                field,
                folded: words().map(skeleton).collect(),
                given: words().map(str::to_lowercase).collect(),
                open: said.ends_with('*'),
            };
            if !term.folded.is_empty() && !terms.contains(&term) {
                terms.push(term);
            }
            if terms.len() == MOST {
                return terms;
            }
        }
    }
}

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the whole text: the table `words`.
    Text,
    /// In title and headings: the table `heads`.
    Heads,
    /// In the title alone: the table `heads`.
    Title,
}

/// The terms as a question to a full-text table: in the text those of no field, in the heads those of a field, each in its
/// own, or with `all` the others too. Nothing when there is none to ask for.
pub(super) fn matching(terms: &[Term], place: Place, all: bool) -> Option<String> {
    let asked = |term: &&Term| match place {
        Place::Text => term.field == Field::Any,
        Place::Heads | Place::Title => all || term.field != Field::Any,
    };
    let term = |term: &Term| {
        let words = match (place, term.field) {
            (Place::Text, _) | (Place::Heads, Field::Any) => format!("\"{}\"", term.folded.join(" ")),
            // The words of titles are few, those of headings many: to go through both would take long.
            (_, Field::Title) | (Place::Title, Field::Any) => format!("\"{}\"", facets::in_title(&term.folded)),
            (_, Field::Heading) => format!("headings : \"{}\"", term.folded.join(" ")),
        };
        if term.open { words + " *" } else { words }
    };
    let terms: Vec<String> = terms.iter().filter(asked).map(term).collect();
    (!terms.is_empty()).then(|| terms.join(" AND "))
}

/// The words with marks, as a question to the index of such words; nothing when there are none.
pub(super) fn exact(terms: &[Term]) -> Option<String> {
    let marked: Vec<String> =
        terms.iter().flat_map(|term| &term.given).filter(|w| !w.is_ascii()).map(|w| format!("\"{w}\"")).collect();
    (!marked.is_empty()).then(|| marked.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(words: &str) -> String {
        let terms = Query { words: words.to_owned(), ..Query::default() }.terms();
        let places = [Place::Text, Place::Heads];
        places.into_iter().filter_map(|place| matching(&terms, place, false)).collect::<Vec<_>>().join(" AND ")
    }

    #[test]
    fn words_phrases_fields_and_endings() {
        assert_eq!(of("Nước sạch"), "\"nuoc\" AND \"sach\"");
        assert_eq!(of("\"nước sạch\" title:đường"), "\"nuoc sach\" AND \"\u{e004}duong\"");
        assert_eq!(of("30/2020/NĐ-CP"), "\"30 2020 nd cp\"");
        assert_eq!(of("nông*"), "\"nong\" *");
        assert_eq!(of("nước nước"), "\"nuoc\"");
        let page: String = (0..1000).map(|n| format!("w{n} ")).collect();
        assert_eq!(of(&page).matches("AND").count(), 63);
        assert_eq!(of(&format!("\"{page}\"")).matches('w').count(), 64);
    }

    #[test]
    fn terms_without_a_field_are_asked_for_in_titles_and_headings_too() {
        let terms = Query { words: "nước title:sạch".to_owned(), ..Query::default() }.terms();
        assert_eq!(matching(&terms, Place::Heads, true).as_deref(), Some("\"nuoc\" AND \"\u{e004}sach\""));
        assert_eq!(matching(&terms, Place::Title, true).as_deref(), Some("\"\u{e004}nuoc\" AND \"\u{e004}sach\""));
        assert_eq!(matching(&terms[..1], Place::Heads, false), None);
    }

    #[test]
    fn words_with_marks_are_asked_for_exactly() {
        let terms = Query { words: "Nghị dinh ĐỊNH".to_owned(), ..Query::default() }.terms();
        assert_eq!(exact(&terms).as_deref(), Some("\"nghị\" AND \"định\""));
        assert_eq!(exact(&Query { words: "nghi".to_owned(), ..Query::default() }.terms()), None);
    }

    #[test]
    fn days_are_read_and_refused() {
        for (said, read) in
            [("2023-6-2", "2023-06-02"), ("22/6/2023", "2023-06-22"), ("06.2023", "2023-06"), ("2023", "2023")]
        {
            assert_eq!(said.parse(), Ok(Day(read.to_owned())));
        }
        for wrong in ["", "2023-13", "x", "32/1/2023", "+1/2023", "2023-06-22-1"] {
            assert!(wrong.parse::<Day>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn years_are_read_and_refused() {
        assert_eq!("2021..2023".parse(), Ok(Years(2021..=2023)));
        assert_eq!("2021".parse(), Ok(Years(2021..=2021)));
        assert_eq!("..2023".parse(), Ok(Years(0..=2023)));
        assert!("2023..2021".parse::<Years>().unwrap_err().contains("2021..2023"));
        assert!("x".parse::<Years>().is_err());
    }

    proptest! {
        #[test]
        fn no_query_has_a_meaning_that_fts_could_refuse(words in any::<String>()) {
            let asked = of(&words);
            let plain = asked.replace("headings : ", "");
            prop_assert_eq!(plain.matches('"').count() % 2, 0);
            let outside: String = plain.split('"').step_by(2).collect();
            prop_assert!(outside.split_whitespace().all(|word| word == "AND" || word == "*"));
        }
    }
}
