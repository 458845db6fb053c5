//! The syntax of a phrase: `{so:number} điểm cầu [tại {noi:name}]` read into elements, or refused with the mend.
//!
//! Shared by the build script, so it names nothing of the crate.

use std::{collections::HashSet, iter::Peekable, str::Chars};

/// A typed reader with a place in a phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// A number as Vietnamese writes it: `13.350`, `706,48`.
    Number,
    /// A whole number: `1.250`.
    Integer,
    /// A day of the month.
    Day,
    /// A month.
    Month,
    /// A year of four digits.
    Year,
    /// A date: `12/3/2023`, `ngày 12 tháng 3 năm 2023`.
    Date,
    /// A Roman numeral in capitals.
    Roman,
    /// One letter.
    Letter,
    /// The symbol of a document: `KH-UBND`.
    Symbol,
    /// The number and symbol of a document: `15/KH-UBND`.
    Document,
    /// One word.
    Word,
    /// One to six words, up to the next literal.
    Words,
    /// Capitalised words.
    Name,
    /// All up to the next literal or the end of the clause.
    Clause,
}

impl Slot {
    /// Every slot with its name in a pattern.
    pub const ALL: [(&'static str, Slot); 14] = [
        ("number", Slot::Number),
        ("integer", Slot::Integer),
        ("day", Slot::Day),
        ("month", Slot::Month),
        ("year", Slot::Year),
        ("date", Slot::Date),
        ("roman", Slot::Roman),
        ("letter", Slot::Letter),
        ("symbol", Slot::Symbol),
        ("document", Slot::Document),
        ("word", Slot::Word),
        ("words", Slot::Words),
        ("name", Slot::Name),
        ("clause", Slot::Clause),
    ];

    fn named(name: &str) -> Option<Slot> {
        Slot::ALL.iter().find(|(known, _)| *known == name).map(|(_, slot)| *slot)
    }

    /// Whether what it reads begins with a digit, so that it can open a phrase.
    pub fn opens_with_digit(self) -> bool {
        use Slot::{Date, Day, Document, Integer, Month, Number, Year};
        matches!(self, Number | Integer | Day | Month | Year | Date | Document)
    }

    /// Whether it reads on until what follows it in the pattern stands in the text.
    pub fn is_open_ended(self) -> bool {
        matches!(self, Slot::Words | Slot::Clause)
    }
}

/// One element of a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// Letters and punctuation, as written in the pattern.
    Literal(String),
    /// White space, with at most one line break.
    Gap,
    /// White space or none.
    MaybeGap,
    /// A slot with the name of its field.
    Slot {
        /// The name of the field.
        name: String,
        /// The reader.
        slot: Slot,
    },
    /// One of several; each holds literals and gaps alone.
    Either(Vec<Vec<Element>>),
    /// Elements that may be missing all together; never nested.
    Optional(Vec<Element>),
}

/// Why a pattern is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The character, counted from 1.
    pub at: usize,
    /// What is wrong, and the mend.
    pub reason: String,
}

impl std::fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "at character {}: {}", self.at, self.reason)
    }
}

impl std::error::Error for SyntaxError {}

/// The most characters of a pattern.
const LONGEST: usize = 500;

/// Reads a pattern.
pub fn parse(pattern: &str) -> Result<Vec<Element>, SyntaxError> {
    let mut parser = Parser { chars: pattern.chars().peekable(), at: 0, names: HashSet::new() };
    if pattern.chars().count() > LONGEST {
        return refuse(
            LONGEST + 1,
            format!("the pattern is longer than {LONGEST} characters; cut it into two patterns"),
        );
    }
    let elements = parser.sequence(None)?;
    match elements.iter().map(|(element, at)| (element, *at)).next() {
        None => return refuse(1, "the pattern is empty; write the words to be read"),
        Some((Element::Optional(_), at)) => {
            return refuse(
                at,
                "a pattern cannot begin with an optional part; begin with a word or a slot that is always there",
            );
        }
        Some((Element::MaybeGap, at)) => {
            return refuse(
                at,
                "a pattern cannot begin with `_`; begin with a word, or write `\\_` for the character itself",
            );
        }
        Some((Element::Slot { slot, .. }, at)) if !slot.opens_with_digit() => {
            return refuse(
                at,
                "a pattern cannot begin with this slot, for every word of the text would have to be tried; put a word before \
                 it, or begin with number, integer, day, month, year, date or document",
            );
        }
        Some(_) => {}
    }
    follows(&elements)?;
    Ok(elements.into_iter().map(|(element, _)| element).collect())
}

fn refuse<T>(at: usize, reason: impl Into<String>) -> Result<T, SyntaxError> {
    Err(SyntaxError { at, reason: reason.into() })
}

type Placed = (Element, usize);

struct Parser<'p> {
    chars: Peekable<Chars<'p>>,
    /// The characters read so far, so that the next one is number `at + 1`.
    at: usize,
    names: HashSet<String>,
}

impl Parser<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.chars.next()?;
        self.at += 1;
        Some(c)
    }

    /// Elements up to the end, or up to the `]` that closes the bracket opened at character `opened`.
    fn sequence(&mut self, opened: Option<usize>) -> Result<Vec<Placed>, SyntaxError> {
        let mut out: Vec<Placed> = Vec::new();
        while let Some(c) = self.next() {
            let at = self.at;
            match c {
                c if c.is_whitespace() => gap(&mut out, at),
                '_' => out.push((Element::MaybeGap, at)),
                '{' => out.push((self.slot(at)?, at)),
                '(' => out.push((self.either(at)?, at)),
                '[' if opened.is_some() => {
                    return refuse(at, "an optional part cannot hold another; write the two one after the other");
                }
                '[' => {
                    let inner: Vec<Placed> = self.sequence(Some(at))?;
                    optional(&mut out, inner, at)?;
                }
                ']' if opened.is_some() => return Ok(out),
                '}' | ')' | ']' | '|' => return refuse(at, stray(c)),
                c => literal(&mut out, self.character(c)?, at),
            }
        }
        if let Some(opened) = opened {
            return refuse(opened, "this `[` is not closed; write `]` after the optional part");
        }
        if matches!(out.last(), Some((Element::Gap, _))) {
            out.pop();
        }
        Ok(out)
    }

    /// A character that stands for itself, `\` read.
    fn character(&mut self, c: char) -> Result<char, SyntaxError> {
        let invisible =
            |c: char| c.is_control() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
        if invisible(c) {
            return refuse(self.at, format!("an invisible character (U+{:04X}); delete it", u32::from(c)));
        }
        if c != '\\' {
            return Ok(c);
        }
        match self.next() {
            Some(c @ ('{' | '}' | '[' | ']' | '(' | ')' | '|' | '_' | '\\')) => Ok(c),
            _ => refuse(self.at, "`\\` makes one of { } [ ] ( ) | _ \\ stand for itself; write one of them after it"),
        }
    }

    /// The slot whose `{` is character `opened`.
    fn slot(&mut self, opened: usize) -> Result<Element, SyntaxError> {
        let mut inside = String::new();
        loop {
            match self.next() {
                Some('}') => break,
                Some('{' | '[') | None => {
                    return refuse(opened, "this `{` is not closed; write `{slot}` or `{name:slot}`");
                }
                Some(c) => inside.push(c),
            }
        }
        let (name, slot) = inside.split_once(':').unwrap_or((&inside, &inside));
        let (name, slot) = (name.trim(), slot.trim());
        let Some(known) = Slot::named(slot) else {
            let all = Slot::ALL.map(|(name, _)| name).join(", ");
            return refuse(opened, format!("there is no slot `{slot}`; it may be {all}"));
        };
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
            return refuse(
                opened,
                format!("the name `{name}` may hold only a-z, 0-9 and `_`, as in `{{so_luong:{slot}}}`"),
            );
        }
        if !self.names.insert(name.to_owned()) {
            return refuse(
                opened,
                format!("the name `{name}` stands twice; give each slot its own, as in `{{{name}_2:{slot}}}`"),
            );
        }
        Ok(Element::Slot { name: name.to_owned(), slot: known })
    }

    /// The alternatives whose `(` is character `opened`.
    fn either(&mut self, opened: usize) -> Result<Element, SyntaxError> {
        let mut all: Vec<Vec<Placed>> = vec![Vec::new()];
        loop {
            let Some(c) = self.next() else {
                return refuse(opened, "this `(` is not closed; write `(one|other)`, or `\\(` for the bracket itself");
            };
            let at = self.at;
            let Some(last) = all.last_mut() else { break };
            match c {
                '|' | ')' => {
                    if matches!(last.last(), Some((Element::Gap, _))) {
                        last.pop();
                    }
                    if last.is_empty() {
                        return refuse(at, "an alternative is empty; to make words optional write `[…]` around them");
                    }
                    if c == ')' {
                        break;
                    }
                    all.push(Vec::new());
                }
                '{' | '[' | '(' | '}' | ']' => {
                    return refuse(
                        at,
                        format!("alternatives hold words alone, and `{c}` is none; write two patterns instead"),
                    );
                }
                c if c.is_whitespace() => gap(last, at),
                '_' => last.push((Element::MaybeGap, at)),
                c => literal(last, self.character(c)?, at),
            }
        }
        if all.len() == 1 {
            return refuse(
                opened,
                "`(…)` holds one alternative; add another after `|`, or write `\\(` and `\\)` for the brackets themselves",
            );
        }
        if all.iter().any(|words| !matches!(words.first(), Some((Element::Literal(_), _)))) {
            return refuse(opened, "an alternative begins with `_`; begin it with a word");
        }
        Ok(Element::Either(all.into_iter().map(|words| words.into_iter().map(|(word, _)| word).collect()).collect()))
    }
}

fn stray(c: char) -> String {
    match c {
        '|' => {
            "`|` stands outside of `(…|…)`; put the alternatives in brackets, or write `\\|` for the character itself"
                .to_owned()
        }
        c => format!("`{c}` closes nothing; open it, or write `\\{c}` for the character itself"),
    }
}

/// Adds white space, unless there is some already, or nothing before it.
fn gap(out: &mut Vec<Placed>, at: usize) {
    if !out.is_empty() && !matches!(out.last(), Some((Element::Gap | Element::MaybeGap, _))) {
        out.push((Element::Gap, at));
    }
}

fn literal(out: &mut Vec<Placed>, c: char, at: usize) {
    match out.last_mut() {
        Some((Element::Literal(text), _)) => text.push(c),
        _ => out.push((Element::Literal(c.to_string()), at)),
    }
}

/// Adds an optional part. The space before it goes with it, so that `a [b] c` reads `a c` as well.
fn optional(out: &mut Vec<Placed>, mut inner: Vec<Placed>, at: usize) -> Result<(), SyntaxError> {
    if inner.is_empty() || inner.iter().all(|(e, _)| matches!(e, Element::Gap | Element::MaybeGap)) {
        return refuse(at, "an optional part is empty; write the words that may be missing between `[` and `]`");
    }
    let closes = matches!(inner.last(), Some((Element::Gap, _)));
    let space = out.pop_if(|(before, _)| !closes && *before == Element::Gap);
    inner.splice(0..0, space);
    out.push((Element::Optional(inner.into_iter().map(|(element, _)| element).collect()), at));
    Ok(())
}

/// Refuses an open-ended slot that nothing recognisable follows.
fn follows(elements: &[Placed]) -> Result<(), SyntaxError> {
    let bare: Vec<&Element> = elements.iter().map(|(element, _)| element).collect();
    let endless = |element: &Element, rest: &mut dyn Iterator<Item = &Element>| {
        matches!(element, Element::Slot { slot, .. } if slot.is_open_ended()) && heads(rest).contains(&Head::Other)
    };
    for (i, (element, at)) in elements.iter().enumerate() {
        let rest = || bare[i + 1..].iter().copied();
        let inner: &[Element] = if let Element::Optional(inner) = element { inner } else { &[] };
        if endless(element, &mut rest())
            || inner.iter().enumerate().any(|(k, e)| endless(e, &mut inner[k + 1..].iter().chain(rest())))
        {
            let reason =
                "nothing says where this slot ends, for a slot without digits follows it; put a word between the two";
            return refuse(*at, reason);
        }
    }
    Ok(())
}

/// What may stand right after an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head<'e> {
    /// These literals and gaps, and the slot of digits after them.
    Words(Vec<&'e Element>),
    /// A digit.
    Digit,
    /// A slot that may begin with anything.
    Other,
}

/// What may stand right after an element, given the elements that follow it.
pub fn heads<'e>(rest: impl Iterator<Item = &'e Element>) -> Vec<Head<'e>> {
    let mut out = Vec::new();
    let mut words: Vec<&'e Element> = Vec::new();
    for element in rest {
        match element {
            Element::Gap | Element::MaybeGap if words.is_empty() => {}
            Element::Gap | Element::MaybeGap | Element::Literal(_) => words.push(element),
            Element::Slot { slot, .. } if !words.is_empty() && slot.opens_with_digit() => {
                words.push(element);
                break;
            }
            _ if !words.is_empty() => break,
            Element::Slot { slot, .. } => {
                out.push(if slot.opens_with_digit() { Head::Digit } else { Head::Other });
                return out;
            }
            Element::Either(all) => {
                out.extend(all.iter().map(|one| Head::Words(one.iter().collect())));
                return out;
            }
            Element::Optional(inner) => out.extend(heads(inner.iter())),
        }
    }
    if !words.is_empty() {
        out.push(Head::Words(words));
    }
    out
}
