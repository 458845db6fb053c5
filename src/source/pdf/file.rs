//! The objects of a file, found by their own marks (`12 0 obj`) and not by the table of offsets at its end: what a
//! broken, cut or mended file still holds is found as in a whole one. Of two objects of one number the later stands, as
//! in a file that was saved again.

use super::{
    budget::Budget,
    crypt::Crypt,
    filter::{self, Predictor},
    lexer::{Lexer, Token, is_space},
    object::{Dictionary, Object, Stream},
};
use memchr::memmem;
use std::{borrow::Cow, collections::BTreeMap};

/// The most times that one reference may lead to another.
const MOST_LINKS: usize = 32;

/// Where an object stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// Behind the `obj` at this byte of the file.
    File { at: usize, generation: u16 },
    /// In an unpacked object stream.
    Packed { stream: usize, at: usize },
}

/// A file that objects are read from, each when it is asked for.
#[derive(Debug)]
pub(super) struct File<'b> {
    bytes: &'b [u8],
    places: BTreeMap<u32, Place>,
    /// The unpacked object streams.
    packed: Vec<Vec<u8>>,
    /// The entries of the trailers, the latest first.
    trailers: Vec<Dictionary>,
    last_end: usize,
    crypt: Option<Crypt>,
    /// Whether it is encrypted and could not be decrypted.
    pub(super) locked: bool,
    pub(super) budget: Budget,
}

impl<'b> File<'b> {
    pub(super) fn new(bytes: &'b [u8], budget: Budget) -> Self {
        let last_end = memmem::rfind(bytes, b"endstream").unwrap_or(0);
        let mut file = File {
            bytes,
            places: BTreeMap::new(),
            packed: Vec::new(),
            trailers: Vec::new(),
            last_end,
            crypt: None,
            locked: false,
            budget,
        };
        let streams = file.scan();
        file.trailers.reverse();
        file.unlock();
        if !file.locked {
            file.unpack(streams);
        }
        file
    }

    /// Finds the objects and trailers; returns where object streams stand, in the order of the file.
    fn scan(&mut self) -> Vec<(u32, u16, usize)> {
        let marks = memmem::Finder::new(b"obj");
        let trailers = memmem::Finder::new(b"trailer");
        let mut streams = Vec::new();
        let mut next_trailer = trailers.find(self.bytes);
        let mut from = 0;
        // What is read twice where an object does not end is paid from an allowance, so that the scan stays linear.
        let mut again = self.bytes.len().saturating_mul(4);
        let mut count = 0_u32;
        while let Some(found) = marks.find(&self.bytes[from..]) {
            let at = from + found;
            from = at + 3;
            count = count.wrapping_add(1);
            if count.is_multiple_of(1024) && !self.budget.in_time() {
                break;
            }
            while let Some(trailer) = next_trailer.filter(|&trailer| trailer < at) {
                self.trailer(trailer);
                next_trailer = trailers.find(&self.bytes[trailer + 7..]).map(|found| trailer + 7 + found);
            }
            let Some((id, generation)) = self.number_before(at) else { continue };
            self.places.insert(id, Place::File { at: from, generation });
            let mut lexer = Lexer::new(self.bytes, from, self.budget.depth);
            lexer.skip_space();
            if !self.bytes[lexer.at..].starts_with(b"<<") || again == 0 {
                continue;
            }
            let object = lexer.object();
            again = again.saturating_sub(lexer.at - from);
            let Some(Object::Dictionary(dictionary)) = object else { continue };
            from = lexer.at;
            let Some(start) = self.stream_start(lexer.at) else { continue };
            let end = self.stream_end(start, dictionary.get("Length").and_then(Object::integer));
            from = end;
            if dictionary.is("Type", "ObjStm") {
                streams.push((id, generation, at + 3));
            } else if dictionary.is("Type", "XRef") {
                self.trailers.push(dictionary);
            }
        }
        while let Some(trailer) = next_trailer.filter(|_| self.budget.in_time()) {
            self.trailer(trailer);
            next_trailer = trailers.find(&self.bytes[trailer + 7..]).map(|found| trailer + 7 + found);
        }
        streams
    }

    fn trailer(&mut self, at: usize) {
        if let Some(Object::Dictionary(dictionary)) = Lexer::new(self.bytes, at + 7, self.budget.depth).object()
            && self.trailers.len() < 4096
        {
            self.trailers.push(dictionary);
        }
    }

    /// The number and generation before the `obj` at `at`.
    fn number_before(&self, at: usize) -> Option<(u32, u16)> {
        let (generation, before) = digits_before(self.bytes, at)?;
        let (id, _) = digits_before(self.bytes, before)?;
        Some((u32::try_from(id).ok()?, u16::try_from(generation).unwrap_or(0)))
    }

    /// Where the bytes of a stream begin, if `stream` stands at `at`.
    fn stream_start(&self, at: usize) -> Option<usize> {
        let mut lexer = Lexer::new(self.bytes, at, 1);
        lexer.skip_space();
        let rest = self.bytes[lexer.at..].strip_prefix(b"stream")?;
        let line_end =
            if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n") || rest.starts_with(b"\r")) };
        Some(lexer.at + 6 + line_end)
    }

    /// Where the bytes of a stream end: by its stated length where `endstream` stands there, else by the next one.
    fn stream_end(&self, start: usize, length: Option<i64>) -> usize {
        let stated =
            length.and_then(|length| usize::try_from(length).ok()).and_then(|length| start.checked_add(length));
        if let Some(end) = stated.filter(|&end| end <= self.bytes.len()) {
            let mut after = end;
            while after < end + 3 && self.bytes.get(after).is_some_and(|&byte| is_space(byte)) {
                after += 1;
            }
            if self.bytes[after..].starts_with(b"endstream") || self.bytes[after..].starts_with(b"endobj") {
                return end;
            }
        }
        if start > self.last_end {
            return self.bytes.len();
        }
        memmem::find(&self.bytes[start..], b"endstream").map_or(self.bytes.len(), |found| start + found)
    }

    /// Prepares for decryption, where the file is encrypted.
    fn unlock(&mut self) {
        let Some(encrypt) = self.trailer_entry("Encrypt") else { return };
        let encrypt = self.resolved(encrypt);
        let id = self.trailer_entry("ID").and_then(|id| {
            let id = self.resolved(id);
            self.at(id.array()?, 0).string().map(<[u8]>::to_vec)
        });
        self.crypt =
            encrypt.dictionary().and_then(|encrypt| Crypt::new(&self.flat(encrypt), id.as_deref().unwrap_or_default()));
        self.locked = self.crypt.is_none();
    }

    /// A dictionary with the references among its values followed.
    fn flat(&self, dictionary: &Dictionary) -> Dictionary {
        Dictionary(dictionary.0.iter().map(|(key, value)| (key.clone(), self.resolved(value.clone()))).collect())
    }

    /// Unpacks the object streams and notes what they hold.
    fn unpack(&mut self, streams: Vec<(u32, u16, usize)>) {
        let mut packed_at: BTreeMap<u32, usize> = BTreeMap::new();
        for (id, generation, at) in streams {
            if !self.budget.in_time() {
                return;
            }
            let Some(Object::Stream(stream)) = self.read(id, at, generation) else { continue };
            let Some(data) = self.data(&stream) else {
                self.budget.broken();
                continue;
            };
            let integer = |name: &str| usize::try_from(self.get(&stream.dictionary, name).integer()?).ok();
            let (Some(first), Some(count)) = (integer("First"), integer("N")) else { continue };
            let mut lexer = Lexer::new(&data, 0, 1);
            let mut held = Vec::new();
            while held.len() < count && lexer.at < first {
                let (Some(Token::Object(Object::Integer(id))), Some(Token::Object(Object::Integer(offset)))) =
                    (lexer.token(), lexer.token())
                else {
                    break;
                };
                let (Ok(id), Ok(offset)) = (u32::try_from(id), usize::try_from(offset)) else { break };
                held.push((id, first.saturating_add(offset)));
            }
            for (id, offset) in held {
                // What stands later in the file than this stream replaces what the stream holds.
                let later = match self.places.get(&id) {
                    Some(Place::File { at: other, .. }) => *other > at,
                    Some(Place::Packed { .. }) => packed_at.get(&id).is_some_and(|&other| other > at),
                    None => false,
                };
                if !later && offset < data.len() {
                    self.places.insert(id, Place::Packed { stream: self.packed.len(), at: offset });
                    packed_at.insert(id, at);
                }
            }
            self.packed.push(data.into_owned());
        }
    }

    /// The value that the latest trailer with this entry has.
    pub(super) fn trailer_entry(&self, name: &str) -> Option<Object> {
        self.trailers.iter().find_map(|trailer| trailer.get(name)).filter(|value| **value != Object::Null).cloned()
    }

    /// The numbers of all objects, in order.
    pub(super) fn ids(&self) -> impl Iterator<Item = u32> {
        self.places.keys().copied()
    }

    /// The object of a number; null where there is none.
    pub(super) fn object(&self, id: u32) -> Object {
        let mut id = id;
        for _ in 0..MOST_LINKS {
            let found = match self.places.get(&id) {
                _ if !self.budget.in_time() => None,
                Some(&Place::File { at, generation }) => self.read(id, at, generation),
                Some(&Place::Packed { stream, at }) => Lexer::new(&self.packed[stream], at, self.budget.depth).object(),
                None => None,
            };
            match found {
                Some(Object::Reference(next)) => id = next,
                Some(object) => return object,
                None => break,
            }
        }
        Object::Null
    }

    /// The object that a reference leads to; any other stands for itself.
    pub(super) fn resolved(&self, object: Object) -> Object {
        match object {
            Object::Reference(id) => self.object(id),
            other => other,
        }
    }

    /// The value of an entry, a reference followed; null where there is none.
    pub(super) fn get(&self, dictionary: &Dictionary, name: &str) -> Object {
        dictionary.get(name).map_or(Object::Null, |value| self.resolved(value.clone()))
    }

    /// An item of an array, a reference followed; null where there is none.
    pub(super) fn at(&self, items: &[Object], at: usize) -> Object {
        items.get(at).map_or(Object::Null, |value| self.resolved(value.clone()))
    }

    /// The numbers of an array.
    pub(super) fn numbers(&self, object: &Object) -> Vec<f64> {
        let items = object.array().unwrap_or_default();
        items.iter().map(|item| self.resolved(item.clone()).number().unwrap_or(0.0)).collect()
    }

    fn read(&self, id: u32, at: usize, generation: u16) -> Option<Object> {
        let mut lexer = Lexer::new(self.bytes, at, self.budget.depth);
        let mut object = lexer.object()?;
        if let (Some(crypt), false) = (&self.crypt, object.dictionary().is_some_and(|d| d.is("Type", "XRef"))) {
            decrypt(&mut object, crypt, id, generation);
        }
        let Object::Dictionary(dictionary) = object else { return Some(object) };
        let Some(start) = self.stream_start(lexer.at) else { return Some(Object::Dictionary(dictionary)) };
        let length = match dictionary.get("Length") {
            // A length that stands in a stream of its own would be read for ever.
            Some(&Object::Reference(id)) => match self.places.get(&id) {
                Some(&Place::File { at, .. }) => Lexer::new(self.bytes, at, 1).object().and_then(|o| o.integer()),
                _ => None,
            },
            other => other.and_then(Object::integer),
        };
        let end = self.stream_end(start, length).max(start);
        Some(Object::Stream(Stream { dictionary, bytes: start..end, id, generation }))
    }

    /// The bytes of a stream, unpacked. None for a picture, for a filter that is not known and where nothing is left of
    /// the allowance.
    pub(super) fn data(&self, stream: &Stream) -> Option<Cow<'b, [u8]>> {
        let raw: &'b [u8] = self.bytes.get(stream.bytes.clone())?;
        let mut data = Cow::Borrowed(raw);
        if let (Some(crypt), false) = (&self.crypt, stream.dictionary.is("Type", "XRef")) {
            data = Cow::Owned(crypt.stream(stream.id, stream.generation, raw));
        }
        let one_or_more = |name: &str, short: &str| match self.get(&stream.dictionary, name) {
            Object::Null => self.get(&stream.dictionary, short),
            other => other,
        };
        let filters = match one_or_more("Filter", "F") {
            Object::Array(filters) => filters.into_iter().map(|filter| self.resolved(filter)).collect(),
            Object::Null => Vec::new(),
            filter => vec![filter],
        };
        let parameters = match one_or_more("DecodeParms", "DP") {
            Object::Array(items) => items,
            one => vec![one],
        };
        if filters.len() > 8 {
            return None;
        }
        for (at, filter) in filters.iter().enumerate() {
            let parameters = self.at(&parameters, at);
            let parameter = |name: &str, usual: i64| {
                parameters.dictionary().and_then(|d| self.get(d, name).integer()).unwrap_or(usual)
            };
            let most = self.budget.left();
            let (unpacked, cut) = match filter.name()? {
                b"FlateDecode" | b"Fl" => filter::flate(&data, most),
                b"LZWDecode" | b"LZW" => filter::lzw(&data, parameter("EarlyChange", 1) != 0, most),
                b"ASCIIHexDecode" | b"AHx" => (filter::hexadecimal(&data), false),
                b"ASCII85Decode" | b"A85" => (filter::ascii85(&data), false),
                b"RunLengthDecode" | b"RL" => filter::run_length(&data, most),
                b"Crypt" => continue,
                _ => return None,
            };
            if cut {
                self.budget.overrun();
            }
            if unpacked.is_empty() && !data.is_empty() {
                self.budget.broken();
            }
            if !self.budget.spend(unpacked.len()) {
                return None;
            }
            let whole = |name, usual, most: i64| parameter(name, usual).clamp(1, most) as usize;
            data = Cow::Owned(filter::restore(
                unpacked,
                Predictor {
                    kind: parameter("Predictor", 1),
                    colours: whole("Colors", 1, 32),
                    bits: whole("BitsPerComponent", 8, 16),
                    columns: whole("Columns", 1, 1 << 20),
                },
            ));
        }
        Some(data)
    }
}

fn decrypt(object: &mut Object, crypt: &Crypt, id: u32, generation: u16) {
    match object {
        Object::String(bytes) => *bytes = crypt.string(id, generation, bytes),
        Object::Array(items) => items.iter_mut().for_each(|item| decrypt(item, crypt, id, generation)),
        Object::Dictionary(dictionary) => {
            dictionary.0.iter_mut().for_each(|(_, value)| decrypt(value, crypt, id, generation));
        }
        _ => {}
    }
}

/// The digits that stand before `at`, white space between, and where they begin.
fn digits_before(bytes: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut end = at;
    while end > 0 && at - end < 16 && is_space(bytes[end - 1]) {
        end -= 1;
    }
    let mut start = end;
    while start > 0 && end - start < 10 && bytes[start - 1].is_ascii_digit() {
        start -= 1;
    }
    let value = std::str::from_utf8(&bytes[start..end]).ok()?.parse().ok()?;
    Some((value, start))
}
