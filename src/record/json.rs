//! A record as JSON, byte for byte as `serde_json` writes it, at less than half the price.
//!
//! The names of fields are known when the crate is built and need no look at each letter; a string is looked through
//! sixteen bytes at a time; small pieces are gathered where there is room for them. Each field and item is written with a
//! comma behind it, and the closing bracket takes the place of the last.

use super::Record;
use serde::{
    Serialize,
    ser::{Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer},
};
use serde_json::Error;

impl Record {
    /// Writes the record behind `out` as JSON on one line, without a line end.
    ///
    /// # Errors
    ///
    /// None for a record that was read; the signature is that of [`serde_json::to_writer`].
    pub fn write_json(&self, out: &mut Vec<u8>) -> Result<(), Error> {
        let mut pieces = Pieces { out, held: [0; HELD], length: 0 };
        self.serialize(Writer(&mut pieces))?;
        pieces.give(0);
        Ok(())
    }
}

/// How many bytes are gathered before they are given on.
const HELD: usize = 1 << 12;

/// The longest name of a field with its marks that is written as one piece.
const PIECE: usize = 32;

/// What is written, gathered from small pieces: to put one of a known length here is a few moves.
struct Pieces<'o> {
    out: &'o mut Vec<u8>,
    held: [u8; HELD],
    length: usize,
}

impl Pieces<'_> {
    /// Gives on what is held, but for the last bytes.
    #[cold]
    fn give(&mut self, keep: usize) {
        let upto = self.length.saturating_sub(keep);
        self.out.extend_from_slice(&self.held[..upto]);
        self.held.copy_within(upto..self.length, 0);
        self.length -= upto;
    }

    #[inline]
    fn push(&mut self, byte: u8) {
        if self.length == HELD {
            self.give(1);
        }
        self.held[self.length] = byte;
        self.length += 1;
    }

    /// Puts the first bytes of a piece.
    #[inline(always)]
    fn put(&mut self, piece: [u8; PIECE], length: usize) {
        if self.length > HELD - PIECE {
            self.give(1);
        }
        if let Some(place) = self.held[self.length..].first_chunk_mut() {
            *place = piece;
            self.length += length;
        }
    }

    fn extend(&mut self, bytes: &[u8]) {
        if let Some(place) = self.held.get_mut(self.length..self.length + bytes.len()) {
            place.copy_from_slice(bytes);
            self.length += bytes.len();
        } else {
            self.give(0);
            self.out.extend_from_slice(bytes);
        }
    }

    /// Puts a bracket in the place of the last comma, or behind another that has just opened.
    #[inline]
    fn close(&mut self, bracket: u8) {
        match self.length.checked_sub(1).map(|last| &mut self.held[last]) {
            Some(last) if *last == b',' => *last = bracket,
            _ => self.push(bracket),
        }
    }
}

/// Writes one value.
struct Writer<'p, 'o>(&'p mut Pieces<'o>);

/// Writes what is between two brackets.
struct Within<'p, 'o> {
    out: &'p mut Pieces<'o>,
    close: u8,
}

impl Within<'_, '_> {
    #[inline]
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(Writer(self.out))?;
        self.out.push(b',');
        Ok(())
    }
}

impl<'p, 'o> Writer<'p, 'o> {
    #[inline]
    fn open(self, open: u8, close: u8) -> Within<'p, 'o> {
        self.0.push(open);
        Within { out: self.0, close }
    }

    fn digits(self, number: impl itoa::Integer) {
        self.0.extend(itoa::Buffer::new().format(number).as_bytes());
    }
}

/// Writes `"name":`. Inlined, so that the length is known and the copy is a few moves.
#[inline(always)]
fn name(out: &mut Pieces<'_>, name: &'static str) {
    let end = name.len() + 1;
    if end + 2 > PIECE {
        string(out, name);
        out.push(b':');
        return;
    }
    let mut piece = [b'"'; PIECE];
    // Indices, so that the compiler does all of it.
    let mut at = 1;
    while at < end {
        piece[at] = name.as_bytes()[at - 1];
        at += 1;
    }
    piece[end + 1] = b':';
    out.put(piece, end + 2);
}

fn string(out: &mut Pieces<'_>, text: &str) {
    let mut rest = text.as_bytes();
    out.push(b'"');
    while let Some(at) = escaped(rest) {
        out.extend(&rest[..at]);
        escape(out, rest[at]);
        rest = &rest[at + 1..];
    }
    out.extend(rest);
    out.push(b'"');
}

#[cold]
fn escape(out: &mut Pieces<'_>, byte: u8) {
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0c => b'f',
        _ => {
            const DIGITS: &[u8; 16] = b"0123456789abcdef";
            out.extend(b"\\u00");
            out.extend(&[DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
            return;
        }
    };
    out.extend(&[b'\\', short]);
}

/// Where the first byte stands that JSON does not take as it is: a quotation mark, a backslash, a control character.
#[inline]
fn escaped(bytes: &[u8]) -> Option<usize> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    // The lowest mark set is that of the first such byte; those above it may be wrong.
    let marks = |eight: &[u8; 8]| {
        let eight = u64::from_le_bytes(*eight);
        let quote = eight ^ (EACH * b'"' as u64);
        let slash = eight ^ (EACH * b'\\' as u64);
        let below = |word: u64, limit: u64| word.wrapping_sub(EACH * limit) & !word;
        (below(eight, 0x20) | below(quote, 1) | below(slash, 1)) & (EACH << 7)
    };
    let place = |from: usize, marks: u64| from + (marks.trailing_zeros() / 8) as usize;
    let is_escaped = |byte: u8| (byte < 0x20) | (byte == b'"') | (byte == b'\\');
    // A row of sixteen is compared as one.
    let (rows, rest) = bytes.as_chunks::<16>();
    for (at, row) in rows.iter().enumerate() {
        if row.iter().fold(false, |any, byte| any | is_escaped(*byte)) {
            return row.iter().position(|byte| is_escaped(*byte)).map(|i| at * 16 + i);
        }
    }
    let Some(last) = bytes.last_chunk() else {
        return bytes.iter().position(|byte| is_escaped(*byte));
    };
    if let Some(eight) = rest.first_chunk() {
        let marks = marks(eight);
        if marks != 0 {
            return Some(place(bytes.len() - rest.len(), marks));
        }
    }
    let marks = marks(last);
    (marks != 0).then(|| place(bytes.len() - 8, marks))
}

impl<'p, 'o> Serializer for Writer<'p, 'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Within<'p, 'o>;
    type SerializeTuple = Within<'p, 'o>;
    type SerializeStruct = Within<'p, 'o>;
    type SerializeMap = Within<'p, 'o>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeStructVariant = Impossible<(), Error>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.0.extend(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i16(self, value: i16) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        self.digits(value);
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        self.digits(value);
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<(), Error> {
        self.0.give(0);
        serde_json::to_writer(&mut *self.0.out, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Error> {
        self.0.give(0);
        serde_json::to_writer(&mut *self.0.out, &value)
    }

    fn serialize_char(self, value: char) -> Result<(), Error> {
        string(self.0, value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        string(self.0, value);
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        Err(Error::custom("bytes"))
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Error> {
        self.serialize_unit()
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), Error> {
        self.0.extend(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        // Names of variants hold nothing to escape, as those of fields.
        self.0.push(b'"');
        self.0.extend(variant.as_bytes());
        self.0.push(b'"');
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        Err(Error::custom("a variant with a value"))
    }

    #[inline]
    fn serialize_seq(self, _: Option<usize>) -> Result<Within<'p, 'o>, Error> {
        Ok(self.open(b'[', b']'))
    }

    #[inline]
    fn serialize_tuple(self, _: usize) -> Result<Within<'p, 'o>, Error> {
        Ok(self.open(b'[', b']'))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Impossible<(), Error>, Error> {
        Err(Error::custom("a tuple with a name"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Error>, Error> {
        Err(Error::custom("a variant with values"))
    }

    #[inline]
    fn serialize_map(self, _: Option<usize>) -> Result<Within<'p, 'o>, Error> {
        Ok(self.open(b'{', b'}'))
    }

    #[inline]
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Within<'p, 'o>, Error> {
        Ok(self.open(b'{', b'}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Impossible<(), Error>, Error> {
        Err(Error::custom("a variant with fields"))
    }
}

impl SerializeSeq for Within<'_, '_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.out.close(self.close);
        Ok(())
    }
}

impl SerializeTuple for Within<'_, '_> {
    type Ok = ();
    type Error = Error;

    #[inline]
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.out.close(self.close);
        Ok(())
    }
}

impl SerializeStruct for Within<'_, '_> {
    type Ok = ();
    type Error = Error;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        name(self.out, key);
        self.item(value)
    }

    #[inline]
    fn end(self) -> Result<(), Error> {
        self.out.close(self.close);
        Ok(())
    }
}

impl SerializeMap for Within<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        key.serialize(Writer(self.out))?;
        self.out.push(b':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.item(value)
    }

    fn end(self) -> Result<(), Error> {
        self.out.close(self.close);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Custom, Decimal, Span};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn both(value: &impl Serialize) -> (String, String) {
        let mut quick = Vec::new();
        let mut pieces = Pieces { out: &mut quick, held: [0; HELD], length: 0 };
        value.serialize(Writer(&mut pieces)).unwrap();
        pieces.give(0);
        (String::from_utf8(quick).unwrap(), serde_json::to_string(value).unwrap())
    }

    #[test]
    fn values_are_written_as_serde_json_writes_them() {
        let custom = |fields: BTreeMap<String, String>| Custom {
            kind: "a".to_owned(),
            fields,
            raw: String::new(),
            span: Span { start: 0, end: usize::MAX },
            page: Some(3),
            rule: "x".into(),
        };
        let fields = BTreeMap::from([("k\"".to_owned(), "v".to_owned()), ("l".to_owned(), String::new())]);
        let (quick, slow) = both(&[custom(BTreeMap::new()), custom(fields)]);
        assert_eq!(quick, slow);
        let decimals: Vec<Decimal> = ["0", "-12", "0.1", "-3.75", "123456789012345678901234567", "0.0000001", "7.50"]
            .iter()
            .map(|text| Decimal(text.parse().unwrap()))
            .collect();
        let (quick, slow) = both(&(decimals, None::<i16>, i64::MIN, true, Some(f64::NAN), 1e300, 'ư', ()));
        assert_eq!(quick, slow);
    }

    #[test]
    fn every_control_character_is_escaped_as_serde_json_does() {
        for c in '\0'..='\u{200}' {
            let (quick, slow) = both(&format!("{c}ăâđ{c}"));
            assert_eq!(quick, slow);
        }
    }

    #[test]
    fn whole_records_are_the_same() {
        for entry in std::fs::read_dir("corpus").unwrap() {
            let path = entry.unwrap().path();
            let record = crate::Extractor::builtin().extract("a.txt", &std::fs::read(path).unwrap());
            let (quick, slow) = both(&record);
            assert_eq!(quick, slow);
        }
    }

    proptest! {
        #[test]
        fn strings_are_the_same(text in "([a-zđư \\\\\"\n\t\u{1}\u{7f}\u{80}]|[ -~]{0,12}|.){0,40}") {
            let (quick, slow) = both(&text);
            prop_assert_eq!(quick, slow);
        }
    }
}
