//! What a person should look at in the header, and why: reasons of a closed list, drawn from the form alone.
//!
//! The words of Quốc hiệu and Tiêu ngữ are the same in every document, and so tell best how well a head was scanned.

use super::Language;
use crate::text::letter;
use crate::{
    grammar::{
        syllable::{self, Shape},
        symbol,
    },
    place,
    record::{
        Certainty, DocumentNumber, HeaderField, Issuer, Level, Precision, Reason, Record, Review, Role, Span, State,
        Title,
    },
    rules::{Family, Rules},
    text::{Normalised, lower_eq, skeleton},
};
use memchr::memmem::{self, Finder};
use std::{borrow::Cow, collections::HashSet, sync::LazyLock};

/// A subject longer than this (code points) has taken in what follows it.
const LONGEST_TITLE: usize = 600;

/// Words in which no subject ends.
const OPEN_WORDS: [&str; 22] = [
    "và", "của", "về", "các", "những", "trên", "tại", "cho", "với", "theo", "trong", "từ", "đến", "là", "do", "bởi",
    "để", "việc", "hoặc", "một", "được", "thuộc",
];

/// Every reason to look at a header field, in the order of the fields; `head` is the text of the letterhead.
///
/// `stamped` says whether the text holds the lines of a digital signature, where a signer has no name: it is then in the stamp.
pub(crate) fn reviews(record: &Record, head: &str, stamped: bool, rules: &Rules, language: Language) -> Vec<Review> {
    if record.source.chars == 0 {
        return Vec::new();
    }
    let mut doubts = Doubts { rules, record, stamped, found: Vec::new() };
    doubts.kind();
    doubts.number();
    doubts.date();
    doubts.place();
    doubts.issuer(head);
    doubts.title();
    doubts.signatories();
    let mut found = doubts.found;
    found.sort_by_key(|(field, reason, _)| (*field, *reason));
    found.dedup_by_key(|(field, reason, _)| (*field, *reason));
    found
        .into_iter()
        .map(|(field, reason, span)| Review { field, reason, message: message(rules, language, field, reason), span })
        .collect()
}

fn message(rules: &Rules, language: Language, field: HeaderField, reason: Reason) -> String {
    let id = match reason {
        Reason::Mended => "review.mended",
        Reason::Inferred => "review.inferred",
        Reason::Candidates => "review.candidates",
        Reason::Irregular => "review.irregular",
        Reason::Missing => "review.missing",
        Reason::Damaged => "review.damaged",
    };
    let (key, vietnamese) = match language {
        Language::Vietnamese => ("vi", true),
        Language::English => ("en", false),
    };
    let (vi, en) = match field {
        HeaderField::Type => ("Tên loại", "type"),
        HeaderField::Number => ("Số, ký hiệu", "number"),
        HeaderField::Date => ("Ngày ban hành", "date"),
        HeaderField::Place => ("Địa danh", "place"),
        HeaderField::Issuer => ("Cơ quan ban hành", "issuer"),
        HeaderField::Title => ("Trích yếu", "title"),
        HeaderField::Signatories => ("Người ký", "signatories"),
    };
    let words = rules.get(id).and_then(|rule| rule.set.get(key)).map_or("{0}", Cow::as_ref);
    words.replace("{0}", if vietnamese { vi } else { en })
}

struct Doubts<'r> {
    rules: &'r Rules,
    record: &'r Record,
    stamped: bool,
    found: Vec<(HeaderField, Reason, Option<Span>)>,
}

impl Doubts<'_> {
    fn add(&mut self, field: HeaderField, reason: Reason, span: Option<Span>) {
        self.found.push((field, reason, span));
    }

    fn code(&self) -> &str {
        self.record.document.kind.as_ref().map_or("", |kind| kind.code.as_ref())
    }

    /// Whether the document is an act of law: it has no place, and its number stands elsewhere.
    fn is_act(&self) -> bool {
        let code = self.code();
        self.rules.tables().types.iter().any(|kind| kind.code == code && kind.family == Family::Act)
    }

    fn kind(&mut self) {
        let Some(kind) = &self.record.document.kind else {
            return self.add(HeaderField::Type, Reason::Missing, None);
        };
        // Công văn has no type line; its symbol has no type part.
        if kind.certainty == Certainty::Inferred && (kind.code != "CV" || self.record.document.number.is_none()) {
            self.add(HeaderField::Type, Reason::Inferred, kind.span);
        }
        if kind.certainty == Certainty::Repaired || kind.raw.as_deref().is_some_and(|raw| respelled(&kind.name, raw)) {
            self.add(HeaderField::Type, Reason::Mended, kind.span);
        }
    }

    fn number(&mut self) {
        let Some(number) = &self.record.document.number else {
            if !matches!(self.code(), "HĐ" | "Luật" | "BL" | "HP") {
                self.add(HeaderField::Number, Reason::Missing, None);
            }
            return;
        };
        let span = Some(number.span);
        match (number.state, number.certainty) {
            (Some(State::Unreadable), _) => self.add(HeaderField::Number, Reason::Damaged, span),
            (_, Certainty::Repaired) if !spaced_alone(number) => self.add(HeaderField::Number, Reason::Mended, span),
            _ => {}
        }
        if odd(&number.raw, true) {
            self.add(HeaderField::Number, Reason::Damaged, span);
        }
        let fits = number.symbol.as_deref().is_some_and(|symbol| self.of_type(symbol));
        if !fits {
            self.add(HeaderField::Number, Reason::Irregular, span);
        }
    }

    /// Whether the type part of a symbol is that of the document's type; công văn and acts have none.
    fn of_type(&self, symbol: &str) -> bool {
        let codes = self.rules.codes();
        let parts = symbol::parts(symbol, codes);
        let named = parts.kind.as_deref().and_then(|kind| self.rules.kind_of_code(kind));
        match named {
            Some(named) => named.code == self.code(),
            None => {
                let known = symbol.split(['-', '/', ' ']).any(|group| self.rules.organ_of_code(group).is_some());
                self.is_act() || self.code() == "CV" || parts.kind.is_none() && known && self.code().is_empty()
            }
        }
    }

    fn date(&mut self) {
        let document = &self.record.document;
        let Some(date) = &document.date else {
            if self.code() != "HĐ" {
                self.add(HeaderField::Date, Reason::Missing, None);
            }
            return;
        };
        let span = Some(date.span);
        match (date.state, date.certainty) {
            (Some(State::Unreadable), _) => self.add(HeaderField::Date, Reason::Damaged, span),
            (_, Certainty::Repaired) => self.add(HeaderField::Date, Reason::Mended, span),
            (_, Certainty::Inferred) if !self.is_act() => self.add(HeaderField::Date, Reason::Inferred, span),
            _ => {}
        }
        if date.precision != Precision::Day && date.state.is_none() {
            self.add(HeaderField::Date, Reason::Damaged, span);
        }
        let Some(value) = date.value.as_deref() else { return };
        let grounds = self.record.citations.iter().filter(|citation| citation.role == Role::Basis);
        let mut days = grounds.filter_map(|citation| citation.date.as_ref()?.value.as_deref());
        let year: Option<i16> = value.get(..4).and_then(|year| year.parse().ok());
        let numbered = document.number.as_ref().and_then(|number| number.year);
        let early = days.any(|day| day.len() >= value.len() && day.get(..value.len()).is_some_and(|day| day > value));
        if early || numbered.is_some_and(|numbered| Some(numbered) != year) {
            self.add(HeaderField::Date, Reason::Irregular, span);
        }
    }

    fn place(&mut self) {
        let document = &self.record.document;
        let Some(place) = &document.place else {
            if document.date.is_some() && !self.is_act() && !matches!(self.code(), "HĐ" | "BB") {
                self.add(HeaderField::Place, Reason::Missing, None);
            }
            return;
        };
        let span = Some(place.span);
        if place.certainty != Certainty::Stated {
            self.add(HeaderField::Place, Reason::Mended, span);
        }
        if place.state == Some(State::Unreadable) || odd(&place.raw, false) {
            self.add(HeaderField::Place, Reason::Damaged, span);
        }
        let name = place.name.as_deref().unwrap_or_default();
        let known = name.match_indices(' ').map(|(at, _)| at + 1).chain([0]).any(|at| {
            let mut units = place::named(&skeleton(&name[at..]));
            units.any(|unit| lower_eq(unit.name(), &name[at..]))
        }) || self.rules.tables().province_names.iter().any(|known| lower_eq(known, name));
        if !known {
            self.add(HeaderField::Place, Reason::Irregular, span);
        }
    }

    fn issuer(&mut self, head: &str) {
        let document = &self.record.document;
        let Some(issuer) = &document.issuer else {
            if self.code() != "HĐ" {
                self.add(HeaderField::Issuer, Reason::Missing, None);
            }
            return;
        };
        let span = Some(issuer.span);
        match issuer.certainty {
            Certainty::Inferred => self.add(HeaderField::Issuer, Reason::Inferred, span),
            Certainty::Repaired => self.add(HeaderField::Issuer, Reason::Mended, span),
            Certainty::Stated => {}
        }
        let pieces: Vec<&str> = match issuer.parts.as_slice() {
            [] => vec![issuer.raw.as_str()],
            parts => parts.iter().map(|part| part.raw.as_str()).collect(),
        };
        if respelled(&issuer.name, &pieces.join(" ")) {
            self.add(HeaderField::Issuer, Reason::Mended, span);
        }
        if pieces.iter().any(|piece| odd(piece, false)) || impossible(&issuer.name) || torn(head) {
            self.add(HeaderField::Issuer, Reason::Damaged, span);
        }
        if issuer.locality.as_ref().is_some_and(|locality| locality.candidates.len() > 1) {
            self.add(HeaderField::Issuer, Reason::Candidates, span);
        }
        let known = issuer.locality.as_ref().is_some_and(|locality| locality.candidates.is_empty());
        let needs_unit = matches!(issuer.level, Some(Level::Province | Level::District | Level::Commune));
        let denied = document.number.as_ref().is_some_and(|number| self.denies(number, issuer));
        if denied || needs_unit && !known {
            self.add(HeaderField::Issuer, Reason::Irregular, span);
        }
    }

    /// Whether the symbol names organs, all of them known, and none is the issuer. An organ that has no code of its own
    /// signs with that of a part of it: `BC-BTV`.
    fn denies(&self, number: &DocumentNumber, issuer: &Issuer) -> bool {
        let tables = self.rules.tables();
        let Some((_, head)) = tables.organ_words.at(&issuer.name, 0) else { return false };
        if !tables.organ_symbols.values().any(|organ| *organ == head) {
            return false;
        }
        let said = format!("{} {}", skeleton(&issuer.name), issuer.parent.as_deref().map_or(String::new(), skeleton));
        let is_issuer = |code: &String| {
            tables.organ_symbols.get(code) == Some(&head)
                || said.split(' ').any(|word| word == skeleton(code))
                || self.rules.organ_of_code(code).is_none_or(|organ| said.contains(&skeleton(&organ.name)))
        };
        !number.issuers.is_empty() && !number.issuers.iter().any(is_issuer)
    }

    fn title(&mut self) {
        let Some(title) = &self.record.document.title else {
            if !matches!(self.code(), "GM" | "GGT" | "CĐ" | "HĐ") {
                self.add(HeaderField::Title, Reason::Missing, None);
            }
            return;
        };
        let span = Some(title.span);
        if without_end(title) || title.text.chars().count() > LONGEST_TITLE {
            self.add(HeaderField::Title, Reason::Irregular, span);
        }
        if odd(&title.text, true) || impossible(&title.text) {
            self.add(HeaderField::Title, Reason::Damaged, span);
        }
    }

    fn signatories(&mut self) {
        let signatories = &self.record.document.signatories;
        if signatories.is_empty() {
            self.add(HeaderField::Signatories, Reason::Missing, None);
        }
        for signer in signatories {
            let span = Some(signer.span);
            if signer.name.is_none() && !self.stamped || signer.position.is_none() {
                self.add(HeaderField::Signatories, Reason::Missing, span);
            }
            let damaged = signer.state == Some(State::Unreadable) || signer.name.as_deref().is_some_and(impossible);
            if damaged || signer.position.as_deref().is_some_and(|position| odd(position, false)) {
                self.add(HeaderField::Signatories, Reason::Damaged, span);
            }
        }
    }
}

/// Whether a number was mended in its spacing alone: `397     /UBND -TP`.
fn spaced_alone(number: &DocumentNumber) -> bool {
    let close = |text: &str| text.split_whitespace().collect::<String>();
    number.canonical.as_deref().is_some_and(|canonical| close(&number.raw).ends_with(&close(canonical)))
}

/// Whether a value has a word that its source has only with other marks.
fn respelled(value: &str, raw: &str) -> bool {
    let raw = Normalised::new(raw);
    // Mostly every word of the value stands in the source.
    !words(value).all(|word| words(raw.as_str()).any(|other| is_same(word, other)))
        && has_other_marks(value, raw.as_str())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !letter::is_alphabetic(c)).filter(|word| !word.is_empty())
}

/// Whether two words are the same but for case. What becomes of a sigma hangs on its place: it is left to the sets.
fn is_same(word: &str, other: &str) -> bool {
    lower_eq(word, other) && !word.contains('Σ') && !other.contains('Σ')
}

/// The same as [`respelled`], by the sets of all words.
fn has_other_marks(value: &str, raw: &str) -> bool {
    let source: HashSet<String> = words(raw).map(str::to_lowercase).collect();
    let bare: HashSet<String> = source.iter().map(|word| skeleton(word)).collect();
    words(value).map(str::to_lowercase).any(|word| !source.contains(&word) && bare.contains(&skeleton(&word)))
}

/// Whether a text has characters that headers are not written with; `quoted` allows those of numbers and quotations.
fn odd(text: &str, quoted: bool) -> bool {
    text.chars().any(|c| {
        let plain = letter::is_alphanumeric(c)
            || c.is_whitespace()
            || ".,;:-–—/()'’*#_&…\u{300}\u{301}\u{303}\u{309}\u{323}".contains(c);
        let combining = ('\u{300}'..='\u{36f}').contains(&c);
        !(plain || combining || quoted && "\"“”‘%+[]!?".contains(c))
    })
}

/// Whether a text has a syllable with Vietnamese marks that no Vietnamese syllable is spelled like: `Băc`, `quyêt`. Names
/// may be of another language of the country; abbreviations are in capitals.
fn impossible(text: &str) -> bool {
    text.split(|c: char| !letter::is_alphabetic(c)).filter(|word| !word.is_ascii()).any(|word| {
        let mut chars = word.chars();
        let is_name = chars.next().is_some_and(letter::is_uppercase);
        match syllable::shape(word) {
            Shape::Syllable => false,
            Shape::WrongTone => !is_name || chars.any(letter::is_lowercase),
            Shape::Foreign => !is_name,
        }
    })
}

/// Whether Quốc hiệu or Tiêu ngữ stands in a head, and not as it is written.
fn torn(head: &str) -> bool {
    static WHOLE: LazyLock<[Finder<'static>; 2]> =
        LazyLock::new(|| ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"].map(Finder::new));
    if WHOLE.iter().all(|part| part.find(head.as_bytes()).is_some()) {
        return false;
    }
    let holds = |text: &str, part: &str| memmem::find(text.as_bytes(), part.as_bytes()).is_some();
    let (mut letters, mut bare) = (String::with_capacity(head.len()), String::with_capacity(head.len()));
    for c in head.chars().filter(|c| letter::is_alphabetic(*c)) {
        match letter::to_lower(c) {
            Some(small) => letters.push(small),
            None => letters.extend(c.to_lowercase()),
        }
    }
    bare.extend(letters.chars().map(crate::text::fold_char));
    let state = ["conghoaxahoi", "chunghiavietnam", "doclap", "hanhphuc"].iter().any(|part| holds(&bare, part));
    let whole = ["cộnghòaxãhộichủnghĩaviệtnam", "độclậptựdohạnhphúc"];
    let older = ["việtnamdânchủcộnghòa", "đảngcộngsảnviệtnam"];
    state && !older.iter().any(|part| holds(&letters, part)) && !whole.iter().all(|part| holds(&letters, part))
}

/// Whether a subject ends in a word or mark that something must follow.
fn without_end(title: &Title) -> bool {
    let text = title.text.trim_end_matches(['*', ' ']);
    let last = text.rsplit(|c: char| !letter::is_alphanumeric(c)).next().unwrap_or_default();
    let open = |opening: char, closing: char| text.matches(opening).count() > text.matches(closing).count();
    text.ends_with([',', '-', '–', ':', '(', '/'])
        || OPEN_WORDS.contains(&last.to_lowercase().as_str())
        || open('(', ')')
        || open('“', '”')
}

#[cfg(test)]
mod tests {
    use crate::{Extractor, Language, record::Reason};

    const CLEAN: &str = "ỦY BAN NHÂN DÂN\nXÃ PHỔ PHONG\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n\
        Số: 12/BC-UBND\n\nPhổ Phong, ngày 5 tháng 6 năm 2023\n\nBÁO CÁO\nKết quả cải cách hành chính 6 tháng đầu năm 2023\n\n\
        Thực hiện Kế hoạch số 3/KH-UBND ngày 05/01/2023 của UBND thị xã Đức Phổ, UBND xã báo cáo như sau:\n\n\
        1. Kết quả\nTốt.\n\nNơi nhận:\n- UBND thị xã;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n";

    fn reasons(text: &str) -> Vec<(String, Reason)> {
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        record.needs_review.iter().map(|review| (format!("{:?}", review.field), review.reason)).collect()
    }

    #[test]
    fn a_clean_header_needs_no_person() {
        assert_eq!(reasons(CLEAN), []);
    }

    #[test]
    fn every_reason_has_a_cause() {
        for (from, to, field, reason) in [
            ("Số: 12/BC-UBND", "Số: 12/KH-UBND", "Number", Reason::Irregular),
            ("Số: 12/BC-UBND", "Số: 12/BC-STC", "Issuer", Reason::Irregular),
            ("ngày 5 tháng 6 năm 2023", "ngày 5 tháng 6 năm 2022", "Date", Reason::Irregular),
            ("Phổ Phong, ngày", "Phố Phang, ngày", "Place", Reason::Irregular),
            ("6 tháng đầu năm 2023", "6 tháng đầu năm 2023 và", "Title", Reason::Irregular),
            ("Kết quả cải", "Kêt quả cải", "Title", Reason::Damaged),
            ("Độc lập - Tự do", "Đực lập - T Tự do", "Issuer", Reason::Damaged),
            ("BÁO CÁO", "BÁO CẢO", "Type", Reason::Mended),
            ("Nguyễn Văn An", "", "Signatories", Reason::Missing),
        ] {
            let found = reasons(&CLEAN.replacen(from, to, 1));
            assert!(found.contains(&(field.to_owned(), reason)), "{to}: {found:?}");
        }
    }

    #[test]
    fn words_that_all_stand_there_are_not_respelled() {
        let texts =
            ["ỦY BAN NHÂN DÂN", "Ủy ban nhân dân xã", "UỶ BAN  NHẬN DÂN", "Uy ban-nhan dan", "ΑΣ Σ", "ας σ", "İx", ""];
        for value in texts {
            for raw in texts {
                let all = super::has_other_marks(value, crate::text::Normalised::new(raw).as_str());
                assert_eq!(super::respelled(value, raw), all, "{value} / {raw}");
            }
        }
        assert!(super::respelled("Ủy ban nhân dân", "Ủy ban nhận dân"));
    }

    #[test]
    fn a_number_left_open_is_no_doubt() {
        assert_eq!(reasons(&CLEAN.replace("Số: 12/BC-UBND", "Số:     /BC-UBND")), []);
    }

    #[test]
    fn reasons_are_said_in_both_languages() {
        let text = CLEAN.replace("BÁO CÁO", "BÁO CẢO");
        let said = |language| {
            let record = Extractor::builtin().language(language).extract("a.txt", text.as_bytes());
            record.needs_review[0].message.clone()
        };
        assert_eq!(said(Language::Vietnamese), "Tên loại: đã sửa lỗi chữ");
        assert_eq!(said(Language::English), "type: its form was mended");
    }
}
