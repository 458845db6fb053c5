//! The full text made one piece, when a run has added much to it: a search then reads each list of places in one go.

use rusqlite::Connection;

/// How many pages are merged at a time: what they took up before is free only then, and the file grows by it.
const PAGES: i64 = 256;

/// Merges what the full-text tables hold if the run added a quarter of all documents or more. It is done in steps, each its
/// own transaction; where it ends early, what is there is as true as before.
pub(super) fn merge(db: &Connection, added: usize) -> rusqlite::Result<()> {
    let all: i64 = db.query_row("SELECT count(*) FROM documents", [], |row| row.get(0))?;
    if added == 0 || (added as i64) < all / 4 {
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
    Ok(())
}
