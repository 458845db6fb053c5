//! What property changes make of characters, paragraphs and rows.

use super::{
    bytes::{i16_at, u8_at, u16_at, u32_at},
    sprm::{changes, code},
    styles::Styles,
};

/// How characters are to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Characters {
    /// The number of the font of ASCII characters.
    pub(super) font_ascii: u16,
    /// The number of the font of the others, which decides how all are read.
    pub(super) font: u16,
    pub(super) capitals: bool,
    pub(super) hidden: bool,
    pub(super) deleted: bool,
    pub(super) inserted: bool,
    /// Whether the characters are marks rather than text.
    pub(super) special: bool,
    /// A character of a font of symbols, which stands for a mark.
    pub(super) symbol: Option<(u16, u16)>,
}

impl Characters {
    /// These, changed; `styled` are those of the paragraph's style.
    pub(super) fn changed(mut self, group: &[u8], styled: Characters, styles: &Styles<'_>) -> Characters {
        for (number, operand) in changes(group) {
            let toggled = |styled: bool| match u8_at(operand, 0) {
                Some(0x80) => styled,
                Some(0x81) => !styled,
                on => on == Some(1),
            };
            match number {
                code::CHARACTER_STYLE => {
                    let style = u16_at(operand, 0).unwrap_or(0);
                    self = styles.apply_character_style(style, self);
                }
                code::PLAIN => self = styled,
                code::CAPITALS => self.capitals = toggled(styled.capitals),
                code::HIDDEN => self.hidden = toggled(styled.hidden),
                code::DELETED => self.deleted = toggled(false),
                code::INSERTED => self.inserted = toggled(false),
                code::SPECIAL => self.special = toggled(false),
                code::FONT_ASCII => self.font_ascii = u16_at(operand, 0).unwrap_or(0),
                code::FONT_OTHER => self.font = u16_at(operand, 0).unwrap_or(0),
                code::SYMBOL => self.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
                _ => {}
            }
        }
        self
    }
}

/// What a paragraph is.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    pub(super) style: u16,
    in_table: bool,
    depth: u32,
    row_end: bool,
    inner_cell: bool,
    inner_row_end: bool,
    /// The number of a use of a list, from 1.
    pub(super) list: u16,
    pub(super) level: u8,
    pub(super) row: Row,
}

/// The shape of a row, which its last mark tells.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The left edges of its cells, in twentieths of a point.
    pub(super) edges: Vec<i32>,
    /// Whether lines are drawn between columns.
    pub(super) ruled: bool,
}

impl Paragraph {
    /// One that says nothing but its style.
    pub(super) fn of_style(style: u16) -> Paragraph {
        Paragraph { style, ..Paragraph::default() }
    }

    /// Changes it. `data` is the stream in which long groups lie.
    pub(super) fn change(&mut self, group: &[u8], data: &[u8]) {
        for (number, operand) in changes(group) {
            let on = u8_at(operand, 0) == Some(1);
            match number {
                code::IN_TABLE => self.in_table = on,
                code::ROW_END => self.row_end = on,
                code::INNER_CELL => self.inner_cell = on,
                code::INNER_ROW_END => self.inner_row_end = on,
                code::TABLE_DEPTH => self.depth = u32_at(operand, 0).unwrap_or(0),
                code::LIST => self.list = u16_at(operand, 0).unwrap_or(0),
                code::LIST_LEVEL => self.level = u8_at(operand, 0).unwrap_or(0),
                code::HUGE | code::HUGE_OLD => {
                    let at = u32_at(operand, 0).unwrap_or(u32::MAX) as usize;
                    let length = u16_at(data, at).map_or(0, usize::from);
                    if let Some(group) = at.checked_add(2).and_then(|from| data.get(from..from + length)) {
                        self.change_row(group);
                    }
                }
                _ => self.row.change(number, operand),
            }
        }
    }

    fn change_row(&mut self, group: &[u8]) {
        for (number, operand) in changes(group) {
            match number {
                code::IN_TABLE => self.in_table = true,
                code::ROW_END => self.row_end = true,
                _ => self.row.change(number, operand),
            }
        }
    }

    /// How many tables it lies in.
    pub(super) fn depth(&self) -> usize {
        (self.depth as usize).max(usize::from(self.in_table))
    }

    /// Whether its mark ends a row.
    pub(super) fn ends_row(&self) -> bool {
        self.row_end || self.inner_row_end
    }

    /// Whether its mark, which looks like that of a paragraph, ends a cell of an inner table.
    pub(super) fn ends_inner_cell(&self) -> bool {
        self.inner_cell
    }
}

impl Row {
    fn change(&mut self, number: u16, operand: &[u8]) {
        match number {
            code::TABLE | code::TABLE_OLD => {
                let count = u8_at(operand, 0).map_or(0, usize::from).min(64);
                self.edges = (0..count).map_while(|n| i16_at(operand, 1 + n * 2).map(i32::from)).collect();
                let cells = operand.get(1 + (count + 1) * 2..).unwrap_or_default();
                if number == code::TABLE {
                    self.ruled |= cells.chunks_exact(20).any(|cell| draws(&cell[8..12], 1) || draws(&cell[16..20], 1));
                }
            }
            code::TABLE_BORDERS_OLD => {
                self.ruled |= operand.chunks_exact(4).enumerate().any(|(n, side)| n % 2 == 1 && draws(side, 1));
            }
            code::TABLE_BORDERS => {
                self.ruled |= operand.chunks_exact(8).enumerate().any(|(n, side)| n % 2 == 1 && draws(side, 5));
            }
            _ => {}
        }
    }
}

/// Whether a border is drawn: the byte at `kind` says how.
fn draws(border: &[u8], kind: usize) -> bool {
    border.iter().any(|byte| *byte != 0xff) && border.get(kind).is_some_and(|kind| *kind != 0)
}
