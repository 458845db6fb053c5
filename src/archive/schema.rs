//! Which version a database has, and how an older one is brought up.

use super::ArchiveError;
use rusqlite::Connection;
use std::path::Path;

/// The version of the schema that this code writes.
const VERSION: i64 = 3;

/// What marks a file as an archive of trich: `tric` as a number.
const APPLICATION: i64 = 0x7472_6963;

/// The oldest version that can be brought up. Version 1 did not say what read a document, version 2 not at which time a
/// quantity was so, and the full text of neither can be taken over.
const OLDEST: i64 = 3;

/// How many bytes a page of a new database has.
const PAGE: i64 = 8192;

/// The tables of version `OLDEST`, and what brings a database of version `OLDEST + i` to the next.
const TABLES: &str = include_str!("schema.sql");
const STEPS: [&str; (VERSION - OLDEST) as usize] = [];

/// Refuses what is no archive database, or one of another version.
pub(super) fn check(db: &Connection, path: &Path) -> Result<(), ArchiveError> {
    match versions(db, path)? {
        (APPLICATION, found) => within(path, found),
        _ => Err(ArchiveError::Foreign(path.to_owned())),
    }
}

/// Makes the tables of a new database, or brings an older one up.
pub(super) fn prepare(db: &mut Connection, path: &Path) -> Result<(), ArchiveError> {
    let told = |error| ArchiveError::of(path, error);
    let (application, version) = versions(db, path)?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(told)?;
    let todo: Vec<&str> = match application {
        APPLICATION => {
            within(path, version)?;
            STEPS.into_iter().skip(usize::try_from(version - OLDEST).unwrap_or_default()).collect()
        }
        0 if tables == 0 => std::iter::once(TABLES).chain(STEPS).collect(),
        _ => return Err(ArchiveError::Foreign(path.to_owned())),
    };
    if todo.is_empty() {
        return Ok(());
    }
    // Half as many pages are half as many calls to read and write them. It says nothing to a database that is there.
    db.pragma_update(None, "page_size", PAGE).map_err(told)?;
    let all = db.transaction().map_err(told)?;
    for step in todo {
        all.execute_batch(step).map_err(told)?;
    }
    all.pragma_update(None, "application_id", APPLICATION).map_err(told)?;
    all.pragma_update(None, "user_version", VERSION).map_err(told)?;
    all.commit().map_err(told)
}

/// Refuses a version that is not known here, or too old.
fn within(path: &Path, found: i64) -> Result<(), ArchiveError> {
    match found {
        OLDEST..=VERSION => Ok(()),
        ..OLDEST => Err(ArchiveError::Older { path: path.to_owned(), found }),
        _ => Err(ArchiveError::Newer { path: path.to_owned(), found, known: VERSION }),
    }
}

fn versions(db: &Connection, path: &Path) -> Result<(i64, i64), ArchiveError> {
    let pragma = |name| db.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let versions = pragma("application_id").and_then(|application| Ok((application, pragma("user_version")?)));
    versions.map_err(|error| ArchiveError::of(path, error))
}
