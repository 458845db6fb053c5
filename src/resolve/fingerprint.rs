//! A fingerprint of a text by which nearly equal texts are found: a SimHash of its words (Charikar 2002).
//!
//! Each run of three words, without case and marks, casts a vote for every bit of its hash; the fingerprint has the bits
//! that won. The crates for this (`simhash`, `gaoya`, `probminhash`) are either long untouched or bring an index and its
//! dependencies; what is needed is what stands here.

use crate::text::{WordIndex, next_word};

/// How many words make a shingle.
const SHINGLE: usize = 3;

/// How many hashes are added together.
const EIGHT: usize = 8;

/// The fingerprint of a text whose first words are noted, sixteen digits. Two are compared by the bits in which they
/// differ.
pub fn fingerprint(text: &str, index: &WordIndex) -> String {
    let (noted, more) = index.noted();
    let mut votes = Votes::default();
    let (opening, behind) = noted.split_at(noted.len().min(SHINGLE - 1));
    // The last words, those of a text with fewer than a shingle behind zeros.
    let [mut before, mut last] = [0; SHINGLE - 1];
    for word in opening {
        (before, last) = (last, word.hash);
    }
    let (rows, rest) = behind.as_chunks::<EIGHT>();
    for row in rows {
        let mut shingles = [0; EIGHT];
        for (shingle, word) in shingles.iter_mut().zip(row) {
            *shingle = mixed([before, last, word.hash]);
            (before, last) = (last, word.hash);
        }
        votes.add(shingles);
    }
    let mut count = noted.len() - rest.len();
    let mut take = |hash: u64| {
        count += 1;
        if count >= SHINGLE {
            votes.cast(mixed([before, last, hash]));
        }
        (before, last) = (last, hash);
    };
    rest.iter().for_each(|word| take(word.hash));
    let mut at = more.unwrap_or(text.len());
    while let Some((_, end, hash)) = next_word(text, at) {
        take(hash);
        at = end;
    }
    if count < SHINGLE {
        votes.cast(mixed([0, before, last]));
    }
    format!("{:016x}", votes.won())
}

/// Where the mixing of a shingle begins.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of a shingle, every bit of it as good as any other.
#[inline(always)]
fn mixed(words: [u64; SHINGLE]) -> u64 {
    let joined = words.iter().fold(SEED, |all, word| (all ^ word).rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let once = (joined ^ (joined >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    twice ^ (twice >> 31)
}

/// The votes for each bit.
///
/// Hashes are added up bit by bit, all 64 at once: each word of `digits` holds one binary digit of every count, and a hash
/// is carried on from digit to digit as adders in hardware do. Eight are added together, so that few carries are made.
#[derive(Default)]
struct Votes {
    waiting: [u64; EIGHT],
    count: usize,
    digits: [u64; 32],
    all: u64,
}

/// Adds three bits, 64 times: the digit that stays and the one that is carried.
fn added(a: u64, b: u64, c: u64) -> (u64, u64) {
    let both = a ^ b;
    (both ^ c, (a & b) | (both & c))
}

impl Votes {
    #[inline]
    fn cast(&mut self, hash: u64) {
        self.waiting[self.count % EIGHT] = hash;
        self.count += 1;
        if self.count == self.waiting.len() {
            self.add(self.waiting);
            self.count = 0;
        }
    }

    /// Adds eight hashes.
    #[inline]
    fn add(&mut self, hashes: [u64; EIGHT]) {
        let [a, b, c, d, e, f, g, h] = hashes;
        let [units, twos, fours, ..] = &mut self.digits;
        let (one, ab) = added(*units, a, b);
        let (one, cd) = added(one, c, d);
        let (one, ef) = added(one, e, f);
        let (one, gh) = added(one, g, h);
        let (two, abcd) = added(*twos, ab, cd);
        let (two, efgh) = added(two, ef, gh);
        let (four, eights) = added(*fours, abcd, efgh);
        (*units, *twos, *fours) = (one, two, four);
        self.carry(eights, 3);
        self.all += 8;
    }

    /// Adds a bit to the counts at a digit.
    fn carry(&mut self, mut bits: u64, digit: usize) {
        for count in &mut self.digits[digit..] {
            if bits == 0 {
                return;
            }
            (*count, bits) = (*count ^ bits, *count & bits);
        }
    }

    fn won(mut self) -> u64 {
        for at in 0..self.count {
            self.carry(self.waiting[at], 0);
        }
        self.all += self.count as u64;
        let used = self.digits.iter().rposition(|counts| *counts != 0).map_or(0, |last| last + 1);
        let votes = |bit: usize| {
            self.digits[..used].iter().enumerate().map(|(digit, counts)| (counts >> bit & 1) << digit).sum::<u64>()
        };
        (0..64).filter(|bit| votes(*bit) * 2 > self.all).fold(0, |bits, bit| bits | 1 << bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash_of;
    use proptest::prelude::*;

    fn fingerprint(text: &str) -> String {
        super::fingerprint(text, &WordIndex::new(text))
    }

    fn distance(a: &str, b: &str) -> u32 {
        let bits = |text: &str| u64::from_str_radix(&fingerprint(text), 16).unwrap();
        (bits(a) ^ bits(b)).count_ones()
    }

    #[test]
    fn case_marks_and_spacing_do_not_count() {
        assert_eq!(fingerprint("Số: 12/BC-UBND, ngày"), fingerprint("SỐ:  12 BC ubnd\nngay"));
        assert_eq!(fingerprint("").len(), 16);
    }

    /// The same fingerprint, every bit of every hash counted by itself.
    fn slow(text: &str) -> String {
        let skeleton = crate::text::skeleton(text);
        let hashes: Vec<u64> = skeleton.split(' ').filter(|word| !word.is_empty()).map(hash_of).collect();
        let padded = [vec![0; SHINGLE.saturating_sub(hashes.len())], hashes].concat();
        let shingles: Vec<u64> = padded.windows(SHINGLE).map(|words| mixed([words[0], words[1], words[2]])).collect();
        let votes = |bit: u32| shingles.iter().filter(|hash| *hash >> bit & 1 == 1).count();
        let won = (0..64).filter(|bit| votes(*bit) * 2 > shingles.len()).fold(0_u64, |bits, bit| bits | 1 << bit);
        format!("{won:016x}")
    }

    proptest! {
        #[test]
        fn bits_added_together_are_as_bits_counted(text in "([a-zA-ZđĐạỘ0-9–…]{1,3}[ ,\n]){0,90}") {
            prop_assert_eq!(fingerprint(&text), slow(&text));
        }
    }

    #[test]
    fn every_vote_counts_past_the_small_counters() {
        let many: String = (0..2000).map(|n| format!("từ{n} ")).collect();
        let more = format!("{many} thêm một câu ở cuối");
        assert!((1..=8).contains(&distance(&many, &more)) || distance(&many, &more) == 0);
        let other: String = (5000..7000).map(|n| format!("từ{n} ")).collect();
        assert!(distance(&many, &other) > 15);
    }
}
