//! Runs, paragraphs, tables and text boxes, in the order met, into the text of a file.

use super::{
    face::{Face, Script},
    table::{Cell, Table},
};
use crate::source::encoding::{Encoding, Font};

/// What a paragraph costs beside its characters, so that a file of empty ones is bounded too.
const PARAGRAPH_COST: usize = 24;
/// Tables and text boxes may lie in each other so deep; what lies deeper is read as paragraphs.
const MOST_NESTED: usize = 16;

/// Collects a file's text. Nothing in it recurses, whatever the file nests.
#[derive(Debug)]
pub(in crate::source) struct Flow {
    /// The body, and the tables and text boxes that are open in it, innermost last.
    levels: Vec<Level>,
    /// Tables and text boxes that were opened too deep, to be closed again.
    ignored: usize,
    /// The bytes that the text may still grow by.
    left: usize,
    overflowed: bool,
    /// How many characters were met of each encoding that a font stands for.
    legacy: Vec<(Encoding, usize)>,
}

/// The body, a table with its open cell, or a text box.
#[derive(Debug, Default)]
struct Level {
    spans: Vec<Span>,
    number: String,
    paragraphs: Vec<String>,
    /// What stood in text boxes of the open paragraph: it follows that paragraph.
    boxes: Vec<String>,
    row: Vec<Cell>,
    table: Table,
}

#[derive(Debug)]
struct Span {
    face: Face,
    chars: String,
}

impl Flow {
    /// A text of at most so many bytes.
    pub(in crate::source) fn new(most: u64) -> Flow {
        let left = usize::try_from(most).unwrap_or(usize::MAX);
        Flow { levels: vec![Level::default()], ignored: 0, left, overflowed: false, legacy: Vec::new() }
    }

    /// Characters of a run.
    pub(in crate::source) fn text(&mut self, chars: &str, face: Face) {
        if chars.is_empty() || !self.spend(chars.len()) {
            return;
        }
        let spans = &mut self.level().spans;
        match spans.last_mut().filter(|span| span.face == face) {
            Some(span) => span.chars.push_str(chars),
            None => spans.push(Span { face, chars: chars.to_owned() }),
        }
    }

    /// The number or bullet that Word sets before the open paragraph, with what parts it from the text.
    pub(in crate::source) fn number(&mut self, number: &str, face: Face, parting: &str) {
        if self.spend(number.len() + parting.len()) {
            let mut said = decode(&[Span { face, chars: number.to_owned() }]);
            said.push_str(parting);
            self.level().number = said;
        }
    }

    /// Whether the open paragraph holds nothing yet.
    pub(in crate::source) fn is_blank(&self) -> bool {
        self.levels.last().is_none_or(|level| level.spans.is_empty() && level.number.is_empty())
    }

    /// The end of a paragraph.
    pub(in crate::source) fn end_paragraph(&mut self) {
        if !self.spend(PARAGRAPH_COST) {
            return;
        }
        let level = self.level();
        let spans = std::mem::take(&mut level.spans);
        let mut paragraph = std::mem::take(&mut level.number);
        paragraph.push_str(&decode(&spans));
        level.paragraphs.push(paragraph);
        let boxes = std::mem::take(&mut level.boxes);
        level.paragraphs.extend(boxes);
        self.count_legacy(&spans);
    }

    /// The end of the open paragraph, unless it holds nothing.
    pub(in crate::source) fn close_paragraph(&mut self) {
        if !self.is_blank() || self.levels.last().is_some_and(|level| !level.boxes.is_empty()) {
            self.end_paragraph();
        }
    }

    /// The beginning of a table.
    pub(in crate::source) fn open_table(&mut self) {
        self.close_paragraph();
        self.open();
    }

    /// The end of a cell; `start` is its left edge in any unit.
    pub(in crate::source) fn end_cell(&mut self, start: Option<i32>) {
        self.close_paragraph();
        if self.ignored == 0 {
            let level = self.level();
            let mut paragraphs = std::mem::take(&mut level.paragraphs);
            while paragraphs.last().is_some_and(|last| last.trim().is_empty()) {
                paragraphs.pop();
            }
            level.row.push(Cell { paragraphs, start });
        }
    }

    /// The end of a row. `starts` are the left edges of its cells where they are known only now.
    pub(in crate::source) fn end_row(&mut self, starts: &[i32], ruled: bool) {
        if self.ignored > 0 {
            return;
        }
        let level = self.level();
        let mut row = std::mem::take(&mut level.row);
        for (cell, start) in row.iter_mut().zip(starts) {
            cell.start = Some(*start);
        }
        level.table.rows.push(row);
        level.table.ruled |= ruled;
    }

    /// The end of a row of a file that has rows but no tables: rows that are ruled and rows that are not are two tables.
    pub(in crate::source) fn end_row_of_its_kind(&mut self, starts: &[i32], ruled: bool) {
        let outermost = self.levels.len() == 2;
        let [.., outer, level] = self.levels.as_mut_slice() else { return };
        if self.ignored == 0 && !level.table.rows.is_empty() && level.table.ruled != ruled {
            let finished = std::mem::take(&mut level.table);
            outer.paragraphs.extend(finished.lines(outermost, &mut self.left));
        }
        self.end_row(starts, ruled);
    }

    /// The end of a table. What stands in no finished row of it becomes one.
    pub(in crate::source) fn close_table(&mut self, ruled: bool) {
        if self.ignored == 0 {
            self.close_paragraph();
            if self.levels.last().is_some_and(|level| !level.paragraphs.is_empty()) {
                self.end_cell(None);
            }
            if self.levels.last().is_some_and(|level| !level.row.is_empty()) {
                self.end_row(&[], ruled);
            }
        }
        let Some(level) = self.close() else { return };
        let Level { mut table, paragraphs, .. } = level;
        table.ruled |= ruled;
        let outermost = self.levels.len() == 1;
        let lines = table.lines(outermost, &mut self.left);
        self.overflowed |= self.left == 0;
        let level = self.level();
        level.paragraphs.extend(lines);
        level.paragraphs.extend(paragraphs);
    }

    /// The beginning of a text box anchored in the open paragraph.
    pub(in crate::source) fn open_box(&mut self) {
        self.open();
    }

    /// The end of a text box, which follows its paragraph.
    pub(in crate::source) fn close_box(&mut self) {
        let said = self.take_box();
        self.level().boxes.extend(said);
    }

    /// The end of a text box, note or header that stands elsewhere: its paragraphs.
    pub(in crate::source) fn take_box(&mut self) -> Vec<String> {
        self.close_paragraph();
        let Some(mut level) = self.close() else { return Vec::new() };
        while level.paragraphs.last().is_some_and(|last| last.trim().is_empty()) {
            level.paragraphs.pop();
        }
        level.paragraphs
    }

    /// Whether the text met its limit.
    pub(in crate::source) fn overflowed(&self) -> bool {
        self.overflowed
    }

    /// The encoding that most characters were in, where a font stood for it.
    pub(in crate::source) fn legacy_encoding(&self) -> Option<Encoding> {
        self.legacy.iter().max_by_key(|(_, count)| *count).map(|(encoding, _)| *encoding)
    }

    /// The text; tables and text boxes left open are closed.
    pub(in crate::source) fn finish(&mut self) -> Vec<String> {
        self.ignored = 0;
        while self.levels.len() > 1 {
            self.close_table(false);
        }
        self.close_paragraph();
        std::mem::take(&mut self.level().paragraphs)
    }

    fn open(&mut self) {
        if self.levels.len() > MOST_NESTED || self.ignored > 0 {
            self.ignored += 1;
        } else {
            self.levels.push(Level::default());
        }
    }

    /// Takes the innermost level away, unless it is the body or was never opened.
    fn close(&mut self) -> Option<Level> {
        if self.ignored > 0 {
            self.ignored -= 1;
            return None;
        }
        if self.levels.len() > 1 { self.levels.pop() } else { None }
    }

    fn level(&mut self) -> &mut Level {
        if self.levels.is_empty() {
            self.levels.push(Level::default());
        }
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    fn spend(&mut self, bytes: usize) -> bool {
        match self.left.checked_sub(bytes) {
            Some(left) => self.left = left,
            None => self.overflowed = true,
        }
        !self.overflowed
    }

    fn count_legacy(&mut self, spans: &[Span]) {
        for span in spans {
            let Script::Legacy(Font { encoding, .. }) = span.face.script else { continue };
            let letters = span.chars.chars().filter(|c| !c.is_ascii()).count();
            match self.legacy.iter_mut().find(|(known, _)| *known == encoding) {
                Some((_, count)) => *count += letters,
                None if letters > 0 => self.legacy.push((encoding, letters)),
                None => {}
            }
        }
    }
}

/// The text of the runs of a paragraph. Neighbours of one font are read together: a letter and its mark may stand in two.
fn decode(spans: &[Span]) -> String {
    let mut said = String::new();
    for group in spans.chunk_by(|a, b| a.face.script == b.face.script) {
        let alike = group.iter().all(|span| span.face.capitals == group[0].face.capitals);
        let parts: Vec<(String, bool)> = if alike {
            vec![(group.iter().map(|span| span.chars.as_str()).collect(), group[0].face.capitals)]
        } else {
            group.iter().map(|span| (span.chars.clone(), span.face.capitals)).collect()
        };
        for (chars, capitals) in parts {
            let text = group[0].face.script.decode(&chars);
            said.push_str(&if capitals { text.to_uppercase() } else { text });
        }
    }
    said.retain(|c| !c.is_control() || matches!(c, '\t' | '\n'));
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(font: &str) -> Face {
        Face { script: Script::of_font(font), capitals: false }
    }

    #[test]
    fn a_letter_and_its_mark_may_stand_in_two_runs() {
        let mut flow = Flow::new(1000);
        flow.text("Ba", face("VNI-Times"));
        flow.text("ù", face("VNI-Times"));
        flow.text("o", face("VNI-Helve"));
        flow.end_paragraph();
        assert_eq!(flow.finish(), ["Báo"]);
    }

    #[test]
    fn capitals_that_the_characters_do_not_hold_are_set() {
        let mut flow = Flow::new(1000);
        flow.text("b¸o c¸o", face(".VnTimeH"));
        flow.text(" §iÒu", face(".VnTime"));
        flow.text(" đô", Face { capitals: true, ..Face::default() });
        flow.end_paragraph();
        assert_eq!(flow.finish(), ["BÁO CÁO Điều ĐÔ"]);
    }

    #[test]
    fn unicode_in_a_legacy_font_stays() {
        let mut flow = Flow::new(1000);
        flow.text("Điều này", face(".VnTime"));
        flow.end_paragraph();
        assert_eq!(flow.finish(), ["Điều này"]);
    }

    #[test]
    fn a_box_follows_its_paragraph_and_a_table_in_a_cell_its_text() {
        let mut flow = Flow::new(1000);
        flow.text("a", Face::default());
        flow.open_box();
        flow.text("box", Face::default());
        flow.close_box();
        flow.text("b", Face::default());
        flow.end_paragraph();
        flow.open_table();
        flow.text("c", Face::default());
        flow.end_paragraph();
        flow.open_table();
        flow.text("d", Face::default());
        flow.close_table(false);
        flow.end_cell(None);
        flow.close_table(true);
        assert_eq!(flow.finish(), ["ab", "box", "c", "d"]);
    }

    #[test]
    fn nothing_opened_too_deep_loses_text_and_nothing_grows_past_its_limit() {
        let mut flow = Flow::new(4000);
        for _ in 0..1000 {
            flow.open_table();
        }
        flow.text("deep", Face::default());
        assert_eq!(flow.finish(), ["deep"]);

        let mut flow = Flow::new(100);
        for _ in 0..100 {
            flow.text("0123456789", Face::default());
            flow.end_paragraph();
        }
        assert!(flow.overflowed());
        assert!(flow.finish().concat().len() <= 100);
    }
}
