//! Words into lines of text: what stands on one base line is one line, columns set apart by spaces as on the page.

use super::word::Word;
use std::collections::BTreeMap;

/// Words whose base lines differ by less than this many sizes stand on one line.
const SAME_BASE: f64 = 0.35;
/// Words smaller than this part of the page's size are notes at another word's shoulder or foot.
const SMALL: f64 = 0.75;
/// A gap of this many sizes that no space fills sets columns apart.
const COLUMN_GAP: f64 = 1.0;
/// A gap of this many sizes does so even where spaces were typed into it.
const WIDE_GAP: f64 = 1.6;
/// The spaces that set columns apart at least, and the most that stand for any gap.
const COLUMN_SPACES: usize = 4;
const MOST_SPACES: usize = 200;

/// What was laid over a page in as many lines is a stamp.
const STAMP_LINES: usize = 3;
/// The most pairs of words that are compared on one line.
const MOST_COMPARED: usize = 1 << 20;

/// Words that stand on one base line.
#[derive(Debug)]
struct Line {
    base: f64,
    size: f64,
    words: Vec<Word>,
}

/// The text of a page, each line ended by a line feed. What was laid over it in several lines is a stamp (`Người ký: …`),
/// not the filling of a blank: it follows the page, whose lines it would break.
pub(super) fn text(words: Vec<Word>) -> String {
    let mut laid: BTreeMap<usize, Vec<Word>> = BTreeMap::new();
    for word in &words {
        if word.layer > 0 {
            laid.entry(word.layer).or_default().push(word.clone());
        }
    }
    laid.retain(|_, words| lines(words.clone()).len() >= STAMP_LINES);
    let page = words.into_iter().filter(|word| !laid.contains_key(&word.layer)).collect();
    let mut out = String::new();
    for part in std::iter::once(page).chain(laid.values().cloned()) {
        if !out.is_empty() {
            out.push('\n');
        }
        write_lines(&lines(part), &mut out);
    }
    out
}

fn write_lines(lines: &[Line], out: &mut String) {
    let left = lines.iter().flat_map(|line| &line.words).map(|word| word.left).fold(f64::MAX, f64::min);
    let unit = letter_width(lines);
    let pitch = pitch(lines);
    let mut before: Option<f64> = None;
    for line in lines {
        if before.is_some_and(|before| before - line.base > 1.6 * pitch) {
            out.push('\n');
        }
        before = Some(line.base);
        write(line, left, unit, out);
        // A hyphen that shows only where a word is broken: the rest of the word stands on the next line.
        if out.ends_with('\u{ad}') {
            out.pop();
        } else {
            out.push('\n');
        }
    }
}

/// Gathers words into lines, from the top of the page down.
fn lines(mut words: Vec<Word>) -> Vec<Line> {
    words.sort_by(|a, b| b.base.total_cmp(&a.base));
    let usual = median(words.iter().map(|word| word.size).collect());
    let (large, small): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| word.size >= SMALL * usual);
    let mut lines: Vec<Line> = Vec::new();
    for word in large {
        match lines.last_mut() {
            Some(line) if line.base - word.base <= SAME_BASE * line.size.min(word.size) => line.words.push(word),
            _ => lines.push(Line { base: word.base, size: word.size, words: vec![word] }),
        }
    }
    let mut notes: Vec<Line> = Vec::new();
    for word in small {
        // The lines are in order: only those next to the word can hold it.
        let below = lines.partition_point(|line| line.base > word.base);
        let near = [below, below.wrapping_sub(1)];
        let host = near.into_iter().filter(|&at| at < lines.len()).find(|&at| {
            let height = word.base - lines[at].base;
            (-0.3 * lines[at].size..=0.6 * lines[at].size).contains(&height)
        });
        match (host, notes.last_mut()) {
            (Some(at), _) => lines[at].words.push(word),
            (None, Some(line)) if line.base - word.base <= SAME_BASE * line.size.min(word.size) => {
                line.words.push(word);
            }
            _ => notes.push(Line { base: word.base, size: word.size, words: vec![word] }),
        }
    }
    lines.extend(notes);
    lines.sort_by(|a, b| b.base.total_cmp(&a.base));
    lines.into_iter().flat_map(unlaid).collect()
}

/// A line, and what was laid over its words as lines of their own: a stamp across the text would break its sentences.
fn unlaid(mut line: Line) -> Vec<Line> {
    line.words.sort_by(|a, b| a.layer.cmp(&b.layer).then(a.left.total_cmp(&b.left)));
    let own = line.words.partition_point(|word| word.layer == 0);
    let laid = line.words.split_off(own);
    let mut out = vec![line];
    for group in laid.chunk_by(|a, b| a.layer == b.layer) {
        let covers = |word: &Word| {
            out[0].words.iter().any(|other| {
                let shared = word.right.min(other.right) - word.left.max(other.left);
                shared > 0.4 * (word.right - word.left).min(other.right - other.left)
            })
        };
        // Where there are too many to compare, they are no stamp.
        let few = group.len().saturating_mul(out[0].words.len()) < MOST_COMPARED;
        if out[0].words.is_empty() || few && !group.iter().any(covers) {
            out[0].words.extend_from_slice(group);
        } else {
            out.push(Line { base: out[0].base, size: out[0].size, words: group.to_vec() });
        }
    }
    for line in &mut out {
        line.words.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    out
}

fn write(line: &Line, left: f64, unit: f64, out: &mut String) {
    let column = |x: f64| ((x - left) / unit).round().clamp(0.0, MOST_SPACES as f64) as usize;
    let mut written = 0;
    for (at, word) in line.words.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| &line.words[before]);
        let spaces = match before {
            None => column(word.left),
            Some(before) => {
                let size = word.size.min(before.size);
                let gap = word.left - before.right;
                let drawn = word.spaces > 0 && word.layer == before.layer;
                let apart = if drawn { word.leap.min(gap) } else { gap };
                if apart > COLUMN_GAP * size || (word.spaces > 1 && gap > WIDE_GAP * size) {
                    column(word.left).saturating_sub(written).max(COLUMN_SPACES)
                } else if drawn {
                    // Another word may have been laid into the gap that the spaces leave.
                    word.spaces.min((gap / (0.15 * size)).max(1.0) as usize).min(MOST_SPACES)
                } else {
                    // What was laid over the page is a word of its own, however close.
                    usize::from(word.layer != before.layer || !(-0.3 * size..0.1 * size).contains(&gap))
                }
            }
        };
        out.extend(std::iter::repeat_n(' ', spaces));
        out.push_str(&word.text);
        written += spaces + word.text.chars().count();
    }
}

/// The usual width of a letter on the page.
fn letter_width(lines: &[Line]) -> f64 {
    let words = lines.iter().flat_map(|line| &line.words);
    let widths: Vec<f64> = words
        .map(|word| (word.right - word.left) / word.text.chars().count().max(1) as f64)
        .filter(|w| *w > 0.1)
        .collect();
    if widths.is_empty() { 6.0 } else { median(widths) }
}

/// The usual distance from line to line.
fn pitch(lines: &[Line]) -> f64 {
    let steps: Vec<f64> = lines.windows(2).map(|pair| pair[0].base - pair[1].base).filter(|step| *step > 1.0).collect();
    if steps.is_empty() { f64::MAX } else { median(steps) }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}
