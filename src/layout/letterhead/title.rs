//! The title (trích yếu): under the type line, as a `V/v` subject, or in one with the type.

use super::{
    Scan, column,
    kind::Kind,
    wording::{
        first_letter, is_upper, leads_on, looks_numbered, marker, opens_titles, starts_text, subject_mark,
        text_between, words,
    },
};
use crate::text::letter;
use crate::{
    grammar::{
        date,
        symbol::{self, old_serial_end},
    },
    layout::{
        line::{Line, Piece},
        tail,
    },
    rules::Cue,
    text::{Span, first_word_is, is_near, is_skeleton, lower_eq, opens_with, skeleton},
};

impl Scan<'_> {
    /// `BÁO CÁO TÌNH HÌNH KINH TẾ …`: the title goes on where the type ends.
    pub(super) fn title_beside(&mut self, rest: Span) {
        let said = rest.of(self.text);
        let letters = said.chars().filter(|c| letter::is_alphabetic(*c)).count();
        let names = skeleton(said);
        // `QUY CHẾ LÀM` above `VIỆC CỦA …`
        let torn = || {
            let below = self.lines.get(self.lines.partition_point(|line| line.span.start <= rest.end));
            let bare = said.trim();
            let word = !bare.is_empty() && bare.chars().all(letter::is_alphabetic) && is_upper(bare);
            word && below.is_some_and(|line| line.blanks_before == 0 && is_upper(line.text(self.text)))
        };
        if (letters > 6 || torn()) && !names.starts_with("cua ") && !names.starts_with("lien tich") {
            self.head.title.push(rest.trim(self.text));
        }
    }

    /// The lines of the title, from `at`; returns the first line behind it.
    pub(super) fn title(&mut self, mut at: usize, reach: usize) -> usize {
        // A contract has its number below its type.
        if let Some(line) =
            self.lines.get(at).filter(|line| at < reach && column::number_word(self.text, line.span).is_some())
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
            // `Nam Thái Sơn, ngày 27 tháng 5 năm 2010` below the title, and no other place and date.
            if self.head.place_date.is_none() && self.states_place_date(line.span) {
                self.head.place_date = Some(line.span);
                at += 1;
                if self.head.title.is_empty() {
                    continue;
                }
                break;
            }
            // A field of a form below a title in capitals: `Tên đơn vị: …`.
            if at == start && self.head.title.iter().any(|span| is_upper(span.of(self.text))) && is_field(said) {
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
            let marks = |c: char| c == '|' || c == ' ';
            let from = span.end - span.of(self.text).trim_start_matches(marks).len();
            let bare = span.of(self.text).trim_matches(marks);
            self.head.title.push(Span::new(from, from + bare.len()));
            at += 1;
            if at - start > 12 {
                break;
            }
        }
        // `HỢP ĐỒNG THI CÔNG`, `BIÊN BẢN KIỂM TRA` above a title in small letters: all of it names the kind.
        let typed = self.head.type_line.map_or(0, |typed| typed.end);
        let line_end = self.lines[start.saturating_sub(1)].full.end;
        let beside = self.head.title.len() > 1 && (typed..=line_end).contains(&self.head.title[0].end);
        if beside && !is_upper(self.head.title[1].of(self.text)) {
            self.head.title.remove(0);
        }
        // `CỦA CHỦ TỊCH UỶ BAN NHÂN DÂN HUYỆN` under the type names who decides, not what about.
        if self.head.title.len() > 1 && self.head.number.is_some() {
            let first = self.head.title[0].of(self.text);
            if skeleton(first).starts_with("cua ") && first.chars().count() < 90 && !first.ends_with(',') {
                self.head.title.remove(0);
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

    /// Whether a line is a place and a day, whole: `Hà Nội, ngày 5 tháng 3 năm 2020`.
    pub(super) fn states_place_date(&self, span: Span) -> bool {
        let said = span.of(self.text);
        let place = said.split_once(", ").filter(|(_, day)| opens_with(day, "nga")).map(|(place, _)| place);
        place.is_some_and(|place| place.starts_with(letter::is_uppercase) && place.split(' ').count() <= 6)
            && column::is_place_date(said)
    }

    /// Whether a line behind a blank line still belongs to the title: a heading or a word broken in the middle.
    pub(super) fn goes_on(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let previous = &self.lines[at - 1];
        let said = line.text(self.text);
        let open = !previous.text(self.text).ends_with(['.', ';', ':']) && said.chars().count() < 160;
        let first = first_letter(self.text, line.span);
        let office = self.tables.positions.at(self.text, first).is_some()
            || self.tables.organ_words.at(self.text, first).is_some();
        said.starts_with(letter::is_lowercase) && !office && (open || line.heading > 0 && previous.heading > 0)
    }

    /// Whether a line cannot belong to a title.
    pub(super) fn ends_title(&self, at: usize, caps: bool) -> bool {
        let line = &self.lines[at];
        let said = line.text(self.text);
        let first = first_letter(self.text, line.span);
        let pieces = column::pieces(self.text, line, self.tables);
        let ends = |piece: &Piece, kind: Kind| match kind {
            Kind::Addressees | Kind::Number | Kind::Nation => true,
            // A title may open with the name of a type: `HƯỚNG DẪN CHẾ ĐỘ …`.
            Kind::Type(end) => text_between(self.text, end, piece.span.end).is_empty(),
            _ => false,
        };
        let organ = if let [piece] = &pieces[..] {
            let kind = self.kind(piece, true);
            if ends(piece, kind) {
                return true;
            }
            kind == Kind::Organ
        } else {
            if pieces.iter().any(|piece| ends(piece, self.kind(piece, false))) {
                return true;
            }
            pieces.iter().any(|piece| self.kind(piece, true) == Kind::Organ)
        };
        // One word is no organ, `BAN` above `HÀNH QUY CHẾ …`, nor what a word before it leads on to.
        let led = at > 0 && !self.head.title.is_empty() && leads_on(self.lines[at - 1].text(self.text));
        let organ = organ && said.contains(' ') && !led;
        // Under a title in capitals only a line that is an organ whole ends it.
        let whole = said.contains(' ') && !led && self.is_whole_organ(line.span);
        if self.tables.cue_at(Cue::Grounds, self.text, first).is_some()
            && said.starts_with(|c: char| letter::is_uppercase(c) || c == '-' || c == '*')
            && !is_upper(said)
        {
            return !self.is_title_word(at);
        }
        let office = is_upper(said)
            && self
                .tables
                .positions
                .at(self.text, first)
                .is_some_and(|(end, _)| end == line.span.end || self.has_organ(said));
        self.tables.cue_at(Cue::Attached, self.text, first).is_some() && said.starts_with('(')
            || (organ && is_upper(said) && (!caps || whole))
            || whole && at > 0 && !self.head.title.is_empty()
            || office
            || said.starts_with("- ") && said.len() > 60
            || said.starts_with("Hôm nay,")
            || said.starts_with("Hôm nay ")
            || marker(said)
    }

    /// `Thực hiện …`, `Triển khai …` open titles as well as grounds: right under the type line, closed by a blank line
    /// and without a document number, they are the title.
    pub(super) fn is_title_word(&self, at: usize) -> bool {
        let line = &self.lines[at];
        let said = line.text(self.text);
        let closed =
            self.lines.get(at + 1).is_none_or(|next| next.blanks_before > 0) || !said.ends_with([';', '.', ',', ':']);
        self.head.title.is_empty()
            && closed
            && !skeleton(said).starts_with("can cu")
            && !said.ends_with([';', ':'])
            && said.len() < 240
    }

    /// Whether a line that begins like a type is a title whose type line was dropped: `QUY ĐỊNH MỨC HỖ TRỢ …` below
    /// `27/2016/NQ-HĐND`.
    pub(super) fn opens_title(&self, span: Span, typed: usize) -> bool {
        let number = self.head.number.map_or("", |number| number.of(self.text));
        opens_titles(&self.text[span.start..typed])
            && !text_between(self.text, typed, span.end).is_empty()
            && ["/NQ-", "/QĐ-", "/TT-", "/NĐ-"].iter().any(|symbol| number.contains(symbol))
    }

    /// Law databases drop the type line: `VỀ VIỆC …`, or another title in capitals, stands right below the number then, and
    /// below it who decides, or the first ground. Returns the first line behind them.
    pub(super) fn subject_below(&mut self, at: usize, reach: usize) -> usize {
        let Some(line) = self.lines[..reach].get(at).filter(|_| self.head.title.is_empty()) else { return at };
        if !is_upper(line.text(self.text)) || self.head.number.is_none() {
            return at;
        }
        if self.says_what_about(line.span) {
            let end = self.title(at, reach);
            return self.authority_lines(end, reach);
        }
        let said = line.text(self.text);
        let signed = tail::authority(said, self.tables).is_some();
        if self.head.place_date.is_none() || self.ends_title(at, false) || !said.contains(' ') || signed {
            return self.authority_lines(at, reach);
        }
        let folded = skeleton(said);
        let damaged_type = self.tables.types.iter().any(|kind| is_near(&folded, &skeleton(&kind.name)));
        let end = self.title(at + usize::from(damaged_type), reach);
        let behind = self.authority_lines(end, reach);
        let grounded =
            |line: &Line| self.tables.cue_at(Cue::Grounds, self.text, first_letter(self.text, line.span)).is_some();
        // Nothing else tells a title from any other line in capitals.
        if !self.lines[..reach].get(behind).is_some_and(grounded) {
            self.head.title.clear();
            return at;
        }
        behind
    }

    /// The lines of a `V/v` subject: the left column, from the piece on.
    pub(super) fn subject(&mut self, at: usize, piece: &Piece, reach: usize) {
        self.head.is_subject = true;
        let skip = subject_mark(piece.span.of(self.text)).unwrap_or(0);
        let first = Span::new(piece.span.start + skip, piece.span.end).trim(self.text);
        if first.start < first.end {
            self.head.title.push(first);
        }
        for next in at + 1..reach {
            let line = &self.lines[next];
            if line.blanks_before > 0 {
                break;
            }
            let pieces = column::pieces(self.text, line, self.tables);
            let Some(left) = pieces.first().filter(|p| p.column + 24 > piece.column && p.column < piece.column + 24)
            else {
                break;
            };
            if !matches!(self.kind(left, pieces.len() == 1), Kind::Other | Kind::Organ | Kind::Grounds)
                || starts_text(left.span.of(self.text), line.indent, piece.column)
            {
                break;
            }
            let mut span = left.span;
            if self.head.title.is_empty() {
                let said = span.of(self.text);
                span.start += said.len() - said.trim_start_matches([':', ' ', '.']).len();
            }
            self.head.title.push(span);
            self.head.end = next + 1;
        }
    }

    /// A paper without a letterhead: `Báo cáo về tình hình …` opens the text, and is type and title in one.
    pub(super) fn bare_title(&mut self, first: usize, reach: usize) {
        let Some(line) = self.lines.get(first).filter(|_| first < reach) else { return };
        let said = line.text(self.text);
        let Some((end, kind)) = self.tables.type_words.at(&self.text[..line.span.end], line.span.start) else { return };
        let named = lower_eq(&self.text[line.span.start..end], &self.tables.types[kind].name);
        let rest = self.text[end..line.span.end].trim();
        let runs_on = rest.starts_with(letter::is_lowercase) && !rest.starts_with("này") && !rest.starts_with("số");
        if !named
            || !said.starts_with(letter::is_uppercase)
            || !runs_on
            || said.ends_with(['.', ';', ':'])
            || said.chars().count() > 160
        {
            return;
        }
        self.head.type_line = Some(Span::new(line.span.start, end));
        let mut at = first + 1;
        while at < reach
            && at < first + 5
            && self.lines[at].blanks_before == 0
            && !marker(self.lines[at].text(self.text))
            && self.lines[at].text(self.text).starts_with(letter::is_lowercase)
        {
            at += 1;
        }
        self.head.title.push(Span::new(end, line.span.end).trim(self.text));
        self.head.title.extend(self.lines[first + 1..at].iter().map(|line| line.span));
        self.head.end = at;
    }

    /// The head as law databases print it: `QUYẾT ĐỊNH` / `CỦA BỘ TRƯỞNG … SỐ 15/1998/QĐ-BTM NGÀY …` / `VỀ VIỆC …`.
    /// Issuer, number and date stand behind the type, before the title.
    pub(super) fn inline_head(&mut self, line: usize) {
        let (text, Some(typed)) = (self.text, self.head.type_line) else { return };
        if self.head.number.is_some() {
            return;
        }
        let end = self.head.title.last().map_or(self.lines[line].span.end, |span| span.end);
        // A subject above the type has nothing behind it.
        if end < typed.end {
            return;
        }
        let inside = Span::new(typed.end, end);
        let folded = skeleton(inside.of(text).get(..inside.of(text).floor_char_boundary(80)).unwrap_or_default());
        let lead = ["cua ", "lien tich cua ", "lien tich ", "so "].iter().find(|lead| folded.starts_with(**lead));
        let Some(lead) = lead else { return };
        let words: Vec<(usize, &str)> = words(text, inside).collect();
        let Some(at) = words.iter().position(|(_, word)| skeleton(word) == "so" && *word != "Sở" && *word != "SỞ")
        else {
            return;
        };
        let Some(&(serial, _)) = words.get(at + 1) else { return };
        let numbered = symbol::number(text, serial, self.tables.codes()).map(|read| read.end);
        let numbered = numbered.or_else(|| old_serial_end(text, serial)).filter(|numbered| *numbered <= end);
        let Some(numbered) = numbered else { return };
        self.head.number = Some(Span::new(words[at].0, numbered));
        let skip = lead.split_whitespace().count().saturating_sub(usize::from(*lead == "so "));
        if self.head.issuer.is_empty() && at > skip {
            let issuer = Span::new(words[skip].0, words[at].0).trim(text);
            self.head.issuer.push(issuer);
        }
        self.issuer_behind(numbered);
        let mut behind = numbered;
        let day = words.iter().find(|(start, _)| *start >= numbered).filter(|(_, word)| skeleton(word) == "ngay");
        if let Some(date) = day.and_then(|(start, _)| date::date(text, *start).map(|date| (*start, date))) {
            self.head.place_date = Some(Span::new(date.0, date.1.end));
            behind = date.1.end;
        }
        let mut title: Vec<Span> = self.head.title.iter().copied().filter(|span| span.end > behind).collect();
        if title.is_empty() && behind < end
            || title.first().is_some_and(|first| first.start > behind && self.lines[line].span.end > behind)
        {
            title.insert(0, Span::new(behind, self.lines[line].span.end.max(behind)));
        }
        if let Some(first) = title.first_mut() {
            first.start = first.start.max(behind);
            let bare = first.of(text).trim_start_matches(|c: char| !letter::is_alphanumeric(c) && c != '"');
            first.start = first.end - bare.len();
        }
        title.retain(|span| span.start < span.end);
        self.head.title = title;
    }

    /// `SỐ 17-NQ/TVQH NGÀY 21-12-1960` above `CỦA UỶ BAN THƯỜNG VỤ QUỐC HỘI VỀ VIỆC …`: who decides stands behind the
    /// number, and the title behind it.
    fn issuer_behind(&mut self, numbered: usize) {
        let text = self.text;
        let of = |span: &Span| span.start > numbered && first_word_is(span.of(text), "cua");
        let Some(at) = self.head.title.iter().position(of).filter(|_| self.head.issuer.is_empty()) else { return };
        let line = self.head.title[at];
        let words: Vec<(usize, &str)> = words(text, line).collect();
        let about = words.windows(2).position(|two| is_skeleton(two[0].1, "ve") && is_skeleton(two[1].1, "viec"));
        if let (Some(about), Some(&(start, _))) = (about, words.get(1)) {
            self.head.issuer.push(Span::new(start, words[about].0).trim(text));
            self.head.title[at].start = words[about].0;
        }
    }

    /// Behind the title: the organ or office that decides (`CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …`, `KHÓA III, KỲ HỌP THỨ 8`).
    pub(super) fn authority_lines(&mut self, mut at: usize, reach: usize) -> usize {
        let from = at;
        while at < reach && at - from < 4 {
            let line = &self.lines[at];
            let said = line.text(self.text);
            let first = first_letter(self.text, line.span);
            let known = self.tables.organ_words.at(self.text, first).is_some()
                || self.tables.positions.at(self.text, first).is_some()
                || at > from;
            // `(Từ ngày 07/12 đến ngày 09/12/2020)` below the session.
            let aside = at > from && said.starts_with('(') && said.ends_with(')');
            if !(is_upper(said) && known || aside) || said.ends_with(':') || marker(said) || said.chars().count() > 120
            {
                break;
            }
            at += 1;
        }
        self.head.authority = (at > from).then_some(from);
        at
    }
}

/// Whether a line is a field of a form: what it asks for, a colon, and the answer. `Chuyên đề: …` says what a paper is about.
fn is_field(said: &str) -> bool {
    const FIELDS: [&str; 8] =
        ["ten don vi", "don vi", "ten truong", "truong", "dia chi", "ho va ten", "ho ten", "dien thoai"];
    said.split_once(':').is_some_and(|(field, _)| FIELDS.iter().any(|known| is_skeleton(field.trim(), known)))
}
