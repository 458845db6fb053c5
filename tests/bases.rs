//! `trich bases`, `trich check` and `extract --catalogue` as a user types them.
#![cfg(all(feature = "cli", feature = "archive"))]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const PLAN: &str = "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA\nSố: 15/KH-UBND\nTân Hòa, ngày 12 tháng 9 năm 2024\nKẾ HOẠCH\nQuản lý đất công\n\
    Căn cứ Luật Đất đai ngày 29 tháng 11 năm 2013;\nCăn cứ Luật Trẻ em ngày 05 tháng 4 năm 2016;\n\
    Thực hiện Kế hoạch số 40/KH UBND ngày 01/02/2024 của UBND huyện Hoa Lư;\nI. MỤC ĐÍCH\n1. Quản lý đất.\n\
    Nơi nhận:\n- UBND huyện;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn An\n";

struct Run {
    out: String,
    err: String,
    code: Option<i32>,
}

fn run(folder: &TempDir, arguments: &[&str]) -> Run {
    let done = Command::cargo_bin("trich").unwrap().current_dir(folder).args(arguments).output().unwrap();
    Run {
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
        code: done.status.code(),
    }
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("kh.txt"), PLAN).unwrap();
    folder
}

fn statuses(out: &str) -> Vec<String> {
    let sheet: Value = serde_json::from_str(out).unwrap();
    let rows = sheet["citations"].as_array().unwrap();
    rows.iter().map(|row| row["resolved"]["status"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn bases_are_judged_on_the_day_of_the_document() {
    let folder = folder();
    let then = run(&folder, &["bases", "kh.txt", "--json", "--today", "2025-01-01"]);
    assert_eq!(statuses(&then.out), ["replaced", "in_force", "unchecked"]);
    let sheet: Value = serde_json::from_str(&then.out).unwrap();
    assert_eq!((sheet["checked"].as_u64(), sheet["bases"].as_u64()), (Some(2), Some(3)));
    assert_eq!(sheet["citations"][0]["resolved"]["act"]["replaced_by"], "31/2024/QH15");
    assert_eq!(sheet["citations"][2]["doubts"][0]["suggestion"], "40/KH-UBND");
    let earlier = run(&folder, &["bases", "kh.txt", "--json", "--as-of", "2020-01-01"]);
    assert_eq!(statuses(&earlier.out), ["in_force", "in_force", "unchecked"]);
}

#[test]
fn the_table_says_how_much_was_checked_and_by_what() {
    let shown = run(&folder(), &["bases", "kh.txt"]).out;
    assert!(shown.contains("đã kiểm tra 2/3 căn cứ"), "{shown}");
    assert!(shown.contains("đã bị thay thế: 31/2024/QH15") || shown.contains("31/2024/QH15"), "{shown}");
    let english = run(&folder(), &["bases", "kh.txt", "--lang", "en"]).out;
    assert!(english.contains("checked 2/3 bases"), "{english}");
}

#[test]
fn a_catalogue_of_ones_own_answers_for_local_papers() {
    let folder = folder();
    let csv = "# known: 2025-01-01\nso_hieu,co_quan,ngay_ban_hanh,ngay_hieu_luc,ngay_het_hieu_luc\n\
               40/KH-UBND,Ủy ban nhân dân huyện Hoa Lư,01/02/2024,01/02/2024,-\n";
    fs::write(folder.path().join("own.csv"), csv).unwrap();
    let shown = run(&folder, &["bases", "kh.txt", "--json", "--catalogue", "own.csv"]).out;
    assert_eq!(statuses(&shown), ["replaced", "in_force", "in_force"]);
    let sheet: Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(sheet["citations"][2]["resolved"]["source"], "own.csv");
    fs::write(folder.path().join("own.db"), "SQLite format 3\0 and nothing more").unwrap();
    let broken = run(&folder, &["bases", "kh.txt", "--catalogue", "own.db"]);
    assert_eq!(broken.code, Some(2), "{}", broken.err);
    fs::write(folder.path().join("bad.csv"), "ten,ngay\na,b\n").unwrap();
    let refused = run(&folder, &["bases", "kh.txt", "--catalogue", "bad.csv"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("bad.csv") && refused.err.contains("so_hieu"), "{}", refused.err);
}

#[test]
fn a_catalogue_may_be_a_database() {
    let folder = folder();
    let path = folder.path().join("own.db");
    let db = rusqlite::Connection::open(&path).unwrap();
    db.execute_batch(
        "CREATE TABLE a_notes (id INTEGER, note TEXT);
         CREATE TABLE papers (So_Hieu TEXT, co_quan TEXT, ngay_ban_hanh TEXT, ngay_hieu_luc TEXT, ngay_het_hieu_luc TEXT, known TEXT);
         INSERT INTO papers VALUES
            ('40/KH-UBND', 'Ủy ban nhân dân huyện Hoa Lư', '01/02/2024', '01/02/2024', '-', '2025-01-01'),
            ('41/KH-UBND', 'Ủy ban nhân dân huyện Hoa Lư', NULL, NULL, NULL, NULL);",
    )
    .unwrap();
    drop(db);
    let asked = |file: &str| run(&folder, &["bases", "kh.txt", "--json", "--catalogue", file]);
    let shown = asked("own.db");
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    assert_eq!(statuses(&shown.out), ["replaced", "in_force", "in_force"]);
    let sheet: Value = serde_json::from_str(&shown.out).unwrap();
    assert_eq!(sheet["citations"][2]["resolved"]["source"], "own.db");
    assert_eq!((&sheet["catalogues"][0]["name"], &sheet["catalogues"][0]["acts"]), (&"own.db".into(), &2.into()));

    let db = rusqlite::Connection::open(folder.path().join("other.db")).unwrap();
    db.execute_batch("CREATE TABLE papers (ten TEXT, ngay TEXT);").unwrap();
    drop(db);
    let refused = asked("other.db");
    assert_eq!(refused.code, Some(2));
    for part in ["--catalogue: other.db", "none of its tables", "`number`", "`so_hieu`", "docs/catalogue.md"] {
        assert!(refused.err.contains(part), "{part}: {}", refused.err);
    }
    // A database without a table, as an interrupted import leaves it.
    let db = rusqlite::Connection::open(folder.path().join("empty.db")).unwrap();
    db.execute_batch("CREATE TABLE t (a); DROP TABLE t;").unwrap();
    drop(db);
    assert_eq!(asked("empty.db").code, Some(2));
}

#[test]
fn an_archive_answers_for_the_papers_that_it_holds() {
    let folder = folder();
    fs::create_dir(folder.path().join("kho")).unwrap();
    let paper = |day: &str| {
        format!(
            "ỦY BAN NHÂN DÂN\nHUYỆN HOA LƯ\nSố: 40/KH-UBND\nHoa Lư, ngày {day} tháng 02 năm 2024\nKẾ HOẠCH\nQuản lý đất công\n\
             1. Quản lý đất.\n"
        )
    };
    let asked = |day: &str| {
        fs::write(folder.path().join("kho/40.txt"), paper(day)).unwrap();
        assert_eq!(run(&folder, &["index", "kho", "--db", "kho.db"]).code, Some(0));
        let shown = run(&folder, &["bases", "kh.txt", "--json", "--archive", "kho.db"]).out;
        serde_json::from_str::<Value>(&shown).unwrap()
    };
    let sheet = asked("01");
    let found = &sheet["citations"][2]["resolved"];
    assert_eq!((found["status"].as_str(), found["reason"].as_str()), (Some("unchecked"), Some("held")), "{found}");
    assert_eq!(found["source"], "kho.db");
    assert_eq!(sheet["checked"], 2);
    let found = &asked("17")["citations"][2]["resolved"];
    assert_eq!(
        (found["status"].as_str(), found["act"]["issued"].as_str()),
        (Some("date_disagrees"), Some("2024-02-17"))
    );
    let refused = run(&folder, &["bases", "kh.txt", "--archive", "none.db"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("none.db"), "{}", refused.err);
}

#[test]
fn checks_that_doubt_much_that_is_right_are_made_when_asked_for() {
    let folder = folder();
    let codes = |more: &[&str]| run(&folder, &[&["check", "kh.txt"], more].concat()).out;
    assert!(!codes(&[]).contains("T502"));
    assert!(codes(&["--enable", "T502"]).contains("lưu ý[T502]"));
    assert!(codes(&["--all"]).contains("lưu ý[T502]"));
    assert!(!codes(&["--enable", "T216"]).contains("T502"));
    let refused = run(&folder, &["check", "kh.txt", "--enable", "T999"]);
    assert_eq!(refused.code, Some(2));
    assert!(refused.err.contains("T999"), "{}", refused.err);
}

#[test]
fn extract_asks_a_catalogue_only_when_told() {
    let folder = folder();
    let plain: Value = serde_json::from_str(&run(&folder, &["extract", "kh.txt"]).out).unwrap();
    assert!(plain.get("resolved").is_none());
    let asked: Value =
        serde_json::from_str(&run(&folder, &["extract", "kh.txt", "--catalogue", "builtin"]).out).unwrap();
    assert_eq!(asked["resolved"]["citations"][0]["status"], "replaced");
    assert!(asked["diagnostics"].as_array().unwrap().iter().any(|doubt| doubt["code"] == "T231"));
    assert_eq!(asked["citations"], plain["citations"]);
}

#[test]
fn a_check_shows_the_line_and_fails_when_told() {
    let folder = folder();
    let shown = run(&folder, &["check", "kh.txt"]);
    assert_eq!(shown.code, Some(0));
    assert!(shown.out.contains("kh.txt:9:11: cảnh báo[T204]"), "{}", shown.out);
    assert!(shown.out.contains("    9 | Thực hiện Kế hoạch số 40/KH UBND"), "{}", shown.out);
    assert!(shown.out.contains("= dạng đúng: 40/KH-UBND"), "{}", shown.out);
    assert_eq!(run(&folder, &["check", "kh.txt", "--fail-on", "warning"]).code, Some(3));
    assert_eq!(run(&folder, &["check", "kh.txt", "--fail-on", "error"]).code, Some(0));
    let json = run(&folder, &["check", "kh.txt", "--json", "--lang", "en"]).out;
    let sheet: Value = serde_json::from_str(&json).unwrap();
    let doubts = sheet["diagnostics"].as_array().unwrap();
    let form = doubts.iter().find(|doubt| doubt["code"] == "T204").unwrap();
    assert_eq!((form["line"].as_u64(), form["suggestion"].as_str()), (Some(9), Some("40/KH-UBND")));
    assert!(doubts.iter().any(|doubt| doubt["code"] == "T231"));
}

#[test]
fn a_folder_is_summed_up_the_worst_first() {
    let folder = folder();
    fs::write(folder.path().join("a.txt"), "BÁO CÁO\nTình hình\n1. Kết quả\nTốt.\n").unwrap();
    let shown = run(&folder, &["check", "."]).out;
    let last: Vec<&str> = shown.lines().rev().take(2).collect();
    assert!(last[1].ends_with("kh.txt") && last[0].ends_with("a.txt"), "{shown}");
}

#[test]
fn a_code_is_explained() {
    let shown = run(&folder(), &["rules", "show", "T301"]).out;
    for part in ["T301 (warning)", "Why it matters:", "When it is wrong:", "It is found in:", "It is not found in:"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}
