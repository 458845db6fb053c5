//! Folding for comparison: the letter without its marks.

use super::letter;
use unicode_normalization::UnicodeNormalization;

/// The bare letters of the marked letters of Vietnamese in two blocks of Unicode; 0 for any other character.
const LATIN: [u8; 0xf1] = bare(0xc0);
const EXTENDED: [u8; 0x5a] = bare(0x1ea0);

const fn bare<const N: usize>(first: u32) -> [u8; N] {
    let mut table = [0; N];
    let mut i = 0;
    while i < N {
        if let Some(c) = char::from_u32(first + i as u32) {
            table[i] = match c {
                'đ' | 'Đ' | 'ð' | 'Ð' => b'd',
                'à'..='å' | 'À'..='Å' | 'ă' | 'Ă' | 'Ạ'..='ặ' => b'a',
                'è'..='ë' | 'È'..='Ë' | 'Ẹ'..='ệ' => b'e',
                'ì'..='ï' | 'Ì'..='Ï' | 'ĩ' | 'Ĩ' | 'Ỉ'..='ị' => b'i',
                'ò'..='ö' | 'Ò'..='Ö' | 'ơ' | 'Ơ' | 'Ọ'..='ợ' => b'o',
                'ù'..='ü' | 'Ù'..='Ü' | 'ũ' | 'Ũ' | 'ư' | 'Ư' | 'Ụ'..='ự' => b'u',
                'ý' | 'ÿ' | 'Ý' | 'Ỳ'..='ỹ' => b'y',
                _ => 0,
            };
        }
        i += 1;
    }
    table
}

/// The bare lower-case ASCII letter of a Vietnamese letter (`Ậ` → `a`, `đ` → `d`); other characters in lower case.
#[inline]
pub fn fold_char(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let code = u32::from(c) as usize;
    let known = match code {
        0xc0..=0x1b0 => LATIN[code - 0xc0],
        0x1ea0..=0x1ef9 => EXTENDED[code - 0x1ea0],
        _ => 0,
    };
    match c {
        _ if known > 0 => char::from(known),
        // Marks by themselves, but for those that are several.
        '\u{300}'..='\u{33f}' => c,
        _ => fold_foreign(c),
    }
}

/// The bare letters of the characters from U+00C0 to U+01BF, of two bytes, and from U+1E80 to U+1EFF, of three.
const OF_TWO: [u8; 0x100] = bare(0xc0);
const OF_THREE: [u8; 0x80] = bare(0x1e80);

/// The bare letter of the Vietnamese letter beyond ASCII with which bytes begin, and how many it has; nothing for any other
/// character.
#[inline]
pub(crate) fn bare_letter(bytes: &[u8]) -> Option<(u8, usize)> {
    let low = |byte: u8| usize::from(byte & 0x3f);
    let [first, second, rest @ ..] = bytes else { return None };
    let (letter, length) = match (first, rest) {
        (0xe1, [third, ..]) if second & 0xfe == 0xba => (OF_THREE[usize::from(second & 1) << 6 | low(*third)], 3),
        (0xc3..=0xc6, _) => (OF_TWO[usize::from(first - 0xc3) << 6 | low(*second)], 2),
        _ => return None,
    };
    (letter > 0).then_some((letter, length))
}

/// Whether bytes begin with a Vietnamese letter beyond ASCII: a vowel or đ.
#[inline]
pub(crate) fn is_bare(bytes: &[u8]) -> bool {
    bare_letter(bytes).is_some()
}

/// The vowels of Vietnamese in small letters, each with the marks of `TONES`.
const VOWELS: [[char; 6]; 12] = [
    ['a', 'à', 'á', 'ã', 'ả', 'ạ'],
    ['ă', 'ằ', 'ắ', 'ẵ', 'ẳ', 'ặ'],
    ['â', 'ầ', 'ấ', 'ẫ', 'ẩ', 'ậ'],
    ['e', 'è', 'é', 'ẽ', 'ẻ', 'ẹ'],
    ['ê', 'ề', 'ế', 'ễ', 'ể', 'ệ'],
    ['i', 'ì', 'í', 'ĩ', 'ỉ', 'ị'],
    ['o', 'ò', 'ó', 'õ', 'ỏ', 'ọ'],
    ['ô', 'ồ', 'ố', 'ỗ', 'ổ', 'ộ'],
    ['ơ', 'ờ', 'ớ', 'ỡ', 'ở', 'ợ'],
    ['u', 'ù', 'ú', 'ũ', 'ủ', 'ụ'],
    ['ư', 'ừ', 'ứ', 'ữ', 'ử', 'ự'],
    ['y', 'ỳ', 'ý', 'ỹ', 'ỷ', 'ỵ'],
];

/// The marks of the five tones, in the order of `VOWELS`.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// For each of the letters from `first` on its vowel and its tone, as places in `VOWELS`, or 255.
const fn toned<const N: usize>(first: u32) -> [(u8, u8); N] {
    let mut table = [(255, 255); N];
    let mut vowel = 0;
    while vowel < VOWELS.len() {
        let mut tone = 0;
        while tone < 6 {
            let at = (VOWELS[vowel][tone] as u32).wrapping_sub(first) as usize;
            if at < N {
                table[at] = (vowel as u8, tone as u8);
            }
            tone += 1;
        }
        vowel += 1;
    }
    table
}

const LATIN_TONED: [(u8, u8); 0xf1] = toned(0xc0);
const EXTENDED_TONED: [(u8, u8); 0x5a] = toned(0x1ea0);

/// A small letter of Vietnamese without its tone, and the tone; nothing for any other letter beyond ASCII.
#[inline]
pub(crate) fn without_tone(c: char) -> Option<(char, Option<char>)> {
    if c.is_ascii() || c == 'đ' {
        return Some((c, None));
    }
    let code = u32::from(c) as usize;
    let (vowel, tone) = match code {
        0xc0..=0x1b0 => LATIN_TONED[code - 0xc0],
        0x1ea0..=0x1ef9 => EXTENDED_TONED[code - 0x1ea0],
        _ => return None,
    };
    let letter = VOWELS.get(usize::from(vowel))?[0];
    Some((letter, usize::from(tone).checked_sub(1).map(|tone| TONES[tone])))
}

#[cold]
fn fold_foreign(c: char) -> char {
    c.nfd().next().and_then(|base| base.to_lowercase().next()).unwrap_or(c)
}

/// The words of a text without marks, case, punctuation and odd spacing: `ỦY BAN  NHÂN DÂN` → `uy ban nhan dan`.
///
/// Two texts that differ only in what OCR commonly loses have the same skeleton.
pub fn skeleton(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if letter::is_alphanumeric(c) {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            gap = false;
            out.push(fold_char(c));
        } else {
            gap = true;
        }
    }
    out
}

/// Whether two texts are the same but for case.
pub fn lower_eq(a: &str, b: &str) -> bool {
    for (x, y) in a.chars().zip(b.chars()) {
        match (letter::to_lower(x), letter::to_lower(y)) {
            (Some(x), Some(y)) if x == y => {}
            (Some(_), Some(_)) => return false,
            // Some small letters are several characters.
            _ => return lower_eq_of_any(a, b),
        }
    }
    a.chars().count() == b.chars().count()
}

fn lower_eq_of_any(a: &str, b: &str) -> bool {
    let mut left = a.chars().flat_map(char::to_lowercase);
    let mut right = b.chars().flat_map(char::to_lowercase);
    loop {
        match (left.next(), right.next()) {
            (None, None) => return true,
            (x, y) if x == y => {}
            _ => return false,
        }
    }
}

/// Whether two skeletons of four letters and more differ by one letter at most: put in, left out, or another.
///
/// ```
/// use trich::text::is_near;
///
/// assert!(is_near("ke hdach", "ke hoach") && is_near("chi hi", "chi thi"));
/// assert!(!is_near("bao cao", "ban cao so"));
/// ```
pub fn is_near(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() - short.len() > 1 || short.len() < 4 {
        return false;
    }
    let head = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
    let skip = long.len() - short.len();
    let tail = &short[(head + 1 - skip).min(short.len())..];
    long[(head + 1).min(long.len())..] == *tail
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_vietnamese_letter_folds_to_its_base() {
        let marked = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";
        let bare = "aaaaaaaaaaaaaaaaadeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuuyyyyy";
        assert_eq!(marked.chars().map(fold_char).collect::<String>(), bare);
        assert_eq!(marked.to_uppercase().chars().map(fold_char).collect::<String>(), bare);
    }

    #[test]
    fn a_letter_is_read_from_its_bytes_as_from_its_character() {
        for c in '\u{80}'..=char::MAX {
            let mut bytes = [0; 4];
            let bytes = c.encode_utf8(&mut bytes).as_bytes();
            match bare_letter(bytes) {
                Some(read) => assert_eq!(read, (fold_char(c) as u8, bytes.len()), "{c}"),
                None => assert!(!fold_char(c).is_ascii() || !"àảãáạđêơưỹ".contains(c), "{c}"),
            }
        }
        assert_eq!(bare_letter("Ậ".as_bytes()), Some((b'a', 3)));
    }

    #[test]
    fn a_letter_without_its_tone_is_the_letter_that_it_is_composed_of() {
        for c in (0xc0..0x1f00).filter_map(char::from_u32).filter(|c| c.is_lowercase()) {
            let Some((letter, tone)) = without_tone(c) else { continue };
            assert!([letter].into_iter().chain(tone).nfc().eq([c]), "{c}");
            assert!(letter == 'đ' || !TONES.contains(&letter.nfd().last().unwrap_or(' ')), "{c}");
        }
        assert_eq!(without_tone('ệ'), Some(('ê', Some('\u{323}'))));
        assert_eq!((without_tone('ư'), without_tone('ä')), (Some(('ư', None)), None));
    }

    #[test]
    fn marks_by_themselves_fold_as_any_foreign_character() {
        assert!(('\u{300}'..='\u{36f}').all(|c| fold_char(c) == fold_foreign(c)));
    }

    #[test]
    fn a_skeleton_ignores_marks_case_and_spacing() {
        assert_eq!(skeleton(" ỦY BAN   NHÂN DÂN, Xã "), "uy ban nhan dan xa");
        assert_eq!(skeleton("QUYÉT ĐỊNH:"), skeleton("Quyết định"));
    }

    #[test]
    fn lower_eq_sees_through_case_alone() {
        assert!(lower_eq("ĐẢNG ỦY", "đảng ủy"));
        assert!(!lower_eq("Đảng ủy", "Dảng ủy"));
        assert!(!lower_eq("Đảng", "Đảng ủy"));
    }
}
