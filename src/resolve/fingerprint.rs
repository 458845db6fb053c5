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
    let mut close = |hash: u64| {
        words = [words[1], words[2], hash];
        count += 1;
        if count >= SHINGLE {
            votes.cast(mixed(words));
        }
    };
    for c in text.chars() {
        let letter = match LETTERS.get(c as usize) {
            Some(letter) => u32::from(*letter),
            None => wide(c),
        };
        if letter != 0 {
            hash = (hash ^ u64::from(letter)).wrapping_mul(PRIME);
            inside = true;
        } else if inside {
            close(hash);
            (hash, inside) = (SEED, false);
        }
    }
    if inside {
        close(hash);
    }
    if count < SHINGLE {
        votes.cast(mixed(words));
    }
    format!("{:016x}", votes.won())
}

/// The letters and digits of ASCII in lower case; 0 for every other character.
const LETTERS: [u8; 128] = {
    let mut table = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() {
            table[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    table
};

/// The same for a character beyond ASCII, folded.
#[inline]
fn wide(c: char) -> u32 {
    let folded = fold_char(c);
    // Nearly every letter is a bare one once it is folded.
    match LETTERS.get(folded as usize) {
        Some(letter) => u32::from(*letter),
        None if letter::is_alphanumeric(folded) => u32::from(folded),
        None => 0,
    }
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

/// The votes for each bit.
///
/// Hashes are added up bit by bit, all 64 at once: `units` has the lowest digit of each count, `twos` the next, as a full
/// adder in hardware makes them. Only every eighth hash carries into a digit that is counted out.
struct Votes {
    waiting: [u64; 8],
    count: usize,
    units: u64,
    twos: u64,
    fours: u64,
    sums: [u32; 64],
    all: u32,
}

impl Default for Votes {
    fn default() -> Self {
        Votes { waiting: [0; 8], count: 0, units: 0, twos: 0, fours: 0, sums: [0; 64], all: 0 }
    }
}

/// Adds three bits, 64 times: the digit that stays and the one that is carried.
fn added(a: u64, b: u64, c: u64) -> (u64, u64) {
    let both = a ^ b;
    (both ^ c, (a & b) | (both & c))
}

impl Votes {
    fn cast(&mut self, hash: u64) {
        self.waiting[self.count] = hash;
        self.count += 1;
        if self.count == self.waiting.len() {
            self.add();
        }
    }

    /// Adds the eight hashes that wait.
    fn add(&mut self) {
        let [a, b, c, d, e, f, g, h] = self.waiting;
        let mut twos = [0; 4];
        for (two, (x, y)) in twos.iter_mut().zip([(a, b), (c, d), (e, f), (g, h)]) {
            (self.units, *two) = added(self.units, x, y);
        }
        let mut fours = [0; 2];
        for (four, (x, y)) in fours.iter_mut().zip([(twos[0], twos[1]), (twos[2], twos[3])]) {
            (self.twos, *four) = added(self.twos, x, y);
        }
        let eights;
        (self.fours, eights) = added(self.fours, fours[0], fours[1]);
        self.tally(eights, 8);
        self.all += 8;
        self.count = 0;
    }

    /// Counts so many votes for each bit that is set.
    fn tally(&mut self, bits: u64, votes: u32) {
        for (bit, sum) in self.sums.iter_mut().enumerate() {
            *sum += (bits >> bit & 1) as u32 * votes;
        }
    }

    fn won(mut self) -> u64 {
        for (bits, votes) in [(self.units, 1), (self.twos, 2), (self.fours, 4)] {
            self.tally(bits, votes);
        }
        for at in 0..self.count {
            self.tally(self.waiting[at], 1);
        }
        self.all += self.count as u32;
        let won = self.sums.iter().enumerate().filter(|(_, sum)| **sum * 2 > self.all);
        won.fold(0, |bits, (bit, _)| bits | 1 << bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
        let hash = |word: &str| word.chars().fold(SEED, |hash, c| (hash ^ u64::from(u32::from(c))).wrapping_mul(PRIME));
        let hashes: Vec<u64> = skeleton.split(' ').filter(|word| !word.is_empty()).map(hash).collect();
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
