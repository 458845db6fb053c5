//! The one that writes an archive database.

use super::{
    ArchiveError, Entry, Seen, relate,
    rows::{Rows, word},
    schema,
    verbatim::Verbatim,
};
use crate::record::{self, Record};
use rusqlite::{Connection, params};
use std::{
    cell::RefCell,
    collections::HashMap,
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How much text is written, and how long, before it is committed: a run that is killed loses no more work than this.
const BATCH: usize = 16 << 20;
const INTERVAL: Duration = Duration::from_millis(250);

/// What the database knows of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Its size when it was read.
    pub size: u64,
    /// When it had last been changed.
    pub mtime: i64,
    /// Whether it had vanished when the last run ended.
    pub vanished: bool,
    /// Whether it could not be read.
    pub failed: bool,
}

/// Writes documents into an archive database. Only one writer can be at work on a database; readers read on.
#[derive(Debug)]
pub struct Writer {
    db: Connection,
    path: PathBuf,
    terms: RefCell<HashMap<String, i64>>,
    waiting: usize,
    committed: Instant,
    /// Held until the writer is dropped.
    _lock: File,
}

impl Writer {
    /// Opens the database at `path`, or makes it.
    ///
    /// # Errors
    ///
    /// When another writer is at work, or the file is no archive database, damaged, of a newer version, or cannot be
    /// written.
    pub fn open(path: &Path) -> Result<Writer, ArchiveError> {
        let lock = lock(path)?;
        let told = |error| ArchiveError::of(path, error);
        let mut db = Connection::open(path).map_err(told)?;
        schema::prepare(&mut db, path)?;
        // A commit is safe against the death of this process; a loss of power may cost the last batch.
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;",
        )
        .map_err(told)?;
        let mut writer = Writer {
            db,
            path: path.to_owned(),
            terms: RefCell::default(),
            waiting: 0,
            committed: Instant::now(),
            _lock: lock,
        };
        writer.terms = RefCell::new(writer.term_ids().map_err(told)?);
        writer.begin()?;
        Ok(writer)
    }

    /// Every file that the database knows.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn known(&self) -> Result<HashMap<String, Known>, ArchiveError> {
        let read = || {
            let mut all =
                self.db.prepare("SELECT path, size, mtime, status = 'vanished', status = 'failed' FROM files")?;
            let rows = all.query_map([], |row| {
                let known = Known {
                    size: row.get::<_, i64>(1)? as u64,
                    mtime: row.get(2)?,
                    vanished: row.get(3)?,
                    failed: row.get(4)?,
                };
                Ok((row.get(0)?, known))
            })?;
            rows.collect::<rusqlite::Result<HashMap<_, _>>>()
        };
        read().map_err(|error| self.told(error))
    }

    /// What the records of this database were made by: the extractor and the hash of its rules; set at the first run.
    ///
    /// # Errors
    ///
    /// When the database cannot be read or written.
    pub fn made_by(&mut self, record: &Record) -> Result<(), ArchiveError> {
        let made = [("extractor", &record.source.extractor), ("rules", &record.source.rules)];
        for (name, value) in made {
            self.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", params![name, value])?;
        }
        Ok(())
    }

    /// Writes a document that was read from a file, in the place of what the file held before.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn add(&mut self, file: &Seen, entry: &Entry) -> Result<(), ArchiveError> {
        let sha256 = &entry.record.source.sha256;
        let before = self.document_of(&file.path)?;
        let same = self.id_of(sha256)?;
        let id = match same {
            Some(id) => id,
            None => self.insert(entry).map_err(|error| ArchiveError::of(&self.path, error))?,
        };
        self.note(file, Some(id), Some(sha256), "text", "read", None)?;
        if let Some(before) = before.filter(|before| *before != id) {
            self.forget(before)?;
        }
        self.waiting += entry.text.len();
        self.commit_if_due()
    }

    /// Notes a scan beside the text of a document: the document gets its pages.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn add_scan(&mut self, file: &Seen, text_path: &str, pages: Option<u32>) -> Result<(), ArchiveError> {
        let document = self.document_of(text_path)?;
        let before = self.document_of(&file.path)?;
        self.note(file, document, None, "scan", "read", None)?;
        if let (Some(document), Some(pages)) = (document, pages) {
            self.run("UPDATE documents SET pages = ?2 WHERE id = ?1", params![document, pages])?;
        }
        match before.filter(|before| Some(*before) != document) {
            Some(before) => self.forget(before),
            None => Ok(()),
        }
    }

    /// Notes a file that could not be read, and why.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn fail(&mut self, file: &Seen, reason: &str) -> Result<(), ArchiveError> {
        let before = self.document_of(&file.path)?;
        self.note(file, None, None, "text", "failed", Some(reason))?;
        before.map_or(Ok(()), |before| self.forget(before))
    }

    /// Marks files that are no longer there. Their documents stay.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn vanish<'p>(&mut self, paths: impl IntoIterator<Item = &'p str>) -> Result<(), ArchiveError> {
        for path in paths {
            self.run("UPDATE files SET status = 'vanished' WHERE path = ?1", params![path])?;
        }
        Ok(())
    }

    /// Makes what was written so far lasting.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn commit(&mut self) -> Result<(), ArchiveError> {
        self.db.execute_batch("COMMIT").map_err(|error| self.told(error))?;
        self.waiting = 0;
        self.committed = Instant::now();
        self.begin()
    }

    /// Ends the run: what is nearly the same is related, all is committed, and the write-ahead log emptied.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn finish(mut self) -> Result<(), ArchiveError> {
        self.commit()?;
        relate::relate(&self.db).map_err(|error| self.told(error))?;
        let ended = self.db.execute_batch("COMMIT; PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
        ended.map_err(|error| ArchiveError::of(&self.path, error))
    }

    fn begin(&self) -> Result<(), ArchiveError> {
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.told(error))
    }

    fn commit_if_due(&mut self) -> Result<(), ArchiveError> {
        if self.waiting >= BATCH || self.committed.elapsed() >= INTERVAL { self.commit() } else { Ok(()) }
    }

    fn told(&self, error: rusqlite::Error) -> ArchiveError {
        ArchiveError::of(&self.path, error)
    }

    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize, ArchiveError> {
        let run = || self.db.prepare_cached(sql)?.execute(values);
        run().map_err(|error| self.told(error))
    }

    fn id(&self, sql: &str, value: &str) -> Result<Option<i64>, ArchiveError> {
        let find = || -> rusqlite::Result<Option<i64>> {
            let mut found = self.db.prepare_cached(sql)?;
            let mut rows = found.query([value])?;
            rows.next()?.map_or(Ok(None), |row| row.get(0))
        };
        find().map_err(|error| self.told(error))
    }

    fn document_of(&self, path: &str) -> Result<Option<i64>, ArchiveError> {
        self.id("SELECT document FROM files WHERE path = ?1", path)
    }

    fn id_of(&self, sha256: &str) -> Result<Option<i64>, ArchiveError> {
        self.id("SELECT id FROM documents WHERE sha256 = ?1", sha256)
    }

    fn note(
        &self,
        file: &Seen,
        document: Option<i64>,
        sha256: Option<&str>,
        part: &str,
        status: &str,
        error: Option<&str>,
    ) -> Result<(), ArchiveError> {
        self.run(
            "INSERT OR REPLACE INTO files (path, document, sha256, size, mtime, part, status, error) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![file.path, document, sha256, file.size as i64, file.mtime, part, status, error],
        )
        .map(drop)
    }

    /// Deletes a document that no file holds any more.
    fn forget(&self, document: i64) -> Result<(), ArchiveError> {
        let gone = "NOT EXISTS (SELECT 1 FROM files WHERE document = ?1)";
        for table in ["words", "marked"] {
            self.run(&format!("DELETE FROM {table} WHERE rowid = ?1 AND {gone}"), [document])?;
        }
        self.run(&format!("DELETE FROM documents WHERE id = ?1 AND {gone}"), [document]).map(drop)
    }

    fn term_ids(&self) -> rusqlite::Result<HashMap<String, i64>> {
        let mut all = self.db.prepare("SELECT name, id FROM terms")?;
        all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    }

    /// The row of what a citation names.
    fn act(&self, citation: &record::Citation) -> rusqlite::Result<i64> {
        let number = citation.number.as_ref().and_then(|n| n.canonical.as_ref().or(n.serial.as_ref()));
        let values = params![
            citation.doc_type.as_ref().map(|kind| &kind.code),
            number,
            citation.name,
            citation.year,
            citation.date.as_ref().and_then(|date| date.value.as_ref()),
            citation.issuer.as_ref().map(|issuer| &issuer.name),
            citation.key,
        ];
        // Each of the two has its index.
        let by = if number.is_some() { "number = ?2 AND name IS ?3" } else { "name = ?3 AND number IS ?2" };
        let found = format!(
            "SELECT id FROM acts WHERE {by} AND type IS ?1 AND year IS ?4 AND date IS ?5 AND issuer IS ?6 AND key IS ?7"
        );
        let mut select = self.db.prepare_cached(&found)?;
        if let Some(row) = select.query(values)?.next()? {
            return row.get(0);
        }
        self.db
            .prepare_cached(
                "INSERT INTO acts (type, number, name, year, date, issuer, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(values)?;
        Ok(self.db.last_insert_rowid())
    }

    fn insert(&mut self, entry: &Entry) -> rusqlite::Result<i64> {
        let id = self.insert_document(entry)?;
        let record = &entry.record;
        let document = &record.document;
        let mut acts = Vec::with_capacity(record.citations.len());
        for citation in &record.citations {
            acts.push(self.act(citation)?);
        }
        let text = Verbatim::new(&entry.text);
        let into = Rows { db: &self.db, id, terms: &self.terms };
        into.papers(&record.papers)?;
        into.sections(&record.sections, &text)?;
        into.citations(&record.citations, &acts, &text)?;
        into.findings(&record.findings, &text)?;
        into.signatories(&document.signatories)?;
        into.recipients(document)?;
        into.diagnostics(&record.diagnostics)?;
        if !entry.body.is_empty() {
            self.db
                .prepare_cached("INSERT INTO words (rowid, title, headings, body) VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![id, entry.title, entry.headings, entry.body])?;
            self.db
                .prepare_cached("INSERT INTO marked (rowid, words) VALUES (?1, ?2)")?
                .execute(params![id, entry.marked])?;
        }
        Ok(id)
    }

    fn insert_document(&self, entry: &Entry) -> rusqlite::Result<i64> {
        let (source, document) = (&entry.record.source, &entry.record.document);
        let (kind, number, date, issuer) =
            (document.kind.as_ref(), document.number.as_ref(), document.date.as_ref(), document.issuer.as_ref());
        let day = date.and_then(|date| date.value.as_deref());
        let year = day
            .and_then(|day| day.get(..4))
            .and_then(|year| year.parse().ok())
            .or_else(|| number.and_then(|number| number.year));
        self.db
            .prepare_cached(
                "INSERT INTO documents (sha256, media_type, encoding, bytes, chars, pages, fingerprint, source, type, type_name, \
                 number, serial, number_year, symbol, number_state, date, date_precision, year, place, issuer, \
                 issuer_level, issuer_parent, issuer_folded, title, stage, security, urgency, period_from, period_to, \
                 key, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, \
                 ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31)",
            )?
            .execute(params![
                source.sha256,
                source.media_type,
                source.encoding,
                source.bytes as i64,
                source.chars as i64,
                source.pages,
                u64::from_str_radix(&source.fingerprint, 16).unwrap_or_default() as i64,
                entry.source,
                kind.map(|kind| &kind.code),
                kind.map(|kind| &kind.name),
                number.and_then(|number| number.canonical.as_ref()),
                number.and_then(|number| number.serial.as_ref()),
                number.and_then(|number| number.year),
                number.and_then(|number| number.symbol.as_ref()),
                number.and_then(|number| number.state).and_then(word),
                day,
                date.and_then(|date| word(date.precision)),
                year,
                document.place.as_ref().and_then(|place| place.name.as_ref()),
                issuer.map(|issuer| &issuer.name),
                issuer.and_then(|issuer| issuer.level).and_then(word),
                issuer.and_then(|issuer| issuer.parent.as_ref()),
                issuer.map(|issuer| crate::text::skeleton(&issuer.name)),
                document.title.as_ref().map(|title| &title.text),
                document.stage.and_then(word),
                document.security.as_ref().map(|mark| &mark.value),
                document.urgency.as_ref().map(|mark| &mark.value),
                document.period.as_ref().and_then(|period| period.from.as_ref()),
                document.period.as_ref().and_then(|period| period.to.as_ref()),
                entry.key,
                entry.text,
            ])?;
        Ok(self.db.last_insert_rowid())
    }
}

/// Takes the lock beside the database; the system gives it back however the process ends.
fn lock(path: &Path) -> Result<File, ArchiveError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let beside = PathBuf::from(name);
    let file = File::create(&beside).map_err(|error| ArchiveError::Lock { path: beside.clone(), error })?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ArchiveError::Busy(path.to_owned())),
        Err(TryLockError::Error(error)) => Err(ArchiveError::Lock { path: beside, error }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Extractor, archive::Archive};

    fn entry(text: &str) -> Entry {
        let extractor = Extractor::builtin();
        let source = extractor.source("a.txt", text.as_bytes());
        Entry::new(&extractor, extractor.record("a.txt", &source), source, false)
    }

    fn seen(path: &str) -> Seen {
        Seen { path: path.to_owned(), size: 1, mtime: 1 }
    }

    #[test]
    fn a_full_disk_is_told_and_loses_nothing_that_was_committed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = Writer::open(&path).unwrap();
        writer.add(&seen("a.txt"), &entry("BÁO CÁO\nXã có 8/8 thôn văn hóa.")).unwrap();
        writer.commit().unwrap();
        let pages: i64 = writer.db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        writer.db.execute_batch(&format!("ROLLBACK; PRAGMA max_page_count = {}; BEGIN", pages + 2)).unwrap();
        let long = "Tiếp tục tuyên truyền. ".repeat(5000);
        assert!(matches!(writer.add(&seen("b.txt"), &entry(&long)), Err(ArchiveError::Full(_))));
        drop(writer);
        assert_eq!(Archive::open(&path).unwrap().stats().unwrap().documents, 1);
    }

    #[test]
    fn a_damaged_database_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = Writer::open(&path).unwrap();
        writer.add(&seen("a.txt"), &entry("BÁO CÁO\nXã có 8/8 thôn văn hóa.")).unwrap();
        writer.finish().unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[4096..].fill(0x55);
        std::fs::write(&path, bytes).unwrap();
        let read = Archive::open(&path).and_then(|archive| archive.stats());
        assert!(matches!(read, Err(ArchiveError::Damaged { .. })), "{read:?}");
    }

    #[test]
    fn a_reader_reads_while_a_writer_writes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = Writer::open(&path).unwrap();
        writer.add(&seen("a.txt"), &entry("BÁO CÁO\nXã có 8/8 thôn văn hóa.")).unwrap();
        writer.commit().unwrap();
        writer.add(&seen("b.txt"), &entry("BÁO CÁO\nXã có 7/8 thôn văn hóa.")).unwrap();
        assert_eq!(Archive::open(&path).unwrap().stats().unwrap().documents, 1);
        writer.finish().unwrap();
        assert_eq!(Archive::open(&path).unwrap().stats().unwrap().documents, 2);
    }
}
