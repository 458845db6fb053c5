//! The one that writes an archive database.

use super::{
    ArchiveError, Entry, Seen,
    entry::Words,
    merge, order, relate,
    rows::{Rows, word},
    schema,
    shared::Shared,
};
use crate::record::{Record, Source};
use rusqlite::{Connection, OptionalExtension, params};
use std::{
    collections::HashMap,
    fs::{File, TryLockError},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How much text is written at most before it is committed.
const BATCH: usize = 64 << 20;

/// How soon it is committed at first, and how late at most: a run that is killed loses an eighth of its time, and no more
/// than that. What is committed at a time is written out as one piece of the full text, so that larger pieces cost less.
const SOONEST: Duration = Duration::from_millis(250);
const LATEST: Duration = Duration::from_secs(5);
const SHARE: u32 = 8;

/// How many bytes of words are indexed together, as one piece of the full text: rows must be written in their order, and
/// larger pieces cost less to merge.
const TOGETHER: usize = 8 << 20;

/// How many statements are kept ready: more than there are.
const STATEMENTS: usize = 96;

/// Every table that has rows of a document, or of which its rows have the number.
const OF_A_DOCUMENT: [&str; 8] =
    ["papers", "sections", "citations", "findings", "signatories", "recipients", "diagnostics", "texts"];

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
    /// Whether its document was read by other rules or by another version, or is left out of the full text and should no
    /// longer be, or the other way round.
    pub outdated: bool,
}

/// Writes documents into an archive database. Only one writer can be at work on a database; readers read on.
#[derive(Debug)]
pub struct Writer {
    db: Connection,
    path: PathBuf,
    shared: Shared,
    /// Documents whose words are still to be indexed, by their rows in the full text; and how many bytes of words they have.
    unindexed: Vec<(i64, Words)>,
    unindexed_bytes: usize,
    /// What reads now, as the database numbers it, by its extractor and rules.
    reader: Option<(String, String, i64)>,
    added: usize,
    waiting: usize,
    begun: Instant,
    committed: Instant,
    /// Held until the writer is dropped.
    _lock: File,
}

impl Writer {
    /// Opens the database at `path`, or makes it.
    ///
    /// # Errors
    ///
    /// When another writer is at work, or the file is no archive database, damaged, of another version, or cannot be
    /// written.
    pub fn open(path: &Path) -> Result<Writer, ArchiveError> {
        let lock = lock(path)?;
        let told = |error| ArchiveError::of(path, error);
        let mut db = Connection::open(path).map_err(told)?;
        schema::prepare(&mut db, path)?;
        // A commit is safe against the death of this process; a loss of power may cost the last batch. The writer itself
        // keeps the rows true to one another: to look each reference up costs more than to write the row.
        db.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF; \
             PRAGMA cache_size = -65536; PRAGMA analysis_limit = 1000;",
        )
        .map_err(told)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        let shared = Shared::of(&db).map_err(told)?;
        let writer = Writer {
            db,
            path: path.to_owned(),
            shared,
            unindexed: Vec::new(),
            unindexed_bytes: 0,
            reader: None,
            added: 0,
            waiting: 0,
            begun: Instant::now(),
            committed: Instant::now(),
            _lock: lock,
        };
        writer.begin()?;
        Ok(writer)
    }

    /// Every file that the database knows, as it stands to what reads now and to whether secret documents are to be
    /// searchable.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn known(&self, with_secret: bool) -> Result<HashMap<String, Known>, ArchiveError> {
        let reader = self.reader.as_ref().map(|(.., id)| id);
        let read = || {
            let mut all = self.db.prepare(
                "SELECT path, size, mtime, status = 'vanished', status = 'failed', coalesce(d.reader != ?1, 0) \
                 OR (d.security IS NOT NULL AND d.searchable != ?2) FROM files LEFT JOIN documents AS d ON d.id = document",
            )?;
            let rows = all.query_map(params![reader, with_secret], |row| {
                let known = Known {
                    size: row.get::<_, i64>(1)? as u64,
                    mtime: row.get(2)?,
                    vanished: row.get(3)?,
                    failed: row.get(4)?,
                    outdated: row.get::<_, Option<bool>>(5)?.unwrap_or_default(),
                };
                Ok((row.get(0)?, known))
            })?;
            rows.collect::<rusqlite::Result<HashMap<_, _>>>()
        };
        read().map_err(|error| self.told(error))
    }

    /// Says what reads now: the extractor and the rules of `record`. What others read is outdated.
    ///
    /// # Errors
    ///
    /// When the database cannot be read or written.
    pub fn made_by(&mut self, record: &Record) -> Result<(), ArchiveError> {
        self.reader(&record.source)?;
        for (name, value) in [("extractor", &record.source.extractor), ("rules", &record.source.rules)] {
            self.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", params![name, value])?;
        }
        Ok(())
    }

    /// Takes the secret documents out of the full text that an earlier run made searchable, those too whose files have
    /// vanished.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn withdraw_secret(&mut self) -> Result<(), ArchiveError> {
        let secret = || {
            let mut select = self
                .db
                .prepare("SELECT id, date FROM documents WHERE security IS NOT NULL AND searchable ORDER BY id")?;
            let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<(i64, Option<String>)>>>()
        };
        for (document, date) in secret().map_err(|error| self.told(error))? {
            self.unfind(document, date.as_deref())?;
            self.run("UPDATE documents SET searchable = 0 WHERE id = ?1", [document])?;
        }
        Ok(())
    }

    /// Writes a document that was read from a file, in the place of what the file held before.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub fn add(&mut self, file: &Seen, mut entry: Entry) -> Result<(), ArchiveError> {
        let before = self.document_of(&file.path)?;
        let reader = self.reader(&entry.read)?;
        let id = match self.held(&entry.read.sha256)? {
            Some((id, read_by, searchable)) if read_by == reader && searchable == entry.words.is_some() => id,
            Some((id, ..)) => {
                self.erase(id)?;
                self.insert(Some(id), reader, &mut entry)?
            }
            None => self.insert(None, reader, &mut entry)?,
        };
        self.note(file, Some(id), Some(&entry.read.sha256), "text", "read", None)?;
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
        self.index()?;
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
        self.db.execute_batch("COMMIT").map_err(|error| self.told(error))?;
        merge::merge(&self.db, self.added).map_err(|error| self.told(error))?;
        let ended = self.db.execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);");
        ended.map_err(|error| self.told(error))?;
        // A search need not make and mend the files of a log then, nor be allowed to write beside the database. Where one
        // is reading just now, the log stays.
        match self.db.pragma_update(None, "journal_mode", "DELETE").map_err(|error| self.told(error)) {
            Err(ArchiveError::Busy(_)) | Ok(()) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn begin(&self) -> Result<(), ArchiveError> {
        self.db.execute_batch("BEGIN IMMEDIATE").map_err(|error| self.told(error))
    }

    fn commit_if_due(&mut self) -> Result<(), ArchiveError> {
        let interval = (self.begun.elapsed() / SHARE).clamp(SOONEST, LATEST);
        if self.waiting >= BATCH || self.committed.elapsed() >= interval { self.commit() } else { Ok(()) }
    }

    fn told(&self, error: rusqlite::Error) -> ArchiveError {
        ArchiveError::of(&self.path, error)
    }

    fn run(&self, sql: &str, values: impl rusqlite::Params) -> Result<usize, ArchiveError> {
        let run = || self.db.prepare_cached(sql)?.execute(values);
        run().map_err(|error| self.told(error))
    }

    /// The first row of what is asked, if there is one.
    fn one<T>(
        &self,
        sql: &str,
        values: impl rusqlite::Params,
        read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, ArchiveError> {
        let find = || self.db.prepare_cached(sql)?.query_row(values, read).optional();
        find().map_err(|error| self.told(error))
    }

    fn document_of(&self, path: &str) -> Result<Option<i64>, ArchiveError> {
        let document = self.one("SELECT document FROM files WHERE path = ?1", [path], |row| row.get(0))?;
        Ok(document.flatten())
    }

    /// The document with this content, what read it, and whether it is in the full text.
    fn held(&self, sha256: &str) -> Result<Option<(i64, i64, bool)>, ArchiveError> {
        let sql = "SELECT id, reader, searchable FROM documents WHERE sha256 = ?1";
        self.one(sql, [sha256], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }

    /// The number of what read a document.
    fn reader(&mut self, read: &Source) -> Result<i64, ArchiveError> {
        let (extractor, rules) = (&read.extractor, &read.rules);
        if let Some((_, _, id)) = self.reader.as_ref().filter(|known| known.0 == *extractor && known.1 == *rules) {
            return Ok(*id);
        }
        self.run("INSERT OR IGNORE INTO readers (extractor, rules) VALUES (?1, ?2)", [extractor, rules])?;
        let sql = "SELECT id FROM readers WHERE extractor = ?1 AND rules = ?2";
        let id = self.one(sql, [extractor, rules], |row| row.get(0))?.unwrap_or_default();
        self.reader = Some((extractor.clone(), rules.clone(), id));
        Ok(id)
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
    fn forget(&mut self, document: i64) -> Result<(), ArchiveError> {
        let held = self.one("SELECT 1 FROM files WHERE document = ?1 LIMIT 1", [document], |_| Ok(()))?;
        if held.is_some() { Ok(()) } else { self.erase(document) }
    }

    /// Deletes a document with all its rows; files may still name it.
    fn erase(&mut self, document: i64) -> Result<(), ArchiveError> {
        self.index()?;
        for table in OF_A_DOCUMENT {
            self.run(&format!("DELETE FROM {table} WHERE document = ?1"), [document])?;
        }
        let date =
            self.one("SELECT date FROM documents WHERE id = ?1", [document], |row| row.get::<_, Option<String>>(0))?;
        self.unfind(document, date.flatten().as_deref())?;
        self.run("DELETE FROM related WHERE document = ?1 OR other = ?1", [document])?;
        self.run("DELETE FROM documents WHERE id = ?1", [document])?;
        self.run("DELETE FROM meta WHERE name = ?1", [relate::DONE]).map(drop)
    }

    /// Takes a document out of the full text.
    fn unfind(&self, document: i64, date: Option<&str>) -> Result<(), ArchiveError> {
        let row = order::row(date, document);
        for table in ["words", "heads", "marked"] {
            self.run(&format!("DELETE FROM {table} WHERE rowid = ?1"), [row])?;
        }
        Ok(())
    }

    /// Writes a document and its facts, under the number given or the next one.
    fn insert(&mut self, id: Option<i64>, reader: i64, entry: &mut Entry) -> Result<i64, ArchiveError> {
        self.added += 1;
        let id = self.insert_all(id, reader, entry).map_err(|error| ArchiveError::of(&self.path, error))?;
        if let Some(words) = entry.words.take() {
            let date = entry.document.date.as_ref().and_then(|date| date.value.as_deref());
            self.unindexed_bytes += words.body.len();
            self.unindexed.push((order::row(date, id), words));
        }
        if self.unindexed_bytes >= TOGETHER {
            self.index()?;
        }
        Ok(id)
    }

    /// Indexes the words of the documents that wait for it: one table after the other, each of which has what it works
    /// on at hand then.
    fn index(&mut self) -> Result<(), ArchiveError> {
        let mut all = std::mem::take(&mut self.unindexed);
        self.unindexed_bytes = 0;
        all.sort_unstable_by_key(|(row, _)| *row);
        let index = || {
            let mut insert = self.db.prepare_cached("INSERT INTO words (rowid, body, facets) VALUES (?1, ?2, ?3)")?;
            for (row, words) in &all {
                insert.execute(params![row, words.body, words.facets])?;
            }
            let mut insert = self.db.prepare_cached(
                "INSERT INTO heads (rowid, title, headings, facets) VALUES (?1, ?2, ?3, ?4 || ' ' || ?5)",
            )?;
            for (row, words) in &all {
                insert.execute(params![row, words.title, words.headings, words.facets, words.titled])?;
            }
            let mut insert =
                self.db.prepare_cached("INSERT INTO marked (rowid, words) VALUES (?1, ?2 || ' ' || ?3)")?;
            for (row, words) in &all {
                insert.execute(params![row, words.facets, words.marked])?;
            }
            Ok(())
        };
        index().map_err(|error| self.told(error))
    }

    fn insert_all(&mut self, id: Option<i64>, reader: i64, entry: &Entry) -> rusqlite::Result<i64> {
        let id = self.insert_document(id, reader, entry)?;
        let mut insert = self.db.prepare_cached("INSERT INTO texts (document, source, text) VALUES (?1, ?2, ?3)")?;
        insert.execute(params![id, entry.source, entry.text])?;
        drop(insert);
        let mut into = Rows { db: &self.db, id, shared: &mut self.shared };
        into.papers(&entry.papers)?;
        into.sections(&entry.facts.sections)?;
        into.citations(&entry.facts.citations)?;
        into.findings(&entry.facts.findings)?;
        into.signatories(&entry.document.signatories)?;
        into.recipients(&entry.document)?;
        into.diagnostics(&entry.facts.diagnostics)?;
        Ok(id)
    }

    fn insert_document(&self, id: Option<i64>, reader: i64, entry: &Entry) -> rusqlite::Result<i64> {
        let (source, document) = (&entry.read, &entry.document);
        let (kind, number, date, issuer) =
            (document.kind.as_ref(), document.number.as_ref(), document.date.as_ref(), document.issuer.as_ref());
        self.db
            .prepare_cached(
                "INSERT INTO documents (id, sha256, reader, searchable, media_type, encoding, bytes, chars, pages, \
                 fingerprint, type, type_name, number, serial, number_year, symbol, number_state, date, date_precision, \
                 year, place, issuer, issuer_level, issuer_parent, issuer_folded, title, stage, security, urgency, \
                 period_from, period_to, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, \
                 ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32)",
            )?
            .insert(params![
                id,
                source.sha256,
                reader,
                entry.words.is_some(),
                source.media_type,
                source.encoding,
                source.bytes as i64,
                source.chars as i64,
                source.pages,
                u64::from_str_radix(&source.fingerprint, 16).unwrap_or_default() as i64,
                kind.map(|kind| &kind.code),
                kind.map(|kind| &kind.name),
                number.and_then(|number| number.canonical.as_ref()),
                number.and_then(|number| number.serial.as_ref()),
                number.and_then(|number| number.year),
                number.and_then(|number| number.symbol.as_ref()),
                number.and_then(|number| number.state).and_then(word),
                date.and_then(|date| date.value.as_ref()),
                date.and_then(|date| word(date.precision)),
                entry.year,
                document.place.as_ref().and_then(|place| place.name.as_ref()),
                issuer.map(|issuer| &issuer.name),
                issuer.and_then(|issuer| issuer.level).and_then(word),
                issuer.and_then(|issuer| issuer.parent.as_ref()),
                entry.issuer,
                document.title.as_ref().map(|title| &title.text),
                document.stage.and_then(word),
                document.security.as_ref().map(|mark| &mark.value),
                document.urgency.as_ref().map(|mark| &mark.value),
                document.period.as_ref().and_then(|period| period.from.as_ref()),
                document.period.as_ref().and_then(|period| period.to.as_ref()),
                entry.key,
            ])
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
        Entry::new(&extractor, "a.txt", source, false)
    }

    fn seen(path: &str) -> Seen {
        Seen { path: path.to_owned(), size: 1, mtime: 1 }
    }

    #[test]
    fn a_full_disk_is_told_and_loses_nothing_that_was_committed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = Writer::open(&path).unwrap();
        writer.add(&seen("a.txt"), entry("BÁO CÁO\nXã có 8/8 thôn văn hóa.")).unwrap();
        writer.commit().unwrap();
        let pages: i64 = writer.db.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
        writer.db.execute_batch(&format!("ROLLBACK; PRAGMA max_page_count = {}; BEGIN", pages + 2)).unwrap();
        let long = "Tiếp tục tuyên truyền. ".repeat(5000);
        assert!(matches!(writer.add(&seen("b.txt"), entry(&long)), Err(ArchiveError::Full(_))));
        drop(writer);
        assert_eq!(Archive::open(&path).unwrap().stats().unwrap().documents, 1);
    }

    #[test]
    fn a_damaged_database_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = Writer::open(&path).unwrap();
        writer.add(&seen("a.txt"), entry("BÁO CÁO\nXã có 8/8 thôn văn hóa.")).unwrap();
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
        writer.add(&seen("a.txt"), entry("BÁO CÁO\nXã có 8/8 thôn văn hóa.")).unwrap();
        writer.commit().unwrap();
        writer.add(&seen("b.txt"), entry("BÁO CÁO\nXã có 7/8 thôn văn hóa.")).unwrap();
        assert_eq!(Archive::open(&path).unwrap().stats().unwrap().documents, 1);
        let reader = Archive::open(&path).unwrap();
        assert_eq!(reader.stats().unwrap().documents, 1);
        writer.finish().unwrap();
        assert_eq!(reader.stats().unwrap().documents, 2);
        drop(reader);
        // Nobody reads any more: the next run leaves one file.
        Writer::open(&path).unwrap().finish().unwrap();
        assert!(!folder.path().join("a.db-wal").exists());
        assert_eq!(Archive::open(&path).unwrap().stats().unwrap().documents, 2);
        assert!(!folder.path().join("a.db-wal").exists());
    }
}
