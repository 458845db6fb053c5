use crate::text::Span;

/// Why a line that was tried gave no heading (đề mục).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Headings are not looked for in the zone of this line.
    Zone,
    /// The line lies in new wording that an amending act quotes.
    Quoted,
    /// The line is a row of a table.
    Row,
    /// The line is an item of a list without numbers.
    Bullet,
    /// Dots lead to a page number: a table of contents.
    Contents,
    /// No form of marker opens the line.
    NoMarker(MarkerRefusal),
    /// The marker is damaged, and its neighbours do not tell what it was.
    Damaged(Span),
    /// The line before left its sentence open.
    SentenceOpen(Span),
    /// The number is too far on in its row.
    Jumps(Span),
    /// The form needs the number before it in its row, or the first of a new row.
    OutOfSequence(Span),
}

/// Why no marker was read at the head of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerRefusal {
    /// Another form than those that are known.
    Unknown,
    /// Three digits or more, or more than four numbers.
    TooLong,
    /// A row does not begin with 0.
    Zero,
    /// No sign stands behind the number.
    NoSign,
    /// No title follows: fewer than two letters, or a mark.
    NoTitle,
    /// A small letter follows a number or sign that needs a capital.
    SmallLetter,
}
