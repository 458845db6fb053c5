//! What an archive costs and gives: `cargo bench --bench archive -- DOCUMENTS FOLDER BYTES`.
//!
//! Documents of so many bytes (20 kB if it is not said) are made out of `corpus/`, 2,000 of them if no number is given, in a
//! temporary folder if none is. Then, in one run: a bare FTS5 table takes their text; one thread reads some of them, stage by
//! stage; `trich index` makes the database, watched for its memory; and a hundred searches with a filter stand against `grep
//! -r` over the same files. What the folder holds already is kept: a run that was stopped goes on, and one that has ended is
//! only searched again.

#[path = "speed/clock.rs"]
mod clock;
#[path = "speed/texts.rs"]
mod texts;

use rusqlite::Connection;
use std::{
    env, fs,
    hint::black_box,
    path::{Path, PathBuf},
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
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let number = |at: usize, unsaid| arguments.get(at).and_then(|said| said.parse().ok()).unwrap_or(unsaid);
    let temporary = tempfile::tempdir().expect("a temporary folder");
    let folder = arguments.get(1).map_or_else(|| temporary.path().to_owned(), Into::into);
    let (tree, db) = (folder.join("archive"), folder.join("archive.db"));
    let documents = written(number(0, 2000), number(2, LENGTH), &tree);
    let bytes: u64 = documents.iter().map(|path| fs::metadata(path).map_or(0, |meta| meta.len())).sum();
    let megabytes = bytes as f64 / 1e6;
    println!("{} documents, {megabytes:.1} MB of text", documents.len());
    if !db.exists() {
        let rate = bare(&documents, megabytes, &folder.join("bare.db"));
        stages(&documents, &folder.join("stages.db"));
        let begun = Instant::now();
        let memory = indexed(&tree, &db);
        let whole = begun.elapsed().as_secs_f64();
        println!(
            "trich index: {:.1} MB/s, {:.0} documents/s, {:.2} × the bare table",
            megabytes / whole,
            documents.len() as f64 / whole,
            megabytes / whole / rate
        );
        println!("its memory, MB: {}", memory.iter().map(|kb| (kb / 1000).to_string()).collect::<Vec<_>>().join(" "));
    } else {
        // It goes on where it was stopped; where it was not, there is nothing to do.
        indexed(&tree, &db);
    }
    let size = fs::metadata(&db).map_or(0, |meta| meta.len());
    println!("database: {:.2} × the text", size as f64 / bytes as f64);
    tables(&db, bytes);
    searches(&db, &tree);
}

/// The files of the documents, in order. What is there already is not written again.
fn written(count: usize, length: usize, tree: &Path) -> Vec<PathBuf> {
    let paths: Vec<PathBuf> = (0..count).map(|at| tree.join(format!("{:03}/{at:06}.txt", at / 500))).collect();
    if paths.last().is_some_and(|last| last.exists()) {
        return paths;
    }
    let mut left = paths.iter();
    let mut document = String::with_capacity(2 * length);
    for text in texts::texts(usize::MAX) {
        document.push_str(&text);
        document.push('\n');
        if document.len() >= length {
            let Some(path) = left.next() else { break };
            // What one source document is too long for belongs to none.
            let end = (0..=length).rev().find(|at| document.is_char_boundary(*at)).unwrap_or(0);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, &document[..end]).expect("a file");
            document.clear();
        }
    }
    paths
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a document")
}

/// How quickly a bare table takes the text, in MB/s.
fn bare(documents: &[PathBuf], megabytes: f64, path: &Path) -> f64 {
    let db = Connection::open(path).expect("a database");
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536;")
        .expect("SQLite");
    let (mut whole, mut busy) = (Duration::ZERO, Duration::ZERO);
    let mut timed = |work: &mut dyn FnMut()| {
        let (begun, before) = (Instant::now(), clock::now());
        work();
        whole += begun.elapsed();
        busy += clock::now() - before;
    };
    timed(&mut || db.execute_batch("CREATE VIRTUAL TABLE bare USING fts5 (body); BEGIN").expect("FTS5"));
    for document in documents {
        let text = read(document);
        timed(&mut || {
            let mut insert = db.prepare_cached("INSERT INTO bare VALUES (?1)").expect("SQL");
            insert.execute([&text]).expect("a row");
        });
    }
    timed(&mut || db.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)").expect("SQLite"));
    let rate = megabytes / whole.as_secs_f64();
    println!("bare FTS5 table: {rate:.1} MB/s, {:.1} ms of a processor per MB", 1e3 * busy.as_secs_f64() / megabytes);
    drop(db);
    let _ = fs::remove_file(path);
    rate
}

/// One thread, the stages one after the other, by the time that it has had a processor.
fn stages(documents: &[PathBuf], path: &Path) {
    let extractor = Extractor::builtin();
    let mut writer = Writer::open(path).expect("a database");
    let mut spent = [Duration::ZERO; 4];
    let mut bytes = 0;
    for documents in documents[..documents.len().min(SAMPLE)].chunks(100) {
        let texts: Vec<(String, String)> =
            documents.iter().map(|path| (path.to_string_lossy().into_owned(), read(path))).collect();
        bytes += texts.iter().map(|(_, text)| text.len()).sum::<usize>();
        let mut time = clock::now();
        let mut spend = |at: usize| {
            let now = clock::now();
            spent[at] += now - time;
            time = now;
        };
        let sources: Vec<_> = texts.iter().map(|(name, text)| extractor.source(name, text.as_bytes())).collect();
        spend(0);
        let records: Vec<_> =
            texts.iter().zip(&sources).map(|((name, _), source)| extractor.record(name, source)).collect();
        spend(1);
        // An entry reads its document too: what it takes beyond that are the rows and words.
        let entries: Vec<Entry> =
            texts.iter().zip(sources).map(|((name, _), source)| Entry::new(&extractor, name, source, false)).collect();
        spend(2);
        drop(black_box(records));
        time = clock::now();
        for ((path, _), entry) in texts.into_iter().zip(entries) {
            writer.add(&Seen { path, size: 1, mtime: 1 }, entry).expect("a row");
        }
        spent[3] += clock::now() - time;
    }
    let begun = clock::now();
    writer.finish().expect("an end");
    spent[3] += clock::now() - begun;
    let [source, record, entry, writing] = spent.map(|time| 1e9 * time.as_secs_f64() / bytes as f64);
    println!(
        "one thread, ms per MB: extraction {:.1}, rows and words {:.1}, writing {writing:.1}",
        source + record,
        entry - record
    );
    for end in ["", "-wal", "-shm", ".lock"] {
        let _ = fs::remove_file(format!("{}{end}", path.display()));
    }
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
fn tables(db: &Path, bytes: u64) {
    let db = Connection::open(db).expect("a database");
    let sizes = db.prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 14");
    let Ok(mut sizes) = sizes else { return };
    let rows = sizes.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).expect("SQL");
    for (name, size) in rows.flatten() {
        println!("    {:.3}  {name}", size as f64 / bytes as f64);
    }
}

/// A hundred searches with a filter: as processes, which is what a user waits for, and in one process.
fn searches(db: &Path, tree: &Path) {
    let archive = Archive::open(db).expect("a database");
    let (mut within, mut processes) = (Vec::new(), Vec::new());
    for words in WORDS {
        for kind in TYPES {
            let words = format!("\"{words}\"");
            let query = Query { words: words.clone(), types: vec![kind.to_owned()], ..Query::default() };
            within.push(timed(|| drop(black_box(archive.search(&query, 0, 10).expect("an answer")))));
            let mut run = trich(&["search", &words, "--type", kind, "--db"]);
            processes.push(timed(|| done(run.arg(db))));
        }
    }
    let starts = (0..50).map(|_| timed(|| done(&mut trich(&["--version"])))).collect();
    let opens = (0..50).map(|_| timed(|| done(trich(&["search", "qqq", "--db"]).arg(db)))).collect();
    let (within, process) = (median(within), median(processes));
    println!("search, median of 100: {process:.1?} as a process, {within:.2?} in one that goes on");
    println!(
        "a process that only starts: {:.1?}; that opens the database and finds nothing: {:.1?}",
        median(starts),
        median(opens)
    );
    let scan = median(
        WORDS[..5]
            .iter()
            .map(|words| timed(|| done(Command::new("grep").args(["-r", "-F", "--", words]).arg(tree))))
            .collect(),
    );
    let times = |search: Duration| scan.as_secs_f64() / search.as_secs_f64();
    println!(
        "grep -r: {scan:.1?}, {:.0} × slower than a process, {:.0} × slower than a search",
        times(process),
        times(within)
    );
}

fn trich(arguments: &[&str]) -> Command {
    let mut trich = Command::new(env!("CARGO_BIN_EXE_trich"));
    trich.args(arguments);
    trich
}

/// Runs a command to its end; its output is read, and nothing made of it.
fn done(command: &mut Command) {
    black_box(command.output().expect("a command"));
}

fn timed(work: impl FnOnce()) -> Duration {
    let begun = Instant::now();
    work();
    begun.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
