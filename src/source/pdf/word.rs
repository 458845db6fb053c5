//! Characters into words: by the gaps between them, whether spaces were drawn or not.

use super::content::Glyph;
use std::collections::BTreeSet;
use unicode_normalization::char::canonical_combining_class;

/// A gap of this many sizes begins a new word: letters of one word touch, or nearly so.
const WORD_GAP: f64 = 0.15;
/// A step back or aside by this many sizes begins one too.
const STEP: f64 = 0.3;

/// A word where it stands.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// The height of the base line: the higher up the page, the greater.
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) layer: usize,
    /// The spaces drawn between this word and the one drawn before it on the line.
    pub(super) spaces: usize,
    /// How far it stands off the last of those spaces.
    pub(super) leap: f64,
}

/// The words of a page, in the order drawn, and how many characters have no text.
pub(super) fn words(glyphs: &[Glyph]) -> (Vec<Word>, usize) {
    let turn = main_direction(glyphs);
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    let mut spaces = 0;
    let mut end = (f64::MIN, f64::MIN);
    let mut unknown = 0;
    let mut drawn = BTreeSet::new();
    for glyph in glyphs {
        if direction(glyph) != Some(turn) {
            continue;
        }
        let (left, base) = turned(glyph.from, turn);
        let (right, _) = turned(glyph.to, turn);
        let size = glyph.size;
        let text = glyph.text.as_deref().unwrap_or("\u{fffd}");
        let gap = left - end.0;
        let same_line = (base - end.1).abs() <= STEP * size;
        if text.trim().is_empty() {
            // A space that is no wider than nothing parts no words.
            if right - left > 0.02 * size || text.is_empty() {
                spaces =
                    if same_line && gap.abs() < size { spaces + text.chars().count() } else { text.chars().count() };
                open &= text.is_empty();
            }
            end = if same_line { (right.max(end.0), base) } else { (right, base) };
            continue;
        }
        // Bold made by drawing twice, and shadows.
        let spot = |by: f64| (by / (0.15 * size)).round() as i64;
        if !drawn.insert((text.to_owned(), spot(left), spot(base), glyph.layer)) {
            continue;
        }
        unknown += usize::from(glyph.text.is_none());
        let marks = text.chars().all(|c| canonical_combining_class(c) != 0);
        match words.last_mut() {
            Some(word)
                if marks
                    && word.layer == glyph.layer
                    && (base - word.base).abs() < size
                    && left < word.right + size =>
            {
                word.text.push_str(text);
                continue;
            }
            Some(word)
                if open
                    && same_line
                    && word.layer == glyph.layer
                    && (-STEP * size..WORD_GAP * size.min(word.size)).contains(&gap)
                    && (0.6..1.7).contains(&(size / word.size)) =>
            {
                word.text.push_str(text);
                word.right = word.right.max(right);
            }
            last => {
                let follows = same_line && last.is_some_and(|word| word.layer == glyph.layer) && gap > -STEP * size;
                words.push(Word {
                    text: text.to_owned(),
                    left,
                    right: right.max(left),
                    base,
                    size,
                    layer: glyph.layer,
                    spaces: if follows { spaces } else { 0 },
                    leap: if follows { gap } else { 0.0 },
                });
            }
        }
        open = true;
        spaces = 0;
        end = (right, base);
    }
    (words, unknown)
}

/// In which of four directions a character runs, counted in quarter turns; None for a slanting one: a watermark.
fn direction(glyph: &Glyph) -> Option<u8> {
    let (x, y) = (glyph.to.0 - glyph.from.0, glyph.to.1 - glyph.from.1);
    if x == 0.0 && y == 0.0 {
        // A mark without a width runs with the rest.
        return Some(0);
    }
    let slant = x.abs().min(y.abs()) / x.abs().max(y.abs());
    (slant < 0.1).then(|| match (x.abs() > y.abs(), x > 0.0, y > 0.0) {
        (true, true, _) => 0,
        (false, _, true) => 1,
        (true, false, _) => 2,
        (false, _, false) => 3,
    })
}

/// The direction of most characters: the page is read so turned, and what runs otherwise is left out.
fn main_direction(glyphs: &[Glyph]) -> u8 {
    let mut counts = [0_usize; 4];
    for direction in glyphs.iter().filter_map(direction) {
        counts[usize::from(direction)] += 1;
    }
    // Of equal ones the first: upright.
    (0..4).rev().max_by_key(|&direction| counts[direction]).unwrap_or(0) as u8
}

fn turned((x, y): (f64, f64), turn: u8) -> (f64, f64) {
    match turn {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    }
}
