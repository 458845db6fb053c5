//! The numbers and bullets that Word sets before paragraphs: no characters of the file, but counted while reading.

use super::face::Face;
use std::collections::{HashMap, HashSet};

/// The levels of a list.
pub(in crate::source) const LEVELS: usize = 9;
/// Roman numerals and letters beyond this are written as digits: a hostile file could ask for a million letters.
const MOST_SPELT: u32 = 5000;

/// How a counter is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::source) enum Style {
    /// `1`, `2`.
    #[default]
    Decimal,
    /// `01`, `02`.
    DecimalZero,
    /// `I`, `II`.
    UpperRoman,
    /// `i`, `ii`.
    LowerRoman,
    /// `A`, `B` … `Z`, `AA`.
    UpperLetter,
    /// `a`, `b` … `z`, `aa`.
    LowerLetter,
    /// No counter: the text stands alone.
    Bullet,
    /// Nothing at all.
    Nothing,
}

impl Style {
    /// By the number that binary files and RTF know it by (`nfc`).
    pub(in crate::source) fn of_code(code: u8) -> Style {
        match code {
            1 => Style::UpperRoman,
            2 => Style::LowerRoman,
            3 => Style::UpperLetter,
            4 => Style::LowerLetter,
            22 => Style::DecimalZero,
            23 => Style::Bullet,
            255 => Style::Nothing,
            _ => Style::Decimal,
        }
    }

    /// A count in this style.
    pub(in crate::source) fn write(self, count: u32) -> String {
        match self {
            Style::Decimal => count.to_string(),
            Style::DecimalZero => format!("{count:02}"),
            Style::UpperRoman => roman(count),
            Style::LowerRoman => roman(count).to_lowercase(),
            Style::UpperLetter => letters(count),
            Style::LowerLetter => letters(count).to_lowercase(),
            Style::Bullet | Style::Nothing => String::new(),
        }
    }
}

/// A part of a level's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::source) enum Piece {
    /// Characters as they are.
    Chars(String),
    /// The counter of a level.
    Counter(usize),
}

/// What stands between a number and the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::source) enum Parting {
    /// A tab; written as a space, as a tab would set columns apart.
    #[default]
    Tab,
    /// A space.
    Space,
    /// Nothing.
    Nothing,
}

impl Parting {
    /// The characters of it.
    pub(in crate::source) fn as_str(self) -> &'static str {
        match self {
            Parting::Tab | Parting::Space => " ",
            Parting::Nothing => "",
        }
    }
}

/// One level of a list.
#[derive(Clone, Debug)]
pub(in crate::source) struct Level {
    /// Its first number.
    pub(in crate::source) start: u32,
    /// How it is counted.
    pub(in crate::source) style: Style,
    /// What is written: `Điều`, the counter, `.`.
    pub(in crate::source) text: Vec<Piece>,
    /// What follows.
    pub(in crate::source) parting: Parting,
    /// How many of the outer levels begin it anew; all of them if nothing is said.
    pub(in crate::source) restart: Option<usize>,
    /// Whether all counters are written in digits, whatever their own style.
    pub(in crate::source) legal: bool,
    /// The font of the number, where the level has its own.
    pub(in crate::source) face: Option<Face>,
}

impl Default for Level {
    fn default() -> Self {
        Level {
            start: 1,
            style: Style::Decimal,
            text: Vec::new(),
            parting: Parting::Tab,
            restart: None,
            legal: false,
            face: None,
        }
    }
}

/// The counters of all lists of a file.
#[derive(Debug, Default)]
pub(in crate::source) struct Counters {
    lists: HashMap<i64, [Option<u32>; LEVELS]>,
    restarted: HashSet<(i64, usize)>,
}

impl Counters {
    /// The number of the next paragraph on `level` of a list. `list` is what shares counters, `instance` a use of it that
    /// may begin some levels anew, at the numbers that `restarts` gives for them.
    pub(in crate::source) fn next(
        &mut self,
        list: i64,
        instance: i64,
        levels: &[Level],
        level: usize,
        restarts: &[Option<u32>],
    ) -> String {
        let Some(own) = levels.get(level).filter(|_| level < LEVELS) else { return String::new() };
        let counts = self.lists.entry(list).or_default();
        let mut start = own.start;
        if let Some(first) = restarts.get(level).copied().flatten() {
            start = first;
            if self.restarted.insert((instance, level)) {
                counts[level] = None;
            }
        }
        counts[level] = Some(counts[level].map_or(start, |count| count.saturating_add(1)));
        for (inner, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restarting = levels.get(inner).and_then(|level| level.restart).unwrap_or(inner);
            if level < restarting {
                *count = None;
            }
        }
        let mut written = String::new();
        for piece in &own.text {
            match piece {
                Piece::Chars(chars) => written.push_str(chars),
                Piece::Counter(of) => {
                    let Some(counted) = levels.get(*of).filter(|_| *of < LEVELS) else { continue };
                    let style = match (own.legal, counted.style) {
                        (true, Style::Bullet | Style::Nothing) | (false, _) => counted.style,
                        (true, _) => Style::Decimal,
                    };
                    let first = restarts.get(*of).copied().flatten().unwrap_or(counted.start);
                    written.push_str(&style.write(counts[*of].unwrap_or(first)));
                }
            }
        }
        written
    }
}

fn roman(count: u32) -> String {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if count == 0 || count > MOST_SPELT {
        return count.to_string();
    }
    let mut rest = count;
    let mut written = String::new();
    for (value, part) in PARTS {
        while rest >= value {
            written.push_str(part);
            rest -= value;
        }
    }
    written
}

/// `A` to `Z`, then `AA`, `BB` …: Word repeats the letter.
fn letters(count: u32) -> String {
    if count == 0 || count > MOST_SPELT {
        return count.to_string();
    }
    let letter = char::from(b'A' + ((count - 1) % 26) as u8);
    std::iter::repeat_n(letter, (count as usize - 1) / 26 + 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(style: Style, text: &[Piece]) -> Level {
        Level { style, text: text.to_vec(), ..Level::default() }
    }

    fn dot() -> Piece {
        Piece::Chars(".".to_owned())
    }

    fn outline() -> Vec<Level> {
        vec![
            level(Style::UpperRoman, &[Piece::Counter(0), dot()]),
            level(Style::Decimal, &[Piece::Counter(1), dot()]),
            level(Style::LowerLetter, &[Piece::Counter(2), Piece::Chars(")".to_owned())]),
        ]
    }

    #[test]
    fn inner_levels_begin_anew_under_the_next_outer_one() {
        let (levels, mut counters) = (outline(), Counters::default());
        let mut next = |level| counters.next(1, 1, &levels, level, &[]);
        let got: Vec<String> = [0, 1, 1, 2, 2, 1, 2, 0, 1].map(&mut next).to_vec();
        assert_eq!(got, ["I.", "1.", "2.", "a)", "b)", "3.", "a)", "II.", "1."]);
    }

    #[test]
    fn a_level_that_never_restarts_goes_on() {
        let mut levels = outline();
        levels[1].restart = Some(0);
        let mut counters = Counters::default();
        let got = [0, 1, 0, 1].map(|level| counters.next(1, 1, &levels, level, &[]));
        assert_eq!(got, ["I.", "1.", "II.", "2."]);
    }

    #[test]
    fn a_use_with_its_own_start_begins_anew_once() {
        let (levels, mut counters) = (outline(), Counters::default());
        counters.next(1, 1, &levels, 0, &[]);
        let got = [0; 2].map(|level| counters.next(1, 2, &levels, level, &[Some(5)]));
        assert_eq!(got, ["V.", "VI."]);
        assert_eq!(counters.next(1, 1, &levels, 0, &[]), "VII.");
    }

    #[test]
    fn legal_numbers_are_digits_throughout() {
        let mut levels = outline();
        levels[1] =
            Level { legal: true, ..level(Style::Decimal, &[Piece::Counter(0), dot(), Piece::Counter(1), dot()]) };
        let mut counters = Counters::default();
        let got = [0, 0, 1].map(|level| counters.next(1, 1, &levels, level, &[]));
        assert_eq!(got, ["I.", "II.", "2.1."]);
    }

    #[test]
    fn writes_numerals_and_letters() {
        assert_eq!(roman(1994), "MCMXCIV");
        assert_eq!((letters(1), letters(26), letters(28)), ("A".into(), "Z".into(), "BB".into()));
        assert_eq!((roman(u32::MAX), letters(0)), ("4294967295".into(), "0".into()));
        assert_eq!(Style::DecimalZero.write(7), "07");
    }
}
