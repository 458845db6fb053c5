//! The symbol: groups of letters, and what OCR and typing leave of them.

use super::{Codes, skip_space};
use crate::text::letter;
use std::borrow::Cow;

/// A symbol as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSymbol {
    /// Its text, spacing and dashes mended.
    pub text: String,
    /// Whether anything was mended.
    pub repaired: bool,
    /// Its end in the text.
    pub end: usize,
}

/// The symbol that begins at `at`: groups of letters joined by `-` and `/`.
pub fn symbol(text: &str, at: usize, codes: Codes<'_>) -> Option<ReadSymbol> {
    let Group { text: mut last, mut end, mended: mut repaired, mut known } = group(text, at, codes)?;
    let mut out = String::with_capacity(16);
    out.push_str(&last);
    for _ in 0..7 {
        let dotted = || {
            // `QĐ.UB`, `QĐ. BQL`: a dot typed for the dash behind a kind's abbreviation.
            let next = text[end..].starts_with('.').then(|| skip_space(text, end + 1, false))?;
            (codes.kind(&last).is_some() && out == last && group(text, next, codes).is_some())
                .then_some(('-', next, false))
        };
        let Some((separator, next, clean)) = separator(text, end).or_else(dotted) else {
            // `KH UBND`: the dash is missing. `TT HĐND`: the space belongs there.
            let spaced = skip_space(text, end, false);
            let joined = (spaced > end).then(|| group(text, spaced, codes)).flatten();
            let Some(more) = joined.filter(|more| codes.organ(&more.text).is_some()) else { break };
            if codes.kind(&last).is_some() && out == last {
                out.push('-');
                repaired = true;
            } else if last == "TT" && more.text == "HĐND" {
                out.push(' ');
            } else {
                break;
            }
            out.push_str(&more.text);
            (last, end, known) = (more.text, more.end, more.known);
            continue;
        };
        let Some(more) = group(text, next, codes).or_else(|| law_serial(text, next, &last)) else { break };
        // After a space a group must look like a code, or the dash is one of the sentence.
        if !clean && !is_code(&more.text, codes) {
            break;
        }
        repaired |= !clean || more.mended;
        out.push(separator);
        out.push_str(&more.text);
        (last, end, known) = (more.text, more.end, more.known);
    }
    // `SL/L.003`
    if last == "L"
        && text[end..].starts_with('.')
        && let Some(digits) = law_serial(text, end + 1, &last)
    {
        out.push('.');
        out.push_str(&digits.text);
        end = digits.end;
    }
    if !known && let Some(split) = fused(&out, codes) {
        out = split;
        repaired = true;
    }
    let strong = out.chars().filter(|c| letter::is_uppercase(*c)).nth(1).is_some() || codes.organ(&out).is_some();
    strong.then_some(ReadSymbol { text: out, repaired, end })
}

/// `NĐCP` → `NĐ-CP`, `TTLT-BYTBTNMT` → `TTLT-BYT-BTNMT`: the last group is two, where both halves are known.
fn fused(symbol: &str, codes: Codes<'_>) -> Option<String> {
    let (lead, last) = symbol.rfind(['-', '/', ' ']).map_or(("", symbol), |at| symbol.split_at(at + 1));
    if codes.knows(last) {
        return None;
    }
    let joint = lead.split(['-', '/']).next().is_some_and(super::parts::is_joint);
    last.char_indices().skip(1).find_map(|(at, _)| {
        let (head, tail) = last.split_at(at);
        let two = if lead.is_empty() {
            codes.kind(head).is_some() && head.chars().count() >= 2
        } else {
            joint && codes.organ(head).is_some() && head.len() >= 3
        };
        (two && codes.organ(tail).is_some() && (lead.is_empty() || tail.len() >= 3))
            .then(|| format!("{lead}{head}-{tail}"))
    })
}

/// The number of a law behind its letter, as in the decree that promulgated it: `SL/L-004`.
fn law_serial<'t>(text: &'t str, at: usize, last: &str) -> Option<Group<'t>> {
    if last != "L" {
        return None;
    }
    let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
    let end = at + digits;
    (digits == 3).then(|| Group { text: Cow::Borrowed(&text[at..end]), end, mended: false, known: false })
}

/// A symbol in small letters, of which every group is known: `tt-bgtvt`.
pub(super) fn small(text: &str, at: usize, codes: Codes<'_>) -> Option<ReadSymbol> {
    let rest = text.get(at..)?;
    let end = rest.find(|c: char| !(letter::is_alphanumeric(c) || matches!(c, '-' | '&'))).unwrap_or(rest.len());
    let raw = rest[..end].trim_end_matches('-');
    if !(5..=60).contains(&raw.len()) || !raw.contains('-') {
        return None;
    }
    let groups: Vec<&str> = raw.split('-').map(|group| codes.recased(group)).collect::<Option<_>>()?;
    codes.kind(groups[0])?;
    Some(ReadSymbol { text: groups.join("-"), repaired: true, end: at + raw.len() })
}

/// Whether a group is an abbreviation: known, or mostly capitals.
fn is_code(group: &str, codes: Codes<'_>) -> bool {
    let capitals = group.chars().filter(|c| letter::is_uppercase(*c)).count();
    codes.knows(group) || capitals >= 2 && capitals * 2 >= group.chars().count()
}

/// A separator with what OCR puts around it: the character, where the next group begins, whether it was clean.
fn separator(text: &str, at: usize) -> Option<(char, usize, bool)> {
    let bytes = text.as_bytes();
    let mut i = skip_space(text, at, true);
    if i - at > 12 {
        return None;
    }
    let noise = |b: Option<&u8>| b.is_some_and(|b| matches!(b, b'~' | b'_'));
    while noise(bytes.get(i)) {
        i += 1;
    }
    // `TB_UBND`: the line is the dash.
    if i == at + 1 && bytes[at] == b'_' && text[i..].starts_with(letter::is_uppercase) {
        return Some(('-', i, false));
    }
    let found = match bytes.get(i)? {
        b'-' => '-',
        b'/' => '/',
        // `NĐ: CP`
        b':' if bytes.get(i + 1) == Some(&b' ') && text[i + 2..].starts_with(letter::is_uppercase) => '-',
        _ => return None,
    };
    let mut next = i + 1;
    while noise(bytes.get(next)) {
        next += 1;
    }
    let begin = skip_space(text, next, true);
    let clean = i == at && begin == next && bytes[i] != b':' || (i == at && text[next..begin].contains('\n'));
    (begin - next <= 24).then_some((found, begin, clean))
}

/// One group of a symbol.
struct Group<'t> {
    /// Its text, mended.
    text: Cow<'t, str>,
    end: usize,
    mended: bool,
    /// Whether it is known to be an abbreviation of the rules.
    known: bool,
}

/// The group that begins at `at`: letters, digits, `&`, inner dots.
fn group<'t>(text: &'t str, at: usize, codes: Codes<'_>) -> Option<Group<'t>> {
    let rest = text.get(at..)?;
    if !rest.starts_with(letter::is_uppercase) {
        return None;
    }
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let mut joins = || chars.peek().is_some_and(|(_, next)| letter::is_uppercase(*next));
        let inside = match c {
            '&' => joins(),
            '.' => end > 0 && i < 6 && joins() && codes.kind(&rest[..i]).is_none(),
            c => letter::is_alphanumeric(c),
        };
        if !inside {
            break;
        }
        end = i + c.len_utf8();
        if end > 40 {
            return None;
        }
    }
    let raw = &rest[..end];
    if codes.knows(raw) {
        return Some(Group { text: Cow::Borrowed(raw), end: at + end, mended: false, known: true });
    }
    // Footnote letters and the next word's start stick to a code: `CPng`.
    let bare = raw.trim_end_matches(letter::is_lowercase);
    if bare.len() >= 2 && bare.len() < raw.len() && codes.organs.contains_key(bare) {
        return Some(Group { text: Cow::Borrowed(bare), end: at + bare.len(), mended: true, known: true });
    }
    let capitals = raw.chars().filter(|c| letter::is_uppercase(*c)).count();
    let letters = raw.chars().filter(|c| letter::is_alphabetic(*c)).count();
    if capitals < 2 && letters > 2 {
        return None;
    }
    let mended = term(raw).or_else(|| misread(raw, codes)).or_else(|| {
        let alike = || codes.recased(raw).map(str::to_owned);
        (capitals >= 2 && letters >= 3).then(alike).flatten()
    });
    Some(match mended {
        Some(mended) => Group { text: Cow::Owned(mended), end: at + end, mended: true, known: false },
        None => Group { text: Cow::Borrowed(raw), end: at + end, mended: false, known: false },
    })
}

/// `T1` → `TT`: a letter of a known kind that OCR took for a digit or a stroke.
fn misread(group: &str, codes: Codes<'_>) -> Option<String> {
    let tail = group.strip_prefix('T').filter(|tail| matches!(*tail, "1" | "I" | "l"))?;
    let mended = group.replace(tail, "T");
    codes.kind(&mended).map(|_| mended)
}

/// `QHI5` → `QH15`, `UBTVQHII` → `UBTVQH11`: the number of the term is digits. `QHI15`: a stroke too many.
fn term(group: &str) -> Option<String> {
    let head = ["UBTVQH", "QH", "HĐNN"].into_iter().find(|head| group.starts_with(head))?;
    let tail = &group[head.len()..];
    if let Some(digits) =
        tail.strip_prefix(['I', 'l']).filter(|d| d.len() == 2 && d.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(format!("{head}{digits}"));
    }
    let digits: Option<String> = tail
        .chars()
        .map(|c| match c {
            'I' | 'l' => Some('1'),
            'O' => Some('0'),
            c if c.is_ascii_digit() => Some(c),
            _ => None,
        })
        .collect();
    let digits = digits.filter(|d| !d.is_empty() && d.as_str() != tail && d.len() <= 2)?;
    Some(format!("{head}{digits}"))
}
