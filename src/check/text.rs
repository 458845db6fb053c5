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
    if decoded.text.contains('\0') {
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
    let (mut composed, mut parted) = (Places::default(), Places::default());
    if decoded.text.is_ascii() {
        return;
    }
    for (at, c) in decoded.text.char_indices() {
        match c {
            '\u{FFFD}' => lost.add(at, c),
            // From U+F000 on stand the bullets of symbol fonts: nothing is lost with them.
            '\u{E000}'..='\u{EFFF}' | '\u{F100}'..='\u{F8FF}' => private.add(at, c),
            '\u{1EA0}'..='\u{1EF9}' => composed.add(at, c),
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => parted.add(at, c),
            _ => {}
        }
    }
    if !told {
        lost.report("T701", page, report);
        let mut mangled = Places::default();
        if decoded.text.contains(['Ã', 'Ä', 'Æ', '»', 'º']) {
            for found in MANGLED {
                for (at, _) in decoded.text.match_indices(found) {
                    mangled.add(at, 'á');
                }
            }
        }
        if mangled.count >= ENOUGH {
            mangled.report("T702", page, report);
        }
    }
    if composed.count > 0 {
        parted.report("T703", page, report);
    }
    private.report("T704", page, report);
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

    fn report(&self, code: &str, page: &Page<'_>, report: &mut Report<'_>) {
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
        record.diagnostics.into_iter().map(|d| d.code).filter(|code| code.starts_with("T7")).collect()
    }

    #[test]
    fn damage_is_reported_once_with_its_first_place() {
        assert_eq!(codes("1. K\u{FFFD}t qu\u{FFFD}\nTốt.\n"), ["T701"]);
        assert_eq!(codes("1. Káº¿t quáº£ cá»§a xÃ£\n"), ["T702"]);
        assert_eq!(codes("1. Kết quả\nXa\u{303} đa\u{303} la\u{300}m tốt.\n"), ["T703"]);
        assert_eq!(codes("1. Kết quả \u{F0B7} Tốt \u{E123}.\n"), ["T704"]);
    }

    #[test]
    fn a_text_of_one_form_is_sound() {
        assert_eq!(codes("1. Kết quả\nTốt, «má» và «ngoại» \u{F0B7}.\n"), [""; 0]);
        assert_eq!(codes("1. Kê\u{301}t qua\u{309}\nTô\u{301}t.\n"), [""; 0]);
    }
}
