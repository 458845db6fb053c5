//! T219: numbers and days of cited documents that are left open, all of them in one line.

use super::{Report, page::Page};
use crate::{
    record::{Citation, Record, Span},
    rules::Rules,
    text::letter,
};

/// The most places that one line names.
const MOST: usize = 20;

pub(super) fn check(record: &Record, page: &Page<'_>, rules: &Rules, report: &mut Report<'_>) {
    let mut places: Vec<Span> = numbers(record, page, rules);
    for citation in record.citations.iter().filter(|citation| has_open_day(citation, page)) {
        places.push(citation.span);
    }
    places.sort();
    let Some((first, others)) = places.split_first() else { return };
    let count = places.len().to_string();
    let others = &others[..others.len().min(MOST)];
    report.add_with("T219", Some(*first), &[page.at(*first), &count], others, None);
}

/// Whether a citation's day is left open: `ngày    /3/2023`, `ngày … tháng … năm 2023`.
pub(super) fn has_open_day(citation: &Citation, page: &Page<'_>) -> bool {
    if citation.date.is_some() || citation.number.is_none() {
        return false;
    }
    let behind = page.behind(citation.span, 60).trim_start_matches([' ', ',']);
    let Some(rest) = behind.strip_prefix("ngày") else { return false };
    let open = blank(rest);
    open > 0 && (rest[open..].starts_with('/') || rest[open..].starts_with("tháng"))
}

/// How many bytes at the beginning of a text are those of a place left open.
fn blank(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t', '\u{a0}', '.', '…', '_']).len()
}

/// Numbers of cited documents whose serial is left open: `số     /KH-UBND`.
fn numbers(record: &Record, page: &Page<'_>, rules: &Rules) -> Vec<Span> {
    let text = page.text();
    let mut found = Vec::new();
    for at in memchr::memmem::find_iter(text.as_bytes(), "số") {
        let behind = text[at + "số".len()..].trim_start_matches(':');
        let open = blank(behind);
        let sign = &behind[open..];
        if open == 0 || !sign.starts_with(['/', '-']) {
            continue;
        }
        let symbol = sign[1..].split(|c: char| !letter::is_uppercase(c) && !matches!(c, '-' | '/')).next();
        let symbol = symbol.unwrap_or_default().trim_end_matches(['-', '/']);
        // Offices have codes of their own behind the organ's: `UBND-VHTT`.
        let known = symbol
            .split(['-', '/'])
            .any(|group| rules.kind_of_code(group).is_some() || rules.organ_of_code(group).is_some());
        if !known || is_own(&text[..at]) {
            continue;
        }
        found.push(page.span(kind_before(&text[..at]), text.len() - sign.len() + 1 + symbol.len()));
    }
    let own = |span: &Span| {
        let numbers = record.papers.iter().filter_map(|paper| paper.number.as_ref()).chain(&record.document.number);
        let mut numbers = numbers.map(|number| number.span);
        numbers.any(|number| number.start < span.end && span.start < number.end)
    };
    found.retain(|span| !own(span));
    found
}

/// Where the words of a kind begin that end a text: those of `Kế hoạch `, of which the first alone has a capital.
fn kind_before(text: &str) -> usize {
    /// The most words of a kind.
    const MOST: usize = 4;
    let mut at = text.len();
    for word in text.rsplit([' ', '\n']).skip(1).take(MOST) {
        at -= word.len() + 1;
        if word.starts_with(letter::is_uppercase) {
            return at;
        }
        if !word.chars().all(letter::is_alphabetic) {
            break;
        }
    }
    text.len()
}

/// Whether `số` is that of the paper itself: it begins a line, or the paper is attached to its own decision.
fn is_own(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim_start_matches(['|', ' ', '\t', '*']).is_empty() || line.contains("èm theo")
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    fn found(text: &str) -> Vec<usize> {
        let text = format!(
            "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA\nSố:     /KH-UBND\nTân Hòa, ngày     tháng 5 năm 2023\nKẾ HOẠCH\nThi đua\n1. Mục tiêu\n{text}\n"
        );
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        let open = record.diagnostics.into_iter().filter(|d| matches!(d.code.as_ref(), "T219" | "T202" | "T203"));
        open.map(|doubt| if doubt.code == "T219" { 1 + doubt.related.len() } else { 0 }).collect()
    }

    #[test]
    fn what_is_left_open_is_one_line() {
        let text = "Thực hiện Kế hoạch số     /KH-UBND ngày     tháng     năm 2023 của UBND huyện; Công văn số ...../UBND-VHTT của \
                    UBND huyện; Kế hoạch số 12/KH-UBND ngày    /3/2023 của UBND tỉnh; Kế hoạch số …-KH/ĐU của Đảng ủy.";
        assert_eq!(found(text), [4]);
    }

    #[test]
    fn what_is_filled_or_the_papers_own_is_passed_over() {
        for text in [
            "Thực hiện Kế hoạch số 12/KH-UBND ngày 02/3/2023 của UBND tỉnh.",
            "(Kèm theo Kế hoạch số     /KH-UBND ngày     tháng 5 năm 2023 của UBND xã)",
            "Số:     /BC-UBND",
            "Tổng số ..../đợt; một số / nhiều; số - lượng.",
        ] {
            assert_eq!(found(text), [0; 0], "{text}");
        }
    }
}
