//! One workbook: a sheet for each table, its headings frozen.

use super::{
    Archive, ArchiveError, said,
    sheet::{Cells, SHEETS, Sheet},
    whole,
};
use rusqlite::types::ValueRef;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::path::{Path, PathBuf};

/// The most rows that a sheet can hold, its headings left out; and the most characters of a cell.
const MOST_ROWS: u32 = 1_048_575;
const MOST_CHARS: usize = 32_767;

struct Formats {
    heading: Format,
    date: Format,
    text: Format,
}

pub(super) fn write(archive: &Archive, dir: &Path) -> Result<Vec<PathBuf>, ArchiveError> {
    let path = whole(&dir.join("archive.xlsx"), |path| {
        let mut book = Workbook::new();
        let formats = Formats {
            heading: Format::new().set_bold().set_text_wrap(),
            date: Format::new().set_num_format("dd/mm/yyyy"),
            text: Format::new().set_num_format("@"),
        };
        for sheet in &SHEETS {
            fill(archive, &mut book, sheet, &formats, path)?;
        }
        book.save(path).map_err(|error| said(path, &error))
    })?;
    Ok(vec![path])
}

fn fill(
    archive: &Archive,
    book: &mut Workbook,
    sheet: &Sheet,
    formats: &Formats,
    path: &Path,
) -> Result<(), ArchiveError> {
    let sql = |error| archive.told(error);
    let told = |error: XlsxError| said(path, &error);
    let mut select = archive.db.prepare(&sheet.sql()).map_err(sql)?;
    let mut rows = select.query([]).map_err(sql)?;
    let mut part = 0;
    let mut next = rows.next().map_err(sql)?;
    loop {
        part += 1;
        let name = if part == 1 { sheet.heading.to_owned() } else { format!("{} ({part})", sheet.heading) };
        let page = book.add_worksheet_with_constant_memory().map_err(told)?;
        page.set_name(name).map_err(told)?;
        page.set_freeze_panes(1, 0).map_err(told)?;
        for (at, column) in (0..).zip(sheet.columns) {
            page.write_with_format(0, at, column.0, &formats.heading).map_err(told)?;
        }
        let mut line = 0;
        while let Some(row) = next.filter(|_| line < MOST_ROWS) {
            line += 1;
            for (at, column) in (0..).zip(sheet.columns) {
                let value = row.get_ref(usize::from(at)).map_err(sql)?;
                put(page, line, at, value, column.2, formats).map_err(told)?;
            }
            next = rows.next().map_err(sql)?;
        }
        if next.is_none() {
            return Ok(());
        }
    }
}

fn put(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    value: ValueRef<'_>,
    cells: Cells,
    formats: &Formats,
) -> Result<(), XlsxError> {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => {}
        ValueRef::Integer(n) => drop(page.write(row, column, n)?),
        ValueRef::Real(n) => drop(page.write(row, column, n)?),
        ValueRef::Text(text) => {
            let text = String::from_utf8_lossy(text);
            match ExcelDateTime::parse_from_str(&text) {
                Ok(day) if cells == Cells::Date && text.len() == 10 => {
                    page.write_with_format(row, column, &day, &formats.date)?;
                }
                _ => {
                    let short: String = cells.shown(&text).chars().take(MOST_CHARS).collect();
                    page.write_string_with_format(row, column, short, &formats.text)?;
                }
            }
        }
    }
    Ok(())
}
