//! RTF (version 1.9 and before).
//!
//! The order of the text is that of DOCX. Word writes the numbers of lists into the file, and they are taken as they stand.

mod destination;
mod fonts;
mod reader;
mod row;
mod state;
mod token;

use super::{
    Encoding, Limit, Limits, Trouble,
    extracted::Extracted,
    office::{clock::Clock, parts::inferred},
};
use reader::Reader;
use state::Margin;
use token::Tokens;
use unicode_normalization::UnicodeNormalization;

/// Whether a file is RTF.
pub(super) fn is_rtf(bytes: &[u8]) -> bool {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    bytes[start..].starts_with(b"{\\rtf")
}

/// The text of an RTF file. What is damaged is read as far as it goes.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Extracted {
    let mut reader = Reader::new(limits);
    let mut clock = Clock::start(limits.time);
    let mut ended = false;
    for token in Tokens::new(bytes) {
        if !clock.step() || reader.flow.overflowed() {
            break;
        }
        reader.token(token);
        if reader.finished {
            ended = true;
            break;
        }
    }
    let stopped = clock.met().or(reader.flow.overflowed().then_some(Limit::Unpacked));
    while reader.states.len() > 1 {
        reader.close();
    }
    reader.close_tables();
    let mut parts = std::mem::take(&mut reader.parts);
    parts.body(reader.flow.finish());
    for (mark, said) in &reader.notes {
        parts.note(mark, said);
    }
    for (margin, said) in std::mem::take(&mut reader.margins) {
        let first = matches!(margin, Margin::FirstHeader | Margin::FirstFooter);
        if !first || reader.own_first_page {
            parts.margin(said, margin == Margin::FirstHeader);
        }
    }
    let mut troubles = Vec::new();
    if !ended && stopped.is_none() {
        troubles.push(Trouble::Damaged);
    }
    let limit = stopped.or(reader.too_deep.then_some(Limit::Depth));
    troubles.extend(limit.map(|limit| Trouble::Limited { limit }));
    if reader.tracked {
        troubles.push(Trouble::TrackedChanges);
    }
    let plain = if reader.fonts.vietnamese { Encoding::Windows1258 } else { Encoding::Windows1252 };
    let (text, older) = parts.text();
    let by_font = reader.flow.legacy_encoding();
    let certainty = inferred(by_font, older);
    let encoding = by_font.or(older).unwrap_or(plain).name().into();
    // Windows-1258 writes a letter and its tone as two characters.
    let text = if reader.fonts.vietnamese { text.nfc().collect() } else { text };
    Extracted { text, encoding, certainty, troubles, ..Extracted::default() }
}
