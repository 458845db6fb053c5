//! Names of organs that OCR damaged, mended: `Bô Nội vụ`, `UBND các huyên`, `Đòan dại biểu Quốc hội`.
//!
//! A word is mended only where its right form is certain: with the word beside it, its letters without marks are those of
//! one pair of words in the names of organs, or of a pair that stands again and again in the document. Names of places
//! are open (`Phổ Phong`, `Thanh Ba`): only the document itself shows theirs.

use super::Reading;
use crate::text::letter;
use crate::{
    rules::Spellings,
    text::{Span, fold_char, skeleton, word_starts},
};
use std::collections::{HashMap, HashSet};

/// How far into the document its own spellings are looked for, in bytes.
const REACH: usize = 60_000;

/// Mends the names given; says of each whether it was.
pub fn mend(reading: &Reading<'_>, names: &mut [&mut String]) -> Vec<bool> {
    let pairs: Vec<Vec<Pair>> = names.iter().map(|name| pairs(reading, name)).collect();
    let wanted: HashSet<&str> = pairs.iter().flatten().filter_map(Pair::asks).collect();
    let own = own_pairs(reading.text, &wanted);
    names.iter_mut().zip(&pairs).map(|(name, pairs)| mend_one(name, pairs, &own)).collect()
}

/// Two words of a name beside each other, the second of which is no small word of the grammar.
struct Pair {
    /// Which word of the name the first is.
    at: usize,
    /// Both in small letters.
    written: [String; 2],
    /// Both folded.
    key: String,
    form: Form,
}

/// What the names of organs tell of a pair's spelling.
enum Form {
    /// It is this.
    Known(String),
    /// They have several, or one that may be meant otherwise.
    Unsure,
    /// Nothing: the document itself may show it.
    Unknown,
}

impl Pair {
    /// The pair, if the document is to show its spelling.
    fn asks(&self) -> Option<&str> {
        matches!(self.form, Form::Unknown).then_some(self.key.as_str())
    }
}

/// The pairs of words in a name.
fn pairs(reading: &Reading<'_>, name: &str) -> Vec<Pair> {
    let words: Vec<(usize, usize, String, String)> = words(name)
        .into_iter()
        .map(|(start, end)| {
            let written = name[start..end].to_lowercase();
            let folded = skeleton(&written);
            (start, end, written, folded)
        })
        .collect();
    let pair = |at: usize| {
        let [(_, end, first, one), (start, _, second, other)] = &words[at..at + 2] else { return None };
        let small = name[*start..].starts_with(letter::is_lowercase);
        if !near(&name[*end..*start]) || small && is_small_word(second) {
            return None;
        }
        let key = format!("{one} {other}");
        let known = reading.rules.tables().pairs.get(&key);
        // `Bộ Cơ khí` is written so: `Bộ có …` is something else. Behind the kind of a unit stands its name.
        let meant = |known: &&Spellings| if small { known.small } else { !is_kind(first) };
        let here = || format!("{first} {second}");
        let form = match known.filter(meant).and_then(Spellings::only) {
            Some(form) => Form::Known(form.to_owned()),
            // Right beyond doubt, if no name of an organ: a province, an office.
            None if known.is_some_and(|known| known.forms.as_ref() == [here()]) => Form::Known(here()),
            None if known.is_some_and(|known| !is_kind(first) || known.forms.len() > 1) => Form::Unsure,
            None => Form::Unknown,
        };
        Some(Pair { at, written: [first.clone(), second.clone()], key, form })
    };
    (0..words.len().saturating_sub(1)).filter_map(pair).collect()
}

fn mend_one(name: &mut String, pairs: &[Pair], own: &HashMap<String, Vec<(String, usize)>>) -> bool {
    let words = words(name);
    let mut right: Vec<Verdict> = vec![Verdict::Unknown; words.len()];
    for Pair { at, written, key, form } in pairs {
        let (a, b) = (words[*at], words[*at + 1]);
        let form = match form {
            Form::Known(form) => Some(form.clone()),
            Form::Unsure => None,
            Form::Unknown => own
                .get(key)
                .and_then(|forms| usual(forms, &format!("{} {}", &name[a.0..a.1], &name[b.0..b.1])))
                .map(|form| form.to_lowercase()),
        };
        let Some((first, second)) = form.as_deref().and_then(|form| form.split_once(' ')) else { continue };
        for (at, written, form) in [(*at, &written[0], first), (*at + 1, &written[1], second)] {
            if !(is_unit(written) || is_small_word(written)) || written == form {
                right[at].hear(written, form);
            }
        }
    }
    if !right.iter().any(|verdict| matches!(verdict, Verdict::Mend(_))) {
        return false;
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
fn own_pairs(text: &str, wanted: &HashSet<&str>) -> HashMap<String, Vec<(String, usize)>> {
    let mut found: HashMap<String, Vec<(String, usize)>> = HashMap::new();
    if wanted.is_empty() {
        return found;
    }
    let mut openings = Openings::default();
    let mut first = Hashes::default();
    let mut both = Hashes::default();
    for key in wanted {
        let hash = |word: &str| word.chars().fold(0, mixed);
        if let Some((a, b)) = key.split_once(' ') {
            openings.add(a);
            first.add(hash(a));
            both.add(joined(hash(a), hash(b)));
        }
    }
    let mut end = text.len().min(REACH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = &text[..end];
    openings.each(text, |from| {
        let (to, one) = word_at(text, from);
        if !first.has(one) {
            return;
        }
        let Some(gap) = text[to..].find(letter::is_alphanumeric).filter(|gap| near(&text[to..to + gap])) else {
            return;
        };
        let (end, other) = word_at(text, to + gap);
        if !both.has(joined(one, other)) {
            return;
        }
        let (one, other) = (&text[from..to], &text[to + gap..end]);
        let key = format!("{} {}", folded(one), folded(other));
        if wanted.contains(key.as_str()) {
            let form = format!("{one} {other}");
            let forms = found.entry(key).or_default();
            match forms.iter_mut().find(|(known, _)| *known == form) {
                Some((_, count)) => *count += 1,
                None => forms.push((form, 1)),
            }
        }
    });
    found
}

/// The first two letters of some words, folded: most words of a text open otherwise.
#[derive(Default)]
struct Openings {
    /// For the class of a first letter a bit for the class of each second one.
    pairs: [u32; 32],
}

impl Openings {
    /// A letter of the alphabet has a class of its own; all that is none has one together.
    fn class(c: Option<char>) -> usize {
        match c {
            Some(c @ 'a'..='z') => c as usize - 'a' as usize,
            _ => 31,
        }
    }

    fn add(&mut self, word: &str) {
        let mut letters = word.chars();
        let first = Self::class(letters.next());
        self.pairs[first] |= 1 << Self::class(letters.next());
    }

    /// Whether a text opens so.
    fn open(&self, text: &str) -> bool {
        let mut chars = text.chars();
        let Some(first) = chars.next().filter(|c| letter::is_alphanumeric(*c)) else { return false };
        let second = chars.next().filter(|c| letter::is_alphanumeric(*c)).map(fold_char);
        self.pairs[Self::class(Some(fold_char(first)))] >> Self::class(second) & 1 == 1
    }

    /// Calls with the place of each word of a text that opens so.
    fn each(&self, text: &str, mut call: impl FnMut(usize)) {
        let bytes = text.as_bytes();
        // What the first byte of a word lets its second be, where both are letters of ASCII; nothing, where no word opens so.
        let rows: [u32; 256] = std::array::from_fn(|byte| match byte as u8 {
            0xc0.. => u32::MAX,
            byte if byte.is_ascii_alphanumeric() => {
                self.pairs[Self::class(Some(char::from(byte.to_ascii_lowercase())))]
            }
            _ => 0,
        });
        for (at, &byte) in bytes.iter().enumerate() {
            let row = rows[usize::from(byte)];
            // Most letters stand inside a word, which the byte before tells.
            if row == 0 || at > 0 && bytes[at - 1].is_ascii_alphanumeric() {
                continue;
            }
            let next = bytes.get(at + 1).filter(|next| next.is_ascii_alphabetic() && byte.is_ascii());
            if next.is_none_or(|next| row >> (next.to_ascii_lowercase() - b'a') & 1 == 1)
                && self.open(&text[at..])
                && !text[..at].ends_with(letter::is_alphanumeric)
            {
                call(at);
            }
        }
    }
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

/// Where the word that begins at a place ends, and the hash of its letters folded.
fn word_at(text: &str, at: usize) -> (usize, u64) {
    let mut hash = 0;
    for (i, c) in text[at..].char_indices() {
        if !letter::is_alphanumeric(c) {
            return (at + i, hash);
        }
        hash = mixed(hash, fold_char(c));
    }
    (text.len(), hash)
}

/// Whether two words with this between them stand beside each other.
fn near(between: &str) -> bool {
    between.len() <= 3 && between.chars().all(|c| matches!(c, ' ' | '\n' | ',' | '.' | '-' | '/' | '&'))
}

/// The places of the words of a text.
fn words(text: &str) -> Vec<(usize, usize)> {
    word_starts(text, Span::new(0, text.len())).map(|at| (at, word_at(text, at).0)).collect()
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
    use proptest::prelude::*;

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

    /// The same as [`own_pairs`], by every two words of the text.
    fn own_pairs_slowly(text: &str, wanted: &HashSet<&str>) -> HashMap<String, Vec<(String, usize)>> {
        let mut found: HashMap<String, Vec<(String, usize)>> = HashMap::new();
        for pair in words(text).windows(2).filter(|pair| near(&text[pair[0].1..pair[1].0])) {
            let [one, other] = [&text[pair[0].0..pair[0].1], &text[pair[1].0..pair[1].1]];
            let key = format!("{} {}", skeleton(one), skeleton(other));
            if wanted.contains(key.as_str()) {
                let forms = found.entry(key).or_default();
                let form = format!("{one} {other}");
                match forms.iter_mut().find(|(known, _)| *known == form) {
                    Some((_, count)) => *count += 1,
                    None => forms.push((form, 1)),
                }
            }
        }
        found
    }

    proptest! {
        #[test]
        fn two_letters_pass_over_no_pair(text in "(Hàm|hâm|HAM|Thuận|thuan|Đ|d|Bắc|5|–|ñ|, | |\n|\\. ){0,24}") {
            let wanted = HashSet::from(["ham thuan", "thuan bac", "d 5", "5 d", "n bac", "bac bac"]);
            prop_assert_eq!(own_pairs(&text, &wanted), own_pairs_slowly(&text, &wanted));
        }
    }
}
