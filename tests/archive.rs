//! The archive database as a user makes and asks it: `trich index`, `search`, `missing`, `stats`, `export`.

#[path = "support/pdf.rs"]
mod pdf;

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
fn an_attached_paper_is_found_by_its_number() {
    let place = Place::with_two();
    let attached = REPORT.replace("20/BC-UBND", "27/BC-UBND").replace("Kết quả cấp nước", "Kết quả trồng rừng");
    place.put("ho-so.txt", &format!("{}\n\n{attached}", PLAN.replace("15/KH", "19/KH")));
    place.index();
    let db = Connection::open(place.db()).unwrap();
    let mut select =
        db.prepare("SELECT number, type, date, title, signatories FROM papers ORDER BY document, paper").unwrap();
    let papers: Vec<Vec<Option<String>>> =
        select.query_map([], |row| (0..5).map(|at| row.get(at)).collect()).unwrap().map(Result::unwrap).collect();
    let report =
        papers.iter().find(|paper| paper[0].as_deref() == Some("27/BC-UBND")).unwrap_or_else(|| panic!("{papers:?}"));
    let report: Vec<&str> = report.iter().map(|cell| cell.as_deref().unwrap_or("?")).collect();
    assert_eq!(report, ["27/BC-UBND", "BC", "2023-12-05", "Kết quả trồng rừng năm 2023", "Nguyễn Văn Bình"]);
    for words in
        [["search", "--number", "27/bc-ubnd"], ["search", "--path", "ho-so"], ["search", "27/BC-UBND", "--sort=date"]]
    {
        let found = place.json(&words);
        assert_eq!((&found["total"], &found["found"][0]["paths"][0]), (&1.into(), &"ho-so.txt".into()), "{words:?}");
    }
    assert_eq!(place.json(&["search", "--number", "20/BC-UBND"])["found"][0]["paths"][0], "bc.txt");
    assert_eq!(place.json(&["search", "--number", "2/BC-UBND"])["total"], 0);
}

#[test]
fn dates_pages_and_words_that_nothing_holds() {
    let place = Place::with_two();
    place.index();
    for (from, to, total) in
        [("2023-06-22", "2023-06-22", 1), ("2023-06", "2023-11", 1), ("22/6/2023", "2023", 2), ("2024", "2025", 0)]
    {
        assert_eq!(place.json(&["search", "--from", from, "--to", to])["total"], total, "{from} to {to}");
    }
    let newest = place.json(&["search", "nước", "--sort", "date", "--limit", "1"]);
    let next = place.json(&["search", "nước", "--sort", "date", "--limit", "1", "--page", "2"]);
    assert_eq!((&newest["found"][0]["number"], &newest["total"]), (&"20/BC-UBND".into(), &2.into()));
    assert_eq!(next["found"][0]["number"], "15/KH-UBND");
    assert!(next["found"][0]["snippet"]["hits"].as_array().is_some_and(|hits| !hits.is_empty()));
    assert_eq!(place.json(&["search", "nước", "xyzzy"])["unmatched"], serde_json::json!(["xyzzy"]));
    let output = place.ask(&["search", "xyzzy"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("no document holds: xyzzy"));
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
fn secret_documents_become_searchable_and_cease_to_be() {
    let place = Place::with_two();
    place.put("mat.txt", &format!("MẬT\n{}", PLAN.replace("15/KH", "17/KH").replace("nông thôn", "bí hiểm")));
    place.put("mat-cu.txt", &format!("TỐI MẬT\n{}", PLAN.replace("15/KH", "18/KH").replace("nông thôn", "bí hiểm")));
    let run = |more: &[&str]| {
        let run = trich().arg("index").arg(place.folder()).args(more).arg("--db").arg(place.db()).output();
        said(&run.unwrap())
    };
    let total = || place.json(&["search", "bí hiểm"])["total"].clone();
    let numbers = || {
        let ids: Vec<_> = rows(&place.db())["documents"].iter().map(|row| row[..2].to_vec()).collect();
        ids
    };
    run(&[]);
    let (before, ids) = (rows(&place.db()), numbers());
    assert_eq!(total(), 0);
    let shown = run(&["--include-secret"]);
    assert!(shown.contains("2 files are read again") && shown.contains("2 documents read, 2 unchanged"), "{shown}");
    assert_eq!((total(), numbers()), (2.into(), ids));
    assert_eq!(place.json(&["search", "\"tối mật\" bí hiểm"])["total"], 1);
    assert!(run(&["--include-secret"]).contains("0 documents read, 4 unchanged"));
    let hidden = run(&[]);
    assert!(hidden.contains("0 documents read, 4 unchanged"), "nothing need be read for it: {hidden}");
    assert_eq!(total(), 0);
    assert_eq!(rows(&place.db()), before);

    // What has vanished cannot be read again, and is not left searchable for that.
    run(&["--include-secret"]);
    fs::remove_file(place.folder().join("mat-cu.txt")).unwrap();
    assert!(run(&["--include-secret"]).contains("1 vanished"));
    assert_eq!(total(), 2);
    run(&[]);
    assert_eq!(total(), 0);
    assert_eq!(place.json(&["search", "--type", "KH"])["total"], 3, "they are listed all the same");
    assert_whole(&place.db());
}

#[test]
fn a_quantity_has_the_time_at_which_it_was_so() {
    let place = Place::with_two();
    let dated = "Tính đến ngày 15/9/2023, toàn xã có 131 hộ nghèo. Từ đầu năm 2023 đến nay đã cấp 45 giấy phép.";
    place.put("bc-2.txt", &REPORT.replace("20/BC", "21/BC").replace("Có 118 hộ được cấp nuoc sach.", dated));
    place.index();
    let db = Connection::open(place.db()).unwrap();
    let times = |value: i64| -> (Option<String>, Option<String>) {
        let sql = "SELECT as_of, period FROM quantities WHERE value = ?1";
        db.query_row(sql, [value], |row| Ok((row.get(0)?, row.get(1)?))).unwrap()
    };
    assert_eq!(times(131), (Some("2023-09-15".to_owned()), None));
    assert_eq!(times(45), (None, Some("Từ đầu năm 2023 đến nay".to_owned())));
    assert_eq!(times(118), (None, None));
}

#[test]
fn documents_are_found_by_the_time_that_they_are_about() {
    let place = Place::with_two();
    place.put("gd.txt", &PLAN.replace("15/KH", "19/KH").replace("nông thôn năm 2023", "nông thôn giai đoạn 2024-2026"));
    place.index();
    for words in [&["search"][..], &["search", "nước"]] {
        for (years, total) in [("2023", 2), ("2025", 1), ("2025..", 1), ("2023..2024", 3), ("..2022", 0), ("2027", 0)] {
            let found = place.json(&[words, &["--period", years]].concat());
            assert_eq!(found["total"], total, "{words:?} {years}");
        }
    }
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
    let citations = fs::read_to_string(out.join("citations.csv")).unwrap();
    assert!(citations.contains("Căn cứ,Căn cứ,NĐ,30/2020/NĐ-CP"), "closed sets are in Vietnamese: {citations}");
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

#[test]
fn titles_come_before_bodies_and_the_newer_before_the_older() {
    let place = Place::with_two();
    let later = REPORT.replace("20/BC", "21/BC").replace("tháng 12 năm 2023", "tháng 12 năm 2024");
    place.put("bc-2024.txt", &later.replace("Có 118 hộ", "Ở nông thôn có 118 hộ"));
    place.index();
    let numbers = |words: &[&str]| -> Vec<String> {
        let page = place.json(words);
        page["found"].as_array().unwrap().iter().map(|one| one["number"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers(&["search", "\"nông thôn\""]), ["15/KH-UBND", "21/BC-UBND"]);
    assert_eq!(numbers(&["search", "\"cấp nước\""]), ["21/BC-UBND", "20/BC-UBND", "15/KH-UBND"]);
    assert_eq!(numbers(&["search", "\"cấp nước\"", "--limit", "1", "--page", "2"]), ["20/BC-UBND"]);
    // Issuers are found by whole words.
    assert_eq!(numbers(&["search", "nước", "--issuer", "Tân Lộc"]).len(), 3);
    assert_eq!(numbers(&["search", "nước", "--issuer", "lộc tân"]).len(), 0);
    assert_eq!(numbers(&["search", "--issuer", "ân lộc"]).len(), 0);
}

#[test]
fn a_search_that_is_too_wide_says_that_there_is_more() {
    let place = Place::with_two();
    for n in 0..700 {
        place.put(
            &format!("n/{n}.txt"),
            &format!("THÔNG BÁO\nViệc thứ {n}\n1. Nội dung\nMời họp về nước sạch lần {n}.\n"),
        );
    }
    place.index();
    let wide = place.json(&["search", "\"nước sạch\"", "--limit", "3", "--page", "2"]);
    assert_eq!(wide["more"], true);
    assert_eq!(wide["total"], 200);
    assert_eq!(wide["found"].as_array().unwrap().len(), 3);
    let output = place.ask(&["search", "\"nước sạch\""]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 to 10 of more than 200 found"), "{output:?}");
    let narrow = place.json(&["search", "\"nước sạch\"", "--type", "kh"]);
    assert_eq!((&narrow["total"], &narrow["more"]), (&1.into(), &serde_json::Value::Null));
    assert_eq!(place.json(&["search", "\"nước sạch\"", "--sort", "date"])["total"], 702, "by date all are looked at");
}
