//! Numbers as Vietnamese writes them: dot for thousands, comma for decimals.

use rust_decimal::Decimal;

/// How a number was written, as far as it bears on what it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Digits alone: `18`, `05`, `2021`.
    Plain,
    /// With thousands set apart: `13.350`.
    Grouped,
    /// With a decimal comma: `706,48`, `1.234,5`.
    Comma,
    /// With a decimal dot, as English has it: `3.3`. A version or a heading looks the same.
    Dot,
}

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// Its value.
    pub value: Decimal,
    /// One past its last byte.
    pub end: usize,
    /// How it was written.
    pub form: Form,
    /// How many digits stand before the first separator.
    pub lead: usize,
    /// Whether a zero opens it: `05`.
    pub padded: bool,
    /// Whether a letter was read as a digit, or a stray space was overlooked.
    pub repaired: bool,
}

/// The most digits that a number may have; longer runs are codes.
const MOST_DIGITS: usize = 18;

/// The number that begins at `at`. `None` if none does, or if what stands there is a date, a version, a code.
///
/// ```
/// use trich::grammar::number::number;
/// let read = |text: &str| number(text, 0).map(|n| n.value.to_string());
/// assert_eq!(read("13.350 người"), Some("13350".to_owned()));
/// assert_eq!(read("1.234.567,89"), Some("1234567.89".to_owned()));
/// assert_eq!(read("28.12.2018"), None);
/// ```
pub fn number(text: &str, at: usize) -> Option<Number> {
    let bytes = text.as_bytes();
    plain(bytes, at).or_else(|| marked(bytes, at))
}

/// The number that begins at `at`, whatever marks stand in it.
fn marked(bytes: &[u8], at: usize) -> Option<Number> {
    let mut digits = Digits::default();
    let mut end = digits.run(bytes, at)?;
    let lead = end - at;
    let padded = digits.padded && lead > 1;
    let mut form = Form::Plain;
    let mut repaired = digits.repaired;

    // Thousands: groups of three, all set apart in one way.
    let separator = bytes.get(end).copied().unwrap_or(0);
    if (1..=3).contains(&lead) && !padded && matches!(separator, b'.' | b',' | b' ') {
        let whole = digits.clone();
        let mut groups = 0;
        let mut next = end;
        while let Some(after) = group(bytes, next, separator, groups, &mut repaired) {
            digits.run(bytes, after - 3)?;
            next = after;
            groups += 1;
        }
        // One group after a space or a comma could be two numbers or a fraction; two could not.
        let certain = match separator {
            b'.' => groups > 0,
            b',' | b' ' => groups > 1,
            _ => false,
        };
        if certain {
            end = next;
            form = Form::Grouped;
        } else {
            digits = Digits { repaired: digits.repaired, ..whole };
        }
    }
    let mark = bytes.get(end).copied().unwrap_or(0);
    let digit_after = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut scale = 0;
    if (mark == b',' || (mark == b'.' && form == Form::Plain)) && digit_after(end + 1) {
        let from = digits.len;
        let after = digits.run(bytes, end + 1)?;
        scale = u32::try_from(digits.len - from).ok()?;
        if mark == b'.' && scale > 2 {
            return None;
        }
        form = if mark == b',' { Form::Comma } else { Form::Dot };
        end = after;
    }
    // A further separator with a digit behind it: a date, a time, a version, a telephone number.
    if matches!(bytes.get(end), Some(b'.' | b',' | b':')) && digit_after(end + 1) {
        return None;
    }
    let mut value = Decimal::from(digits.value);
    value.set_scale(scale).ok()?;
    Some(Number { value, end, form, lead, padded, repaired: repaired || digits.repaired })
}

/// The number that is digits alone, or those and one or two decimals, as most are: nothing behind it can belong to it.
fn plain(bytes: &[u8], at: usize) -> Option<Number> {
    let digits_from = |at: usize| {
        bytes.get(at..).unwrap_or_default().iter().take(MOST_DIGITS).take_while(|b| b.is_ascii_digit()).count()
    };
    let lead = digits_from(at);
    let decimals = if bytes.get(at + lead) == Some(&b',') { digits_from(at + lead + 1) } else { 0 };
    let end = if decimals > 0 { at + lead + 1 + decimals } else { at + lead };
    let digit_behind = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let open = match bytes.get(end) {
        Some(b'.' | b',' | b':') => digit_behind,
        Some(b' ') => digit_behind && lead <= 3,
        Some(b'l' | b'I' | b'O' | b'0'..=b'9') => true,
        _ => false,
    };
    if open || lead == 0 || decimals > 2 || lead + decimals > MOST_DIGITS {
        return None;
    }
    let digits = bytes[at..end].iter().filter(|byte| **byte != b',');
    let value: i64 = digits.fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    let mut value = Decimal::from(value);
    value.set_scale(decimals as u32).ok()?;
    let form = if decimals > 0 { Form::Comma } else { Form::Plain };
    Some(Number { value, end, form, lead, padded: bytes[at] == b'0' && lead > 1, repaired: false })
}

/// The end of the group of three digits that a separator at `at` sets apart.
fn group(bytes: &[u8], at: usize, separator: u8, groups: usize, repaired: &mut bool) -> Option<usize> {
    if bytes.get(at) != Some(&separator) {
        return None;
    }
    let mut from = at + 1;
    // `1.725. 280`: a space that slipped in behind the dot, once the grouping is plain.
    let slipped = separator == b'.' && groups > 0 && bytes.get(from) == Some(&b' ');
    if slipped {
        from += 1;
    }
    let three = bytes.get(from..from + 3)?;
    if !three.iter().all(u8::is_ascii_digit) || bytes.get(from + 3).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    *repaired |= slipped;
    Some(from + 3)
}

/// Digits read so far.
#[derive(Clone, Default)]
struct Digits {
    value: i64,
    len: usize,
    /// Whether the first is a zero.
    padded: bool,
    repaired: bool,
}

impl Digits {
    /// Reads a run of digits that begins at `at`, and says where it ends. A letter that OCR puts for a digit is one
    /// where a digit stands beside it and no other letter does.
    fn run(&mut self, bytes: &[u8], at: usize) -> Option<usize> {
        let mut end = at;
        while let Some(&byte) = bytes.get(end) {
            let digit = match byte {
                b'0'..=b'9' => byte,
                b'l' | b'I' | b'O' if mended(bytes, end) => {
                    self.repaired = true;
                    if byte == b'O' { b'0' } else { b'1' }
                }
                _ => break,
            };
            if self.len == MOST_DIGITS {
                return None;
            }
            self.padded |= self.len == 0 && digit == b'0';
            self.value = self.value * 10 + i64::from(digit - b'0');
            self.len += 1;
            end += 1;
        }
        (end > at).then_some(end)
    }
}

/// Whether the letter at `at` is a misread digit: what looks like a digit reaches from it to a digit on one side, and
/// no letter touches the whole.
fn mended(bytes: &[u8], at: usize) -> bool {
    let like = |b: &u8| b.is_ascii_digit() || matches!(b, b'l' | b'I' | b'O');
    let before = bytes[..at].iter().rev().take(4).take_while(|b| like(b)).count();
    let after = bytes[at + 1..].iter().take(4).take_while(|b| like(b)).count();
    let (start, end) = (at - before, at + 1 + after);
    let letter =
        |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80 || matches!(b, b'.' | b'-' | b'/'));
    let outer = start.checked_sub(1).and_then(|i| bytes.get(i));
    // At the end `l` is as well a litre: there only `O` is certain.
    let closed = bytes[at] == b'O' || after > 0;
    let digits = bytes[start..end].iter().filter(|b| b.is_ascii_digit()).count();
    closed && digits > 0 && !letter(outer) && !bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80)
}

/// Where the number that holds the digit at `digit` begins: there, or at a misread letter before it.
pub fn start(text: &str, digit: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = digit;
    while at > 0 && digit - at < 3 && matches!(bytes[at - 1], b'l' | b'I' | b'O') && mended(bytes, at - 1) {
        at -= 1;
    }
    at
}

/// The end of the run of digits and the marks between digits that begins at `at`: what is passed over when it is no
/// number.
pub fn run_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        let joins = matches!(byte, b'.' | b',' | b':' | b'/') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(byte.is_ascii_digit() || joins) {
            break;
        }
        end += 1;
    }
    end.max(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Option<(String, usize)> {
        number(text, 0).map(|n| (n.value.to_string(), n.end))
    }

    fn some(value: &str, end: usize) -> Option<(String, usize)> {
        Some((value.to_owned(), end))
    }

    #[test]
    fn reads_the_usual_forms() {
        assert_eq!(read("18 hộ"), some("18", 2));
        assert_eq!(read("05"), some("5", 2));
        assert_eq!(read("13.350 người"), some("13350", 6));
        assert_eq!(read("2.184.631.926 đồng"), some("2184631926", 13));
        assert_eq!(read("706,48 ha"), some("706.48", 6));
        assert_eq!(read("1.234.567,89"), some("1234567.89", 12));
        assert_eq!(read("3.3%"), some("3.3", 3));
        assert_eq!(read("0,125"), some("0.125", 5));
        assert_eq!(read("15. Tiếp"), some("15", 2));
    }

    #[test]
    fn reads_a_spaced_or_english_grouping_only_when_it_is_certain() {
        assert_eq!(read("74 700 000 đồng"), some("74700000", 10));
        assert_eq!(read("74 700 đồng"), some("74", 2));
        assert_eq!(read("1.725. 280 đồng"), some("1725280", 10));
        assert_eq!(read("2.951.725. 280 đồng"), some("2951725280", 14));
        assert_eq!(read("1,184,631 đồng"), some("1184631", 9));
        assert_eq!(read("1,184 tấn"), some("1.184", 5));
    }

    #[test]
    fn mends_a_letter_beside_a_digit_and_no_other() {
        assert_eq!(read("l00%"), some("100", 3));
        assert_eq!(read("1O%"), some("10", 2));
        assert_eq!(read("2l5 hộ"), some("215", 3));
        assert!(number("l00%", 0).is_some_and(|n| n.repaired));
        assert_eq!(read("10l dầu"), some("10", 2));
        assert_eq!(read("II"), None);
        assert_eq!(start("l00%", 1), 0);
        assert_eq!(start("Ml2", 2), 2);
    }

    #[test]
    fn leaves_dates_times_and_codes() {
        for text in ["28.12.2018", "0257.3841.277", "14:30", "9001:2015", "1.2.1", "1.2345"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(run_end("28.12.2018 10", 0), 10);
    }

    /// A whole number with dots at the thousands.
    fn grouped(value: u64) -> String {
        let plain = value.to_string();
        let mut out = String::new();
        for (i, c) in plain.chars().enumerate() {
            if i > 0 && (plain.len() - i).is_multiple_of(3) {
                out.push('.');
            }
            out.push(c);
        }
        out
    }

    proptest! {
        #[test]
        fn plain_digits_read_as_any_number_does(text in "[0-9]{1,20}[ .,:lIO%a0-9]{0,9}") {
            if let Some(quick) = plain(text.as_bytes(), 0) {
                prop_assert_eq!(marked(text.as_bytes(), 0), Some(quick), "{}", text);
            }
        }

        #[test]
        fn a_formatted_number_reads_back(whole in 0u64..10_000_000_000_000, decimals in proptest::option::of(1u32..999)) {
            let mut text = grouped(whole);
            let mut value = whole.to_string();
            if let Some(decimals) = decimals {
                text.push_str(&format!(",{decimals}"));
                value.push_str(&format!(".{decimals}"));
            }
            let read = number(&text, 0);
            prop_assert_eq!(read.map(|n| n.value.to_string()), Some(value));
            prop_assert_eq!(read.map(|n| n.end), Some(text.len()));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "[0-9lIO., /:%ađ-]{0,24}") {
            for (at, _) in text.char_indices() {
                if let Some(read) = number(&text, at) {
                    prop_assert!(read.end > at && text.is_char_boundary(read.end));
                }
            }
        }
    }
}
