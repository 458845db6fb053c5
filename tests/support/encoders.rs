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
        for written in singles.chain(pairs) {
            let (text, places) = encoding.decode(&written);
            let mut chars = text.chars();
            if let (Some(c), None, 0) = (chars.next(), chars.next(), places) {
                bytes.entry(c).or_insert(written);
            }
        }
        Encoder { encoding, bytes }
    }

    /// The text with what the encoding has no character for replaced as typists did: typographic signs by plain ones.
    /// Capitals that share their byte with the small letter are kept: the reader is to find them.
    pub fn writable(&self, text: &str) -> String {
        text.chars().map(|c| if self.bytes_of(c).is_some() { c.to_string() } else { substitute(c) }).collect()
    }

    /// The bytes of a text that is writable.
    pub fn encode(&self, text: &str) -> Vec<u8> {
        text.chars()
            .flat_map(|c| self.bytes_of(c).unwrap_or_else(|| panic!("{c:?} in {:?}", self.encoding)).clone())
            .collect()
    }

    fn bytes_of(&self, c: char) -> Option<&Vec<u8>> {
        self.bytes.get(&c).or_else(|| {
            let small = c.to_lowercase().next()?;
            let shares = matches!(self.encoding, Encoding::Tcvn3 | Encoding::Vps) && !c.is_ascii();
            self.bytes.get(&small).filter(|_| shares)
        })
    }
}

fn substitute(c: char) -> String {
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
    .to_owned()
}
