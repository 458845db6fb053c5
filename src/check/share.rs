//! T311 to T313: shares against the counts that they follow from.

use super::{Report, breakdown::plain, page::Page};
use crate::text::letter;
use crate::{
    record::{Finding, FindingKind, Record, Span, Status},
    text::skeleton,
};
use rust_decimal::Decimal;

/// A count and the share that it is stated to be.
struct Share<'r> {
    count: &'r Finding,
    percent: &'r Finding,
}

pub(super) fn check(record: &Record, page: &Page<'_>, report: &mut Report<'_>) {
    let findings = &record.findings;
    let mut shares: Vec<Share<'_>> = Vec::new();
    for (at, percent) in findings.iter().enumerate() {
        if percent.kind != FindingKind::Percent || percent.change.is_some() || percent.qualifier.is_some() || at == 0 {
            continue;
        }
        of_ratio(&findings[at - 1], percent, page, report);
        let Some(count) = counted(&findings[..at], percent, page) else { continue };
        if percent.value.0 > Decimal::ONE_HUNDRED {
            report.add("T313", Some(percent.span), &percent.raw);
            continue;
        }
        shares.push(Share { count, percent });
    }
    for pair in shares.windows(2) {
        let [first, second] = pair else { continue };
        if !comparable(first, second, page) {
            continue;
        }
        let ((low, high), (least, most)) = (implied(first), implied(second));
        if low > most || least > high {
            let said = [total(first), total(second)];
            let related = [first.count.span, first.percent.span];
            report.add_with("T312", Some(second.percent.span), &[&said[0], &said[1]], &related, None);
        }
    }
}

/// `20/23 đơn (85%)`: a share that does not follow from its ratio.
fn of_ratio(ratio: &Finding, percent: &Finding, page: &Page<'_>, report: &mut Report<'_>) {
    let Some(of) = ratio.of.as_ref().map(|of| of.0).filter(|of| !of.is_zero()) else { return };
    let gap = page.between(ratio.span, percent.span);
    let words = skeleton(gap);
    let mut words = words.split(' ').filter(|word| !word.is_empty()).peekable();
    let joined = gap.trim_start().starts_with('(') || words.peek().is_some();
    let alone = words.all(|word| matches!(word, "dat" | "chiem" | "bang" | "ty" | "ti" | "le"));
    // `1.985/2.207 hộ đạt gia đình văn hóa, chiếm 98,9%`; with another whole named behind it, the share is of that.
    let led = gap.len() <= WIDE && ends_in_share(gap);
    let elsewhere = || led && names_whole(page, percent);
    if !joined || !(alone || led) || elsewhere() || gap.contains(['.', ';', '\n']) || ratio.qualifier.is_some() {
        return;
    }
    let Some(right) = ratio.value.0.checked_mul(Decimal::ONE_HUNDRED).and_then(|part| part.checked_div(of)) else {
        return;
    };
    if (right - percent.value.0).abs() > step(percent) {
        let right = plain(right.round_dp(2));
        report.add_with("T311", Some(percent.span), &[&ratio.raw, &right, &percent.raw], &[ratio.span], None);
    }
}

/// Whether a text ends in `chiếm` or `chiếm tỷ lệ`; behind a comma nothing else stands, which would be another thing.
fn ends_in_share(gap: &str) -> bool {
    let (listed, last) = gap.rsplit_once(',').map_or((false, gap), |(_, last)| (true, last));
    let words = skeleton(last);
    let words = words.strip_suffix(" ty le").or_else(|| words.strip_suffix(" ti le")).unwrap_or(&words);
    words == "chiem" || !listed && words.ends_with(" chiem")
}

/// Whether the whole of a share is named behind it: `3,3% tổng số hộ`.
fn names_whole(page: &Page<'_>, percent: &Finding) -> bool {
    let behind = page.behind(percent.span, 24);
    let behind = if behind.trim_start().starts_with(letter::is_alphabetic) { skeleton(behind) } else { String::new() };
    ["so", "tong", "trong", "tren", "cua", "ho", "dan"].iter().any(|word| behind.split(' ').next() == Some(word))
}

/// The last digit stated of a share: rounding up or cutting off may be as wrong as that.
fn step(percent: &Finding) -> Decimal {
    // The value has lost the nought of `3,0%`.
    let behind = percent.raw.rsplit_once([',', '.']).map_or("", |(_, behind)| behind);
    let decimals = behind.bytes().take_while(u8::is_ascii_digit).count().min(9);
    Decimal::new(1, decimals as u32)
}

/// The most bytes between a count and its share.
const WIDE: usize = 120;

/// The count of which a share is stated (`99 hộ nghèo, tăng 02 hộ, chiếm tỷ lệ 3,3%`), where no other whole is named.
fn counted<'r>(before: &'r [Finding], percent: &Finding, page: &Page<'_>) -> Option<&'r Finding> {
    let near = before.last()?;
    let gap = page.between(near.span, percent.span);
    if gap.len() > WIDE {
        return None;
    }
    let words = skeleton(gap);
    if !words.split(' ').any(|word| word == "chiem") {
        return None;
    }
    if names_whole(page, percent) {
        return None;
    }
    let count = before.iter().rev().take(2).find(|finding| finding.change.is_none())?;
    let gap = page.between(count.span, percent.span);
    let whole = gap.len() <= WIDE && !gap.contains([';', '\n']) && !gap.contains(". ");
    (whole && count.kind == FindingKind::Count && count.of.is_none() && count.qualifier.is_none()).then_some(count)
}

/// Whether two shares are of one whole: what is counted begins with the same word, and they stand together.
fn comparable(first: &Share<'_>, second: &Share<'_>, page: &Page<'_>) -> bool {
    let head = |share: &Share<'_>| {
        let unit = skeleton(share.count.unit.as_deref()?);
        unit.split(' ').next().map(str::to_owned)
    };
    let gap = page.between(first.percent.span, second.count.span);
    head(first).is_some()
        && head(first) == head(second)
        && gap.len() <= 160
        && !gap.contains("\n\n")
        && !skeleton(gap).contains("trong do")
}

/// The least and the greatest whole that a share implies.
fn implied(share: &Share<'_>) -> (Decimal, Decimal) {
    let step = step(share.percent);
    let count = share.count.value.0;
    let whole = |percent: Decimal| {
        let part = count.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(Decimal::MAX);
        part.checked_div(percent).unwrap_or(Decimal::MAX)
    };
    let percent = share.percent.value.0;
    (whole(percent + step), if percent > step { whole(percent - step) } else { Decimal::MAX })
}

fn total(share: &Share<'_>) -> String {
    let part = share.count.value.0.checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default();
    let whole = part.checked_div(share.percent.value.0).unwrap_or_default();
    format!("{} / {} ≈ {}", plain(share.count.value.0), share.percent.raw, plain(whole.round()))
}

/// How many code points lie between two places of a text that are not of one sentence.
const FAR: usize = 500;

/// T331: one measure given twice with two values.
pub(super) fn twice(record: &Record, report: &mut Report<'_>) {
    let mut seen: Vec<(&Finding, Vec<String>)> = Vec::new();
    for finding in &record.findings {
        let (Some(label), true) = (&finding.label, finding.of.is_none() && finding.change.is_none()) else { continue };
        let told_of = !matches!(finding.status, Some(Status::Target | Status::Rule));
        if finding.kind != FindingKind::Duration || !told_of {
            continue;
        }
        let words = told(label);
        if words.len() < 5 {
            continue;
        }
        let same = |(other, theirs): &&(&Finding, Vec<String>)| {
            let apart = other.section != finding.section || finding.span.start > other.span.end + FAR;
            other.unit == finding.unit
                && apart
                && other.value != finding.value
                && (words.iter().all(|word| theirs.contains(word)) || theirs.iter().all(|word| words.contains(word)))
        };
        if let Some((other, _)) = seen.iter().find(same) {
            let related: [Span; 1] = [other.span];
            report.add_with("T331", Some(finding.span), &[&other.raw, &finding.raw], &related, None);
        }
        if seen.len() < 200 {
            seen.push((finding, words));
        }
    }
}

/// The words that say what is measured, without those of time and measure.
fn told(label: &str) -> Vec<String> {
    const EMPTY: [&str; 14] =
        ["da", "va", "voi", "tong", "so", "thang", "dau", "cuoi", "nam", "quy", "duoc", "la", "co", "trong"];
    let text = skeleton(label);
    let mut words: Vec<String> = text
        .split(' ')
        .filter(|word| !EMPTY.contains(word) && word.parse::<u32>().is_err())
        .map(str::to_owned)
        .collect();
    words.sort();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    fn codes(text: &str) -> Vec<String> {
        let record = Extractor::builtin().extract("a.txt", format!("1. Kết quả\n{text}\n").as_bytes());
        record.diagnostics.into_iter().map(|d| d.code.into_owned()).filter(|code| code.starts_with("T3")).collect()
    }

    #[test]
    fn a_share_follows_from_its_ratio() {
        assert_eq!(codes("Xã đã giải quyết 20/23 đơn (86,96%)."), [""; 0]);
        assert_eq!(codes("Xã đã giải quyết 20/23 đơn, đạt 87%."), [""; 0]);
        assert_eq!(codes("Xã đã giải quyết 20/23 đơn, đạt 78,5%."), ["T311"]);
        assert_eq!(codes("Có 1.985/2.207 hộ đạt gia đình văn hóa, chiếm 98,9%."), ["T311"]);
        assert_eq!(codes("Có 1.985/2.207 hộ đạt gia đình văn hóa, chiếm tỷ lệ 89,9%."), [""; 0]);
        assert_eq!(codes("Có 12/20 hộ thoát nghèo, hộ cận nghèo chiếm 3,1%."), [""; 0]);
        assert_eq!(codes("Có 12/20 hộ thoát nghèo, chiếm 3,1% tổng số hộ toàn xã."), [""; 0]);
    }

    #[test]
    fn two_shares_of_one_whole_imply_the_same_total() {
        assert_eq!(codes("Toàn xã có 90 hộ nghèo, chiếm tỷ lệ 3,0%. Hộ cận nghèo: 150 hộ, chiếm tỷ lệ 5,0%."), [""; 0]);
        assert_eq!(
            codes(
                "Toàn xã có 90 hộ nghèo, tăng 02 hộ so với đầu năm, chiếm tỷ lệ 3,0%. Hộ cận nghèo: 210 hộ, chiếm tỷ lệ 7,64%."
            ),
            ["T312"]
        );
    }

    #[test]
    fn one_measure_has_one_value() {
        let text = "Xã đã tiếp sóng và phát sóng đài truyền thanh với tổng thời lượng 400 phút.\n2. Thông tin\n\
                    6 tháng đầu năm tiếp sóng và phát sóng đài truyền thanh thời lượng 2.400 phút về phòng dịch.";
        assert_eq!(codes(text), ["T331"]);
    }
}
