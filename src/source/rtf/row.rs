//! The shape of a table row, as it is set before or behind its cells.

/// The row that is being set.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    left: i32,
    edges: Vec<i32>,
    /// Whether lines are drawn between its columns.
    pub(super) ruled: bool,
    /// Whether the next kind of border is one of a column.
    column_border: bool,
}

impl Row {
    /// Reads a word that shapes rows; false if it is none.
    pub(super) fn word(&mut self, name: &str, number: Option<i32>) -> bool {
        match name {
            "trowd" => *self = Row::default(),
            "trleft" => self.left = number.unwrap_or(0),
            "cellx" if self.edges.len() < 64 => self.edges.push(number.unwrap_or(0)),
            "cellx" => {}
            "clbrdrl" | "clbrdrr" | "trbrdrl" | "trbrdrr" | "trbrdrv" => self.column_border = true,
            _ if name.starts_with("brdr") && name.len() > 4 => match name {
                "brdrt" | "brdrb" | "brdrl" | "brdrr" | "brdrbtw" | "brdrbar" => self.column_border = false,
                "brdrnone" | "brdrnil" | "brdrw" | "brdrcf" => self.column_border &= name == "brdrw",
                _ => {
                    self.ruled |= self.column_border;
                    self.column_border = false;
                }
            },
            _ if name.starts_with("clbrdr") || name.starts_with("trbrdr") => self.column_border = false,
            _ => return false,
        }
        true
    }

    /// The left edges of its cells.
    pub(super) fn starts(&self) -> Vec<i32> {
        std::iter::once(self.left).chain(self.edges.iter().copied()).take(self.edges.len()).collect()
    }
}
