//! The archive database as a user makes and asks it: `trich index`, `search`, `missing`, `stats`, `export`.

use assert_cmd::Command;
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
    Có 120 hộ được cấp nước sạch.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Bình\n";
const REPORT: &str = "ỦY BAN NHÂN DÂN\nXÃ TÂN LỘC\nSố: 20/BC-UBND\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
    Độc lập - Tự do - Hạnh phúc\nTân Lộc, ngày 05 tháng 12 năm 2023\nBÁO CÁO\nKết quả cấp nước năm 2023\n\
    Thực hiện Kế hoạch số 15/KH-UBND ngày 22/6/2023 của Ủy ban nhân dân xã Tân Lộc, UBND xã báo cáo như sau:\n\
    1. Kết quả\nCó 118 hộ được cấp nuoc sach.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn Bình\n";

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
        .filter(|name: &String| !name.starts_with("words_") && !name.starts_with("marked_"))
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
fn marks_case_and_d_are_folded_and_exact_hits_come_first() {
    let place = Place::with_two();
    place.index();
    for words in ["\"nuoc sach\"", "NƯỚC SẠCH", "nước sạch"] {
        assert_eq!(place.json(&["search", words])["total"], 2, "{words}");
    }
    let exact = place.json(&["search", "\"nước sạch\""]);
    assert_eq!(exact["found"][0]["number"], "15/KH-UBND");
    assert_eq!(place.json(&["search", "nghi dinh"])["total"], 1);
    assert_eq!(place.json(&["search", "duoc cap"])["total"], 2, "đ is folded");
}

#[test]
fn filters_narrow_and_odd_queries_do_not_fail() {
    let place = Place::with_two();
    place.index();
    assert_eq!(place.json(&["search", "nước", "--type", "BC"])["total"], 1);
    assert_eq!(place.json(&["search", "nước", "--year", "2021..2022"])["total"], 0);
    assert_eq!(place.json(&["search", "--issuer", "tan loc"])["total"], 2);
    assert_eq!(place.json(&["search", "title:sạch"])["total"], 1);
    for odd in ["\"", "*", "AND", "a OR", "(", "title:", "NEAR(a b)", "15/KH-UBND", "--", "'; DROP TABLE files"] {
        let output = trich().args(["search", "--json", "--db"]).arg(place.db()).arg("--").arg(odd).output().unwrap();
        assert!(output.status.code().is_some_and(|code| code <= 1), "{odd}: {output:?}");
    }
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
    place.put("khac/kh.txt", &PLAN.replace("TÂN LỘC", "TÂN MỸ").replace("Tân Lộc", "Tân Mỹ"));
    place.index();
    assert_eq!(place.json(&["search", "--cites", "15/KH-UBND"]).as_array().unwrap().len(), 1);
    assert_eq!(place.json(&["stats"])["duplicates"], serde_json::json!([]));
    place.put("khac/kh2.txt", &PLAN.replace("120 hộ", "121 hộ"));
    place.index();
    let duplicates = place.json(&["stats"]);
    assert_eq!(duplicates["duplicates"][0]["paths"], serde_json::json!(["kh.txt", "khac/kh2.txt"]));
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
fn what_is_secret_is_listed_and_not_searchable() {
    let place = Place::with_two();
    place.put("mat.txt", &format!("MẬT\n{}", PLAN.replace("15/KH", "17/KH").replace("nông thôn", "bí hiểm")));
    place.index();
    assert_eq!(place.json(&["search", "bí hiểm"])["total"], 0);
    assert_eq!(place.json(&["search", "--type", "KH"])["total"], 2);
    let open = Place::new();
    open.put("mat.txt", &format!("MẬT\n{}", PLAN.replace("nông thôn", "bí hiểm")));
    trich().arg("index").arg(open.folder()).arg("--include-secret").arg("--db").arg(open.db()).assert().success();
    assert_eq!(open.json(&["search", "bí hiểm"])["total"], 1);
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
}

#[test]
fn exports_are_what_other_tools_expect() {
    let place = Place::with_two();
    place.put("odd.txt", &PLAN.replace("15/KH", "05/KH").replace("Cấp nước", "=Cấp nước"));
    place.index();
    let out = place.dir.path().join("out");
    for to in ["jsonl", "csv", "xlsx"] {
        let output = place.ask(&["export", "--to", to, "-o", out.to_str().unwrap()]);
        assert!(output.status.success(), "{}", said(&output));
    }
    let direct = trich().arg("extract").arg(place.folder()).output().unwrap();
    assert_eq!(fs::read(out.join("records.jsonl")).unwrap(), direct.stdout);
    let register = fs::read_to_string(out.join("muc-luc-van-ban.csv")).unwrap();
    assert!(register.starts_with("\u{feff}STT,Số và ký hiệu văn bản,Ngày tháng năm văn bản"));
    assert!(register.contains("05/KH-UBND,2023-06-22,Kế hoạch =Cấp nước"), "{register}");
    let documents = fs::read_to_string(out.join("documents.csv")).unwrap();
    assert!(documents.contains(",'=Cấp nước"), "{documents}");
    assert!(fs::read(out.join("archive.xlsx")).unwrap().starts_with(b"PK"));
}

/// What LibreOffice makes of a file, in the folder `out`; nothing where it is not there or has no spreadsheets.
fn converted(place: &Place, file: &Path, to: &str, out: &Path) -> Option<process::Output> {
    let office = ["soffice", "libreoffice"];
    let office = office.into_iter().find(|name| process::Command::new(name).arg("--version").output().is_ok())?;
    let profile = format!("-env:UserInstallation=file://{}", place.dir.path().join("profile").display());
    let run = process::Command::new(office)
        .args([&profile, "--headless", "--convert-to", to, "--outdir"])
        .arg(out)
        .arg(file)
        .output();
    Some(run.unwrap())
}

#[test]
fn libreoffice_reads_the_workbook() {
    let place = Place::with_two();
    let out = place.dir.path().join("out");
    fs::create_dir_all(&out).unwrap();
    let known = out.join("known.csv");
    fs::write(&known, "a,b\n1,2\n").unwrap();
    converted(&place, &known, "xlsx", &out);
    if !out.join("known.xlsx").exists() {
        eprintln!("SKIPPED: no LibreOffice that reads spreadsheets; the workbook was not opened in it");
        return;
    }
    place.put("odd.txt", &PLAN.replace("15/KH", "05/KH"));
    place.index();
    place.ask(&["export", "--to", "xlsx", "-o", out.to_str().unwrap()]);
    // The second sheet as CSV, cells as they are shown.
    let to = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,2";
    converted(&place, &out.join("archive.xlsx"), to, &out);
    let shown = fs::read_to_string(out.join("archive-Văn bản.csv")).unwrap();
    assert!(shown.contains("05/KH-UBND") && shown.contains("22/06/2023"), "{shown}");
    assert!(shown.contains(",05,"), "a serial keeps its zero: {shown}");
}
