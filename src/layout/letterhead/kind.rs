//! What a piece of the head is.

use super::{
    Scan, column,
    wording::{first_letter, is_upper, looks_numbered, text_between},
};
use crate::text::letter;
use crate::{
    layout::{glance::Glance, line::Piece},
    rules::{Cue, StampField},
    text::{Span, is_skeleton, lower_eq, opens_with, skeleton},
};

/// What a piece of the head is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
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

impl Scan<'_> {
    /// What a piece is, alone on its line or not.
    pub(super) fn kind(&self, piece: &Piece, alone: bool) -> Kind {
        self.kind_at(piece, alone, Glance::of(piece.span.of(self.text)))
    }

    /// The same for a piece at which a glance was cast, or at its whole line if it opens that.
    pub(super) fn kind_at(&self, piece: &Piece, alone: bool, glance: Glance) -> Kind {
        let (text, span) = (self.text, piece.span);
        let said = span.of(text);
        if self.is_nation(span, glance) {
            return Kind::Nation;
        }
        if glance.any(Glance::DAY | Glance::MONTH) && column::is_place_date(said) {
            return Kind::PlaceDate;
        }
        let first = first_letter(text, span);
        let upper = is_upper(said);
        for field in [StampField::Noise, StampField::Security, StampField::Urgency, StampField::Copy, StampField::Draft]
        {
            if field != StampField::Noise && !upper {
                break;
            }
            // A stamp of two words may be read on into the next line.
            let stamp = self.tables.stamp_at(field, text, first).filter(|(end, _)| *end <= span.end);
            if let Some((end, _)) = stamp {
                let rest = text[end..span.end].trim_matches(|c: char| !letter::is_alphanumeric(c));
                let opens =
                    field == StampField::Noise && (text[end..].trim_start().starts_with([':', '/']) || rest.is_empty());
                if opens {
                    return Kind::Noise;
                }
                if field != StampField::Noise && rest.is_empty() {
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
        if self.says_what_about(span) {
            return Kind::Subject;
        }
        if opens_with(&text[first..], "v") {
            let folded = skeleton(said.get(..said.floor_char_boundary(24)).unwrap_or_default());
            if folded.starts_with("v v ") || folded.starts_with("vv ") || folded == "v v" {
                return Kind::Subject;
            }
        }
        if self.tables.cue_at(Cue::Addressees, text, first).is_some() {
            return Kind::Addressees;
        }
        if self.tables.cue_at(Cue::Grounds, text, first).is_some() {
            return Kind::Grounds;
        }
        if self.is_organ(span) { Kind::Organ } else { Kind::Other }
    }

    /// Whether a piece opens with `Về việc`, behind the number of a paper without a type: this makes it the subject.
    pub(super) fn says_what_about(&self, span: Span) -> bool {
        let said = span.of(self.text);
        self.head.number.is_some()
            && self.head.type_line.is_none()
            && opens_with(&self.text[first_letter(self.text, span)..], "ve")
            && skeleton(said.get(..said.floor_char_boundary(24)).unwrap_or_default()).starts_with("ve viec")
    }

    /// Whether a piece of a line with that glance is Quốc hiệu or Tiêu ngữ.
    pub(super) fn is_nation(&self, span: Span, glance: Glance) -> bool {
        self.tables.cue_at(Cue::Nation, self.text, span.start).is_some()
            || column::opens_motto(self.text, span, glance, self.tables)
    }

    /// Whether a piece opens with the name of an organ or a unit.
    pub(super) fn names_organ(&self, span: Span) -> bool {
        let first = first_letter(self.text, span);
        self.tables.organ_words.at(self.text, first).is_some()
            || self.tables.damaged_territories.at(self.text, first).is_some()
    }

    /// The end of the words that name the type, if the piece is a type line.
    pub(super) fn type_end(&self, span: Span, alone: bool) -> Option<usize> {
        let text = self.text;
        // A longer name may go on in the next line: `BÁO CÁO` above `Thẩm tra …` is a báo cáo.
        let (end, kind) = self.tables.type_words.at(&text[..span.end], span.start)?;
        let kind = &self.tables.types[kind];
        if kind.code == "CV" && !is_skeleton(&text[span.start..end], "cong van") {
            return None;
        }
        if end > span.end || span.of(text).starts_with(letter::is_lowercase) && !alone {
            return None;
        }
        let rest = text[end..span.end].trim();
        let bare = rest.trim_matches(|c: char| !letter::is_alphanumeric(c));
        if rest.starts_with(':') || rest.starts_with(',') || rest.starts_with(';') {
            return None;
        }
        let said = text[span.start..end].trim();
        let plain = bare.is_empty() && (is_upper(said) || alone);
        // `KẾT LUẬN THANH TRA`, `BÁO CÁO TÌNH HÌNH …`; `quyết định của bộ trưởng …` where capitals were lost.
        // More words than the type's own: then its marks must be right, or `PHƯỜNG AN …` would be `PHƯƠNG ÁN …`.
        let damaged = !said.is_ascii() && self.tables.territories.at(text, span.start).is_none();
        let exact = lower_eq(said, &kind.name) || damaged;
        let inline = || skeleton(bare).starts_with("cua ") || skeleton(bare).starts_with("lien tich cua ");
        // `NGHỊ QUYẾT SỐ 17-NQ/TVQH NGÀY 21-12-1960`, as collections print it.
        let numbered = || {
            let number = bare.find(' ').filter(|end| is_skeleton(&bare[..*end], "so"));
            number.is_some_and(|at| bare[at..].trim_start().starts_with(|c: char| c.is_ascii_digit()))
                && looks_numbered(bare)
        };
        let capitals = exact
            && is_upper(said)
            && is_upper(rest)
            && rest.len() < 200
            && (inline() || numbered() || !skeleton(bare).split(' ').any(|word| word == "so"));
        let of = said.starts_with(letter::is_lowercase)
            && skeleton(bare).starts_with("cua ")
            && !rest.ends_with([';', '.', ','])
            && rest.chars().count() < 80;
        (alone && (plain || capitals || of) || plain && is_upper(said)).then_some(end)
    }

    pub(super) fn is_organ(&self, span: Span) -> bool {
        let first = first_letter(self.text, span);
        let said = span.of(self.text);
        let organ = self.tables.organ_words.at(self.text, first).is_some()
            || self.tables.territories.at(self.text, first).is_some();
        organ
            && said.len() < 160
            && !said.ends_with([';', '.', ':'])
            && (is_upper(said) || self.is_lower_letterhead(said))
    }

    /// A letterhead whose capitals were lost in conversion: all lower case.
    pub(super) fn is_lower_letterhead(&self, said: &str) -> bool {
        said.starts_with(letter::is_lowercase) && !said.contains([',', ':']) && said.split_whitespace().count() <= 12
    }

    pub(super) fn has_organ(&self, said: &str) -> bool {
        let folded = skeleton(said);
        ["uy ban", "hoi dong", "bo ", "so ", "ubnd", "hdnd"].iter().any(|word| folded.contains(word))
    }

    /// Whether a span is an organ's name and nothing else.
    pub(super) fn is_whole_organ(&self, span: Span) -> bool {
        let first = first_letter(self.text, span);
        match self.tables.organ_words.at(self.text, first) {
            Some((end, organ)) => {
                let rest = text_between(self.text, end, span.end);
                rest.is_empty()
                    || self.tables.organs[organ].joins
                        && is_upper(span.of(self.text))
                        && self.tables.territories.at(self.text, end + 1).is_some()
            }
            None => false,
        }
    }
}
