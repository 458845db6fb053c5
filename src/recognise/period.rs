//! The period that a document reports on or plans for: from its title, else from its first sentence.

use super::Reading;
use crate::{
    grammar::{date, roman::roman},
    text::{Span, fold_char, is_skeleton, letter, next_word},
};
use jiff::civil::Date;

/// A period as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPeriod {
    /// Its first day, ISO 8601.
    pub from: Option<String>,
    /// Its last day, ISO 8601.
    pub to: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// The rule that read it.
    pub rule: &'static str,
}

/// The first period that a stretch of text names.
///
/// A whole year counts only where nothing narrower stands anywhere in the stretch.
pub fn period(reading: &Reading<'_>, within: Span) -> Option<FoundPeriod> {
    // Years are written in digits.
    if !within.of(reading.text).bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let words = words(reading, within);
    let narrow = (0..words.len()).find_map(|at| match fold_char(words[at].raw.chars().next()?) {
        't' => dates(reading, &words, at).or_else(|| month(reading, &words, at)),
        'q' => quarter(reading, &words, at),
        'g' | 'n' => years(reading, &words, at),
        '0'..='9' => months(reading, &words, at),
        _ => None,
    });
    narrow.or_else(|| (0..words.len()).find_map(|at| year(reading, &words, at)))
}

struct Word<'t> {
    span: Span,
    raw: &'t str,
}

impl Word<'_> {
    fn is(&self, folded: &str) -> bool {
        // Most words are told by their first letter.
        let (first, wanted) = (self.raw.as_bytes()[0], folded.as_bytes()[0]);
        (first.to_ascii_lowercase() == wanted || !first.is_ascii()) && is_skeleton(self.raw, folded)
    }
}

fn words<'t>(reading: &Reading<'t>, within: Span) -> Vec<Word<'t>> {
    let text = reading.text;
    let word = |start: usize, end: usize| Word { span: Span::new(start, end), raw: &text[start..end] };
    if let Some(noted) = reading.layout.words.inside(within) {
        return noted.iter().map(|noted| word(noted.start(), noted.end())).collect();
    }
    let inside = within.of(text);
    let mut words = Vec::with_capacity(inside.len() / 4);
    let mut at = 0;
    while let Some((start, end, _)) = next_word(inside, at) {
        words.push(word(within.start + start, within.start + end));
        at = end;
    }
    words
}

fn number(words: &[Word<'_>], at: usize) -> Option<i16> {
    words.get(at)?.raw.parse().ok()
}

fn calendar_year(words: &[Word<'_>], at: usize) -> Option<i16> {
    number(words, at).filter(|year| (1900..2100).contains(year))
}

fn is(words: &[Word<'_>], at: usize, folded: &str) -> bool {
    words.get(at).is_some_and(|word| word.is(folded))
}

fn found(
    words: &[Word<'_>],
    first: usize,
    last: usize,
    from: Option<Date>,
    to: Option<Date>,
    rule: &'static str,
) -> Option<FoundPeriod> {
    let span = Span::new(words[first].span.start, words[last].span.end);
    Some(FoundPeriod { from: Some(from?.to_string()), to: Some(to?.to_string()), span, rule })
}

/// `từ ngày 21/01/2022 đến ngày 14/6/2023`
fn dates(reading: &Reading<'_>, words: &[Word<'_>], at: usize) -> Option<FoundPeriod> {
    if !(is(words, at, "tu") && is(words, at + 1, "ngay")) {
        return None;
    }
    let text = reading.text;
    let first = date::date(text, words[at + 1].span.start)?;
    let to = words.iter().position(|word| word.span.start >= first.end && word.is("den"))?;
    let day = words.get(to + 1).filter(|word| word.is("ngay"))?;
    let last = date::date(text, day.span.start)?;
    let whole = first.day.is_some() && last.day.is_some() && day.span.start - first.end < 24;
    whole.then(|| FoundPeriod {
        from: first.iso(),
        to: last.iso(),
        span: Span::new(words[at].span.start, last.end),
        rule: "period.dates",
    })
}

/// `6 tháng đầu năm 2023`, `6 tháng cuối năm 2023`, `9 tháng năm 2021`
fn months(_: &Reading<'_>, words: &[Word<'_>], at: usize) -> Option<FoundPeriod> {
    let count = number(words, at).filter(|n| (1..12).contains(n)).and_then(|n| i8::try_from(n).ok())?;
    if !is(words, at + 1, "thang") {
        return None;
    }
    let last_part = is(words, at + 2, "cuoi");
    let year_word = if is(words, at + 2, "dau") || last_part { at + 3 } else { at + 2 };
    if !is(words, year_word, "nam") {
        return None;
    }
    let year = calendar_year(words, year_word + 1)?;
    let (from, to) = if last_part { (13 - count, 12) } else { (1, count) };
    let last = Date::new(year, to, 1).ok()?.last_of_month();
    found(words, at, year_word + 1, Date::new(year, from, 1).ok(), Some(last), "period.months")
}

/// `quý III năm 2022`, `quý 4/2023`
fn quarter(_: &Reading<'_>, words: &[Word<'_>], at: usize) -> Option<FoundPeriod> {
    if !is(words, at, "quy") {
        return None;
    }
    let label = words.get(at + 1)?;
    let quarter = roman(label.raw).or_else(|| label.raw.parse().ok()).filter(|q| (1..=4).contains(q))?;
    let of = at + 2 + usize::from(is(words, at + 2, "cua"));
    let year_at = of + usize::from(is(words, of, "nam"));
    let year = calendar_year(words, year_at)?;
    let first = i8::try_from(quarter).ok()? * 3 - 2;
    let last = Date::new(year, first + 2, 1).ok()?.last_of_month();
    found(words, at, year_at, Date::new(year, first, 1).ok(), Some(last), "period.quarter")
}

/// `tháng 7 năm 2019`, `tháng 6/2019`, unless it is part of a day
fn month(_: &Reading<'_>, words: &[Word<'_>], at: usize) -> Option<FoundPeriod> {
    if !is(words, at, "thang") || at > 1 && is(words, at - 2, "ngay") {
        return None;
    }
    let month = number(words, at + 1).filter(|m| (1..=12).contains(m)).and_then(|m| i8::try_from(m).ok())?;
    let year_at = if is(words, at + 2, "nam") { at + 3 } else { at + 2 };
    let year = calendar_year(words, year_at)?;
    let first = Date::new(year, month, 1).ok()?;
    found(words, at, year_at, Some(first), Some(first.last_of_month()), "period.month")
}

/// `giai đoạn 2021-2025`, `nhiệm kỳ 2025 - 2030`, `năm học 2022-2023`
fn years(_: &Reading<'_>, words: &[Word<'_>], at: usize) -> Option<FoundPeriod> {
    let pair = |a: &str, b: &str| is(words, at, a) && is(words, at + 1, b);
    let school = pair("nam", "hoc");
    if !(pair("giai", "doan") || pair("nhiem", "ky") || school) {
        return None;
    }
    let (from, to) = (calendar_year(words, at + 2)?, calendar_year(words, at + 3)?);
    if to < from || to - from > 50 {
        return None;
    }
    let (first, last) = if school {
        (Date::new(from, 9, 1), Date::new(to, 5, 31))
    } else {
        (Date::new(from, 1, 1), Date::new(to, 12, 31))
    };
    found(words, at, at + 3, first.ok(), last.ok(), "period.years")
}

/// `năm 2025`, unless it is part of a day or a month
fn year(reading: &Reading<'_>, words: &[Word<'_>], at: usize) -> Option<FoundPeriod> {
    if !is(words, at, "nam") {
        return None;
    }
    let dated = at > 1 && (is(words, at - 2, "thang") || is(words, at - 2, "ngay"));
    // `đến năm 2030` is where a period ends; where it begins is not said.
    let goal = at > 0 && is(words, at - 1, "den");
    if dated || goal {
        return None;
    }
    let year = calendar_year(words, at + 1)?;
    // `Luật Đất đai năm 2013` tells one act from the others of its name.
    let tables = reading.rules.tables();
    let named = at.checked_sub(1).and_then(|last| act_before(reading, words[last].span.end));
    if named.is_some_and(|act| tables.acts[act].years.contains(&year)) {
        return None;
    }
    found(words, at, at + 1, Date::new(year, 1, 1).ok(), Date::new(year, 12, 31).ok(), "period.year")
}

/// The act with the longest name that ends at `end`.
///
/// Names of acts are looked up forwards, as everywhere: to turn the whole list round for a year or two costs more.
fn act_before(reading: &Reading<'_>, end: usize) -> Option<usize> {
    let head = &reading.text[..end];
    let mut starts = Vec::with_capacity(MOST_WORDS);
    let mut inside = None;
    for (at, c) in head.char_indices().rev() {
        if letter::is_alphanumeric(c) {
            inside = Some(at);
        } else if let Some(start) = inside.take() {
            starts.push(start);
            if starts.len() == MOST_WORDS {
                break;
            }
        }
    }
    starts.extend(inside.filter(|_| starts.len() < MOST_WORDS));
    let names = &reading.rules.tables().act_names;
    starts.iter().rev().find_map(|&start| names.at(head, start).filter(|(reach, _)| *reach == end)).map(|(_, act)| act)
}

/// The most words that a name in a list of words has.
const MOST_WORDS: usize = 24;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rules, layout::Layout};

    fn read(text: &str) -> Option<(String, String)> {
        let rules = Rules::builtin();
        let layout = Layout::new(text, rules);
        let reading = Reading { text, layout: &layout, rules };
        period(&reading, Span::new(0, text.len())).map(|p| (p.from.unwrap_or_default(), p.to.unwrap_or_default()))
    }

    fn pair(from: &str, to: &str) -> Option<(String, String)> {
        Some((from.to_owned(), to.to_owned()))
    }

    #[test]
    fn reads_every_form() {
        assert_eq!(read("Kết quả 6 tháng đầu năm 2023"), pair("2023-01-01", "2023-06-30"));
        assert_eq!(read("Nhiệm vụ 6 tháng cuối năm 2023"), pair("2023-07-01", "2023-12-31"));
        assert_eq!(read("Công tác quý I/2024"), pair("2024-01-01", "2024-03-31"));
        assert_eq!(read("Công tác quý 3 của năm 2024"), pair("2024-07-01", "2024-09-30"));
        assert_eq!(read("Lịch tiếp công dân tháng 02 năm 2024"), pair("2024-02-01", "2024-02-29"));
        assert_eq!(read("Chương trình giai đoạn 2021 - 2025"), pair("2021-01-01", "2025-12-31"));
        assert_eq!(read("Tổng kết năm học 2022-2023"), pair("2022-09-01", "2023-05-31"));
        assert_eq!(read("Kế hoạch cải cách hành chính năm 2025"), pair("2025-01-01", "2025-12-31"));
        assert_eq!(read("Kết quả từ ngày 21/01/2022 đến ngày 14/6/2023"), pair("2022-01-21", "2023-06-14"));
    }

    #[test]
    fn the_narrower_wins_and_days_are_no_periods() {
        assert_eq!(read("Kế hoạch năm 2023: việc của tháng 5 năm 2023"), pair("2023-05-01", "2023-05-31"));
        assert_eq!(read("Bãi bỏ Quyết định ngày 23 tháng 12 năm 2019"), None);
        assert_eq!(read("Kế hoạch thi hành Luật Đất đai năm 2013"), None);
        assert_eq!(read("Chiến lược phát triển thư viện đến năm 2030"), None);
        assert_eq!(read("Kế hoạch năm 2025, định hướng đến năm 2030"), pair("2025-01-01", "2025-12-31"));
        assert_eq!(read("Kế hoạch thi hành Luật Đất đai năm 2025"), pair("2025-01-01", "2025-12-31"));
    }

    #[test]
    fn the_act_before_a_place_is_the_one_that_a_list_turned_round_finds() {
        let rules = Rules::builtin();
        let text = "Thi hành Luật Tổ chức chính quyền địa phương năm 2015, Bộ luật Lao động, luật Đất đai và Luật Giá";
        let layout = Layout::new(text, rules);
        let reading = Reading { text, layout: &layout, rules };
        let mut found = 0;
        for word in words(&reading, Span::new(0, text.len())) {
            let turned = rules.tables().act_names.ending_at(text, word.span.end).map(|(_, act)| act);
            assert_eq!(act_before(&reading, word.span.end), turned, "{}", word.raw);
            found += usize::from(turned.is_some());
        }
        assert_eq!(found, 4);
    }
}
