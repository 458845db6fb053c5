//! RTF into its tokens.

/// A token of RTF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'b> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\name` or `\name12`
    Word(&'b str, Option<i32>),
    /// `\~`, `\*` and the like
    Symbol(u8),
    /// `\'e1`
    Byte(u8),
    /// Text as it stands.
    Chars(&'b [u8]),
}

/// The tokens of a file, one after the other.
pub(super) struct Tokens<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Tokens<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Tokens { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Goes on while bytes are such, and gives them.
    fn while_so(&mut self, so: impl Fn(u8) -> bool) -> &'b [u8] {
        let start = self.at;
        while self.peek().is_some_and(&so) {
            self.at += 1;
        }
        &self.bytes[start..self.at]
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'b>> {
        let first = self.peek()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            if first != b'\'' {
                return Some(Token::Symbol(first));
            }
            let digits = self.bytes.get(self.at..self.at + 2)?;
            let value = std::str::from_utf8(digits).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok());
            // What is no number is passed over, as Word does.
            self.at += if value.is_some() { 2 } else { 0 };
            return Some(Token::Byte(value.unwrap_or(b' ')));
        }
        let name = std::str::from_utf8(self.while_so(|b| b.is_ascii_alphabetic())).unwrap_or_default();
        let minus = self.peek() == Some(b'-') && self.bytes.get(self.at + 1).is_some_and(u8::is_ascii_digit);
        self.at += usize::from(minus);
        let digits = std::str::from_utf8(self.while_so(|b| b.is_ascii_digit())).unwrap_or_default();
        let number = digits.parse::<i32>().ok().map(|number| if minus { -number } else { number });
        if self.peek() == Some(b' ') {
            self.at += 1;
        }
        if name == "bin" {
            self.at = self.at.saturating_add(usize::try_from(number.unwrap_or(0)).unwrap_or(0)).min(self.bytes.len());
        }
        Some(Token::Word(name, number))
    }
}

impl<'b> Iterator for Tokens<'b> {
    type Item = Token<'b>;

    fn next(&mut self) -> Option<Token<'b>> {
        loop {
            let byte = self.peek()?;
            match byte {
                b'{' | b'}' | b'\\' => self.at += 1,
                b'\r' | b'\n' | 0 => {
                    self.at += 1;
                    continue;
                }
                _ => {
                    return Some(Token::Chars(
                        self.while_so(|b| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0)),
                    ));
                }
            }
            return match byte {
                b'{' => Some(Token::Open),
                b'}' => Some(Token::Close),
                _ => self.control(),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_words_bytes_and_text_apart() {
        let read: Vec<Token> = Tokens::new(b"{\\rtf1\\u-15 \\'c1b\\~\r\n\\bin2 }}c\\b d}").collect();
        assert_eq!(
            read,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Word("u", Some(-15)),
                Token::Byte(0xc1),
                Token::Chars(b"b"),
                Token::Symbol(b'~'),
                Token::Word("bin", Some(2)),
                Token::Chars(b"c"),
                Token::Word("b", None),
                Token::Chars(b"d"),
                Token::Close,
            ]
        );
    }

    #[test]
    fn a_file_may_end_anywhere() {
        for cut in [&b"\\"[..], b"\\'", b"\\'a", b"\\u-", b"\\bin99999999999"] {
            assert!(Tokens::new(cut).count() <= 2);
        }
    }
}
