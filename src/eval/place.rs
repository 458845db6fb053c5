//! Where a fact stands, for people: the line, and what it says there.

use crate::record::Span;

/// The lines of a text, to be found by code points.
#[derive(Debug)]
pub struct Lines<'t> {
    text: &'t str,
    /// Where each line begins: in code points and in bytes.
    starts: Vec<(usize, usize)>,
}

/// A place in its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The line, counted from 1.
    pub line: usize,
    /// What stands before the place in the line, cut.
    pub before: String,
    /// The place itself, as far as its first line goes.
    pub at: String,
    /// What stands after the place in the line, cut.
    pub after: String,
}

impl std::fmt::Display for Excerpt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}«{}»{}", self.before, self.at, self.after)
    }
}

impl<'t> Lines<'t> {
    /// The lines of `text`.
    pub fn new(text: &'t str) -> Self {
        let mut starts = vec![(0, 0)];
        for (point, (byte, c)) in text.char_indices().enumerate() {
            if c == '\n' {
                starts.push((point + 1, byte + 1));
            }
        }
        Lines { text, starts }
    }

    /// The line, counted from 1, on which a code point stands.
    pub fn number(&self, point: usize) -> usize {
        self.starts.partition_point(|start| start.0 <= point)
    }

    /// The byte at which a code point begins; the end of the text for the one past the last.
    pub(super) fn byte(&self, point: usize) -> Option<usize> {
        let (first, byte) = *self.starts.get(self.number(point).checked_sub(1)?)?;
        let ends = [(self.text.len() - byte, '\0')];
        self.text[byte..].char_indices().chain(ends).nth(point - first).map(|(at, _)| byte + at)
    }

    /// The place in its line, with at most `context` code points of the line on either side.
    ///
    /// ```
    /// use trich::{eval::Lines, record::Span};
    /// let text = "Mở đầu\nToàn xã có 12 hộ nghèo.";
    /// let excerpt = Lines::new(text).excerpt(Span { start: 18, end: 20 }, 7);
    /// assert_eq!((excerpt.line, excerpt.to_string().as_str()), (2, "… xã có «12» hộ ngh…"));
    /// ```
    pub fn excerpt(&self, span: Span, context: usize) -> Excerpt {
        let line = self.number(span.start);
        let (point, byte) = self.starts.get(line.saturating_sub(1)).copied().unwrap_or_default();
        let said = self.text.get(byte..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let start = boundary(said, span.start.saturating_sub(point));
        let end = start + boundary(&said[start..], span.end.saturating_sub(span.start));
        let (before, at, after) = (&said[..start], &said[start..end], &said[end..]);
        let back = before.chars().count().saturating_sub(context);
        let cut = boundary(before, back);
        let keep = boundary(after, context);
        Excerpt {
            line,
            before: if back > 0 { format!("…{}", &before[cut..]) } else { before.trim_start().to_owned() },
            at: at.to_owned(),
            after: if keep < after.len() { format!("{}…", &after[..keep]) } else { after.trim_end().to_owned() },
        }
    }
}

/// The byte at which the `n`th code point begins, or the end.
fn boundary(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(byte, _)| byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_place_over_two_lines_is_cut_at_the_first() {
        let text = "một\r\nhai ba\r\nbốn";
        let excerpt = Lines::new(text).excerpt(Span { start: 9, end: 16 }, 20);
        assert_eq!((excerpt.line, excerpt.before.as_str(), excerpt.at.as_str()), (2, "hai ", "ba"));
    }

    proptest! {
        #[test]
        fn any_span_has_an_excerpt(text in "[aạ \n\r]{0,40}", start in 0usize..60, len in 0usize..60, context in 0usize..9) {
            let lines = Lines::new(&text);
            let excerpt = lines.excerpt(Span { start, end: start + len }, context);
            prop_assert!(excerpt.line >= 1 && excerpt.line <= text.matches('\n').count() + 1);
            prop_assert!(excerpt.at.chars().count() <= len);
            prop_assert!(excerpt.before.chars().count() <= context + 1);
        }
    }
}
