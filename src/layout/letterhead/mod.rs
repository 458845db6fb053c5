//! The head of a paper: where issuer, number, place and date, type, title and addressees stand.

mod addressee;
mod kind;
mod title;
mod wording;

pub(super) use wording::{Case, first_letter, looks_numbered, opens_titles, upper_end};
pub use wording::{is_bullet, is_upper, leads_on};

use super::{
    column,
    glance::Glance,
    line::{Line, Piece},
    zones::is_running_head,
};
use crate::text::letter;
use crate::{
    rules::{Cue, StampField, Tables},
    text::{Span, first_word_is, opens_with, skeleton},
};
use kind::Kind;
use std::ops::Range;

/// How many long lines may stand above a letterhead, the first ones of grounds aside. What has more has no letterhead.
const MOST_PROSE: usize = 10;

/// Into how many lines more a narrow cell may break a place and a date.
const MOST_BROKEN: usize = 2;

/// How many lines with the marker of a heading may stand above a letterhead.
const MOST_HEADINGS: usize = 3;

/// How many lines from its start the head of a paper may reach.
const REACH: usize = 60;

/// The head of a paper: where each part stands; nothing is read yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The lines of the left column that name organs.
    pub issuer: Vec<Span>,
    /// The number line's piece, from the word `Số`; a symbol that stands apart from it alone.
    pub number: Option<Span>,
    /// Place and date.
    pub place_date: Option<Span>,
    /// The type line: the words that name the type.
    pub type_line: Option<Span>,
    /// The lines of the title.
    pub title: Vec<Span>,
    /// Whether the title is a subject line (`V/v`).
    pub is_subject: bool,
    /// The pieces that hold addressees, `Kính gửi:` included.
    pub addressees: Vec<Span>,
    /// Stamps: secrecy, urgency, copy, draft.
    pub stamps: Vec<(StampField, Span)>,
    /// Pieces that are no part of the paper: portal stamps, incoming stamps.
    pub noise: Vec<Span>,
    /// The first of the lines behind the title that say who decides (`HỘI ĐỒNG NHÂN DÂN TỈNH …`, `KHÓA IX, KỲ HỌP …`).
    pub authority: Option<usize>,
    /// The first line behind the head.
    pub end: usize,
}

/// Reads the head of the paper that the lines hold.
pub fn head(text: &str, lines: &[Line], range: Range<usize>, tables: &Tables) -> Head {
    let mut scan = Scan { text, lines, tables, head: Head { end: range.start, ..Head::default() } };
    scan.run(range);
    scan.head
}

struct Scan<'a> {
    text: &'a str,
    lines: &'a [Line],
    tables: &'a Tables,
    head: Head,
}

impl Scan<'_> {
    fn run(&mut self, range: Range<usize>) {
        let reach = range.end.min(range.start + REACH);
        let (last, lines) = self.anchors(range.start..reach);
        let Some(last) = last else {
            self.bare_title(range.start, reach);
            return;
        };
        // Up to the last anchor every line is letterhead; the title follows the type line.
        let mut at = range.start;
        let mut type_at = None;
        let mut stamp_until = range.start;
        // `CỘNG HÒA XÃ` above `HỘI CHỦ NGHĨA VIỆT NAM`: the rest of the name is no organ.
        let mut nation_until = 0;
        // `Số:` in a cell of its own: its symbol may stand below Quốc hiệu.
        let mut number_open = false;
        while at < reach && at <= last {
            let Some(pieces) = lines.get(at - range.start) else { break };
            if is_running_head(self.text, &self.lines[at]) {
                at += 1;
                continue;
            }
            if matches!(&pieces[..], [(piece, Kind::Type(end))] if type_at.is_none() && self.opens_title(piece.span, *end))
            {
                break;
            }
            // Beside Quốc hiệu stands the organ, in whatever case.
            let beside = pieces.get(1).is_some_and(|(_, kind)| *kind == Kind::Nation);
            for (i, (piece, kind)) in pieces.iter().enumerate() {
                let mut kind = *kind;
                // Not known when the kinds were told: whether a number stands before.
                if self.says_what_about(piece.span) {
                    kind = self.kind(piece, pieces.len() == 1);
                }
                if beside && i == 0 && kind == Kind::Other && self.names_organ(piece.span) {
                    kind = Kind::Organ;
                }
                if piece.span.start < nation_until {
                    continue;
                }
                match kind {
                    Kind::Nation => {
                        let name = self.tables.cue_at(Cue::Nation, self.text, piece.span.start);
                        nation_until = name.map_or(0, |(end, _)| end);
                    }
                    Kind::Number if self.head.number.is_none() => self.head.number = Some(piece.span),
                    Kind::PlaceDate if self.head.place_date.is_none() => self.head.place_date = Some(piece.span),
                    Kind::Type(end) if type_at.is_none() => {
                        type_at = Some(at);
                        self.head.type_line = Some(Span::new(piece.span.start, end));
                        self.title_beside(Span::new(end, piece.span.end));
                    }
                    Kind::Subject if self.head.title.is_empty() && type_at.is_none() => {
                        self.subject(at, piece, reach);
                    }
                    Kind::Stamp(field) => self.head.stamps.push((field, piece.span)),
                    Kind::Noise => {
                        stamp_until = at + 1;
                        self.head.noise.push(piece.span);
                    }
                    Kind::Organ if self.head.number.is_none() && type_at.is_none() => {
                        self.organ(at, piece.span, stamp_until)
                    }
                    Kind::Other if number_open && self.head.number.is_none() && self.is_symbol(piece.span) => {
                        self.head.number = Some(piece.span)
                    }
                    Kind::Other if column::number_word(self.text, piece.span) == Some(piece.span.end) => {
                        number_open = true
                    }
                    Kind::Other if self.continues_organ(at, piece) && type_at.is_none() => {
                        self.head.issuer.push(piece.span)
                    }
                    _ => {}
                }
            }
            at += 1;
            if type_at == Some(at - 1) {
                at = self.title(at, reach);
            }
        }
        if let Some(line) = type_at {
            self.inline_head(line);
            at = self.authority_lines(at, reach);
        }
        if type_at.is_none() {
            at = self.subject_below(at, reach);
        }
        self.head.end = at.max(last + 1).max(self.head.end).min(range.end);
        self.addressees(range.end);
        self.place_date_below(range.end.min(self.head.end + 2));
        self.number_below(range.end.min(self.head.end + 2));
    }

    /// The last line that belongs to the letterhead for sure, if there is one, and the pieces of the lines up to it.
    fn anchors(&self, range: Range<usize>) -> (Option<usize>, Vec<Vec<(Piece, Kind)>>) {
        let mut last = None;
        let mut lines = Vec::new();
        let (mut body, mut headings) = (0, 0);
        for at in range.clone() {
            let line = &self.lines[at];
            let glance = Glance::of(line.text(self.text));
            let pieces = column::pieces_at(self.text, line, glance, self.tables);
            let alone = pieces.len() == 1;
            let kind = |piece: &Piece| match piece.span.start == line.span.start {
                true => self.kind_at(piece, alone, glance),
                false => self.kind(piece, alone),
            };
            let mut told: Vec<(Piece, Kind)> = pieces.into_iter().map(|piece| (piece, kind(&piece))).collect();
            let broken = self.join_broken(at, range.end, &mut told);
            let anchors = |kind: &Kind| {
                matches!(kind, Kind::Nation | Kind::Number | Kind::PlaceDate | Kind::Subject | Kind::Type(_))
            };
            // `… của Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam` in a ground is no letterhead.
            let cited = |kind: &Kind| *kind == Kind::Nation && told.first().is_some_and(|(_, k)| *k == Kind::Grounds);
            let found = told.iter().any(|(_, kind)| anchors(kind) && !cited(kind));
            let typed = told.iter().any(|(_, kind)| matches!(kind, Kind::Type(_)));
            lines.push(told);
            if found {
                last = Some(at + broken);
            }
            if typed {
                return (last, lines);
            }
            // Scraped pages set the grounds above the letterhead.
            let ground = || self.tables.cue_at(Cue::Grounds, self.text, first_letter(self.text, line.span)).is_some();
            let prose = line.text(self.text).len() > 90 && (last.is_some() || !ground());
            body = if found { 0 } else { body + usize::from(prose) };
            headings += usize::from(wording::marker(line.text(self.text)));
            let opened = last.is_some() && self.is_heading(at) || headings > MOST_HEADINGS || self.is_division(at);
            if opened || body > if last.is_some() { 6 } else { MOST_PROSE } {
                break;
            }
        }
        (last, lines)
    }

    /// Makes one what a narrow cell broke: `Hà Nội, ngày 01` above `tháng 7 năm 2021`, `Số:` above `/BC-UBND`. The last
    /// piece of the line takes in the lines below it then; returns how many.
    fn join_broken(&self, at: usize, reach: usize, told: &mut [(Piece, Kind)]) -> usize {
        let Some((piece, kind)) = told.last_mut() else { return 0 };
        let said = piece.span.of(self.text);
        let numbers = column::number_word(self.text, piece.span) == Some(piece.span.end);
        if *kind != Kind::Other || said.len() > 60 || is_upper(said) && !numbers {
            return 0;
        }
        // A place may break inside its name: `Hà`.
        let dates = Glance::of(said).any(Glance::DAY) || said.ends_with(',') || !said.contains(' ');
        for below in 1..=MOST_BROKEN {
            let Some(next) = self.lines[..reach].get(at + below) else { return 0 };
            let more = next.text(self.text);
            // Blank lines between cells: `ngày`, `tháng` and `năm 2016`, each below the other.
            let cell = || ["thang", "nam"].iter().any(|word| first_word_is(more, word)) && dates;
            if more.len() > 40 || next.is_apart || next.blanks_before > u32::from(numbers || cell()) {
                return 0;
            }
            let whole = Span::new(piece.span.start, next.span.end);
            let joined = if numbers {
                let opens = more.starts_with(|c: char| c == '/' || c.is_ascii_digit());
                (opens && looks_numbered(more)).then_some(Kind::Number)
            } else {
                (dates && column::is_place_date(whole.of(self.text))).then_some(Kind::PlaceDate)
            };
            if let Some(joined) = joined {
                (piece.span, *kind) = (whole, joined);
                return below;
            }
            if numbers {
                return 0;
            }
        }
        0
    }

    /// Whether a line is `Chương I` or `Phần thứ nhất` alone: what stands below is its title, and no type line.
    fn is_division(&self, at: usize) -> bool {
        let said = self.lines[at].text(self.text);
        said.len() <= 24 && said.starts_with(['C', 'P']) && wording::marker(said)
    }

    /// Whether a line opens the text proper: an article or a numbered heading.
    fn is_heading(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let said = line.text(self.text);
        let article = || {
            opens_with(&self.text[first_letter(self.text, line.span)..], "dieu")
                && skeleton(said.get(..said.len().min(24)).unwrap_or_default()).starts_with("dieu 1")
        };
        said.starts_with("I. ") || said.starts_with("1. ") || article()
    }

    /// Whether a piece is a symbol without its serial: `/TTr-VPCP`.
    fn is_symbol(&self, span: Span) -> bool {
        let said = span.of(self.text);
        said.starts_with('/') && looks_numbered(said)
    }

    fn organ(&mut self, at: usize, span: Span, stamp_until: usize) {
        // An organ inside an incoming stamp stands right above or below its lines.
        if at < stamp_until && at + 1 >= stamp_until {
            return;
        }
        self.head.issuer.push(span);
    }

    /// A second line of an organ's name: `VÀ BẢO VỆ THỰC VẬT`, in the same column as the line before.
    fn continues_organ(&self, at: usize, piece: &Piece) -> bool {
        let Some(last) = self.head.issuer.last() else { return false };
        let said = piece.span.of(self.text);
        let near = at > 0 && last.end >= self.lines[at - 1].full.start;
        near && self.head.number.is_none()
            && piece.column < 40
            && is_upper(said)
            && said.chars().filter(|c| letter::is_alphabetic(*c)).count() >= 3
    }
}
