//! A fingerprint of a text by which nearly equal texts are found: a SimHash of its words (Charikar 2002).
//!
//! Each run of three words, without case and marks, casts a vote for every bit of its hash; the fingerprint has the bits
//! that won. The crates for this (`simhash`, `gaoya`, `probminhash`) are either long untouched or bring an index and its
//! dependencies; what is needed is what stands here.

use crate::text::{fold_char, letter};

/// How many words make a shingle.
const SHINGLE: usize = 3;

/// The fingerprint of a text, sixteen digits. Two are compared by the bits in which they differ.
pub fn fingerprint(text: &str) -> String {
    let mut votes = Votes::default();
    let mut words = [0_u64; SHINGLE];
    let mut count = 0;
    let mut hash = SEED;
    let mut inside = false;
    for c in text.chars().chain([' ']) {
        let folded = if c.is_ascii() { c.to_ascii_lowercase() } else { fold_char(c) };
        // Asking the tables of Unicode is dear; nearly every letter is a bare one once it is folded.
        if if folded.is_ascii() { folded.is_ascii_alphanumeric() } else { letter::is_alphanumeric(folded) } {
            hash = (hash ^ u64::from(u32::from(folded))).wrapping_mul(PRIME);
            inside = true;
        } else if inside {
            words = [words[1], words[2], hash];
            count += 1;
            if count >= SHINGLE {
                votes.cast(mixed(words));
            }
            (hash, inside) = (SEED, false);
        }
    }
    if count < SHINGLE {
        votes.cast(mixed(words));
    }
    format!("{:016x}", votes.won())
}

/// FNV-1a over characters.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The hash of a shingle, every bit of it as good as any other.
fn mixed(words: [u64; SHINGLE]) -> u64 {
    let joined = words.iter().fold(SEED, |all, word| (all ^ word).rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let once = (joined ^ (joined >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let twice = (once ^ (once >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    twice ^ (twice >> 31)
}

/// The votes for each bit: eight counters of eight bits in each word, emptied before they overflow.
struct Votes {
    near: [u64; 8],
    cast: u32,
    sums: [u32; 64],
    all: u32,
}

impl Default for Votes {
    fn default() -> Self {
        Votes { near: [0; 8], cast: 0, sums: [0; 64], all: 0 }
    }
}

impl Votes {
    fn cast(&mut self, hash: u64) {
        for (shift, counters) in self.near.iter_mut().enumerate() {
            *counters += (hash >> shift) & 0x0101_0101_0101_0101;
        }
        self.cast += 1;
        if self.cast == 255 {
            self.empty();
        }
    }

    fn empty(&mut self) {
        for (shift, counters) in self.near.iter_mut().enumerate() {
            for (lane, count) in counters.to_le_bytes().into_iter().enumerate() {
                self.sums[lane * 8 + shift] += u32::from(count);
            }
            *counters = 0;
        }
        self.all += self.cast;
        self.cast = 0;
    }

    fn won(mut self) -> u64 {
        self.empty();
        let won = self.sums.iter().enumerate().filter(|(_, sum)| **sum * 2 > self.all);
        won.fold(0, |bits, (bit, _)| bits | 1 << bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: &str, b: &str) -> u32 {
        let bits = |text: &str| u64::from_str_radix(&fingerprint(text), 16).unwrap();
        (bits(a) ^ bits(b)).count_ones()
    }

    #[test]
    fn case_marks_and_spacing_do_not_count() {
        assert_eq!(fingerprint("Số: 12/BC-UBND, ngày"), fingerprint("SỐ:  12 BC ubnd\nngay"));
        assert_eq!(fingerprint("").len(), 16);
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
