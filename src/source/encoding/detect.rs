//! Which encoding bytes are in, told by how many of the words that they make can be Vietnamese.

use super::{Encoding, is_vietnamese, syllable::is_syllable};
use memchr::{memchr, memchr2_iter, memrchr};

/// The encodings before Unicode, the commonest in archives first: where two do equally well, the first is taken.
pub(in crate::source) const LEGACY: [Encoding; 5] =
    [Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1258, Encoding::Viscii, Encoding::Vps];

/// How the words of a text that are not plain ASCII look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::source) struct Score {
    /// Those that can be syllables of Vietnamese.
    pub(in crate::source) good: usize,
    /// Those that cannot.
    pub(in crate::source) bad: usize,
}

impl Score {
    /// The score of a text that was decoded from `encoding`.
    pub(in crate::source) fn of(text: &str, encoding: Encoding) -> Score {
        let mut score = Score::default();
        // Where tones stand on small letters only, a capital may follow one: CéNG is CỘNG.
        let capitals_after_small = matches!(encoding, Encoding::Tcvn3 | Encoding::Vps);
        for word in text.split(|c| !in_word(c)).filter(|word| !word.is_ascii()) {
            if is_syllable(word, capitals_after_small) {
                score.good += 1;
            } else {
                score.bad += 1;
            }
        }
        score
    }

    /// More is better; nothing is 0.
    pub(in crate::source) fn value(self) -> i64 {
        self.good as i64 - self.bad as i64
    }

    pub(in crate::source) fn add(&mut self, other: Score) {
        self.good += other.good;
        self.bad += other.bad;
    }
}

/// Letters, marks, and the signs that stand for letters when the wrong encoding is taken; not typography.
fn in_word(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => c.is_ascii_alphabetic(),
        '\u{80}'..='\u{9f}' | '\u{a1}'..='\u{bf}' | '\u{d7}' | '\u{f7}' => true,
        '\u{300}'..='\u{36f}' | char::REPLACEMENT_CHARACTER => true,
        _ => c.is_alphabetic(),
    }
}

/// UTF-16 without a byte order mark: nearly every unit of Vietnamese is of the blocks Latin, Latin Extended Additional or
/// punctuation, so one byte of each pair is one of a few.
pub(in crate::source) fn utf16(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let (pairs, _) = head.as_chunks::<2>();
    // Spaces, digits and stops have a zero beside them.
    if pairs.len() < 4 || memchr(0, head).is_none() {
        return None;
    }
    let looks = |high: usize| {
        let few =
            pairs.iter().filter(|pair| matches!(pair[high], 0 | 1 | 3 | 0x1e | 0x20) && pair[1 - high] != 0).count();
        let zeros = pairs.iter().filter(|pair| pair[high] == 0).count();
        few * 10 >= pairs.len() * 9 && zeros * 3 >= pairs.len()
    };
    match (looks(1), looks(0)) {
        (true, false) => Some(Encoding::Utf16Le),
        (false, true) => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Whether valid UTF-8 may hold lines of an older encoding that were taken for Windows-1252 and written as UTF-8
/// (`Céng hoµ x· héi`): they have letters that Vietnamese has not, or signs that touch letters, and none of those that
/// only Unicode has. One pass over the bytes; what it suspects is looked at word by word.
pub(in crate::source) fn may_be_mistaken(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Up to where lines were looked at.
    let mut seen = 0;
    memchr2_iter(0xc2, 0xc3, bytes).any(|at| {
        at >= seen && is_odd(bytes, at) && {
            let start = memrchr(b'\n', &bytes[..at]).map_or(0, |end| end + 1);
            seen = memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length);
            !text[start..seen].chars().any(is_vietnamese)
        }
    })
}

/// Whether the character of two bytes at a place, one of the letters and signs of Latin-1, is none of Vietnamese text.
fn is_odd(bytes: &[u8], at: usize) -> bool {
    let second = bytes.get(at + 1).copied().unwrap_or(0);
    match bytes[at] {
        // Đ is often written as Ð, of Icelandic.
        0xc3 => {
            second != 0x90
                && !matches!(
                    second & 0x5f,
                    0x00..=0x03 | 0x08..=0x0a | 0x0c | 0x0d | 0x12..=0x15 | 0x19 | 0x1a | 0x1d
                )
        }
        0xc2 => {
            let touches = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
            !matches!(second, 0x80..=0xa0 | 0xab | 0xb0 | 0xb2 | 0xb3 | 0xbb)
                && (touches(at + 2) || at.checked_sub(1).is_some_and(touches))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_pass_suspects_what_each_line_by_itself_does(text in "[éµ·ñÜøÐ§aệ \n]{0,24}") {
            let odd = |line: &str| {
                let bytes = line.as_bytes();
                (0..bytes.len()).any(|at| matches!(bytes[at], 0xc2 | 0xc3) && is_odd(bytes, at))
            };
            let slow = text.split('\n').any(|line| odd(line) && !line.chars().any(is_vietnamese));
            prop_assert_eq!(may_be_mistaken(&text), slow);
        }
    }

    #[test]
    fn the_letters_of_vietnamese_rouse_no_suspicion() {
        let letters = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯưẠạỹ";
        assert!(!may_be_mistaken(letters));
        assert!(!may_be_mistaken("Ðộc lập, cống Ø600"));
        assert!(!may_be_mistaken("Điều 5. «Số» 30 °C, 5 ± 1, § 3"));
        assert!(may_be_mistaken("x· héi"));
        assert!(may_be_mistaken("ñöôïc"));
        assert!(may_be_mistaken("§iÒu 5"));
    }

    #[test]
    fn utf16_is_told_without_a_mark() {
        let said = "Số: 12/BC-UBND ngày 5 tháng 7 năm 2023, “Về việc” – ủy ban";
        let le: Vec<u8> = said.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let be: Vec<u8> = said.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(utf16(&le), Some(Encoding::Utf16Le));
        assert_eq!(utf16(&be), Some(Encoding::Utf16Be));
        for other in [said.as_bytes(), &[0; 64], b"B\0o c\0o: a line with NUL bytes, yet text", b"a\0"] {
            assert_eq!(utf16(other), None);
        }
    }
}
