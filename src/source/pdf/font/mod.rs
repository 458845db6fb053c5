//! Fonts: the codes of a string into characters and widths (9.5 to 9.10).

mod cmap;
mod glyph_name;
mod legacy;
mod simple;

use super::{
    file::File,
    object::{Dictionary, Object},
};
use crate::source::encoding::{self, is_vietnamese};
use cmap::{CMap, value};
use simple::{Encoding, usual_width};
use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

/// The most characters that one code stands for.
const MOST_OF_ONE: usize = 32;

/// What a code stands for.
#[derive(Clone, Debug)]
pub(super) struct Char {
    /// None where the file does not say.
    pub(super) text: Option<Rc<str>>,
    /// How far the next character stands off, in units of the font's size.
    pub(super) width: f64,
    /// Whether it is the one-byte code 32, which word spacing is added to.
    pub(super) is_space_code: bool,
}

/// A font.
#[derive(Debug)]
pub(super) struct Font {
    codes: Codes,
    /// The encoding before Unicode that it was made for.
    pub(super) legacy: Option<encoding::Font>,
}

#[derive(Debug)]
enum Codes {
    /// One byte a code.
    Simple(Box<[Char; 256]>),
    /// One byte or more.
    Composite(Box<Composite>),
}

/// A font of many glyphs (9.7).
#[derive(Debug)]
struct Composite {
    encoding: CodeMap,
    unicode: Option<CMap>,
    widths: BTreeMap<u32, Width>,
    usual_width: f64,
    known: RefCell<BTreeMap<u32, Char>>,
}

/// The widths of a range of glyphs.
#[derive(Debug)]
enum Width {
    Each(Vec<f64>),
    Same(u32, f64),
}

/// How codes stand for glyphs.
#[derive(Debug)]
enum CodeMap {
    /// Two bytes, the number of the glyph.
    Identity,
    /// Two bytes, UTF-16.
    Unicode,
    Stated(CMap),
}

impl Font {
    pub(super) fn new(file: &File<'_>, font: &Dictionary) -> Self {
        let unicode = match file.get(font, "ToUnicode") {
            Object::Stream(stream) => file.data(&stream).map(|data| CMap::new(&data)).filter(|map| !map.is_empty()),
            _ => None,
        };
        let codes = if font.is("Subtype", "Type0") {
            Codes::Composite(Box::new(composite(file, font, unicode)))
        } else {
            Codes::Simple(simple(file, font, unicode))
        };
        let name = file.get(font, "BaseFont");
        let legacy = legacy::font(&String::from_utf8_lossy(name.name().unwrap_or_default()));
        Font { legacy: legacy.filter(|_| !codes.are_vietnamese()), codes }
    }

    /// The characters of a string.
    pub(super) fn characters(&self, bytes: &[u8], mut each: impl FnMut(&Char)) {
        match &self.codes {
            Codes::Simple(table) => bytes.iter().for_each(|&byte| each(&table[usize::from(byte)])),
            Codes::Composite(font) => {
                let mut rest = bytes;
                while !rest.is_empty() {
                    let length = font.length(rest).clamp(1, rest.len());
                    each(&font.character(value(&rest[..length]), length));
                    rest = &rest[length..];
                }
            }
        }
    }
}

impl Codes {
    /// Whether letters of Vietnamese are among what they stand for: then no older encoding is hidden behind them.
    fn are_vietnamese(&self) -> bool {
        match self {
            Codes::Simple(table) => {
                table.iter().any(|char| char.text.as_deref().is_some_and(|text| text.chars().any(is_vietnamese)))
            }
            Codes::Composite(font) => font.unicode.as_ref().is_some_and(|map| map.texts().any(is_vietnamese)),
        }
    }
}

impl Composite {
    fn length(&self, bytes: &[u8]) -> usize {
        match &self.encoding {
            CodeMap::Identity | CodeMap::Unicode => 2,
            CodeMap::Stated(map) => map.length(bytes).unwrap_or(2),
        }
    }

    fn character(&self, code: u32, length: usize) -> Char {
        if let Some(known) = self.known.borrow().get(&code) {
            return known.clone();
        }
        let glyph = match &self.encoding {
            CodeMap::Stated(map) => map.glyph(code).unwrap_or(code),
            CodeMap::Identity | CodeMap::Unicode => code,
        };
        let stated = self.unicode.as_ref().and_then(|map| map.text(code));
        let text = stated.or_else(|| match self.encoding {
            CodeMap::Unicode => char::from_u32(code).map(String::from),
            _ => None,
        });
        let width = self.widths.range(..=glyph).next_back().and_then(|(first, width)| match width {
            Width::Each(widths) => widths.get((glyph - first) as usize).copied(),
            Width::Same(last, width) => (glyph <= *last).then_some(*width),
        });
        let found = Char {
            text: text.map(|text| Rc::from(spelt_out(&text).as_str())),
            width: width.unwrap_or(self.usual_width) / 1000.0,
            is_space_code: length == 1 && code == 32,
        };
        self.known.borrow_mut().insert(code, found.clone());
        found
    }
}

fn composite(file: &File<'_>, font: &Dictionary, unicode: Option<CMap>) -> Composite {
    let descendants = file.get(font, "DescendantFonts");
    let descendant = descendants.array().map_or(Object::Null, |items| file.at(items, 0));
    let descendant = descendant.dictionary().cloned().unwrap_or_default();
    let encoding = match file.get(font, "Encoding") {
        Object::Stream(stream) => {
            file.data(&stream).map_or(CodeMap::Identity, |data| CodeMap::Stated(CMap::new(&data)))
        }
        Object::Name(name) if name.starts_with(b"Uni") && !name.windows(4).any(|part| part == b"UTF8") => {
            CodeMap::Unicode
        }
        _ => CodeMap::Identity,
    };
    let stated = file.get(&descendant, "W");
    let items = stated.array().unwrap_or_default();
    let mut widths = BTreeMap::new();
    let mut at = 0;
    let whole = |at| file.at(items, at).integer().and_then(|value| u32::try_from(value).ok());
    while let Some(first) = whole(at) {
        match file.at(items, at + 1) {
            Object::Array(each) => {
                widths.insert(first, Width::Each(file.numbers(&Object::Array(each))));
                at += 2;
            }
            other => {
                let (Some(last), Some(width)) = (other.integer(), file.at(items, at + 2).number()) else { break };
                widths.insert(first, Width::Same(u32::try_from(last).unwrap_or(first), width));
                at += 3;
            }
        }
    }
    let usual_width = file.get(&descendant, "DW").number().unwrap_or(1000.0);
    Composite { encoding, unicode, widths, usual_width, known: RefCell::default() }
}

fn simple(file: &File<'_>, font: &Dictionary, unicode: Option<CMap>) -> Box<[Char; 256]> {
    let name = file.get(font, "BaseFont");
    let name = String::from_utf8_lossy(name.name().unwrap_or_default()).into_owned();
    let stated = file.get(font, "Encoding");
    let base = match &stated {
        Object::Name(name) => Encoding::named(name),
        Object::Dictionary(encoding) => file.get(encoding, "BaseEncoding").name().and_then(Encoding::named),
        _ => None,
    };
    // A TrueType font without an encoding has codes of Windows more often than any others.
    let base = base.unwrap_or(if font.is("Subtype", "TrueType") { Encoding::WinAnsi } else { Encoding::Standard });
    let mut texts: Vec<Option<String>> = (0..=255).map(|code| base.character(code).map(String::from)).collect();
    let differences = stated.dictionary().map_or(Object::Null, |encoding| file.get(encoding, "Differences"));
    let mut code = 0_usize;
    for item in differences.array().unwrap_or_default() {
        match file.resolved(item.clone()) {
            Object::Name(name) => {
                if let Some(text) = texts.get_mut(code) {
                    *text = std::str::from_utf8(&name).ok().and_then(glyph_name::text);
                }
                code += 1;
            }
            number => code = number.integer().and_then(|value| usize::try_from(value).ok()).unwrap_or(code),
        }
    }
    let first = file.get(font, "FirstChar").integer().unwrap_or(0);
    let widths = file.numbers(&file.get(font, "Widths"));
    let descriptor = file.get(font, "FontDescriptor");
    let missing = descriptor.dictionary().and_then(|descriptor| file.get(descriptor, "MissingWidth").number());
    // The widths of a Type 3 font are in units of its own.
    let scale = match file.numbers(&file.get(font, "FontMatrix"))[..] {
        [a, ..] if font.is("Subtype", "Type3") => a.abs(),
        _ => 0.001,
    };
    Box::new(std::array::from_fn(|code| {
        let told = unicode.as_ref().and_then(|map| map.text(code as u32));
        let text = told.or_else(|| texts[code].take());
        let stated = usize::try_from(first).ok().and_then(|first| widths.get(code.checked_sub(first)?)).copied();
        let width =
            stated.or(missing).unwrap_or_else(|| if widths.is_empty() { usual_width(&name, code as u8) } else { 0.0 });
        Char {
            text: text.map(|text| Rc::from(spelt_out(&text).as_str())),
            width: width * scale,
            is_space_code: code == 32,
        }
    }))
}

/// Ligatures taken apart, and what no text holds left out.
fn spelt_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // One code may be said to stand for a word, hardly for more.
    for c in text.chars().take(MOST_OF_ONE) {
        match c {
            'ﬀ' => out.push_str("ff"),
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            '\t' | '\u{a0}' | '\n' | '\r' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
