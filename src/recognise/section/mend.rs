//! Markers that OCR damaged, mended where their neighbours leave no doubt.

use super::{
    candidate::Candidate,
    marker::{Marker, Style, Trust, is_capitals, letter},
};
use crate::grammar::roman;

/// Mends what can be mended; a damaged marker that stays in doubt is taken out.
pub(super) fn mend(text: &str, found: &mut Vec<Candidate>, mut refused: impl FnMut(&Candidate)) {
    romans(text, found);
    letters(found);
    commas(found);
    found.retain(|candidate| {
        let sound = candidate.marker.trust != Trust::Damaged;
        if !sound {
            refused(candidate);
        }
        sound
    });
}

impl Candidate {
    /// Gives it another reading.
    fn become_(&mut self, style: Style, number: u16, written: String) {
        self.marker = Marker { style, number, trust: Trust::InSequence, ..self.marker };
        self.mended = Some(written);
        self.certain = true;
    }
}

/// `I.`, `H.`, `III.`: one row of Roman numerals for each part.
fn romans(text: &str, found: &mut [Candidate]) {
    let mut row: Vec<usize> = Vec::new();
    for i in 0..=found.len() {
        let style = found.get(i).map(|candidate| candidate.marker.style);
        match style {
            Some(Style::Roman) => row.push(i),
            Some(Style::Decimal(1, '.')) if is_capitals(&text[found[i].rest..found[i].line_end]) => row.push(i),
            None | Some(Style::Part | Style::Annex | Style::Chapter) => {
                mend_row(found, &row);
                row.clear();
            }
            _ => {}
        }
    }
}

/// Numbers the damaged numerals of one row between the sound ones on either side.
fn mend_row(found: &mut [Candidate], row: &[usize]) {
    let sound = |found: &[Candidate], i: usize| {
        found[i].marker.style == Style::Roman && found[i].marker.trust != Trust::Damaged
    };
    let mut before = 0;
    let mut at = 0;
    while at < row.len() {
        if sound(found, row[at]) {
            before = found[row[at]].marker.number;
            at += 1;
            continue;
        }
        let run = (at..row.len()).take_while(|k| !sound(found, row[*k])).count();
        let after = row.get(at + run).map(|k| found[*k].marker.number);
        // Decimals in capitals belong to the row only where they fill its gap one by one.
        let chain = after.is_some_and(|next| usize::from(next) == usize::from(before) + 1 + run);
        for (k, &i) in row[at..at + run].iter().enumerate() {
            let number = before + 1 + k as u16;
            let damaged = found[i].marker.style == Style::Roman;
            let alone =
                damaged && before > 0 && found[i].marker.number == number && after.is_none_or(|next| next > number);
            let fits = if damaged { chain || alone } else { chain && found[i].marker.number == number };
            if let (true, Some(form)) = (fits, u8::try_from(number).ok().and_then(roman::form)) {
                let sign = if damaged { '.' } else { found[i].sign };
                found[i].become_(Style::Roman, number, format!("{form}{sign}"));
            } else if damaged {
                break;
            }
        }
        at += run;
    }
}

/// `2)` before `b)`, `©)` after `b)`, `8)` after `e)`.
fn letters(found: &mut [Candidate]) {
    let is_letter = |c: &Candidate| c.marker.style == Style::Letter(')') && c.marker.trust != Trust::Damaged;
    for i in 0..found.len() {
        let digit = found[i].marker.style == Style::Decimal(1, ')');
        let damaged = found[i].marker.trust == Trust::Damaged && found[i].marker.style == Style::Letter(')');
        if !digit && !damaged {
            continue;
        }
        let before = i.checked_sub(1).map(|k| &found[k]).filter(|c| is_letter(c)).map(|c| c.marker.number);
        let after = found.get(i + 1).filter(|c| is_letter(c)).map(|c| c.marker.number);
        let row =
            |k: Option<usize>| k.and_then(|k| found.get(k)).is_some_and(|c| c.marker.style == Style::Decimal(1, ')'));
        if digit && (row(i.checked_sub(1)) || row(Some(i + 1))) {
            continue;
        }
        let like = match (digit, found[i].marker.number) {
            (true, 2) => 1,
            (true, 8) => 7,
            (true, 6) => 2,
            (true, _) => 0,
            (false, n) => n,
        };
        let number = match (before, after) {
            (Some(p), Some(q)) if p + 2 == q => p + 1,
            (_, Some(q)) if like + 1 == q && like > 0 => like,
            (Some(p), _) if like == p + 1 || damaged && after.is_none() && like == 0 => p + 1,
            (None, Some(2)) => 1,
            _ => continue,
        };
        if let Some(c) = letter(number) {
            found[i].become_(Style::Letter(')'), number, format!("{c})"));
        }
    }
}

/// `1,` before `2.`, `2:` behind `1.`
fn commas(found: &mut [Candidate]) {
    let next = |found: &[Candidate], i: usize, style: Style| {
        found.get(i).filter(|c| c.marker.style == style).map(|c| c.marker.number)
    };
    for i in 0..found.len() {
        let marker = found[i].marker;
        if !matches!(marker.style, Style::Decimal(..)) || marker.trust != Trust::Damaged {
            continue;
        }
        // The sibling may stand a few sub-headings away.
        let near =
            |mut ks: &mut dyn Iterator<Item = usize>| Iterator::find_map(&mut ks, |k| next(found, k, marker.style));
        let before = near(&mut (0..i).rev().take(12).filter(|k| found[*k].marker.path == marker.path));
        let after = near(&mut (i + 1..found.len()).take(12).filter(|k| found[*k].marker.path == marker.path));
        if before.is_some_and(|n| n + 1 == marker.number) || after.is_some_and(|n| n == marker.number + 1) {
            let written: String = found[i].written.trim_end_matches([',', ':', '.']).replace('/', ".") + ".";
            found[i].become_(marker.style, marker.number, written);
        }
    }
}
