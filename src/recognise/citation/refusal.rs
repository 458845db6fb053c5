use crate::{grammar::symbol, text::Span};

/// Why a place that was tried gave no citation (viện dẫn).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A letter, digit or decimal mark touches the serial from before.
    Glued,
    /// Citations are not looked for in the zone of this place.
    Zone,
    /// No number of a document stands here.
    NoNumber(symbol::Refusal),
    /// The number has no symbol, and no type word (or no `số`) stands before it.
    NoTypeWord,
    /// No type word and no `số` stand before the number, and no group of its symbol is a known abbreviation.
    UnknownSymbol(Span),
    /// A type word and a bare serial without `số`: only a few types have such nicknames (`Đề án 06`).
    NoNickname(Span),
    /// The digits behind the type word go on as another number or a share.
    GoesOn(Span),
    /// The digits behind the type word count what stands behind them.
    Counts(Span),
    /// Another word stands behind the serial than one that can go on from a name.
    RunsOn(Span),
    /// The word only begins like the name of an act.
    NotAnAct,
    /// The word of the act is in capitals: a heading.
    Capitals(Span),
    /// The word of the act is in small letters: prose.
    Small(Span),
    /// `này` stands behind the word: the document speaks of itself.
    Itself(Span),
    /// No capitalised name stands behind the word.
    NoName(Span),
    /// The word before belongs to another term: `pháp luật`.
    PartOfTerm(Span),
}
