//! The head of a paper: where issuer, number, place and date, type, title and addressees stand.

use super::{
    column,
    line::{Line, Piece},
};
use crate::{
    grammar::{date, symbol},
    rules::{Cue, StampField, Tables},
    text::{Span, lower_eq, skeleton},
};
use std::ops::Range;

/// How many lines from its start the head of a paper may reach.
const REACH: usize = 60;

/// Kinds of units, as they open a letterhead's line.
const KINDS: [&str; 9] = ["tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu"];

/// The head of a paper: where each part stands; nothing is read yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The lines of the left column that name organs.
    pub issuer: Vec<Span>,
    /// The number line's piece, from the word `Số`.
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
    /// The first line behind the head.
    pub end: usize,
}

/// What a piece of the head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Nation,
    Number,
    PlaceDate,
    Type(usize),
    Subject,
    Addressees,
    Stamp(StampField),
    Noise,
    Grounds,
    Organ,
    Other,
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
        let Some(last) = self.anchors(range.start..reach) else {
            self.bare_title(range.start, reach);
            return;
        };
        // Up to the last anchor every line is letterhead; the title follows the type line.
        let mut at = range.start;
        let mut type_at = None;
        let mut stamp_until = range.start;
        while at < reach && at <= last {
            let pieces = column::pieces(self.text, &self.lines[at], self.tables);
            // Beside Quốc hiệu stands the organ, in whatever case.
            let beside = pieces.len() > 1 && self.is_nation(pieces[1].span);
            for (i, piece) in pieces.iter().enumerate() {
                let mut kind = self.kind(piece, pieces.len() == 1);
                if beside && i == 0 && kind == Kind::Other && self.names_organ(piece.span) {
                    kind = Kind::Organ;
                }
                match kind {
                    Kind::Number if self.head.number.is_none() => self.head.number = Some(piece.span),
                    Kind::PlaceDate if self.head.place_date.is_none() => self.head.place_date = Some(piece.span),
                    Kind::Type(end) if type_at.is_none() => {
                        type_at = Some(at);
                        self.head.type_line = Some(Span::new(piece.span.start, end));
                    }
                    Kind::Subject if self.head.title.is_empty() && type_at.is_none() => {
                        self.subject(at, piece, reach);
                    }
                    Kind::Stamp(field) => self.head.stamps.push((field, piece.span)),
                    Kind::Noise => {
                        stamp_until = at + 1;
                        self.head.noise.push(piece.span);
                    }
                    Kind::Organ if self.head.number.is_none() && type_at.is_none() => self.organ(at, piece.span, stamp_until),
                    Kind::Other if self.continues_organ(at, piece) && type_at.is_none() => self.head.issuer.push(piece.span),
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
        self.head.end = at.max(last + 1).min(range.end);
        self.addressees(range.end);
        self.number_below(range.end.min(self.head.end + 2));
    }

    /// A paper without a letterhead: `Báo cáo về tình hình …` opens the text, and is type and title in one.
    fn bare_title(&mut self, first: usize, reach: usize) {
        let Some(line) = self.lines.get(first).filter(|_| first < reach) else { return };
        let said = line.text(self.text);
        let Some((end, kind)) = self.tables.type_words.at(&self.text[..line.span.end], line.span.start) else { return };
        let named = lower_eq(&self.text[line.span.start..end], &self.tables.types[kind].name);
        let rest = self.text[end..line.span.end].trim();
        let runs_on = rest.starts_with(char::is_lowercase) && !rest.starts_with("này") && !rest.starts_with("số");
        if !named || !said.starts_with(char::is_uppercase) || !runs_on || said.ends_with(['.', ';', ':']) || said.chars().count() > 160 {
            return;
        }
        self.head.type_line = Some(Span::new(line.span.start, end));
        let mut at = first + 1;
        while at < reach && at < first + 5 && self.lines[at].blanks_before == 0 && !marker(self.lines[at].text(self.text)) && self.lines[at].text(self.text).starts_with(char::is_lowercase) {
            at += 1;
        }
        self.head.title.push(Span::new(end, line.span.end).trim(self.text));
        self.head.title.extend(self.lines[first + 1..at].iter().map(|line| line.span));
        self.head.end = at;
    }

    /// The last line that belongs to the letterhead for sure, if there is one.
    fn anchors(&self, range: Range<usize>) -> Option<usize> {
        let mut last = None;
        let mut body = 0;
        for at in range.clone() {
            let pieces = column::pieces(self.text, &self.lines[at], self.tables);
            let mut found = false;
            for piece in &pieces {
                let kind = self.kind(piece, pieces.len() == 1);
                let anchor = matches!(kind, Kind::Nation | Kind::Number | Kind::PlaceDate | Kind::Subject | Kind::Type(_));
                if anchor {
                    last = Some(at);
                    found = true;
                }
                if matches!(kind, Kind::Type(_)) {
                    return Some(at);
                }
            }
            body = if found { 0 } else { body + usize::from(self.lines[at].text(self.text).len() > 90) };
            let opened = last.is_some() && self.is_heading(at);
            if opened || body > 6 && last.is_some() {
                break;
            }
        }
        last
    }

    /// Whether a line opens the text proper: an article or a numbered heading.
    fn is_heading(&self, at: usize) -> bool {
        let said = self.lines[at].text(self.text);
        let folded = skeleton(said.get(..said.len().min(24)).unwrap_or_default());
        folded.starts_with("dieu 1") || said.starts_with("I. ") || said.starts_with("1. ")
    }

    fn kind(&self, piece: &Piece, alone: bool) -> Kind {
        let (text, span) = (self.text, piece.span);
        let said = span.of(text);
        if self.is_nation(span) {
            return Kind::Nation;
        }
        if column::is_place_date(said) {
            return Kind::PlaceDate;
        }
        for field in [StampField::Noise, StampField::Security, StampField::Urgency, StampField::Copy, StampField::Draft] {
            if let Some((end, _)) = self.tables.stamp_at(field, text, first_letter(text, span)) {
                let rest = text[end..span.end].trim_matches(|c: char| !c.is_alphanumeric());
                let opens = field == StampField::Noise && (text[end..].trim_start().starts_with([':', '/']) || rest.is_empty());
                if opens {
                    return Kind::Noise;
                }
                if field != StampField::Noise && rest.is_empty() && is_upper(said) {
                    return Kind::Stamp(field);
                }
            }
        }
        if column::number_word(text, span).is_some_and(|at| looks_numbered(&text[at..span.end])) {
            return Kind::Number;
        }
        if let Some(end) = self.type_end(span, alone) {
            return Kind::Type(end);
        }
        let folded = skeleton(said.get(..floor(said, 24)).unwrap_or_default());
        if folded.starts_with("ve viec") && self.head.number.is_some() && self.head.type_line.is_none() {
            return Kind::Subject;
        }
        if folded.starts_with("v v ") || folded.starts_with("vv ") || folded == "v v" {
            return Kind::Subject;
        }
        if self.tables.cue_at(Cue::Addressees, text, first_letter(text, span)).is_some() {
            return Kind::Addressees;
        }
        if self.tables.cue_at(Cue::Grounds, text, first_letter(text, span)).is_some() {
            return Kind::Grounds;
        }
        if self.is_organ(span) { Kind::Organ } else { Kind::Other }
    }

    /// Whether a piece is Quốc hiệu or Tiêu ngữ.
    fn is_nation(&self, span: Span) -> bool {
        self.tables.cue_at(Cue::Nation, self.text, span.start).is_some() || column::motto(self.text, span, self.tables) == Some(span.start)
    }

    /// Whether a piece opens with the name of an organ or a unit.
    fn names_organ(&self, span: Span) -> bool {
        let first = first_letter(self.text, span);
        self.tables.organ_words.at(self.text, first).is_some() || self.tables.territories.at(self.text, first).is_some()
    }

    /// The end of the words that name the type, if the piece is a type line.
    fn type_end(&self, span: Span, alone: bool) -> Option<usize> {
        let text = self.text;
        // A longer name may go on in the next line: `BÁO CÁO` above `Thẩm tra …` is a báo cáo.
        let (end, kind) = self.tables.type_words.at(&text[..span.end], span.start)?;
        let kind = &self.tables.types[kind];
        if kind.code == "CV" && skeleton(&text[span.start..end]) != "cong van" {
            return None;
        }
        if end > span.end || span.of(text).starts_with(char::is_lowercase) && !alone {
            return None;
        }
        let rest = text[end..span.end].trim();
        let bare = rest.trim_matches(|c: char| !c.is_alphanumeric());
        if rest.starts_with(':') || rest.starts_with(',') || rest.starts_with(';') {
            return None;
        }
        let said = text[span.start..end].trim();
        let plain = bare.is_empty() && (is_upper(said) || alone);
        // `KẾT LUẬN THANH TRA`, `BÁO CÁO TÌNH HÌNH …`; `quyết định của bộ trưởng …` where capitals were lost.
        // More words than the type's own: then its marks must be right, or `PHƯỜNG AN …` would be `PHƯƠNG ÁN …`.
        let exact = lower_eq(said, &kind.name);
        let inline = skeleton(bare).starts_with("cua ") || skeleton(bare).starts_with("lien tich cua ");
        let capitals = exact && is_upper(said) && is_upper(rest) && rest.len() < 200 && (inline || !bare.chars().any(|c| c.is_ascii_digit()));
        let of = skeleton(bare).starts_with("cua ") && said.starts_with(char::is_lowercase) && !rest.ends_with([';', '.', ',']) && rest.chars().count() < 80;
        (alone && (plain || capitals || of) || plain && is_upper(said)).then_some(end)
    }

    fn is_organ(&self, span: Span) -> bool {
        let first = first_letter(self.text, span);
        let said = span.of(self.text);
        // Below the type line a damaged `QUẢN LÝ` must not pass for `QUẬN …`.
        let exact = |end: usize| self.head.type_line.is_none() || KINDS.iter().any(|kind| lower_eq(kind, &self.text[first..end]));
        let organ = self.tables.organ_words.at(self.text, first).is_some()
            || self.tables.territories.at(self.text, first).is_some_and(|(end, _)| exact(end));
        organ && said.len() < 160 && !said.ends_with([';', '.', ':']) && (is_upper(said) || self.is_lower_letterhead(said))
    }

    /// A letterhead whose capitals were lost in conversion: all lower case.
    fn is_lower_letterhead(&self, said: &str) -> bool {
        said.starts_with(char::is_lowercase) && !said.contains([',', ':']) && said.split_whitespace().count() <= 12
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
        near && self.head.number.is_none() && piece.column < 40 && is_upper(said) && said.chars().filter(|c| c.is_alphabetic()).count() >= 3
    }

    /// The lines of the title, from `at`; returns the first line behind it.
    fn title(&mut self, mut at: usize, reach: usize) -> usize {
        // A contract has its number below its type.
        if let Some(line) = self.lines.get(at).filter(|line| at < reach && column::number_word(self.text, line.span).is_some())
            && self.head.number.is_none()
            && column::number_word(self.text, line.span).is_some_and(|n| looks_numbered(&self.text[n..line.span.end]))
        {
            self.head.number = Some(line.span);
            at += 1;
        }
        let start = at;
        let mut caps = false;
        // `KẾT LUẬN THANH TRA`: what follows the type on its own line is no title unless it says more.
        while at < reach {
            let line = &self.lines[at];
            let said = line.text(self.text);
            if at > start && line.blanks_before > 0 && !self.goes_on(at) || self.ends_title(at, caps && at > start) {
                break;
            }
            caps = is_upper(said);
            let mut span = line.span;
            if at == start
                && let Some(end) = subject_mark(said)
            {
                span.start += end;
            }
            // The bar of a flattened table cell.
            let bare = span.of(self.text).trim_matches(|c: char| c == '|' || c == ' ');
            let from = span.start + span.of(self.text).find(bare).unwrap_or(0);
            self.head.title.push(Span::new(from, from + bare.len()));
            at += 1;
            if at - start > 12 {
                break;
            }
        }
        let ends = self.head.title.last().map_or("", |span| span.of(self.text));
        let length: usize = self.head.title.iter().map(|span| span.end - span.start).sum();
        if ends.ends_with(':') || ends.ends_with(';') || ends.ends_with('.') && length > 400 {
            self.head.title.clear();
            return start;
        }
        at
    }

    /// The head as law databases print it: `QUYẾT ĐỊNH` / `CỦA BỘ TRƯỞNG … SỐ 15/1998/QĐ-BTM NGÀY …` / `VỀ VIỆC …`.
    /// Issuer, number and date stand behind the type, before the title.
    fn inline_head(&mut self, line: usize) {
        let (text, Some(typed)) = (self.text, self.head.type_line) else { return };
        if self.head.number.is_some() {
            return;
        }
        let end = self.head.title.last().map_or(self.lines[line].span.end, |span| span.end);
        let inside = Span::new(typed.end, end);
        let folded = skeleton(inside.of(text).get(..floor(inside.of(text), 80)).unwrap_or_default());
        let lead = ["cua ", "lien tich cua ", "lien tich ", "so "].iter().find(|lead| folded.starts_with(**lead));
        let Some(lead) = lead else { return };
        let words: Vec<(usize, &str)> = words(text, inside).collect();
        let Some(at) = words.iter().position(|(_, word)| skeleton(word) == "so" && *word != "Sở" && *word != "SỞ") else { return };
        let Some(&(serial, _)) = words.get(at + 1) else { return };
        let Some(read) = symbol::number(text, serial, self.tables.codes()).filter(|read| read.end <= end) else { return };
        self.head.number = Some(Span::new(words[at].0, read.end));
        let skip = lead.split_whitespace().count().saturating_sub(usize::from(*lead == "so "));
        if self.head.issuer.is_empty() && at > skip {
            let issuer = Span::new(words[skip].0, words[at].0).trim(text);
            self.head.issuer.push(issuer);
        }
        let mut behind = read.end;
        let day = words.iter().find(|(start, _)| *start >= read.end).filter(|(_, word)| skeleton(word) == "ngay");
        if let Some(date) = day.and_then(|(start, _)| date::date(text, *start).map(|date| (*start, date))) {
            self.head.place_date = Some(Span::new(date.0, date.1.end));
            behind = date.1.end;
        }
        let mut title: Vec<Span> = self.head.title.iter().copied().filter(|span| span.end > behind).collect();
        if title.is_empty() && behind < end || title.first().is_some_and(|first| first.start > behind && self.lines[line].span.end > behind) {
            title.insert(0, Span::new(behind, self.lines[line].span.end.max(behind)));
        }
        if let Some(first) = title.first_mut() {
            first.start = first.start.max(behind);
            let bare = first.of(text).trim_start_matches(|c: char| !c.is_alphanumeric() && c != '"');
            first.start = first.end - bare.len();
        }
        title.retain(|span| span.start < span.end);
        self.head.title = title;
    }

    /// Behind the title: the organ or office that decides (`CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …`, `KHÓA III, KỲ HỌP THỨ 8`).
    fn authority_lines(&self, mut at: usize, reach: usize) -> usize {
        let from = at;
        while at < reach && at - from < 4 {
            let line = &self.lines[at];
            let said = line.text(self.text);
            let first = first_letter(self.text, line.span);
            let known = self.tables.organ_words.at(self.text, first).is_some()
                || self.tables.positions.at(self.text, first).is_some()
                || at > from;
            if !(is_upper(said) && known) || said.ends_with(':') || marker(said) || said.chars().count() > 120 {
                break;
            }
            at += 1;
        }
        at
    }

    /// Whether a line behind a blank line still belongs to the title: a heading or a word broken in the middle.
    fn goes_on(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let previous = &self.lines[at - 1];
        line.heading > 0 && previous.heading > 0 && line.text(self.text).starts_with(char::is_lowercase)
    }

    /// Whether a line cannot belong to a title.
    fn ends_title(&self, at: usize, caps: bool) -> bool {
        let line = &self.lines[at];
        let said = line.text(self.text);
        let first = first_letter(self.text, line.span);
        let pieces = column::pieces(self.text, line, self.tables);
        let ends = pieces.iter().any(|piece| match self.kind(piece, pieces.len() == 1) {
            Kind::Addressees | Kind::Number | Kind::Nation => true,
            // A title may open with the name of a type: `HƯỚNG DẪN CHẾ ĐỘ …`.
            Kind::Type(end) => text_between(self.text, end, piece.span.end).is_empty(),
            _ => false,
        });
        if ends {
            return true;
        }
        let organ = pieces.iter().any(|piece| self.kind(piece, true) == Kind::Organ);
        // Under a title in capitals only a line that is an organ whole ends it.
        let whole = self.is_whole_organ(line.span);
        if self.tables.cue_at(Cue::Grounds, self.text, first).is_some() && said.starts_with(|c: char| c.is_uppercase() || c == '-' || c == '*') && !is_upper(said) {
            return !self.is_title_word(at);
        }
        let office = self.tables.positions.at(self.text, first).is_some() && is_upper(said) && self.has_organ(said);
        self.tables.cue_at(Cue::Attached, self.text, first).is_some() && said.starts_with('(')
            || (organ && is_upper(said) && (!caps || whole))
            || whole && at > 0 && !self.head.title.is_empty()
            || office
            || said.starts_with("- ") && said.len() > 60
            || marker(said)
    }

    /// `Thực hiện …`, `Triển khai …` open titles as well as grounds: right under the type line, closed by a blank line
    /// and without a document number, they are the title.
    fn is_title_word(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let said = line.text(self.text);
        let closed = self.lines.get(at + 1).is_none_or(|next| next.blanks_before > 0) || !said.ends_with([';', '.', ',', ':']);
        self.head.title.is_empty() && closed && !skeleton(said).starts_with("can cu") && !said.ends_with([';', ':']) && said.len() < 240
    }

    fn has_organ(&self, said: &str) -> bool {
        let folded = skeleton(said);
        ["uy ban", "hoi dong", "bo ", "so ", "ubnd", "hdnd"].iter().any(|word| folded.contains(word))
    }

    /// Whether a span is an organ's name and nothing else.
    fn is_whole_organ(&self, span: Span) -> bool {
        let first = first_letter(self.text, span);
        match self.tables.organ_words.at(self.text, first) {
            Some((end, organ)) => {
                let rest = text_between(self.text, end, span.end);
                rest.is_empty() || self.tables.organs[organ].joins && is_upper(span.of(self.text)) && self.tables.territories.at(self.text, end + 1).is_some()
            }
            None => false,
        }
    }

    /// The lines of a `V/v` subject: the left column, from the piece on.
    fn subject(&mut self, at: usize, piece: &Piece, reach: usize) {
        self.head.is_subject = true;
        let skip = subject_mark(piece.span.of(self.text)).unwrap_or(0);
        self.head.title.push(Span::new(piece.span.start + skip, piece.span.end).trim(self.text));
        for next in at + 1..reach {
            let line = &self.lines[next];
            if line.blanks_before > 0 {
                break;
            }
            let pieces = column::pieces(self.text, line, self.tables);
            let Some(left) = pieces.first().filter(|p| p.column + 24 > piece.column && p.column < piece.column + 24) else { break };
            if !matches!(self.kind(left, pieces.len() == 1), Kind::Other | Kind::Organ | Kind::Grounds) || starts_text(left.span.of(self.text), line.indent, piece.column) {
                break;
            }
            self.head.title.push(left.span);
            self.head.end = next + 1;
        }
    }

    /// The pieces of `Kính gửi:` (of a công điện: `… điện:`), behind the head.
    fn addressees(&mut self, upto: usize) {
        let from = self.head.end.saturating_sub(3);
        let found = (from..upto.min(self.head.end + 14)).find_map(|at| {
            let line = &self.lines[at];
            let piece = column::pieces(self.text, line, self.tables).into_iter().find(|piece| {
                self.tables.cue_at(Cue::Addressees, self.text, first_letter(self.text, piece.span)).is_some()
            });
            let telegram = || line.text(self.text).ends_with("điện:");
            piece.map(|piece| (at, piece.span)).or_else(|| telegram().then_some((at, line.span)))
        });
        let Some((at, span)) = found else { return };
        self.head.addressees.push(span);
        let mut next = at + 1;
        let opened = !text_between(self.text, span.start, span.end).contains(':') || span.of(self.text).trim_end().ends_with(':');
        let mut bulleted = span.of(self.text).contains(": -");
        while next < upto {
            let line = &self.lines[next];
            let said = line.text(self.text);
            let bullet = is_bullet(said);
            let previous = self.lines[next - 1].text(self.text);
            let done = previous.ends_with('.') && self.head.addressees.len() > 1 || previous.ends_with("./.");
            let first = opened && next == at + 1;
            // Without bullets an entry is a short line, and the list goes on until one ends in a full stop.
            let entry = opened && !bulleted && !previous.ends_with(['.', ':']) && said.len() < 120 && said.starts_with(char::is_uppercase);
            let fresh = line.blanks_before > 0 && !bullet && !first && !entry;
            let grounds = self.tables.cue_at(Cue::Grounds, self.text, first_letter(self.text, line.span)).is_some() && !bullet;
            if done && !bullet || fresh || grounds || marker(said) || next - at > 40 {
                break;
            }
            if !bullet && !opened && !bulleted && line.blanks_before == 0 && previous.ends_with('.') {
                break;
            }
            bulleted |= bullet;
            if bulleted && !bullet && previous.ends_with([';', '.']) {
                break;
            }
            self.head.addressees.push(line.span);
            next += 1;
        }
        self.head.end = self.head.end.max(next);
    }

    /// A number below the type line, as in contracts.
    fn number_below(&mut self, upto: usize) {
        if self.head.number.is_some() {
            return;
        }
        for at in self.head.end.saturating_sub(4)..upto {
            let Some(line) = self.lines.get(at) else { return };
            if column::number_word(self.text, line.span).is_some_and(|n| looks_numbered(&self.text[n..line.span.end])) {
                self.head.number = Some(line.span);
                self.head.title.retain(|span| *span != line.span);
                self.head.end = self.head.end.max(at + 1);
                return;
            }
        }
    }
}

/// The text between two places without marks at its ends.
fn text_between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default().trim_matches(|c: char| !c.is_alphanumeric())
}

/// The words of a span, each with its place.
fn words(text: &str, span: Span) -> impl Iterator<Item = (usize, &str)> {
    let inside = span.of(text);
    inside.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(move |word| {
        (span.start + (word.as_ptr() as usize - inside.as_ptr() as usize), word)
    })
}

/// The first letter or digit of a span.
pub(super) fn first_letter(text: &str, span: Span) -> usize {
    span.of(text).find(char::is_alphanumeric).map_or(span.start, |i| span.start + i)
}

/// The largest character boundary not above `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Whether a text is written in capitals: hardly any small letter among its letters.
pub fn is_upper(text: &str) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for c in text.chars() {
        if c.is_uppercase() {
            upper += 1;
        } else if c.is_lowercase() {
            lower += 1;
        }
    }
    upper > 0 && lower * 5 <= upper
}

/// Whether a line opens a list entry.
pub fn is_bullet(said: &str) -> bool {
    let mut chars = said.chars();
    chars.next().is_some_and(|c| matches!(c, '-' | '+' | '•' | '~' | '*' | '−' | '¬' | '·' | '=')) || said.starts_with("\\-")
}

/// Whether a line opens with a section marker.
fn marker(said: &str) -> bool {
    let head: String = said.chars().take(10).collect();
    let folded = skeleton(&head);
    let digits = head.chars().take_while(char::is_ascii_digit).count();
    folded.starts_with("dieu 1") || folded.starts_with("phan i") || folded.starts_with("chuong i")
        || head.starts_with("I. ") || head.starts_with("I- ") || head.starts_with("A. ")
        || (1..=2).contains(&digits) && head[digits..].starts_with(['.', '/', ')']) && head[digits + 1..].starts_with(' ')
}

/// How far `V/v`, `V/v:` reach at the start of a text.
fn subject_mark(said: &str) -> Option<usize> {
    let letters: Vec<(usize, char)> = said.char_indices().take(6).collect();
    let v = |i: usize| letters.get(i).is_some_and(|(_, c)| matches!(c, 'v' | 'V'));
    let end = if v(0) && letters.get(1).is_some_and(|(_, c)| *c == '/') && v(2) {
        3
    } else if v(0) && v(1) && letters.get(2).is_some_and(|(_, c)| !c.is_alphabetic()) {
        2
    } else {
        return None;
    };
    let at = letters.get(end).map_or(said.len(), |(i, _)| *i);
    let rest = said[at..].trim_start_matches([':', ' ', '.']);
    Some(said.len() - rest.len())
}

/// Whether what follows `Số` can be a number: a slash or dash with capitals behind it, soon.
fn looks_numbered(rest: &str) -> bool {
    let Some((at, _)) = rest.char_indices().take(26).find(|(_, c)| matches!(c, '/' | '-')) else { return false };
    let prose = rest[..at].chars().filter(|c| c.is_alphabetic()).count();
    let behind = rest[at + 1..].trim_start_matches(|c: char| c == ' ' || c.is_ascii_digit() || c == '/' || c == '-');
    prose <= 3 && behind.chars().take(3).filter(|c| c.is_uppercase()).count() >= 2
}

/// Whether a line is the first of the text rather than more of a subject in the left column.
fn starts_text(said: &str, indent: usize, column: usize) -> bool {
    indent > column + 24 || said.len() > 110
}
