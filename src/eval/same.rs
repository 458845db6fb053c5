//! When what was found is what is stated: the scorer's matching, field by field.

use super::{
    GoldCitation, GoldFact, GoldFinding, GoldSection,
    fold::{fold, same, words_f1},
    lists::Placed,
    number,
};
use crate::record::{Citation, DocumentNumber, Finding, Section};

/// Whether a gold file states anything here.
pub(super) fn is_stated(value: &Option<String>) -> bool {
    value.as_ref().is_some_and(|value| !value.is_empty())
}

/// A name is right as stated or as one of the others that are right as well.
pub(super) fn is_one_of(value: &str, fact: &Option<GoldFact>, got: &str) -> bool {
    same(value, got) || fact.iter().flat_map(|fact| &fact.also).any(|other| same(other, got))
}

/// A title may lack a word in twenty, and the type word and `về` before it.
pub(super) fn is_same_title(gold: &str, got: &str) -> bool {
    words_f1(&bare_title(gold), &bare_title(got)) >= 0.95
}

/// A title without the type word and `về` that may open it. The reference scorer means to take `kế hoạch` off too, but
/// its folding makes that `kế họach` first; the figures are to be the same, so it stays on here as well.
fn bare_title(title: &str) -> String {
    const TYPES: [&str; 13] = [
        "báo cáo",
        "quyết định",
        "thông báo",
        "tờ trình",
        "hướng dẫn",
        "chương trình",
        "chỉ thị",
        "nghị quyết",
        "công văn",
        "giấy mời",
        "công điện",
        "nghị định",
        "thông tư",
    ];
    let folded = fold(title);
    let after = |text: &str, words: &[&str]| {
        words.iter().find_map(|word| text.strip_prefix(word)?.strip_prefix(' ').map(str::to_owned))
    };
    let rest = after(&folded, &TYPES).or_else(|| after(&folded, &["luật"])).unwrap_or(folded);
    after(&rest, &["về việc", "v/v", "về"]).unwrap_or(rest)
}

/// A part of a signature, with the person whose it is.
pub(super) fn row(name: Option<&str>, part: Option<&str>, alone: bool) -> Option<String> {
    let part = part.filter(|part| !part.is_empty())?;
    match name.filter(|name| !name.is_empty() && !alone) {
        Some(name) => Some(format!("{name} :: {part}")),
        None => Some(part.to_owned()),
    }
}

/// Whether a citation is one by number.
pub(super) fn numbered(citation: &GoldCitation) -> bool {
    is_stated(&citation.number)
}

/// The number of a record as one comparable string.
pub(super) fn comparable(number: &DocumentNumber) -> String {
    let year = number.year.map(|year| year.to_string());
    number::canonical(number.serial.as_deref(), year.as_deref(), number.symbol.as_deref())
}

/// A number as people write it.
pub(super) fn shown(serial: Option<&str>, year: Option<&str>, symbol: Option<&str>) -> String {
    let parts: Vec<&str> = [serial.or(Some("…")), year, symbol].into_iter().flatten().collect();
    parts.join("/")
}

/// A citation is right with its number or, by name, with its type, its year where both have one, and most of the name.
pub(super) fn is_same_act(gold: &GoldCitation, got: &Citation) -> bool {
    if let Some(text) = gold.number.as_ref().filter(|_| numbered(gold)) {
        let parts = number::split(text);
        let wanted = number::canonical(parts.serial.as_deref(), parts.year.as_deref(), parts.symbol.as_deref());
        return got.number.as_ref().is_some_and(|number| comparable(number) == wanted);
    }
    if got.number.is_some() || gold.kind.as_deref() != got.doc_type.as_ref().map(|kind| kind.code.as_ref()) {
        return false;
    }
    if let (Some(wanted), Some(year)) = (&gold.year, got.year)
        && *wanted != year.to_string()
    {
        return false;
    }
    let name = gold.name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&gold.quote);
    words_f1(name, got.name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&got.raw)) >= 0.8
}

/// A heading is right where it begins within four code points, or within twelve with the same marker.
pub(super) fn is_same_heading(gold: &GoldSection, got: &Section) -> bool {
    let apart = gold.span().start.abs_diff(got.span.start);
    apart <= if same(gold.marker.as_deref().unwrap_or_default(), &got.marker) { 12 } else { 4 }
}

/// A finding is right with its kind and its numbers.
pub(super) fn is_same_finding(gold: &GoldFinding, got: &Finding) -> bool {
    let of = got.of.map(|of| float(of.0));
    is_same_number(gold.value, Some(float(got.value.0))) && gold.kind == got.kind && is_same_number(gold.of, of)
}

/// The marker as written, folded: a marker that OCR damaged counts as written or as mended.
pub(super) fn written_marker(gold: &GoldSection) -> String {
    if let Some(written) = gold.written.as_deref().filter(|written| !written.is_empty()) {
        return fold(written);
    }
    let words: Vec<&str> = gold.quote.split_whitespace().collect();
    let two =
        words.first().is_some_and(|word| matches!(fold(word).as_str(), "điều" | "phần" | "chương" | "mục" | "phụ"));
    let written = words[..words.len().min(if two { 2 } else { 1 })].join(" ");
    fold(if written.is_empty() { gold.marker.as_deref().unwrap_or_default() } else { &written })
}

fn float(value: rust_decimal::Decimal) -> f64 {
    value.to_string().parse().unwrap_or(f64::NAN)
}

fn is_same_number(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        (a, b) => a.is_none() && b.is_none(),
    }
}

/// A unit is right as the gold file has it, or with words more or fewer at its end.
pub(super) fn is_same_unit(gold: &str, got: &str) -> bool {
    let (gold, got) = (fold(gold), fold(got));
    let opens = |long: &str, short: &str| format!("{long} ").starts_with(&format!("{short} "));
    gold == got || (!gold.is_empty() && !got.is_empty() && (opens(&got, &gold) || opens(&gold, &got)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_the_same_without_their_opening() {
        assert!(is_same_title("Về việc trồng cây năm 2024", "Báo cáo trồng cây năm 2024"));
        assert!(is_same_title("V/v mời họp", "mời họp"));
        assert!(!is_same_title("Báo cáotrồng cây", "trồng cây"));
        assert_eq!(bare_title("Luật Luật sư"), "luật sư");
    }

    #[test]
    fn units_may_be_longer_at_the_end() {
        assert!(is_same_unit("hộ", "hộ nghèo") && is_same_unit("Hộ nghèo", "hộ"));
        assert!(!is_same_unit("hộ", "hội") && !is_same_unit("hộ", "") && !is_same_unit("", "hộ"));
    }

    #[test]
    fn a_marker_counts_as_written() {
        let marker = |quote: &str, written: Option<&str>| {
            let json = serde_json::json!({"quote": quote, "marker": "II.", "written": written});
            written_marker(&serde_json::from_value(json).unwrap())
        };
        assert_eq!(marker("H. Kết quả", None), "h");
        assert_eq!(marker("Phụ lục 2 Biểu", None), "phụ lục");
        assert_eq!(marker("Điều 5. Hiệu lực", None), "điều 5");
        assert_eq!(marker("x", Some("I I.")), "i i");
        assert_eq!(marker("", None), "ii");
    }

    #[test]
    fn parts_of_a_signature_stand_with_their_person() {
        assert_eq!(row(Some("A"), Some("TM"), false).as_deref(), Some("A :: TM"));
        assert_eq!(row(None, Some("TM"), false).as_deref(), Some("TM"));
        assert_eq!(row(Some("A"), None, false), None);
    }
}
