//! The full text made one piece, when much has been added to it: a search then reads each list of places in one go.

use rusqlite::{Connection, OptionalExtension};

/// How many pages are merged at a time: what they took up before is free only then, and the file grows by it.
const PAGES: i64 = 256;

/// The mark of `meta` that says how many documents there were when the full text was last made one piece.
const DONE: &str = "merged";

/// Merges what the full-text tables hold if a quarter of all documents or more was added since that was last done, or was
/// read again by this run. It is done in steps, each its own transaction; where it ends early, what is there is as true as
/// before, and the next run does it.
pub(super) fn merge(db: &Connection, added: usize) -> rusqlite::Result<()> {
    let all: i64 = db.query_row("SELECT count(*) FROM documents", [], |row| row.get(0))?;
    let done = "SELECT CAST(value AS INTEGER) FROM meta WHERE name = ?1";
    let merged: Option<i64> = db.query_row(done, [DONE], |row| row.get(0)).optional()?;
    let fresh = (added as i64).max(all - merged.unwrap_or_default());
    if fresh <= 0 || fresh < all / 4 {
        return Ok(());
    }
    for table in ["words", "heads", "marked"] {
        let mut step = db.prepare(&format!("INSERT INTO {table} ({table}, rank) VALUES ('merge', ?1)"))?;
        loop {
            let before = db.total_changes();
            step.execute([-PAGES])?;
            // The statement itself is one change.
            if db.total_changes() - before < 2 {
                break;
            }
        }
    }
    db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", (DONE, all.to_string())).map(drop)
}
