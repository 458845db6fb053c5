//! Many rows in one statement: to begin and end a statement costs more than to write a row.

use rusqlite::{Connection, Statement, ToSql};

/// How many rows a statement takes.
const ROWS: usize = 16;

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
    let whole = items.len() - items.len() % ROWS;
    for (rows, from, items) in [(ROWS, 0, &items[..whole]), (1, whole, &items[whole..])] {
        if items.is_empty() {
            continue;
        }
        // What fails ends the whole transaction: no statement of its own need be undone.
        let row = format!("({})", vec!["?"; columns].join(", "));
        let mut statement =
            db.prepare_cached(&format!("INSERT OR FAIL INTO {table} VALUES {}", vec![row.as_str(); rows].join(", ")))?;
        for (part, items) in items.chunks(rows).enumerate() {
            let mut row = Row { statement: &mut statement, bound: 0 };
            for (at, item) in items.iter().enumerate() {
                bind(from + part * rows + at, item, &mut row)?;
            }
            statement.raw_execute()?;
        }
    }
    Ok(())
}
