//! T001 to T006: the text itself; T030 to T033: what could not be read of a PDF; T701 to T704: damage that the text bears.

use super::{Decoded, Report, page::Page};
use crate::source::Trouble;

pub(super) fn check(decoded: Decoded<'_>, page: &Page<'_>, report: &mut Report<'_>) {
    damage(decoded, page, report);
    for trouble in decoded.troubles {
        match trouble {
            Trouble::Undecodable { places } => report.add("T001", None, &places.to_string()),
            Trouble::UnsureEncoding { taken } => report.add("T005", None, taken.name()),
            Trouble::NoTextLayer { pages, of } => report.add("T030", None, &format!("{pages}/{of}")),
            Trouble::BrokenParts { places } => report.add("T032", None, &places.to_string()),
            Trouble::UnmappedGlyphs { places } => report.add("T033", None, &places.to_string()),
            Trouble::Limited { limit } => report.add("T006", None, limit.option()),
            Trouble::Damaged => report.add("T020", None, ""),
            Trouble::Encrypted => report.add("T021", None, ""),
            Trouble::TrackedChanges => report.add("T023", None, ""),
        }
    }
    if memchr::memchr(0, decoded.text.as_bytes()).is_some() {
        report.add("T002", None, "");
    }
    // Where something could not be read, that is why.
    if decoded.text.trim().is_empty() && decoded.troubles.is_empty() {
        report.add("T003", None, "");
    }
    for kind in decoded.cut {
        report.add("T004", None, kind);
    }
}

/// Letters of UTF-8 that was read as windows-1252 and written again: `áº¥`, `á»‘`, `Ä‘`, `Æ°`.
const MANGLED: [&str; 8] = ["áº", "á»", "Ä\u{2018}", "Ä\u{91}", "Æ°", "Æ¡", "Ã´", "Ãª"];

/// How many mangled letters tell that it is no chance: `«má»` is one.
const ENOUGH: usize = 3;

/// What an earlier program lost: nothing of it can be read back from this file alone.
fn damage(decoded: Decoded<'_>, page: &Page<'_>, report: &mut Report<'_>) {
    // Where the reading itself left the places out, that is said already.
    let told = decoded.troubles.iter().any(|trouble| {
        matches!(trouble, Trouble::Undecodable { .. } | Trouble::UnmappedGlyphs { .. } | Trouble::UnsureEncoding { .. })
    });
    let mut lost = Places::default();
    let mut private = Places::default();
    let mut parted = Places::default();
    let text = decoded.text;
    // All that is looked for begins with one of three bytes, which stand in few texts.
    for at in memchr::memchr3_iter(0xcc, 0xee, 0xef, text.as_bytes()) {
        match text[at..].chars().next() {
            Some(c @ '\u{FFFD}') => lost.add(at, c),
            // From U+F000 on stand the bullets of symbol fonts: nothing is lost with them.
            Some(c @ ('\u{E000}'..='\u{EFFF}' | '\u{F100}'..='\u{F8FF}')) => private.add(at, c),
            Some(c @ ('\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')) => parted.add(at, c),
            _ => {}
        }
    }
    if !told {
        lost.report("T701", page, report);
        let mangled = mangled(text);
        if mangled.count >= ENOUGH {
            mangled.report("T702", page, report);
        }
    }
    if parted.count > 0 && has_composed(text) {
        parted.report("T703", page, report);
    }
    private.report("T704", page, report);
}

/// The letters that stand mangled in a text. Each has behind its first sign one of two bytes that begin no Vietnamese letter.
fn mangled(text: &str) -> Places {
    let mut places = Places::default();
    for middle in memchr::memchr2_iter(0xc2, 0xe2, text.as_bytes()) {
        let Some(at) = middle.checked_sub(2) else { continue };
        if text.is_char_boundary(at) && MANGLED.iter().any(|found| text[at..].starts_with(found)) {
            places.add(at, 'á');
        }
    }
    places
}

/// Whether a letter with two marks in one character (`ế`, U+1EA0 to U+1EF9) stands in a text.
fn has_composed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = |at: usize| matches!(bytes.get(at + 1..at + 3), Some([0xba, 0xa0..=0xbf] | [0xbb, 0x80..=0xb9]));
    memchr::memchr_iter(0xe1, bytes).any(begins)
}

/// How often something stands in a text, and where first.
#[derive(Default)]
struct Places {
    count: usize,
    first: Option<(usize, usize)>,
}

impl Places {
    fn add(&mut self, at: usize, c: char) {
        self.count += 1;
        if self.first.is_none_or(|(first, _)| at < first) {
            self.first = Some((at, at + c.len_utf8()));
        }
    }

    fn report(&self, code: &'static str, page: &Page<'_>, report: &mut Report<'_>) {
        if let Some((start, end)) = self.first {
            report.add(code, Some(page.span(start, end)), &self.count.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    fn codes(text: &str) -> Vec<String> {
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        record.diagnostics.into_iter().map(|d| d.code.into_owned()).filter(|code| code.starts_with("T7")).collect()
    }

    #[test]
    fn damage_is_reported_once_with_its_first_place() {
        assert_eq!(codes("1. K\u{FFFD}t qu\u{FFFD}\nTốt.\n"), ["T701"]);
        assert_eq!(codes("1. Káº¿t quáº£ cá»§a xÃ£\n"), ["T702"]);
        assert_eq!(codes("1. Kết quả\nXa\u{303} đa\u{303} la\u{300}m tốt.\n"), ["T703"]);
        assert_eq!(codes("1. Kết quả \u{F0B7} Tốt \u{E123}.\n"), ["T704"]);
    }

    #[test]
    fn what_is_found_by_its_bytes_is_what_stands_there() {
        use super::{MANGLED, has_composed, mangled};
        let texts = [
            "",
            "áº",
            "xáº¥ á»‘ Ä‘i Æ° «má» Ãª",
            "Ä\u{91}Ã´Æ¡",
            "ế",
            "Ạ",
            "ỹ",
            "\u{1E9F}",
            "\u{1EFA}",
            "\u{1E00} Ḁ",
            "º áá»",
        ];
        for text in texts {
            let all = MANGLED.iter().flat_map(|found| text.match_indices(found)).map(|(at, _)| at);
            let mangled = mangled(text);
            assert_eq!(mangled.count, all.clone().count(), "{text}");
            assert_eq!(mangled.first.map(|(at, _)| at), all.min(), "{text}");
            assert_eq!(has_composed(text), text.contains(|c| ('\u{1EA0}'..='\u{1EF9}').contains(&c)), "{text}");
        }
    }

    #[test]
    fn a_text_of_one_form_is_sound() {
        assert_eq!(codes("1. Kết quả\nTốt, «má» và «ngoại» \u{F0B7}.\n"), [""; 0]);
        assert_eq!(codes("1. Kê\u{301}t qua\u{309}\nTô\u{301}t.\n"), [""; 0]);
    }
}
