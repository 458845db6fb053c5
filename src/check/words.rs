//! T342: a number in digits and the same number in words behind it disagree.

use super::{Report, breakdown::plain, page::Page};
use crate::grammar::{number::number, number_words::number_words};
use rust_decimal::Decimal;

/// The most bytes between a number in digits and `Bằng chữ:` behind it, and the most that one may have in words.
const NEAR: usize = 80;
const MOST: usize = 400;

pub(super) fn check(page: &Page<'_>, report: &mut Report<'_>) {
    let text = page.text();
    for open in memchr::memchr_iter(b'(', text.as_bytes()) {
        let Some(inside) = within(text, open + 1) else { continue };
        let Some((said, at)) = in_words(inside) else { continue };
        let near = if at > 0 { NEAR } else { 2 };
        let Some((start, end, value)) = digits_before(text, open, near) else { continue };
        let Some(value) = scaled(value, text[end..open].trim(), at > 0) else { continue };
        // `2023 (năm)` heads a column.
        let year = said == 5 && (Decimal::from(1_900)..Decimal::from(2_100)).contains(&value);
        if value != Decimal::from(said) && !year {
            let written = [text[start..end].trim(), inside[at..].trim(), &plain(Decimal::from(said))];
            report.add_with("T342", Some(page.span(start, open + 1 + inside.len())), &written, &[], None);
        }
    }
}

/// What stands in a bracket up to its end.
fn within(text: &str, from: usize) -> Option<&str> {
    let end = text.as_bytes()[from..].iter().take(MOST).position(|byte| *byte == b')' || *byte == b'(')?;
    (text.as_bytes()[from + end] == b')').then(|| &text[from..from + end])
}

/// The number that a bracket says in words and nothing but words, and where it begins: behind `Bằng chữ:` or at once.
fn in_words(inside: &str) -> Option<(u64, usize)> {
    let led = |colon: &usize| {
        let lead = &inside[..*colon];
        lead.ends_with(['ữ', 'Ữ']) && lead.to_lowercase().ends_with("bằng chữ")
    };
    let lead = memchr::memchr(b':', inside.as_bytes()).filter(led);
    let at = lead.map_or(0, |colon| colon + 1);
    if !may_begin(&inside[at..]) {
        return None;
    }
    let (said, count) = number_words(&inside[at..])?;
    let words = || inside[at..].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // In a bare bracket the number stands alone; `(không)` says no.
    let bare = lead.is_none() && (words().count() > count || said == 0);
    // `phẩy`, `rưỡi`, `phần`: no whole number. Numbers farther on: a word between them was not read.
    let broken = words().skip(count).enumerate().any(|(at, next)| {
        let next = next.to_lowercase();
        let fraction = at == 0 && matches!(next.as_str(), "phẩy" | "rưỡi" | "phần" | "chấm");
        fraction
            || next.starts_with(|c: char| c.is_ascii_digit())
            || matches!(next.as_str(), "mươi" | "trăm" | "nghìn" | "ngàn" | "triệu" | "tỷ" | "tỉ")
            || number_words(&next).is_some()
    });
    (!bare && !broken).then_some((said, at))
}

/// Whether the first word may be one of a number, told without a copy: most brackets hold other words.
fn may_begin(text: &str) -> bool {
    /// The bytes of `triệu`.
    const LONGEST: usize = 7;
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let first = text.as_bytes().first().map_or(0, |byte| byte | 0x20);
    end <= LONGEST && matches!(first, b'b' | b'c' | b'h' | b'k' | b'l' | b'm' | b'n' | b's' | b't')
}

/// The last number in digits before a place, at most so many bytes away from it, with its ends.
fn digits_before(text: &str, at: usize, near: usize) -> Option<(usize, usize, Decimal)> {
    let bytes = text.as_bytes();
    let end = (at.saturating_sub(near)..at).rev().find(|at| bytes[*at].is_ascii_digit())? + 1;
    // Nothing but the unit stands between.
    if !text.is_char_boundary(end) || text[end..at].contains([')', '\n', ';']) {
        return None;
    }
    let run = bytes[..end].iter().rev().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    let start = end - run;
    let start = start + bytes[start..end].iter().take_while(|byte| !byte.is_ascii_digit()).count();
    // `12/2024`, `-5`, `A4`: no number of its own.
    let joined = text[..start]
        .chars()
        .next_back()
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '-' | '–' | ':' | '%'));
    let read = number(text, start).filter(|read| read.end == end && !joined && !read.repaired)?;
    Some((start, end, read.value))
}

/// A number with the multiplier behind it; nothing where another word makes it another thing.
fn scaled(value: Decimal, behind: &str, stated: bool) -> Option<Decimal> {
    let factor: u64 = match behind.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default() {
        "nghìn" | "ngàn" => 1_000,
        "triệu" => 1_000_000,
        "tỷ" | "tỉ" => 1_000_000_000,
        "" => 1,
        _ if stated => 1,
        _ => return None,
    };
    let value = value.checked_mul(Decimal::from(factor))?;
    value.is_integer().then_some(value)
}

#[cfg(test)]
mod tests {
    use crate::Extractor;

    fn found(text: &str) -> usize {
        let record = Extractor::builtin().extract("a.txt", format!("1. Kết quả\n{text}\n").as_bytes());
        record.diagnostics.into_iter().filter(|d| d.code == "T342").count()
    }

    #[test]
    fn digits_and_words_disagree() {
        assert_eq!(found("Hồ sơ gồm 03 (bốn) bộ."), 1);
        assert_eq!(found("Số tiền: 74.700.000 đồng (Bằng chữ: Bảy mươi tư triệu bảy trăm nghìn đồng)."), 0);
        assert_eq!(found("Số tiền: 74.700.000 đồng (Bằng chữ: Bảy mươi tư triệu bảy trăm đồng)."), 1);
        assert_eq!(found("Kinh phí 15 triệu đồng (bằng chữ: mười lăm triệu đồng chẵn)."), 0);
        assert_eq!(found("Thời hạn 20 (hai mươi) ngày; nộp 05 (năm) bộ."), 0);
    }

    #[test]
    fn a_word_that_is_no_number_beside_it_is_passed_over() {
        assert_eq!(found("Năm 2023 (năm) và 2024 (năm)."), 0);
        assert_eq!(found("Đạt 5 (một phần là do thời tiết); xếp thứ 3 (hai xã cùng hạng nhất của huyện)."), 0);
        assert_eq!(found("Mẫu 12/2024 (ba); Điều 5 (không)."), 0);
        assert_eq!(found("Cộng 342.707 đồng (Bằng chữ: Ba trăm bôn mươi hai nghìn bảy trăm lẻ bảy đồng)."), 0);
        assert_eq!(found("Tăng 1,5 tỷ đồng (bằng chữ: một tỷ năm trăm triệu đồng)."), 0);
    }
}
