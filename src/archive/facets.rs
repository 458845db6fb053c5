//! Type, year, issuer and period as words of the full-text index, so that a search with a filter reads little else; and the
//! words of a title, which are few beside the same words in headings.

use crate::record::Period;
use std::ops::RangeInclusive;

/// What a facet begins with: private-use letters, which part words, so that no word that is looked for has them.
const TYPE: char = '\u{e000}';
const YEAR: char = '\u{e001}';
const ISSUER: char = '\u{e002}';
const PERIOD: char = '\u{e003}';
const TITLE: char = '\u{e004}';

/// Of a period at most so many years: no plan is for more.
const YEARS: i64 = 50;

/// The facets of a document.
pub(super) fn of(kind: Option<&str>, year: Option<i16>, issuer: Option<&str>, period: Option<&Period>) -> String {
    let mut facets = Vec::new();
    facets.extend(kind.map(|kind| format!("{TYPE}{kind}")));
    facets.extend(year.map(|year| format!("{YEAR}{year}")));
    if let Some(years) = period.and_then(years) {
        facets.extend(years.map(|year| format!("{PERIOD}{year}")));
    }
    facets.extend(issuer.map(|words| behind(ISSUER, words.split_whitespace())));
    facets.join(" ")
}

/// The years that a period touches.
fn years(period: &Period) -> Option<RangeInclusive<i64>> {
    let year = |day: &Option<String>| day.as_deref()?.get(..4)?.parse::<i64>().ok();
    let (from, to) = (year(&period.from), year(&period.to));
    let (from, to) = (from.or(to)?, to.or(from)?);
    Some(from..=to.min(from + YEARS))
}

/// The words of a title as facets.
pub(super) fn of_title(words: &str) -> String {
    behind(TITLE, words.split_whitespace())
}

/// The folded words of a term as they stand among the facets of titles.
pub(super) fn in_title(words: &[String]) -> String {
    behind(TITLE, words.iter().map(String::as_str))
}

fn behind<'w>(letter: char, words: impl Iterator<Item = &'w str>) -> String {
    words.map(|word| format!("{letter}{word}")).collect::<Vec<_>>().join(" ")
}

/// What asks for documents of one of these types.
pub(super) fn of_types(types: &[String]) -> String {
    let letters = |kind: &String| kind.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    any(types.iter().map(|kind| format!("{TYPE}{}", letters(kind))))
}

/// What asks for documents of these years; of no years, what no document has.
pub(super) fn of_years(years: RangeInclusive<i64>) -> String {
    any_year(YEAR, years)
}

/// What asks for documents whose period touches these years.
pub(super) fn of_periods(years: RangeInclusive<i64>) -> String {
    any_year(PERIOD, years)
}

fn any_year(letter: char, years: RangeInclusive<i64>) -> String {
    if years.is_empty() { format!("(\"{letter}\")") } else { any(years.map(|year| format!("{letter}{year}"))) }
}

/// What asks for documents whose issuer's name holds these folded words, together.
pub(super) fn of_issuer(words: &str) -> String {
    format!("\"{}\"", behind(ISSUER, words.split_whitespace()))
}

fn any(facets: impl Iterator<Item = String>) -> String {
    let quoted: Vec<String> = facets.map(|facet| format!("\"{facet}\"")).collect();
    format!("({})", quoted.join(" OR "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_asked_for_as_they_are_written() {
        let written = of(Some("QĐ"), Some(2023), Some("ubnd xa tan loc"), None);
        assert_eq!(written, "\u{e000}QĐ \u{e001}2023 \u{e002}ubnd \u{e002}xa \u{e002}tan \u{e002}loc");
        assert_eq!(of_types(&["QĐ".to_owned(), "B\"C".to_owned()]), "(\"\u{e000}QĐ\" OR \"\u{e000}BC\")");
        assert_eq!(of_years(2022..=2023), "(\"\u{e001}2022\" OR \"\u{e001}2023\")");
        let (first, last) = (2023, 2022);
        assert_eq!(of_years(first..=last), "(\"\u{e001}\")");
        assert_eq!(of_issuer("tan loc"), "\"\u{e002}tan \u{e002}loc\"");
    }
}
