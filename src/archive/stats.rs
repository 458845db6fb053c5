//! What is in an archive.

use super::{Archive, ArchiveError};
use rusqlite::Params;
use serde::Serialize;

/// How often a value stands in the archive.
pub type Tally = (String, usize);

/// Documents that bear the same number, symbol and issuer: the duplicate that Nghị định 30/2020/NĐ-CP, Phụ lục VI, names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    /// The number.
    pub number: String,
    /// The issuer.
    pub issuer: String,
    /// The date.
    pub date: Option<String>,
    /// The files.
    pub paths: Vec<String>,
}

/// Documents that are one paper, or nearly so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Related {
    /// `near` (nearly the same text), `draft_of` (the first is a draft of the other), `same_number`.
    pub kind: String,
    /// In how many bits of 64 their fingerprints differ: docs/identity.md.
    pub distance: usize,
    /// The first file of the document.
    pub path: String,
    /// The first file of the other.
    pub other: String,
}

/// An archive in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Files met, whatever became of them.
    pub files: usize,
    /// Documents, each content counted once.
    pub documents: usize,
    /// Papers in these documents.
    pub papers: usize,
    /// Files that could not be read.
    pub failed: Vec<(String, String)>,
    /// Files that are no longer there.
    pub vanished: usize,
    /// Documents of each type.
    pub types: Vec<Tally>,
    /// Documents of each year.
    pub years: Vec<Tally>,
    /// Those who issued most.
    pub issuers: Vec<Tally>,
    /// The acts cited by most documents.
    pub cited: Vec<Tally>,
    /// Citations whose document is held, and all that have a key.
    pub citations_held: (usize, usize),
    /// What bears the same number, symbol and issuer twice.
    pub duplicates: Vec<Duplicate>,
    /// How many documents are related to another, by kind.
    pub relations: Vec<Tally>,
    /// Drafts with what was issued, and what is nearly the same: the nearest first.
    pub related: Vec<Related>,
}

/// How many rows of each ranking are shown.
const TOP: usize = 20;

impl Archive {
    /// The archive in figures.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn stats(&self) -> Result<Stats, ArchiveError> {
        self.figures().map_err(|error| self.told(error))
    }

    fn figures(&self) -> rusqlite::Result<Stats> {
        let one = |sql: &str| self.db.query_row(sql, [], |row| row.get::<_, i64>(0)).map(|n| n.max(0) as usize);
        let held = "SELECT count(*) FROM acts AS c JOIN citations ON act = c.id \
                    WHERE EXISTS (SELECT 1 FROM documents AS d WHERE d.key = c.key)";
        Ok(Stats {
            files: one("SELECT count(*) FROM files")?,
            documents: one("SELECT count(*) FROM documents")?,
            papers: one("SELECT (SELECT count(*) FROM papers) + (SELECT count(*) FROM documents) \
                 - (SELECT count(DISTINCT document) FROM papers)")?,
            failed: self.rows("SELECT path, error FROM files WHERE status = 'failed' ORDER BY path", [])?,
            vanished: one("SELECT count(*) FROM files WHERE status = 'vanished'")?,
            types: self.tally("SELECT coalesce(type, 'not stated'), count(*) AS n FROM documents GROUP BY type")?,
            years: self
                .tally("SELECT coalesce(year, 'not stated') || '', count(*) AS n FROM documents GROUP BY year")?,
            issuers: self
                .tally("SELECT issuer, count(*) AS n FROM documents WHERE issuer IS NOT NULL GROUP BY issuer_folded")?,
            cited: self.tally(
                "SELECT coalesce(number, name || coalesce(' ' || year, '')), count(DISTINCT document) AS n \
                 FROM acts JOIN citations ON act = id WHERE key IS NOT NULL GROUP BY key",
            )?,
            citations_held: (
                one(held)?,
                one("SELECT count(*) FROM acts JOIN citations ON act = id WHERE key IS NOT NULL")?,
            ),
            duplicates: self.duplicates()?,
            relations: self.tally("SELECT kind, count(*) AS n FROM related GROUP BY kind")?,
            related: self.related()?,
        })
    }

    fn tally(&self, sql: &str) -> rusqlite::Result<Vec<Tally>> {
        let rows: Vec<(String, i64)> = self.rows(&format!("{sql} ORDER BY n DESC, 1 LIMIT {TOP}"), [])?;
        Ok(rows.into_iter().map(|(value, n)| (value, n.max(0) as usize)).collect())
    }

    fn related(&self) -> rusqlite::Result<Vec<Related>> {
        let path = |id| format!("coalesce((SELECT min(path) FROM files WHERE document = {id} AND part = 'text'), '')");
        let mut select = self.db.prepare(&format!(
            "SELECT kind, distance, {}, {} FROM related AS r WHERE kind != 'same_number' \
             ORDER BY kind, distance, r.document LIMIT {TOP}",
            path("r.document"),
            path("r.other")
        ))?;
        let rows = select.query_map([], |row| {
            let distance = row.get::<_, i64>(1)?.max(0) as usize;
            Ok(Related { kind: row.get(0)?, distance, path: row.get(2)?, other: row.get(3)? })
        })?;
        rows.collect()
    }

    fn duplicates(&self) -> rusqlite::Result<Vec<Duplicate>> {
        let mut select = self.db.prepare(
            "SELECT d.key, d.id, d.number, d.issuer, d.date FROM documents AS d WHERE d.key IN \
             (SELECT key FROM documents WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1) ORDER BY d.key, d.id",
        )?;
        let mut rows = select.query([])?;
        let mut all: Vec<(String, Duplicate)> = Vec::new();
        while let Some(row) = rows.next()? {
            let key: String = row.get(0)?;
            let paths = self.paths(row.get(1)?)?;
            match all.last_mut().filter(|(last, _)| *last == key) {
                Some((_, same)) => same.paths.extend(paths),
                None => all.push((
                    key,
                    Duplicate {
                        number: row.get::<_, Option<String>>(2)?.unwrap_or_default(),
                        issuer: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
                        date: row.get(4)?,
                        paths,
                    },
                )),
            }
        }
        for (_, duplicate) in &mut all {
            duplicate.paths.sort();
        }
        Ok(all.into_iter().map(|(_, duplicate)| duplicate).collect())
    }

    fn rows<T: rusqlite::types::FromSql, U: rusqlite::types::FromSql>(
        &self,
        sql: &str,
        values: impl Params,
    ) -> rusqlite::Result<Vec<(T, U)>> {
        let mut select = self.db.prepare(sql)?;
        select.query_map(values, |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }
}
