//! A table into lines of text.

/// A cell: its paragraphs (a line break inside one is `\n`), and where its left edge lies, in any unit of its table.
#[derive(Debug, Default)]
pub(super) struct Cell {
    pub(super) paragraphs: Vec<String>,
    pub(super) start: Option<i32>,
}

/// A table as it was read.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) rows: Vec<Vec<Cell>>,
    /// Whether lines are drawn between its columns.
    pub(super) ruled: bool,
}

/// Word allows no more columns; what lies beyond is put into the last.
pub(in crate::source) const MOST_COLUMNS: usize = 64;
/// Nobody sets more columns side by side without meaning a table.
const MOST_ASIDE: usize = 3;
/// The least and the greatest width that a column of a layout table is filled up to.
const WIDTH: (usize, usize) = (40, 72);
/// Left edges nearer than this are one column: hand-drawn rows differ by a hair.
const SAME_EDGE: i32 = 60;

impl Table {
    /// Its lines. A table with rules has one line a row, the paragraphs of a cell joined by a space; a table without is a
    /// means of setting things side by side, and keeps the lines of its cells, one under the other if `aligned`.
    /// They take at most `left` bytes, which are taken off it.
    pub(super) fn lines(mut self, aligned: bool, left: &mut usize) -> Vec<String> {
        for row in &mut self.rows {
            gather(row);
        }
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        match (columns, self.ruled) {
            (0 | 1, _) => self.rows.into_iter().flatten().flat_map(|cell| cell.paragraphs).collect(),
            (2..=MOST_ASIDE, false) => self.layout_lines(columns, aligned, left),
            _ => self.ruled_lines(left),
        }
    }

    fn ruled_lines(self, left: &mut usize) -> Vec<String> {
        let edges = self.edges();
        self.rows
            .into_iter()
            .map_while(|row| {
                let mut line = String::new();
                let mut tabs = 0;
                for (place, cell) in row.into_iter().enumerate() {
                    let column = match (&edges, cell.start) {
                        (Some(edges), Some(start)) => edges.partition_point(|edge| edge + SAME_EDGE <= start),
                        _ => place,
                    };
                    while tabs < column.max(place) {
                        line.push('\t');
                        tabs += 1;
                    }
                    let words = cell.paragraphs.iter().flat_map(|paragraph| paragraph.split_whitespace());
                    for (n, word) in words.enumerate() {
                        if n > 0 {
                            line.push(' ');
                        }
                        line.push_str(word);
                    }
                }
                spend(left, line.len()).then_some(line)
            })
            .collect()
    }

    /// The left edges that cells of the table have, where every cell says its own and there are not too many.
    fn edges(&self) -> Option<Vec<i32>> {
        let mut starts = self.rows.iter().flatten().map(|cell| cell.start).collect::<Option<Vec<i32>>>()?;
        starts.sort_unstable();
        starts.dedup_by(|next, before| next.saturating_sub(*before) < SAME_EDGE);
        (starts.len() <= MOST_COLUMNS).then_some(starts)
    }

    fn layout_lines(self, columns: usize, aligned: bool, left: &mut usize) -> Vec<String> {
        let cells: Vec<Vec<Vec<&str>>> = self
            .rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.paragraphs.iter().flat_map(|p| p.split('\n')).collect()).collect())
            .collect();
        let width = |column: usize| {
            let widest = cells.iter().filter_map(|row| row.get(column)).flatten().map(|line| length(line)).max();
            widest.unwrap_or(0).clamp(WIDTH.0, WIDTH.1)
        };
        let widths: Vec<usize> = if aligned { (0..columns).map(width).collect() } else { Vec::new() };
        let mut lines = Vec::new();
        for row in &cells {
            for at in 0..row.iter().map(Vec::len).max().unwrap_or(0) {
                let said = |column: &Vec<&str>| column.get(at).is_some_and(|line| !line.trim().is_empty());
                let last = row.iter().rposition(said).unwrap_or(0);
                let mut line = String::new();
                for (column, cell) in row.iter().enumerate().take(last + 1) {
                    let words = cell.get(at).copied().unwrap_or_default();
                    line.push_str(words);
                    if column < last {
                        let fill = widths.get(column).map_or(0, |width| width.saturating_sub(length(words)));
                        line.extend(std::iter::repeat_n(' ', fill));
                        line.push('\t');
                    }
                }
                line.truncate(line.trim_end().len());
                if !spend(left, line.len()) {
                    return lines;
                }
                lines.push(line);
            }
        }
        lines
    }
}

/// Takes the bytes of a line off what is left; false, and nothing is left, where there are not so many.
fn spend(left: &mut usize, bytes: usize) -> bool {
    let enough = *left > bytes;
    *left = if enough { *left - bytes } else { 0 };
    enough
}

fn length(line: &str) -> usize {
    line.chars().count()
}

/// Puts what lies beyond the last column allowed into that column.
fn gather(row: &mut Vec<Cell>) {
    if row.len() > MOST_COLUMNS {
        let beyond: Vec<String> = row.drain(MOST_COLUMNS..).flat_map(|cell| cell.paragraphs).collect();
        if let Some(last) = row.last_mut() {
            last.paragraphs.extend(beyond);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(paragraphs: &[&str], start: Option<i32>) -> Cell {
        Cell { paragraphs: paragraphs.iter().map(|p| (*p).to_owned()).collect(), start }
    }

    #[test]
    fn columns_without_rules_stand_line_beside_line() {
        let row = vec![cell(&["UBND XÃ A", "Số: 1"], None), cell(&["CỘNG HÒA", "", "ngày 1"], None)];
        let lines = Table { rows: vec![row], ruled: false }.lines(true, &mut 10_000);
        let words: Vec<Vec<&str>> = lines.iter().map(|line| line.split('\t').map(str::trim).collect()).collect();
        assert_eq!(words, [vec!["UBND XÃ A", "CỘNG HÒA"], vec!["Số: 1"], vec!["", "ngày 1"]]);
        assert_eq!(lines[0].find('\t').map(|at| lines[0][..at].chars().count()), Some(40));
    }

    #[test]
    fn a_row_with_rules_is_one_line_and_merged_cells_keep_their_column() {
        let rows = vec![
            vec![cell(&["Tên"], Some(0)), cell(&["Số", "lượng"], Some(100)), cell(&["Ghi chú"], Some(300))],
            vec![cell(&["A"], Some(0)), cell(&["1"], Some(100)), cell(&["2"], Some(200)), cell(&["x"], Some(310))],
        ];
        assert_eq!(Table { rows, ruled: true }.lines(true, &mut 10_000), ["Tên\tSố lượng\t\tGhi chú", "A\t1\t2\tx"]);
    }

    #[test]
    fn a_frame_of_one_cell_keeps_its_paragraphs() {
        let rows = vec![vec![cell(&["Điều 1.", "Điều 2."], None)]];
        assert_eq!(Table { rows, ruled: true }.lines(true, &mut 10_000), ["Điều 1.", "Điều 2."]);
    }

    #[test]
    fn too_many_columns_lose_no_text() {
        let row = (0..100).map(|n| cell(&[&n.to_string()], None)).collect();
        let line = Table { rows: vec![row], ruled: true }.lines(true, &mut 10_000).remove(0);
        assert_eq!(line.split('\t').count(), MOST_COLUMNS);
        assert!(line.ends_with("98 99"));
    }
}
