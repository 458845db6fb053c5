//! The documents that an archive holds under the key of a citation.

use super::{Archive, ArchiveError};
use crate::record::{ActFound, CatalogueUsed};

impl Archive {
    /// The documents with this key, the oldest first: what a citation with the key means.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn held(&self, key: &str) -> Result<Vec<ActFound>, ArchiveError> {
        let read = || {
            let mut select = self.db.prepare_cached(
                "SELECT number, type_name, title, issuer, date FROM documents WHERE key = ?1 ORDER BY date, id",
            )?;
            let rows = select.query_map([key], |row| {
                Ok(ActFound {
                    number: row.get(0)?,
                    kind: row.get(1)?,
                    name: row.get(2)?,
                    issuer: row.get(3)?,
                    issued: row.get(4)?,
                    ..ActFound::default()
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<ActFound>>>()
        };
        read().map_err(|error| self.told(error))
    }

    /// What an output says of it where it was asked as a catalogue is: its name, its documents, the rules that read them. It
    /// does not say to which day it is complete.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn used(&self, name: &str) -> Result<CatalogueUsed, ArchiveError> {
        let read = || {
            let acts = self.db.query_row("SELECT count(*) FROM documents", [], |row| row.get(0))?;
            let mut select = self.db.prepare("SELECT value FROM meta WHERE name = 'rules'")?;
            let version = select.query_map([], |row| row.get(0))?.next().transpose()?;
            Ok(CatalogueUsed { name: name.to_owned(), version: version.unwrap_or_default(), acts, known: None })
        };
        read().map_err(|error| self.told(error))
    }
}
