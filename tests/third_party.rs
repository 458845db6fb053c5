//! Numbers, money, dates and Roman numerals held against two suites of others: Duckling's and NeMo's for Vietnamese.
//!
//! Duckling gives the value beside the text; NeMo gives the text in digits beside the text in words, and the words are
//! read here a second way (`spoken`). What lies outside the record's meaning stands, with its reason, in
//! `third_party/out_of_scope.tsv`.

mod shared;
#[path = "third_party/spoken.rs"]
mod spoken;

use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::HashMap;
use trich::{
    Extractor, Record,
    grammar::{date, number::number, roman::roman},
    text::Normalised,
};

const OUT_OF_SCOPE: &str = include_str!("third_party/out_of_scope.tsv");

/// What a pair comes to: what was to be read and what was read.
type Pair = (String, String);

/// For a suite the lines that lie outside, with the reason.
fn outside(suite: &str) -> HashMap<usize, &'static str> {
    let mut lines = HashMap::new();
    for cells in shared::frozen(OUT_OF_SCOPE).into_iter().filter(|cells| cells[0] == suite) {
        for range in cells[1].split(',') {
            let (from, to) = range.split_once('-').unwrap_or((range, range));
            let bound = |text: &str| text.parse::<usize>().expect("a line number");
            lines.extend((bound(from)..=bound(to)).map(|line| (line, cells[2])));
        }
    }
    lines
}

fn record(text: &str) -> Record {
    Extractor::builtin().extract("cau.txt", text.as_bytes())
}

/// The quantities that a sentence states: value, second part of a ratio, unit.
fn quantities(sentence: &str) -> Vec<(Decimal, Option<Decimal>, Option<String>)> {
    record(sentence)
        .findings
        .into_iter()
        .map(|f| (f.value.0.normalize(), f.of.map(|of| of.0.normalize()), f.unit))
        .collect()
}

fn shown(list: &[(Decimal, Option<Decimal>, Option<String>)]) -> String {
    let one = |(value, of, unit): &(Decimal, Option<Decimal>, Option<String>)| {
        let of = of.map_or(String::new(), |of| format!("/{of}"));
        format!("{value}{of} {}", unit.as_deref().unwrap_or("-"))
    };
    list.iter().map(one).collect::<Vec<_>>().join(" + ")
}

/// A number in digits: the grammar must read all of it. One with a scale word counts something.
fn plain(text: &str, value: Decimal) -> Pair {
    let expected = value.normalize().to_string();
    if text.contains(char::is_alphabetic) {
        let found = quantities(&format!("Đàn gia cầm có {text} con."));
        return (format!("{expected} con"), shown(&found));
    }
    let found = number(text, 0).filter(|read| read.end == text.len());
    (expected, found.map_or_else(String::new, |read| read.value.normalize().to_string()))
}

/// The unit that the words of a sentence name, in the record's form.
fn unit(words: &str) -> Option<&'static str> {
    const UNITS: [(&str, &str); 23] = [
        ("xăng ti mét khối", "cm3"),
        ("xen ti mét khối", "cm3"),
        ("ki lô mét vuông", "km2"),
        ("mét vuông", "m2"),
        ("mét khối", "m3"),
        ("xăng ti mét", "cm"),
        ("mi li mét", "mm"),
        ("ki lô mét", "km"),
        ("mi li gam", "mg"),
        ("ki lô gam", "kg"),
        ("ki lô gram", "kg"),
        ("kí lô", "kg"),
        ("héc ta", "ha"),
        ("mi li lít", "ml"),
        ("phần trăm", "%"),
        ("mét", "m"),
        ("gam", "g"),
        ("gram", "g"),
        ("đô la", "USD"),
        ("đô", "USD"),
        ("ơ rô", "EUR"),
        ("euro", "EUR"),
        ("đồng", "VND"),
    ];
    // The first that is said; `mét khối` outweighs `mét`.
    let said = UNITS.iter().filter_map(|(said, unit)| Some((words.find(said)?, std::cmp::Reverse(said.len()), *unit)));
    said.min().map(|(.., unit)| unit)
}

/// Money and measures in a sentence of their own.
fn measured(text: &str, words: &str) -> Pair {
    let mut said = spoken::numbers(words);
    // `hai ơ rô năm mươi xu` is one sum.
    if words.ends_with(" xu") {
        let cents = said.pop().map_or(Decimal::ZERO, |(value, _)| value) / Decimal::ONE_HUNDRED;
        let whole = said.pop().map_or(Decimal::ZERO, |(value, _)| value);
        said.push((whole + cents, None));
    }
    let unit = if words.ends_with(" xu") { unit(words).or(Some("USD")) } else { unit(words) };
    // `một đồng một cân`: what one of it is for is no quantity of its own.
    said.truncate(if text.contains('/') && !text.contains("1/") && !text.contains("3/") { 1 } else { usize::MAX });
    let whole = |(value, of): spoken::Said| {
        ((value / of.unwrap_or(Decimal::ONE)).round_dp(6).normalize(), None, unit.map(str::to_owned))
    };
    let expected: Vec<_> = said.into_iter().map(whole).collect();
    let sentence = if text.starts_with(|c: char| c.is_ascii_digit()) {
        format!("Kết quả là {text}.")
    } else {
        format!("{text}.")
    };
    let mut found = quantities(&sentence);
    for one in &mut found {
        one.0 = one.0.round_dp(6).normalize();
    }
    (shown(&expected), shown(&found))
}

/// A date: `ngày` before it where it begins with its day; else the month is what the clause is as of.
fn dated(text: &str) -> String {
    let normal = Normalised::new(text);
    let text = normal.as_str();
    if text.starts_with("tháng") {
        let found =
            record(&format!("BÁO CÁO\nKết quả công tác\n\nI. Kết quả\nTính đến {text}, xã có 12 hộ nghèo.")).findings;
        return found.first().and_then(|f| f.as_of.clone()).unwrap_or_default();
    }
    if text.starts_with("quý") {
        let period = record(&format!("BÁO CÁO\nKết quả công tác {text}\n\nXã báo cáo như sau.")).document.period;
        return period
            .map(|p| format!("{}..{}", p.from.unwrap_or_default(), p.to.unwrap_or_default()))
            .unwrap_or_default();
    }
    let at = text.find("ngày");
    let whole = if at.is_some() { text.to_owned() } else { format!("ngày {text}") };
    date::date(&whole, at.unwrap_or(0)).and_then(|read| read.iso()).unwrap_or_default()
}

/// The Roman numerals of a text, each with its value.
fn romans(text: &str) -> Vec<Option<u8>> {
    let is_roman = |word: &&str| word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    text.split_whitespace().filter(is_roman).map(roman).collect()
}

fn decimal(value: &Value) -> Decimal {
    value.to_string().parse().expect("a number")
}

/// One pair of Duckling's.
fn duckling(row: &Value) -> Pair {
    let text = row["text"].as_str().unwrap_or_default();
    let expected = &row["expected"];
    match row["dimension"].as_str() {
        Some("Numeral") => plain(text, decimal(&expected["value"])),
        Some("AmountOfMoney") => {
            let unit = match expected["unit"].as_str() {
                Some("Dollar") => "USD",
                other => other.unwrap_or_default(),
            };
            let bounds: Vec<&Value> =
                ["value", "from", "to"].iter().map(|part| &expected[*part]).filter(|v| !v.is_null()).collect();
            let wanted: Vec<String> = bounds.iter().map(|v| format!("{} {unit}", decimal(v).normalize())).collect();
            // The first of a range may leave its unit to the second.
            let found = quantities(&format!("Mỗi hộ góp {text}."));
            let found: Vec<String> =
                found.iter().map(|(value, _, own)| format!("{value} {}", own.as_deref().unwrap_or(unit))).collect();
            (wanted.join(" + "), found.join(" + "))
        }
        _ => {
            let day = expected["value"].as_str().unwrap_or_default();
            let wanted = match expected["grain"].as_str() {
                Some("quarter") => {
                    let month: u32 = day[5..7].parse().expect("a month");
                    let last = if matches!(month + 2, 6 | 9) { 30 } else { 31 };
                    format!("{}..{}-{:02}-{last}", &day[..10], &day[..4], month + 2)
                }
                Some("month") => day[..7].to_owned(),
                _ => day[..10].to_owned(),
            };
            (wanted, dated(text))
        }
    }
}

/// One pair of NeMo's.
fn nemo(row: &Value) -> Pair {
    let of = |name: &str| row[name].as_str().unwrap_or_default();
    let (text, words) = (of("written"), of("words"));
    let first = || spoken::numbers(words).first().map_or(Decimal::NEGATIVE_ONE, |(value, _)| *value);
    match of("dimension") {
        "cardinal" | "decimal" => plain(text, first()),
        "fraction" => {
            let (value, by) = spoken::numbers(words)[0];
            let found = quantities(&format!("Có {text} thôn đạt chuẩn."));
            (shown(&[(value, by, Some("thôn".to_owned()))]), shown(&found))
        }
        "date" => {
            // `tháng năm năm hai nghìn`: the word for five is the word for the year.
            let (month, year) =
                words.rsplit_once("năm hai").map(|(m, y)| (m, format!("hai{y}"))).unwrap_or_else(|| {
                    words.rsplit_once("năm một").map(|(m, y)| (m, format!("một{y}"))).unwrap_or((words, String::new()))
                });
            let (day, month) = month.split_once("tháng").unwrap_or(("", month));
            let value = |words: &str| spoken::numbers(words).last().map(|(value, _)| value.normalize().to_string());
            let year = value(year.split(" sinh").next().unwrap_or_default()).unwrap_or_default();
            let mut wanted = format!("{year}-{:0>2}", value(month).unwrap_or_default());
            if let Some(day) = value(day) {
                wanted.push_str(&format!("-{day:0>2}"));
            }
            (wanted, dated(text))
        }
        "roman" => {
            let wanted: Vec<_> = spoken::numbers(words).into_iter().map(|(value, _)| value.to_string()).collect();
            let found: Vec<_> =
                romans(text).into_iter().map(|value| value.map_or("?".to_owned(), |v| v.to_string())).collect();
            (wanted.join(" "), found.join(" "))
        }
        _ => measured(text, words),
    }
}

/// Holds a suite against its reader; at least 98 of a hundred pairs in scope must be read as it says.
fn hold(suite: &str, file: &str, read: fn(&Value) -> Pair) {
    let Some(text) = shared::file(file) else { return };
    let outside = outside(suite);
    let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect();
    assert!(outside.keys().all(|line| (1..=rows.len()).contains(line)), "a line out of scope that is not there");
    let (mut right, mut wrong) = (0, Vec::new());
    for (i, row) in rows.iter().enumerate().filter(|(i, _)| !outside.contains_key(&(i + 1))) {
        let (wanted, found) = read(row);
        if wanted == found {
            right += 1
        } else {
            wrong.push(format!(
                "{file}:{}: {wanted} | {found} | {}",
                i + 1,
                row["written"].as_str().or(row["text"].as_str()).unwrap_or_default()
            ))
        }
    }
    let held = right + wrong.len();
    shared::report(&format!(
        "{suite}: {right} of {held} right ({:.4}); {} of {} out of scope",
        right as f64 / held as f64,
        outside.len(),
        rows.len()
    ));
    assert!(right as f64 >= 0.98 * held as f64 && held > 40, "{}", wrong.join("\n"));
    for line in wrong {
        shared::report(&line);
    }
}

#[test]
fn duckling_is_read() {
    hold("duckling", "duckling_vi.jsonl", duckling);
}

#[test]
fn nemo_is_read() {
    hold("nemo", "nemo_vi.jsonl", nemo);
}

#[test]
fn what_is_no_quantity_gives_none() {
    for (suite, file) in [("duckling", "duckling_vi.jsonl"), ("nemo", "nemo_vi.jsonl")] {
        let Some(text) = shared::file(file) else { return };
        let rows: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a JSON object")).collect();
        let mut lines: Vec<_> =
            outside(suite).into_iter().filter(|(_, why)| why.ends_with("are no findings")).collect();
        lines.sort_unstable();
        let (mut none, mut wrong) = (0, Vec::new());
        for (line, why) in lines {
            let row = &rows[line - 1];
            // Of numbers in words NeMo's written side is the one in digits.
            let part = if why.contains("in words") { "text" } else { "written" };
            let text = row[part].as_str().or(row["text"].as_str()).unwrap_or_default();
            let found = quantities(&format!("Xã ghi nhận ý kiến về {text} như đã nêu."));
            if found.is_empty() { none += 1 } else { wrong.push(format!("{file}:{line}: {} | {text}", shown(&found))) }
        }
        let all = none + wrong.len();
        shared::report(&format!("{suite}: {none} of {all} texts without a quantity give none"));
        assert!(none as f64 >= 0.98 * all as f64, "{}", wrong.join("\n"));
    }
}

#[test]
fn the_words_are_read_as_they_are_spoken() {
    let one =
        |text: &str| spoken::numbers(text).first().map(|(value, by)| (value.to_string(), by.map(|by| by.to_string())));
    for (words, value) in [
        ("một nghìn linh một", "1001"),
        ("hai mươi mốt", "21"),
        ("một trăm hai", "120"),
        ("mười hai nghìn ba trăm bốn mươi lăm", "12345"),
        ("một triệu tỷ", "1000000000000000"),
        ("không phẩy hai triệu", "200000"),
        ("hai không mười ba", "2013"),
        ("bảy hai", "72"),
    ] {
        assert_eq!(
            one(words).map(|(value, _)| value.trim_end_matches(".0").to_owned()).as_deref(),
            Some(value),
            "{words}"
        );
    }
    assert_eq!(one("ba phần tư"), Some(("3".to_owned(), Some("4".to_owned()))));
    assert_eq!(one("năm mươi phần trăm"), Some(("50".to_owned(), None)));
}
