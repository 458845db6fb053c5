//! Whole numbers in words, as Vietnamese writes them beside digits: `một nghìn không trăm lẻ năm`.

/// The most words that a number may have; longer texts are prose.
const MOST_WORDS: usize = 40;

/// The number that the first words of a text say, and how many words it takes.
///
/// Nothing where no number begins, and where the words leave two readings (`hai nghìn ba`: 2.003 or 2.300).
///
/// ```
/// use trich::grammar::number_words::number_words;
/// assert_eq!(number_words("bảy mươi tư triệu bảy trăm nghìn đồng"), Some((74_700_000, 7)));
/// assert_eq!(number_words("Ba bộ"), Some((3, 1)));
/// assert_eq!(number_words("hai nghìn ba"), None);
/// ```
pub fn number_words(text: &str) -> Option<(u64, usize)> {
    let words: Vec<Word> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MOST_WORDS)
        .map_while(word)
        .collect();
    let mut at = 0;
    let (mut total, mut billions, mut last) = (0_u64, 0_u64, u64::MAX);
    while at < words.len() {
        if let Some(Word::Scale(BILLION)) = words.get(at)
            && total > 0
            && billions == 0
        {
            // `hai nghìn tỷ`: what stands before counts them.
            (billions, total, last) = (total, 0, BILLION);
            at += 1;
            continue;
        }
        let Some(group) = group(&words[at..]) else { break };
        at += group.words;
        match words.get(at) {
            // `một nghìn hai trăm tỷ`: all that stands before counts them.
            Some(Word::Scale(BILLION)) if billions == 0 => {
                at += 1;
                (billions, total, last) = (total.checked_add(group.value)?, 0, BILLION);
            }
            Some(Word::Scale(scale)) if *scale < last => {
                at += 1;
                total = total.checked_add(group.value.checked_mul(*scale)?)?;
                last = *scale;
            }
            Some(Word::Scale(_)) => return None,
            _ => {
                // A digit alone behind a scale may be of the next rank.
                if last != u64::MAX && group.value < 10 && !group.placed {
                    return None;
                }
                total = total.checked_add(group.value)?;
                break;
            }
        }
    }
    // A digit behind a whole number: digits read out one by one, or two numbers.
    if at == 0 || matches!(words.get(at), Some(Word::Digit(_) | Word::Ten | Word::Tens | Word::Hundred)) {
        return None;
    }
    Some((billions.checked_mul(BILLION)?.checked_add(total)?, at))
}

const BILLION: u64 = 1_000_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Word {
    /// `một` to `chín`, `không`.
    Digit(u64),
    /// `mười`.
    Ten,
    /// `mươi`.
    Tens,
    /// `trăm`.
    Hundred,
    /// `lẻ`, `linh`: no tens.
    NoTens,
    /// `nghìn`, `triệu`, `tỷ`.
    Scale(u64),
}

fn word(text: &str) -> Option<Word> {
    /// No word of a number has more bytes.
    const LONGEST: usize = 8;
    if text.len() > LONGEST {
        return None;
    }
    Some(match text.to_lowercase().as_str() {
        "không" => Word::Digit(0),
        "một" | "mốt" => Word::Digit(1),
        "hai" => Word::Digit(2),
        "ba" => Word::Digit(3),
        "bốn" | "tư" => Word::Digit(4),
        "năm" | "lăm" | "nhăm" => Word::Digit(5),
        "sáu" => Word::Digit(6),
        "bảy" | "bẩy" => Word::Digit(7),
        "tám" => Word::Digit(8),
        "chín" => Word::Digit(9),
        "mười" => Word::Ten,
        "mươi" => Word::Tens,
        "trăm" => Word::Hundred,
        "lẻ" | "linh" => Word::NoTens,
        "nghìn" | "ngàn" => Word::Scale(1_000),
        "triệu" => Word::Scale(1_000_000),
        "tỷ" | "tỉ" => Word::Scale(BILLION),
        _ => return None,
    })
}

/// A number below a thousand.
struct Group {
    value: u64,
    words: usize,
    /// Whether `trăm`, `mươi` or `lẻ` tell the rank of its last digit.
    placed: bool,
}

fn group(words: &[Word]) -> Option<Group> {
    let mut at = 0;
    let mut value = 0;
    let mut hundreds = false;
    if let [Word::Digit(digit), Word::Hundred, ..] = words {
        (value, at, hundreds) = (digit * 100, 2, true);
    }
    let (rest, read) = match &words[at..] {
        [Word::NoTens, Word::Digit(digit), ..] => (*digit, 2),
        [Word::Digit(tens), Word::Tens, Word::Digit(digit), ..]
            if !matches!(words.get(at + 3), Some(Word::Hundred)) =>
        {
            (tens * 10 + digit, 3)
        }
        [Word::Digit(tens), Word::Tens, ..] => (tens * 10, 2),
        [Word::Ten, Word::Digit(digit), ..] if !matches!(words.get(at + 2), Some(Word::Hundred)) => (10 + digit, 2),
        [Word::Ten, ..] => (10, 1),
        // `một trăm hai` is 120 or 102.
        [Word::Digit(_), ..] if hundreds => return None,
        [Word::Digit(digit), ..] => (*digit, 1),
        _ if hundreds => (0, 0),
        _ => return None,
    };
    value += rest;
    at += read;
    Some(Group { value, words: at, placed: hundreds || read > 1 || rest >= 10 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_said_in_full() {
        let value = |text| number_words(text).map(|(value, _)| value);
        for (text, right) in [
            ("không", 0),
            ("Ba", 3),
            ("mười lăm", 15),
            ("hai mươi mốt", 21),
            ("một trăm linh năm", 105),
            ("ba trăm", 300),
            ("Một nghìn không trăm lẻ năm", 1_005),
            ("một triệu năm mươi nghìn đồng chẵn", 1_050_000),
            ("hai nghìn tỷ đồng", 2_000 * BILLION),
            ("một nghìn hai trăm tỷ", 1_200 * BILLION),
            ("một tỷ hai trăm triệu", 1_200_000_000),
            ("mười hai tỷ, ba trăm bốn mươi lăm triệu, sáu trăm bảy mươi tám nghìn, chín trăm đồng", 12_345_678_900),
        ] {
            assert_eq!(value(text), Some(right), "{text}");
        }
    }

    #[test]
    fn reads_nothing_that_may_be_another_number() {
        for text in [
            "",
            "hộ",
            "hai không hai năm",
            "một trăm hai",
            "hai nghìn ba",
            "nghìn",
            "một triệu hai tỷ ba tỷ",
            "năm mươi mười",
        ] {
            assert_eq!(number_words(text), None, "{text}");
        }
    }

    #[test]
    fn stops_at_the_first_other_word() {
        assert_eq!(number_words("ba bộ hồ sơ"), Some((3, 1)));
        assert_eq!(number_words("hai mươi ngày"), Some((20, 2)));
    }
}
