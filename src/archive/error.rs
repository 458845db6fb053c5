use std::{io, path::PathBuf};
use thiserror::Error;

/// Why an archive database cannot be used. The message says what to do.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// There is no such database.
    #[error("{}: there is no such database; make it with `trich index FOLDER --db FILE`", .0.display())]
    Missing(PathBuf),
    /// The file is an SQLite database of something else, or none.
    #[error("{}: is no archive database of trich; name another file", .0.display())]
    Foreign(PathBuf),
    /// A newer version wrote it.
    #[error("{}: was written by a newer version of trich (database version {found}, this one knows {known}); use that version", .path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest version known here.
        known: i64,
    },
    /// An older version wrote it, which cannot be brought up.
    #[error("{}: was written by an older version of trich (database version {found}); index into a new file, or delete this one and index again: the documents themselves are untouched", .path.display())]
    Older {
        /// The database.
        path: PathBuf,
        /// Its version.
        found: i64,
    },
    /// Another run writes it.
    #[error("{}: another run is writing this database; wait until it has ended", .0.display())]
    Busy(PathBuf),
    /// Its lock file cannot be made.
    #[error("{}: cannot be locked: {error}; is the folder writable?", .path.display())]
    Lock {
        /// The lock file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The database is damaged.
    #[error("{}: is damaged ({said}); delete it and index again: the documents themselves are untouched", .path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What SQLite says.
        said: String,
    },
    /// The disk is full: what was committed stands.
    #[error("{}: the disk is full; what was reported done is kept: free some space and run the same command again", .0.display())]
    Full(PathBuf),
    /// The database may not be written.
    #[error("{}: may not be written; check who owns the file and its folder", .0.display())]
    ReadOnly(PathBuf),
    /// Anything else that SQLite refuses.
    #[error("{}: {error}", .path.display())]
    Sqlite {
        /// The database.
        path: PathBuf,
        /// What SQLite says.
        error: rusqlite::Error,
    },
    /// A record or a text cannot be written out.
    #[error("{}: cannot be written: {said}", .path.display())]
    Export {
        /// What was being written.
        path: PathBuf,
        /// What went wrong.
        said: String,
    },
}

impl ArchiveError {
    /// What an error of SQLite means for the user of the database at `path`.
    pub(super) fn of(path: &std::path::Path, error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => ArchiveError::Foreign(path),
            Some(ErrorCode::DatabaseCorrupt) => ArchiveError::Damaged { path, said: error.to_string() },
            Some(ErrorCode::DiskFull) => ArchiveError::Full(path),
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                ArchiveError::ReadOnly(path)
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => ArchiveError::Busy(path),
            _ => ArchiveError::Sqlite { path, error },
        }
    }
}
