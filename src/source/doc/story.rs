//! The paragraphs of a part of the text.

use super::{
    fib::{Fib, Part},
    lists::Lists,
    pieces::{Char, Text},
    properties::{Characters, Paragraph},
    runs::{Run, Runs},
    sprm,
    styles::Styles,
};
use crate::source::office::{
    clock::Clock,
    face::{Face, Script},
    flow::Flow,
    numbering::{Counters, Level, Style},
    parts::counts_pages,
};
use std::{collections::HashMap, ops::Range, rc::Rc};

const PARAGRAPH: char = '\r';
const CELL: char = '\u{7}';
const PAGE_BREAK: char = '\u{c}';
const SHAPE: char = '\u{8}';
/// Longer than any paragraph: one without an end is cut so that it need not be held whole.
const LONGEST: usize = 1 << 20;

/// Reads parts of the text into one flow after the other.
pub(super) struct Story<'s> {
    pub(super) fib: &'s Fib,
    pub(super) text: Rc<Text<'s>>,
    pub(super) characters: Runs<'s>,
    pub(super) paragraphs: Runs<'s>,
    pub(super) styles: Styles<'s>,
    pub(super) fonts: Vec<Script>,
    pub(super) lists: Lists<'s>,
    pub(super) data: &'s [u8],
    pub(super) counters: Counters,
    pub(super) flow: Flow,
    pub(super) clock: Clock,
    /// What stands for a note in the text, by the position of its mark.
    pub(super) notes: HashMap<u32, String>,
    /// The text boxes anchored at positions of the main text.
    pub(super) boxes: HashMap<u32, Range<u32>>,
    pub(super) tracked: bool,
    /// The characters that may still be read: pieces may name the same place again and again.
    pub(super) left: u64,
}

/// What a field says of itself before its result.
#[derive(Default)]
struct Field {
    code: String,
    in_result: bool,
}

impl<'s> Story<'s> {
    /// Reads a part.
    pub(super) fn read_part(&mut self, part: Part) {
        self.read(self.fib.part(part), part);
    }

    /// Reads a range of positions that belongs to a part.
    pub(super) fn read(&mut self, range: Range<u32>, part: Part) {
        let text = Rc::clone(&self.text);
        let mut fields: Vec<Field> = Vec::new();
        let mut open = 0;
        let mut paragraph: Vec<Char> = Vec::new();
        for c in text.chars(range) {
            if !self.clock.step() || self.flow.overflowed() || self.left == 0 {
                break;
            }
            self.left -= 1;
            let ends = match c.c {
                PARAGRAPH | CELL => true,
                PAGE_BREAK => self.paragraphs.at(c.offset).is_none_or(|run| run.end <= c.offset + 2),
                _ => paragraph.len() >= LONGEST,
            };
            paragraph.push(c);
            if ends {
                self.paragraph(&paragraph, &text, &mut fields, &mut open, part);
                paragraph.clear();
            }
        }
        if !paragraph.is_empty() {
            self.paragraph(&paragraph, &text, &mut fields, &mut open, part);
        }
        for _ in 0..open {
            self.flow.close_table(false);
        }
    }

    fn paragraph(&mut self, chars: &[Char], text: &Text<'s>, fields: &mut Vec<Field>, open: &mut usize, part: Part) {
        let Some(mark) = chars.last().copied() else { return };
        let properties = self.properties(mark, text);
        let depth = properties.depth().max(usize::from(mark.c == CELL)).min(64);
        while *open < depth {
            self.flow.open_table();
            *open += 1;
        }
        while *open > depth {
            self.flow.close_table(false);
            *open -= 1;
        }
        if properties.ends_row() && matches!(mark.c, CELL | PARAGRAPH) {
            self.flow.end_row_of_its_kind(&properties.row.edges, properties.row.ruled);
            return;
        }

        let styled = self.styles.characters(properties.style);
        let marked = self.run(mark, text, styled).1;
        self.number(&properties, marked);
        let mut anchored = Vec::new();
        let mut said = String::new();
        let mut face = Face::default();
        let mut run: Option<(Range<u32>, u16, Characters)> = None;
        for c in chars {
            let known = run.as_ref().filter(|(place, changes, _)| place.contains(&c.offset) && *changes == c.changes);
            let characters = match known {
                Some((_, _, characters)) => *characters,
                None => {
                    let (place, characters) = self.run(*c, text, styled);
                    run = Some((place, c.changes, characters));
                    characters
                }
            };
            self.tracked |= characters.deleted || characters.inserted;
            match c.c {
                '\u{13}' if fields.len() < 64 => fields.push(Field::default()),
                '\u{14}' => {
                    if let Some(field) = fields.last_mut() {
                        field.in_result = true;
                    }
                }
                '\u{15}' => {
                    fields.pop();
                }
                SHAPE if characters.special => anchored.push(c.position),
                _ => {}
            }
            if let Some(field) = fields.last_mut().filter(|field| !field.in_result && field.code.len() < 64) {
                field.code.push(if c.c == '\u{13}' { ' ' } else { c.c });
            }
            let shown = fields.iter().all(|f| f.in_result && !(part == Part::Headers && counts_pages(&f.code)));
            if characters.hidden || characters.deleted || !shown {
                continue;
            }
            let (written, own) = self.written(c, characters);
            if own != face {
                self.flow.text(&said, face);
                said.clear();
                face = own;
            }
            match written {
                Written::Char(c) => said.push(c),
                Written::Mark(mark) => said.push_str(&mark),
                Written::Nothing => {}
            }
        }
        self.flow.text(&said, face);
        for position in anchored {
            if let Some(place) = self.boxes.remove(&position).filter(|_| part == Part::Main) {
                self.flow.open_box();
                self.read(place, Part::TextBoxes);
                self.flow.close_box();
            }
        }
        match mark.c {
            CELL => self.flow.end_cell(None),
            PARAGRAPH if properties.ends_inner_cell() => self.flow.end_cell(None),
            // A deleted mark joins its paragraph and the next.
            PARAGRAPH if marked.deleted => {}
            _ => self.flow.end_paragraph(),
        }
    }

    /// What a character is in the text, and how it is to be read.
    fn written(&self, c: &Char, characters: Characters) -> (Written, Face) {
        let script = |font: u16| self.fonts.get(usize::from(font)).copied().unwrap_or_default();
        let own = Face { script: script(characters.font), capitals: characters.capitals };
        let plain = Face::default();
        if characters.special {
            if let Some((font, symbol)) = characters.symbol
                && let Some(symbol) = char::from_u32(u32::from(symbol))
            {
                return (Written::Char(symbol), Face { script: script(font), capitals: false });
            }
            return match self.notes.get(&c.position) {
                Some(mark) => (Written::Mark(mark.clone()), plain),
                None => (Written::Nothing, own),
            };
        }
        match c.c {
            '\t' => (Written::Char('\t'), plain),
            '\u{b}' | '\u{e}' | PAGE_BREAK => (Written::Char('\n'), plain),
            '\u{1e}' => (Written::Char('-'), own),
            c if c.is_ascii_control() => (Written::Nothing, own),
            c => (Written::Char(c), own),
        }
    }

    /// The properties of the paragraph that a mark ends.
    fn properties(&self, mark: Char, text: &Text<'s>) -> Paragraph {
        let run = self.paragraphs.at(mark.offset);
        let mut read = self.styles.paragraph(run.map_or(0, |run| run.style));
        if let Some(run) = run {
            read.change(run.changes, self.data);
        }
        if let Some(group) = sprm::of_piece(mark.changes, &text.groups) {
            read.change(group, self.data);
        }
        read
    }

    /// The properties of a character, and the places for which they hold.
    fn run(&self, c: Char, text: &Text<'s>, styled: Characters) -> (Range<u32>, Characters) {
        let run = self.characters.at(c.offset);
        let Run { start, end, changes, .. } =
            run.unwrap_or(Run { start: c.offset, end: c.offset + 1, style: 0, changes: &[] });
        let mut read = styled.changed(changes, styled, &self.styles);
        if let Some(group) = sprm::of_piece(c.changes, &text.groups) {
            read = read.changed(group, styled, &self.styles);
        }
        (start..end, read)
    }

    /// Writes the number that Word sets before a paragraph of a list.
    fn number(&mut self, paragraph: &Paragraph, mark: Characters) {
        let Some((used, levels)) = self.lists.find(paragraph.list) else { return };
        let at = usize::from(paragraph.level);
        let Some(own) = levels.get(at) else { return };
        let shapes: Vec<Level> = levels.iter().map(|level| level.level.clone()).collect();
        let instance = i64::from(paragraph.list);
        let number = self.counters.next(i64::from(used.list), instance, &shapes, at, &used.restarts);
        if number.is_empty() || own.level.style == Style::Nothing && own.level.text.is_empty() {
            return;
        }
        let characters = mark.changed(own.changes, mark, &self.styles);
        let script = self.fonts.get(usize::from(characters.font)).copied().unwrap_or_default();
        let face = Face { script, capitals: characters.capitals };
        self.flow.number(&number, face, own.level.parting.as_str());
    }
}

/// What a character becomes.
enum Written {
    Char(char),
    Mark(String),
    Nothing,
}
