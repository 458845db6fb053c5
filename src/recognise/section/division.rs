//! Markers that name their division: `Phần I`, `Chương II`, `Mục 1`, `Điều 5.`

use super::marker::{Marker, Style, Trust, digits_at, is_capitals, marker, roman_value};
use crate::text::letter;

/// The number words of `Phần thứ nhất`.
const ORDINALS: [(&str, u16); 12] = [
    ("nhất", 1),
    ("một", 1),
    ("hai", 2),
    ("ba", 3),
    ("tư", 4),
    ("bốn", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("tám", 8),
    ("chín", 9),
    ("mười", 10),
];

/// `Phần I`, `Chương II`, `Mục 1`, `Tiểu mục 2`, `Điều 5.`
pub(super) fn division(head: &str) -> Option<Marker> {
    let (word, style) = match head.chars().next()? {
        'P' => ("phần", Style::Part),
        'C' => ("chương", Style::Chapter),
        'M' => ("mục", Style::Section),
        'T' => ("tiểu mục", Style::Subsection),
        'Đ' => ("điều", Style::Article),
        _ => return None,
    };
    let length = opens_with(head, word)?;
    let after = &head[length..];
    let mut at = length + (after.len() - after.trim_start_matches([' ', '\n', '*']).len());
    if at == length {
        return None;
    }
    if style == Style::Article {
        return article(head, at);
    }
    let mut number = None;
    if let Some(skip) = opens_with(&head[at..], "thứ") {
        at += skip;
        at += head[at..].len() - head[at..].trim_start().len();
    }
    let token = &head[at..at + head[at..].find(|c: char| !letter::is_alphanumeric(c)).unwrap_or(head.len() - at)];
    for (word, value) in ORDINALS {
        if crate::text::lower_eq(token, word) {
            number = Some(value);
        }
    }
    let number = number
        .or_else(|| token.parse().ok().filter(|n| (1..100).contains(n)))
        .or_else(|| roman_value(token).map(u16::from))
        .or_else(|| single_capital(token).filter(|_| style == Style::Part))?;
    let end = at + token.len();
    let mut found = marker(style, number, end, head);
    let rest = head[end..].trim_start_matches([' ', '*']);
    found.rest = head.len() - rest.trim_start_matches(['.', ':', '-', ')', ' ', '*']).len();
    // `Mục 1 Chương II của Luật` is a reference that wrapped; a title follows a sign, or is in capitals.
    let signed = rest.is_empty() || rest.starts_with(['.', ':', '-', ')']);
    (signed || is_capitals(rest)).then_some(found)
}

fn article(head: &str, at: usize) -> Option<Marker> {
    // `Điều thứ 1`, `Điều thứ nhất`: as decrees had it up to 1950.
    let at = opens_with(&head[at..], "thứ").map_or(at, |skip| {
        let behind = &head[at + skip..];
        head.len() - behind.trim_start().len()
    });
    let word = &head[at..at + head[at..].find(|c: char| !letter::is_alphabetic(c)).unwrap_or(head.len() - at)];
    let ordinal = ORDINALS.iter().find(|(ordinal, _)| crate::text::lower_eq(word, ordinal));
    let digits = digits_at(head, at);
    let (number, mut end, trust) = match head[at..at + digits].parse() {
        Ok(number) if digits <= 3 => (number, at + digits, Trust::Sure),
        _ if ordinal.is_some() => (ordinal.map_or(0, |(_, number)| *number), at + word.len(), Trust::Sure),
        // `Điều I.`, `Điều l:` of a scan.
        _ if head[at..].starts_with(['I', 'l']) => (1, at + 1, Trust::InSequence),
        _ => return None,
    };
    if head[end..].starts_with(|c: char| c.is_ascii_lowercase()) {
        end += 1;
    }
    let rest = head[end..].trim_start_matches([' ', '*']);
    let sign = rest.chars().next();
    let listed = sign == Some(',') && rest[1..].trim_start().starts_with(letter::is_uppercase);
    if !listed && !matches!(sign, None | Some('.' | ':' | '-' | '/')) {
        return None;
    }
    let signed = sign.map_or(end, |c| head.len() - rest.len() + c.len_utf8());
    let mut found = marker(Style::Article, number, signed, head);
    found.rest =
        signed + (head[signed..].len() - head[signed..].trim_start_matches([' ', '\t', '*', '.', '-', ':']).len());
    found.trust = if sign == Some(',') || sign == Some('/') { Trust::InSequence } else { trust };
    Some(found)
}

/// The length of a word that opens the head, in any case; OCR may have taken its marks (`Điêu 3.`).
fn opens_with(head: &str, word: &str) -> Option<usize> {
    use crate::text::fold_char;
    let mut rest = head.chars();
    let opens = word.chars().all(|wanted| rest.next().is_some_and(|c| fold_char(c) == fold_char(wanted)));
    let rest = rest.as_str();
    (opens && !rest.starts_with(letter::is_alphanumeric)).then(|| head.len() - rest.len())
}

fn single_capital(token: &str) -> Option<u16> {
    let mut chars = token.chars();
    match (chars.next(), chars.next()) {
        (Some(c @ 'A'..='H'), None) => Some(c as u16 - 'A' as u16 + 1),
        _ => None,
    }
}
