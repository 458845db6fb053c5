//! Document numbers as gold files write them, made comparable.

use super::fold::fold;

/// The parts of a number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberParts {
    /// The running number.
    pub serial: Option<String>,
    /// The year inside it.
    pub year: Option<String>,
    /// What follows.
    pub symbol: Option<String>,
}

/// `02/2021/QĐ-UBND` → 02, 2021, `QĐ-UBND`; `39-NQ/ĐU` → 39, no year, `NQ/ĐU`; `66.22/2026/NQ-CP` → 66.22, 2026, `NQ-CP`.
pub fn split(text: &str) -> NumberParts {
    let text = text.trim();
    if text.contains('\n') {
        return NumberParts { serial: Some(text.to_owned()), ..NumberParts::default() };
    }
    let end = serial_end(text);
    let serial = (end > 0).then(|| text[..end].to_owned());
    let mut rest = text[end..].trim_start();
    let year = year(rest).map(|(year, after)| {
        rest = after;
        year.to_owned()
    });
    rest = rest.trim_start();
    rest = rest.strip_prefix(['/', '-', '.']).unwrap_or(rest).trim_start();
    NumberParts { serial, year, symbol: (!rest.is_empty()).then(|| rest.to_owned()) }
}

/// Where the running number ends: digits, a decimal part before a year (`66.22/2026/`), then `bis` or one letter.
fn serial_end(text: &str) -> usize {
    let mut end = digits(text);
    if end == 0 {
        return 0;
    }
    if let Some(decimals) = text[end..].strip_prefix('.') {
        let count = digits(decimals);
        let year = decimals[count..].strip_prefix('/').filter(|after| digits(after) >= 4);
        if (1..=2).contains(&count) && year.is_some_and(|after| after[4..].starts_with('/')) {
            end += 1 + count;
        }
    }
    if text[end..].starts_with("bis") {
        return end + 3;
    }
    let mut after = text[end..].chars();
    match (after.next(), after.next()) {
        (Some(letter), None) if letter.is_alphabetic() => end + letter.len_utf8(),
        (Some(letter), Some(next))
            if letter.is_alphabetic() && (matches!(next, '/' | '-' | '.') || next.is_whitespace()) =>
        {
            end + letter.len_utf8()
        }
        _ => end,
    }
}

/// The year after a `/` or `.`, where a separator or nothing follows it, and the rest.
fn year(text: &str) -> Option<(&str, &str)> {
    let after = text.strip_prefix(['/', '.'])?.trim_start();
    let year = after.get(..4).filter(|year| digits(year) == 4 && (year.starts_with("19") || year.starts_with("20")))?;
    let rest = &after[4..];
    let next = rest.trim_start();
    (next.is_empty() || next.starts_with(['/', '-', '.'])).then_some((year, rest))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// A number as one comparable string, blank serials included.
pub fn canonical(serial: Option<&str>, year: Option<&str>, symbol: Option<&str>) -> String {
    let serial = serial.unwrap_or_default();
    let mut out = if !serial.is_empty() && serial.bytes().all(|b| b.is_ascii_digit()) {
        let bare = serial.trim_start_matches('0');
        if bare.is_empty() { "0".to_owned() } else { bare.to_owned() }
    } else {
        serial.to_lowercase()
    };
    if let Some(year) = year.filter(|year| !year.is_empty() && *year != "0") {
        out.push('/');
        out.push_str(year);
    }
    out.push('|');
    tighten(&fold(symbol.unwrap_or_default()), &mut out);
    out
}

/// Appends a text without the spaces around its separators.
fn tighten(text: &str, out: &mut String) {
    let mut gap = false;
    for c in text.chars() {
        let separator = matches!(c, '-' | '/' | '&' | '.');
        if c == ' ' {
            gap = true;
            continue;
        }
        if gap && !separator && !out.ends_with(['-', '/', '&', '.', '|']) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> [String; 3] {
        let parts = split(text);
        [parts.serial, parts.year, parts.symbol].map(Option::unwrap_or_default)
    }

    #[test]
    fn numbers_come_apart() {
        for (text, wanted) in [
            ("02/2021/QĐ-UBND", ["02", "2021", "QĐ-UBND"]),
            ("39-NQ/ĐU", ["39", "", "NQ/ĐU"]),
            ("66.22/2026/NQ-CP", ["66.22", "2026", "NQ-CP"]),
            ("30a/2008/NQ-CP", ["30a", "2008", "NQ-CP"]),
            ("12bis/KH-UBND", ["12bis", "", "KH-UBND"]),
            ("15 / KH-UBND", ["15", "", "KH-UBND"]),
            ("08", ["08", "", ""]),
            ("178/CP", ["178", "", "CP"]),
            ("31/2024/QH15", ["31", "2024", "QH15"]),
            ("05/2024", ["05", "2024", ""]),
            ("12/20245/X", ["12", "", "20245/X"]),
            ("/KH-UBND", ["", "", "KH-UBND"]),
            ("1.5/KH", ["1", "", "5/KH"]),
            ("7ab/KH", ["7", "", "ab/KH"]),
            ("", ["", "", ""]),
        ] {
            assert_eq!(parts(text), wanted, "{text}");
        }
    }

    #[test]
    fn spacing_and_leading_zeros_do_not_count() {
        let of = |text: &str| {
            let parts = split(text);
            canonical(parts.serial.as_deref(), parts.year.as_deref(), parts.symbol.as_deref())
        };
        assert_eq!(of("05/SNV - VP"), of("5/snv-vp"));
        assert_eq!(of("009/2020/TT-BNV"), "9/2020|tt-bnv");
        assert_ne!(of("5/KH-UBND"), of("5/2020/KH-UBND"));
        assert_eq!(canonical(None, None, Some("QĐ-UBND")), "|qđ-ubnd");
        assert_eq!(canonical(Some("00"), None, None), "0|");
        assert_eq!(canonical(Some("1"), None, Some("TT HĐND X")), "1|tt hội đồng nhân dân x");
    }
}
