//! Text written out in the encodings before Unicode, by turning their tables round.

use std::collections::HashMap;
use trich::source::Encoding;

/// Writes text in one encoding.
pub struct Encoder {
    encoding: Encoding,
    bytes: HashMap<char, Vec<u8>>,
}

impl Encoder {
    pub fn new(encoding: Encoding) -> Self {
        let mut bytes = HashMap::new();
        let singles = (0..=0xff_u8).map(|byte| vec![byte]);
        let pairs = (0x20..=0xff_u8).flat_map(|letter| (0x80..=0xff_u8).map(move |mark| vec![letter, mark]));
        // A mark of VNI that stands alone is no letter, whatever it looks like: pairs come first.
        let written: Vec<Vec<u8>> = match encoding {
            Encoding::Vni => pairs.chain(singles).collect(),
            _ => singles.chain(pairs).collect(),
        };
        for written in written {
            let (text, places) = encoding.decode(&written);
            let mut chars = text.chars();
            if let (Some(c), None, 0) = (chars.next(), chars.next(), places) {
                bytes.entry(c).or_insert(written);
            }
        }
        Encoder { encoding, bytes }
    }

    /// The text with what the encoding has no character for replaced as typists did: typographic signs by plain ones, and
    /// capitals that share their byte with the small letter by that, outside words in capitals. In those they are kept:
    /// the reader is to find them.
    pub fn writable(&self, text: &str) -> String {
        let text = text.replace('Ð', "Đ").replace('ð', "đ");
        let mut out = String::with_capacity(text.len());
        for word in text.split_inclusive(|c: char| !c.is_alphabetic()) {
            let letters = || word.chars().filter(|c| c.is_alphabetic());
            let capitals = letters().count() > 1 && letters().all(char::is_uppercase);
            for c in word.chars() {
                match self.bytes_of(c) {
                    None => out.push_str(substitute(c)),
                    Some(_) if self.shared(c) && !capitals => out.extend(c.to_lowercase()),
                    Some(_) => out.push(c),
                }
            }
        }
        out
    }

    /// The bytes of a text that is writable.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        text.chars()
            .flat_map(|c| self.bytes_of(c).unwrap_or_else(|| panic!("{c:?} in {:?}", self.encoding)).clone())
            .collect()
    }

    /// Whether a capital has no byte of its own.
    fn shared(&self, c: char) -> bool {
        match self.encoding {
            Encoding::Tcvn3 => c.is_uppercase() && !c.is_ascii() && !"ĂÂÊÔƠƯĐ".contains(c),
            Encoding::Vps => "ẠẪẬẶẸỆỊỌỘỢỤỮỰỴ".contains(c),
            _ => false,
        }
    }

    fn bytes_of(&self, c: char) -> Option<&Vec<u8>> {
        let c = if self.shared(c) { c.to_lowercase().next()? } else { c };
        self.bytes.get(&c)
    }
}

fn substitute(c: char) -> &'static str {
    match c {
        '“' | '”' | '„' | '″' => "\"",
        '‘' | '’' | '′' => "'",
        '–' | '—' | '−' | '‑' | '‐' => "-",
        '•' | '\u{f0b7}' | '●' | '▪' | '◦' => "*",
        '…' => "...",
        '×' => "x",
        '²' => "2",
        '³' => "3",
        '½' => "1/2",
        '\u{a0}' | '\u{2009}' | '\u{202f}' => " ",
        _ => "?",
    }
}
