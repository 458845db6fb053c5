//! Type, year and issuer as words of the full-text index, so that a search with a filter reads little else.

use std::ops::RangeInclusive;

/// What a facet begins with: private-use letters, which part words, so that no word that is looked for has them.
const TYPE: char = '\u{e000}';
const YEAR: char = '\u{e001}';
const ISSUER: char = '\u{e002}';

/// The facets of a document.
pub(super) fn of(kind: Option<&str>, year: Option<i16>, issuer: Option<&str>) -> String {
    let mut facets = Vec::new();
    facets.extend(kind.map(|kind| format!("{TYPE}{kind}")));
    facets.extend(year.map(|year| format!("{YEAR}{year}")));
    facets.extend(issuer.into_iter().flat_map(str::split_whitespace).map(|word| format!("{ISSUER}{word}")));
    facets.join(" ")
}

/// What asks for documents of one of these types.
pub(super) fn of_types(types: &[String]) -> String {
    let letters = |kind: &String| kind.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    any(types.iter().map(|kind| format!("{TYPE}{}", letters(kind))))
}

/// What asks for documents of these years; of no years, what no document has.
pub(super) fn of_years(years: RangeInclusive<i64>) -> String {
    if years.is_empty() { format!("(\"{YEAR}\")") } else { any(years.map(|year| format!("{YEAR}{year}"))) }
}

/// What asks for documents whose issuer's name holds these folded words, together.
pub(super) fn of_issuer(words: &str) -> String {
    let words: Vec<String> = words.split_whitespace().map(|word| format!("{ISSUER}{word}")).collect();
    format!("\"{}\"", words.join(" "))
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
        let written = of(Some("QĐ"), Some(2023), Some("ubnd xa tan loc"));
        assert_eq!(written, "\u{e000}QĐ \u{e001}2023 \u{e002}ubnd \u{e002}xa \u{e002}tan \u{e002}loc");
        assert_eq!(of_types(&["QĐ".to_owned(), "B\"C".to_owned()]), "(\"\u{e000}QĐ\" OR \"\u{e000}BC\")");
        assert_eq!(of_years(2022..=2023), "(\"\u{e001}2022\" OR \"\u{e001}2023\")");
        let (first, last) = (2023, 2022);
        assert_eq!(of_years(first..=last), "(\"\u{e001}\")");
        assert_eq!(of_issuer("tan loc"), "\"\u{e002}tan \u{e002}loc\"");
    }
}
