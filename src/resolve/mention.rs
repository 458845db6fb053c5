//! Administrative units named in a text: a word of kind and a name that the lists know.

use crate::text::letter;
use crate::{
    place::{self, Era, Unit, UnitKind},
    record::Level,
    text::{Span, skeleton},
};

/// A unit as words name it. Which unit it is, of all that bear the name, others decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The kinds that the word of kind can mean.
    pub kinds: &'static [UnitKind],
    /// Every unit of the level with this name, of both eras.
    pub units: Vec<Unit>,
    /// Where the word of kind begins and the name ends.
    pub span: Span,
    /// Where the name begins.
    pub name_at: usize,
    /// Whether the word of kind belongs to a Party committee's name: `Huyện ủy`.
    pub is_party: bool,
}

use UnitKind::{CentralCity, City, Commune, District, Province, SpecialZone, Town, Township, UrbanDistrict, Ward};

/// The words of kind as texts write them, with what they mean. The longer of two stands first.
const WORDS: [(&[&str], &[UnitKind], bool); 15] = [
    (&["tỉnh ủy", "Tỉnh ủy", "Tỉnh Ủy", "TỈNH ỦY"], &[Province], true),
    (&["thành ủy", "Thành ủy", "Thành Ủy", "THÀNH ỦY"], &[CentralCity, City], true),
    (&["huyện ủy", "Huyện ủy", "Huyện Ủy", "HUYỆN ỦY"], &[District], true),
    (&["quận ủy", "Quận ủy", "Quận Ủy", "QUẬN ỦY"], &[UrbanDistrict], true),
    (&["thị ủy", "Thị ủy", "Thị Ủy", "THỊ ỦY"], &[Town], true),
    (&["thành phố", "Thành phố", "Thành Phố", "THÀNH PHỐ"], &[CentralCity, City], false),
    (&["TP.", "Tp.", "tp.", "TP", "Tp"], &[CentralCity, City], false),
    (&["thị trấn", "Thị trấn", "Thị Trấn", "THỊ TRẤN"], &[Township], false),
    (&["thị xã", "Thị xã", "Thị Xã", "THỊ XÃ"], &[Town], false),
    (&["đặc khu", "Đặc khu", "Đặc Khu", "ĐẶC KHU"], &[SpecialZone], false),
    (&["tỉnh", "Tỉnh", "TỈNH"], &[Province], false),
    (&["huyện", "Huyện", "HUYỆN"], &[District], false),
    (&["quận", "Quận", "QUẬN"], &[UrbanDistrict], false),
    (&["phường", "Phường", "PHƯỜNG"], &[Ward], false),
    (&["xã", "Xã", "XÃ"], &[Commune], false),
];

/// The word of kind at `at`: its end, what it means, and whether it is a Party committee's.
pub fn word_at(text: &str, at: usize) -> Option<(usize, &'static [UnitKind], bool)> {
    let rest = text.get(at..)?;
    let bytes = rest.as_bytes();
    let opening = bytes.get(..2).filter(|_| may_open(bytes))?;
    WORDS.iter().find_map(|(forms, kinds, party)| {
        let form = forms.iter().find(|form| form.as_bytes()[..2] == *opening && rest.starts_with(**form))?;
        let ends = form.ends_with('.') || !rest[form.len()..].starts_with(letter::is_alphanumeric);
        ends.then_some((at + form.len(), *kinds, *party))
    })
}

/// Whether a unit is of a level that one of the kinds has.
fn fits(unit: Unit, kinds: &[UnitKind]) -> bool {
    kinds.iter().any(|kind| kind.level() == unit.level())
}

/// Every unit named in a part of a text.
pub fn mentions(text: &str, within: Span) -> Vec<Mention> {
    let bytes = text.as_bytes();
    let mut found: Vec<Mention> = Vec::new();
    let mut at = within.start;
    while let Some(opening) = next_opening(&bytes[..within.end], at) {
        at = opening;
        // Whether a letter beyond ASCII stands before it is asked last.
        if !text[..at].ends_with(letter::is_alphanumeric)
            && let Some(mention) = mention_at(text, at, within.end)
        {
            at = mention.span.end;
            found.push(mention);
        } else {
            at += 1;
        }
    }
    found
}

/// The first byte from `from` on that may begin a word of kind, no letter and no digit of ASCII before it.
fn next_opening(bytes: &[u8], from: usize) -> Option<usize> {
    /// How many bytes are looked at as one.
    const ROW: usize = 16;
    let begins = |at: usize| {
        let before = at.checked_sub(1).map(|before| bytes[before]);
        !before.is_some_and(|before| before.is_ascii_alphanumeric()) && may_open(&bytes[at..])
    };
    // What two bytes tell of it, by comparisons alone.
    let is_inside = |byte: u8| ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10);
    let is_first = |byte: u8| {
        let small = byte | 0x20;
        (small == b't') | (small == b'h') | (small == b'q') | (small == b'p') | (small == b'x') | (byte == 0xc4)
    };
    let row = |at: usize| bytes.get(at..).and_then(|rest| rest.first_chunk::<ROW>());
    if from == 0 && !bytes.is_empty() && begins(0) {
        return Some(0);
    }
    let mut from = from.max(1);
    while let (Some(before), Some(here)) = (row(from - 1), row(from)) {
        if (0..ROW).fold(false, |any, i| any | (is_first(here[i]) & !is_inside(before[i])))
            && let Some(at) = (from..from + ROW).find(|at| begins(*at))
        {
            return Some(at);
        }
        from += ROW;
    }
    (from..bytes.len()).find(|at| begins(*at))
}

/// Whether a text may open with a word of kind, by its first letters: nearly no other word does.
fn may_open(bytes: &[u8]) -> bool {
    matches!(
        bytes,
        // `tỉnh`, `thành`, `thị`, `TP`.
        [b't' | b'T', 0xe1, ..]
            | [b't' | b'T', b'h' | b'H', 0xc3 | 0xe1, ..]
            | [b't' | b'T', b'p' | b'P', ..]
            // `huyện`, `quận`, `phường`, `xã`, `đặc`.
            | [b'h' | b'H', b'u' | b'U', b'y' | b'Y', ..]
            | [b'q' | b'Q', b'u' | b'U', 0xe1, ..]
            | [b'p' | b'P', b'h' | b'H', 0xc6, ..]
            | [b'x' | b'X', 0xc3, 0x83 | 0xa3, ..]
            | [0xc4, 0x90 | 0x91, 0xe1, ..]
    )
}

/// The unit whose word of kind begins at `at`.
fn mention_at(text: &str, at: usize, limit: usize) -> Option<Mention> {
    let (word_end, kinds, is_party) = word_at(text, at).filter(|(end, ..)| *end <= limit)?;
    let rest = &text[word_end..limit];
    let name_at = word_end + (rest.len() - rest.trim_start_matches([' ', '\n', '\t', '*']).len());
    if text[word_end..name_at].matches('\n').count() > 1 {
        return None;
    }
    let (ends, count) = name_ends(&text[name_at..limit]);
    ends[..count].iter().rev().find_map(|end| {
        let name = &text[name_at..name_at + end];
        let units: Vec<Unit> = place::named(&skeleton(name)).filter(|unit| fits(*unit, kinds)).collect();
        if units.is_empty() {
            return None;
        }
        let units = place::spelled(units, name);
        Some(Mention { kinds, units, span: Span::new(at, name_at + end), name_at, is_party })
    })
}

/// Where a name may end: behind each of its first capitalised words; and how many there are.
fn name_ends(text: &str) -> ([usize; 5], usize) {
    let (mut ends, mut count) = ([0; 5], 0);
    let mut at = 0;
    while count < ends.len() {
        let rest = &text[at..];
        let len = rest.find(|c: char| !(letter::is_alphanumeric(c) || matches!(c, '\'' | '’'))).unwrap_or(rest.len());
        let word = &rest[..len];
        let number = count == 0 && len <= 2 && !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
        if !(number || word.starts_with(letter::is_uppercase)) {
            break;
        }
        at += len;
        ends[count] = at;
        count += 1;
        let gap = &text[at..];
        let next = gap.trim_start_matches([' ', '\n']);
        let joined = next.strip_prefix("- ").or(next.strip_prefix('-')).unwrap_or(next);
        if next.len() == gap.len() && joined.len() == next.len()
            || gap[..gap.len() - next.len()].matches('\n').count() > 1
        {
            break;
        }
        at = text.len() - joined.len();
    }
    (ends, count)
}

/// The units of an era among those that a mention can mean; where it has none, all.
pub fn of_era(units: &[Unit], era: Era) -> Vec<Unit> {
    let kept: Vec<Unit> = units.iter().copied().filter(|unit| unit.era() == era).collect();
    if kept.is_empty() { units.to_vec() } else { kept }
}

/// Whether a word of kind means the level.
pub fn means(kinds: &[UnitKind], level: Level) -> bool {
    kinds.iter().any(|kind| kind.level() == level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn said(text: &str) -> Vec<&str> {
        mentions(text, Span::new(0, text.len())).iter().map(|mention| mention.span.of(text)).collect()
    }

    #[test]
    fn a_name_ends_where_the_list_says() {
        assert_eq!(said("của UBND huyện Cẩm Giàng Về việc"), ["huyện Cẩm Giàng"]);
        assert_eq!(said("TỈNH BÀ RỊA - VŨNG TÀU"), ["TỈNH BÀ RỊA - VŨNG TÀU"]);
        assert_eq!(said("Huyện ủy Văn Lâm, Phường 1; TP. Cần Thơ"), ["Huyện ủy Văn Lâm", "Phường 1", "TP. Cần Thơ"]);
        assert_eq!(said("thị xã\nĐức Phổ"), ["thị xã\nĐức Phổ"]);
    }

    #[test]
    fn every_word_of_kind_is_found() {
        for form in WORDS.iter().flat_map(|(forms, ..)| *forms) {
            assert_eq!(word_at(form, 0).map(|(end, ..)| end), Some(form.len()), "{form}");
        }
    }

    proptest! {
        #[test]
        fn openings_are_found_row_by_row(text in "([tTđộ1 .]|huy|Xã|tỉ|a{14}){0,40}", from in 0usize..60) {
            let bytes = text.as_bytes();
            let begins = |at: &usize| {
                may_open(&bytes[*at..])
                    && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric())
            };
            prop_assert_eq!(next_opening(bytes, from), (from..bytes.len()).find(begins));
        }
    }

    #[test]
    fn a_kind_without_a_known_name_is_none() {
        for text in ["các huyện, thị xã", "xã Kế hoạch", "tỉnh táo", "xã hội Việt Nam", "xã Xyz"] {
            assert_eq!(said(text), Vec::<&str>::new(), "{text}");
        }
    }
}
