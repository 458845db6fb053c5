//! Words that need no cleaning, told without a copy.

/// Whether one space stands between the words of a text, none around them, and no byte is one of the marks.
///
/// Else cleaning would change the text, or may: other white space begins with bytes that are rare in words.
pub(super) fn is_plain(text: &str, is_mark: impl Fn(u8) -> bool) -> bool {
    let bytes = text.as_bytes();
    if bytes.first().is_none_or(|byte| *byte == b' ') || bytes.last() == Some(&b' ') {
        return false;
    }
    // No branches inside, so that a row of bytes is looked at as one.
    let is_odd = |byte: u8| (byte < 0x20) | (byte == 0xc2) | (byte == 0xe2) | (byte == 0xe3) | is_mark(byte);
    // U+1680, a space of Ogham, begins with bytes of its own.
    let is_gap = |a: u8, b: u8| ((a == b' ') & (b == b' ')) | ((a == 0xe1) & (b == 0x9a));
    let odd_row =
        |row: &[u8; ROW + 1]| (0..ROW).fold(false, |any, i| any | is_odd(row[i]) | is_gap(row[i], row[i + 1]));
    let row_at = |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk::<{ ROW + 1 }>());
    let odd = match bytes.last_chunk::<{ ROW + 1 }>() {
        // The last row lies in part over the one before it.
        Some(last) => odd_row(last) || (0..bytes.len() - ROW).step_by(ROW).filter_map(row_at).any(odd_row),
        None => {
            let mut row = [b'a'; ROW + 1];
            row[..bytes.len()].copy_from_slice(bytes);
            odd_row(&row)
        }
    };
    !odd && bytes.last().is_some_and(|last| !is_odd(*last))
}

/// How many bytes are looked at as one.
const ROW: usize = 16;

#[cfg(test)]
mod tests {
    use super::is_plain;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn plain_words_are_those_that_white_space_sets_apart(text in "[a ạ\u{a0}\u{1680}\u{3000}\u{2003}\n\t*ị–]{0,8}|[a ạ*\n]{14,40}") {
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
