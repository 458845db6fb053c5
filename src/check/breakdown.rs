//! T301, T302: parts that do not add up to their total.

use super::{Report, page::Page};
use crate::text::letter;
use crate::{
    record::{Finding, FindingKind, Record},
    text::skeleton,
};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// How a breakdown is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opener {
    /// `gồm`, `bao gồm`, `chia ra`: all parts follow.
    Whole,
    /// A bracket behind the total.
    Bracket,
    /// A bracket farther behind it: perhaps of something else.
    Distant,
    /// `trong đó`: perhaps not all.
    Among,
}

/// The most bytes between a total and its first part, and between two parts.
const NEAR: usize = 320;

/// The most numbers that say more of a total before its parts follow.
const MOST_SAID: usize = 3;

/// The most numbers that are looked through for the parts of one total, and the most bytes between two of them.
const MOST: usize = 200;
const FAR: usize = 2_000;

pub(super) fn check(record: &Record, page: &Page<'_>, report: &mut Report<'_>) {
    let openings = openings(page);
    for (at, total) in record.findings.iter().enumerate() {
        let Some(breakdown) = breakdown(&record.findings, at, &openings, page) else { continue };
        let values = breakdown.values();
        let sum: Decimal = values.iter().sum();
        let mut running = Decimal::ZERO;
        let adds_up = values.iter().enumerate().any(|(n, value)| {
            running += value;
            n > 0 && running == total.value.0
        });
        if adds_up {
            continue;
        }
        let Breakdown { opener, parts, bare } = breakdown;
        let whole = match opener {
            Opener::Among => false,
            Opener::Distant => near(total, sum) && closed(total, &parts, page),
            Opener::Whole | Opener::Bracket if bare.is_empty() => closed(total, &parts, page),
            Opener::Whole | Opener::Bracket => near(total, sum),
        };
        let code = if whole {
            "T301"
        } else if opener == Opener::Among && sum > total.value.0 && parts.iter().all(|part| like(total, part)) {
            "T302"
        } else {
            continue;
        };
        let listed: Vec<String> = values.into_iter().map(plain).collect();
        let related: Vec<_> = parts.iter().map(|part| part.span).collect();
        let said = [listed.join(" + "), plain(sum), plain(total.value.0)];
        report.add_with(code, Some(total.span), &[&said[0], &said[1], &said[2]], &related, None);
    }
}

/// What a text gives as the parts of a total.
struct Breakdown<'r> {
    opener: Opener,
    parts: Vec<&'r Finding>,
    /// Numbers without a unit, where the parts are those: `23 điểm (phường Nam Sơn 6, Tràng Minh 5, …)`.
    bare: Vec<Decimal>,
}

impl Breakdown<'_> {
    fn values(&self) -> Vec<Decimal> {
        self.parts.iter().map(|part| part.value.0).chain(self.bare.iter().copied()).collect()
    }
}

/// A number as Vietnamese documents write it: `3.008`, `7,64`.
pub(super) fn plain(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = whole.len();
    let mut out = String::new();
    for (at, c) in whole.chars().enumerate() {
        if at > 0 && (digits - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(c);
    }
    if !part.is_empty() {
        out.push(',');
        out.push_str(part);
    }
    out
}

/// The parts that the text gives of a total, if it breaks it down.
fn breakdown<'r>(findings: &'r [Finding], at: usize, openings: &[usize], page: &Page<'_>) -> Option<Breakdown<'r>> {
    let total = &findings[at];
    let summed = matches!(
        total.kind,
        FindingKind::Count | FindingKind::Money | FindingKind::Area | FindingKind::Length | FindingKind::Mass
    );
    if !summed || total.of.is_some() || total.qualifier.is_some() || total.change.is_some() {
        return None;
    }
    // `đạt 112,4% dự toán, tăng 5 tỷ đồng so với cùng kỳ` says more of the total before its parts.
    let mut next = at + 1;
    let (gap, opener, opened_at) = loop {
        let first = findings.get(next)?;
        if first.span.start.saturating_sub(total.span.end) > NEAR {
            return None;
        }
        let opening = openings.get(openings.partition_point(|opening| *opening < total.span.end));
        if opening.is_some_and(|opening| *opening < first.span.start) {
            let gap = page.between(total.span, first.span);
            if let Some((opener, opened_at)) = opener(gap) {
                break (gap, opener, opened_at);
            }
        }
        if !(first.kind == FindingKind::Percent || first.change.is_some()) || next > at + MOST_SAID {
            return None;
        }
        next += 1;
    };
    let bracket = matches!(opener, Opener::Bracket | Opener::Distant);
    let top = i32::from(bracket);
    let mut depth = top;
    depth += brackets(&gap[opened_at..]);
    let items = match items(&gap[opened_at..]).as_slice() {
        [] => None,
        [one] => Some(*one),
        // An item without a number is a part that nobody can add.
        _ => return None,
    };
    let done = total_is_done(total);
    let mut parts: Vec<&Finding> = Vec::new();
    let mut open = true;
    for (n, finding) in findings[next..].iter().take(MOST).enumerate() {
        if n > 0 {
            let gap = page.between(findings[next + n - 1].span, finding.span);
            if gap.len() > FAR {
                break;
            }
            let closes = bracket && lowest(gap, depth) <= 0;
            match (items, self::items(gap).as_slice()) {
                (Some(_), []) if paragraph_ends(gap) => break,
                (Some(_), []) => {}
                (Some(marker), [next]) if *next == marker => open = true,
                (Some(marker), [next, ..]) if *next == marker => return None,
                (Some(_), _) => break,
                (None, [_, ..]) => break,
                (None, []) if gap.len() > NEAR || ends(gap) || nested(gap) => break,
                (None, []) => open = true,
            }
            if closes {
                break;
            }
            depth += brackets(gap);
            // What is not done yet is no part of what is done.
            let words = gap.split(|c: char| !letter::is_alphabetic(c));
            if done && words.into_iter().any(|word| matches!(word, "đang" | "chưa" | "còn")) {
                break;
            }
        }
        // Of an item the first number is the part; what follows breaks that down.
        if depth > top || !open {
            continue;
        }
        if finding.change.is_some() || finding.qualifier.is_some() || finding.of.is_some() || finding.per.is_some() {
            return None;
        }
        if finding.kind == total.kind {
            parts.push(finding);
            open = items.is_none();
        }
    }
    // Some items may have a unit and others none.
    let bare = if bracket { bare(total, page, opened_at).unwrap_or_default() } else { Vec::new() };
    if bare.len() > parts.len() {
        parts.clear();
        return Some(Breakdown { opener, parts, bare });
    }
    (parts.len() > 1).then_some(Breakdown { opener, parts, bare: Vec::new() })
}

/// The numbers in a bracket of three items or more, each a name with its number and no unit.
fn bare(total: &Finding, page: &Page<'_>, opened_at: usize) -> Option<Vec<Decimal>> {
    let behind = page.behind(total.span, opened_at + NEAR);
    let inside = behind.get(opened_at..).filter(|_| behind[..opened_at].ends_with('('))?;
    let inside = &inside[..inside.find([')', '(', '\n'])?];
    let number = |item: &str| -> Option<Decimal> {
        let from = item.find(|c: char| c.is_ascii_digit())?;
        let named = item[..from].ends_with([' ', ':']) && item[..from].contains(letter::is_alphabetic);
        let digits = item[from..].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(item.len() - from);
        let rest = &item[from + digits..];
        let unit = rest.trim().split(' ').next().filter(|unit| !unit.is_empty());
        let plain = unit.is_none_or(|unit| total.unit.as_deref().is_some_and(|whole| whole.starts_with(unit)));
        (named && plain).then(|| item[from..from + digits].replace('.', "").parse().ok()).flatten()
    };
    // `(tổ 1, tổ 2, tổ 3)` counts nothing.
    let name = |item: &str| item.trim_start().split(|c: char| c.is_ascii_digit()).next().map(skeleton);
    let mut names = inside.split([',', ';']).map(name);
    let first = names.next();
    let items: Option<Vec<Decimal>> = inside.split([',', ';']).map(number).collect();
    items.filter(|items| items.len() > 2 && names.any(|name| Some(name) != first))
}

/// Whether another breakdown is opened within a list of parts.
fn nested(gap: &str) -> bool {
    says_opener(gap) && opener(gap).is_some_and(|(opener, _)| !matches!(opener, Opener::Bracket | Opener::Distant))
}

/// What the lines of a list begin with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marker {
    Bullet,
    Letter,
    Digit,
}

/// The markers of the list items that begin in a text.
fn items(text: &str) -> Vec<Marker> {
    let begins = |line: &str| {
        let line = line.trim_start();
        let mut chars = line.chars();
        let first = chars.next()?;
        let rest = chars.as_str().trim_start_matches(|c: char| c.is_ascii_digit());
        match first {
            '-' | '+' | '•' | '*' | '–' => Some(Marker::Bullet),
            c if c.is_ascii_digit()
                && rest.starts_with(['.', ')'])
                && !rest[1..].starts_with(|c: char| c.is_ascii_digit()) =>
            {
                Some(Marker::Digit)
            }
            c if letter::is_lowercase(c) && rest.starts_with(')') => Some(Marker::Letter),
            _ => None,
        }
    };
    text.split('\n').skip(1).filter_map(begins).collect()
}

/// Whether the words before a bracket say that the total is of things done.
fn total_is_done(total: &Finding) -> bool {
    total.label.as_deref().is_some_and(|label| skeleton(label).split(' ').any(|word| word == "da"))
}

/// The words that open a breakdown between a total and its first part, and where they end.
fn opener(gap: &str) -> Option<(Opener, usize)> {
    if gap.len() > NEAR {
        return None;
    }
    let said = says_opener(gap);
    if !said && memchr::memchr(b'(', gap.as_bytes()).is_none() {
        return None;
    }
    // For a bracket alone the letters count only where some are longer in small.
    let keeps = |c: char| c.is_ascii() || letter::to_lower(c).is_some_and(|small| small.len_utf8() == c.len_utf8());
    let lower = if said || !gap.chars().all(keeps) { Cow::Owned(gap.to_lowercase()) } else { Cow::Borrowed(gap) };
    if lower.len() != gap.len() {
        return None;
    }
    let word = |words: &str| said.then(|| lower.rfind(words).map(|at| at + words.len())).flatten();
    let whole = ["gồm", "chia ra"].iter().filter_map(|words| word(words)).max();
    let among = word("trong đó");
    if let Some(end) = among.filter(|end| whole.is_none_or(|whole| whole < *end)) {
        if paragraph_ends(&gap[..end]) {
            return None;
        }
        return Some((Opener::Among, end));
    }
    let end = whole.or_else(|| lower.find('(').map(|at| at + 1))?;
    let bracket = whole.is_none();
    if sentence_ends(&gap[..end]) || paragraph_ends(&gap[..end]) || (bracket && paragraph_ends(gap)) {
        return None;
    }
    // The unit alone stands between a total and its bracket, or some words on what is counted.
    let opener = match lower[..end].split_whitespace().count() {
        _ if !bracket => Opener::Whole,
        ..=4 => Opener::Bracket,
        5..=12 if !gap[..end].contains([',', ';', ':']) => Opener::Distant,
        _ => return None,
    };
    Some((opener, end))
}

/// Whether words that open a breakdown stand in a text, in letters small or large, told by their bytes from the last on.
fn says_opener(text: &str) -> bool {
    const WORDS: [(&str, &str); 3] = [("gồm", "GỒM"), ("chia ra", "CHIA RA"), ("trong đó", "TRONG ĐÓ")];
    let bytes = text.as_bytes();
    let ends = |end: usize, (small, large): &(&str, &str)| {
        end >= small.len()
            && bytes[end - small.len()..end]
                .iter()
                .zip(small.bytes().zip(large.bytes()))
                .rev()
                .all(|(byte, (small, large))| *byte == small || *byte == large)
    };
    let closes = |byte: u8| matches!(byte, b'm' | b'M' | b'a' | b'A' | 0x93 | 0xb3);
    (0..bytes.len()).any(|at| closes(bytes[at]) && WORDS.iter().any(|word| ends(at + 1, word)))
}

/// Where brackets open and opening words end in a text, in the unit of spans: between most numbers none does.
fn openings(page: &Page<'_>) -> Vec<usize> {
    let bytes = page.text().as_bytes();
    let mut places: Vec<usize> = memchr::memchr_iter(b'(', bytes).collect();
    for word in ["ồm", "hia ra", "rong đó", "ỒM", "HIA RA", "RONG ĐÓ"] {
        places.extend(memchr::memmem::find_iter(bytes, word));
    }
    places.sort_unstable();
    places.into_iter().map(|at| page.span(at, at).start).collect()
}

/// Whether a list of parts is at its end.
fn ends(gap: &str) -> bool {
    sentence_ends(gap) || paragraph_ends(gap)
}

fn sentence_ends(gap: &str) -> bool {
    gap.match_indices(". ").chain(gap.match_indices(".\n")).any(|(at, _)| {
        gap[at + 1..].trim_start().starts_with(|c: char| letter::is_uppercase(c) || matches!(c, '-' | '+' | '*' | '#'))
    })
}

/// A blank line ends a paragraph, unless the text runs on in a small letter: a page was broken there.
fn paragraph_ends(gap: &str) -> bool {
    gap.match_indices("\n\n").any(|(at, _)| !gap[at..].trim_start().starts_with(letter::is_lowercase))
}

/// How many more brackets open than close.
fn brackets(text: &str) -> i32 {
    text.chars().map(|c| i32::from(c == '(') - i32::from(c == ')')).sum()
}

/// The least depth that a text reaches from a depth.
fn lowest(text: &str, depth: i32) -> i32 {
    let mut now = depth;
    let mut least = depth;
    for c in text.chars() {
        now += i32::from(c == '(') - i32::from(c == ')');
        least = least.min(now);
    }
    least
}

/// Whether the parts are all that there is of the total: each is of its kind, or the last gathers the rest (`khác`).
fn closed(total: &Finding, parts: &[&Finding], page: &Page<'_>) -> bool {
    // `số còn lại là …`, `…`: a part without a number follows.
    let open = parts.last().is_some_and(|last| {
        let behind = page.behind(last.span, 60);
        skeleton(behind).contains("con lai") || ["...", "…", "v.v"].iter().any(|more| behind.contains(more))
    });
    if open {
        return false;
    }
    let rest = parts.last().is_some_and(|last| {
        let behind = skeleton(page.behind(last.span, 12));
        last.raw.ends_with("khác") || behind.starts_with("khac")
    });
    parts.iter().all(|part| like(total, part))
        || (rest && parts.last().is_some_and(|last| like(total, last)))
        || nearly(total, parts)
}

/// Whether parts of one kind, by another word than the total's (`22 phương tiện (18 xe mô tô, …)`), come within a tenth of
/// it: what is no breakdown comes so near by chance only.
fn nearly(total: &Finding, parts: &[&Finding]) -> bool {
    let head = |part: &&Finding| part.unit.as_deref().and_then(|unit| unit.split(' ').next()).map(skeleton);
    let first = parts.first().and_then(head);
    if parts.len() < 3 || first.is_none() || !parts.iter().all(|part| head(part) == first) {
        return false;
    }
    near(total, parts.iter().map(|part| part.value.0).sum())
}

/// Whether a sum lies within a tenth of the total.
fn near(total: &Finding, sum: Decimal) -> bool {
    sum.checked_sub(total.value.0)
        .and_then(|apart| apart.abs().checked_mul(Decimal::TEN))
        .is_some_and(|apart| apart <= total.value.0)
}

/// Whether a part counts what the total counts.
fn like(total: &Finding, part: &Finding) -> bool {
    const SAME: [&[&str]; 2] = [
        &["vu", "vu viec", "truong hop"],
        &["nguoi", "dong chi", "can bo", "cong chuc", "vien chuc", "d c", "dai bieu", "dang vien"],
    ];
    let (Some(whole), Some(part)) = (&total.unit, &part.unit) else { return part.unit.is_none() };
    let (whole, part) = (skeleton(whole), skeleton(part));
    let begins =
        |text: &str, head: &str| text == head || text.strip_prefix(head).is_some_and(|rest| rest.starts_with(' '));
    begins(&part, &whole)
        || begins(&whole, &part)
        || SAME.iter().any(|group| [&whole, &part].iter().all(|unit| group.iter().any(|word| begins(unit, word))))
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    #[test]
    fn opening_words_are_told_by_their_bytes() {
        let texts =
            ["gồm", " GỒM: ", "gỒm", "Chia Ra", "chia  ra", "Trong Đó", "trong do", "gôm", "", "ó", "bao gồm cả ó"];
        for text in texts {
            let lower = text.to_lowercase();
            let said = ["gồm", "chia ra", "trong đó"].iter().any(|word| lower.contains(word));
            assert_eq!(super::says_opener(text), said, "{text}");
        }
    }

    fn codes(text: &str) -> Vec<String> {
        let record = Extractor::builtin().extract("a.txt", format!("1. Kết quả\n{text}\n").as_bytes());
        let figures = record.diagnostics.into_iter().filter(|d| d.code.starts_with("T30"));
        figures.map(|diagnostic| diagnostic.code.into_owned()).collect()
    }

    #[test]
    fn parts_that_add_up_are_not_doubted() {
        for text in [
            "Xã đã ban hành 45 văn bản gồm: 20 quyết định, 15 công văn và 10 văn bản khác.",
            "Công an xã xử lý 12 vụ việc về trật tự. Trong đó: môi trường 5 vụ; ma túy 3 vụ; hoàn\n\nthiện hồ sơ cho 4 trường hợp cai nghiện.",
            "Toàn xã có 22 người (Trong đó: Cán bộ: 10 người và Công chức: 12 người).",
            "Tổng chi: 600.000.000 đồng, gồm:\na) Đầu tư 200.000.000 đồng, cho 02 công trình: đường 150.000.000 đồng; nhà 50.000.000 đồng.\nb) Chi thường xuyên 400.000.000 đồng.",
            "Bộ phận có 06 người, gồm:\na) Trưởng bộ phận: Chủ tịch;\nb) Phó: 01 người;\nc) Thành viên: 04 người.",
            "Huyện có 52 trường (mầm non 18, tiểu học 17, THCS 14, THPT 3) với 742 lớp.",
            "Có 612 lao động đi làm việc ở nước ngoài theo hợp đồng (Nhật Bản 438 người, Đài Loan 151 người, nước khác 23 người).",
            "Xử lý 23 điểm tồn đọng rác thải (phường Nam Sơn 6, Tràng Minh 5, Quán Trữ 4, các phường còn lại 8 điểm).",
            "Tổng thu 800 triệu đồng, gồm: thu tại xã 300 triệu đồng; thu bổ sung từ ngân sách cấp trên 500 triệu đồng.",
            "Làm mới 3,2 km đường, gồm 1,2 km đường trục xã, 2,0 km đường xóm.",
            "Đã tiếp nhận 18 đơn, trong đó đã giải quyết xong 15 đơn; 03 đơn đang xem xét.",
        ] {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn lists_that_are_no_breakdown_are_not_summed() {
        for text in [
            "Cấp xã có 99 thủ tục (Trong đó tổng số áp dụng tại xã gồm 10 lĩnh vực với 49 thủ tục).",
            "Cơ sở vật chất: 01 nhà làm việc gồm 3 tầng, 21 phòng làm việc, 01 hội trường.",
            "Đã giải quyết 120 hồ sơ (tăng 10 hồ sơ so với cùng kỳ, giảm 5 hồ sơ so với tháng trước).",
            "Xã lấy 240 mẫu gồm 110 mẫu lợn, 96 mẫu gia cầm, số còn lại là mẫu môi trường.",
            "Xã có 40 cán bộ, trong đó 12 nữ cán bộ, 20 đảng viên.",
            "Toàn trường có 12 lớp (98 em nữ, 110 em nam, 03 em khuyết tật).",
            "Sản lượng 500 tấn, tăng 10% so với cùng kỳ; xã có 3 hợp tác xã gồm 40 hộ.",
            "Đã giải quyết 120 hồ sơ và hướng dẫn người dân nộp trước (trực tuyến 50 hồ sơ, trực tiếp 20 hồ sơ).",
            "Có 30 điểm tồn đọng rác (mẫu số 1, mẫu số 2, mẫu số 3).",
        ] {
            assert_eq!(codes(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn parts_that_do_not_add_up_are_doubted() {
        assert_eq!(codes("Đã giải quyết 3.900 hồ sơ (đúng hạn: 3.000 hồ sơ, trễ hạn: 20 hồ sơ)."), ["T301"]);
        assert_eq!(codes("Xã có 30 hộ nghèo, gồm: 12 hộ nghèo thôn Đông, 15 hộ nghèo thôn Đoài."), ["T301"]);
        assert_eq!(
            codes("Tổng chi: 700 triệu đồng, gồm:\n- Đầu tư: 200 triệu đồng;\n- Thường xuyên: 400 triệu đồng."),
            ["T301"]
        );
        assert_eq!(codes("Xã ban hành 45 văn bản gồm: 20 quyết định, 15 công văn và 11 văn bản khác."), ["T301"]);
        assert_eq!(
            codes("Có 612 lao động đi làm việc ở nước ngoài (Nhật Bản 438 lao động, Đài Loan 161 lao động)."),
            ["T301"]
        );
        assert_eq!(
            codes(
                "Xử lý 23 điểm tồn đọng rác thải (phường Nam Sơn 6, Tràng Minh 5, Quán Trữ 4, các phường còn lại 9 điểm)."
            ),
            ["T301"]
        );
        assert_eq!(codes("Kỷ luật 03 đảng viên, trong đó: khiển trách 02 đảng viên, cảnh cáo 02 đồng chí."), ["T302"]);
        assert_eq!(codes("Tạm giữ 32 phương tiện (18 xe mô tô, 13 xe ô tô, 02 xe máy điện)."), ["T301"]);
        assert_eq!(
            codes(
                "Tổng thu: 800 triệu đồng, đạt 112,4% dự toán, gồm: thu tại xã 300 triệu đồng; thu bổ sung 400 triệu đồng."
            ),
            ["T301"]
        );
    }
}
