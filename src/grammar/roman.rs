//! Roman numerals, as they stand in headings.

/// The ones of a numeral; ten of them are an `X` before the rest.
const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];

/// The value of a Roman numeral in capitals, from I to XXXIX; `None` for anything else.
pub fn roman(text: &str) -> Option<u8> {
    let rest = text.trim_start_matches('X');
    let tens = text.len() - rest.len();
    let ones = ONES.iter().position(|ones| *ones == rest)?;
    u8::try_from(tens * 10 + ones).ok().filter(|value| (1..=39).contains(value))
}

/// The Roman numeral of a number from 1 to 39.
pub fn form(number: u8) -> Option<String> {
    if !(1..=39).contains(&number) {
        return None;
    }
    Some("X".repeat(usize::from(number / 10)) + ONES[usize::from(number % 10)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_reads_back() {
        for number in 1..=39 {
            assert_eq!(form(number).and_then(|text| roman(&text)), Some(number));
        }
        assert_eq!(form(0), None);
        for wrong in ["", "IIII", "VX", "IIX", "XXXX", "IXX", "A", "i"] {
            assert_eq!(roman(wrong), None, "{wrong}");
        }
    }
}
