//! Names of organs that OCR damaged, mended: `Bô Nội vụ`, `UBND các huyên`, `Đòan dại biểu Quốc hội`.
//!
//! A word is mended only where its right form is certain: with the word beside it, its letters without marks are those of
//! one pair of words in the names of organs, or of a pair that stands again and again in the document. Names of places
//! are open (`Phổ Phong`, `Thanh Ba`): only the document itself shows theirs.

use super::Reading;
use crate::text::letter;
use crate::{
    rules::Spellings,
    text::{fold_char, skeleton},
};
use std::collections::{HashMap, HashSet};

/// How far into the document its own spellings are looked for, in bytes.
const REACH: usize = 60_000;

/// Mends the names given; says of each whether it was.
pub fn mend(reading: &Reading<'_>, names: &mut [&mut String]) -> Vec<bool> {
    let wanted: HashSet<String> = names.iter().flat_map(|name| pairs(name)).map(|(key, ..)| key).collect();
    let own = own_pairs(reading.text, &wanted);
    names.iter_mut().map(|name| mend_one(reading, name, &own)).collect()
}

fn mend_one(reading: &Reading<'_>, name: &mut String, own: &HashMap<String, Vec<(String, usize)>>) -> bool {
    let words = words(name);
    let mut right: Vec<Verdict> = vec![Verdict::Unknown; words.len()];
    for (i, pair) in words.windows(2).enumerate() {
        let (a, b) = (pair[0], pair[1]);
        let grammar = |word: (usize, usize)| is_small_word(&name[word.0..word.1].to_lowercase());
        if !near(&name[a.1..b.0]) || grammar(b) && name[b.0..b.1].starts_with(letter::is_lowercase) {
            continue;
        }
        let written = [name[a.0..a.1].to_lowercase(), name[b.0..b.1].to_lowercase()];
        let key = format!("{} {}", skeleton(&written[0]), skeleton(&written[1]));
        let known = reading.rules.tables().pairs.get(&key);
        // `Bộ Cơ khí` is written so: `Bộ có …` is something else. Behind the kind of a unit stands its name.
        let small = name[b.0..b.1].starts_with(letter::is_lowercase);
        let meant = |known: &&Spellings| if small { known.small } else { !is_kind(&written[0]) };
        let form = match known.filter(meant).and_then(Spellings::only) {
            Some(form) => Some(form.clone()),
            // Right beyond doubt, if no name of an organ: a province, an office.
            None if known.is_some_and(|known| known.forms.as_slice() == [written.join(" ")]) => Some(written.join(" ")),
            None if known.is_some_and(|known| !is_kind(&written[0]) || known.forms.len() > 1) => None,
            None => {
                let here = format!("{} {}", &name[a.0..a.1], &name[b.0..b.1]);
                own.get(&key).and_then(|forms| usual(forms, &here)).map(|form| form.to_lowercase())
            }
        };
        let Some((first, second)) = form.as_deref().and_then(|form| form.split_once(' ')) else { continue };
        for (at, written, form) in [(i, &written[0], first), (i + 1, &written[1], second)] {
            if !(is_unit(written) || is_small_word(written)) || written == form {
                right[at].hear(written, form);
            }
        }
    }
    let mut out = String::with_capacity(name.len());
    let mut from = 0;
    for (&(start, end), verdict) in words.iter().zip(&right) {
        out.push_str(&name[from..start]);
        match verdict {
            Verdict::Mend(form) => out.push_str(&cased(form, &name[start..end])),
            _ => out.push_str(&name[start..end]),
        }
        from = end;
    }
    out.push_str(&name[from..]);
    let mended = out != *name;
    *name = out;
    mended
}

/// What the pairs that hold a word say of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    Unknown,
    Right,
    Mend(String),
}

impl Verdict {
    /// A word that one pair finds right, or that two pairs would mend each in its own way, stays as it is.
    fn hear(&mut self, written: &str, form: &str) {
        *self = match self {
            _ if written == form => Verdict::Right,
            Verdict::Unknown => Verdict::Mend(form.to_owned()),
            Verdict::Mend(known) if known == form => return,
            _ => Verdict::Right,
        };
    }
}

/// The form of a pair that stands elsewhere in the document twice at least, where the written one stands here alone. Its
/// capitals tell a name from other words: `xã Thanh Ba`, `hoàn thành ba`.
fn usual<'f>(forms: &'f [(String, usize)], written: &str) -> Option<&'f String> {
    let here = forms.iter().find(|(form, _)| form == written).map_or(0, |(_, count)| *count);
    let capitals = |text: &str| text.split(' ').map(|word| word.starts_with(letter::is_uppercase)).collect::<Vec<_>>();
    let wanted = capitals(written);
    let alike = forms.iter().filter(|(form, _)| form != written && capitals(form) == wanted);
    let (form, count) = alike.max_by_key(|(_, count)| *count)?;
    (here <= 1 && *count >= 2).then_some(form)
}

/// Whether a word is the kind of an administrative unit, or part of one: such a word is right beside any other.
fn is_unit(word: &str) -> bool {
    matches!(word, "tỉnh" | "huyện" | "quận" | "xã" | "phường" | "thành" | "phố" | "thị" | "trấn")
}

/// How the document spells the pairs wanted, and how often.
fn own_pairs(text: &str, wanted: &HashSet<String>) -> HashMap<String, Vec<(String, usize)>> {
    let mut found: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    if wanted.is_empty() {
        return found;
    }
    let mut first = Hashes::default();
    let mut both = Hashes::default();
    for key in wanted {
        let hash = |word: &str| word.chars().fold(0, mixed);
        if let Some((a, b)) = key.split_once(' ') {
            first.add(hash(a));
            both.add(joined(hash(a), hash(b)));
        }
    }
    let mut end = text.len().min(REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    let mut before: Option<(usize, usize, u64)> = None;
    for_each_word(text, |start, end, hash| {
        if let Some((from, to, first)) = before
            && both.has(joined(first, hash))
            && near(&text[to..start])
        {
            let key = format!("{} {}", folded(&text[from..to]), folded(&text[start..end]));
            if wanted.contains(&key) {
                let form = format!("{} {}", &text[from..to], &text[start..end]);
                let forms = found.entry(key).or_default();
                match forms.iter_mut().find(|(known, _)| *known == form) {
                    Some((_, count)) => *count += 1,
                    None => forms.push((form, 1)),
                }
            }
        }
        before = first.has(hash).then_some((start, end, hash));
    });
    found
}

/// A set of hashes that mostly answers by one bit: nearly no word of a text is in it.
struct Hashes {
    bits: [u64; 64],
    all: Vec<u64>,
}

impl Default for Hashes {
    fn default() -> Self {
        Hashes { bits: [0; 64], all: Vec::new() }
    }
}

impl Hashes {
    fn add(&mut self, hash: u64) {
        self.bits[(hash >> 58) as usize] |= 1 << (hash >> 52 & 63);
        if let Err(at) = self.all.binary_search(&hash) {
            self.all.insert(at, hash);
        }
    }

    fn has(&self, hash: u64) -> bool {
        self.bits[(hash >> 58) as usize] >> (hash >> 52 & 63) & 1 == 1 && self.all.binary_search(&hash).is_ok()
    }
}

/// A hash of a folded word, one letter on.
fn mixed(hash: u64, c: char) -> u64 {
    (hash.rotate_left(5) ^ u64::from(c)).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn joined(first: u64, second: u64) -> u64 {
    (first.rotate_left(23) ^ second).wrapping_mul(0x517c_c1b7_2722_0a95)
}

fn folded(word: &str) -> String {
    word.chars().map(fold_char).collect()
}

/// Each word of a text: where it begins and ends, and the hash of its letters folded.
fn for_each_word(text: &str, mut each: impl FnMut(usize, usize, u64)) {
    let mut start = None;
    let mut hash = 0;
    for (i, c) in text.char_indices() {
        if letter::is_alphanumeric(c) {
            if start.is_none() {
                (start, hash) = (Some(i), 0);
            }
            hash = mixed(hash, fold_char(c));
        } else if let Some(from) = start.take() {
            each(from, i, hash);
        }
    }
    if let Some(from) = start {
        each(from, text.len(), hash);
    }
}

/// The pairs of words beside each other in a name, folded, with the places of both.
fn pairs(name: &str) -> Vec<(String, usize, usize)> {
    let words = words(name);
    let pair = |pair: &[(usize, usize)]| {
        let (a, b) = (pair[0], pair[1]);
        near(&name[a.1..b.0])
            .then(|| (format!("{} {}", skeleton(&name[a.0..a.1]), skeleton(&name[b.0..b.1])), a.0, b.1))
    };
    words.windows(2).filter_map(pair).collect()
}

/// Whether two words with this between them stand beside each other.
fn near(between: &str) -> bool {
    between.len() <= 3 && between.chars().all(|c| matches!(c, ' ' | '\n' | ',' | '.' | '-' | '/' | '&'))
}

/// The places of the words of a text.
fn words(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for_each_word(text, |start, end, _| out.push((start, end)));
    out
}

/// Whether a word ends the kind of an administrative unit, whose name follows.
fn is_kind(word: &str) -> bool {
    matches!(word, "tỉnh" | "huyện" | "quận" | "xã" | "phường" | "phố" | "trấn")
}

/// Words of the grammar, which may stand beside any other.
fn is_small_word(word: &str) -> bool {
    const WORDS: [&str; 30] = [
        "có", "của", "các", "và", "về", "từ", "đến", "để", "cả", "cho", "theo", "trên", "dưới", "trong", "ngoài",
        "này", "như", "do", "được", "đã", "với", "khi", "nơi", "một", "hai", "ba", "số", "những", "là", "tại",
    ];
    WORDS.contains(&word)
}

/// A form in small letters with the capitals of the word that it stands for.
fn cased(form: &str, written: &str) -> String {
    let mut letters = written.chars().filter(|c| letter::is_alphabetic(*c));
    let first = letters.next().is_some_and(letter::is_uppercase);
    if first && written.chars().count() > 1 && letters.all(letter::is_uppercase) {
        return form.to_uppercase();
    }
    let mut chars = form.chars();
    match chars.next().filter(|_| first) {
        Some(c) => c.to_uppercase().chain(chars).collect(),
        None => form.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{layout::Layout, rules::Rules};

    fn mended(text: &str, name: &str) -> String {
        let rules = Rules::builtin();
        let layout = Layout::new(text, rules);
        let mut name = name.to_owned();
        mend(&Reading { text, layout: &layout, rules }, &mut [&mut name]);
        name
    }

    #[test]
    fn damaged_words_take_the_form_of_the_organs_that_are_known() {
        for (written, right) in [
            ("Bô Nội vụ", "Bộ Nội vụ"),
            ("UBND các huyên, thành phô", "UBND các huyện, thành phố"),
            ("Đòan dại biểu Quốc hội tỉnh", "Đoàn đại biểu Quốc hội tỉnh"),
            ("Các ban, ngành, đòan thê", "Các ban, ngành, đoàn thể"),
            ("Hội đông nhân dân xã", "Hội đồng nhân dân xã"),
            ("Như điêu 3", "Như điều 3"),
            ("Cục Kiểm tra VBQPPL (Bô Tư pháp)", "Cục Kiểm tra VBQPPL (Bộ Tư pháp)"),
        ] {
            assert_eq!(mended("", written), right);
        }
    }

    #[test]
    fn what_may_be_right_stays() {
        for name in [
            "Hội Đông y huyện",
            "Trưởng các phòng",
            "UBND huyện Phù Yên",
            "Viên chức Sở",
            "Trường Chính trị tỉnh",
            "Bản Mường Và",
            "UBND xã Phổ Phong",
            "Ủy ban nhân dân quận Kiến An",
            "UBND phường Hội Hợp",
            "UBND xã Thanh Ba",
            "Thành ủy Hòa Bình và các đảng ủy",
            "Sở Tài chính Hòa Bình và Sở Nội vụ",
            "Các Bộ, cơ quan ngang Bộ có liên quan",
        ] {
            assert_eq!(mended("", name), name);
        }
    }

    #[test]
    fn the_document_itself_may_show_the_right_form() {
        let text = "Trường THPT Hàm Thuận Bắc họp. Hàm Thuận Bắc có 3 xã. Trường THPT Hàm Thuận Băc";
        assert_eq!(mended(text, "Trường THPT Hàm Thuận Băc"), "Trường THPT Hàm Thuận Bắc");
        assert_eq!(mended("Hàm Thuận Bắc", "Trường THPT Hàm Thuận Băc"), "Trường THPT Hàm Thuận Băc");
    }
}
