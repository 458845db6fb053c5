//! Bytes into objects and keywords: the same signs in a file and in a content stream.

use super::object::{Dictionary, Object};

/// The most objects that one object may hold: what holds more is no page and no font.
const MOST_PARTS: usize = 1 << 20;

/// What stands next.
#[derive(Debug, PartialEq)]
pub(super) enum Token<'b> {
    Object(Object),
    /// A word that is no object: an operator, `obj`, `stream`.
    Keyword(&'b [u8]),
}

/// Reads bytes one sign after the other.
#[derive(Debug)]
pub(super) struct Lexer<'b> {
    bytes: &'b [u8],
    /// Where the next sign is looked for.
    pub(super) at: usize,
    depth: u32,
    parts: usize,
}

/// What may stand inside an array or a dictionary.
enum Sign<'b> {
    Token(Token<'b>),
    CloseArray,
    CloseDictionary,
}

impl<'b> Lexer<'b> {
    /// Reads from `at`, objects nested `depth` deep at most.
    pub(super) fn new(bytes: &'b [u8], at: usize, depth: u32) -> Self {
        Lexer { bytes, at, depth, parts: 0 }
    }

    /// The next object or keyword; a bracket that closes nothing is passed over.
    pub(super) fn token(&mut self) -> Option<Token<'b>> {
        self.parts = 0;
        loop {
            if let Sign::Token(token) = self.sign(self.depth)? {
                return Some(token);
            }
        }
    }

    /// The next object, where one stands next; `12 0 R` is one.
    pub(super) fn object(&mut self) -> Option<Object> {
        let Token::Object(object) = self.token()? else { return None };
        let (Object::Integer(id), after) = (&object, self.at) else { return Some(object) };
        let reference = match (self.token(), self.token()) {
            (Some(Token::Object(Object::Integer(_))), Some(Token::Keyword(b"R"))) => u32::try_from(*id).ok(),
            _ => None,
        };
        if reference.is_none() {
            self.at = after;
        }
        Some(reference.map_or(object, Object::Reference))
    }

    /// Passes over white space and remarks.
    pub(super) fn skip_space(&mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            if is_space(byte) {
                self.at += 1;
            } else if byte == b'%' {
                let rest = &self.bytes[self.at..];
                self.at += memchr::memchr2(b'\r', b'\n', rest).unwrap_or(rest.len());
            } else {
                break;
            }
        }
    }

    fn sign(&mut self, depth: u32) -> Option<Sign<'b>> {
        self.skip_space();
        let byte = *self.bytes.get(self.at)?;
        let next = self.bytes.get(self.at + 1).copied();
        let object = match byte {
            b'/' => {
                self.at += 1;
                Object::Name(self.name())
            }
            b'(' => Object::String(self.literal()?),
            b'<' if next == Some(b'<') => {
                self.at += 2;
                Object::Dictionary(self.dictionary(depth.checked_sub(1)?)?)
            }
            b'<' => Object::String(self.hexadecimal()),
            b'>' if next == Some(b'>') => {
                self.at += 2;
                return Some(Sign::CloseDictionary);
            }
            b'[' => {
                self.at += 1;
                Object::Array(self.array(depth.checked_sub(1)?)?)
            }
            b']' => {
                self.at += 1;
                return Some(Sign::CloseArray);
            }
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.number(),
            b'>' | b'{' | b'}' | b')' => {
                self.at += 1;
                return Some(Sign::Token(Token::Keyword(&self.bytes[self.at - 1..self.at])));
            }
            _ => {
                let word = self.word();
                match word {
                    b"true" => Object::Boolean(true),
                    b"false" => Object::Boolean(false),
                    b"null" => Object::Null,
                    _ => return Some(Sign::Token(Token::Keyword(word))),
                }
            }
        };
        Some(Sign::Token(Token::Object(object)))
    }

    /// What stands up to the next white space or bracket; at least one byte.
    fn word(&mut self) -> &'b [u8] {
        let rest = &self.bytes[self.at..];
        let length = rest.iter().position(|&byte| is_space(byte) || is_bracket(byte)).unwrap_or(rest.len()).max(1);
        self.at += length;
        &rest[..length]
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(&byte) = self.bytes.get(self.at).filter(|&&byte| !is_space(byte) && !is_bracket(byte)) {
            let escaped = (byte == b'#')
                .then(|| Some((digit(*self.bytes.get(self.at + 1)?)?, digit(*self.bytes.get(self.at + 2)?)?)))
                .flatten();
            match escaped {
                Some((high, low)) => {
                    name.push(high << 4 | low);
                    self.at += 3;
                }
                None => {
                    name.push(byte);
                    self.at += 1;
                }
            }
        }
        name
    }

    /// A number; what only begins like one is zero, as readers take it.
    fn number(&mut self) -> Object {
        let word = self.word();
        let text = std::str::from_utf8(word).unwrap_or_default();
        if let Ok(value) = text.parse::<i64>() {
            return Object::Integer(value);
        }
        if let Ok(value) = text.parse::<f64>()
            && value.is_finite()
        {
            return Object::Real(value);
        }
        // `--5`, `1.2.3`, `12-3`: as far as it is a number.
        let bare = text.trim_start_matches(['-', '+']);
        let end = bare.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(bare.len());
        let mut dots = bare[..end].match_indices('.');
        let end = dots.nth(1).map_or(end, |(at, _)| at);
        let value = bare[..end].parse::<f64>().unwrap_or(0.0);
        Object::Real(if text.starts_with('-') { -value } else { value })
    }

    /// `(…)`: brackets inside are balanced or escaped. None where it does not end.
    fn literal(&mut self) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        let mut open = 1;
        self.at += 1;
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => {
                    open -= 1;
                    if open == 0 {
                        return Some(out);
                    }
                }
                b'\\' => {
                    self.escape(&mut out)?;
                    continue;
                }
                b'\r' => {
                    // A line end of any kind is one line feed.
                    if self.bytes.get(self.at) == Some(&b'\n') {
                        self.at += 1;
                    }
                    out.push(b'\n');
                    continue;
                }
                _ => {}
            }
            out.push(byte);
        }
    }

    fn escape(&mut self, out: &mut Vec<u8>) -> Option<()> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        out.push(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\r' => {
                if self.bytes.get(self.at) == Some(&b'\n') {
                    self.at += 1;
                }
                return Some(());
            }
            b'\n' => return Some(()),
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(&next @ b'0'..=b'7') = self.bytes.get(self.at) else { break };
                    value = value << 3 | u32::from(next - b'0');
                    self.at += 1;
                }
                value as u8
            }
            other => other,
        });
        Some(())
    }

    fn hexadecimal(&mut self) -> Vec<u8> {
        self.at += 1;
        let rest = &self.bytes[self.at..];
        let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        self.at += (end + 1).min(rest.len());
        let digits: Vec<u8> = rest[..end].iter().filter_map(|&byte| digit(byte)).collect();
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
    }

    fn array(&mut self, depth: u32) -> Option<Vec<Object>> {
        let mut items = Vec::new();
        loop {
            match self.sign(depth)? {
                Sign::CloseArray => return Some(items),
                Sign::Token(token) => self.add(&mut items, token)?,
                Sign::CloseDictionary => return None,
            }
        }
    }

    fn dictionary(&mut self, depth: u32) -> Option<Dictionary> {
        let mut items = Vec::new();
        loop {
            match self.sign(depth)? {
                Sign::CloseDictionary => break,
                Sign::Token(token) => self.add(&mut items, token)?,
                Sign::CloseArray => return None,
            }
        }
        let mut entries = Vec::with_capacity(items.len() / 2);
        let mut items = items.into_iter().peekable();
        while let Some(key) = items.next() {
            // A value that is missing lets two names stand together only where the dictionary is broken.
            if let (Object::Name(name), Some(value)) = (key, items.next()) {
                entries.push((name, value));
            }
        }
        Some(Dictionary(entries))
    }

    /// Adds a part; `R` makes the two numbers before it a reference.
    fn add(&mut self, items: &mut Vec<Object>, token: Token<'_>) -> Option<()> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return None;
        }
        match token {
            Token::Object(object) => items.push(object),
            Token::Keyword(b"R") => {
                let [.., Object::Integer(id), Object::Integer(_)] = items.as_slice() else { return None };
                let reference = u32::try_from(*id).map_or(Object::Null, Object::Reference);
                items.truncate(items.len() - 2);
                items.push(reference);
            }
            // `obj`, `endobj`, `stream`: what was to close is not there.
            Token::Keyword(b"obj" | b"endobj" | b"stream" | b"endstream" | b"xref" | b"trailer") => return None,
            Token::Keyword(_) => {}
        }
        Some(())
    }
}

/// White space (7.2.3).
pub(super) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn is_bracket(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// The value of a hexadecimal digit.
pub(super) fn digit(byte: u8) -> Option<u8> {
    (byte as char).to_digit(16).map(|value| value as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Option<Object> {
        Lexer::new(text.as_bytes(), 0, 8).object()
    }

    #[test]
    fn reads_each_kind_of_object() {
        assert_eq!(object(" % a\n-12"), Some(Object::Integer(-12)));
        assert_eq!(object("-.5"), Some(Object::Real(-0.5)));
        assert_eq!(object("--5"), Some(Object::Real(-5.0)));
        assert_eq!(object("12 0 R"), Some(Object::Reference(12)));
        assert_eq!(object("12 0 obj"), Some(Object::Integer(12)));
        assert_eq!(object(r"(a\(b\)(c)\101\n)"), Some(Object::String(b"a(b)(c)A\n".to_vec())));
        assert_eq!(object("<41 4>"), Some(Object::String(b"A@".to_vec())));
        assert_eq!(object("/A#42#"), Some(Object::Name(b"AB#".to_vec())));
        let read = object("<</A[1 2 0 R null]/B<</C true>>>>").unwrap();
        let items = read.dictionary().unwrap().get("A").unwrap().array().unwrap();
        assert_eq!(items, [Object::Integer(1), Object::Reference(2), Object::Null]);
    }

    #[test]
    fn what_does_not_end_is_nothing() {
        assert_eq!(object("(a"), None);
        assert_eq!(object("[1 2"), None);
        assert_eq!(object("<</A 1 endobj"), None);
        assert_eq!(object(&"[".repeat(9)), None);
        assert_eq!(object(&"<</A ".repeat(9)), None);
    }
}
