//! What can be a syllable of Vietnamese: the measure of whether bytes were decoded rightly.

use unicode_normalization::UnicodeNormalization;

/// The consonants that a syllable may begin with (âm đầu).
#[rustfmt::skip]
const ONSETS: [&str; 29] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];

/// What may follow them, without tones (vần), sorted.
#[rustfmt::skip]
const RHYMES: [&str; 159] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "em", "en", "eng", "eo",
    "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên", "iêng", "iêp", "iêt",
    "iêu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap", "oat", "oay", "oc", "oe",
    "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oăc", "oăm", "oăn", "oăng", "oăt", "u",
    "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uya", "uych", "uyn", "uynh", "uyp", "uyt", "uyu", "uyên",
    "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "y",
    "yêm", "yên", "yêng", "yêt", "yêu", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "ê", "êch", "êm", "ên", "ênh",
    "êp", "êt", "êu", "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ăc", "ăk", "ăm", "ăn", "ăng", "ăp", "ăt", "ơ",
    "ơi", "ơm", "ơn", "ơp", "ơt", "ư", "ưa", "ưc", "ưi", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp",
    "ươt", "ươu",
];

/// Whether a word can be a syllable: an onset and a rhyme, at most one tone, and before a stop only the two tones that
/// can stand there; no capital after a small letter. Nothing is asked of its meaning.
pub(super) fn is_syllable(word: &str, capitals_after_small: bool) -> bool {
    // The longest is nghiêng, in four bytes a letter at most.
    if word.len() > 32 {
        return false;
    }
    let (mut bare, mut tone) = (String::with_capacity(word.len()), None);
    let (mut small, mut toned_at) = (false, 0);
    for c in word.nfd() {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                if tone.replace(c).is_some() {
                    return false;
                }
                toned_at = bare.len();
            }
            '\u{302}' | '\u{306}' | '\u{31b}' => {
                match bare.pop().and_then(|letter| unicode_normalization::char::compose(letter, c)) {
                    Some(letter) => bare.push(letter),
                    None => return false,
                }
            }
            _ => {
                if c.is_uppercase() && small && !capitals_after_small {
                    return false;
                }
                small |= c.is_lowercase();
                bare.extend(c.to_lowercase());
            }
        }
    }
    let last_has_tone = toned_at == bare.len();
    let checked = ["c", "ch", "k", "p", "t"].iter().any(|stop| bare.ends_with(stop));
    if checked && !matches!(tone, Some('\u{301}' | '\u{323}')) {
        return false;
    }
    let vowels = bare.find(|c| "aeiouyăâêôơư".contains(c)).unwrap_or(bare.len());
    // The i of gi and the u of qu belong to the onset, or to the rhyme after it.
    [vowels, vowels + 1].into_iter().any(|at| {
        let (Some(onset), Some(rhyme)) = (bare.get(..at), bare.get(at..)) else { return false };
        // The half vowel that closes a rhyme bears no tone: mão, never maõ.
        let closed = rhyme.chars().nth(1).is_some() && rhyme.ends_with(['i', 'o', 'u', 'y']) && rhyme != "uy";
        !(closed && last_has_tone) && ONSETS.contains(&onset) && RHYMES.binary_search(&rhyme).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rhymes_are_sorted() {
        assert!(RHYMES.is_sorted());
    }

    #[test]
    fn syllables_are_told() {
        for word in [
            "Ủy",
            "nghiêng",
            "giữ",
            "gì",
            "quyết",
            "Đường",
            "XÃ",
            "được",
            "khuỷu",
            "ý",
            "thuở",
            "quý",
            "hoà",
            "gió",
            "quỹ",
        ] {
            assert!(is_syllable(word, false), "{word}");
        }
        for word in ["Céngg", "hoµ", "xaõ", "việcc", "viêc", "tệṕ", "đuờngz", "cộNG", "Müller", "", "ññ", "vịêtx"]
        {
            assert!(!is_syllable(word, false), "{word}");
        }
        assert!(is_syllable("CộNG", true));
    }
}
