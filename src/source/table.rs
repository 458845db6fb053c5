//! A table as lines of text.

/// The lines of a table whose cells hold lines: of a table with borders each row is one line; of one that only sets
/// columns beside each other (a letterhead, a signature block) the lines of a row stand line beside line.
pub(super) fn lines(rows: Vec<Vec<Vec<String>>>, bordered: bool) -> Vec<String> {
    // Nobody sets more than three columns side by side without meaning a table.
    let layout = !bordered && rows.iter().all(|row| row.len() <= 3);
    let mut lines = Vec::with_capacity(rows.len());
    for row in rows {
        if layout {
            let height = row.iter().map(Vec::len).max().unwrap_or(0);
            for at in 0..height {
                let cells: Vec<&str> = row.iter().map(|cell| cell.get(at).map_or("", String::as_str)).collect();
                lines.push(cells.join("\t"));
            }
        } else {
            let cells: Vec<String> = row.iter().map(|cell| cell.join(" ").replace('\t', " ")).collect();
            lines.push(cells.join("\t"));
        }
    }
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines.retain(|line| !line.is_empty());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<Vec<String>>> {
        let cell = |cell: &&str| cell.lines().map(str::to_owned).collect();
        rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    #[test]
    fn columns_stand_line_beside_line_and_tables_row_by_row() {
        let head = rows(&[&["UBND XÃ A\nSố: 5", "CỘNG HÒA\nĐộc lập\nNgày 5"]]);
        assert_eq!(lines(head.clone(), false), ["UBND XÃ A\tCỘNG HÒA", "Số: 5\tĐộc lập", "\tNgày 5"]);
        assert_eq!(lines(head, true), ["UBND XÃ A Số: 5\tCỘNG HÒA Độc lập Ngày 5"]);
        assert_eq!(lines(rows(&[&["1", "", "a\nb", "c"], &["", ""]]), false), ["1\t\ta b\tc"]);
    }
}
