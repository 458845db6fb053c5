use crate::{rules::Bar, text::Span};

/// Why a number gave no finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A date, or a code of three groups: `15/3/2020`.
    ThreeGroups,
    /// A month and year, or a number of a document and its year: `3/2020`.
    YearBehind,
    /// Zero or a decimal dot in a fraction.
    NoFraction,
    /// Capitals stand behind the stroke or letters behind the dash: the number of a document.
    Symbol,
    /// No number can be read.
    Unread,
    /// A letter or mark touches the number from before.
    Glued,
    /// The number is the marker of its line, or stands alone on it as a page number does.
    MarksLine,
    /// A long number with a zero before it: a code.
    Padded,
    /// The abbreviation of a kind of document stands before it.
    TypeSymbol(Span),
    /// Words of a rule stand before it.
    Before(Span, Bar),
    /// Words of a rule stand behind it.
    Behind(Span),
    /// A speed or a rate.
    Rate(Span),
    /// A word that is no measure touches it.
    WordTouches(Span),
    /// Hours, months or years that belong to the calendar or the clock.
    Calendar(Span),
    /// A decimal dot without a measure: a version.
    Version,
    /// A name in quotation marks.
    Quoted(Span),
    /// The words behind it refer (`mục VI`).
    Refers(Span),
    /// The words behind it go on with a name that the words before it opened.
    Named(Span),
    /// A day and a month.
    Holiday,
    /// A year with a noun behind it.
    Year,
    /// The words behind it are a category, and nothing says that it is counted.
    Category(Span),
    /// No unit and no counted thing stands behind it, and it is not the value of a label.
    NoUnit,
    /// The value is too large.
    TooLarge,
}
