//! What the head of a paper states of itself: number, date, place, type, title, addressees, stamps.

use super::Reading;
use crate::{
    grammar::{
        date,
        symbol::{self, old_serial_end},
    },
    layout::{Head, number_word, symbol_behind},
    place,
    record::{Certainty, Precision, State},
    rules::{Cue, StampField},
    text::{Span, first_word_is, hash_of, is_skeleton, letter, lower_eq, skeleton},
};

/// The paper's own number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNumber {
    /// The running number.
    pub serial: Option<String>,
    /// The year inside the number.
    pub year: Option<i16>,
    /// What follows.
    pub symbol: Option<String>,
    /// Whether `-` stands before the symbol.
    pub dashed: bool,
    /// Blank or unreadable.
    pub state: Option<State>,
    /// Whether it was mended.
    pub certainty: Certainty,
    /// Where it stands.
    pub span: Span,
    /// The rule that read it.
    pub rule: &'static str,
}

/// A date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// ISO 8601, cut at what is known.
    pub value: Option<String>,
    /// To what part it is known.
    pub precision: Precision,
    /// Blank or unreadable.
    pub state: Option<State>,
    /// Whether the day or month cannot be.
    pub impossible: bool,
    /// Whether it was mended or read from elsewhere.
    pub certainty: Certainty,
    /// Where it stands.
    pub span: Span,
    /// The rule that read it.
    pub rule: &'static str,
}

impl FoundDate {
    /// A date read at `start`.
    pub fn new(read: &date::ReadDate, start: usize) -> Self {
        FoundDate {
            value: read.iso(),
            precision: read.precision(),
            state: read.state,
            impossible: read.impossible,
            certainty: if read.repaired { Certainty::Repaired } else { Certainty::Stated },
            span: Span::new(start, read.end),
            rule: read.rule,
        }
    }
}

/// The place of issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundPlace {
    /// Its name.
    pub name: Option<String>,
    /// Whether it was mended.
    pub certainty: Certainty,
    /// Where it stands.
    pub span: Span,
}

/// A text with its place, or its places where its lines stand apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundText {
    /// The text, spaces single, markup removed.
    pub text: String,
    /// The hull of its parts.
    pub span: Span,
    /// Its lines.
    pub parts: Vec<Span>,
}

/// The number on the head's number line.
pub fn number(reading: &Reading<'_>, head: &Head) -> Option<FoundNumber> {
    let line = head.number?;
    let text = reading.text;
    let codes = reading.rules.tables().codes();
    let at = number_word(text, line).unwrap_or(line.start);
    let stated =
        symbol::number(text, at, codes).filter(|read| read.end <= line.end && sound(read, &text[at..read.end]));
    if let Some(read) = stated {
        return Some(FoundNumber {
            serial: read.serial,
            year: read.year,
            symbol: read.symbol,
            dashed: read.dashed,
            state: None,
            certainty: if read.repaired { Certainty::Repaired } else { Certainty::Stated },
            span: Span::new(line.start, read.end),
            rule: if read.dashed { "number.party" } else { "number.state" },
        });
    }
    if old_serial_end(text, at) == Some(line.end) {
        return Some(FoundNumber {
            serial: Some(text[at..line.end].replace(' ', "-")),
            year: None,
            symbol: None,
            dashed: false,
            state: None,
            certainty: Certainty::Stated,
            span: line,
            rule: "number.state",
        });
    }
    // The serial is open or damaged; the symbol behind it may still be read.
    let read = symbol_behind(text, at, line.end, reading.rules.tables())?;
    let before = text[at..read.slash].trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '…' | '_' | ':'));
    Some(FoundNumber {
        serial: None,
        year: read.year,
        dashed: text[read.slash..].starts_with('-'),
        symbol: Some(read.symbol),
        state: Some(if before.is_empty() { State::Blank } else { State::Unreadable }),
        certainty: Certainty::Stated,
        span: Span::new(line.start, read.end),
        rule: if before.is_empty() { "number.blank" } else { "number.damaged" },
    })
}

/// Whether a serial is one that a clerk writes: OCR leaves a letter or a lone zero behind a lost digit.
fn sound(read: &symbol::ReadNumber, raw: &str) -> bool {
    let serial = read.serial.as_deref().unwrap_or_default();
    let digits = serial.trim_end_matches(letter::is_alphabetic);
    let lettered = digits.len() < serial.len();
    let nought = digits.chars().all(|c| c == '0');
    let torn = lettered && !raw[..raw.find(['/', '-']).unwrap_or(raw.len())].ends_with(letter::is_alphabetic);
    !(nought || torn)
}

/// The date on the head's place-and-date line.
pub fn date(reading: &Reading<'_>, head: &Head) -> Option<FoundDate> {
    let span = head.place_date?;
    let text = reading.text;
    let at = day_word(text, span)?;
    if let Some(read) = date::date(text, at) {
        return Some(FoundDate::new(&read, at));
    }
    let read = date::damaged(text, at, span.end)?;
    Some(FoundDate::new(&read, at))
}

/// The day on which an act was adopted, from its last sentence: `… thông qua ngày 14 tháng 6 năm 2018`.
pub fn adoption(reading: &Reading<'_>, paper: Span) -> Option<FoundDate> {
    const WORDS: &str = "thông qua ngày ";
    let text = reading.text;
    let at = paper.start + paper.of(text).rfind(WORDS)? + WORDS.len() - "ngày ".len();
    let read = date::date(text, at)?;
    Some(FoundDate { certainty: Certainty::Inferred, rule: "date.adoption", ..FoundDate::new(&read, at) })
}

/// Where the word `ngày` begins in a place-and-date line; failing that, what is left of it before `tháng`.
fn day_word(text: &str, span: Span) -> Option<usize> {
    let inside = span.of(text);
    let mut damaged = None;
    let mut previous = ' ';
    for (i, c) in inside.char_indices() {
        if letter::is_alphabetic(c) && !letter::is_alphabetic(previous) {
            let word: String = inside[i..].chars().take_while(|c| letter::is_alphabetic(*c)).collect();
            let word = skeleton(&word);
            if word == "ngay" {
                return Some(span.start + i);
            }
            if word == "thang" {
                break;
            }
            if word.starts_with("nga") {
                damaged = Some(span.start + i);
            }
        }
        previous = c;
    }
    damaged.or_else(|| inside.rfind(',').map(|i| span.start + i + 1))
}

/// The place on the head's place-and-date line.
pub fn place(reading: &Reading<'_>, head: &Head) -> Option<FoundPlace> {
    let span = head.place_date?;
    let text = reading.text;
    let day = day_word(text, span)?;
    let before = Span::new(span.start, day);
    let raw = before.of(text).trim_end().trim_end_matches([',', '.', ';', ' ']);
    let trimmed = raw.trim_start_matches(|c: char| !letter::is_alphanumeric(c));
    let start = span.start + (raw.len() - trimmed.len());
    if trimmed.is_empty() || !trimmed.chars().any(letter::is_alphabetic) || trimmed.len() > 60 {
        return None;
    }
    let written = clean(trimmed);
    let (name, mended) = mend_place(reading, &written);
    let certainty = if mended { Certainty::Repaired } else { Certainty::Stated };
    Some(FoundPlace { name: Some(name), certainty, span: Span::new(start, start + trimmed.len()) })
}

/// One to whom the paper is addressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundAddressee {
    /// The organ or person.
    pub name: String,
    /// Whether the name was mended.
    pub certainty: Certainty,
    /// Where it stands.
    pub span: Span,
}

/// The title: its lines joined.
pub fn title(reading: &Reading<'_>, head: &Head) -> Option<FoundText> {
    let parts: Vec<Span> = head.title.iter().copied().filter(|span| span.start < span.end).collect();
    let hull = parts.iter().copied().reduce(Span::hull)?;
    let text = parts.iter().map(|span| clean(span.of(reading.text))).collect::<Vec<_>>().join(" ");
    let text = text.trim_start_matches(['-', ' ']).to_owned();
    (text.chars().filter(|c| letter::is_alphabetic(*c)).count() > 3).then_some(FoundText { text, span: hull, parts })
}

/// Where the words behind another `Kính gửi:` begin: `Đồng kính gửi: …`.
fn addressed_again(reading: &Reading<'_>, span: Span) -> Option<usize> {
    let (end, _) = reading.rules.tables().cue_at(Cue::Addressees, reading.text, span.trim(reading.text).start)?;
    reading.text.get(end..span.end)?.starts_with(':').then_some(end + 1)
}

/// The addressees: the entries behind `Kính gửi:`.
pub fn addressees(reading: &Reading<'_>, head: &Head) -> Vec<FoundAddressee> {
    let text = reading.text;
    let mut out: Vec<FoundAddressee> = Vec::new();
    let mut open = false;
    for (i, span) in head.addressees.iter().enumerate() {
        let mut span = *span;
        if i == 0 {
            let said = span.of(text);
            match said.find(':') {
                Some(colon) => span.start += colon + 1,
                None => {
                    let words = said.split_whitespace().take(2).map(str::len).sum::<usize>();
                    span.start = (span.start + words + 1).min(span.end);
                }
            }
        } else if i == 1 && head.addressees[0].of(text).trim() == "Kính" && first_word_is(span.of(text), "gui") {
            span.start += span.of(text).find(':').map_or(0, |colon| colon + 1);
        } else if let Some(behind) = addressed_again(reading, span) {
            span.start = behind;
            open = false;
        }
        let inner = span.trim(text);
        let said = inner.of(text);
        let bare = said.trim_start_matches(|c: char| !letter::is_alphanumeric(c) && c != '"' && c != '(');
        if bare.is_empty() {
            continue;
        }
        let bulleted = bare.len() < said.len();
        let start = inner.end - bare.len();
        let end = start + bare.trim_end_matches([';', '.', ',', ' ', '*']).len();
        let name = clean(&text[start..end]);
        match out.last_mut().filter(|_| open && !bulleted) {
            Some(last) => {
                last.name.push(' ');
                last.name.push_str(&name);
                last.span.end = end;
            }
            None => {
                out.push(FoundAddressee { name, certainty: Certainty::Stated, span: Span::new(start, end) });
            }
        }
        open = !bare.trim_end().ends_with([';', '.'])
            && (bulleted
                || bare.ends_with(',')
                || head.addressees.len() > i + 1 && continues(text, head.addressees[i + 1]));
    }
    out
}

/// Whether a line carries on the one before it: it begins in small letters, or in brackets (`(Việt Nam)`).
fn continues(text: &str, span: Span) -> bool {
    span.of(text).starts_with(|c: char| c == '(' || letter::is_lowercase(c))
}

/// The first stamp of a kind.
pub fn stamp(head: &Head, field: StampField) -> Option<&Span> {
    head.stamps.iter().find(|(kind, _)| *kind == field).map(|(_, span)| span)
}

/// A text with single spaces and without Markdown emphasis.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if c.is_whitespace() {
            gap = true;
        } else if !matches!(c, '*' | '\\') {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(c);
        }
    }
    out
}

/// A place in the spelling of the provinces, or in the document's own where marks stand in it that no name has.
fn mend_place(reading: &Reading<'_>, name: &str) -> (String, bool) {
    let tables = reading.rules.tables();
    if tables.province_names.iter().any(|known| lower_eq(known, name)) {
        return (name.to_owned(), false);
    }
    // The district of Phù Yên is not the province of Phú Yên.
    let unit = || place::named(&skeleton(name)).any(|unit| lower_eq(unit.name(), name));
    if let Some(known) = tables.provinces.get(name).filter(|_| !unit()) {
        return (tables.province_names[known].to_string(), true);
    }
    mend(reading, name)
}

/// How far into the document its own spelling of a name is looked for, in bytes.
const OWN_REACH: usize = 20_000;

/// A name as the document mostly spells it: the form with the same skeleton that occurs most often, if it occurs twice.
pub fn mend(reading: &Reading<'_>, name: &str) -> (String, bool) {
    let wanted = skeleton(name);
    let words = wanted.split(' ').count();
    let odd = name.chars().any(|c| !letter::is_alphanumeric(c) && !c.is_whitespace());
    // Only a name that OCR or apostrophes may have hurt is worth looking for.
    if words < 2 || wanted.len() < 4 {
        return (name.to_owned(), false);
    }
    let hashes: Vec<u64> = wanted.split(' ').map(hash_of).collect();
    let mut forms: Vec<(&str, usize)> = Vec::new();
    let text = reading.text;
    let (index, cut) = reading.layout.words.upto(text, OWN_REACH);
    for (at, first) in index.iter().enumerate() {
        if first.hash != hashes[0] {
            continue;
        }
        let place = index[at..].iter().copied().chain(cut).zip(&hashes);
        if place.take_while(|(word, hash)| word.hash == **hash).count() < words {
            continue;
        }
        let last = index.get(at + words - 1).copied().or(cut).unwrap_or(*first);
        let form = &text[first.start()..last.end()];
        if form.starts_with(letter::is_uppercase)
            && form.len() <= name.len() + 6
            && !form.contains('\n')
            && !crate::layout::is_upper(form)
            && is_skeleton(form, &wanted)
        {
            match forms.iter_mut().find(|(known, _)| *known == form) {
                Some((_, count)) => *count += 1,
                None => forms.push((form, 1)),
            }
        }
    }
    let own = forms.iter().find(|(form, _)| *form == name).map_or(0, |(_, count)| *count);
    match forms.iter().max_by_key(|(_, count)| *count) {
        Some((form, count)) if *count >= 2 && (*count > own * 2 || odd && own == 0) && *form != name => {
            ((*form).to_owned(), true)
        }
        _ => (name.to_owned(), false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Extractor, Rules, layout::Layout, text::word_starts};
    use proptest::prelude::*;

    /// The same as [`mend`], by every word of the text.
    fn mend_slowly(text: &str, name: &str) -> (String, bool) {
        let wanted = skeleton(name);
        let words = wanted.split(' ').count();
        let odd = name.chars().any(|c| !c.is_alphanumeric() && !c.is_whitespace());
        if words < 2 || wanted.len() < 4 {
            return (name.to_owned(), false);
        }
        let starts: Vec<usize> = word_starts(text, Span::new(0, text.len())).collect();
        let mut forms: Vec<(&str, usize)> = Vec::new();
        for place in starts.windows(words) {
            let last = place[words - 1];
            let end = text[last..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |length| last + length);
            let form = &text[place[0]..end];
            let fits = form.len() <= name.len() + 6 && !form.contains('\n') && skeleton(form) == wanted;
            if fits && form.starts_with(char::is_uppercase) && !crate::layout::is_upper(form) {
                match forms.iter_mut().find(|(known, _)| *known == form) {
                    Some((_, count)) => *count += 1,
                    None => forms.push((form, 1)),
                }
            }
        }
        let own = forms.iter().find(|(form, _)| *form == name).map_or(0, |(_, count)| *count);
        match forms.iter().max_by_key(|(_, count)| *count) {
            Some((form, count)) if *count >= 2 && (*count > own * 2 || odd && own == 0) && *form != name => {
                ((*form).to_owned(), true)
            }
            _ => (name.to_owned(), false),
        }
    }

    proptest! {
        #[test]
        fn a_name_is_mended_as_by_every_word_of_the_text(
            text in "((Tân|tân|TÂN|Tan|Bình|Binh|bình|Ñ)(, | |\n|-)){0,40}", name in "(Tân|Tan|Bình|Binh|ñ)( |'|-)(Tân|Bình)( Binh)?",
        ) {
            let rules = Rules::builtin();
            let layout = Layout::new(&text, rules);
            let reading = Reading { text: &text, layout: &layout, rules };
            prop_assert_eq!(mend(&reading, &name), mend_slowly(&text, &name));
        }
    }

    #[test]
    fn those_addressed_beside_the_others_are_addressees() {
        let text = "SỞ NỘI VỤ\nSố: 14/SNV-CCVC\nV/v rà soát biên chế\nTân An, ngày 02 tháng 3 năm 2022\n\
             Kính gửi: Phòng Nội vụ\nĐồng kính gửi: Sở Tài chính\n\nSở Nội vụ đề nghị các đơn vị báo cáo.\n";
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        let names: Vec<&str> = record.document.addressees.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Phòng Nội vụ", "Sở Tài chính"]);
    }

    #[test]
    fn a_unit_keeps_its_marks_beside_a_province_of_another_name() {
        let text = "UBND HUYỆN PHÙ YÊN\nSố: 15/KH-UBND\nPhù Yên, ngày 5 tháng 3 năm 2021\nKẾ HOẠCH\nTrồng cây\n\n\
             I. MỤC ĐÍCH\nĐoàn từ Phú Yên thăm huyện; Phú Yên giúp 500 cây giống.\n";
        let document = Extractor::builtin().extract("a.txt", text.as_bytes()).document;
        assert_eq!(document.place.and_then(|place| place.name).as_deref(), Some("Phù Yên"));
        assert_eq!(document.issuer.map(|issuer| issuer.name).as_deref(), Some("Ủy ban nhân dân huyện Phù Yên"));
    }
}
