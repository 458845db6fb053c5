//! DOC: Word's binary files of 1997 to 2003 ([MS-DOC]), and the bare text of those of Word 6 and 95.
//!
//! The order of the text is that of DOCX. Fonts, capitals and hidden text are taken from the character runs, tables from
//! the paragraphs, numbers from the list tables.

mod bytes;
mod fib;
mod fonts;
mod lists;
mod pieces;
mod properties;
mod runs;
mod sprm;
mod storage;
mod story;
mod styles;

use super::{
    Encoding, Limit, Limits, Options, Trouble,
    extracted::Extracted,
    office::{
        clock::Clock,
        flow::Flow,
        numbering::{Counters, Style},
        parts::{Parts, inferred},
    },
};
use bytes::{Plc, u16_at, u32_at};
use fib::{At, Fib, Part, Version};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
    rc::Rc,
};
use storage::Storage;
use story::Story;

pub(super) use storage::{is_doc, is_encrypted_docx};

/// The text of a DOC file. What is damaged is read as far as it goes.
pub(super) fn read(bytes: &[u8], options: &Options) -> Extracted {
    let limits = &options.limits;
    let failed = |trouble| Extracted {
        encoding: Encoding::Windows1252.name().into(),
        troubles: vec![trouble],
        ..Extracted::default()
    };
    let Some(storage) = Storage::open(bytes, limits) else { return failed(Trouble::Damaged) };
    match Version::of(&storage.document) {
        None => failed(Trouble::Damaged),
        Some(Version::Word97(fib)) if fib.encrypted => failed(Trouble::Encrypted),
        Some(Version::Word6 { encrypted: true, .. }) => failed(Trouble::Encrypted),
        Some(Version::Word97(fib)) => word97(&storage, &fib, limits),
        Some(Version::Word6 { text, .. }) => word6(&storage, text, options),
    }
}

fn word97(storage: &Storage, fib: &Fib, limits: &Limits) -> Extracted {
    let (stream, table) = (&storage.document, storage.table(fib.second_table));
    let text = Rc::new(pieces::Text::read(stream, table, fib));
    let (notes, noted) = notes(fib, table);
    let mut story = Story {
        fib,
        text: Rc::clone(&text),
        characters: runs::Runs::characters(stream, fib.get(table, At::CharacterRuns)),
        paragraphs: runs::Runs::paragraphs(stream, fib.get(table, At::ParagraphRuns)),
        styles: styles::Styles::read(fib.get(table, At::Styles)),
        fonts: fonts::read(fib.get(table, At::Fonts)),
        lists: lists::Lists::read(table, fib),
        data: &storage.data,
        counters: Counters::default(),
        flow: Flow::new(limits.unpacked),
        clock: Clock::start(limits.time),
        notes,
        boxes: boxes(fib, table),
        tracked: false,
        left: limits.unpacked,
    };
    let mut parts = Parts::default();
    story.read_part(Part::Main);
    // Boxes whose anchor was not found follow the text.
    let mut lost: Vec<Range<u32>> = std::mem::take(&mut story.boxes).into_values().collect();
    lost.sort_by_key(|place| place.start);
    for place in lost {
        story.read(place, Part::TextBoxes);
    }
    parts.body(story.flow.finish());
    for (mark, part, place) in noted {
        story.read(place, part);
        parts.note(&mark, &story.flow.finish());
    }
    for (place, at_head) in margins(fib, table, stream) {
        story.read(place, Part::Headers);
        parts.margin(story.flow.finish(), at_head);
    }

    let mut troubles = Vec::new();
    if storage.damaged || text.damaged || text.is_cut(fib.part(Part::Main)) {
        troubles.push(Trouble::Damaged);
    }
    let full = story.flow.overflowed() || story.left == 0;
    let limit = story.clock.met().or(full.then_some(Limit::Unpacked));
    troubles.extend(limit.map(|limit| Trouble::Limited { limit }));
    if story.tracked {
        troubles.push(Trouble::TrackedChanges);
    }
    let plain = if text.is_wide() { Encoding::Utf16Le } else { Encoding::Windows1252 };
    let (text, older) = parts.text();
    let by_font = story.flow.legacy_encoding();
    let certainty = inferred(by_font, older);
    let encoding = by_font.or(older).unwrap_or(plain).name().into();
    Extracted { text, encoding, certainty, troubles, ..Extracted::default() }
}

/// The marks of footnotes and endnotes by their position in the text, and what each says.
type Notes = (HashMap<u32, String>, Vec<(String, Part, Range<u32>)>);

fn notes(fib: &Fib, table: &[u8]) -> Notes {
    let (mut marks, mut noted) = (HashMap::new(), Vec::new());
    for (references, texts, part) in [
        (At::FootnoteReferences, At::FootnoteTexts, Part::Footnotes),
        (At::EndnoteReferences, At::EndnoteTexts, Part::Endnotes),
    ] {
        let references = Plc::new(fib.get(table, references), 2);
        let texts = Plc::new(fib.get(table, texts), 0);
        let whole = fib.part(part);
        for n in 0..references.len() {
            let (Some(at), Some(start), Some(end)) = (references.position(n), texts.position(n), texts.position(n + 1))
            else {
                break;
            };
            let count = n as u32 + 1;
            let mark = match part {
                Part::Footnotes => format!("[{count}]"),
                _ => format!("[{}]", Style::LowerRoman.write(count)),
            };
            marks.insert(at, mark.clone());
            noted.push((mark, part, within(start, end, &whole)));
        }
    }
    (marks, noted)
}

/// The text boxes of the main text by the position of their anchor.
fn boxes(fib: &Fib, table: &[u8]) -> HashMap<u32, Range<u32>> {
    let shapes = Plc::new(fib.get(table, At::ShapesOfMain), 26);
    let anchors: HashMap<u32, u32> =
        (0..shapes.len()).filter_map(|n| Some((u32_at(shapes.entry(n)?, 0)?, shapes.position(n)?))).collect();
    let texts = Plc::new(fib.get(table, At::TextBoxes), 22);
    let whole = fib.part(Part::TextBoxes);
    let mut boxes = HashMap::new();
    for n in 0..texts.len() {
        let (Some(entry), Some(start), Some(end)) = (texts.entry(n), texts.position(n), texts.position(n + 1)) else {
            break;
        };
        let place = within(start, end, &whole);
        if place.is_empty() {
            continue;
        }
        let anchor = u32_at(entry, 14).and_then(|shape| anchors.get(&shape)).copied();
        // Without an anchor any key will do that no character has.
        let anchor = anchor.filter(|at| !boxes.contains_key(at)).unwrap_or(u32::MAX - n as u32);
        boxes.insert(anchor, place);
    }
    boxes
}

/// The headers and footers, and whether each is the header that the first page has of its own.
fn margins(fib: &Fib, table: &[u8], stream: &[u8]) -> Vec<(Range<u32>, bool)> {
    /// The separators of notes come before them.
    const SEPARATORS: usize = 6;
    const KINDS: usize = 6;
    const FIRST_HEADER: usize = 4;
    const FIRST_FOOTER: usize = 5;
    let stories = Plc::new(fib.get(table, At::Headers), 0);
    let whole = fib.part(Part::Headers);
    let own_first = has_own_first_page(fib, table, stream);
    let mut known = HashSet::new();
    let mut found = Vec::new();
    for n in SEPARATORS..stories.len() {
        let (section, kind) = ((n - SEPARATORS) / KINDS, (n - SEPARATORS) % KINDS);
        let (Some(start), Some(end)) = (stories.position(n), stories.position(n + 1)) else { break };
        let place = within(start, end, &whole);
        if place.is_empty() || matches!(kind, FIRST_HEADER | FIRST_FOOTER) && !own_first || !known.insert(place.start) {
            continue;
        }
        found.push((place, section == 0 && kind == FIRST_HEADER));
    }
    found.sort_by_key(|(_, at_head)| !at_head);
    found
}

/// Whether the first section sets its first page apart.
fn has_own_first_page(fib: &Fib, table: &[u8], stream: &[u8]) -> bool {
    const OWN_FIRST_PAGE: u16 = 0x300a;
    let sections = Plc::new(fib.get(table, At::Sections), 12);
    let at = sections.entry(0).and_then(|entry| u32_at(entry, 2)).unwrap_or(u32::MAX) as usize;
    let length = u16_at(stream, at).map_or(0, usize::from);
    let group = at.checked_add(2).and_then(|from| stream.get(from..from.checked_add(length)?)).unwrap_or_default();
    sprm::changes(group).any(|(number, operand)| number == OWN_FIRST_PAGE && operand == [1])
}

/// A range inside a part, from positions counted from its beginning.
fn within(start: u32, end: u32, whole: &Range<u32>) -> Range<u32> {
    let place = |at: u32| whole.start.saturating_add(at).min(whole.end);
    place(start)..place(end)
}

/// The text of a file of Word 6 or 95, whose formatting is not read: it lies in one piece, in bytes of a code page.
fn word6(storage: &Storage, text: Range<usize>, options: &Options) -> Extracted {
    let end = text.end.min(storage.document.len());
    let bytes = storage.document.get(text.start..end).unwrap_or_default();
    let most = usize::try_from(options.limits.unpacked).unwrap_or(usize::MAX);
    let mut said = Vec::with_capacity(bytes.len().min(most));
    let mut in_code = false;
    for byte in bytes.iter().take(most) {
        match byte {
            0x13 => in_code = true,
            0x14 | 0x15 => in_code = false,
            _ if in_code => {}
            b'\r' | 0x0b | 0x0c => said.push(b'\n'),
            0x07 | b'\t' => said.push(b'\t'),
            0x1e => said.push(b'-'),
            0..=0x1f => {}
            _ => said.push(*byte),
        }
    }
    let mut extracted = super::plain::decoded(&said, options.encoding);
    if storage.damaged || text.end > end {
        extracted.troubles.push(Trouble::Damaged);
    }
    extracted
}
