//! What the words of a line say of it: its case, its bullet, its marker.

use crate::text::{Span, fold_char, is_skeleton, letter, lower_eq, skeleton};

/// The text between two places without marks at its ends.
pub(super) fn text_between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default().trim_matches(|c: char| !letter::is_alphanumeric(c))
}

/// The words of a span, each with its place.
pub(super) fn words(text: &str, span: Span) -> impl Iterator<Item = (usize, &str)> {
    let inside = span.of(text);
    inside
        .split(|c: char| !letter::is_alphanumeric(c))
        .filter(|word| !word.is_empty())
        .map(move |word| (span.start + (word.as_ptr() as usize - inside.as_ptr() as usize), word))
}

/// The first letter or digit of a span.
pub(in crate::layout) fn first_letter(text: &str, span: Span) -> usize {
    let said = span.of(text);
    if said.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric) {
        return span.start;
    }
    said.find(letter::is_alphanumeric).map_or(span.start, |i| span.start + i)
}

/// What the bytes of a text tell of its case.
#[derive(Clone, Copy, Debug)]
pub(in crate::layout) struct Case {
    /// As many capitals as it may have at most: those of ASCII and all letters beyond.
    most_capitals: usize,
    /// As many small letters as it has at least: those of ASCII.
    least_small: usize,
}

impl Case {
    /// The case of a text.
    pub(in crate::layout) fn of(text: &str) -> Case {
        let mut case = Case { most_capitals: 0, least_small: 0 };
        // As many as a byte can count are counted together.
        for bytes in text.as_bytes().chunks(255) {
            let (mut capitals, mut small) = (0u8, 0u8);
            for byte in bytes {
                capitals += u8::from(byte.is_ascii_uppercase() | (*byte >= 0xc0));
                small += u8::from(byte.is_ascii_lowercase());
            }
            case.most_capitals += usize::from(capitals);
            case.least_small += usize::from(small);
        }
        case
    }

    /// Whether a text of this case may be written in capitals: prose is told by the letters of ASCII alone.
    pub(in crate::layout) fn may_be_upper(self) -> bool {
        self.most_capitals > 0 && self.least_small * 5 <= self.most_capitals
    }
}

/// Whether a text is written in capitals: hardly any small letter among its letters.
pub fn is_upper(text: &str) -> bool {
    let case = Case::of(text);
    if !case.may_be_upper() {
        return false;
    }
    let most = case.most_capitals;
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars() {
        if letter::is_uppercase(c) {
            upper += 1;
        } else if letter::is_lowercase(c) {
            lower += 1;
            // So many that the text has not enough capitals.
            if lower * 5 > most {
                return false;
            }
        }
    }
    upper > 0 && lower * 5 <= upper
}

/// The first letter of a text from which on it is written in capitals, up to its end.
pub(in crate::layout) fn upper_end(text: &str, case: Case) -> Option<usize> {
    let most = case.most_capitals;
    if most == 0 {
        return None;
    }
    let (mut upper, mut lower) = (0, 0);
    let mut start = None;
    for (at, c) in text.char_indices().rev() {
        if letter::is_uppercase(c) {
            upper += 1;
        } else if letter::is_lowercase(c) {
            lower += 1;
            // So many that the text has not enough capitals.
            if lower * 5 > most {
                break;
            }
        } else {
            continue;
        }
        if upper > 0 && lower * 5 <= upper {
            start = Some(at);
        }
    }
    start
}

/// Whether a line opens a list entry.
pub fn is_bullet(said: &str) -> bool {
    let mut chars = said.chars();
    chars.next().is_some_and(|c| matches!(c, '-' | '+' | '•' | '~' | '*' | '−' | '¬' | '·' | '=' | '»'))
        || said.starts_with("\\-")
}

/// Whether a line ends in a word that no title ends in: more of it stands on the next.
pub fn leads_on(line: &str) -> bool {
    const LEADING: [&str; 20] = [
        "của", "tại", "trong", "theo", "và", "với", "cho", "về", "từ", "do", "là", "các", "những", "hoặc", "để",
        "bằng", "trên", "dưới", "giữa", "thuộc",
    ];
    line.rsplit(' ').next().is_some_and(|last| LEADING.iter().any(|word| lower_eq(last, word)))
}

/// Whether the name of a type opens titles of other papers too: `QUY ĐỊNH MỨC HỖ TRỢ …`.
pub(in crate::layout) fn opens_titles(kind: &str) -> bool {
    ["quy dinh", "huong dan", "quy che"].iter().any(|known| is_skeleton(kind, known))
}

/// Whether a line opens with a section marker.
pub(super) fn marker(said: &str) -> bool {
    let end = said.char_indices().nth(10).map_or(said.len(), |(at, _)| at);
    let head = &said[..end];
    if head.starts_with("I. ") || head.starts_with("I- ") || head.starts_with("A. ") {
        return true;
    }
    let digits = head.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        return digits <= 2 && head[digits..].starts_with(['.', '/', ')']) && head[digits + 1..].starts_with(' ');
    }
    let opening = head.chars().find(|c| letter::is_alphanumeric(*c)).map(fold_char);
    if !matches!(opening, Some('d' | 'p' | 'c')) {
        return false;
    }
    // By its marks: `phần thu ngân sách` is no part.
    let part = "phần thứ";
    if head.get(..part.len()).is_some_and(|opening| lower_eq(opening, part)) {
        return true;
    }
    let folded = skeleton(head);
    ["dieu 1", "phan i", "chuong i"].iter().any(|word| folded.starts_with(word))
}

/// How far `V/v`, `V/v:` reach at the start of a text.
pub(super) fn subject_mark(said: &str) -> Option<usize> {
    let letters: Vec<(usize, char)> = said.char_indices().take(6).collect();
    let v = |i: usize| letters.get(i).is_some_and(|(_, c)| matches!(c, 'v' | 'V'));
    let end = if v(0) && letters.get(1).is_some_and(|(_, c)| *c == '/') && v(2) {
        3
    } else if v(0) && v(1) && letters.get(2).is_some_and(|(_, c)| !c.is_alphabetic()) {
        2
    } else {
        return None;
    };
    let at = letters.get(end).map_or(said.len(), |(i, _)| *i);
    let rest = said[at..].trim_start_matches([':', ' ', '.']);
    Some(said.len() - rest.len())
}

/// Whether what follows `Số` can be a number: a slash or dash with capitals behind it, soon.
pub(in crate::layout) fn looks_numbered(rest: &str) -> bool {
    rest.char_indices().take(30).filter(|(_, c)| matches!(c, '/' | '-')).any(|(at, _)| {
        let letters = rest[..at].chars().filter(|c| letter::is_alphabetic(*c)).count();
        let behind =
            rest[at + 1..].trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit() || c == '/' || c == '-');
        letters <= 3 && behind.chars().take(3).filter(|c| letter::is_uppercase(*c)).count() >= 2
    })
}

/// Whether a line is the first of the text rather than more of a subject in the left column.
pub(super) fn starts_text(said: &str, indent: usize, column: usize) -> bool {
    indent > column + 24 || said.len() > 110
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same as [`is_upper`], by every letter.
    fn is_upper_slowly(text: &str) -> bool {
        let upper = text.chars().filter(|c| c.is_uppercase()).count();
        upper > 0 && text.chars().filter(|c| c.is_lowercase()).count() * 5 <= upper
    }

    proptest! {
        #[test]
        fn capitals_are_told_before_the_end(text in "([A-C]{0,6}|[ĐÔ]{0,3}|[a-c]|[đô1 –])*") {
            prop_assert_eq!(is_upper(&text), is_upper_slowly(&text), "{:?}", text);
            let letters = text.char_indices().filter(|(_, c)| c.is_uppercase() || c.is_lowercase());
            let first = letters.map(|(at, _)| at).find(|at| is_upper_slowly(&text[*at..]));
            prop_assert_eq!(upper_end(&text, Case::of(&text)), first, "{:?}", text);
        }
    }
}
