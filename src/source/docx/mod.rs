//! DOCX: Word's files since 2007, a zip archive of XML parts (ECMA-376).
//!
//! The order of the text: the header that the first page has of its own, the body with each text box behind the paragraph
//! that it is anchored in, the footnotes and endnotes (`[1]` stands in the text and before the note), the other headers and
//! footers. Headers and footers that hold no more than a page number are left out, and each text stands once.

mod body;
mod numbering;
mod package;
mod properties;
mod relations;
mod styles;
mod xml;

use super::{
    Encoding, Limit, Limits, Trouble,
    extracted::Extracted,
    office::{
        clock::Clock,
        flow::Flow,
        numbering::Counters,
        parts::{Parts, inferred},
    },
};
use body::{Body, Kept};
use package::Package;
use relations::{Kind, Relations};

pub(super) use package::is_docx;

/// The text of a DOCX file. What is damaged is read as far as it goes.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Extracted {
    if super::doc::is_encrypted_docx(bytes) {
        return Extracted {
            encoding: Encoding::Utf8.name().into(),
            troubles: vec![Trouble::Encrypted],
            ..Extracted::default()
        };
    }
    let mut package = Package::open(bytes, limits);
    let main = package.main_part();
    let relations = Relations::of(&mut package, &main);
    let styles =
        package.part_of(&relations, Kind::Styles).map(|xml| styles::Styles::read(&xml, limits)).unwrap_or_default();
    let lists = package
        .part_of(&relations, Kind::Numbering)
        .map(|xml| numbering::Lists::read(&xml, limits))
        .unwrap_or_default();
    let mut reader = Body {
        styles: &styles,
        lists: &lists,
        counters: Counters::default(),
        flow: Flow::new(limits.unpacked),
        limits,
        clock: Clock::start(limits.time),
        seen: body::Seen::default(),
    };
    let mut parts = Parts::default();
    match package.part(&main) {
        Some(xml) => {
            reader.read(&xml, Kept::All);
            parts.body(reader.flow.finish());
        }
        None => package.damaged = true,
    }

    for margin in std::mem::take(&mut reader.seen.margins) {
        let Some(xml) = relations.target(&margin.id).and_then(|name| package.part(&name)) else { continue };
        reader.read(&xml, Kept::NoPageNumbers);
        parts.margin(reader.flow.finish(), margin.at_head);
    }

    let noted = std::mem::take(&mut reader.seen.notes);
    for (kind, wanted) in [(Kind::Footnotes, body::NoteKind::Foot), (Kind::Endnotes, body::NoteKind::End)] {
        if !noted.iter().any(|note| note.kind == wanted) {
            continue;
        }
        let Some(xml) = package.part_of(&relations, kind) else { continue };
        let mut notes = reader.read_notes(&xml);
        for note in noted.iter().filter(|note| note.kind == wanted) {
            // A note that is referred to twice stands once.
            if let Some(said) = notes.remove(&note.id) {
                parts.note(&note.mark, &said);
            }
        }
    }

    let mut troubles = Vec::new();
    if package.damaged || reader.seen.damaged {
        troubles.push(Trouble::Damaged);
    }
    let overflowed = reader.flow.overflowed().then_some(Limit::Unpacked);
    let limit = overflowed.or(reader.clock.met()).or(reader.seen.limit).or(package.limit);
    troubles.extend(limit.map(|limit| Trouble::Limited { limit }));
    if reader.seen.tracked {
        troubles.push(Trouble::TrackedChanges);
    }
    let (text, older) = parts.text();
    let by_font = reader.flow.legacy_encoding();
    let certainty = inferred(by_font, older);
    let encoding = by_font.or(older).unwrap_or(Encoding::Utf8).name().into();
    Extracted { text, encoding, certainty, troubles, ..Extracted::default() }
}
