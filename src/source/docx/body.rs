//! `document.xml`, headers, footers and notes: paragraphs, runs, tables and text boxes.

use super::{
    numbering::{self, Lists},
    properties::{Numbered, RunProperties, draws_column},
    styles::Styles,
    xml::{Node, Tag, Xml},
};
use crate::source::{
    Limit, Limits,
    office::{
        clock::Clock,
        face::{Face, Script},
        flow::Flow,
        numbering::{Counters, Style},
        parts::counts_pages,
    },
};
use std::collections::{HashMap, HashSet};

/// The unit of a column of the grid: far enough apart that each is its own.
const GRID: i32 = 1000;
/// The usual prefix of DrawingML, which has elements named as Word's.
const DRAWING: &str = "a";

/// What of a part is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    All,
    /// Fields that count pages are left out: of a header and a footer.
    NoPageNumbers,
}

/// The two kinds of notes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum NoteKind {
    Foot,
    End,
}

/// A note that the text refers to.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub(super) kind: NoteKind,
    pub(super) id: String,
    /// What stands in the text.
    pub(super) mark: String,
}

/// A header or footer of a section.
#[derive(Clone, Debug)]
pub(super) struct Margin {
    pub(super) id: String,
    /// The header that the first page has of its own.
    pub(super) at_head: bool,
}

/// What was met while reading.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) notes: Vec<Note>,
    pub(super) margins: Vec<Margin>,
    pub(super) tracked: bool,
    pub(super) damaged: bool,
    pub(super) limit: Option<Limit>,
    footnotes: u32,
    endnotes: u32,
    sections: usize,
    margin_ids: HashSet<String>,
}

/// Reads parts into one flow after the other.
pub(super) struct Body<'d> {
    pub(super) styles: &'d Styles,
    pub(super) lists: &'d Lists,
    pub(super) counters: Counters,
    pub(super) flow: Flow,
    pub(super) limits: &'d Limits,
    pub(super) clock: Clock,
    pub(super) seen: Seen,
}

/// A story: the body of a part, or of a text box in it.
#[derive(Default)]
struct Story {
    paragraph: Paragraph,
    run: Face,
    hidden: bool,
    in_text: bool,
    in_code: bool,
    fields: Vec<Field>,
}

#[derive(Default)]
struct Paragraph {
    style: Option<String>,
    numbered: Numbered,
    /// What its runs begin from.
    run: RunProperties,
    mark: RunProperties,
    /// Whether its number was written.
    begun: bool,
}

#[derive(Default)]
struct Field {
    code: String,
    in_result: bool,
}

/// A table that is open.
#[derive(Default)]
struct Grid {
    ruled: bool,
    column: i32,
    span: i32,
}

impl Body<'_> {
    /// Reads a part into the flow.
    pub(super) fn read(&mut self, xml: &str, kept: Kept) {
        self.part(xml, kept, &mut |_, _| {});
    }

    /// Reads a part of notes: the lines of each by its id.
    pub(super) fn read_notes(&mut self, xml: &str) -> HashMap<String, Vec<String>> {
        let mut notes = HashMap::new();
        self.part(xml, Kept::All, &mut |flow, id| {
            notes.insert(id.to_owned(), flow.finish());
        });
        notes
    }

    fn part(&mut self, xml: &str, kept: Kept, end_note: &mut dyn FnMut(&mut Flow, &str)) {
        let mut xml = Xml::new(xml, self.limits.depth as usize);
        let mut stories = vec![Story::default()];
        let mut grids: Vec<Grid> = Vec::new();
        let mut choices: Vec<bool> = Vec::new();
        let mut note = String::new();
        self.begin_paragraph(&mut stories);
        while self.clock.step() && !self.flow.overflowed() {
            match xml.next() {
                // The words of a drawing itself are in `txbxContent`; what DrawingML calls a paragraph is none here.
                Node::Open(tag) if tag.prefix() == DRAWING => {}
                Node::Close(tag) if tag.prefix() == DRAWING => {}
                Node::Open(tag) => match tag.name() {
                    "AlternateContent" => choices.push(false),
                    "Choice" => match choices.last_mut() {
                        Some(taken) if !*taken => *taken = true,
                        _ => xml.skip(),
                    },
                    "Fallback" if choices.last() == Some(&true) => xml.skip(),
                    "txbxContent" => {
                        self.flow.open_box();
                        stories.push(Story::default());
                        self.begin_paragraph(&mut stories);
                    }
                    "tbl" => {
                        self.flow.open_table();
                        grids.push(Grid::default());
                    }
                    "footnote" | "endnote" => note = tag.get("id").unwrap_or_default().into_owned(),
                    "sectPr" => self.section(&mut xml),
                    "tblPr" | "tblPrEx" | "trPr" | "tcPr" => self.table_properties(&tag, &mut xml, &mut grids),
                    _ => self.open(&tag, &mut xml, &mut stories, kept),
                },
                Node::Close(tag) => match tag.name() {
                    "AlternateContent" => {
                        choices.pop();
                    }
                    "txbxContent" => {
                        self.flow.close_box();
                        if stories.len() > 1 {
                            stories.pop();
                        }
                    }
                    "tbl" => {
                        let ruled = grids.pop().is_some_and(|grid| grid.ruled);
                        self.flow.close_table(ruled);
                    }
                    "tr" => {
                        if let Some(grid) = grids.last_mut() {
                            grid.column = 0;
                            self.flow.end_row(&[], grid.ruled);
                        }
                    }
                    "tc" => {
                        if let Some(grid) = grids.last_mut() {
                            self.flow.end_cell(Some(grid.column.saturating_mul(GRID)));
                            grid.column = grid.column.saturating_add(grid.span.max(1));
                            grid.span = 1;
                        }
                    }
                    "footnote" | "endnote" => end_note(&mut self.flow, &note),
                    "p" => {
                        self.end_paragraph(&mut stories);
                    }
                    "t" => last(&mut stories).in_text = false,
                    "instrText" => last(&mut stories).in_code = false,
                    "r" => last(&mut stories).in_text = false,
                    _ => {}
                },
                Node::Text(text) => {
                    let story = last(&mut stories);
                    if story.in_text {
                        self.say(&text, None, story, kept);
                    } else if story.in_code
                        && let Some(field) = story.fields.last_mut().filter(|field| field.code.len() < 64)
                    {
                        field.code.push_str(&text);
                    }
                }
                Node::End => break,
            }
        }
        self.seen.damaged |= xml.broken;
        if xml.too_deep {
            self.seen.limit = Some(Limit::Depth);
        }
    }

    /// An element that stands in a paragraph, or holds paragraphs and says nothing itself.
    fn open(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, stories: &mut [Story], kept: Kept) {
        let story = last(stories);
        match tag.name() {
            "p" => self.begin_paragraph(stories),
            "pPr" => self.paragraph_properties(xml, story),
            "r" => {
                self.number(story);
                self.format(&RunProperties::default(), story);
            }
            // What `m:rPr` says is of no use here.
            "rPr" if tag.prefix() == "m" => xml.skip(),
            "rPr" => {
                let own = RunProperties::read(xml);
                self.format(&own, story);
            }
            "t" => story.in_text = true,
            "tab" | "ptab" => self.say("\t", Some(Face::default()), story, kept),
            "br" | "cr" => self.say("\n", Some(Face::default()), story, kept),
            "noBreakHyphen" => self.say("-", None, story, kept),
            "sym" => {
                let code = tag.get("char").and_then(|code| u32::from_str_radix(code.trim(), 16).ok());
                let script = tag.get("font").map(|font| Script::of_font(&font)).unwrap_or_default();
                if let Some(c) = code.and_then(char::from_u32) {
                    self.say(c.encode_utf8(&mut [0; 4]), Some(Face { script, ..story.run }), story, kept);
                }
            }
            "footnoteReference" | "endnoteReference" => self.refer(tag, story, kept),
            "fldChar" => match tag.get("fldCharType").as_deref() {
                Some("begin") if story.fields.len() < self.limits.depth as usize => story.fields.push(Field::default()),
                Some("separate") => {
                    if let Some(field) = story.fields.last_mut() {
                        field.in_result = true;
                    }
                }
                Some("end") => {
                    story.fields.pop();
                }
                _ => {}
            },
            "fldSimple" if kept == Kept::NoPageNumbers && tag.get("instr").is_some_and(|code| counts_pages(&code)) => {
                xml.skip();
            }
            "instrText" => story.in_code = true,
            "ins" | "moveTo" => self.seen.tracked = true,
            "del" | "moveFrom" => {
                self.seen.tracked = true;
                xml.skip();
            }
            "sdtPr" | "sdtEndPr" | "rt" | "tblGrid" | "delInstrText" | "delText" | "binData" => xml.skip(),
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, stories: &mut [Story]) {
        let story = last(stories);
        story.paragraph = Paragraph { run: self.styles.paragraph_run(None), ..Paragraph::default() };
        story.in_text = false;
    }

    fn end_paragraph(&mut self, stories: &mut [Story]) {
        let story = last(stories);
        self.number(story);
        // A deleted mark joins its paragraph and the next.
        if !story.paragraph.mark.mark_deleted {
            self.flow.end_paragraph();
        }
        self.begin_paragraph(stories);
    }

    fn paragraph_properties(&mut self, xml: &mut Xml<'_>, story: &mut Story) {
        let paragraph = &mut story.paragraph;
        let mut section = false;
        let outside = &mut self.seen;
        xml.inside(|xml, tag| match tag.name() {
            "pStyle" => paragraph.style = tag.val().map(|id| id.into_owned()),
            "numPr" => paragraph.numbered = Numbered::read(xml),
            "rPr" => paragraph.mark = RunProperties::read(xml),
            "pPrChange" => xml.skip(),
            "sectPr" => {
                section = true;
                read_section(xml, outside);
            }
            _ => {}
        });
        self.seen.sections += usize::from(section);
        self.seen.tracked |= paragraph.mark.mark_deleted || paragraph.mark.mark_inserted;
        paragraph.run = self.styles.paragraph_run(paragraph.style.as_deref());
    }

    fn section(&mut self, xml: &mut Xml<'_>) {
        read_section(xml, &mut self.seen);
        self.seen.sections += 1;
    }

    /// Writes the number of the paragraph, once, before anything else of it.
    fn number(&mut self, story: &mut Story) {
        let paragraph = &mut story.paragraph;
        if std::mem::replace(&mut paragraph.begun, true) {
            return;
        }
        let style = paragraph.style.as_deref();
        let Some((list, found, level)) = numbering::resolve(&paragraph.numbered, style, self.styles, self.lists) else {
            return;
        };
        let number = self.counters.next(found.pattern, list, &found.levels, level, &found.restarts);
        let own = &found.levels[level];
        if number.is_empty() || own.style == Style::Nothing && own.text.is_empty() {
            return;
        }
        let mark = self.styles.run_over(&paragraph.mark, &paragraph.run);
        let mut face = mark.face();
        if let Some(own) = own.face {
            face = Face { script: own.script, capitals: own.capitals || face.capitals };
        }
        self.flow.number(&number, face, own.parting.as_str());
    }

    fn format(&mut self, own: &RunProperties, story: &mut Story) {
        let run = self.styles.run_over(own, &story.paragraph.run);
        story.run = run.face();
        story.hidden = run.hidden == Some(true);
    }

    /// Characters of the open run, unless they are hidden or belong to the code of a field.
    fn say(&mut self, chars: &str, face: Option<Face>, story: &Story, kept: Kept) {
        let shown = story
            .fields
            .iter()
            .all(|field| field.in_result && !(kept == Kept::NoPageNumbers && counts_pages(&field.code)));
        if shown && !story.hidden {
            self.flow.text(chars, face.unwrap_or(story.run));
        }
    }

    fn refer(&mut self, tag: &Tag<'_>, story: &Story, kept: Kept) {
        let Some(id) = tag.get("id") else { return };
        let (kind, mark) = if tag.name() == "footnoteReference" {
            self.seen.footnotes += 1;
            (NoteKind::Foot, format!("[{}]", self.seen.footnotes))
        } else {
            self.seen.endnotes += 1;
            (NoteKind::End, format!("[{}]", Style::LowerRoman.write(self.seen.endnotes)))
        };
        self.say(&mark, Some(Face::default()), story, kept);
        self.seen.notes.push(Note { kind, id: id.into_owned(), mark });
    }

    fn table_properties(&mut self, tag: &Tag<'_>, xml: &mut Xml<'_>, grids: &mut [Grid]) {
        let Some(grid) = grids.last_mut() else { return xml.skip() };
        let styles = self.styles;
        if tag.name() == "tcPr" {
            grid.span = 1;
        }
        xml.inside(|xml, tag| match tag.name() {
            "tblStyle" => grid.ruled |= tag.val().is_some_and(|style| styles.rules_tables(&style)),
            "tblBorders" => {
                // The table's own borders stand for those of its style.
                let mut drawn = false;
                xml.inside(|_, border| drawn |= draws_column(border));
                grid.ruled = drawn;
            }
            "tcBorders" => xml.inside(|_, border| grid.ruled |= draws_column(border)),
            "gridBefore" => grid.column = count(tag),
            "gridSpan" => grid.span = count(tag),
            "tblPrChange" | "trPrChange" | "tcPrChange" | "tblPrExChange" => xml.skip(),
            _ => {}
        });
    }
}

/// The columns that a cell spans: Word allows 63.
fn count(tag: &Tag<'_>) -> i32 {
    tag.number().and_then(|count| i32::try_from(count).ok()).unwrap_or(1).clamp(0, 64)
}

/// The headers and footers that the `sectPr` opened last names.
fn read_section(xml: &mut Xml<'_>, seen: &mut Seen) {
    let mut found: Vec<(String, String, bool)> = Vec::new();
    let mut own_first = false;
    xml.inside(|xml, tag| match tag.name() {
        "headerReference" | "footerReference" => {
            let header = tag.name() == "headerReference";
            let kind = tag.get("type").map_or("default".to_owned(), |kind| kind.into_owned());
            if let Some(id) = tag.get("id") {
                found.push((id.into_owned(), kind, header));
            }
        }
        "titlePg" => own_first = tag.is_on(),
        "sectPrChange" => xml.skip(),
        _ => {}
    });
    // What stands on the first page comes first, and a header before a footer.
    found.sort_by_key(|(_, kind, header)| (kind != if own_first { "first" } else { "default" }, !header));
    for (id, kind, header) in found {
        if kind == "first" && !own_first || !seen.margin_ids.insert(id.clone()) {
            continue;
        }
        seen.margins.push(Margin { id, at_head: header && kind == "first" && seen.sections == 0 });
    }
}

fn last(stories: &mut [Story]) -> &mut Story {
    // The first story is never taken away.
    let at = stories.len() - 1;
    &mut stories[at]
}
