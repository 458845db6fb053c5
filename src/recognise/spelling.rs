//! Names of organs that OCR damaged, mended: `Bô Nội vụ`, `UBND các huyên`, `Đòan dại biểu Quốc hội`.
//!
//! A word is mended only where its right form is certain: with the word beside it, its letters without marks are those of
//! one pair of words in the names of organs, or of a pair that stands again and again in the document. Names of places
//! are open (`Phổ Phong`, `Thanh Ba`): only the document itself shows theirs.

use super::Reading;
use crate::text::letter;
use crate::{
    rules::Spellings,
    text::{Span, Word, WordIndex, fold_char, hash_of, lower_eq},
};
use std::ops::Range;

/// How far into the document its own spellings are looked for, in bytes.
const REACH: usize = 60_000;

/// Mends the names given; says of each whether it was.
pub fn mend(reading: &Reading<'_>, names: &mut [&mut String]) -> Vec<bool> {
    let mut words = Words::default();
    let ends: Vec<usize> = names.iter().map(|name| words.read(name)).collect();
    let mut pairs = Vec::new();
    let mut from = 0;
    for (name, &end) in names.iter().zip(&ends) {
        pairs.extend((from + 1..end).filter_map(|at| pair(reading, &words, name, at - 1)));
        from = end;
    }
    let mut own = Own::wanted(&pairs);
    own.read(reading.text, &reading.layout.words);
    let mut pairs = &pairs[..];
    let mut from = 0;
    let mut mend = |(name, end): (&mut &mut String, usize)| {
        let (here, rest) = pairs.split_at(pairs.partition_point(|pair| pair.at < end));
        let all = &words.all[from..end];
        let mended = mend_one(name, all, from, here, &own);
        (pairs, from) = (rest, end);
        mended
    };
    names.iter_mut().zip(ends).map(&mut mend).collect()
}

/// The words of all names, one behind the other, in small letters and folded.
#[derive(Default)]
struct Words {
    all: Vec<NameWord>,
    /// The words in small letters, a space between them.
    small: String,
    /// The words folded, a space between them.
    folded: String,
}

struct NameWord {
    /// Where it stands in its name.
    place: Span,
    small: Range<usize>,
    folded: Range<usize>,
    /// Of its folded letters.
    hash: u64,
    is_capital: bool,
    /// Whether its small letters are as many as it has.
    is_even: bool,
}

impl Words {
    /// Takes up the words of a name; returns how many there are now.
    fn read(&mut self, name: &str) -> usize {
        self.small.reserve(name.len() + 1);
        self.folded.reserve(name.len() + 1);
        let mut at = 0;
        while let Some(start) = name[at..].find(letter::is_alphanumeric).map(|gap| at + gap) {
            let (small, folded) = (self.small.len(), self.folded.len());
            let (mut is_even, mut end) = (true, name.len());
            for (i, c) in name[start..].char_indices() {
                if !letter::is_alphanumeric(c) {
                    end = start + i;
                    break;
                }
                let lower = letter::to_lower(c);
                is_even &= lower.is_some();
                let lower = lower.unwrap_or(c);
                self.small.push(lower);
                self.folded.push(fold_char(lower));
            }
            self.all.push(NameWord {
                place: Span::new(start, end),
                small: small..self.small.len(),
                folded: folded..self.folded.len(),
                hash: hash_of(&self.folded[folded..]),
                is_capital: name[start..].starts_with(letter::is_uppercase),
                is_even,
            });
            self.small.push(' ');
            self.folded.push(' ');
            at = end;
        }
        self.all.len()
    }
}

/// Two words of a name beside each other, the second of which is no small word of the grammar.
struct Pair<'a> {
    /// Which of all words the first is.
    at: usize,
    /// Both in small letters.
    written: [&'a str; 2],
    /// Both folded, and the hash of that.
    key: &'a str,
    hash: u64,
    /// Which of them are capitalised.
    capitals: [bool; 2],
    form: Form<'a>,
}

/// What the names of organs tell of a pair's spelling.
enum Form<'a> {
    /// It is this.
    Known(&'a str),
    /// Nothing: the document itself may show it.
    Unknown,
}

/// The pair of words that the one at a place begins, if anything can be told of it.
fn pair<'a>(reading: &Reading<'a>, words: &'a Words, name: &str, at: usize) -> Option<Pair<'a>> {
    let [one, other] = &words.all[at..at + 2] else { return None };
    let [first, second] = [one, other].map(|word| &words.small[word.small.clone()]);
    let small = name[other.place.start..].starts_with(letter::is_lowercase);
    if !near(&name[one.place.end..other.place.start]) || small && is_small_word(second) {
        return None;
    }
    if !one.is_even || !other.is_even {
        return None;
    }
    let key = &words.folded[one.folded.start..other.folded.end];
    let here = &words.small[one.small.start..other.small.end];
    let known = reading.rules.tables().pairs.get(key);
    // `Bộ Cơ khí` is written so: `Bộ có …` is something else. Behind the kind of a unit stands its name.
    let meant = |known: &&Spellings| if small { known.small } else { !is_kind(first) };
    let form = match known.filter(meant).and_then(Spellings::only) {
        Some(form) => Form::Known(form),
        // Right beyond doubt, if no name of an organ: a province, an office.
        None if known.is_some_and(|known| known.forms.len() == 1 && known.forms[0] == here) => Form::Known(here),
        // They have several, or one that may be meant otherwise.
        None if known.is_some_and(|known| !is_kind(first) || known.forms.len() > 1) => return None,
        None => Form::Unknown,
    };
    let hash = joined(one.hash, other.hash);
    Some(Pair { at, written: [first, second], key, hash, capitals: [one.is_capital, other.is_capital], form })
}

/// Mends a name by its pairs; `first` is which of all words its first one is.
fn mend_one<'a>(name: &mut String, words: &[NameWord], first: usize, pairs: &[Pair<'a>], own: &Own<'a, 'a>) -> bool {
    let forms = |pair: &Pair<'a>| match pair.form {
        Form::Known(form) => form.split_once(' ').map(|(one, other)| [one, other]),
        Form::Unknown => {
            let at = pair.at - first;
            own.usual(pair, [&words[at], &words[at + 1]].map(|word| word.place.of(name)))
        }
    };
    let agrees = |pair: &Pair<'a>| {
        forms(pair).is_none_or(|forms| forms.iter().zip(pair.written).all(|(form, written)| lower_eq(form, written)))
    };
    // Nearly every name is written as it should be.
    if pairs.iter().all(agrees) {
        return false;
    }
    let mut right: Vec<Verdict> = vec![Verdict::Unknown; words.len()];
    for pair in pairs {
        let Some(forms) = forms(pair) else { continue };
        for (at, (written, form)) in (pair.at - first..).zip(pair.written.into_iter().zip(forms)) {
            let form = form.to_lowercase();
            if !(is_unit(written) || is_small_word(written)) || written == form {
                right[at].hear(written, &form);
            }
        }
    }
    if !right.iter().any(|verdict| matches!(verdict, Verdict::Mend(_))) {
        return false;
    }
    let mut out = String::with_capacity(name.len());
    let mut from = 0;
    for (word, verdict) in words.iter().zip(&right) {
        let Span { start, end } = word.place;
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

/// Whether a word is the kind of an administrative unit, or part of one: such a word is right beside any other.
fn is_unit(word: &str) -> bool {
    matches!(word, "tỉnh" | "huyện" | "quận" | "xã" | "phường" | "thành" | "phố" | "thị" | "trấn")
}

/// How the document spells the pairs of which nothing else is known.
#[derive(Default)]
struct Own<'a, 't> {
    /// By hash, key and capitals.
    asked: Vec<Asked<'a, 't>>,
    bits: Hashes,
}

/// A pair of words that the document is to show.
struct Asked<'a, 't> {
    hash: u64,
    key: &'a str,
    /// Capitals tell a name from other words: `xã Thanh Ba`, `hoàn thành ba`.
    capitals: [bool; 2],
    /// How the document spells it, and how often.
    forms: Vec<([&'t str; 2], usize)>,
}

impl<'a, 't> Own<'a, 't> {
    fn wanted(pairs: &[Pair<'a>]) -> Self {
        let mut own = Own::default();
        for pair in pairs.iter().filter(|pair| matches!(pair.form, Form::Unknown)) {
            own.bits.add(pair.hash);
            own.asked.push(Asked { hash: pair.hash, key: pair.key, capitals: pair.capitals, forms: Vec::new() });
        }
        own.asked.sort_unstable_by_key(|asked| (asked.hash, asked.key, asked.capitals));
        own.asked.dedup_by_key(|asked| (asked.hash, asked.key, asked.capitals));
        own
    }

    /// Reads how a document, so far as it is looked at, spells the pairs.
    fn read(&mut self, text: &'t str, index: &WordIndex) {
        if self.asked.is_empty() {
            return;
        }
        let (words, cut) = index.upto(text, REACH);
        self.read_pairs(text, words);
        if let (Some(last), Some(cut)) = (words.last(), cut) {
            self.read_pairs(text, &[*last, cut]);
        }
    }

    fn read_pairs(&mut self, text: &'t str, words: &[Word]) {
        for pair in words.windows(2) {
            let [one, other] = pair else { continue };
            let hash = joined(one.hash, other.hash);
            // Nearly no pair is asked for.
            if !self.bits.may_have(hash) || !near(&text[one.end()..other.start()]) {
                continue;
            }
            let form = [one, other].map(|word| &text[word.start()..word.end()]);
            let at = self.asked.partition_point(|asked| asked.hash < hash);
            let alike = self.asked[at..].iter_mut().take_while(|asked| asked.hash == hash);
            for asked in alike {
                if let Some((_, count)) = asked.forms.iter_mut().find(|(known, _)| *known == form) {
                    *count += 1;
                } else if form.map(|word| word.starts_with(letter::is_uppercase)) == asked.capitals
                    && is_folded(form, asked.key)
                {
                    asked.forms.push((form, 1));
                }
            }
        }
    }

    /// The form of a pair that stands elsewhere in the document twice at least, where the written one stands here alone.
    fn usual(&self, pair: &Pair<'_>, written: [&str; 2]) -> Option<[&'t str; 2]> {
        let wanted = (pair.hash, pair.key, pair.capitals);
        let at = self.asked.binary_search_by_key(&wanted, |asked| (asked.hash, asked.key, asked.capitals)).ok()?;
        let asked = &self.asked[at];
        let here = asked.forms.iter().find(|(form, _)| *form == written).map_or(0, |(_, count)| *count);
        let alike = asked.forms.iter().filter(|(form, _)| *form != written);
        let (form, count) = alike.max_by_key(|(_, count)| *count)?;
        (here <= 1 && *count >= 2).then_some(*form)
    }
}

/// A set of hashes that mostly answers by one bit: nearly no word of a text is in it.
struct Hashes {
    bits: [u64; 64],
}

impl Default for Hashes {
    fn default() -> Self {
        Hashes { bits: [0; 64] }
    }
}

impl Hashes {
    fn add(&mut self, hash: u64) {
        self.bits[(hash >> 58) as usize] |= 1 << (hash >> 52 & 63);
    }

    /// Whether a hash seems to be in the set.
    fn may_have(&self, hash: u64) -> bool {
        self.bits[(hash >> 58) as usize] >> (hash >> 52 & 63) & 1 == 1
    }
}

/// The hash of two words.
fn joined(first: u64, second: u64) -> u64 {
    (first.rotate_left(23) ^ second).wrapping_mul(0x517c_c1b7_2722_0a95)
}

/// Whether two words, folded, are those of a key.
fn is_folded(words: [&str; 2], key: &str) -> bool {
    let [one, other] = words.map(|word| word.chars().map(fold_char));
    one.chain([' ']).chain(other).eq(key.chars())
}

/// Whether two words with this between them stand beside each other.
fn near(between: &str) -> bool {
    between.len() <= 3 && between.chars().all(|c| matches!(c, ' ' | '\n' | ',' | '.' | '-' | '/' | '&'))
}

/// Whether a word ends the kind of an administrative unit, whose name follows.
fn is_kind(word: &str) -> bool {
    matches!(word, "tỉnh" | "huyện" | "quận" | "xã" | "phường" | "phố" | "trấn")
}

/// Words of the grammar, which may stand beside any other.
fn is_small_word(word: &str) -> bool {
    matches!(
        word,
        "có" | "của"
            | "các"
            | "và"
            | "về"
            | "từ"
            | "đến"
            | "để"
            | "cả"
            | "cho"
            | "theo"
            | "trên"
            | "dưới"
            | "trong"
            | "ngoài"
            | "này"
            | "như"
            | "do"
            | "được"
            | "đã"
            | "với"
            | "khi"
            | "nơi"
            | "một"
            | "hai"
            | "ba"
            | "số"
            | "những"
            | "là"
            | "tại"
    )
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
    use crate::{
        layout::Layout,
        rules::Rules,
        text::{WordIndex, skeleton, word_starts},
    };
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

    /// A pair of words folded, its capitals, and how a text spells it, how often.
    type Told = (String, [bool; 2], Vec<([String; 2], usize)>);

    /// The same as [`Own::read`], by every two words of the text.
    fn own_slowly(text: &str, own: &Own<'_, '_>) -> Vec<Told> {
        let mut found: Vec<_> = own.asked.iter().map(|a| (a.key.to_owned(), a.capitals, Vec::new())).collect();
        let words: Vec<(usize, usize)> = word_starts(text, Span::new(0, text.len()))
            .map(|at| (at, text[at..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |end| at + end)))
            .collect();
        for pair in words.windows(2).filter(|pair| near(&text[pair[0].1..pair[1].0])) {
            let form = [&text[pair[0].0..pair[0].1], &text[pair[1].0..pair[1].1]].map(str::to_owned);
            let key = form.each_ref().map(|word| skeleton(word)).join(" ");
            let capitals = form.each_ref().map(|word| word.starts_with(char::is_uppercase));
            let asked = found.iter_mut().find(|(known, case, _)| *known == key && *case == capitals);
            let Some((_, _, forms)) = asked else { continue };
            match forms.iter_mut().find(|(known, _)| *known == form) {
                Some((_, count)) => *count += 1,
                None => forms.push((form, 1)),
            }
        }
        found
    }

    proptest! {
        #[test]
        fn two_letters_pass_over_no_pair(text in "(Hàm|hâm|HAM|Thuận|thuan|Đ|d|Bắc|5|–|ñ|, | |\n|\\. ){0,24}") {
            let keys = ["ham thuan", "thuan bac", "d 5", "5 d", "n bac", "bac bac"];
            let cases = [[false, false], [false, true], [true, false], [true, true]];
            let pair = |(at, key): (usize, &'static str)| {
                let (one, other) = key.split_once(' ').unwrap();
                let hash = joined(hash_of(one), hash_of(other));
                Pair { at, written: [one, other], key, hash, capitals: cases[at % 4], form: Form::Unknown }
            };
            for shift in 0..2 {
                let pairs: Vec<Pair<'_>> = keys.into_iter().enumerate().map(|(at, key)| pair((at * 3 + shift, key))).collect();
                let mut own = Own::wanted(&pairs);
                let slow = own_slowly(&text, &own);
                own.read(&text, &WordIndex::new(&text));
                let forms = |asked: &Asked<'_, '_>| {
                    asked.forms.iter().map(|(form, count)| (form.map(str::to_owned), *count)).collect::<Vec<_>>()
                };
                let quick: Vec<Told> = own.asked.iter().map(|a| (a.key.to_owned(), a.capitals, forms(a))).collect();
                prop_assert_eq!(quick, slow);
            }
        }
    }
}
