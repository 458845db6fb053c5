//! Where the words of a text begin, and comparing them folded, without a copy.

use super::{Span, fold_char, letter};

/// Where the words of a span begin.
pub(crate) fn word_starts(text: &str, span: Span) -> impl Iterator<Item = usize> + '_ {
    let mut inside = false;
    span.of(text).char_indices().filter_map(move |(i, c)| {
        let word = letter::is_alphanumeric(c);
        let starts = word && !inside;
        inside = word;
        starts.then_some(span.start + i)
    })
}

/// Whether a word begins at a place: a letter or digit, and none before it.
pub(crate) fn begins_word(text: &str, at: usize) -> bool {
    text[at..].starts_with(letter::is_alphanumeric) && !text[..at].ends_with(letter::is_alphanumeric)
}

/// Whether the letters of a word, folded, open a text: `ngày` with `ngay`.
pub(crate) fn opens_with(text: &str, folded: &str) -> bool {
    let mut chars = text.chars();
    folded.chars().all(|wanted| chars.next().is_some_and(|c| fold_char(c) == wanted))
}

/// Whether the first word of a text is this one, folded.
pub(crate) fn first_word_is(text: &str, folded: &str) -> bool {
    let mut chars = text.chars();
    folded.chars().all(|wanted| chars.next().is_some_and(|c| fold_char(c) == wanted))
        && !chars.next().is_some_and(letter::is_alphanumeric)
}

/// Whether the skeleton of a text is this one.
pub(crate) fn is_skeleton(text: &str, skeleton: &str) -> bool {
    let mut wanted = skeleton.chars();
    let (mut gap, mut begun) = (false, false);
    for c in text.chars() {
        if !letter::is_alphanumeric(c) {
            gap = true;
            continue;
        }
        if gap && begun && wanted.next() != Some(' ') {
            return false;
        }
        if wanted.next() != Some(fold_char(c)) {
            return false;
        }
        (gap, begun) = (false, true);
    }
    wanted.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::{super::skeleton, *};
    use proptest::prelude::*;

    #[test]
    fn compares_words_folded() {
        assert!(opens_with("Ngày 5", "nga") && first_word_is("NGÀY 5", "ngay"));
        assert!(!first_word_is("ngày5", "ngay") && !first_word_is("ng", "ngay"));
        assert_eq!(word_starts("a bạ, c", Span::new(1, 9)).collect::<Vec<_>>(), [2, 8]);
    }

    proptest! {
        #[test]
        fn a_text_has_its_own_skeleton_and_no_other(a in "[ a,ạĐ1]{0,6}", b in "[ a,ạĐ1]{0,6}") {
            prop_assert!(is_skeleton(&a, &skeleton(&a)));
            prop_assert_eq!(is_skeleton(&a, &skeleton(&b)), skeleton(&a) == skeleton(&b));
        }
    }
}
