//! Papers that a conversion wrote on one line, letterhead, articles and signature behind each other: cut into lines again.

use super::{
    column,
    letterhead::{is_upper, leads_on, looks_numbered, opens_titles},
    line::{self, Line},
    tail,
};
use crate::{
    grammar::{date, name, roman::roman, symbol},
    rules::{Cue, Tables},
    text::{Span, first_word_is, letter, word_starts},
};
use memchr::{memchr2, memmem};

/// What is shorter is no paper.
const LONG: usize = 300;
/// How far into a line its Quốc hiệu may stand.
const HEAD: usize = 1000;
/// How far a number or a day reaches.
const NEAR: usize = 80;
/// Of a text whose lines are that long, every long line is cut; of others only those with a letterhead.
const MEAN: usize = 400;
/// In a text whose lines are that long, a type in capitals makes up for a letterhead that was lost.
const PAGES: usize = 1000;

/// The lines of a text, those cut that hold whole papers.
pub(super) fn unfold(text: &str, lines: Vec<Line>, tables: &Tables) -> Vec<Line> {
    let mean = text.len() / lines.len().max(1);
    let long = |line: &Line| line.span.end - line.span.start >= LONG;
    let folded = |line: &Line| {
        let head = &text[line.span.start..text.floor_char_boundary(line.span.end.min(line.span.start + HEAD))];
        long(line) && (holds_nation(head, tables) || mean >= PAGES && holds_type(head, tables))
    };
    if !lines.iter().any(folded) {
        return lines;
    }
    let every = mean >= MEAN;
    let mut cutter = Cutter { text, tables, cuts: Vec::new(), end: 0, state: State::default() };
    let mut out = Vec::with_capacity(lines.len() * 8);
    for line in lines {
        if folded(&line) || every && long(&line) {
            cutter.run(line.span);
            out.extend(cutter.lines(line));
        } else {
            out.push(line);
        }
    }
    out
}

/// Whether the head of a line holds the name of the State, or of the Party, in capitals, or Tiêu ngữ.
fn holds_nation(head: &str, tables: &Tables) -> bool {
    let holds = |word: &str, cue: Cue| {
        memmem::find(head.as_bytes(), word.as_bytes()).is_some_and(|at| tables.cue_at(cue, head, at).is_some())
    };
    holds("CỘNG H", Cue::Nation) || holds("ĐẢNG CỘNG", Cue::Nation) || holds("Độc lập", Cue::Motto)
}

/// Whether the head of a line holds the name of a type in capitals.
fn holds_type(head: &str, tables: &Tables) -> bool {
    let capitals = |at: usize| tables.type_words.at(head, at).is_some_and(|(end, _)| is_upper(&head[at..end]));
    word_starts(head, Span::new(0, head.len())).any(capitals)
}

/// The first word of a text.
fn first_word(text: &str) -> &str {
    text.split([' ', '\t']).next().unwrap_or(text)
}

/// What was read of a paper so far.
#[derive(Default)]
struct State {
    numbered: bool,
    dated: bool,
    typed: bool,
    /// Grounds, addressees or a heading were met.
    begun: bool,
    /// The recipients or a signature were met.
    ended: bool,
    /// The words before are a heading or a signer's office, in capitals.
    capitals: bool,
    /// The archive line was met.
    archived: bool,
    /// The last Roman, Arabic and letter marker.
    rows: [u16; 3],
}

struct Cutter<'a> {
    text: &'a str,
    tables: &'a Tables,
    /// Where lines begin.
    cuts: Vec<usize>,
    /// Where the line ends that is being cut.
    end: usize,
    state: State,
}

impl<'a> Cutter<'a> {
    fn run(&mut self, line: Span) {
        self.cuts.clear();
        self.end = line.end;
        let mut at = line.start;
        while at < line.end {
            let next = self.word(at, line).clamp(at, line.end);
            let blank = memchr2(b' ', b'\t', &self.text.as_bytes()[next..line.end]);
            // What a cut ends at may touch the next word.
            let touches = next > at && self.cuts.last() == Some(&next);
            let Some(from) = blank.map(|blank| if touches { 0 } else { blank }) else { break };
            let rest = &self.text[next + from..line.end];
            let gap = rest.len() - rest.trim_start_matches([' ', '\t', '*', '_']).len();
            at = next + from + gap;
            // Columns of the letterhead and the signature.
            let columns = self.state.ended || !self.state.begun && !self.state.typed;
            if columns && at < line.end && (gap >= 4 || rest[..gap].contains('\t')) {
                self.state.capitals = false;
                self.cut(at);
            }
        }
    }

    /// The lines that the cuts make of one.
    fn lines(&self, line: Line) -> Vec<Line> {
        let starts = std::iter::once(line.full.start).chain(self.cuts.iter().copied());
        let ends = self.cuts.iter().copied().chain([line.full.end]);
        let pieces = starts.zip(ends).map(|(start, end)| Span::new(start, end));
        let told = pieces.filter(|full| full.of(self.text).contains(letter::is_alphanumeric));
        told.enumerate()
            .filter_map(|(n, full)| {
                let (span, heading) = line::content(self.text, full)?;
                let blanks_before = if n == 0 { line.blanks_before } else { 0 };
                let said = span.of(self.text);
                // Where columns stood, the line is cut; elsewhere blanks are what indents left behind.
                let is_apart = memchr2(b'|', b'<', said.as_bytes()).is_some();
                Some(Line { full, span, indent: 0, blanks_before, heading, is_apart })
            })
            .collect()
    }

    /// The text up to where the line ends: nothing is read that goes on in the next.
    fn seen(&self) -> &'a str {
        &self.text[..self.end]
    }

    fn cut(&mut self, at: usize) {
        if at < self.end && self.cuts.last().is_none_or(|last| *last < at) {
            self.cuts.push(at);
        }
    }

    /// Cuts before and behind a piece; returns where it ends.
    fn piece(&mut self, start: usize, end: usize) -> usize {
        self.cut(start);
        self.cut(end);
        end
    }

    /// Cuts at the word that begins at `at`; returns from where to look on.
    fn word(&mut self, at: usize, line: Span) -> usize {
        let text = self.seen();
        let rest = &text[at..line.end];
        if rest.starts_with("# ") || rest.starts_with("##") {
            self.cut(at);
            return at;
        }
        if rest.starts_with("---") || rest.starts_with("___") || rest.starts_with("***") {
            let drawn = rest.len() - rest.trim_start_matches(['-', '_', '*']).len();
            // `-----o0o-----`
            let word = first_word(rest);
            let letters = word.chars().filter(|c| letter::is_alphanumeric(*c)).count();
            return self.piece(at, at + if letters <= 3 { word.len() } else { drawn });
        }
        // `III. KINH PHÍ Kinh phí …`, `PHÓ CHỦ TỊCH Lê Văn An`
        if self.state.capitals && first_word(rest).contains(letter::is_lowercase) {
            self.state.capitals = false;
            if rest.starts_with(letter::is_uppercase) {
                self.cut(at);
            }
        }
        let before = text[line.start..at].trim_end().chars().next_back();
        let stopped = before.is_none_or(|c| matches!(c, '.' | ';' | ':' | ',' | '/' | ')'));
        if let Some(end) = self.bullet(rest, before).or_else(|| self.marker(at, rest, before)) {
            self.cut(at);
            return at + end;
        }
        if !rest.starts_with(letter::is_uppercase) {
            return self.day(at, line);
        }
        let head = !self.state.begun && !self.state.typed;
        let nation = self.tables.cue_at(Cue::Nation, text, at);
        if let Some((end, _)) = nation.filter(|(end, _)| head || is_upper(&text[at..*end])) {
            if self.state.ended {
                self.state = State::default();
            }
            return self.piece(at, end);
        }
        if let Some((end, _)) = self.tables.cue_at(Cue::Motto, text, at) {
            return self.piece(at, end);
        }
        if !self.state.begun && !self.state.typed {
            if let Some(end) = self.own_number(at, line) {
                return self.piece(at, end);
            }
            if (self.state.numbered || self.state.dated) && (rest.starts_with("V/v") || rest.starts_with("V/V")) {
                self.cut(at);
                return at;
            }
        }
        self.opening(at, line, stopped).or_else(|| self.closing(at, line, stopped)).unwrap_or(at)
    }

    /// `- Như Điều 3;` behind a stop.
    fn bullet(&self, rest: &str, before: Option<char>) -> Option<usize> {
        let behind = rest.strip_prefix(['-', '+', '•'])?.strip_prefix(' ')?;
        let listed =
            self.state.capitals || self.state.ended && matches!(before, Some(c) if c == ',' || letter::is_uppercase(c));
        let fresh = listed || matches!(before, Some('.' | ';' | ':'));
        (fresh && behind.starts_with(letter::is_uppercase)).then_some(1)
    }

    /// `Điều 3.`, `Chương II`, `IV.`, `2.`, `b)`, the next of its row or the first: the length of its first word.
    fn marker(&mut self, at: usize, rest: &str, before: Option<char>) -> Option<usize> {
        if !(self.state.begun || self.state.typed) {
            return None;
        }
        let word = first_word(rest);
        let behind = rest[word.len()..].trim_start_matches([' ', '\t', '*', '_']);
        let opens = || behind.starts_with(|c: char| letter::is_uppercase(c) || c == '"' || c == '(');
        let stopped = before.is_none_or(|c| matches!(c, '.' | ';' | ':' | ',' | ')' | '/' | '*'));
        let division = match word {
            "Điều" => Some(false),
            "Chương" | "CHƯƠNG" | "Phần" | "PHẦN" => Some(true),
            _ => None,
        };
        if let Some(divides) = division {
            let number = behind.split([' ', '.', ':', '*']).next().unwrap_or_default();
            let stop = behind[number.len()..].starts_with(['.', ':']);
            let known = match divides {
                false => number.len() <= 3 && number.parse::<u16>().is_ok() && stop,
                true => {
                    roman(number).is_some() || number.len() == 1 && is_upper(number) || first_word_is(behind, "thu")
                }
            };
            let fresh = known && (stopped || before.is_some_and(letter::is_uppercase));
            if fresh {
                self.state.begun = true;
                self.state.rows = [0; 3];
            }
            return fresh.then_some(word.len());
        }
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        // `1.2.`, with or without the last stop, behind any word.
        let inner = word[digits..].strip_prefix('.').map(|inner| inner.trim_end_matches('.'));
        if (1..=2).contains(&digits) && inner.is_some_and(is_path) && opens() {
            let first: u16 = word[..digits].parse().ok()?;
            let near = first == self.state.rows[1] || first == self.state.rows[1] + 1;
            self.state.rows[1] = if near { first } else { self.state.rows[1] };
            return near.then_some(word.len());
        }
        let bare = word.strip_suffix(['.', ')', '-', '/'])?;
        let row = match bare.as_bytes() {
            [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9'] => 1,
            [b'I' | b'V' | b'X', ..] if !word.ends_with(')') => 0,
            _ if bare.chars().count() == 1 && bare.starts_with(letter::is_lowercase) => 2,
            _ => return None,
        };
        let number = match row {
            0 => u16::from(roman(bare)?),
            1 => bare.parse().ok()?,
            // A list may leave out `đ`.
            _ => "abcdđeghiklmnopqrstuvxy".chars().position(|letter| bare.starts_with(letter))? as u16 + 1,
        };
        // `Điều 3.`, `quý 1.` are no markers.
        let named = self.text[..at].trim_end().rsplit([' ', '\t']).next().unwrap_or_default();
        const NAMED: [&str; 13] =
            ["dieu", "khoan", "muc", "so", "quy", "thang", "nam", "diem", "chuong", "ngay", "lan", "cap", "loai"];
        let last = self.state.rows[row];
        let reach = if stopped { 3 } else { 1 };
        let follows = number == 1 || (1..=reach).contains(&number.wrapping_sub(last));
        let small = row < 2 || !word.ends_with(')');
        if !follows || small && !opens() || NAMED.iter().any(|word| first_word_is(named, word)) || row == 2 && !stopped
        {
            return None;
        }
        self.state.rows[row] = number;
        self.state.rows[row + 1..].fill(0);
        self.state.begun = true;
        let title = first_word(behind);
        self.state.capitals = title.chars().count() > 1 && is_upper(title);
        Some(word.len())
    }

    /// The number of the paper: where it ends.
    fn own_number(&mut self, at: usize, line: Span) -> Option<usize> {
        if self.state.numbered {
            return None;
        }
        let from = column::number_word(self.seen(), Span::new(at, line.end))?;
        let near = &self.text[from..self.text.floor_char_boundary(line.end.min(from + NEAR))];
        let token = near.find('/').map(|stroke| stroke + near[stroke..].find(' ').unwrap_or(near.len() - stroke));
        let end = symbol::number(self.seen(), from, self.tables.codes())
            .map(|read| read.end)
            .or_else(|| token.filter(|end| *end < 40).map(|end| from + end))?;
        self.state.numbered = looks_numbered(&self.text[from..end]);
        self.state.numbered.then_some(end)
    }

    /// `…, ngày 12 tháng 5 năm 2014` in the head: cuts before the place and behind the day.
    fn day(&mut self, at: usize, line: Span) -> usize {
        let text = self.seen();
        let head = !self.state.dated && !self.state.begun && !self.state.typed;
        if !head || !first_word_is(&text[at..], "ngay") || !text[line.start..at].trim_end().ends_with(',') {
            return at;
        }
        let near = &text[at..text.floor_char_boundary(line.end.min(at + NEAR))];
        let open = || {
            let year = near.find("năm").filter(|year| *year < 60)? + "năm".len();
            let digits = near[year..].trim_start_matches([' ', '.', '…']);
            Some(at + near.len() - digits.trim_start_matches(|c: char| c.is_ascii_digit()).len())
        };
        let Some(end) = date::date(text, at).map(|read| read.end).or_else(open) else { return at };
        let mut place = at;
        for (start, word) in words_back(&text[line.start..at]) {
            let from = line.start + start;
            if !word.starts_with(letter::is_uppercase) || self.cuts.last().is_some_and(|cut| from < *cut) {
                break;
            }
            place = from;
        }
        self.state.dated = true;
        self.piece(place, end)
    }

    /// The type, who decides, the grounds, the addressees.
    fn opening(&mut self, at: usize, line: Span, stopped: bool) -> Option<usize> {
        let text = self.seen();
        let state = &mut self.state;
        // Right behind Tiêu ngữ, the number or the date, in whatever case.
        let fresh = self.cuts.last().is_some_and(|cut| text[*cut..at].trim().is_empty());
        if !state.typed && !state.begun && (state.numbered || state.dated || fresh || at == line.start) {
            let typed = self.tables.type_words.at(text, at).filter(|(end, _)| is_upper(&text[at..*end]) || fresh);
            if let Some((end, _)) = typed {
                state.typed = true;
                // `QUY ĐỊNH MỨC HỖ TRỢ …` may be a title: what it is, is told from the whole line.
                let behind = first_word(text[end..line.end].trim_start());
                if opens_titles(&text[at..end]) && is_upper(behind) {
                    self.cut(at);
                    return Some(end);
                }
                return Some(self.piece(at, end));
            }
        }
        let second = text[at..line.end].chars().nth(1);
        let spoken = second.is_some_and(letter::is_lowercase);
        let ground = spoken && self.tables.cue_at(Cue::Grounds, text, at).is_some();
        let addressed = self.tables.cue_at(Cue::Addressees, text, at).is_some();
        if ground && stopped && self.state.rows == [0; 3] && self.state.begun {
            self.cut(at);
            return Some(at);
        }
        if (ground || addressed) && !self.state.begun && (self.state.typed || self.state.dated) {
            self.state.begun = true;
            if let Some(decides) = self.decides(at) {
                self.cut(decides);
            }
            self.cut(at);
            return Some(at);
        }
        let (end, _) = self.tables.cue_at(Cue::Enacting, text, at).filter(|(end, _)| is_upper(&text[at..*end]))?;
        let colon = text[end..line.end].trim_start_matches(' ').strip_prefix(':')?;
        Some(self.piece(at, line.end - colon.len()))
    }

    /// `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH` right before the first ground, behind the title.
    fn decides(&self, at: usize) -> Option<usize> {
        let text = self.seen();
        let from = self.cuts.last().copied()?;
        let capitals = words_back(&text[from..at]).take_while(|(_, word)| !word.contains(letter::is_lowercase));
        let known = |start: usize| {
            self.tables.positions.at(text, start).is_some() || self.tables.organ_words.at(text, start).is_some()
        };
        // The office stands before its organ, with nothing that leads on to them.
        let apart = |start: &usize| *start > from && known(*start) && !leads_on(text[from..*start].trim_end());
        capitals.map(|(start, _)| from + start).filter(apart).last()
    }

    /// `Nơi nhận:`, `TM. …`, `PHÓ CHỦ TỊCH`, a name; and what is attached behind them.
    fn closing(&mut self, at: usize, line: Span, stopped: bool) -> Option<usize> {
        let text = self.seen();
        if !self.state.begun {
            return None;
        }
        let rest = &text[at..line.end];
        let word = first_word(rest);
        let capital = !word.contains(letter::is_lowercase);
        self.state.archived |= self.state.ended && self.tables.cue_at(Cue::Archive, text, at).is_some();
        // `- Lưu: VT. Nguyễn Văn A`, where two columns became one line.
        if self.state.archived && !capital && rest.len() < 40 && name::person(rest, &self.tables.names).is_some() {
            self.cut(at);
            return Some(line.end);
        }
        let recipients = self.tables.cue_at(Cue::Recipients, text, at);
        if recipients.is_some_and(|(end, _)| text[end..].starts_with([':', ' ']) && text[at..end].len() < 20) {
            self.state.ended = true;
            self.cut(at);
            return Some(at);
        }
        if !capital {
            return None;
        }
        if let Some((_, behind, _)) = tail::authority(rest, self.tables).filter(|_| stopped || self.state.ended) {
            (self.state.ended, self.state.capitals) = (true, true);
            self.cut(at);
            return Some(at + behind);
        }
        if !(self.state.ended || stopped && text[line.start..at].trim_end().ends_with("./.")) {
            return None;
        }
        if let Some((end, _)) = self.tables.positions.at(text, at).filter(|(end, _)| is_upper(&text[at..*end])) {
            (self.state.ended, self.state.capitals) = (true, true);
            self.cut(at);
            return Some(end);
        }
        let attached = self.tables.cue_at(Cue::Annex, text, at).is_some();
        let typed = self.tables.type_words.at(text, at).filter(|(end, _)| is_upper(&text[at..*end]));
        if attached || typed.is_some() {
            let titled = typed.map_or(at, |(end, _)| end);
            self.state = State { numbered: true, dated: true, typed: true, ..State::default() };
            return Some(self.piece(at, titled));
        }
        None
    }
}

/// Whether a text is numbers and the stops between them: `2.1`.
fn is_path(text: &str) -> bool {
    text.split('.').all(|number| (1..=2).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The words of a text from its end back: where each begins.
fn words_back(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = text.len();
    std::iter::from_fn(move || {
        let rest = text[..end].trim_end();
        let start = rest.rfind([' ', '\t']).map_or(0, |blank| blank + 1);
        end = start;
        (start < rest.len()).then(|| (start, &rest[start..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout::lines, rules::Rules};
    use proptest::prelude::*;

    fn said(text: &str) -> Vec<&str> {
        unfold(text, lines(text), Rules::builtin().tables()).iter().map(|line| line.span.of(text)).collect()
    }

    const PAPER: &str = "UBND HUYỆN ĐĂK HÀ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM TRƯỜNG THCS NGUYỄN HUỆ Độc lập - Tự do - Hạnh \
                         phúc ------- Số: 15/QĐ-THCS Đăk Hà, ngày 10 tháng 9 năm 2019 QUYẾT ĐỊNH Về việc thành lập Tổ tư \
                         vấn HIỆU TRƯỞNG TRƯỜNG THCS NGUYỄN HUỆ Căn cứ Thông tư số 28/2020/TT-BGDĐT ngày 04/9/2020; Xét đề \
                         nghị của tổ Văn phòng, QUYẾT ĐỊNH: Điều 1. Thành lập Tổ tư vấn gồm: a) Bà Lê Thị Hòa; b) Ông Vũ \
                         Văn Tâm. Điều 2. Quyết định có hiệu lực từ quý 3. Các tổ thi hành./. Nơi nhận: - Như Điều 2; - \
                         Lưu: VT. HIỆU TRƯỞNG Phan Văn Hùng";

    #[test]
    fn a_paper_on_one_line_is_cut_where_its_lines_began() {
        assert_eq!(
            said(PAPER),
            [
                "UBND HUYỆN ĐĂK HÀ",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "TRƯỜNG THCS NGUYỄN HUỆ",
                "Độc lập - Tự do - Hạnh phúc",
                "Số: 15/QĐ-THCS",
                "Đăk Hà, ngày 10 tháng 9 năm 2019",
                "QUYẾT ĐỊNH",
                "Về việc thành lập Tổ tư vấn",
                "HIỆU TRƯỞNG TRƯỜNG THCS NGUYỄN HUỆ",
                "Căn cứ Thông tư số 28/2020/TT-BGDĐT ngày 04/9/2020;",
                "Xét đề nghị của tổ Văn phòng,",
                "QUYẾT ĐỊNH:",
                "Điều 1. Thành lập Tổ tư vấn gồm:",
                "a) Bà Lê Thị Hòa;",
                "b) Ông Vũ Văn Tâm.",
                "Điều 2. Quyết định có hiệu lực từ quý 3. Các tổ thi hành./.",
                "Nơi nhận:",
                "- Như Điều 2;",
                "- Lưu: VT.",
                "HIỆU TRƯỞNG",
                "Phan Văn Hùng",
            ]
        );
    }

    #[test]
    fn headings_are_cut_off_where_their_rows_go_on() {
        let head = "BÁO CÁO Công tác năm 2020 Thực hiện Kế hoạch số 5/KH-UBND, xã báo cáo như sau: ";
        let text = format!(
            "{head}I. KẾT QUẢ 1. Kinh tế 1.1. Trồng trọt: đạt 97%. 1.2. Chăn nuôi: Khoản 4. Điều này. 2. Xã hội {}II. \
             NHIỆM VỤ 1- Thu ngân sách; 2- Chi.",
            "Công tác xã hội ổn định, an ninh giữ vững. ".repeat(30)
        );
        let opened: Vec<&str> = said(&text).into_iter().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(opened, ["BÁO", "Công", "Thực", "I.", "1.", "1.1.", "1.2.", "2.", "II.", "1-", "2-"]);
    }

    #[test]
    fn other_texts_keep_their_lines() {
        let prose = "Nước Cộng hòa xã hội chủ nghĩa Việt Nam là thành viên. 1. Một; 2. Hai. ".repeat(9);
        let body = format!("{}\n{}", PAPER.replace(" QUYẾT", "\nQUYẾT"), prose);
        for text in
            [&prose, &PAPER[..200.min(PAPER.floor_char_boundary(200))].to_owned(), &"\n".to_owned(), &String::new()]
        {
            assert_eq!(said(text), lines(text).iter().map(|line| line.span.of(text)).collect::<Vec<_>>());
        }
        assert!(said(&body).contains(&prose.trim()), "a paragraph below a letterhead is no paper");
    }

    proptest! {
        #[test]
        fn no_letter_is_lost_and_lines_come_in_order(
            words in prop::collection::vec(prop::sample::select(vec![
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số:", "15/QĐ-UBND", "Huế,", "ngày", "5", "tháng", "năm", "2020",
                "QUYẾT ĐỊNH", "QUYẾT ĐỊNH:", "Căn cứ", "Điều", "1.", "2.1.", "a)", "b)", "-", "##", "**I.", "KT.", "CHỦ TỊCH",
                "Nơi nhận:", "Lưu: VT.", "Lê Văn An", "./.", "\t", "    ", "Phần", "thứ", "xã;", "Đ", "\u{a0}", "PHỤ LỤC", "*",
            ]), 60..200),
            parting in prop::sample::select(vec![" ", "  ", ""]),
            broken in 0usize..60,
        ) {
            let (first, second) = words.split_at(broken);
            let text = format!("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM {}\n{}", first.join(parting), second.join(parting));
            let found = unfold(&text, lines(&text), Rules::builtin().tables());
            let letters = |text: &str| text.chars().filter(|c| letter::is_alphanumeric(*c)).collect::<String>();
            let kept: String = found.iter().map(|line| letters(line.span.of(&text))).collect();
            prop_assert_eq!(kept, letters(&text));
            prop_assert!(found.windows(2).all(|pair| pair[0].full.end <= pair[1].full.start));
            prop_assert!(found.iter().all(|line| line.full.start <= line.span.start && line.span.end <= line.full.end));
        }
    }
}
