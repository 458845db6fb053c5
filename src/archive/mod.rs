//! An archive as a database: one SQLite file that holds the documents of a folder tree, their facts and a full-text index.
//!
//! The schema stands in `schema.sql`; `docs/archive.md` describes it. [`Writer`] is the one that writes; [`Archive`] answers
//! questions, while a run writes too.

mod bulk;
mod entry;
mod error;
mod export;
mod facets;
mod facts;
mod filter;
mod graph;
mod held;
mod hit;
mod key;
mod matches;
mod merge;
mod order;
mod query;
mod rank;
mod relate;
mod rows;
mod schema;
mod search;
mod shared;
mod sheet;
mod stats;
mod verbatim;
mod write;

pub use entry::{Entry, Seen};
pub use error::ArchiveError;
pub use export::Target;
pub use graph::{Citing, Missing, Standing};
pub use hit::Snippet;
pub use query::{Day, Query, Sort, Years};
pub use search::{Found, Page};
pub use sheet::{SQLITE, as_csv};
pub use stats::{Duplicate, Related, Stats};
pub use write::{Known, Writer};

use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};

/// How many statements are kept ready.
const STATEMENTS: usize = 64;

/// Of how much of a database the pages are read where the system holds them: as much as SQLite allows.
const MAPPED: u64 = 0x7fff_0000;

/// An archive database, opened for questions.
#[derive(Debug)]
pub struct Archive {
    db: Connection,
    path: PathBuf,
}

impl Archive {
    /// Opens the database at `path`, which a [`Writer`] made.
    ///
    /// # Errors
    ///
    /// When there is no such file, or it is no archive database, damaged, or of a newer version.
    pub fn open(path: &Path) -> Result<Archive, ArchiveError> {
        if !path.exists() {
            return Err(ArchiveError::Missing(path.to_owned()));
        }
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
            .map_err(|error| ArchiveError::of(path, error))?;
        schema::check(&db, path)?;
        // A search reads the same lists of places more than once, and need not copy what it reads.
        db.execute_batch(&format!("PRAGMA cache_size = -65536; PRAGMA mmap_size = {MAPPED}"))
            .map_err(|error| ArchiveError::of(path, error))?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        Ok(Archive { db, path: path.to_owned() })
    }

    /// Where the database is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn told(&self, error: rusqlite::Error) -> ArchiveError {
        ArchiveError::of(&self.path, error)
    }
}
