//! The archive database as a user makes and asks it: `trich index`, `search`, `missing`, `stats`, `export`.

mod exports;
#[path = "../support/pdf.rs"]
mod pdf;
mod search;

use assert_cmd::Command;
use pdf::{Pdf, say};
use rusqlite::{Connection, types::Value};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{self, Stdio},
    thread,
    time::Duration,
};
use tempfile::TempDir;

const PLAN: &str = "ỦY BAN NHÂN DÂN\nXÃ TÂN LỘC\nSố: 15/KH-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
    Độc lập - Tự do - Hạnh phúc\nTân Lộc, ngày 22 tháng 6 năm 2023\nKẾ HOẠCH\nCấp nước sạch nông thôn năm 2023\n\
    Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;\nI. MỤC TIÊU\n\
    Có 120 hộ được cấp nước sạch.\nNơi nhận:\n- UBND huyện Thạch Hà;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Bình\n";
const REPORT: &str = "ỦY BAN NHÂN DÂN\nXÃ TÂN LỘC\nSố: 20/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
    Độc lập - Tự do - Hạnh phúc\nTân Lộc, ngày 05 tháng 12 năm 2023\nBÁO CÁO\nKết quả cấp nước năm 2023\n\
    Thực hiện Kế hoạch số 15/KH-UBND ngày 22/6/2023 của Ủy ban nhân dân xã Tân Lộc, UBND xã báo cáo như sau:\n\
    1. Kết quả\nCó 118 hộ được cấp nuoc sach.\nNơi nhận:\n- UBND huyện Thạch Hà;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Bình\n";

struct Place {
    dir: TempDir,
}

impl Place {
    fn new() -> Self {
        Place { dir: tempfile::tempdir().unwrap() }
    }

    /// A folder with a plan and a report that cites it.
    fn with_two() -> Self {
        let place = Place::new();
        place.put("kh.txt", PLAN);
        place.put("bc.txt", REPORT);
        place
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.folder().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn folder(&self) -> PathBuf {
        self.dir.path().join("archive")
    }

    fn db(&self) -> PathBuf {
        self.dir.path().join("archive.db")
    }

    fn index(&self) -> process::Output {
        trich().arg("index").arg(self.folder()).arg("--db").arg(self.db()).output().unwrap()
    }

    fn ask(&self, words: &[&str]) -> process::Output {
        trich().args(words).arg("--db").arg(self.db()).output().unwrap()
    }

    fn json(&self, words: &[&str]) -> serde_json::Value {
        let output = self.ask(&[words, &["--json"]].concat());
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
    }
}

fn trich() -> Command {
    Command::cargo_bin("trich").unwrap()
}

fn said(output: &process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every row of every table of the schema, and what the full text holds.
fn rows(db: &Path) -> BTreeMap<String, Vec<Vec<Value>>> {
    let db = Connection::open(db).unwrap();
    let names: Vec<String> = db
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%VIRTUAL%'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .filter(|name: &String| !["words_", "heads_", "marked_"].iter().any(|own| name.starts_with(own)))
        .collect();
    let mut all = BTreeMap::new();
    let mut read = |name: String, sql: String| {
        let mut select = db.prepare(&sql).unwrap();
        let columns = select.column_count();
        let rows = select
            .query_map([], |row| (0..columns).map(|at| row.get(at)).collect())
            .unwrap()
            .map(Result::unwrap)
            .collect();
        all.insert(name, rows);
    };
    for name in names {
        let sql = format!("SELECT * FROM {name} ORDER BY 1, 2");
        read(name, sql);
    }
    for word in ["uy", "nuoc", "nam", "quyet"] {
        read(format!("words {word}"), format!("SELECT rowid FROM words WHERE words MATCH '{word}' ORDER BY rowid"));
    }
    read("marked".to_owned(), "SELECT rowid FROM marked WHERE marked MATCH 'ủy' ORDER BY rowid".to_owned());
    all
}

#[test]
fn a_second_run_reads_only_what_changed() {
    let place = Place::with_two();
    let first = place.index();
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert!(said(&first).contains("2 documents read"), "{}", said(&first));
    let before = rows(&place.db());
    assert!(said(&place.index()).contains("0 documents read, 2 unchanged"));
    assert_eq!(rows(&place.db()), before);

    place.put("kh.txt", &PLAN.replace("120 hộ", "130 hộ gia đình"));
    place.put("cv.txt", &PLAN.replace("Số: 15/KH-UBND", "Số: 16/KH-UBND"));
    fs::remove_file(place.folder().join("bc.txt")).unwrap();
    let third = said(&place.index());
    assert!(third.contains("2 documents read, 1 vanished"), "{third}");
    let after = rows(&place.db());
    assert_eq!(after["documents"].len(), 3);
    let findings: Vec<_> = after["findings"].iter().map(|row| row[3].clone()).collect();
    assert!(findings.contains(&Value::Integer(130)) && !findings.is_empty(), "{findings:?}");
    assert!(after["files"].iter().any(|row| row.contains(&Value::Text("vanished".to_owned()))));
    assert_whole(&place.db());
}

#[test]
fn what_other_rules_read_is_read_again() {
    let place = Place::with_two();
    place.put("copies/kh-copy.txt", PLAN);
    place.index();
    let before = rows(&place.db());
    let rules = place.dir.path().join("rules");
    fs::create_dir_all(&rules).unwrap();
    let own = "[[rule]]\nid = \"ho\"\nkind = \"custom\"\nsays = \"Households.\"\npatterns = [\"{n:number} hộ\"]\n\
               set = { kind = \"ho\" }\nexamples = [\"120 hộ\"]\n";
    fs::write(rules.join("own.toml"), own).unwrap();
    let run = || {
        let run =
            trich().arg("index").arg(place.folder()).arg("--rules").arg(&rules).arg("--db").arg(place.db()).output();
        said(&run.unwrap())
    };
    let first = run();
    assert!(first.contains("3 files are read again"), "{first}");
    assert!(first.contains("3 documents read"), "{first}");
    let after = rows(&place.db());
    // Only what read them has changed: the documents keep their numbers.
    assert_eq!((before["readers"].len(), after["readers"].len()), (1, 2));
    for table in ["files", "findings", "citations", "sections", "words nuoc", "marked"] {
        assert_eq!(before[table], after[table], "{table}");
    }
    assert!(after["documents"].iter().all(|row| row[2] == Value::Integer(2)), "{:?}", after["documents"]);
    assert!(run().contains("0 documents read, 3 unchanged"));
    assert!(said(&place.index()).contains("3 documents read"), "and back again");
}

/// That every row refers to one that is there.
fn assert_whole(db: &Path) {
    let db = Connection::open(db).unwrap();
    assert!(!db.prepare("PRAGMA foreign_key_check").unwrap().exists([]).unwrap(), "a row refers to none");
    let intact: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(intact, "ok");
}

#[test]
fn one_content_under_two_names_is_one_document() {
    let place = Place::with_two();
    place.put("copies/kh-copy.txt", PLAN);
    place.index();
    assert_eq!(rows(&place.db())["documents"].len(), 2);
    let found = place.json(&["search", "\"nước sạch\""]);
    assert_eq!(found["found"][0]["paths"], serde_json::json!(["copies/kh-copy.txt", "kh.txt"]));
}

#[test]
fn who_cites_what_and_what_is_missing() {
    let place = Place::with_two();
    place.index();
    let places = place.json(&["search", "--cites", "15/kh-ubnd"]);
    assert_eq!(places[0]["number"], "20/BC-UBND");
    assert_eq!(places[0]["standing"], "held");
    assert_eq!(places[0]["role"], "basis");
    let missing = place.json(&["missing"]);
    assert_eq!(missing[0]["name"], "30/2020/NĐ-CP");
    assert_eq!(missing.as_array().unwrap().len(), 1);
}

#[test]
fn the_same_number_of_two_communes_is_not_joined() {
    let place = Place::with_two();
    // A commune of the same name in another district, and a report there that cites its own plan.
    for (name, text) in [("kh", PLAN), ("bc", REPORT)] {
        place.put(&format!("khac/{name}.txt"), &text.replace("Thạch Hà", "Thới Bình"));
    }
    place.index();
    let db = Connection::open(place.db()).unwrap();
    let keys = |sql: &str| -> Vec<(String, String)> {
        let mut select = db.prepare(sql).unwrap();
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    let own = keys("SELECT path, key FROM documents JOIN files ON document = id WHERE type = 'KH' ORDER BY path");
    let cited = keys(
        "SELECT path, key FROM cited AS c JOIN files AS f ON f.document = c.document WHERE number = '15/KH-UBND' ORDER BY path",
    );
    assert_eq!(own[0], ("kh.txt".to_owned(), "15/kh-ubnd@2023~ủy ban nhân dân xã tân lộc~thạch hà~hà tĩnh".to_owned()));
    assert_eq!(own[1].1, "15/kh-ubnd@2023~ủy ban nhân dân xã tân lộc~thới bình~cà mau");
    assert_eq!((&cited[0].1, &cited[1].1), (&own[0].1, &own[1].1), "a document and a citation of it have one key");
    assert_eq!(place.json(&["search", "--cites", "15/KH-UBND"]).as_array().unwrap().len(), 2);
    assert_eq!(place.json(&["stats"])["duplicates"], serde_json::json!([]));
    place.put("khac/kh2.txt", &PLAN.replace("120 hộ", "121 hộ"));
    place.index();
    let duplicates = place.json(&["stats"]);
    assert_eq!(duplicates["duplicates"][0]["paths"], serde_json::json!(["kh.txt", "khac/kh2.txt"]));
}

/// Enough words for a fingerprint to mean something.
fn long(text: &str, seed: usize) -> String {
    let words =
        ["thôn", "hộ", "nước", "cấp", "giao", "đường", "trường", "quỹ", "họp", "dân", "năm", "xã", "tổ", "rà soát"];
    let body: Vec<&str> = (0..400_usize).map(|n| words[(n * n * (seed + 3) + n * 7 + n / 5) % words.len()]).collect();
    text.replace("I. MỤC TIÊU\n", &format!("I. MỤC TIÊU\n{}.\n", body.join(" ")))
}

#[test]
fn drafts_and_near_duplicates_are_related() {
    let place = Place::new();
    let issued = long(PLAN, 1);
    let draft = issued
        .replace("Số: 15/KH-UBND", "Số:      /KH-UBND\nDỰ THẢO")
        .replace("ngày 22 tháng 6 năm", "ngày      tháng 6 năm");
    place.put("du-thao.txt", &draft);
    place.put("kh.txt", &issued);
    place.put("quet-lai.txt", &issued.replace("120 hộ", "12O hộ"));
    place.put("other.txt", &long(&PLAN.replace("15/KH", "16/KH"), 2).replace("Cấp nước sạch", "Phòng cháy rừng"));
    place.index();
    let relations = |place: &Place| place.json(&["stats"])["related"].clone();
    let related = relations(&place);
    let pairs: Vec<[&str; 3]> = related
        .as_array()
        .unwrap()
        .iter()
        .map(|one| [one["kind"].as_str().unwrap(), one["path"].as_str().unwrap(), one["other"].as_str().unwrap()])
        .collect();
    assert!(pairs.contains(&["draft_of", "du-thao.txt", "kh.txt"]), "{related}");
    assert!(pairs.iter().any(|[kind, path, _]| *kind == "near" && *path == "quet-lai.txt"), "{related}");
    assert!(!pairs.iter().any(|pair| pair.contains(&"other.txt")), "{related}");
    let before = rows(&place.db());
    place.index();
    assert_eq!(rows(&place.db()), before, "a run with nothing to do changes nothing");
    // What a document was related to may go.
    place.put("kh.txt", &long(&PLAN.replace("15/KH", "18/KH"), 5));
    place.index();
    let related = relations(&place);
    assert_eq!(related[0]["other"], "quet-lai.txt", "{related}");
}

#[test]
fn a_scan_beside_its_text_is_one_document() {
    let place = Place::new();
    place.put("0001.txt", PLAN);
    let mut scan = Pdf::new();
    scan.page("", "");
    scan.page("", "");
    fs::write(place.folder().join("0001.pdf"), scan.finish()).unwrap();
    let mut alone = Pdf::new();
    alone.page(&say(60.0, 700.0, "BÁO CÁO"), "");
    fs::write(place.folder().join("0002.pdf"), alone.finish()).unwrap();
    let output = place.index();
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(place.json(&["stats"])["documents"], 2);
    let found = place.json(&["search", "nước"]);
    assert_eq!(found["found"][0]["paths"], serde_json::json!(["0001.pdf", "0001.txt"]));
    let db = Connection::open(place.db()).unwrap();
    let read = |sql: &str| db.query_row(sql, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(read("SELECT pages || media_type FROM documents WHERE number = '15/KH-UBND'"), "2text/plain");
    assert_eq!(read("SELECT group_concat(part) FROM (SELECT part FROM files ORDER BY path)"), "scan,text,text");
    assert!(said(&place.index()).contains("3 unchanged"));
}

#[test]
fn a_file_over_the_limit_is_a_failed_file() {
    let place = Place::with_two();
    place.put("lon.txt", &long(PLAN, 1));
    let run = |limit: &str| {
        trich().arg("index").arg(place.folder()).args(["--max-bytes", limit, "--db"]).arg(place.db()).output().unwrap()
    };
    let output = run("1500");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    let stats = place.json(&["stats"]);
    assert_eq!((&stats["documents"], &stats["failed"][0][0]), (&2.into(), &"lon.txt".into()));
    assert!(stats["failed"][0][1].as_str().unwrap().contains("too large"));
    assert!(run("1M").status.success(), "what failed is read again");
    assert_eq!(place.json(&["stats"])["documents"], 3);
}

#[test]
fn one_bad_file_stops_nothing() {
    let place = Place::with_two();
    fs::write(place.folder().join("anh.txt"), b"\x89PNG\r\n\x1a\n").unwrap();
    let output = place.index();
    assert_eq!(output.status.code(), Some(1));
    let stats = place.json(&["stats"]);
    assert_eq!(stats["documents"], 2);
    assert_eq!(stats["failed"][0][0], "anh.txt");
}

#[test]
fn databases_that_cannot_be_used_are_refused_with_their_reason() {
    let place = Place::with_two();
    assert!(said(&place.ask(&["stats"])).contains("no such database"));
    fs::write(place.db(), "no database at all, but long enough to be looked at").unwrap();
    assert!(said(&place.index()).contains("no archive database"), "{}", said(&place.index()));
    assert_eq!(fs::read(place.db()).unwrap()[..2], *b"no");
    fs::remove_file(place.db()).unwrap();

    let other = Connection::open(place.db()).unwrap();
    other.execute_batch("CREATE TABLE theirs (a); INSERT INTO theirs VALUES (1);").unwrap();
    drop(other);
    let output = place.index();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("no archive database"));
    fs::remove_file(place.db()).unwrap();

    place.index();
    Connection::open(place.db()).unwrap().pragma_update(None, "user_version", 99).unwrap();
    for output in [place.index(), place.ask(&["stats"])] {
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains("newer version"), "{}", said(&output));
    }
    for older in [1, 2] {
        Connection::open(place.db()).unwrap().pragma_update(None, "user_version", older).unwrap();
        for output in [place.index(), place.ask(&["stats"])] {
            assert_eq!(output.status.code(), Some(2));
            assert!(said(&output).contains("older version"), "{}", said(&output));
        }
    }
}

#[test]
fn two_runs_at_once_the_second_says_so() {
    let place = Place::with_two();
    let lock = fs::File::create(place.dir.path().join("archive.db.lock")).unwrap();
    lock.lock().unwrap();
    let output = place.index();
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("another run"), "{}", said(&output));
}

#[test]
fn a_run_killed_at_any_moment_goes_on() {
    let undisturbed = Place::new();
    let killed = Place::new();
    for n in 0..300 {
        let text = PLAN.replace("15/KH", &format!("{}/KH", n + 1)).replace("120 hộ", &format!("{} hộ", n + 7));
        let text = text + &format!("{}. Giao trưởng thôn {n} thực hiện.\n", n + 2).repeat(20);
        undisturbed.put(&format!("{:02}/{n:03}.txt", n % 10), &text);
        killed.put(&format!("{:02}/{n:03}.txt", n % 10), &text);
    }
    // The files of both folders have the same times, so that whole rows can be compared.
    for n in 0..300 {
        let name = format!("{:02}/{n:03}.txt", n % 10);
        let time = fs::metadata(undisturbed.folder().join(&name)).unwrap().modified().unwrap();
        fs::File::options().append(true).open(killed.folder().join(&name)).unwrap().set_modified(time).unwrap();
    }
    assert!(undisturbed.index().status.success());
    let mut survived = 0;
    for n in 0..50u64 {
        let mut run = process::Command::new(assert_cmd::cargo::cargo_bin("trich"))
            .arg("index")
            .arg(killed.folder())
            .arg("--db")
            .arg(killed.db())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // From before the database is made to well into the work, in steps that repeat no moment.
        thread::sleep(Duration::from_millis(5 + n * 37 % 400));
        run.kill().unwrap();
        survived += u32::from(run.wait().unwrap().success());
    }
    assert!(survived < 50, "every run ended before it could be killed");
    let last = killed.index();
    assert!(last.status.success(), "{}", said(&last));
    assert_eq!(rows(&killed.db()), rows(&undisturbed.db()));
    assert_whole(&killed.db());
}
