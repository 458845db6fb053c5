//! A table of any SQLite database as CSV: catalogues of acts come in that form too.

use super::ArchiveError;
use csv::{QuoteStyle, WriterBuilder};
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use std::{error::Error, path::Path};

/// How an SQLite database begins.
pub const SQLITE: &[u8] = b"SQLite format 3\0";

/// The first table or view, by name, that has one of these columns, as CSV with a header line; nothing where none has.
///
/// # Errors
///
/// When the database cannot be read.
pub fn as_csv(path: &Path, columns: &[&str]) -> Result<Option<Vec<u8>>, ArchiveError> {
    read(path, columns).map_err(|error| ArchiveError::of(path, error))
}

fn read(path: &Path, columns: &[&str]) -> rusqlite::Result<Option<Vec<u8>>> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    let tables: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for table in tables {
        let mut select = db.prepare(&format!("SELECT * FROM \"{}\"", table.replace('"', "\"\"")))?;
        let names: Vec<String> = select.column_names().map(str::to_owned).collect();
        if !names.iter().any(|name| columns.contains(&name.to_lowercase().as_str())) {
            continue;
        }
        let mut out = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(Vec::new());
        out.write_record(&names).map_err(unwritten)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let cells = (0..names.len()).map(|at| row.get_ref(at).map(text)).collect::<rusqlite::Result<Vec<_>>>()?;
            out.write_record(&cells).map_err(unwritten)?;
        }
        return out.into_inner().map(Some).map_err(unwritten);
    }
    Ok(None)
}

fn text(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Null => String::new(),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// A row that cannot be written as CSV, as an error of the reading that it ends.
fn unwritten(error: impl Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_with_the_column_is_taken() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("van-ban.db");
        let db = Connection::open(&path).unwrap();
        db.execute_batch(
            "CREATE TABLE a (x); INSERT INTO a VALUES (1);
             CREATE TABLE van_ban (So_Hieu TEXT, trich_yeu TEXT, n INTEGER);
             INSERT INTO van_ban VALUES ('40/KH-UBND', 'về \"đất\", nhà', 3), ('41/KH-UBND', NULL, 4);",
        )
        .unwrap();
        let csv = as_csv(&path, &["number", "so_hieu"]).unwrap().unwrap();
        assert_eq!(
            String::from_utf8(csv).unwrap(),
            "\"So_Hieu\",\"trich_yeu\",\"n\"\n\"40/KH-UBND\",\"về \"\"đất\"\", nhà\",\"3\"\n\"41/KH-UBND\",\"\",\"4\"\n"
        );
        assert_eq!(as_csv(&path, &["khong_co"]).unwrap(), None);
    }
}
