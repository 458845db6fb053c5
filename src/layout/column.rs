//! Columns of a letterhead: wide spaces, tabs and table bars set them apart, and so do cue words where they were flattened.

use super::{
    glance::Glance,
    line::{self, Line, Piece},
};
use crate::{
    grammar::{date, symbol},
    rules::{Cue, Tables},
    text::{Span, first_word_is, fold_char, is_skeleton, letter, opens_with, skeleton, word_starts},
};

/// The pieces of a letterhead line, each of one column.
pub fn pieces(text: &str, line: &Line, tables: &Tables) -> Vec<Piece> {
    pieces_at(text, line, Glance::of(line.text(text)), tables)
}

/// The same for a line at which a glance was cast.
pub fn pieces_at(text: &str, line: &Line, glance: Glance, tables: &Tables) -> Vec<Piece> {
    let apart = line::pieces(text, line);
    let mut out = Vec::with_capacity(apart.len() + 1);
    if !line.is_apart {
        apart.into_iter().for_each(|piece| split(text, piece, glance, tables, &mut out));
        return out;
    }
    for piece in joined(text, apart) {
        for cell in cells(text, piece) {
            split(text, cell, glance, tables, &mut out);
        }
    }
    out
}

/// Pieces that a blank number or day tore apart, made one again: `Số:        /KH-UBND`, `ngày      tháng 5 năm 2024`.
fn joined(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let right = piece.span.of(text);
        let torn = out.last().is_some_and(|left| {
            let left = left.span.of(text);
            let last = skeleton(left.rsplit(' ').next().unwrap_or_default());
            let first = skeleton(right.split(' ').next().unwrap_or_default());
            right.starts_with(['/', '-']) && skeleton(left).starts_with("so")
                || matches!(last.as_str(), "ngay" | "thang" | "nam")
                    && (first == "thang" || first == "nam" || right.starts_with(|c: char| c.is_ascii_digit()))
                || matches!(first.as_str(), "thang" | "nam") && skeleton(left).contains("ngay")
                || left.ends_with(',') && first == "ngay"
                || last == "so" && left.len() < 12
        });
        match out.last_mut().filter(|_| torn) {
            Some(left) => left.span.end = piece.span.end,
            None => out.push(piece),
        }
    }
    out
}

/// The cells of a Markdown table row, and the lines inside a cell (`<br>`).
fn cells(text: &str, piece: Piece) -> Vec<Piece> {
    let inside = piece.span.of(text);
    if !inside.contains(['|', '<']) {
        return vec![piece];
    }
    let mut out = Vec::new();
    let mut at = piece.span.start;
    let mut each = |part: &str| {
        let cell = if part.ends_with('>') { part.trim_end_matches("<br>") } else { part };
        let bare = cell.trim_end_matches('|');
        let trimmed = bare.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '|' | '\\' | '-' | '_'));
        if !trimmed.is_empty() {
            let start = at + (trimmed.as_ptr() as usize - bare.as_ptr() as usize);
            out.push(Piece { span: Span::new(start, start + trimmed.len()), column: piece.column + out.len() * 40 });
        }
        at += part.len();
    };
    if inside.contains('<') {
        inside.split_inclusive("<br>").flat_map(|part| part.split_inclusive('|')).for_each(&mut each);
    } else {
        inside.split_inclusive('|').for_each(&mut each);
    }
    out
}

/// Splits a piece where a second column begins inside it.
fn split(text: &str, piece: Piece, glance: Glance, tables: &Tables, out: &mut Vec<Piece>) {
    let Some(at) = second_column(text, piece.span, glance, tables) else {
        out.push(piece);
        return;
    };
    let left = Span::new(piece.span.start, at).trim(text);
    if left.start < left.end {
        out.push(Piece { span: left, column: piece.column });
    }
    let before = text[piece.span.start..at].chars().count();
    out.push(Piece { span: Span::new(at, piece.span.end), column: piece.column + before });
}

/// Where a right column begins inside a piece: at Quốc hiệu, at Tiêu ngữ, or after the number.
fn second_column(text: &str, span: Span, glance: Glance, tables: &Tables) -> Option<usize> {
    // Behind the first word, which its end is enough to pass over.
    let first = text[span.start..span.end].find(letter::is_alphanumeric).map_or(span.end, |n| span.start + n);
    let behind = text[first..span.end].find(|c: char| !letter::is_alphanumeric(c)).map_or(span.end, |n| first + n);
    // `CỦA CHỦ TỊCH CHÍNH PHỦ VIỆT NAM DÂN CHỦ CỘNG HÒA SỐ 85 …` is one column: it names who decides.
    if first_word_is(&text[first..span.end], "cua") {
        return None;
    }
    if let Some(at) = first_cue(text, Span::new(behind, span.end), Cue::Nation, tables) {
        return Some(at);
    }
    if let Some(at) = motto(text, span, glance, tables).filter(|&at| at > span.start) {
        return Some(at);
    }
    let number = number_word(text, span)?;
    let after = after_number(text, number, span.end, tables)?;
    let rest = Span::new(after, span.end).trim(text);
    (rest.start < rest.end && is_place_date(rest.of(text))).then_some(rest.start)
}

/// The first word of a span with which a cue begins.
fn first_cue(text: &str, span: Span, cue: Cue, tables: &Tables) -> Option<usize> {
    tables.cues.get(&cue)?.first_in(text, span)
}

/// Whether a span, of a line with that glance, opens with Tiêu ngữ.
pub fn opens_motto(text: &str, span: Span, glance: Glance, tables: &Tables) -> bool {
    tables.cue_at(Cue::Motto, text, span.start).is_some()
        || glance.any(Glance::FREE) && motto(text, span, glance, tables) == Some(span.start)
}

/// Where Tiêu ngữ begins in a span, however damaged: `Tự do` with `lập` before it or `phúc` after it.
fn motto(text: &str, span: Span, glance: Glance, tables: &Tables) -> Option<usize> {
    if let Some(at) = first_cue(text, span, Cue::Motto, tables) {
        return Some(at);
    }
    if !glance.any(Glance::FREE) {
        return None;
    }
    let inside = &text[..span.end];
    let is = |at: usize, words: &[&str]| words.iter().any(|word| first_word_is(&inside[at..], word));
    // The last three words, the nearest first.
    let mut before = [None; 3];
    let mut free = None;
    for at in word_starts(text, span) {
        if before[0].is_some_and(|before| is(before, &["tu"])) && is(at, &["do"]) {
            free = Some(before);
            break;
        }
        before = [Some(at), before[0], before[1]];
    }
    let [Some(freedom), one, two] = free? else { return None };
    let independent = |at: &Option<usize>| at.is_some_and(|at| is(at, &["lap", "lop", "iap"]));
    if independent(&one) {
        return two.or(one);
    }
    if independent(&two) {
        // The word before, unless none is.
        return word_starts(text, Span::new(span.start, two?)).last().or(two);
    }
    let happy = |at: usize| opens_with(&inside[at..], "hanh") || opens_with(&inside[at..], "phu");
    word_starts(text, Span::new(freedom, span.end)).any(happy).then_some(freedom)
}

/// A screen for lines of which no piece can begin with a cue: pieces begin where words do, but for a date that is glued to
/// the number before it, and there is no number without a stroke or a dash, nor one that does not open a piece.
pub fn may_begin(text: &str, line: &Line, cue: Cue, tables: &Tables) -> bool {
    let said = line.text(text);
    let glued = || {
        (line.is_apart || number_word(text, line.span).is_some()) && said.contains(['/', '-']) && {
            let glance = Glance::of(said);
            glance.any(Glance::NUMBER) && glance.any(Glance::DAY | Glance::MONTH)
        }
    };
    first_cue(text, line.span, cue, tables).is_some() || glued()
}

/// The end of the word `Số` (`Sô:`, `S6:`, `Luật số:`) that opens a number line.
pub fn number_word(text: &str, span: Span) -> Option<usize> {
    let inside = span.of(text);
    let opening = inside.chars().next().filter(|c| letter::is_alphanumeric(*c))?;
    if !matches!(fold_char(opening), 's' | 'l' | 'b' | 'p' | 'n') {
        return None;
    }
    let end_of = |word: &str| span.start + word.len();
    let first_end = inside.find(|c: char| !letter::is_alphanumeric(c)).unwrap_or(inside.len());
    // Digits may stick to the word: `Số12/…`.
    let letters = inside.find(|c: char| !letter::is_alphabetic(c)).unwrap_or(inside.len());
    let first = &inside[..first_end];
    let is = |text: &str, words: &[&str]| words.iter().any(|word| is_skeleton(text, word));
    let opened = if is(first, &["so", "s6", "s0", "sd"]) {
        end_of(first)
    } else if is(&inside[..letters], &["so"]) {
        end_of(&inside[..letters])
    } else if is(first, &["luat", "bo", "phap", "nghi"]) {
        // `Luật số: 39/2018/QH14`, `Nghị quyết số: …`
        let at = word_starts(text, span).take(4).find(|&at| {
            let rest = &text[at..span.end];
            let len = rest.find(|c: char| !letter::is_alphabetic(c)).unwrap_or(rest.len());
            is_skeleton(&rest[..len], "so") && rest[len..].trim_start().starts_with(':')
        })?;
        at + text[at..].find(|c: char| !letter::is_alphabetic(c)).unwrap_or(0)
    } else {
        return None;
    };
    let rest = text[opened..span.end].trim_start_matches([' ', '\n', ':', ';', '.', ',']);
    Some(span.end - rest.len())
}

/// The end of the number whose word ends at `at`.
fn after_number(text: &str, at: usize, end: usize, tables: &Tables) -> Option<usize> {
    if let Some(read) = symbol::number(text, at, tables.codes()).filter(|read| read.end <= end) {
        return Some(read.end);
    }
    symbol_behind(text, at, end, tables).map(|found| found.end)
}

/// The symbol behind a serial that is open or damaged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolBehind {
    /// Where the serial's part ends: at the slash or dash.
    pub slash: usize,
    /// The year between serial and symbol.
    pub year: Option<i16>,
    /// The symbol.
    pub symbol: String,
    /// Where it ends.
    pub end: usize,
}

/// Looks for a symbol behind what stands where a serial should be: `4/7Z /BC-UBND`, `……/2025/QĐ-UBND`.
pub fn symbol_behind(text: &str, at: usize, end: usize, tables: &Tables) -> Option<SymbolBehind> {
    let mut slashes =
        text[at..end].char_indices().take(30).filter(|(_, c)| matches!(c, '/' | '-')).map(|(i, _)| at + i);
    let first = slashes.clone().next()?;
    slashes.find_map(|slash| {
        let from = symbol::skip_space(text, slash + 1, false);
        let read = symbol::symbol(text, from, tables.codes()).filter(|read| read.end <= end)?;
        // A year may stand between: then the serial ends at the slash before it.
        let before = text[first..slash].trim_end().rsplit('/').next().unwrap_or_default().trim();
        let year = before.parse::<i16>().ok().filter(|y| (1900..2100).contains(y) && before.len() == 4);
        let serial_end = if year.is_some() { text[at..slash].rfind('/').map_or(slash, |i| at + i) } else { slash };
        Some(SymbolBehind { slash: serial_end, year, symbol: read.text, end: read.end })
    })
}

/// The most words of a place and a date.
const MOST_WORDS: usize = 18;

/// Words, folded, that open like a damaged `ngày` and are others: ngành, ngang, ngàn, ngân, ngạch, ngại.
const NO_DAY: [&str; 5] = ["nganh", "ngang", "ngan", "ngach", "ngai"];

/// Whether a piece is a place and a date: `Hà Nội, ngày 05 tháng 3 năm 2020`, whole or damaged.
pub fn is_place_date(piece: &str) -> bool {
    // `2. Thời gian: …`: no place opens with a number.
    let numbered = || piece.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']);
    if piece.starts_with('(') || piece.starts_with(|c: char| c.is_ascii_digit()) && numbered() {
        return false;
    }
    let (mut day, mut month, mut year) = (None, None, None);
    let (mut behind_month, mut span) = (usize::MAX, false);
    // Which words, by their number, are `của`; how many stand before the first comma; the first two.
    let (mut of, mut before, mut first) = (0u32, 0, ["", ""]);
    let comma = piece.find(',');
    let mut count = 0;
    for at in word_starts(piece, Span::new(0, piece.len())) {
        if count == MOST_WORDS {
            return false;
        }
        let word = &piece[at..];
        match word.chars().next().map(fold_char) {
            Some('n') if opens_with(word, "nga") && !NO_DAY.iter().any(|other| first_word_is(word, other)) => {
                day = day.or(Some(count));
                if first_word_is(word, "ngaythang") {
                    month = month.or(Some(count));
                }
            }
            Some('n') if first_word_is(word, "nam") || opens_with(word, "nam1") || opens_with(word, "nam2") => {
                year = Some(count);
            }
            Some('t') if opens_with(word, "thang") => {
                month = month.or(Some(count));
                behind_month = count + 1;
            }
            // `hai tháng đầu năm 2007`: a stretch of the year.
            Some('d' | 'c')
                if behind_month == count && ["dau", "cuoi"].iter().any(|other| first_word_is(word, other)) =>
            {
                span = true;
            }
            Some('c') if first_word_is(word, "cua") => of |= 1 << count,
            _ => {}
        }
        if let Some(slot) = first.get_mut(count) {
            *slot = word;
        }
        before += usize::from(comma.is_some_and(|comma| at < comma));
        count += 1;
    }
    if day.is_none() && month.is_none() {
        return false;
    }
    // A sentence that opens with a date goes on behind it: `Tính đến tháng 10 năm 2009, toàn huyện …`.
    let leads =
        |lead: &[&str]| count > lead.len() && first.iter().zip(lead).all(|(word, wanted)| first_word_is(word, wanted));
    let opened = [&["tinh", "den"][..], &["den"], &["ke", "tu"], &["tu"], &["vao"], &["trong"]].into_iter().any(leads);
    let place = comma.map(|_| before);
    // `ngày 05 tháng 3 năm 2020 của Chính phủ`: the date of an act that is cited, its beginning on the line before.
    let cited = year.is_some_and(|y| of >> (y + 1) & 0b11 != 0);
    let sentence =
        cited || span || year.is_some_and(|y| count > y + 5 || opened && place.is_none_or(|before| before > y));
    match (day, month, year) {
        (Some(d), Some(m), Some(y)) => d <= m && m < y && y - d <= 8 && d <= 8 && !sentence,
        (None, Some(m), Some(y)) => {
            m < y && y - m <= 3 && place.is_some_and(|before| before <= m) && m <= 8 && !sentence
        }
        (Some(d), None, _) => {
            d <= 6
                && piece.match_indices(',').any(|(i, _)| {
                    let rest = piece[i + 1..].trim_start();
                    date::date(piece, piece.len() - rest.len()).is_some_and(|read| read.end + 4 >= piece.len())
                })
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        layout::{lines, tests::corpus},
        rules::Rules,
        text::skeleton,
    };
    use proptest::prelude::*;

    /// The same as [`is_place_date`], by a copy of the whole piece.
    fn is_place_date_slowly(piece: &str) -> bool {
        let folded = skeleton(piece);
        let words: Vec<&str> = folded.split(' ').collect();
        if words.len() > 18 || piece.starts_with('(') {
            return false;
        }
        let month = words.iter().position(|word| word.starts_with("thang") || *word == "ngaythang");
        let year =
            words.iter().rposition(|word| *word == "nam" || word.starts_with("nam2") || word.starts_with("nam1"));
        let day = words.iter().position(|word| word.starts_with("nga") && !NO_DAY.contains(word));
        let opened =
            ["tinh den ", "den ", "ke tu ", "tu ", "vao ", "trong "].iter().any(|word| folded.starts_with(word));
        let words_of = |text: &str| text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
        let place = piece.find(',').map(|at| words_of(&piece[..at]));
        let cited = year.is_some_and(|y| words[y + 1..].iter().take(2).any(|word| *word == "cua"));
        let span = words.windows(2).any(|pair| pair[0].starts_with("thang") && ["dau", "cuoi"].contains(&pair[1]));
        let sentence = cited
            || span
            || year.is_some_and(|y| words.len() > y + 5 || opened && place.is_none_or(|before| before > y));
        match (day, month, year) {
            (Some(d), Some(m), Some(y)) => d <= m && m < y && y - d <= 8 && d <= 8 && !sentence,
            (None, Some(m), Some(y)) => {
                m < y && y - m <= 3 && place.is_some_and(|before| before <= m) && m <= 8 && !sentence
            }
            (Some(d), None, _) => {
                d <= 6
                    && piece.match_indices(',').any(|(i, _)| {
                        let rest = piece[i + 1..].trim_start();
                        date::date(piece, piece.len() - rest.len()).is_some_and(|read| read.end + 4 >= piece.len())
                    })
            }
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn places_with_dates_are_told_without_a_copy(
            piece in "(Hà Nội|An|ngành|ngày|ngaythang|tháng|đầu|năm|năm2020|của|Tính đến|từ|[,(] ?|2020|0?5| ){0,16}",
        ) {
            prop_assert_eq!(is_place_date(&piece), is_place_date_slowly(&piece), "{:?}", piece);
        }
    }

    #[test]
    fn a_glance_hides_no_motto_and_no_date() {
        let tables = Rules::builtin().tables();
        let (mut mottos, mut dates) = (0, 0);
        for text in corpus() {
            for line in lines(&text) {
                for piece in pieces(&text, &line, tables) {
                    let (span, said) = (piece.span, piece.span.of(&text));
                    let there = motto(&text, span, Glance::ANYTHING, tables) == Some(span.start);
                    assert_eq!(opens_motto(&text, span, Glance::of(line.text(&text)), tables), there, "{said}");
                    assert_eq!(is_place_date(said), is_place_date_slowly(said), "{said}");
                    let glued = text[..span.start].ends_with(letter::is_alphanumeric);
                    let seen = glued || Glance::of(line.text(&text)).any(Glance::DAY | Glance::MONTH);
                    assert!(!is_place_date(said) || seen, "{said}");
                    mottos += usize::from(there);
                    dates += usize::from(is_place_date(said));
                }
            }
        }
        assert!(mottos > 20 && dates > 20, "{mottos} {dates}");
    }

    fn split_line(text: &str) -> Vec<String> {
        let line = lines(text)[0];
        pieces(text, &line, Rules::builtin().tables()).iter().map(|p| p.span.of(text).to_owned()).collect()
    }

    #[test]
    fn splits_flattened_columns() {
        assert_eq!(
            split_line("SỞ Y TẾ CỘNG HÒA XÃ HỌI CHỦ NGHĨA VIỆT NAM"),
            ["SỞ Y TẾ", "CỘNG HÒA XÃ HỌI CHỦ NGHĨA VIỆT NAM"]
        );
        assert_eq!(split_line("XÃ AN BÌNH Độc lập - Tự do - Hạnh phúc"), ["XÃ AN BÌNH", "Độc lập - Tự do - Hạnh phúc"]);
        assert_eq!(
            split_line("XÃ AN BÌNH Đực lập - T Tự do - \"Hạnh phác"),
            ["XÃ AN BÌNH", "Đực lập - T Tự do - \"Hạnh phác"]
        );
        assert_eq!(
            split_line("Số: 12 /BC-STC Lào Cai, ngày 05 tháng 3 năm 2020"),
            ["Số: 12 /BC-STC", "Lào Cai, ngày 05 tháng 3 năm 2020"]
        );
        assert_eq!(
            split_line("Số: 1Š /2021/NQ-HĐND Lào Cai, ngày # tháng 3 năm 2021"),
            ["Số: 1Š /2021/NQ-HĐND", "Lào Cai, ngày # tháng 3 năm 2021"]
        );
        assert_eq!(
            split_line("| **CHÍNH PHỦ**<br>\\------- | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |"),
            ["CHÍNH PHỦ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
        );
    }

    #[test]
    fn tells_places_with_dates_from_prose() {
        assert!(is_place_date("Lào Cai, ngày tháng năm"));
        assert!(is_place_date("Lào Cai, ngày04tháng 7 năm 2019"));
        assert!(is_place_date("Lào Cai, 26/{ tháng 5 năm 2021"));
        assert!(!is_place_date(
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 của Quốc hội nước ta;"
        ));
        assert!(!is_place_date("(Kèm theo Quyết định ngày 05 tháng 3 năm 2020)"));
        assert!(!is_place_date("ngày 05 tháng 3 năm 2020 của Chính phủ)"));
        assert!(!is_place_date("Tính đến tháng 10 năm 2009, đã cấp 312 giấy chứng nhận."));
        assert!(!is_place_date("Tính đến ngày 15 tháng 9 năm 2021 còn 12 hộ."));
        assert!(!is_place_date("Ngày 15 tháng 9 năm 2021 xã đã họp với các thôn."));
        assert!(!is_place_date("Sản lượng của các ngành trong hai tháng đầu năm 2011"));
        assert!(!is_place_date("Những ngày trong ba tháng cuối năm 2010"));
        assert!(is_place_date("Ngân Sơn, ngày 15 tháng 9 năm 2012"));
        assert!(is_place_date("Từ Liêm, ngày 15 tháng 9 năm 2012"));
        assert!(is_place_date("Hà Nội, tháng 9 năm 2012"));
    }
}
