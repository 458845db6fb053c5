//! T401 to T403: what was left from the paper that this one was made from.

use super::{Report, page::Page};
use crate::record::{Citation, Level, Precision, Record};
use crate::text::{letter, skeleton};
use rustc_hash::FxHashMap;

pub(super) fn check(record: &Record, page: &Page<'_>, report: &mut Report<'_>) {
    other_unit(record, page, report);
    other_year(record, page, report);
    serials(record, report);
}

/// The most bytes between the word and the year in `kế hoạch tuyên truyền của phường năm 2024`.
const CLOSE: usize = 90;

/// In a plan for one year, a plan of the year before that is still to be carried out.
fn other_year(record: &Record, page: &Page<'_>, report: &mut Report<'_>) {
    let document = &record.document;
    let plan = document.kind.as_ref().is_some_and(|kind| kind.code == "KH");
    let year = |day: &Option<String>| day.as_deref().and_then(|day| day.get(..4)?.parse::<i16>().ok());
    let Some(period) = document.period.as_ref().filter(|_| plan) else { return };
    let (Some(from), Some(to)) = (year(&period.from), year(&period.to)) else { return };
    if from != to {
        return;
    }
    let before = format!("năm {}", from - 1);
    let text = page.text();
    for at in memchr::memmem::find_iter(text.as_bytes(), &before) {
        let end = at + before.len();
        let start = (at.saturating_sub(CLOSE)..=at).find(|at| text.is_char_boundary(*at)).unwrap_or(at);
        let lead = &text[start..at];
        let Some(word) = lead.rfind("kế hoạch").filter(|word| !lead[*word..].contains(['.', ';', ',', ':', '\n']))
        else {
            continue;
        };
        // What was done, and another's plan with its number and day, is of the year before by right.
        let lower = lead.to_lowercase();
        let told = ["kết quả", "đạt", "số ", "so với"].iter().any(|told| lower.contains(told));
        if !told {
            let said = &text[start + word..end];
            report.add_with("T402", Some(page.span(start + word, end)), &[said, &from.to_string()], &[], None);
        }
    }
}

/// `ở phường` in a commune's report, read in its findings: the label says of whom the number is.
fn other_unit(record: &Record, page: &Page<'_>, report: &mut Report<'_>) {
    let Some(issuer) = record.document.issuer.as_ref().filter(|issuer| issuer.level == Some(Level::Commune)) else {
        return;
    };
    let own = skeleton(&issuer.name);
    let units = [(" xa ", "xã"), (" phuong ", "phường"), (" thi tran ", "thị trấn")];
    let Some((_, own_unit)) = units.iter().find(|(key, _)| format!("{own} ").contains(key)) else { return };
    in_text(page, &units.map(|(_, unit)| unit), own_unit, report);
    for finding in &record.findings {
        let Some(label) = &finding.label else { continue };
        for (_, unit) in units.iter().filter(|(_, unit)| unit != own_unit) {
            // A name behind the word, or another unit beside it, makes it one of several.
            let ends = label.strip_suffix(unit).is_some_and(|head| {
                ["ở ", "trên địa bàn ", "toàn ", "của "].iter().any(|before| head.ends_with(before))
            });
            if ends {
                report.add_with("T401", Some(finding.span), &[unit, own_unit], &[], None);
            }
        }
    }
}

/// `trên địa bàn phường` in the text of a commune, where no name and no other unit follows.
fn in_text(page: &Page<'_>, units: &[&str], own: &str, report: &mut Report<'_>) {
    for lead in ["trên địa bàn ", "toàn "] {
        for at in memchr::memmem::find_iter(page.text().as_bytes(), lead) {
            let behind = &page.text()[at + lead.len()..];
            let Some(unit) = units.iter().find(|unit| **unit != own && behind.starts_with(**unit)) else { continue };
            let rest = &behind[unit.len()..];
            let word = rest.trim_start_matches(' ');
            let alone = rest.starts_with(['.', ';']) || rest.starts_with(' ') && word.starts_with(letter::is_lowercase);
            let listed = ["và ", "hoặc ", "xã", "phường", "thị trấn"].iter().any(|other| word.starts_with(other));
            // `an toàn xã hội`: another word.
            let compound = ["hội", "viên", "đội"].iter().any(|other| word.starts_with(other));
            if alone && !listed && !compound {
                let span = page.span(at, at + lead.len() + unit.len());
                report.add_with("T401", Some(span), &[unit, own], &[], None);
            }
        }
    }
}

/// A citation with a number and a whole day.
#[derive(Clone, Copy)]
struct Numbered<'r> {
    citation: &'r Citation,
    symbol: &'r str,
    serial: u32,
    day: &'r str,
}

/// Serials of one issuer, symbol and year run with their days.
fn serials(record: &Record, report: &mut Report<'_>) {
    let mut series: FxHashMap<(&str, &str), Vec<Numbered<'_>>> = FxHashMap::default();
    for one in record.citations.iter().filter_map(numbered) {
        series.entry((one.symbol, &one.day[..4])).or_default().push(one);
    }
    // Most numbers are alone in their series: whose they are is asked of the others only. A bare `UBND` number is compared
    // with bare ones.
    for several in series.values().filter(|all| all.len() > 1) {
        let mut of_issuer: FxHashMap<String, Vec<Numbered<'_>>> = FxHashMap::default();
        for one in several {
            let issuer = one.citation.issuer.as_ref().map(|issuer| skeleton(&issuer.name)).unwrap_or_default();
            let all = of_issuer.entry(issuer).or_default();
            if all.iter().any(|other| other.serial == one.serial) || all.len() >= 100 {
                continue;
            }
            let runs_back = |other: &&Numbered<'_>| {
                (other.serial < one.serial && other.day > one.day) || (other.serial > one.serial && other.day < one.day)
            };
            let against = all.iter().filter(runs_back).min_by_key(|other| other.serial.abs_diff(one.serial));
            if let Some(Numbered { citation: other, .. }) = against {
                let (span, said) = (one.citation.span, [one.citation.raw.as_str(), &other.raw]);
                report.add_with("T403", Some(span), &said, &[other.span], None);
            }
            all.push(*one);
        }
    }
}

fn numbered(citation: &Citation) -> Option<Numbered<'_>> {
    let number = citation.number.as_ref()?;
    let serial = number.serial.as_deref()?.parse().ok()?;
    let symbol = number.symbol.as_deref()?;
    let day = citation.date.as_ref().filter(|date| date.precision == Precision::Day)?.value.as_deref()?;
    Some(Numbered { citation, symbol, serial, day })
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    #[test]
    fn a_plan_of_the_year_before_is_carried_over() {
        let codes = |text: &str| {
            let text = format!(
                "Số: 12/KH-UBND\nTân Hòa, ngày 12 tháng 12 năm 2024\nKẾ HOẠCH\nCải cách hành chính năm 2025\n1. Nhiệm vụ\n{text}\n"
            );
            let record = Extractor::builtin().extract("a.txt", text.as_bytes());
            record.diagnostics.into_iter().map(|d| d.code).filter(|code| code == "T402").count()
        };
        assert_eq!(codes("Làm theo kế hoạch tuyên truyền của xã năm 2024, cần đẩy mạnh thông tin."), 1);
        assert_eq!(codes("Làm theo kế hoạch tuyên truyền của xã năm 2025, cần đẩy mạnh thông tin."), 0);
        assert_eq!(codes("Kết quả thực hiện kế hoạch năm 2024 đã tốt; đạt kế hoạch năm 2024."), 0);
    }

    #[test]
    fn a_unit_of_another_kind_is_carried_over() {
        let codes = |text: &str| {
            let text = format!(
                "ỦY BAN NHÂN DÂN\nPHƯỜNG HÒA LẠC\nSố: 12/BC-UBND\nHòa Lạc, ngày 12 tháng 12 năm 2024\nBÁO CÁO\nThi đua\n1. Kết quả\n{text}\n"
            );
            let record = Extractor::builtin().extract("a.txt", text.as_bytes());
            record.diagnostics.into_iter().map(|d| d.code).filter(|code| code == "T401").count()
        };
        assert_eq!(codes("Tình hình trên địa bàn xã ổn định; toàn xã."), 2);
        for right in [
            "trên địa bàn phường ổn định",
            "trên địa bàn xã Tân Hòa",
            "toàn xã, phường, thị trấn",
            "trên địa bàn xã và phường",
            "trật tự, an toàn xã hội; toàn xã hội.",
        ] {
            assert_eq!(codes(right), 0, "{right}");
        }
    }

    #[test]
    fn a_serial_runs_with_its_day() {
        let codes = |text: &str| {
            let record = Extractor::builtin().extract("a.txt", format!("1. Kết quả\n{text}\n").as_bytes());
            record.diagnostics.into_iter().map(|d| d.code).filter(|code| code == "T403").count()
        };
        let plan = |a: &str, b: &str| format!("Ban hành Kế hoạch số {a} về thi đua; Kế hoạch số {b} về hòa giải.");
        assert_eq!(codes(&plan("10/KH-UBND ngày 27/01/2023", "09/KH-UBND ngày 23/02/2023")), 1);
        assert_eq!(codes(&plan("10/KH-UBND ngày 27/01/2023", "11/KH-UBND ngày 23/02/2023")), 0);
        assert_eq!(codes(&plan("10/KH-UBND ngày 27/01/2022", "09/KH-UBND ngày 23/02/2023")), 0);
    }
}
