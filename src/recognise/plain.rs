//! Words that need no cleaning, told without a copy.

/// How many words a text has, where one space stands between them, none around them, and no byte is one of the marks.
///
/// `None` where cleaning would change the text, or may: other white space begins with bytes that are rare in words.
pub(super) fn plain_words(text: &str, is_mark: impl Fn(u8) -> bool) -> Option<usize> {
    let (mut spaces, mut before) = (0, b' ');
    for &byte in text.as_bytes() {
        match byte {
            b' ' if before == b' ' => return None,
            b' ' => spaces += 1,
            0..0x20 | 0xc2 | 0xe2 | 0xe3 => return None,
            // U+1680, a space of Ogham.
            0x9a if before == 0xe1 => return None,
            _ if is_mark(byte) => return None,
            _ => {}
        }
        before = byte;
    }
    (before != b' ').then_some(spaces + 1)
}

#[cfg(test)]
mod tests {
    use super::plain_words;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_words_are_those_that_white_space_sets_apart(text in "[a ạ\u{a0}\u{1680}\u{3000}\u{2003}\n\t*ị–]{0,8}") {
            let words: Vec<&str> = text.split_whitespace().collect();
            match plain_words(&text, |byte| byte == b'*') {
                Some(count) => {
                    prop_assert_eq!(words.join(" "), &*text);
                    prop_assert_eq!(words.len(), count);
                    prop_assert!(!text.contains('*'));
                }
                None => prop_assert!(text.is_empty() || !text.chars().all(|c| matches!(c, 'a' | 'ạ' | 'ị'))),
            }
        }
    }
}
