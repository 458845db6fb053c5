//! The characters of the bytes of a code page, looked up one by one.

use crate::source::encoding::Encoding;

/// A code page of one byte a character.
#[derive(Clone, Debug)]
pub(in crate::source) struct CodePage(Vec<char>);

impl CodePage {
    /// That of an encoding; a byte that it has no character for stands for itself, as fonts use such places too.
    pub(in crate::source) fn of(encoding: Encoding) -> CodePage {
        let char = |byte: u8| match encoding.decode(&[byte]).0.chars().next() {
            None | Some(char::REPLACEMENT_CHARACTER) => char::from(byte),
            Some(c) => c,
        };
        CodePage((0..=u8::MAX).map(char).collect())
    }

    /// The character of a byte.
    pub(in crate::source) fn char(&self, byte: u8) -> char {
        self.0.get(usize::from(byte)).copied().unwrap_or(char::REPLACEMENT_CHARACTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_every_byte_a_character() {
        let page = CodePage::of(Encoding::Windows1252);
        assert_eq!([b'a', 0x80, 0x81, 0xe1].map(|byte| page.char(byte)), ['a', '€', '\u{81}', 'á']);
        assert_eq!(CodePage::of(Encoding::Windows1258).char(0xec), '\u{301}');
    }
}
