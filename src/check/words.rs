//! T342: a number in digits and the same number in words beside it disagree.

use super::{Report, breakdown::plain, page::Page};
use crate::{
    grammar::{number::number, number_words::number_words},
    text::letter,
};
use rust_decimal::Decimal;

/// The most bytes between a number in digits and `Bằng chữ:` behind it, and the most that one may have in words.
const NEAR: usize = 80;
const MOST: usize = 400;

pub(super) fn check(page: &Page<'_>, report: &mut Report<'_>) {
    for open in memchr::memchr_iter(b'(', page.text().as_bytes()) {
        in_brackets(page, open, report);
    }
    for lead in ["ằng chữ", "ẰNG CHỮ"] {
        for at in memchr::memmem::find_iter(page.text().as_bytes(), lead) {
            led(page, at, at + lead.len(), report);
        }
    }
}

/// `03 (ba) bộ`.
fn in_brackets(page: &Page<'_>, open: usize, report: &mut Report<'_>) {
    let text = page.text();
    let Some(inside) = within(text, open + 1) else { return };
    // Most brackets stand behind a word.
    let Some((start, end, value)) = digits_before(text, open, 2) else { return };
    let Some(said) = in_words(inside, true) else { return };
    let Some(value) = scaled(value, text[end..open].trim(), false) else { return };
    // `2023 (năm)` heads a column.
    let year = said == 5 && (Decimal::from(1_900)..Decimal::from(2_100)).contains(&value);
    if value != Decimal::from(said) && !year {
        tell(page, (start, end), (open + 1, open + 1 + inside.len()), said, report);
    }
}

/// `Bằng chữ: …`, behind the digits or on the line below them, in brackets or not.
fn led(page: &Page<'_>, at: usize, end: usize, report: &mut Report<'_>) {
    let text = page.text();
    let Some(words) = text[end..].trim_start_matches([' ', ')', '*', '_']).strip_prefix(':') else { return };
    let said_at = text.len() - words.len();
    // Words that a line was broken in run on in a small letter.
    let ends = |at: usize| match words.as_bytes()[at] {
        b'\n' => !words[at..].trim_start_matches(['\n', ' ']).starts_with(letter::is_lowercase),
        byte => matches!(byte, b')' | b'(' | b'|'),
    };
    let end = (0..words.len().min(MOST)).find(|at| ends(*at));
    let Some(words) = end.or((words.len() < MOST).then_some(words.len())).map(|end| &words[..end]) else { return };
    let Some(said) = in_words(words, false) else { return };
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    let same_line = text[line..at].bytes().any(|byte| byte.is_ascii_digit());
    let digits = if same_line { digits_before(text, at, NEAR).into_iter().collect() } else { digits_above(text, line) };
    let behind = |end: usize| text[end..].split('\n').next().unwrap_or_default().trim_start();
    let read =
        digits.iter().filter_map(|(start, end, value)| Some((*start, *end, scaled(*value, behind(*end), true)?)));
    let read: Vec<(usize, usize, Decimal)> = read.collect();
    let said_is = |value: Decimal| value == Decimal::from(said);
    // Of several numbers in a line one is the sum, others are counts or prices.
    if read.iter().any(|(.., value)| said_is(*value)) {
        return;
    }
    let of_size = |value: Decimal| same_line || said < 1_000 || value >= Decimal::ONE_THOUSAND;
    let largest = read.into_iter().filter(|(.., value)| of_size(*value)).max_by_key(|(.., value)| *value);
    if let Some((start, end, value)) = largest {
        // A table may count in thousands or millions, and says so above.
        let counted = !same_line && !behind(end).starts_with('đ');
        let times = |factor: u64| value.checked_mul(Decimal::from(factor)).is_some_and(said_is);
        if !(counted && (times(1_000) || times(1_000_000))) {
            tell(page, (start, end), (said_at, said_at + words.len()), said, report);
        }
    }
}

fn tell(page: &Page<'_>, digits: (usize, usize), words: (usize, usize), said: u64, report: &mut Report<'_>) {
    let text = page.text();
    let written = [text[digits.0..digits.1].trim(), text[words.0..words.1].trim(), &plain(Decimal::from(said))];
    report.add_with("T342", Some(page.span(digits.0, words.1)), &written, &[], None);
}

/// What stands in a bracket up to its end.
fn within(text: &str, from: usize) -> Option<&str> {
    let end = text.as_bytes()[from..].iter().take(MOST).position(|byte| *byte == b')' || *byte == b'(')?;
    (text.as_bytes()[from + end] == b')').then(|| &text[from..from + end])
}

/// The number that a text says in words; where it stands `alone`, nothing but that.
fn in_words(text: &str, alone: bool) -> Option<u64> {
    if !may_begin(text) {
        return None;
    }
    let (said, count) = number_words(text)?;
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    // `(không)` says no.
    let other = alone && (words().count() > count || said == 0);
    // `phẩy`, `rưỡi`, `phần`: no whole number. Numbers farther on: a word between them was not read.
    let broken = words().skip(count).enumerate().any(|(at, next)| {
        let next = next.to_lowercase();
        let fraction = at == 0 && matches!(next.as_str(), "phẩy" | "rưỡi" | "phần" | "chấm");
        fraction
            || next.starts_with(|c: char| c.is_ascii_digit())
            || matches!(next.as_str(), "mươi" | "trăm" | "nghìn" | "ngàn" | "triệu" | "tỷ" | "tỉ")
            || number_words(&next).is_some()
    });
    (!other && !broken).then_some(said)
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
    number_to(text, end)
}

/// The number in digits that ends at a place.
fn number_to(text: &str, end: usize) -> Option<(usize, usize, Decimal)> {
    let bytes = text.as_bytes();
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

/// The numbers in digits of the line above a line; a blank line may stand between.
fn digits_above(text: &str, line: usize) -> Vec<(usize, usize, Decimal)> {
    let above = text[..line].trim_end();
    let blank = text[above.len()..line].bytes().filter(|byte| *byte == b'\n').count();
    let start = above.rfind('\n').map_or(0, |end| end + 1);
    if blank > 2 || above.len() - start > MOST {
        return Vec::new();
    }
    let bytes = above.as_bytes();
    let ends = (start + 1..=bytes.len()).filter(|end| {
        let behind = bytes.get(*end..).unwrap_or_default();
        let goes_on = behind.first().is_some_and(u8::is_ascii_digit)
            || matches!(behind, [b'.' | b',', digit, ..] if digit.is_ascii_digit());
        bytes[*end - 1].is_ascii_digit() && !goes_on
    });
    ends.filter_map(|end| number_to(text, end)).collect()
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
    fn words_on_their_own_line_are_of_the_line_above() {
        assert_eq!(found("Tổng cộng: 13.000.000 đồng\n(Bằng chữ: Mười hai triệu đồng)"), 1);
        assert_eq!(found("Tổng cộng: 12.000.000 đồng\n\nBằng chữ: Mười hai triệu đồng chẵn./."), 0);
        assert_eq!(found("| Tổng | 12 | 13.000.000 |\n\n*Số tiền (viết bằng chữ): Mười hai triệu đồng*"), 1);
        assert_eq!(found("ĐVT: nghìn đồng\n| Tổng | 12 | 12.000 |\n\n(Bằng chữ: Mười hai triệu đồng)"), 0);
        assert_eq!(found("Mức 12.000.000 đồng cho 03 hộ\n(Bằng chữ: Mười hai triệu đồng)"), 0);
        assert_eq!(found("Tổng cộng: 25.000.000 đồng, bằng chữ: Hai mươi sáu triệu đồng."), 1);
        assert_eq!(found("Kinh phí do xã chi.\n(Bằng chữ: Mười hai triệu đồng)"), 0);
        assert_eq!(
            found("Số tiền: 486.250.000 đồng (Bằng chữ: Bốn trăm tám mươi\n sáu triệu hai trăm năm mươi nghìn đồng)"),
            0
        );
        assert_eq!(found("Kinh phí: 12,5 triệu đồng\n(Bằng chữ: Mười hai triệu năm trăm nghìn đồng)"), 0);
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
