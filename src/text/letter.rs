//! The classes and cases of characters, as the standard library has them, without its tables for the letters of
//! Vietnamese.
//!
//! The standard library looks any letter beyond ASCII up in compressed tables of all scripts. Nearly every such letter
//! here lies in one of two blocks, where arithmetic answers.

/// The same as [`char::is_alphanumeric`].
#[inline]
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphanumeric(),
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{1e00}'..='\u{1eff}' => true,
        '\u{80}'..='\u{a9}' | '\u{300}'..='\u{344}' | '\u{2000}'..='\u{206f}' | '\u{fff0}'..='\u{ffff}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// The same as [`char::is_alphabetic`].
#[inline]
pub fn is_alphabetic(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{c0}'..='\u{24f}' => !matches!(c, '×' | '÷'),
        '\u{1e00}'..='\u{1eff}' => true,
        '\u{80}'..='\u{a9}' | '\u{300}'..='\u{344}' | '\u{2000}'..='\u{206f}' | '\u{fff0}'..='\u{ffff}' => false,
        _ => c.is_alphabetic(),
    }
}

/// The same as [`char::is_uppercase`].
#[inline]
pub fn is_uppercase(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_uppercase(),
        '\u{c0}'..='\u{ff}' => c < 'ß' && c != '×',
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => true,
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => false,
        '\u{1ea0}'..='\u{1eff}' => u32::from(c) % 2 == 0,
        '\u{300}'..='\u{344}' | '\u{2010}'..='\u{2027}' => false,
        _ => c.is_uppercase(),
    }
}

/// The same as [`char::is_lowercase`].
#[inline]
pub fn is_lowercase(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_lowercase(),
        '\u{c0}'..='\u{ff}' => c >= 'ß' && c != '÷',
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => false,
        'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' => true,
        '\u{1ea0}'..='\u{1eff}' => u32::from(c) % 2 == 1,
        '\u{300}'..='\u{344}' | '\u{2010}'..='\u{2027}' => false,
        _ => c.is_lowercase(),
    }
}

/// The small letter of a character where that is one character; `None` where it is several.
#[inline]
pub fn to_lower(c: char) -> Option<char> {
    let moved = |by: u32| char::from_u32(u32::from(c) + by);
    match c {
        '\0'..='\u{7f}' => Some(c.to_ascii_lowercase()),
        '\u{c0}'..='\u{ff}' if c < 'ß' && c != '×' => moved(0x20),
        '\u{c0}'..='\u{ff}' | 'ă' | 'đ' | 'ĩ' | 'ũ' | 'ơ' | 'ư' | '\u{300}'..='\u{344}' => Some(c),
        'Ă' | 'Đ' | 'Ĩ' | 'Ũ' | 'Ơ' | 'Ư' => moved(1),
        '\u{1ea0}'..='\u{1eff}' => char::from_u32(u32::from(c) | 1),
        _ => {
            let mut all = c.to_lowercase();
            match (all.next(), all.next()) {
                (Some(one), None) => Some(one),
                _ => None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_standard_library_on_every_character() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_alphanumeric(c), c.is_alphanumeric(), "{c:?}");
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert_eq!(is_uppercase(c), c.is_uppercase(), "{c:?}");
            assert_eq!(is_lowercase(c), c.is_lowercase(), "{c:?}");
            let lower: Vec<char> = c.to_lowercase().collect();
            assert_eq!(to_lower(c), (lower.len() == 1).then(|| lower[0]), "{c:?}");
        }
    }
}
