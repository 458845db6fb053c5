//! Runs that were interrupted, and runs that go on from them.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};
use tempfile::TempDir;

/// A folder of twenty documents, one of them no text, and what an uninterrupted run says of them.
struct Case {
    folder: TempDir,
    whole: String,
}

impl Case {
    fn new() -> Case {
        let folder = TempDir::new().unwrap();
        for n in 0..20 {
            let path = folder.path().join(format!("kho/{n:02}.txt"));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, format!("BÁO CÁO\nXã có {n} hộ nghèo.\n")).unwrap();
        }
        fs::write(folder.path().join("kho/05.txt"), b"\x89PNG\r\n").unwrap();
        let mut case = Case { folder, whole: String::new() };
        assert_eq!(case.extract(&[]).status.code(), Some(1));
        case.whole = case.read("ra.jsonl");
        fs::remove_file(case.path("ra.jsonl")).unwrap();
        case
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn lines(&self, from: usize, to: usize) -> String {
        self.whole.lines().skip(from).take(to - from).map(|line| format!("{line}\n")).collect()
    }

    fn extract(&self, more: &[&str]) -> Output {
        extract(self.folder.path(), more)
    }

    fn files(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

fn extract(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::cargo_bin("trich").unwrap();
    command.current_dir(folder).args(["extract", "kho", "-o", "ra.jsonl"]).args(more).output().unwrap()
}

fn said(done: &Output) -> String {
    String::from_utf8_lossy(&done.stderr).into_owned()
}

#[test]
fn a_cut_run_goes_on_where_it_was_cut() {
    let case = Case::new();
    // Seven whole records and a torn one.
    let torn = case.lines(7, 8);
    fs::write(case.path("ra.jsonl.partial"), case.lines(0, 7) + &torn[..40]).unwrap();
    let done = case.extract(&["--resume"]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    assert!(case.read("ra.jsonl") == case.whole);
    assert_eq!(case.files(), ["kho", "ra.jsonl"]);
}

#[test]
fn what_was_kept_is_not_read_again() {
    let case = Case::new();
    let marked = case.lines(0, 3).replace("\"pages\":null", "\"pages\":7");
    fs::write(case.path("ra.jsonl.partial"), &marked).unwrap();
    case.extract(&["--resume"]);
    assert!(case.read("ra.jsonl") == marked + &case.lines(3, 19));
}

#[test]
fn changed_and_new_documents_are_read_in_their_place() {
    let case = Case::new();
    fs::write(case.path("ra.jsonl.partial"), case.lines(0, 12)).unwrap();
    fs::write(case.path("kho/02.txt"), "KẾ HOẠCH\n").unwrap();
    fs::write(case.path("kho/03b.txt"), "TỜ TRÌNH\n").unwrap();
    fs::write(case.path("kho/05.txt"), "QUYẾT ĐỊNH\n").unwrap();
    fs::remove_file(case.path("kho/07.txt")).unwrap();
    let done = case.extract(&["--resume"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let resumed = case.read("ra.jsonl");
    fs::remove_file(case.path("ra.jsonl")).unwrap();
    case.extract(&[]);
    assert!(resumed == case.read("ra.jsonl"));
    assert_eq!(resumed.lines().count(), 20);
}

#[test]
fn a_resumed_run_that_was_killed_is_resumed_too() {
    let case = Case::new();
    fs::write(case.path("ra.jsonl.partial.old"), case.lines(0, 9)).unwrap();
    fs::write(case.path("ra.jsonl.partial"), case.lines(0, 2) + &case.lines(9, 11) + "{\"schema").unwrap();
    case.extract(&["--resume"]);
    assert!(case.read("ra.jsonl") == case.whole);
    assert_eq!(case.files(), ["kho", "ra.jsonl"]);
}

#[test]
fn a_run_that_asked_a_catalogue_is_resumed_with_the_same() {
    let case = Case::new();
    case.extract(&["--catalogue", "builtin"]);
    let whole = case.read("ra.jsonl");
    fs::remove_file(case.path("ra.jsonl")).unwrap();
    let part: String = whole.lines().take(7).map(|line| format!("{line}\n")).collect();
    fs::write(case.path("ra.jsonl.partial"), &part).unwrap();
    let other = case.extract(&["--resume"]);
    assert_eq!(other.status.code(), Some(2));
    assert!(
        said(&other).contains("was made asking trich (") && said(&other).contains("now no catalogue"),
        "{}",
        said(&other)
    );
    assert_eq!(case.read("ra.jsonl.partial"), part);
    let done = case.extract(&["--resume", "--catalogue", "builtin"]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    assert!(case.read("ra.jsonl") == whole);
}

#[test]
fn without_anything_to_go_on_from_all_is_read() {
    let case = Case::new();
    case.extract(&["--resume"]);
    assert!(case.read("ra.jsonl") == case.whole);
}

#[test]
fn what_other_rules_or_another_version_made_is_not_mixed_in() {
    let case = Case::new();
    let first = case.lines(0, 1);
    let rules = first.split("\"rules\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let version = concat!("trich ", env!("CARGO_PKG_VERSION"));
    for (partial, reason) in [
        (first.replace(&rules, "0123456789abcdef"), "was made by other rules"),
        (first.replace(version, "trich 0.0.1"), "was made by trich 0.0.1, and this is"),
        (first.replace("\"offsets\":\"chars\"", "\"offsets\":\"bytes\""), "was made with --offsets bytes, now chars"),
        ("no record\n".to_owned(), "ra.jsonl.partial:1: is no record"),
    ] {
        fs::write(case.path("ra.jsonl.partial"), &partial).unwrap();
        let done = case.extract(&["--resume"]);
        assert_eq!(done.status.code(), Some(2));
        assert!(said(&done).contains(reason), "{}", said(&done));
        assert_eq!(case.read("ra.jsonl.partial"), partial);
        assert_eq!(case.files(), ["kho", "ra.jsonl.partial"]);
    }
}

#[test]
fn what_was_left_is_not_overwritten_by_a_new_run() {
    let case = Case::new();
    fs::write(case.path("ra.jsonl.partial"), case.lines(0, 7)).unwrap();
    let done = case.extract(&[]);
    assert_eq!(done.status.code(), Some(2));
    assert!(said(&done).contains("go on with --resume, or delete it"), "{}", said(&done));
    assert_eq!(case.read("ra.jsonl.partial"), case.lines(0, 7));
}

/// The run waits for standard input after its first document; then it is interrupted.
#[cfg(unix)]
#[test]
fn an_interrupted_run_keeps_what_it_finished() {
    use std::{
        process::{Command, Stdio},
        thread,
        time::{Duration, Instant},
    };
    let case = Case::new();
    fs::write(case.path("ra.jsonl"), "an older output").unwrap();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("trich"))
        .current_dir(&case.folder)
        .args(["extract", "kho/00.txt", "-", "-o", "ra.jsonl"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = child.stdin.take();
    let begun = Instant::now();
    while fs::read(case.path("ra.jsonl.partial")).map_or(0, |bytes| bytes.len()) == 0 {
        assert!(begun.elapsed() < Duration::from_secs(60), "nothing was written");
        thread::sleep(Duration::from_millis(20));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let done = child.wait_with_output().unwrap();
    drop(input);
    assert_eq!(done.status.code(), Some(130));
    assert!(said(&done).contains("interrupted after 1 of 2 documents"), "{}", said(&done));
    assert!(said(&done).contains("ra.jsonl.partial: the same command with --resume goes on from there"));
    let kept = case.read("ra.jsonl.partial");
    assert!(kept.ends_with("}\n") && kept.lines().count() == 1);
    assert_eq!(case.read("ra.jsonl"), "an older output");
}
