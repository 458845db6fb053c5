//! The pieces of `Kính gửi:`, and a number below the type line.

use super::{
    Scan, column,
    kind::Kind,
    wording::{first_letter, is_bullet, looks_numbered, marker, text_between},
};
use crate::text::letter;
use crate::{
    layout::line::{Line, Piece},
    rules::Cue,
    text::skeleton,
};

impl Scan<'_> {
    /// The pieces of `Kính gửi:` (of a công điện: `… điện:`), behind the head.
    pub(super) fn addressees(&mut self, upto: usize) {
        let from = self.head.end.saturating_sub(3);
        // `… điện:` opens addressees in a công điện alone.
        let wire = self.head.type_line.is_some_and(|span| skeleton(span.of(self.text)).starts_with("cong dien"))
            || self.head.number.is_some_and(|span| span.of(self.text).contains("/CĐ"));
        let found = (from..upto.min(self.head.end + 14)).find_map(|at| {
            let line = &self.lines[at];
            let addressed = |piece: &Piece| {
                self.tables.cue_at(Cue::Addressees, self.text, first_letter(self.text, piece.span)).is_some()
            };
            let opens = || self.tables.cue_at(Cue::Addressees, self.text, first_letter(self.text, line.span)).is_some();
            // On a line of one piece the words open the line, or stand behind a number with a place and a date: before
            // Quốc hiệu and Tiêu ngữ, which open other pieces, there are no such words.
            let worth = line.is_apart || opens() || column::number_word(self.text, line.span).is_some();
            let piece = (worth && column::may_begin(self.text, line, Cue::Addressees, self.tables))
                .then(|| column::pieces(self.text, line, self.tables).into_iter().find(addressed))
                .flatten();
            let telegram = || wire && line.text(self.text).ends_with("điện:");
            piece.map(|piece| (at, piece.span)).or_else(|| telegram().then_some((at, line.span)))
        });
        let Some((at, span)) = found else { return };
        self.subject_above(at);
        self.head.addressees.push(span);
        let mut next = at + 1;
        let opened = !text_between(self.text, span.start, span.end).contains(':')
            || span.of(self.text).trim_end().ends_with(':');
        let mut bulleted = span.of(self.text).contains(": -");
        while next < upto {
            let line = &self.lines[next];
            let said = line.text(self.text);
            let bullet = is_bullet(said);
            let previous = self.lines[next - 1].text(self.text);
            let done = previous.ends_with('.') && self.head.addressees.len() > 1 || previous.ends_with("./.");
            let first = opened && next == at + 1;
            // Without bullets an entry is a short line, and the list goes on until one ends in a full stop.
            let entry = opened
                && !bulleted
                && !previous.ends_with(['.', ':'])
                && said.len() < 120
                && said.starts_with(letter::is_uppercase);
            let fresh = line.blanks_before > 0 && !bullet && !first && !entry;
            let grounds =
                self.tables.cue_at(Cue::Grounds, self.text, first_letter(self.text, line.span)).is_some() && !bullet;
            // What follows a firm's name: `(Đ/c: …)`, `MST: …`.
            let address =
                ["(Đ/c", "(Địa chỉ", "Địa chỉ", "Đ/c", "MST", "Mã số"].iter().any(|word| said.starts_with(word));
            if done && !bullet || fresh || grounds || address || marker(said) || next - at > 40 {
                break;
            }
            if !bullet && !opened && !bulleted && line.blanks_before == 0 && previous.ends_with('.') {
                break;
            }
            bulleted |= bullet;
            // A paragraph below the last entry, which has no stop.
            let prose = said.len() > 120 && said.starts_with(letter::is_uppercase) && !previous.ends_with(',');
            if bulleted && !bullet && (prose || previous.ends_with([';', '.'])) {
                break;
            }
            self.head.addressees.push(line.span);
            next += 1;
        }
        self.head.end = self.head.end.max(next);
    }

    /// A letter's subject without `V/v`: the lines between the letterhead and `Kính gửi:`.
    fn subject_above(&mut self, addressees: usize) {
        /// A subject is short.
        const MOST_LINES: usize = 4;
        let open = self.head.title.is_empty() && self.head.type_line.is_none() && self.head.number.is_some();
        let lines = self.head.end..addressees;
        if !open || lines.is_empty() || lines.len() > MOST_LINES {
            return;
        }
        let words = |line: &Line| {
            let said = line.text(self.text);
            let piece = Piece { span: line.span, column: line.indent };
            self.kind(&piece, true) == Kind::Other
                && said.contains(' ')
                && said.chars().filter(|c| letter::is_alphabetic(*c)).count() * 2 > said.chars().count()
                && !said.ends_with(['.', ';', ':', '!'])
                && !is_bullet(said)
        };
        if self.lines[lines.clone()].iter().all(words) {
            self.head.is_subject = true;
            self.head.title.extend(self.lines[lines].iter().map(|line| line.span));
        }
    }

    /// A place and a day of their own line below a form's first field.
    pub(super) fn place_date_below(&mut self, upto: usize) {
        let found = (self.head.end..upto).find(|at| self.states_place_date(self.lines[*at].span));
        if let Some(at) = found.filter(|_| self.head.place_date.is_none() && self.head.type_line.is_some()) {
            self.head.place_date = Some(self.lines[at].span);
            self.head.end = at + 1;
        }
    }

    /// A number below the type line, as in contracts.
    pub(super) fn number_below(&mut self, upto: usize) {
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
