//! Numbers in words, read the way they are spoken: the measure for what the reader makes of the digits.

use rust_decimal::Decimal;

/// A number that a sentence says, and the one it is divided by: `ba phần tư`.
pub type Said = (Decimal, Option<Decimal>);

/// Every number of a sentence in words, in order.
pub fn numbers(text: &str) -> Vec<Said> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut found: Vec<Said> = Vec::new();
    let mut at = 0;
    let mut divides = false;
    while at < words.len() {
        let run = words[at..].iter().take_while(|word| is_number(word)).count();
        if run == 0 {
            // `phần trăm` is a percentage, not a hundredth.
            let percent = words[at..].starts_with(&["phần", "trăm"]);
            divides = matches!(words[at], "phần" | "chia") && !percent && at > 0 && is_number(words[at - 1]);
            divides |= words[at] == "trên" && at > 0 && is_number(words[at - 1]);
            at += if percent { 2 } else { 1 };
            continue;
        }
        let value = number(&words[at..at + run]);
        match found.last_mut().filter(|_| divides) {
            Some(last) => last.1 = Some(value),
            None => found.push((value, None)),
        }
        divides = false;
        at += run;
    }
    found
}

fn is_number(word: &str) -> bool {
    digit(word).is_some()
        || scale(word).is_some()
        || matches!(word, "mười" | "mươi" | "trăm" | "linh" | "lẻ" | "phẩy" | "chấm" | "rưỡi")
}

fn digit(word: &str) -> Option<u32> {
    Some(match word {
        "không" => 0,
        "một" | "mốt" => 1,
        "hai" => 2,
        "ba" => 3,
        "bốn" | "tư" => 4,
        "năm" | "lăm" => 5,
        "sáu" => 6,
        "bảy" | "bẩy" => 7,
        "tám" => 8,
        "chín" => 9,
        _ => return None,
    })
}

fn scale(word: &str) -> Option<Decimal> {
    let zeros = match word {
        "tỷ" | "tỉ" => 9,
        "triệu" => 6,
        "vạn" => 4,
        "nghìn" | "ngàn" => 3,
        _ => return None,
    };
    Some(Decimal::from(10i64.pow(zeros)))
}

/// The value of words that are all part of one number.
fn number(words: &[&str]) -> Decimal {
    if let Some(mark) = words.iter().position(|word| matches!(*word, "phẩy" | "chấm")) {
        let until = words[mark..].iter().position(|word| scale(word).is_some()).map_or(words.len(), |n| mark + n);
        let decimals: String =
            words[mark + 1..until].iter().filter_map(|word| digit(word)).map(|d| d.to_string()).collect();
        let times: Decimal = words[until..].iter().filter_map(|word| scale(word)).product();
        let whole = number(&words[..mark]);
        return format!("{whole}.{decimals}").parse::<Decimal>().expect("digits") * times;
    }
    // The greatest scale parts the words; of two alike the last.
    for word in [["tỷ", "tỉ"], ["triệu", "triệu"], ["vạn", "vạn"], ["nghìn", "ngàn"], ["trăm", "trăm"]]
    {
        let Some(at) = words.iter().rposition(|w| word.contains(w)) else { continue };
        let times = scale(words[at]).unwrap_or(Decimal::ONE_HUNDRED);
        return number(&words[..at]).max(Decimal::ZERO) * times + rest(&words[at + 1..], times);
    }
    let tens = match words {
        ["linh" | "lẻ", one] => [0, digit(one).unwrap_or(0)],
        ["mười", more @ ..] => [1, more.first().and_then(|word| digit(word)).unwrap_or(0)],
        [ten, "mươi", more @ ..] => [digit(ten).unwrap_or(0), more.first().and_then(|word| digit(word)).unwrap_or(0)],
        // `bảy hai` is seventy-two, `hai không mười ba` a year.
        [a, b, more @ ..] if !more.is_empty() => {
            let head: String = [a, b].iter().filter_map(|word| digit(word)).map(|d| d.to_string()).collect();
            let tail = number(more);
            return format!("{head}{tail:0>2}").parse().expect("digits");
        }
        [a, b] => [digit(a).unwrap_or(0), digit(b).unwrap_or(0)],
        [one] => [0, digit(one).unwrap_or(0)],
        _ => [0, 0],
    };
    Decimal::from(tens[0] * 10 + tens[1])
}

/// What follows a scale word: `một trăm hai` is 120, `năm nghìn rưỡi` 5500, `một trăm linh hai` 102.
fn rest(words: &[&str], times: Decimal) -> Decimal {
    match words {
        [] => Decimal::ZERO,
        ["rưỡi"] => times / Decimal::TWO,
        [one] if *one != "mười" => Decimal::from(digit(one).unwrap_or(0)) * times / Decimal::TEN,
        more => number(more),
    }
}
