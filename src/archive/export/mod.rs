//! An archive written out for other tools: CSV and XLSX of each table and of the register of documents, JSONL of the
//! records.

mod csv;
mod jsonl;
mod sheet;
mod xlsx;

use super::{Archive, ArchiveError};
use crate::Extractor;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What an archive is written out as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// One record a line, as `trich extract` writes it.
    Jsonl,
    /// A file for each table, UTF-8 with a byte order mark, safe to open in a spreadsheet.
    Csv,
    /// One workbook, a sheet for each table.
    Xlsx,
}

impl Archive {
    /// Writes the archive into the folder `dir`, which is made if need be, and returns the files written. Each file is
    /// written beside its place and then renamed. `extractor` makes the records of JSONL from the texts.
    ///
    /// # Errors
    ///
    /// When the database cannot be read or a file cannot be written.
    pub fn export(&self, target: Target, extractor: &Extractor<'_>, dir: &Path) -> Result<Vec<PathBuf>, ArchiveError> {
        fs::create_dir_all(dir).map_err(|error| said(dir, &error))?;
        match target {
            Target::Jsonl => jsonl::write(self, extractor, dir),
            Target::Csv => csv::write(self, dir),
            Target::Xlsx => xlsx::write(self, dir),
        }
    }
}

fn said(path: &Path, error: &dyn std::fmt::Display) -> ArchiveError {
    ArchiveError::Export { path: path.to_owned(), said: error.to_string() }
}

/// Writes a file beside its place, and puts it there when it is whole.
fn whole(path: &Path, write: impl FnOnce(&Path) -> Result<(), ArchiveError>) -> Result<PathBuf, ArchiveError> {
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let written = write(&partial).and_then(|()| fs::rename(&partial, path).map_err(|error| said(path, &error)));
    if written.is_err() {
        // What is half-written is of no use; that it cannot be removed changes nothing of the error.
        let _ = fs::remove_file(&partial);
    }
    written.map(|()| path.to_owned())
}
