//! Roman numerals, as they stand in headings.

/// The value of a Roman numeral in capitals, from I to XXXIX; `None` for anything else.
pub fn roman(text: &str) -> Option<u8> {
    let digit = |c| {
        Some(match c {
            'I' => 1u8,
            'V' => 5,
            'X' => 10,
            _ => return None,
        })
    };
    let values: Vec<u8> = text.chars().map(digit).collect::<Option<_>>()?;
    if values.is_empty() || values.len() > 8 {
        return None;
    }
    let mut total = 0;
    for (i, value) in values.iter().enumerate() {
        if values.get(i + 1).is_some_and(|next| next > value) {
            total -= i16::from(*value)
        } else {
            total += i16::from(*value)
        }
    }
    let total = u8::try_from(total).ok()?;
    (form(total).as_deref() == Some(text)).then_some(total)
}

/// The Roman numeral of a number from 1 to 39.
pub fn form(number: u8) -> Option<String> {
    if !(1..=39).contains(&number) {
        return None;
    }
    const ONES: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
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
        for wrong in ["", "IIII", "VX", "IIX", "A", "i"] {
            assert_eq!(roman(wrong), None, "{wrong}");
        }
    }
}
