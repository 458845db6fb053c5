//! Names of persons, as they stand under a signature.

use crate::text::letter;
use crate::text::{fold_char, skeleton};
use rustc_hash::FxHashSet;

/// The words that open names.
#[derive(Clone, Debug, Default)]
pub struct NameWords {
    /// Surnames, in small letters.
    pub surnames: FxHashSet<String>,
    /// The commonest of them, marks folded: OCR may have lost the marks.
    pub common: FxHashSet<String>,
    /// Ranks, degrees and forms of address, marks folded, words joined by one space.
    pub titles: Vec<String>,
}

impl NameWords {
    /// Whether a word is a surname.
    pub fn opens(&self, word: &str) -> bool {
        self.surnames.contains(&word.to_lowercase()) || self.common.contains(&skeleton(word))
    }
}

/// The name of a person, if the whole text is one: two to six capitalised syllables, ranks and degrees before it dropped.
/// Returns the byte offset of the name in the text and its spelling.
pub fn person(text: &str, known: &NameWords) -> Option<(usize, String)> {
    let trimmed = text.trim_end_matches(|c: char| !letter::is_alphanumeric(c));
    // A name has two words and ends in a syllable: most other texts do not.
    let (_, last) = trimmed.rsplit_once(char::is_whitespace)?;
    if !is_syllable(last) {
        return None;
    }
    let mut start = trimmed.find(letter::is_alphabetic)?;
    // Only marks may stand before a name, not digits.
    if trimmed[..start].chars().any(letter::is_alphanumeric) {
        return None;
    }
    start += titles(&trimmed[start..], &known.titles);
    let body = &trimmed[start..];
    // The first word in small letters tells a line of prose.
    let words: Vec<&str> =
        body.split_whitespace().map(|word| is_syllable(word).then_some(word)).collect::<Option<_>>()?;
    // Offices and organs are capitalised like names: only a surname tells them apart.
    ((2..=6).contains(&words.len()) && known.opens(words[0])).then(|| (start, words.join(" ")))
}

/// Whether a text has the form of a name, whoever's: two to five capitalised syllables in small letters.
///
/// Surnames are an open set; under an office the form is enough.
pub fn has_form(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (2..=5).contains(&words.len())
        && words.iter().all(|word| is_syllable(word) && word.chars().skip(1).all(|c| !letter::is_uppercase(c)))
}

/// Where the names of several persons begin, if a text is a row of just so many: `Trần Thị Bích Hảo Hồ Thị Mai`.
///
/// Given names are surnames too (`Mai`), so of all ways to cut the row the likeliest is taken: each name opens with a
/// surname, commoner ones first, `Thị` and `Văn` stand second, and three or four syllables are usual.
pub fn several(text: &str, count: usize, known: &NameWords) -> Option<Vec<usize>> {
    let mut words: Vec<(usize, &str)> = Vec::new();
    let mut from = 0;
    for word in text.split(' ') {
        if !word.is_empty() {
            words.push((from, word));
        }
        from += word.len() + 1;
    }
    if !(2..=4).contains(&count) || !(count * 2..=count * 5).contains(&words.len()) {
        return None;
    }
    if !words.iter().all(|(_, word)| is_syllable(word)) {
        return None;
    }
    let middle = |word: &str| matches!(word.to_lowercase().as_str(), "thị" | "văn");
    let worth = |name: &[(usize, &str)]| -> Option<i32> {
        let first = name.first().filter(|(_, word)| known.opens(word))?.1;
        if !(2..=5).contains(&name.len()) || name.last().is_some_and(|(_, word)| word.to_lowercase() == "thị") {
            return None;
        }
        let common = i32::from(known.common.contains(&skeleton(first))) * 3;
        let second = i32::from(name.len() > 2 && middle(name[1].1)) * 2;
        Some(common + second - i32::from(name.len() == 2) * 2 - i32::from(name.len() == 5))
    };
    // The best way to cut the words before each place into so many names: what it is worth, and where its last begins.
    let mut best: Vec<Vec<Option<(i32, usize)>>> = vec![vec![None; words.len() + 1]; count + 1];
    best[0][0] = Some((0, 0));
    for names in 1..=count {
        for end in 1..=words.len() {
            best[names][end] = (end.saturating_sub(5)..end)
                .filter_map(|start| Some((best[names - 1][start]?.0 + worth(&words[start..end])?, start)))
                .max();
        }
    }
    let mut starts = Vec::with_capacity(count);
    let mut end = words.len();
    for names in (1..=count).rev() {
        let (_, start) = best[names][end]?;
        starts.push(words[start].0);
        end = start;
    }
    starts.reverse();
    Some(starts)
}

/// How many bytes of ranks and degrees open a text.
fn titles(text: &str, known: &[String]) -> usize {
    let mut at = 0;
    loop {
        let rest = &text[at..];
        let Some(first) = rest.chars().next().map(fold_char) else { return at };
        let alike = known.iter().filter(|title| title.starts_with([first, ' ']));
        let found = alike.filter_map(|title| title_end(rest, title)).max();
        match found {
            Some(end) => {
                let gap = rest[end..].find(letter::is_alphabetic).unwrap_or(0);
                at += end + gap;
            }
            None => return at,
        }
    }
}

/// The end of a title at the start of a text: a dot, a slash or a space and a capital must follow.
fn title_end(text: &str, title: &str) -> Option<usize> {
    let mut wanted = title.chars().peekable();
    let mut chars = text.char_indices().peekable();
    while let Some(&c) = wanted.peek() {
        let (_, found) = *chars.peek()?;
        if fold_char(found) != c && (letter::is_alphanumeric(found) || c != ' ') {
            return None;
        }
        wanted.next();
        chars.next();
    }
    let (end, next) = chars.next()?;
    (matches!(next, '.' | ',' | '/' | ':') || next == ' ' && title.len() >= 2).then_some(end)
}

fn is_syllable(word: &str) -> bool {
    if !word.starts_with(letter::is_uppercase) {
        return false;
    }
    let mut letters = 0;
    for c in word.chars() {
        if letter::is_alphabetic(c) {
            letters += 1;
        } else if !matches!(c, '\'' | '-') {
            return false;
        }
    }
    letters <= 8 && (letters >= 2 || matches!(word, "Y" | "A" | "H'" | "K'" | "Ý"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known() -> NameWords {
        let words = |list: &str| list.split(',').map(str::to_owned).collect::<Vec<_>>();
        let surnames = words("lê,cao,y,nguyễn,thạch,điểu,trần,phan,hồ,mai,lan").into_iter().collect();
        let common = words("nguyen,tran").into_iter().collect();
        NameWords { surnames, common, titles: words("pgs,ts,ths,thuong ta,d c,ong") }
    }

    fn read(text: &str) -> Option<String> {
        person(text, &known()).map(|(_, name)| name)
    }

    #[test]
    fn cuts_a_row_of_names() {
        let cut = |text: &'static str, count| -> Option<Vec<&'static str>> {
            let starts = several(text, count, &known())?;
            let ends = starts.iter().skip(1).copied().chain([text.len()]);
            Some(starts.iter().zip(ends).map(|(&start, end)| text[start..end].trim()).collect())
        };
        assert_eq!(
            cut("Trần Thị Bích Hảo Hồ Thị Mai Nguyễn Thị Cẩm Tú", 3).as_deref(),
            Some(["Trần Thị Bích Hảo", "Hồ Thị Mai", "Nguyễn Thị Cẩm Tú"].as_slice())
        );
        assert_eq!(cut("Lê Nam Phan Thị Lan", 2).as_deref(), Some(["Lê Nam", "Phan Thị Lan"].as_slice()));
        assert_eq!(cut("Trần Thị Bích Hảo", 3), None);
        assert_eq!(cut("Trên đây là báo cáo", 2), None);
    }

    #[test]
    fn reads_names_of_every_length() {
        for name in ["Lê Nam", "Cao Văn Long", "Y Thanh Hà Niê Kđăm", "NGUYỄN VĂN A", "Thạch Sa Rươl", "Điểu Thị Hà"]
        {
            assert_eq!(read(name).as_deref(), Some(name));
        }
    }

    #[test]
    fn a_name_ends_in_a_syllable() {
        assert_eq!(read("PGS.TS.Trần Bình ;").as_deref(), Some("Trần Bình"));
        assert_eq!(read("Trần Bình 2"), None);
        assert_eq!(read("Ths.Trần"), None);
        assert_eq!(read("Trần Văn a"), None);
    }

    #[test]
    fn drops_ranks_and_degrees() {
        assert_eq!(read("PGS.TS. Trần Bình").as_deref(), Some("Trần Bình"));
        assert_eq!(read("Thượng tá Lê  Quang Huy").as_deref(), Some("Lê Quang Huy"));
        assert_eq!(read("Đ/c Trần Bình").as_deref(), Some("Trần Bình"));
    }

    #[test]
    fn offices_and_prose_are_no_names() {
        for text in [
            "CHỦ TỊCH",
            "Như Điều 3",
            "Phó Giám đốc",
            "Nơi nhận",
            "Các sở, ban",
            "TM. ỦY BAN",
            "Lê",
            "Trên đây là",
            "Thứ trưởng",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
