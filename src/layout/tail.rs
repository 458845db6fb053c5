//! The tail of a paper: where recipients and signatures stand.

use super::{
    letterhead::{Case, first_letter, is_bullet, is_upper, upper_end},
    line::{self, Line, Piece},
};
use crate::text::letter;
use crate::{
    grammar::name,
    record::Authority,
    rules::{Cue, StampField, Tables},
    text::{Span, skeleton},
};
use memchr::memchr2;
use std::ops::Range;

/// The tail of a paper: where each part stands; nothing is read yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// The pieces of the recipients' column behind `Nơi nhận:`.
    pub recipients: Vec<Span>,
    /// The pieces of each signature's column, from top to bottom.
    pub signatures: Vec<Vec<Span>>,
    /// The first line of the tail.
    pub start: usize,
    /// The first line behind it.
    pub end: usize,
}

/// The authority that opens a text: its value, where the words behind it begin, and its rule.
pub fn authority<'t>(text: &str, tables: &'t Tables) -> Option<(Authority, usize, &'t str)> {
    let opening = *text.as_bytes().first()?;
    // Nearly every text opens with another letter than the word.
    let other = |word: &str| {
        let first = word.as_bytes().first().copied().unwrap_or(opening);
        first.is_ascii() && opening.is_ascii() && !first.eq_ignore_ascii_case(&opening)
    };
    tables
        .authorities
        .iter()
        .filter(|(word, ..)| !other(word))
        .filter_map(|(word, value, rule)| {
            let rest = text.strip_prefix(word.as_ref()).or_else(|| strip_ignoring_case(text, word))?;
            let behind = rest.trim_start_matches(['.', ' ', ':', ',', '/']);
            // `QUYỀN GIÁM ĐỐC`, but Quyền Văn An.
            if word == "Quyền" && tables.positions.at(behind, 0).is_none() {
                return None;
            }
            let marked = rest.starts_with(['.', '/', ','])
                || word.contains(['/', '.', ' '])
                || rest.starts_with(' ') && word.len() > 1;
            let next = behind.chars().next()?;
            (marked && (next.is_uppercase() || word.contains('/') || rest.starts_with('/'))).then_some((
                *value,
                text.len() - behind.len(),
                rule.as_ref(),
            ))
        })
        .max_by_key(|(_, at, _)| *at)
}

fn strip_ignoring_case<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    (crate::text::lower_eq(head, word) && word.chars().count() > 1).then(|| &text[word.len()..])
}

/// The office that a text is, whole or with more behind it: where its words end, its right spelling, and its rule.
pub fn position<'t>(text: &str, tables: &'t Tables) -> Option<(usize, &'t str, &'t str)> {
    let (end, word) = tables.positions.at(text, 0)?;
    let (spelling, rule) = &tables.position_words[word];
    Some((end, spelling, rule))
}

/// Reads the tail of the paper that the lines hold; its body ends where the tail begins.
pub fn tail(text: &str, lines: &[Line], range: Range<usize>, tables: &Tables) -> Tail {
    let scan = Scan { text, lines, tables };
    scan.run(range.clone()).unwrap_or(Tail { start: range.end, end: range.end, ..Tail::default() })
}

struct Scan<'a> {
    text: &'a str,
    lines: &'a [Line],
    tables: &'a Tables,
}

impl Scan<'_> {
    fn run(&self, range: Range<usize>) -> Option<Tail> {
        let recipients = range.clone().rev().find(|&at| self.recipients_mark(at).is_some());
        let near = recipients.map_or(range.end.saturating_sub(45).max(range.start), |at| self.above(at, range.start));
        let signed = (near..range.end).find(|&at| {
            self.opens_signature(at, recipients.is_some_and(|r| at > r)) && !self.is_above_grounds(at, range.end)
        });
        let signed = signed.or_else(|| self.bare_signature(near..range.end));
        let start = match (recipients, signed) {
            (Some(r), Some(s)) => r.min(s),
            (Some(r), None) => r,
            (None, Some(s)) => s,
            (None, None) => return None,
        };
        let mut tail = Tail { start, end: range.end, ..Tail::default() };
        self.fill(&mut tail, start..range.end, recipients);
        Some(tail)
    }

    /// The first of the short lines right above `Nơi nhận`: a signature block may stand there, prose may not.
    fn above(&self, recipients: usize, first: usize) -> usize {
        let mut at = recipients;
        while at > first && recipients - at < 14 {
            let said = self.lines[at - 1].text(self.text);
            if said.chars().count() > 110 || said.ends_with([';', ':', ',']) || said.ends_with('.') && !is_upper(said) {
                break;
            }
            at -= 1;
        }
        at
    }

    /// Where the entries behind `Nơi nhận` begin on a line.
    fn recipients_mark(&self, at: usize) -> Option<usize> {
        let line = &self.lines[at];
        let first = first_letter(self.text, line.span);
        let said = &self.text[first..line.span.end];
        let end = match self.tables.cue_at(Cue::Recipients, self.text, first) {
            Some((end, _)) => end,
            None => first + damaged_mark(said)?,
        };
        let rest = self.text.get(end..line.span.end)?.trim_start();
        // In prose `nơi nhận` runs on in small letters.
        let marked =
            rest.is_empty() || rest.starts_with([':', ';', '.', '*', '-']) || rest.starts_with("  ") || is_upper(rest);
        marked.then(|| line.span.end - rest.trim_start_matches([':', ';', '.', '*', ' ', '_']).len())
    }

    /// Whether a line holds the first words of a signature block.
    fn opens_signature(&self, at: usize, behind_recipients: bool) -> bool {
        let line = &self.lines[at];
        let opens = |piece: &Piece| self.is_signature_piece(piece.span.of(self.text), behind_recipients);
        let opened = match line::only_piece(self.text, line) {
            Some(piece) => opens(&piece),
            None => line::pieces(self.text, line).iter().any(opens),
        };
        opened || self.office_row(at).is_some()
    }

    /// Whether grounds follow a line: an office above them decides, and signs further below.
    fn is_above_grounds(&self, at: usize, end: usize) -> bool {
        self.lines[..end].get(at + 1).is_some_and(|line| {
            let first = first_letter(self.text, line.span);
            let opens = self.text[first..].starts_with(letter::is_uppercase);
            opens && self.tables.cue_at(Cue::Grounds, self.text, first).is_some()
        })
    }

    /// `(Đã ký)` below the name of one who signs without an office, or between an office in small letters and a name.
    fn bare_signature(&self, range: Range<usize>) -> Option<usize> {
        let said = |at: usize| self.lines[at].text(self.text).trim_matches(|c: char| !letter::is_alphabetic(c));
        let mark = range.clone().rev().find(|&at| crate::text::lower_eq(said(at), "đã ký"))?;
        let above = mark.checked_sub(1).filter(|at| range.contains(at))?;
        let person = |at: usize| name::person(said(at), &self.tables.names).is_some();
        let office = || position(said(above), self.tables).is_some_and(|(end, ..)| end == said(above).len());
        (person(above) || range.contains(&(mark + 1)) && person(mark + 1) && office()).then_some(above)
    }

    /// How many signers a row of offices that was flattened onto one line has: as many names stand on one line below.
    /// `ĐẠI DIỆN HỘ DÂN THƯ KÝ CHỦ TRÌ` above `Lê Văn An Trần Thị Bình Hồ Mai`.
    fn office_row(&self, at: usize) -> Option<usize> {
        let said = self.lines[at].text(self.text);
        if !is_upper(said) || said.chars().count() > 120 || line::pieces(self.text, &self.lines[at]).len() > 1 {
            return None;
        }
        let signers = self.offices(said).len();
        let below = &self.lines[at + 1..self.lines.len().min(at + 10)];
        let named = |line: &Line| name::several(line.text(self.text), signers, &self.tables.names).is_some();
        ((2..=4).contains(&signers) && below.iter().any(named)).then_some(signers)
    }

    /// Where the offices of a flattened row begin: at its start, and at each authority or office behind another.
    fn offices(&self, said: &str) -> Vec<usize> {
        let mut starts = vec![0];
        let mut at = 0;
        while at < said.len() {
            let rest = &said[at..];
            let mut end = rest.find(' ').map_or(rest.len(), |i| i + 1);
            let office = match authority(rest, self.tables) {
                Some((_, behind, _)) if rest[..behind].contains(['.', '/']) => Some(behind),
                _ => self.tables.positions.at(rest, 0).map(|_| 0),
            };
            if let Some(behind) = office {
                if at > 0 {
                    starts.push(at);
                }
                let upto = self.tables.positions.at(rest, behind).map_or(behind, |(upto, _)| upto);
                end = end.max(upto + rest[upto..].chars().next().map_or(0, char::len_utf8));
            }
            at += end;
        }
        starts
    }

    /// Whether a piece is an authority with what it is for, or an office and nothing else.
    fn is_signature_piece(&self, said: &str, lower: bool) -> bool {
        // All that follows asks for capitals at the end then.
        if !lower && upper_end(said, Case::of(said)).is_none() && !said.contains('/') {
            return false;
        }
        if let Some((_, at, _)) = authority(said, self.tables) {
            let rest = &said[at..];
            let known = self.tables.positions.at(rest, 0).is_some() || self.tables.organ_words.at(rest, 0).is_some();
            return known && (is_upper(rest) || lower || said.contains('/')) && said.chars().count() < 90;
        }
        match position(said, self.tables) {
            Some((end, ..)) => {
                let rest = said[end..].trim_matches(|c: char| !letter::is_alphanumeric(c));
                (is_upper(said) || lower && rest.is_empty())
                    && said.chars().count() < 70
                    && !said.ends_with([';', ':', '.', ','])
                    && (rest.is_empty() || is_upper(rest))
            }
            None => false,
        }
    }

    /// Sorts the pieces of the tail into columns.
    fn fill(&self, tail: &mut Tail, range: Range<usize>, recipients: Option<usize>) {
        let right = self.right_column(range.clone(), recipients);
        let (mut open, mut signed) = (false, false);
        let mut columns: Vec<(usize, Vec<Span>)> = Vec::new();
        let mut last_recipient = None;
        let mut flat = 0;
        let mut last_end = range.end;
        for at in range.clone() {
            let line = &self.lines[at];
            if open && last_recipient.is_some() && self.is_prose(line) {
                last_end = at;
                break;
            }
            let mark = (recipients == Some(at)).then(|| self.recipients_mark(at)).flatten();
            // `Nơi nhận:⇥TM. ỦY BAN NHÂN DÂN`: a tab leads to the other column, however short the way.
            let tabbed = mark.is_some_and(|mark| self.text[mark..].starts_with('\t'));
            let mut pieces = Vec::new();
            if let Some(mark) = mark {
                open = true;
                let rest = Span::new(mark, line.span.end).trim(self.text);
                if rest.start < rest.end {
                    pieces = self.behind_mark(line, rest);
                }
            } else {
                for piece in line::pieces(self.text, line) {
                    self.unglue(piece, open, &mut pieces);
                }
            }
            if !open && pieces.len() == 1 {
                if flat == 0 {
                    flat = self.office_row(at).unwrap_or(0);
                }
                let split = self.flattened(pieces[0], &mut flat);
                if split.len() > 1 {
                    pieces = split;
                }
            }
            for (i, piece) in pieces.into_iter().enumerate() {
                let said = piece.span.of(self.text);
                let bullet = is_bullet(said);
                // Before the recipients all stands in the signers' column, whatever it is.
                let signature = open && !bullet && self.is_signature_piece(said, true);
                let named = || {
                    name::person(said, &self.tables.names).is_some()
                        || signed
                            && line.blanks_before > 0
                            && name::has_form(said)
                            && self.tables.organ_words.at(said, 0).is_none()
                            && self.tables.territories.at(said, 0).is_none()
                };
                let adjacent = at > 0 && last_recipient == Some(at - 1) && line.blanks_before == 0;
                // The cells of one row say themselves on which side they stand.
                let cell = mark.is_some() && piece.column == 0 && i > 0;
                let left = || match right {
                    Some(x) => piece.column + 10 < x && i == 0 && !(signature && (line.blanks_before > 0 || tabbed)),
                    None => {
                        i == 0
                            && !(mark.is_some() && is_upper(said))
                            && (bullet || !signature && (!signed || adjacent) && !named())
                    }
                };
                // `- Công an huyện;      - UBMTTQ huyện;`
                let twin = i > 0 && bullet && last_recipient == Some(at);
                let receives = open && (cell || twin || left());
                if receives {
                    tail.recipients.push(piece.span);
                    last_recipient = Some(at);
                } else {
                    signed |= signature || !open;
                    push(&mut columns, piece);
                }
            }
        }
        tail.end = last_end.max(range.start + 1).min(range.end);
        columns.sort_by_key(|(x, _)| *x);
        let person = |span: &Span| name::person(span.of(self.text), &self.tables.names).is_some();
        let signed_columns = || columns.iter().filter(|(_, spans)| spans.iter().any(person)).count();
        if columns.len() > 1 && (right.is_some() || signed_columns() <= 1) {
            // Beside the recipients there is one signature, however ragged its column.
            let mut all: Vec<Span> = columns.drain(..).flat_map(|(_, spans)| spans).collect();
            all.sort();
            columns.push((0, all));
        }
        tail.signatures = columns.into_iter().map(|(_, spans)| spans).collect();
    }

    /// Whether a line behind the recipients is text again: too long for a block, or a heading of the text.
    fn is_prose(&self, line: &Line) -> bool {
        let said = line.text(self.text);
        let heading = ["Điều 1", "Chương I", "I. ", "I- ", "I/ "].iter().any(|head| said.starts_with(head));
        heading || said.chars().count() > 180
    }

    /// The parts of a line in which several signature blocks were written one behind the other:
    /// `KT. BỘ TRƯỞNG KT. BỘ TRƯỞNG`, then a row of offices and a row of names.
    fn flattened(&self, piece: Piece, flat: &mut usize) -> Vec<Piece> {
        let said = piece.span.of(self.text);
        if *flat == 0 && authority(said, self.tables).is_none() {
            return Vec::new();
        }
        let words: Vec<usize> = std::iter::once(0).chain(said.match_indices(' ').map(|(i, _)| i + 1)).collect();
        let word = |at: usize| said[at..].split(' ').next().unwrap_or_default();
        let first = word(0);
        let mut starts: Vec<usize> = words.iter().copied().filter(|&at| word(at) == first).collect();
        if *flat == 0 {
            if starts.len() < 2 {
                return Vec::new();
            }
            *flat = starts.len();
        }
        if starts.len() != *flat {
            starts = match name::several(said, *flat, &self.tables.names) {
                Some(names) => names,
                None => self.offices(said),
            };
        }
        if starts.len() != *flat {
            return Vec::new();
        }
        let ends = starts.iter().skip(1).copied().chain([said.len()]);
        let base = piece.span.start;
        starts
            .iter()
            .zip(ends)
            .enumerate()
            .map(|(i, (&s, e))| Piece { span: Span::new(base + s, base + e).trim(self.text), column: i * 40 })
            .collect()
    }

    /// A tail that a scraped page holds in one table row: entries in the first cell, the signature in the second.
    fn cells(&self, rest: Span) -> Option<Vec<Piece>> {
        let inside = rest.of(self.text);
        if !inside.contains(['|']) && !inside.contains("<br>") {
            return None;
        }
        let bar = inside.find('|').unwrap_or(inside.len());
        let mut out = Vec::new();
        let mut put = |start: usize, end: usize, column: usize| {
            let span = Span::new(rest.start + start, rest.start + end).trim(self.text);
            if span.of(self.text).chars().any(letter::is_alphanumeric) {
                out.push(Piece { span, column });
            }
        };
        let mut from = 0;
        let breaks = inside[..bar].match_indices("<br>").map(|(at, mark)| (at, at + mark.len()));
        let dashes = inside[..bar].match_indices(" - ").map(|(at, _)| (at, at + 1));
        let mut cuts: Vec<(usize, usize)> = breaks.chain(dashes).collect();
        cuts.sort_unstable();
        for (at, next) in cuts {
            put(from, at.max(from), 0);
            from = next;
        }
        put(from.min(bar), bar, 0);
        let mut from = (bar + 1).min(inside.len());
        for (at, mark) in inside.match_indices(['*', '<', '>']).filter(|(at, _)| *at > bar) {
            put(from, at, 60);
            from = at + mark.len();
        }
        put(from, inside.trim_end_matches(['|', ' ']).len().max(from), 60);
        Some(out)
    }

    /// The pieces behind `Nơi nhận:` on its own line.
    fn behind_mark(&self, line: &Line, rest: Span) -> Vec<Piece> {
        if let Some(cells) = self.cells(rest) {
            return cells;
        }
        let column = line.indent + self.text[line.span.start..rest.start].chars().count();
        let inner = Line { span: rest, indent: column, ..*line };
        line::pieces(self.text, &inner)
    }

    /// The column at which the signature stands beside the recipients, if it does.
    fn right_column(&self, range: Range<usize>, recipients: Option<usize>) -> Option<usize> {
        let from = recipients?;
        (from..range.end.min(from + 12)).find_map(|at| {
            let pieces = line::pieces(self.text, &self.lines[at]);
            let beside = pieces.len() > 1 || at > from && pieces.first().is_some_and(|p| p.column > 30);
            let piece = pieces.last().filter(|_| beside)?;
            (piece.column > 20 && !is_bullet(piece.span.of(self.text))).then_some(piece.column)
        })
    }

    /// Splits `- Như trên; PHÓ CHỦ TỊCH` and `- Lưu: VT. Lê Văn An`, where columns were joined by one space.
    fn unglue(&self, piece: Piece, open: bool, out: &mut Vec<Piece>) {
        let said = piece.span.of(self.text);
        if !open || !is_bullet(said) {
            out.push(piece);
            return;
        }
        for (i, mark) in said.char_indices().rev().filter(|(_, c)| matches!(c, ';' | '.' | ',' | ')' | ':')) {
            let rest = said[i + mark.len_utf8()..].trim_start();
            let at = said.len() - rest.len();
            if rest.is_empty() || at == i + mark.len_utf8() && mark != ';' && mark != ')' {
                continue;
            }
            let office =
                matches!(mark, ';' | ')' | ',' | '.') && is_upper(rest) && self.is_signature_piece(rest, false);
            let person = matches!(mark, ';' | '.' | ')')
                && rest.split_whitespace().count() >= 3
                && name::person(rest, &self.tables.names).is_some();
            if office || person {
                let split = piece.span.start + at;
                let width = said[..at].chars().count();
                out.push(Piece { span: Span::new(piece.span.start, split).trim(self.text), column: piece.column });
                out.push(Piece { span: Span::new(split, piece.span.end), column: piece.column + width });
                return;
            }
        }
        out.push(piece);
    }
}

/// Adds a piece to the column that it stands in: columns lie at least 18 apart.
fn push(columns: &mut Vec<(usize, Vec<Span>)>, piece: Piece) {
    let width = 18;
    match columns.iter_mut().find(|(x, _)| x.abs_diff(piece.column) < width) {
        Some((_, spans)) => spans.push(piece.span),
        None => match columns
            .iter_mut()
            .min_by_key(|(x, _)| x.abs_diff(piece.column))
            .filter(|(x, _)| x.abs_diff(piece.column) < 26)
        {
            Some((_, spans)) => spans.push(piece.span),
            None => columns.push((piece.column, vec![piece.span])),
        },
    }
}

/// `Vơi nhận`, `NƠI NHẠN`, `Noi nhan`: how far the damaged mark reaches.
fn damaged_mark(said: &str) -> Option<usize> {
    // In most lines none stands in the bytes that so many letters may have.
    memchr2(b':', b';', &said.as_bytes()[..said.len().min(14 * 4)])?;
    let end = said.char_indices().take(14).find(|(_, c)| matches!(c, ':' | ';')).map(|(i, _)| i)?;
    let folded = skeleton(&said[..end]);
    let mut words = folded.split(' ');
    let (first, second) = (words.next()?, words.next().unwrap_or_default());
    let place = matches!(first, "noi" | "voi" | "nai" | "nol" | "nơi" | "not" | "k")
        || first.len() == 3 && first.ends_with("oi");
    (place && second.starts_with("nha") && words.next().is_none()).then_some(end)
}

/// Whether a piece is noise of a digital signature: `Người ký:`, `Thời gian ký:` …
pub fn is_noise(text: &str, span: Span, tables: &Tables) -> bool {
    tables.stamp_at(StampField::Noise, text, first_letter(text, span)).is_some_and(|(end, _)| {
        // A stamp of two words may be read on into the next line.
        let Some(rest) = text.get(end..span.end).map(str::trim_start) else { return false };
        rest.is_empty() || rest.starts_with([':', ',', ')', '/'])
    })
}
