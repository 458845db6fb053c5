//! Markers at the head of a line: `Chương I`, `Điều 5.`, `II.`, `1.2.`, `a)`, and those that OCR damaged.

use super::{MarkerRefusal, division::division};
use crate::{grammar::roman::roman, record::SectionKind, text::letter};

/// The form of a marker: markers of one form are siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// The heading of an attached paper.
    Annex,
    /// Phần I.
    Part,
    /// `A.`
    Capital,
    /// Chương I.
    Chapter,
    /// Mục 1.
    Section,
    /// Tiểu mục 1.
    Subsection,
    /// No marker.
    Unnumbered,
    /// `I.`
    Roman,
    /// Điều 1.
    Article,
    /// `1.2.` with its depth and the sign behind it.
    Decimal(u8, char),
    /// `a)` with the sign behind it.
    Letter(char),
    /// `a1)`
    LetterNumber,
}

impl Style {
    /// The kind in the record.
    pub(super) fn kind(self) -> SectionKind {
        match self {
            Style::Annex => SectionKind::Annex,
            Style::Part => SectionKind::Part,
            Style::Chapter => SectionKind::Chapter,
            Style::Section | Style::Subsection => SectionKind::Section,
            Style::Unnumbered => SectionKind::Unnumbered,
            Style::Roman => SectionKind::Roman,
            Style::Article => SectionKind::Article,
            Style::Decimal(..) => SectionKind::Decimal,
            Style::Capital | Style::Letter(_) | Style::LetterNumber => SectionKind::Letter,
        }
    }

    /// The rule that reads it.
    pub(super) fn rule(self) -> &'static str {
        match self.kind() {
            SectionKind::Annex => "section.annex",
            SectionKind::Part => "section.part",
            SectionKind::Chapter => "section.chapter",
            SectionKind::Section => "section.section",
            SectionKind::Article => "section.article",
            SectionKind::Roman => "section.roman",
            SectionKind::Decimal => "section.decimal",
            SectionKind::Letter => "section.letter",
            SectionKind::Unnumbered => "section.unnumbered",
        }
    }
}

/// How far a reading can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// It stands by itself.
    Sure,
    /// It stands if the number before it in its row is open.
    InSequence,
    /// Its sign or number is damaged: it stands where its neighbours leave no doubt.
    Damaged,
}

/// A marker that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    /// Its form.
    pub style: Style,
    /// Its number in its row; 0 where damage left none.
    pub number: u16,
    /// The numbers before it: `[1, 2]` of `1.2.3`.
    pub path: [u8; 4],
    /// How far it can be trusted.
    pub trust: Trust,
    /// Where it begins (damaged ink may stand before it).
    pub start: usize,
    /// Its end.
    pub end: usize,
    /// Where the title begins.
    pub rest: usize,
}

/// The letters of a row, in the order of the Vietnamese alphabet.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// The place of a letter in its row.
pub(super) fn letter_number(c: char) -> Option<u16> {
    if !c.is_ascii_lowercase() && c != 'đ' {
        return None;
    }
    // All of one byte but for `đ`, the fifth.
    match LETTERS.bytes().position(|l| char::from(l) == c) {
        Some(at) if at < 4 => Some(at as u16 + 1),
        Some(at) => Some(at as u16),
        None => (c == 'đ').then_some(5),
    }
}

/// The letter at a place of a row.
pub(super) fn letter(number: u16) -> Option<char> {
    LETTERS.chars().nth(usize::from(number).checked_sub(1)?)
}

/// The marker that opens a line.
pub(super) fn read(line: &str) -> Option<Marker> {
    attempt(line).ok()
}

/// The marker that opens a line, or why none does.
pub(super) fn attempt(line: &str) -> Result<Marker, MarkerRefusal> {
    let skipped = line.len() - line.trim_start_matches(BEFORE).len();
    let start = if skipped <= 8 { skipped } else { 0 };
    let head = &line[start..];
    let first = head.chars().next().ok_or(MarkerRefusal::Unknown)?;
    // A word that opens with a small letter, most often.
    let goes_on = |byte: &u8| byte.is_ascii_alphabetic() || !byte.is_ascii();
    if !first.is_ascii_digit()
        && !letter::is_uppercase(first)
        && head.as_bytes().get(first.len_utf8()).is_some_and(goes_on)
    {
        return Err(MarkerRefusal::Unknown);
    }
    let found = match first {
        'P' | 'C' | 'M' | 'T' | 'Đ' => division(head).or_else(|| capital(head, first)),
        '0'..='9' => {
            let read = decimal(head).or_else(|why| damaged_roman(head).ok_or(why))?;
            return Ok(Marker { start, end: start + read.end, rest: start + read.rest, ..read });
        }
        'I' | 'V' | 'X' | 'H' | 'L' => {
            roman_marker(head).or_else(|| damaged_roman(head)).or_else(|| capital(head, first))
        }
        'A'..='Z' => capital(head, first),
        _ if letter_number(first).is_some() || first == 'f' || first == 'j' => letter_marker(head, first),
        _ => damaged_letter(head, first),
    };
    let found = found.ok_or(MarkerRefusal::Unknown)?;
    Ok(Marker { start, end: start + found.end, rest: start + found.rest, ..found })
}

/// Whether a line may open with the first marker of a row: `a)`, `1.`, `01.`.
pub(super) fn may_open_row(line: &str) -> bool {
    line.trim_start_matches(BEFORE).starts_with(['a', '0', '1'])
}

/// What damaged ink, emphasis and table edges leave before a marker.
const BEFORE: [char; 8] = ['|', '_', ' ', '„', '\'', '`', '~', '*'];

/// A reading whose `end` and `rest` count from the head.
pub(super) fn marker(style: Style, number: u16, end: usize, head: &str) -> Marker {
    Marker { style, number, path: [0; 4], trust: Trust::Sure, start: 0, end, rest: after_signs(head, end) }
}

/// Past spaces, emphasis and stray dots and dashes.
fn after_signs(head: &str, end: usize) -> usize {
    let rest = &head[end..];
    let dash = rest.trim_start_matches([' ', '\t', '*', '.']);
    let dash = dash.strip_prefix("- ").unwrap_or(dash).trim_start_matches([' ', '\t', '*', '_']);
    head.len() - dash.len()
}

/// The value of a numeral, the ones that a scan takes for other strokes included.
pub(super) fn roman_value(token: &str) -> Option<u8> {
    roman(token).or_else(|| {
        let strokes: String = token
            .chars()
            .map(|c| if matches!(c, '1' | 'l' | '|' | '!' | 'Ì' | 'Í' | 'Ị' | 'L' | 'T') { 'I' } else { c })
            .collect();
        let strokes = strokes.replace('H', "II").replace('Ị', "I");
        (strokes.len() <= 5).then(|| roman(&strokes)).flatten()
    })
}

/// How many digits stand at a place.
pub(super) fn digits_at(head: &str, at: usize) -> usize {
    head[at..].bytes().take_while(u8::is_ascii_digit).count()
}

/// What follows a marker: a capital, a quote or a bracket opens a title; a digit or a small letter needs a sequence.
fn follows(head: &str, rest: usize) -> Option<Trust> {
    let c = head[rest..].chars().next();
    Some(match c {
        None => Trust::InSequence,
        Some(c) if letter::is_uppercase(c) || matches!(c, '"' | '(' | '[' | '\'') => Trust::Sure,
        Some(c) if letter::is_alphanumeric(c) => Trust::InSequence,
        Some(_) => return None,
    })
}

/// `I.`, `II-`, `IV/`
fn roman_marker(head: &str) -> Option<Marker> {
    let length = head.find(|c| !matches!(c, 'I' | 'V' | 'X')).unwrap_or(head.len());
    let number = u16::from(roman(&head[..length])?);
    let glued = || glued_capitals(head, length);
    let apart = sign_at(head, length);
    let Some((sign, end)) = apart.or_else(glued) else { return compound(head, length, number) };
    let mut found = marker(Style::Roman, number, end, head);
    found.trust = match sign {
        // `X-QUANG TIM PHỔI`
        '-' if apart.is_none() && number > 1 => Trust::InSequence,
        ',' | ':' => Trust::Damaged,
        _ => follows(head, found.rest)?,
    };
    Some(found)
}

/// The dash of `I-TÌNH HÌNH CHUNG`, with several words in capitals right behind it, and its end.
fn glued_capitals(head: &str, at: usize) -> Option<(char, usize)> {
    let title = head[at..].strip_prefix('-')?;
    let mut words = title.split(' ').filter(|word| word.chars().any(letter::is_alphabetic));
    let capitals = |word: &str| word.chars().filter(|c| letter::is_alphabetic(*c)).all(letter::is_uppercase);
    let (first, second) = (words.next()?, words.next()?);
    (first.chars().count() > 1 && first.starts_with(letter::is_uppercase) && capitals(first) && capitals(second))
        .then_some(('-', at + 1))
}

/// `I.1.`, `A.2.1.`: decimals that carry the number of what holds them.
fn compound(head: &str, length: usize, number: u16) -> Option<Marker> {
    let tail = head[length..].strip_prefix('.').filter(|tail| tail.starts_with(|c: char| c.is_ascii_digit()))?;
    let inner = decimal(tail).ok()?;
    let Style::Decimal(depth @ 1..=3, _) = inner.style else { return None };
    let mut path = [u8::try_from(number).ok()?, 0, 0, 0];
    path[1..].copy_from_slice(&inner.path[..3]);
    let shift = length + 1;
    Some(Marker {
        style: Style::Decimal(depth + 1, '.'),
        path,
        end: inner.end + shift,
        rest: inner.rest + shift,
        ..inner
    })
}

/// The sign behind a number, and its end; one space may stand before a dash.
fn sign_at(head: &str, at: usize) -> Option<(char, usize)> {
    let rest = &head[at..];
    // Most often a letter stands there.
    if rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let spaced = rest.trim_start_matches(['*', ' ']);
    let sign = spaced.chars().next().filter(|c| matches!(c, '.' | ')' | '/' | '-' | ',' | ':'))?;
    let apart = spaced.len() < rest.trim_start_matches('*').len();
    let end = head.len() - spaced.len() + 1;
    let next = head[end..].chars().next();
    let open = next.is_none_or(|c| matches!(c, ' ' | '\t' | '*' | '.' | '-'));
    let word = next.is_some_and(letter::is_uppercase)
        && head[end..].chars().nth(1).is_some_and(|c| c.is_lowercase() || c.is_uppercase());
    let mixed = next.is_some_and(letter::is_uppercase) && head[end..].chars().nth(1).is_some_and(letter::is_lowercase);
    match sign {
        '.' if open || word || next == Some('"') => Some((sign, end)),
        ')' => Some((sign, end)),
        '/' | '-' if (open || mixed) && (!apart || sign == '-' && open) => Some((sign, end)),
        ',' | ':' if !apart && open => Some((sign, end)),
        _ => None,
    }
}

/// A Roman numeral that a scan took for other strokes: `H.`, `IH.`, `1I.`, `HH`
fn damaged_roman(head: &str) -> Option<Marker> {
    let length = head
        .find(|c| !matches!(c, 'I' | 'V' | 'X' | 'H' | 'L' | 'l' | '1' | '|' | '!' | 'Ị' | 'Ì'))
        .unwrap_or(head.len());
    let token = &head[..length];
    let clean = token.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    if token.chars().count() > 5 || clean && roman(token).is_some() || token.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let end = match sign_at(head, length) {
        Some(('.' | '-' | ',' | '/', end)) => end,
        _ if head[length..].starts_with(' ') && token.chars().count() > 1 => length,
        _ => return None,
    };
    let mut found = marker(Style::Roman, roman_value(token).map_or(0, u16::from), end, head);
    found.trust = Trust::Damaged;
    head[found.rest..].starts_with(letter::is_uppercase).then_some(found)
}

/// `A.`, `B/`
fn capital(head: &str, first: char) -> Option<Marker> {
    // A word goes on, most often.
    if first == 'Đ' || head.as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let number = first as u16 - 'A' as u16 + 1;
    let Some((sign, end)) = sign_at(head, 1) else { return compound(head, 1, number) };
    let mut found = marker(Style::Capital, number, end, head);
    found.trust = Trust::InSequence;
    (!matches!(sign, ',' | ':') && number <= 14 && follows(head, found.rest)? == Trust::Sure).then_some(found)
}

/// `1.`, `1/`, `1.2.1.`, `1.2`
fn decimal(head: &str) -> Result<Marker, MarkerRefusal> {
    let mut path = [0u8; 4];
    let (mut depth, mut at, mut damaged) = (0usize, 0, false);
    loop {
        let digits = digits_at(head, at);
        if digits == 0 || digits > 2 || depth == 4 {
            return Err(MarkerRefusal::TooLong);
        }
        path[depth] = head[at..at + digits].parse().ok().filter(|n| *n > 0).ok_or(MarkerRefusal::Zero)?;
        depth += 1;
        at += digits;
        // The sign between two numbers is a dot; a scan may have a fraction stroke for it.
        let stroke = head[at..].starts_with('/') && {
            let digits = digits_at(head, at + 1);
            digits > 0 && head[at + 1 + digits..].starts_with(". ")
        };
        if stroke || head[at..].starts_with('.') && digits_at(head, at + 1) > 0 {
            at += 1;
            damaged |= stroke;
        } else {
            break;
        }
    }
    let number = u16::from(path[depth - 1]);
    path[depth - 1] = 0;
    let (sign, end) = match sign_at(head, at) {
        Some(found) => found,
        None if depth > 1 && head[at..].starts_with([' ', '*']) => ('.', at),
        None => return Err(MarkerRefusal::NoSign),
    };
    let depth_sign = if depth > 1 || matches!(sign, ',' | ':') { '.' } else { sign };
    let mut found = marker(Style::Decimal(depth as u8, depth_sign), number, end, head);
    found.path = path;
    let follow = follows(head, found.rest).ok_or(MarkerRefusal::NoTitle)?;
    let letters = head[found.rest..].chars().filter(|c| letter::is_alphabetic(*c)).take(2).count();
    if letters < 2 && found.rest < head.len()
        || sign == '-' && end > at + 1 && head[at..].starts_with(' ') && follow != Trust::Sure
    {
        return Err(if letters < 2 { MarkerRefusal::NoTitle } else { MarkerRefusal::SmallLetter });
    }
    found.trust = match (sign, follow) {
        _ if damaged && follow == Trust::Sure => Trust::Damaged,
        (',' | ':', Trust::Sure) => Trust::Damaged,
        (',' | ':', _) => return Err(MarkerRefusal::SmallLetter),
        _ if head[at..].starts_with(' ') && end > at => Trust::InSequence,
        (_, Trust::InSequence) if depth > 1 && end == at => return Err(MarkerRefusal::SmallLetter),
        _ => follow,
    };
    Ok(found)
}

/// `a)`, `a.`, `đ/`, `a1)`
fn letter_marker(head: &str, first: char) -> Option<Marker> {
    let at = first.len_utf8();
    let digits = digits_at(head, at + usize::from(head[at..].starts_with('.')));
    if digits == 1 || digits == 2 {
        let from = at + usize::from(head[at..].starts_with('.'));
        let (sign, end) = sign_at(head, from + digits)?;
        let mut found = marker(Style::LetterNumber, head[from..from + digits].parse().ok()?, end, head);
        found.path[0] = letter_number(first)? as u8;
        found.trust = Trust::InSequence;
        return matches!(sign, ')' | '.').then_some(found);
    }
    let number = letter_number(first).unwrap_or(7);
    if head[at..].starts_with(['}', ']', '>']) {
        let mut found = marker(Style::Letter(')'), number, at + 1, head);
        found.trust = Trust::Damaged;
        return head[found.rest..].starts_with(letter::is_uppercase).then_some(found);
    }
    let (sign, end) = sign_at(head, at)?;
    let mut found = marker(Style::Letter(sign), number, end, head);
    let follow = follows(head, found.rest)?;
    found.trust = if sign == ')' && (follow == Trust::Sure || head[found.rest..].starts_with(letter::is_alphabetic)) {
        Trust::Sure
    } else if matches!(sign, ',' | ':') {
        return None;
    } else if follow == Trust::Sure && number <= 9 && sign != '-' {
        Trust::Sure
    } else {
        Trust::InSequence
    };
    Some(found)
}

/// `©)`: one odd sign and a bracket, followed by a title.
fn damaged_letter(head: &str, first: char) -> Option<Marker> {
    if first.is_uppercase() || matches!(first, '(' | ')' | '"' | '-' | '+') {
        return None;
    }
    let at = first.len_utf8();
    let end = head[at..].starts_with(')').then_some(at + 1)?;
    let mut found = marker(Style::Letter(')'), if first == '©' { 3 } else { 0 }, end, head);
    found.trust = Trust::Damaged;
    head[found.rest..].starts_with(letter::is_uppercase).then_some(found)
}

/// Whether a text is set in capitals.
pub(super) fn is_capitals(text: &str) -> bool {
    /// How many bytes are counted as one.
    const ROW: usize = 32;
    // The small letters of ASCII are already too many in most texts: were all other bytes capitals.
    let mut few = 0;
    for row in text.as_bytes().chunks(ROW) {
        let count = row.iter().fold(0u8, |count, byte| count + u8::from(byte.is_ascii_lowercase()));
        few += usize::from(count);
        if few * 9 > text.len() {
            return false;
        }
    }
    let (mut large, mut small) = (0usize, 0usize);
    for (at, c) in text.char_indices() {
        if letter::is_lowercase(c) {
            small += 1;
            // Were all that follows capitals, they would still be too few.
            if small * 8 > large + text.len() - at {
                return false;
            }
        } else {
            large += usize::from(letter::is_uppercase(c));
        }
    }
    large >= 3 && small * 8 <= large
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(line: &str) -> Option<(Style, u16, &str, &str, Trust)> {
        read(line).map(|m| (m.style, m.number, &line[m.start..m.end], &line[m.rest..], m.trust))
    }

    #[test]
    fn reads_every_form() {
        use Style::*;
        let sure = Trust::Sure;
        for (line, style, number, mark, title) in [
            ("Phần I", Part, 1, "Phần I", ""),
            ("PHẦN B", Part, 2, "PHẦN B", ""),
            ("Phần thứ ba", Part, 3, "Phần thứ ba", ""),
            ("Chương II. TÀI SẢN CÔNG", Chapter, 2, "Chương II", "TÀI SẢN CÔNG"),
            ("Mục 3", Section, 3, "Mục 3", ""),
            ("Tiểu mục 1: KIỂM KÊ", Subsection, 1, "Tiểu mục 1", "KIỂM KÊ"),
            ("Điều 5. Hồ sơ", Article, 5, "Điều 5.", "Hồ sơ"),
            ("Điều 2.** Hồ sơ", Article, 2, "Điều 2.", "Hồ sơ"),
            ("Điều 1.- Hồ sơ", Article, 1, "Điều 1.", "Hồ sơ"),
            ("Điều 3: Hồ sơ", Article, 3, "Điều 3:", "Hồ sơ"),
            ("IV- Nhân sự", Roman, 4, "IV-", "Nhân sự"),
            ("1/ Nhân sự", Decimal(1, '/'), 1, "1/", "Nhân sự"),
            ("2-Nhân sự", Decimal(1, '-'), 2, "2-", "Nhân sự"),
            ("1.Nhân sự", Decimal(1, '.'), 1, "1.", "Nhân sự"),
            ("1.2.1. Nhân sự", Decimal(3, '.'), 1, "1.2.1.", "Nhân sự"),
            ("1.2 Nhân sự", Decimal(2, '.'), 2, "1.2", "Nhân sự"),
            ("đ) Nhân sự", Letter(')'), 5, "đ)", "Nhân sự"),
            ("a. Nhân sự", Letter('.'), 1, "a.", "Nhân sự"),
        ] {
            assert_eq!(said(line), Some((style, number, mark, title, sure)), "{line}");
        }
    }

    proptest! {
        #[test]
        fn capitals_are_told_before_the_end(text in "[A-ZĐỘa-cộ0 ]{0,30}|([A-ZĐỘ ]{4}[a-cộ]{0,1}){0,30}") {
            let large = text.chars().filter(|c| c.is_uppercase()).count();
            let small = text.chars().filter(|c| c.is_lowercase()).count();
            prop_assert_eq!(is_capitals(&text), large >= 3 && small * 8 <= large);
        }
    }

    #[test]
    fn letters_are_numbered_in_their_order() {
        for (at, c) in LETTERS.chars().enumerate() {
            assert_eq!(letter_number(c), Some(at as u16 + 1), "{c}");
        }
        assert_eq!(['f', 'z', 'A', 'ộ'].map(letter_number), [None; 4]);
    }

    #[test]
    fn leaves_what_only_begins_with_a_number() {
        for line in [
            "2 và khu phố 4",
            "24 trang",
            "1. 725.280",
            "2/9 năm nay",
            "3.971 hồ sơ",
            "Điều 19 Luật Giá",
            "Mục 1 Chương II của Luật",
            "12/KH-UBND",
            "5-NQ/TW",
            "Phần mềm",
            "2,5 ha",
            "- Mục 1",
        ] {
            assert_eq!(said(line), None, "{line}");
        }
    }

    #[test]
    fn marks_what_is_damaged() {
        for (line, number) in [
            ("H. Nhân sự", 2),
            ("IH. Nhân sự", 3),
            ("1I. Nhân sự", 2),
            ("HH Nhân sự", 0),
            ("I, Nhân sự", 1),
            ("©) Nhân sự", 3),
            ("b} Nhân sự", 2),
            ("1, Nhân sự", 1),
            ("1/2. Nhân sự", 2),
        ] {
            let read = read(line).unwrap();
            assert_eq!((read.number, read.trust), (number, Trust::Damaged), "{line}");
        }
    }
}
