//! Many rows in one statement: to begin and end a statement costs more than to write a row.

use rusqlite::{Connection, Statement, ToSql};

/// How many rows a statement takes: as many as there are, then fewer.
const ROWS: [usize; 4] = [32, 8, 2, 1];

/// The values of a row on their way into a statement.
pub(super) struct Row<'s, 'd> {
    statement: &'s mut Statement<'d>,
    bound: usize,
}

impl Row<'_, '_> {
    /// Gives the next column its value.
    pub(super) fn put(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.bound += 1;
        self.statement.raw_bind_parameter(self.bound, value)
    }
}

/// Inserts items as rows of a table; `bind` puts the values of each, which it is given with its place.
pub(super) fn insert<T>(
    db: &Connection,
    table: &str,
    columns: usize,
    items: &[T],
    mut bind: impl FnMut(usize, &T, &mut Row<'_, '_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut from = 0;
    for rows in ROWS {
        let parts = items[from..].chunks_exact(rows);
        if parts.len() == 0 {
            continue;
        }
        // What fails ends the whole transaction: no statement of its own need be undone.
        let row = format!(", ({})", &"?, ".repeat(columns)[..3 * columns - 2]);
        let sql = format!("INSERT OR FAIL INTO {table} VALUES {}", &row.repeat(rows)[2..]);
        let mut statement = db.prepare_cached(&sql)?;
        for part in parts {
            let mut row = Row { statement: &mut statement, bound: 0 };
            for (at, item) in (from..).zip(part) {
                bind(at, item, &mut row)?;
            }
            statement.raw_execute()?;
            from += rows;
        }
    }
    Ok(())
}
