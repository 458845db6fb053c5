//! What an archive costs and gives: `cargo bench --bench archive -- DOCUMENTS FOLDER`.
//!
//! Documents of 20 kB are made out of `corpus/` (2,000 of them if no number is given, in a temporary folder if none is).
//! Then, in one run: a bare FTS5 table takes their text; one thread reads them, stage by stage; `trich index` makes the
//! database, watched for its memory; and a hundred searches with a filter stand against `grep -r` over the same files. A
//! folder that holds the database already is only searched.

#[path = "speed/clock.rs"]
mod clock;
#[path = "speed/texts.rs"]
mod texts;

use rusqlite::Connection;
use std::{
    env, fs,
    hint::black_box,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use trich::{
    Extractor,
    archive::{Archive, Entry, Query, Seen, Writer},
};

/// How long a document is, in bytes, or a little longer.
const LENGTH: usize = 20_000;

/// Of how many documents the stages are timed.
const SAMPLE: usize = 1000;

/// Words that archives are asked for.
const WORDS: [&str; 20] = [
    "nước sạch",
    "hộ nghèo",
    "cải cách hành chính",
    "nông thôn mới",
    "chuyển đổi số",
    "quốc phòng",
    "trường học",
    "văn hóa",
    "đất đai",
    "khiếu nại",
    "ngân sách",
    "bầu cử",
    "y tế",
    "môi trường",
    "giao thông",
    "phụ nữ",
    "thanh niên",
    "an ninh",
    "dân số",
    "một cửa",
];
const TYPES: [&str; 5] = ["BC", "KH", "QĐ", "CV", "TB"];

fn main() {
    let mut arguments = env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let count = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(2000);
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = arguments.next().map_or_else(|| temporary.path().to_owned(), Into::into);
    let (tree, db) = (folder.join("archive"), folder.join("archive.db"));
    if db.exists() {
        return searches(&db, &tree);
    }
    let documents = written(count, &tree);
    let bytes: usize = documents.iter().map(String::len).sum();
    let megabytes = bytes as f64 / 1e6;
    println!("{count} documents, {megabytes:.1} MB of text");

    let (begun, busy) = (Instant::now(), clock::now());
    bare(&documents, &folder.join("bare.db"));
    let (bare, busy) = (begun.elapsed(), clock::now() - busy);
    println!(
        "bare FTS5 table: {:.1} MB/s, {:.1} ms of a processor per MB",
        megabytes / bare.as_secs_f64(),
        1e3 * busy.as_secs_f64() / megabytes
    );
    let _ = fs::remove_file(folder.join("bare.db"));

    stages(&documents, &folder.join("stages.db"));
    drop(documents);

    let begun = Instant::now();
    let memory = indexed(&tree, &db);
    let whole = begun.elapsed();
    let rate = megabytes / whole.as_secs_f64();
    let times = bare.as_secs_f64() / whole.as_secs_f64();
    println!(
        "trich index: {rate:.1} MB/s, {:.0} documents/s, {times:.2} × the bare table",
        count as f64 / whole.as_secs_f64()
    );
    println!("its memory, MB: {}", memory.iter().map(|kb| (kb / 1000).to_string()).collect::<Vec<_>>().join(" "));
    let size = fs::metadata(&db).map_or(0, |meta| meta.len());
    println!("database: {:.2} × the text", size as f64 / bytes as f64);
    tables(&db, bytes);
    searches(&db, &tree);
}

/// The documents, and their files.
fn written(count: usize, tree: &Path) -> Vec<String> {
    let mut documents = Vec::with_capacity(count);
    let mut document = String::with_capacity(2 * LENGTH);
    for text in texts::texts(count * LENGTH * 2) {
        document.push_str(&text);
        document.push('\n');
        if document.len() >= LENGTH {
            // What one source document is too long for belongs to none.
            let end = (0..=LENGTH).rev().find(|at| document.is_char_boundary(*at)).unwrap_or(0);
            documents.push(document[..end].to_owned());
            document.clear();
            if documents.len() == count {
                break;
            }
        }
    }
    for (at, document) in documents.iter().enumerate() {
        let path = tree.join(format!("{:03}/{at:06}.txt", at / 500));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, document).expect("a file");
    }
    documents
}

fn bare(documents: &[String], path: &Path) {
    let db = Connection::open(path).expect("a database");
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;")
        .expect("SQLite");
    db.execute_batch("CREATE VIRTUAL TABLE bare USING fts5 (body); BEGIN").expect("FTS5");
    for document in documents {
        let mut insert = db.prepare_cached("INSERT INTO bare VALUES (?1)").expect("SQL");
        insert.execute([document]).expect("a row");
    }
    db.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").expect("SQLite");
}

/// One thread, the stages one after the other, by the time that it has had a processor.
fn stages(documents: &[String], path: &Path) {
    let extractor = Extractor::builtin();
    let mut writer = Writer::open(path).expect("a database");
    let mut spent = [Duration::ZERO; 3];
    for (part, documents) in documents.chunks(100).take(SAMPLE / 100).enumerate() {
        let names: Vec<String> = (0..documents.len()).map(|at| format!("{part}/{at}.txt")).collect();
        let mut time = clock::now();
        let mut spend = |at: usize| {
            let now = clock::now();
            spent[at] += now - time;
            time = now;
        };
        let read = names.iter().zip(documents).map(|(name, document)| {
            let source = extractor.source(name, document.as_bytes());
            (extractor.record(name, &source), source)
        });
        let read: Vec<_> = read.collect();
        spend(0);
        let entries: Vec<Entry> =
            read.into_iter().map(|(record, source)| Entry::new(&extractor, record, source, false)).collect();
        spend(1);
        for (path, entry) in names.into_iter().zip(entries) {
            writer.add(&Seen { path, size: 1, mtime: 1 }, entry).expect("a row");
        }
        spend(2);
    }
    let begun = clock::now();
    writer.finish().expect("an end");
    spent[2] += clock::now() - begun;
    let bytes: usize = documents.iter().take(SAMPLE).map(String::len).sum();
    let each = spent.map(|time| 1e9 * time.as_secs_f64() / bytes as f64);
    println!("one thread, ms per MB: extraction {:.1}, rows and words {:.1}, writing {:.1}", each[0], each[1], each[2]);
}

/// Runs `trich index`; what memory it holds, in kB, a quarter of a second apart, ten of them.
fn indexed(tree: &Path, db: &Path) -> Vec<u64> {
    let mut run = Command::new(env!("CARGO_BIN_EXE_trich"))
        .arg("index")
        .arg(tree)
        .arg("--db")
        .arg(db)
        .stderr(Stdio::null())
        .spawn()
        .expect("trich");
    let mut memory = Vec::new();
    while run.try_wait().expect("trich").is_none() {
        let status = fs::read_to_string(format!("/proc/{}/status", run.id())).unwrap_or_default();
        let held: Option<u64> =
            status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok());
        memory.extend(held);
        thread::sleep(Duration::from_millis(50));
    }
    let step = memory.len().div_ceil(10).max(1);
    memory.chunks(step).filter_map(|part| part.iter().max().copied()).collect()
}

/// What each table and index takes, where SQLite can tell.
fn tables(db: &Path, bytes: usize) {
    let db = Connection::open(db).expect("a database");
    let sizes = db.prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 14");
    let Ok(mut sizes) = sizes else { return };
    let rows = sizes.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).expect("SQL");
    for (name, size) in rows.flatten() {
        println!("    {:.3}  {name}", size as f64 / bytes as f64);
    }
}

fn searches(db: &Path, tree: &Path) {
    let archive = Archive::open(db).expect("a database");
    let mut times = Vec::new();
    for words in WORDS {
        for kind in TYPES {
            let query = Query { words: format!("\"{words}\""), types: vec![kind.to_owned()], ..Query::default() };
            let begun = Instant::now();
            black_box(archive.search(&query, 0, 10).expect("an answer"));
            times.push(begun.elapsed());
        }
    }
    let mut scans = Vec::new();
    for words in &WORDS[..5] {
        let begun = Instant::now();
        let grep = Command::new("grep").args(["-r", "-F", "--", words]).arg(tree).output();
        if grep.is_err() {
            println!("no grep to compare with");
            return;
        }
        scans.push(begun.elapsed());
    }
    let (search, scan) = (median(times), median(scans));
    println!(
        "search, median of 100: {search:.1?}; grep -r: {scan:.1?}, {:.0} × slower",
        scan.as_secs_f64() / search.as_secs_f64()
    );
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
