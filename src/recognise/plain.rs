//! Words that need no cleaning, told without a copy.

/// Whether one space stands between the words of a text, none around them, and no byte is one of the marks.
///
/// Else cleaning would change the text, or may: other white space begins with bytes that are rare in words.
pub(super) fn is_plain(text: &str, is_mark: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    if bytes.first().is_none_or(|byte| *byte == b' ') || bytes.last() == Some(&b' ') {
        return false;
    }
    // No branches inside, so that many bytes are looked at as one.
    let is_odd = |byte: u8| (byte < 0x20) | (byte == 0xc2) | (byte == 0xe2) | (byte == 0xe3) | is_mark(byte);
    // U+1680, a space of Ogham, begins with bytes of its own.
    let is_gap = |a: u8, b: u8| ((a == b' ') & (b == b' ')) | ((a == 0xe1) & (b == 0x9a));
    let odd = bytes.iter().fold(false, |any, byte| any | is_odd(*byte))
        | bytes.iter().zip(&bytes[1..]).fold(false, |any, (a, b)| any | is_gap(*a, *b));
    !odd
}

#[cfg(test)]
mod tests {
    use super::is_plain;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_words_are_those_that_white_space_sets_apart(text in "[a ạ\u{a0}\u{1680}\u{3000}\u{2003}\n\t*ị–]{0,8}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            if is_plain(&text, |byte| byte == b'*') {
                prop_assert_eq!(words.join(" "), &*text);
                prop_assert!(!text.contains('*'));
            } else {
                prop_assert!(text.is_empty() || !text.chars().all(|c| matches!(c, 'a' | 'ạ' | 'ị')));
            }
        }
    }
}
