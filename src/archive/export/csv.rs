//! CSV for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would run.

use super::{Archive, ArchiveError, said, sheet, whole};
use rusqlite::types::ValueRef;
use std::{
    borrow::Cow,
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

pub(super) fn write(archive: &Archive, dir: &Path) -> Result<Vec<PathBuf>, ArchiveError> {
    let one =
        |sheet: &sheet::Sheet| whole(&dir.join(sheet.name).with_extension("csv"), |path| table(archive, sheet, path));
    sheet::SHEETS.iter().map(one).collect()
}

fn table(archive: &Archive, sheet: &sheet::Sheet, path: &Path) -> Result<(), ArchiveError> {
    let told = |error: csv::Error| said(path, &error);
    let mut file = BufWriter::new(File::create(path).map_err(|error| said(path, &error))?);
    file.write_all(b"\xef\xbb\xbf").map_err(|error| said(path, &error))?;
    let mut out = csv::Writer::from_writer(file);
    out.write_record(sheet.columns.iter().map(|column| column.0)).map_err(told)?;
    let sql = |error| archive.told(error);
    let mut select = archive.db.prepare(&sheet.sql()).map_err(sql)?;
    let mut rows = select.query([]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        for (at, column) in sheet.columns.iter().enumerate() {
            out.write_field(&*cell(row.get_ref(at).map_err(sql)?, column.2)).map_err(told)?;
        }
        out.write_record(None::<&[u8]>).map_err(told)?;
    }
    out.flush().map_err(|error| said(path, &error))
}

fn cell(value: ValueRef<'_>, cells: sheet::Cells) -> Cow<'_, str> {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Cow::Borrowed(""),
        ValueRef::Integer(n) => Cow::Owned(n.to_string()),
        ValueRef::Real(n) => Cow::Owned(n.to_string()),
        ValueRef::Text(text) => match String::from_utf8_lossy(text) {
            Cow::Borrowed(text) => safe(Cow::Borrowed(cells.shown(text))),
            mended => safe(mended),
        },
    }
}

/// A text that a spreadsheet would take for a formula gets the apostrophe that makes it text.
fn safe(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { Cow::Owned(format!("'{text}")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(safe("=1+1".into()), "'=1+1");
        assert_eq!(safe("@SUM".into()), "'@SUM");
        assert_eq!(safe("15/KH-UBND".into()), "15/KH-UBND");
    }
}
