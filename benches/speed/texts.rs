//! Much text out of little: the documents of `corpus/` again and again, in changing order, no two of them the same.

#[path = "../../tests/support/corpus.rs"]
mod corpus;

use std::iter;

/// Names that stand in for one another.
const NAMES: [&str; 12] =
    ["Nguyễn", "Trần", "Phạm", "Hoàng", "Huỳnh", "Phan", "Đặng", "Dương", "Thắng", "Hương", "Thành", "Quang"];

/// Files of about the size given altogether. The same files on every machine and in every run, one after the other.
pub fn texts(bytes: usize) -> impl Iterator<Item = String> {
    let documents: Vec<String> =
        corpus::documents().into_iter().map(|file| String::from_utf8_lossy(&file.bytes).into_owned()).collect();
    let mut chance = Chance(0x2545_f491_4f6c_dd1d);
    let mut made = 0;
    iter::from_fn(move || {
        let file = (made < bytes).then(|| varied(&documents[chance.below(documents.len())], &mut chance))?;
        made += file.len();
        Some(file)
    })
}

/// The document with other digits in a third of the places of its amounts, and other names. Dates, numbers of documents
/// and the markers of headings stay as they are: days that cannot be and headings out of order would be a text that
/// nobody writes, and cost a message each.
fn varied(document: &str, chance: &mut Chance) -> String {
    let mut out = String::with_capacity(document.len());
    let mut before = "";
    for word in document.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if NAMES.contains(&bare) {
            out.push_str(NAMES[chance.below(NAMES.len())]);
            out.push_str(&word[bare.len()..]);
        } else if is_amount(before, bare, &word[bare.len()..], out.ends_with(['\n', ' '])) {
            out.extend(word.chars().map(|c| match c {
                '1'..='9' if chance.below(3) == 0 => char::from(b'1' + chance.below(9) as u8),
                c => c,
            }));
        } else {
            out.push_str(word);
        }
        before = if bare.is_empty() { before } else { bare };
    }
    out
}

/// Whether digits between these stand for an amount.
fn is_amount(before: &str, digits: &str, behind: &str, apart: bool) -> bool {
    let dated = ["ngày", "tháng", "năm", "số", "điều", "khoản"].contains(&before.to_lowercase().as_str());
    let goes_on = before.bytes().all(|byte| byte.is_ascii_digit()) && !apart;
    let number = digits.len() > 1 && digits.len() != 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    number && !dated && !goes_on && !behind.starts_with(['/', '-'])
}

/// Numbers without a pattern, the same in every run (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most as u64) as usize
    }
}
