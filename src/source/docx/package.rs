//! The zip archive: its parts, unpacked within the limit, whatever sizes they claim.

use super::relations::{Kind, Relations};
use crate::source::{Limit, Limits};
use flate2::bufread::DeflateDecoder;
use std::io::{Cursor, Read};
use zip::ZipArchive;

const LOCAL_HEADER: &[u8] = b"PK\x03\x04";
const MAIN: &str = "word/document.xml";

/// Whether a file is a zip archive that holds a Word document.
pub(in crate::source) fn is_docx(bytes: &[u8]) -> bool {
    bytes.starts_with(LOCAL_HEADER) && find(bytes, b"word/document").is_some()
}

/// An opened archive.
pub(super) struct Package<'b> {
    bytes: &'b [u8],
    /// None where the list of parts at the end of the file is lost: then they are looked for one by one.
    archive: Option<ZipArchive<Cursor<&'b [u8]>>>,
    left: u64,
    pub(super) damaged: bool,
    pub(super) limit: Option<Limit>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8], limits: &Limits) -> Self {
        let archive = ZipArchive::new(Cursor::new(bytes)).ok();
        Package { bytes, damaged: archive.is_none(), archive, left: limits.unpacked, limit: None }
    }

    /// The name of the part that holds the body.
    pub(super) fn main_part(&mut self) -> String {
        self.part("_rels/.rels").and_then(|xml| Relations::parse(&xml, "").first(Kind::Document)).unwrap_or(MAIN.into())
    }

    pub(super) fn part_of(&mut self, relations: &Relations, kind: Kind) -> Option<String> {
        let name = relations.first(kind)?;
        self.part(&name)
    }

    /// A part as text; as much of it as can be unpacked.
    pub(super) fn part(&mut self, name: &str) -> Option<String> {
        let mut unpacked = Vec::new();
        let whole = match &mut self.archive {
            Some(archive) => {
                let file = archive.by_name(name).ok()?;
                // One byte more than allowed tells a part that ends there from one that does not.
                file.take(self.left.saturating_add(1)).read_to_end(&mut unpacked)
            }
            None => {
                let entry = entry(self.bytes, name)?;
                match entry.deflated {
                    true => {
                        DeflateDecoder::new(entry.data).take(self.left.saturating_add(1)).read_to_end(&mut unpacked)
                    }
                    false => entry.data.take(self.left.saturating_add(1)).read_to_end(&mut unpacked),
                }
            }
        };
        self.damaged |= whole.is_err();
        let size = unpacked.len() as u64;
        if size > self.left {
            self.limit = Some(Limit::Unpacked);
            unpacked.truncate(usize::try_from(self.left).unwrap_or(usize::MAX));
        }
        self.left = self.left.saturating_sub(size);
        (!unpacked.is_empty()).then(|| decode(unpacked))
    }
}

/// XML is UTF-8, or UTF-16 with a byte order mark.
fn decode(bytes: Vec<u8>) -> String {
    let wide = |to_unit: fn([u8; 2]) -> u16| {
        let units = bytes[2..].chunks_exact(2).map(|pair| to_unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes.as_slice() {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        _ => String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// A part found by its own header rather than by the list at the end.
struct Entry<'b> {
    data: &'b [u8],
    deflated: bool,
}

fn entry<'b>(bytes: &'b [u8], name: &str) -> Option<Entry<'b>> {
    let mut at = 0;
    while let Some(step) = find(&bytes[at..], LOCAL_HEADER) {
        let header = &bytes[at + step..];
        at += step + LOCAL_HEADER.len();
        let short = |from: usize| Some(usize::from(u16::from_le_bytes([*header.get(from)?, *header.get(from + 1)?])));
        let (Some(method), Some(name_len), Some(extra)) = (short(8), short(26), short(28)) else { continue };
        if header.get(30..30 + name_len) == Some(name.as_bytes()) {
            let size = header.get(18..22).and_then(|s| s.try_into().ok()).map_or(0, u32::from_le_bytes) as usize;
            let data = header.get(30 + name_len + extra..).unwrap_or_default();
            // Deflated data tell their own end.
            let data = if method == 0 { &data[..size.min(data.len())] } else { data };
            return matches!(method, 0 | 8).then_some(Entry { data, deflated: method == 8 });
        }
    }
    None
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}
