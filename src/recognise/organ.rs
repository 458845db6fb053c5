//! Names of organs (cơ quan) in running text and in letterheads: their words, their administrative unit, their spelling.

use super::{Reading, own::mend};
use crate::text::letter;
use crate::{
    grammar::roman::roman,
    layout::is_upper,
    record::Level,
    text::{Span, first_word_is, fold_char, skeleton},
};

/// An organ's name as it was found at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundOrgan {
    /// The index of its head in the tables.
    pub organ: usize,
    /// The kind of unit that follows, as written in small letters: `xã`.
    pub unit: Option<String>,
    /// The unit's name: `Tân Quang`.
    pub unit_name: Option<String>,
    /// The unit's level.
    pub level: Option<Level>,
    /// Where it stands.
    pub span: Span,
}

/// The organ whose name begins at `at` in running text, with the unit that follows it.
pub fn organ_at(reading: &Reading<'_>, at: usize) -> Option<FoundOrgan> {
    let tables = reading.rules.tables();
    let (end, organ) = tables.organ_words.at(reading.text, at)?;
    let mut found =
        FoundOrgan { organ, unit: None, unit_name: None, level: tables.organs[organ].level, span: Span::new(at, end) };
    if tables.organs[organ].joins {
        attach_unit(reading, &mut found);
    }
    Some(found)
}

/// Reads the unit behind an organ's words: `xã Tân Quang`, `tỉnh`, or a bare name after `Huyện ủy`.
fn attach_unit(reading: &Reading<'_>, found: &mut FoundOrgan) {
    let text = reading.text;
    let tables = reading.rules.tables();
    let next = skip(text, found.span.end);
    if let Some((end, territory)) = tables.damaged_territories.at(text, next) {
        let word_end = kind_end(text, next, end);
        found.unit = Some(kind_spelled(&words(&text[next..word_end]).to_lowercase()));
        found.level = Some(level(found.level, territory.level));
        found.span.end = word_end;
        let name_at = skip(text, word_end);
        if let Some(name_end) = proper_name(reading, name_at) {
            found.unit_name = Some(words(&text[name_at..name_end]));
            found.span.end = name_end;
        }
    } else if found.level == Some(Level::Party)
        && let Some(name_end) = proper_name(reading, next)
        && !is_upper(&text[next..name_end])
    {
        found.unit_name = Some(words(&text[next..name_end]));
        found.span.end = name_end;
    }
}

/// A Party organ stays one; any other stands at the level of its unit.
fn level(own: Option<Level>, unit: Level) -> Level {
    match own {
        Some(Level::Party) => Level::Party,
        _ => unit,
    }
}

/// The end of the unit's kind inside a match that may hold its name too (`thành phố Hà Nội`).
fn kind_end(text: &str, at: usize, end: usize) -> usize {
    let folded = skeleton(&text[at..end]);
    let two = ["thanh pho", "thi xa", "thi tran", "dac khu"].iter().any(|kind| folded.starts_with(kind));
    let mut words = 0;
    let mut inside = false;
    for (i, c) in text[at..end].char_indices() {
        if letter::is_alphanumeric(c) {
            inside = true;
        } else if inside {
            inside = false;
            words += 1;
            if words == if two { 2 } else { 1 } {
                return at + i;
            }
        }
    }
    end
}

/// The end of a proper name at `at`: capitalised syllables, or a number; it stops before the word of a document's kind.
pub fn proper_name(reading: &Reading<'_>, at: usize) -> Option<usize> {
    let text = reading.text;
    let tables = reading.rules.tables();
    let mut end = None;
    let mut next = at;
    for count in 0..5 {
        let rest = text.get(next..)?;
        let len = rest.find(|c: char| !(letter::is_alphanumeric(c) || matches!(c, '\'' | '°'))).unwrap_or(rest.len());
        let word = &rest[..len];
        if count == 0 && !word.is_empty() && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) {
            return Some(next + len);
        }
        let begins = word.starts_with(letter::is_uppercase)
            && word.chars().all(|c| letter::is_alphabetic(c) || matches!(c, '\'' | '°'));
        if !begins {
            break;
        }
        let stops = tables.type_words.at(text, next).is_some_and(|(_, kind)| !tables.types[kind].code.is_empty())
            || tables.organ_words.at(text, next).is_some_and(|(e, _)| e > next + len)
            || count > 0 && is_verb(word);
        let mark = word.chars().count() == 1 && text[next + len..].starts_with('/');
        if stops && (count > 0 || tables.type_words.at(text, next).is_some_and(|(e, _)| e > next + len)) || mark {
            break;
        }
        end = Some(next + len);
        let gap = &rest[len..];
        let space = gap.len() - gap.trim_start_matches([' ', '\n']).len();
        if space == 0 || gap[..space].matches('\n').count() > 1 {
            // `Bà Rịa - Vũng Tàu`
            break;
        }
        // `TỈNH HÀ NAM` above `Căn cứ …` or `KHÓA XII`: a line in capitals is a name whole.
        let below = || gap[space..].chars().nth(1).is_some_and(letter::is_lowercase);
        let term = || ["khoa", "ky", "nhiem"].iter().any(|word| first_word_is(&gap[space..], word));
        if gap[..space].contains('\n') && word.chars().nth(1).is_some_and(letter::is_uppercase) && (below() || term()) {
            break;
        }
        next += len + space;
        if text[next..].starts_with("- ")
            && text[next + 2..].starts_with(letter::is_uppercase)
            && count >= 1
            && tables.organ_words.at(text, next + 2).is_none()
        {
            next += 2;
        }
    }
    end
}

/// Capitalised verbs that open a clause behind an organ's name.
fn is_verb(word: &str) -> bool {
    matches!(skeleton(word).as_str(), "bao" | "ban" | "thong" | "de" | "xay" | "trinh" | "kinh" | "v")
}

/// Where the next word of a name stands. One blank line may come before it, as where a page ends, if it opens with a small
/// letter: `UBND` above `huyện Như Xuân`.
fn skip(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let trimmed = rest.trim_start_matches([' ', '\n', '\t']);
    let most = if trimmed.starts_with(letter::is_lowercase) { 2 } else { 1 };
    if rest[..rest.len() - trimmed.len()].matches('\n').count() > most { at } else { text.len() - trimmed.len() }
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace(" ,", ",")
}

/// A name in capitals as it is written in running text: `SỞ TÀI CHÍNH` → `Sở Tài chính`, `XÃ TÂN QUANG` → `xã Tân Quang`.
///
/// Organs that issue together keep the dash between them: `BỘ NỘI VỤ - BỘ TÀI CHÍNH` → `Bộ Nội vụ - Bộ Tài chính`.
pub fn spelled(reading: &Reading<'_>, raw: &str) -> String {
    joint(reading, raw).iter().map(|one| spelled_alone(reading, one)).collect::<Vec<_>>().join(" - ")
}

/// The names of the organs that a letterhead joins by dashes; one alone where what is behind a dash is no organ.
fn joint<'r>(reading: &Reading<'_>, raw: &'r str) -> Vec<&'r str> {
    let tables = reading.rules.tables();
    let mut out = Vec::new();
    let mut from = 0;
    for (at, mark) in raw.match_indices(" - ").chain(raw.match_indices(" – ")) {
        let next = at + mark.len();
        if at >= from && tables.organ_words.at(raw, next).is_some() && tables.organ_words.at(raw, from).is_some() {
            out.push(raw[from..at].trim());
            from = next;
        }
    }
    out.push(raw[from..].trim());
    out
}

fn spelled_alone(reading: &Reading<'_>, raw: &str) -> String {
    let raw = words(raw);
    let tables = reading.rules.tables();
    if !is_upper(&raw) && raw.chars().any(letter::is_uppercase) {
        // `ủy Ban Nhân Dân thành phố cần thơ`: capitals lost and found.
        if let Some((end, organ)) = tables.organ_words.at(&raw, 0).filter(|_| raw.starts_with(letter::is_lowercase)) {
            let tail = raw[end..].trim();
            let unit = if tail.chars().any(letter::is_uppercase) {
                tail.to_owned()
            } else {
                let kind = tables.damaged_territories.at(tail, 0);
                kind.and_then(|(end, _)| unit_name(reading, tail, end)).unwrap_or_else(|| titled(tail, false))
            };
            return format!("{} {unit}", tables.organs[organ].name).trim_end().to_owned();
        }
        let listed = tables.organ_words.get(&raw).map(|organ| &tables.organs[organ].name);
        return listed.filter(|name| skeleton(name) == skeleton(&raw)).map_or(raw, |name| name.to_string());
    }
    if let Some((end, organ)) = tables.organ_words.at(&raw, 0) {
        let canonical = &tables.organs[organ].name;
        let abbreviated =
            raw[..end].chars().filter(|c| letter::is_alphabetic(*c)).count() * 2 < canonical.chars().count();
        let head = match tables.organ_words.spelling_at(&raw, 0) {
            // A rule may hold other names than the one that it is called by: `Báo Gia Lai`, `Tổ công tác`.
            // `Y BAN NHÂN DÂN` lost its first letter.
            Some(spelling) if !abbreviated && !skeleton(canonical).ends_with(&skeleton(&raw[..end])) => {
                spelling.to_owned()
            }
            _ => canonical.to_string(),
        };
        let rest = raw[end..].trim();
        if rest.is_empty() {
            return head;
        }
        // Damage is read into what can hardly be anything else: `UBND huyên`, not `CƠ QUAN QUẢN LÝ`.
        let kinds = if tables.organs[organ].joins { &tables.damaged_territories } else { &tables.territories };
        let unit = kinds.at(rest, 0).and_then(|(end, _)| unit_name(reading, rest, end));
        let tail = unit.unwrap_or_else(|| unlisted(reading, rest));
        return if tail.starts_with(',') { format!("{head}{tail}") } else { format!("{head} {tail}") };
    }
    let unit = tables.territories.at(&raw, 0).and_then(|(end, _)| unit_name(reading, &raw, end));
    unit.unwrap_or_else(|| unlisted(reading, &raw))
}

/// Words of a name that no list has, a unit at their end apart: `GIÁO DỤC VÀ ĐÀO TẠO HUYỆN KRÔNG NĂNG`.
fn unlisted(reading: &Reading<'_>, raw: &str) -> String {
    if let Some((at, unit)) = unit_within(reading, raw) {
        return format!("{} {unit}", unlisted(reading, raw[..at].trim()));
    }
    // A phòng is called what the sở above it is called.
    let tables = reading.rules.tables();
    let field = || {
        let name = &tables.organs[tables.organ_words.get(&format!("Sở {}", raw.to_lowercase()))?].name;
        name.strip_prefix("Sở ").map(str::to_owned)
    };
    in_body(reading, raw).or_else(field).unwrap_or_else(|| titled(raw, false))
}

/// The unit at the end of an organ's name in capitals: where it begins, and its spelling.
fn unit_within(reading: &Reading<'_>, raw: &str) -> Option<(usize, String)> {
    // `THƯƠNG BINH VÀ XÃ HỘI`, `TỈNH ĐOÀN`, `QUẬN ỦY`: no units.
    const OTHER: [&str; 4] = ["hoi", "doan", "uy", "doi"];
    let starts = raw.match_indices(' ').map(|(blank, _)| blank + 1);
    starts.into_iter().find_map(|at| {
        let (end, _) = reading.rules.tables().territories.at(raw, at)?;
        let behind = raw[at..].split(' ').nth(1).map(skeleton).unwrap_or_default();
        let unit = unit_name(reading, &raw[at..], end - at).filter(|_| !OTHER.contains(&behind.as_str()))?;
        Some((at, unit))
    })
}

/// `XÃ TÂN QUANG` → `xã Tân Quang`; `PHƯỜNG 1` → `Phường 1`. The words of the kind end at or before `end`.
fn unit_name(reading: &Reading<'_>, raw: &str, end: usize) -> Option<String> {
    let end = kind_end(raw, 0, end);
    let name = raw[end..].trim();
    let kind = raw[..end].to_lowercase();
    if name.is_empty() {
        return Some(kind);
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(format!("{} {name}", titled(&kind, true)));
    }
    // A unit inside a longer name: `TỈNH BÌNH PHƯỚC`, nothing behind it.
    Some(format!("{} {}", kind_spelled(&kind), mend(reading, &titled(name, false)).0))
}

/// The kind of a unit in its right spelling, whatever OCR made of its marks.
fn kind_spelled(kind: &str) -> String {
    const KINDS: [(&str, &str); 9] = [
        ("tinh", "tỉnh"),
        ("thanh pho", "thành phố"),
        ("huyen", "huyện"),
        ("quan", "quận"),
        ("thi xa", "thị xã"),
        ("xa", "xã"),
        ("phuong", "phường"),
        ("thi tran", "thị trấn"),
        ("dac khu", "đặc khu"),
    ];
    let folded = skeleton(kind);
    let known = KINDS.into_iter().find(|(known, _)| *known == folded);
    known.map_or_else(|| kind.to_owned(), |(_, spelled)| spelled.to_owned())
}

/// The form in mixed case that the document itself uses for words that its letterhead has in capitals.
fn in_body(reading: &Reading<'_>, raw: &str) -> Option<String> {
    let titled = titled(raw, false);
    let (form, mended) = mend(reading, &titled);
    mended.then_some(form)
}

/// Whether a word in capitals is an abbreviation rather than a syllable: `THPT`, `UBND`, `GD&ĐT`.
fn is_acronym(word: &str) -> bool {
    let folded: Vec<char> = word.chars().map(fold_char).collect();
    let vowel = |c: &char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    if folded.len() < 2 || !word.chars().all(|c| !letter::is_lowercase(c)) {
        return false;
    }
    let finals = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];
    let after: String = folded.iter().skip_while(|c| !vowel(c)).skip_while(|c| vowel(c)).collect();
    // Names of the highlands: `ĐĂK`, `TÓH`. No abbreviation has marks but for `Đ`.
    let highland = word.chars().any(|c| !c.is_ascii() && c != 'Đ');
    word.contains('&') || !folded.iter().any(vowel) || !finals.contains(&after.as_str()) && !highland
}

/// Whether a word is a Roman numeral and no syllable: `Trường Cao đẳng nghề II`, but `Vi`, `Xi`.
fn is_numeral(word: &str) -> bool {
    roman(word).is_some() && !matches!(word, "I" | "VI" | "XI")
}

/// Every syllable capitalised but for small words; `first_only` capitalises the first alone.
pub fn titled(raw: &str, first_only: bool) -> String {
    raw.split_whitespace()
        .enumerate()
        .map(|(i, word)| {
            let lower = word.to_lowercase();
            if i > 0 && (first_only || matches!(lower.as_str(), "và" | "của" | "các" | "thuộc" | "về")) {
                return lower;
            }
            let bare = word.trim_matches([',', ';', '.', '(', ')']);
            if is_acronym(bare) || is_numeral(bare) {
                return word.to_owned();
            }
            let mut chars = lower.chars();
            chars.next().map_or(String::new(), |c| c.to_uppercase().chain(chars).collect())
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_keep_their_capitals() {
        assert_eq!(titled("TRƯỜNG THPT HÀM THUẬN", false), "Trường THPT Hàm Thuận");
        assert_eq!(titled("HỘI LHPN HUYỆN", false), "Hội LHPN Huyện");
        assert_eq!(titled("ĐƯỜNG THỦY II", false), "Đường Thủy II");
        assert_eq!(titled("PHÒNG, CHỐNG TỘI PHẠM (THPT)", false), "Phòng, Chống Tội Phạm (THPT)");
        assert_eq!(titled("XÃ VI HƯƠNG", false), "Xã Vi Hương");
        assert_eq!(titled("KINH TẾ VÀ HẠ TẦNG", false), "Kinh Tế và Hạ Tầng");
        for syllable in ["NGHIÊNG", "ĐĂK", "KRÔNG", "ANH", "QUYẾT", "Ý", "OANH"] {
            assert!(!is_acronym(syllable), "{syllable}");
        }
    }
}
