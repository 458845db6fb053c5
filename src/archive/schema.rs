//! Which version a database has, and how an older one is brought up.

use super::ArchiveError;
use rusqlite::Connection;
use std::path::Path;

/// The version of the schema that this code writes.
const VERSION: i64 = 1;

/// What marks a file as an archive of trich: `tric` as a number.
const APPLICATION: i64 = 0x7472_6963;

/// What brings a database from version `i` to `i + 1`.
const STEPS: [&str; VERSION as usize] = [include_str!("schema.sql")];

/// Refuses what is no archive database, or a newer one.
pub(super) fn check(db: &Connection, path: &Path) -> Result<(), ArchiveError> {
    match versions(db, path)? {
        (APPLICATION, VERSION) => Ok(()),
        (APPLICATION, found) if found > VERSION => {
            Err(ArchiveError::Newer { path: path.to_owned(), found, known: VERSION })
        }
        _ => Err(ArchiveError::Foreign(path.to_owned())),
    }
}

/// Makes the tables of a new database, or brings an older one up.
pub(super) fn prepare(db: &mut Connection, path: &Path) -> Result<(), ArchiveError> {
    let told = |error| ArchiveError::of(path, error);
    let (application, version) = versions(db, path)?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(told)?;
    if application != APPLICATION && (tables > 0 || application != 0) {
        return Err(ArchiveError::Foreign(path.to_owned()));
    }
    if version > VERSION {
        return Err(ArchiveError::Newer { path: path.to_owned(), found: version, known: VERSION });
    }
    let todo = usize::try_from(version).ok().and_then(|done| STEPS.get(done..)).unwrap_or_default();
    if todo.is_empty() {
        return Ok(());
    }
    let all = db.transaction().map_err(told)?;
    for step in todo {
        all.execute_batch(step).map_err(told)?;
    }
    all.pragma_update(None, "application_id", APPLICATION).map_err(told)?;
    all.pragma_update(None, "user_version", VERSION).map_err(told)?;
    all.commit().map_err(told)
}

fn versions(db: &Connection, path: &Path) -> Result<(i64, i64), ArchiveError> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let versions = pragma("application_id").and_then(|application| Ok((application, pragma("user_version")?)));
    versions.map_err(|error| ArchiveError::of(path, error))
}
