//! `trich extract`, `text` and `schema` as a user types them.
#![cfg(feature = "cli")]

use assert_cmd::Command;
use serde_json::Value;
use std::{fs, path::Path};
use tempfile::TempDir;

const REPORT: &str = "BÁO CÁO\nTình hình năm 2023\n1. Kết quả\nXã có 8/8 thôn văn hóa.\n";

struct Run {
    out: String,
    err: String,
    code: Option<i32>,
}

fn run(folder: &TempDir, arguments: &[&str]) -> Run {
    run_with(folder, arguments, b"")
}

fn run_with(folder: &TempDir, arguments: &[&str], input: &[u8]) -> Run {
    let done = Command::cargo_bin("trich").unwrap().current_dir(folder).args(arguments).write_stdin(input).output();
    let done = done.unwrap();
    Run {
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
        code: done.status.code(),
    }
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn names(out: &str) -> Vec<String> {
    out.lines().map(|line| record(line)["source"]["name"].as_str().unwrap().to_owned()).collect()
}

fn record(line: &str) -> Value {
    serde_json::from_str(line).unwrap()
}

fn left_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_file_gives_one_record_on_one_line() {
    let folder = folder(&[("bao-cao.dat", REPORT.as_bytes())]);
    let done = run(&folder, &["extract", "bao-cao.dat"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    assert_eq!(names(&done.out), ["bao-cao.dat"]);
    assert_eq!(record(&done.out)["source"]["offsets"], "chars");
}

#[test]
fn standard_input_is_read_by_a_dash() {
    let folder = folder(&[]);
    let done = run_with(&folder, &["extract", "-"], REPORT.as_bytes());
    assert_eq!(done.code, Some(0));
    assert_eq!(record(&done.out)["source"]["name"], "-");
    assert_eq!(record(&done.out)["source"]["bytes"], REPORT.len());
}

#[test]
fn pretty_says_the_same_over_many_lines() {
    let folder = folder(&[("a.txt", REPORT.as_bytes())]);
    let plain = run(&folder, &["extract", "a.txt"]);
    let pretty = run(&folder, &["extract", "a.txt", "--pretty"]);
    assert!(pretty.out.lines().count() > 20);
    assert_eq!(record(&pretty.out), record(&plain.out));
}

#[test]
fn the_unit_of_spans_can_be_chosen() {
    let folder = folder(&[("a.txt", REPORT.as_bytes())]);
    for unit in ["chars", "bytes", "utf16"] {
        let done = run(&folder, &["extract", "a.txt", "--offsets", unit, "--lang", "en"]);
        assert_eq!(record(&done.out)["source"]["offsets"], unit);
    }
}

#[test]
fn a_folder_is_read_in_the_order_of_its_paths() {
    let folder = folder(&[
        ("kho/b.md", b"b"),
        ("kho/a.txt", b"a"),
        ("kho/A.TXT", b"A"),
        ("kho/nam/2023.text", b"c"),
        ("kho/khong-duoi", b"d"),
        ("kho/anh.jpg", b"e"),
        ("kho/bang.csv", b"f"),
        ("kho/.an/x.txt", b"g"),
        ("kho/.an.txt", b"g"),
        ("kho/nhap/x.txt", b"h"),
        ("kho/.trichignore", b"nhap/\n"),
        ("kho/.gitignore", b"a.txt\n"),
    ]);
    let done = run(&folder, &["extract", "kho"]);
    assert_eq!(names(&done.out), ["A.TXT", "a.txt", "b.md", "khong-duoi", "nam/2023.text"]);
    assert_eq!(done.err, "trich: 5 documents read, 2 files of other endings passed over\n");
    assert_eq!(done.code, Some(0));
}

#[test]
fn names_stay_apart_when_several_paths_are_given() {
    let folder = folder(&[("x/a.txt", b"1"), ("y/a.txt", b"2"), ("a.txt", b"3")]);
    let done = run(&folder, &["extract", "x", "y/", "a.txt", "x/a.txt"]);
    assert_eq!(names(&done.out), ["x/a.txt", "y/a.txt", "a.txt"]);
}

/// Sixty documents in nested folders, of very different lengths.
fn tree() -> TempDir {
    let folder = TempDir::new().unwrap();
    for n in 0..60 {
        let path = folder.path().join(format!("kho/{}/{}/tai-lieu-{n}.txt", n % 3, n % 7));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let body = format!("{n}. Kết quả\nXã có {n} hộ nghèo, giảm {} hộ.\n", n / 2).repeat(1 + (n * 37) % 90);
        fs::write(path, format!("{REPORT}{body}")).unwrap();
    }
    folder
}

#[test]
fn the_output_is_the_same_for_any_number_of_jobs() {
    let tree = tree();
    let one = run(&tree, &["extract", "kho", "--jobs", "1"]);
    let four = run(&tree, &["extract", "kho", "--jobs", "4"]);
    assert_eq!(one.out.lines().count(), 60);
    assert!(one.out == four.out);
    assert_eq!(one.err, four.err);
    let written = run(&tree, &["extract", "kho", "-j", "3", "-o", "ra.jsonl"]);
    assert_eq!((written.code, written.out.as_str()), (Some(0), ""));
    assert!(fs::read_to_string(tree.path().join("ra.jsonl")).unwrap() == one.out);
    assert_eq!(left_in(tree.path()), ["kho", "ra.jsonl"]);
}

#[test]
fn what_cannot_be_read_is_named_and_the_others_are_read() {
    let folder = folder(&[("a.txt", b"a"), ("b.txt", b"\x89PNG\r\n"), ("c.txt", b"c"), ("d.txt", &[0, 1, 2, 3])]);
    let done = run(&folder, &["extract", "a.txt", "b.txt", "khong-co.txt", "c.txt", "d.txt"]);
    assert_eq!(names(&done.out), ["a.txt", "c.txt"]);
    assert!(done.err.contains("trich: b.txt: is a PNG image, not text; "), "{}", done.err);
    assert!(done.err.contains("trich: khong-co.txt: there is no such file or folder; "), "{}", done.err);
    assert!(done.err.contains("trich: d.txt: is binary data, not text; "), "{}", done.err);
    assert!(done.err.ends_with("trich: 2 documents read, 3 not read\n"), "{}", done.err);
    assert_eq!(done.code, Some(1));
}

#[test]
fn a_folder_without_documents_is_said_to_be_one() {
    let folder = folder(&[("trong/anh.png", b"x")]);
    let done = run(&folder, &["extract", "trong"]);
    assert_eq!(done.out, "");
    assert!(done.err.contains("trich: trong: holds no document"), "{}", done.err);
    assert_eq!(done.code, Some(1));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read_is_said_to_be_one() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.txt", b"a"), ("b.txt", b"b")]);
    let shut = folder.path().join("a.txt");
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read it all the same.
    let refused = fs::read(&shut).is_err();
    let done = run(&folder, &["extract", "a.txt", "b.txt"]);
    assert_eq!(done.err.contains("trich: a.txt: may not be read: permission denied"), refused, "{}", done.err);
    assert_eq!(done.code, Some(i32::from(refused)));
    assert_eq!(names(&done.out).last().unwrap(), "b.txt");
}

#[test]
fn an_empty_file_gives_an_empty_record() {
    let folder = folder(&[("trong.txt", b"")]);
    let done = run(&folder, &["extract", "trong.txt"]);
    assert_eq!(done.code, Some(0));
    let record = record(&done.out);
    assert_eq!((&record["source"]["bytes"], &record["document"]["number"]), (&Value::from(0), &Value::Null));
    assert_eq!(record["findings"], Value::Array(Vec::new()));
}

#[test]
fn bytes_that_are_no_utf8_are_replaced() {
    let folder =
        folder(&[("a.txt", b"S\xe1\xbb: 12/BC-UBND\xff"), ("b.txt", b"B\0o c\0o: a line with NUL bytes, yet text")]);
    let done = run(&folder, &["extract", "a.txt", "b.txt"]);
    assert_eq!(done.code, Some(0), "{}", done.err);
    let chars: Vec<Value> = done.out.lines().map(|line| record(line)["source"]["chars"].clone()).collect();
    assert_eq!(chars, [15, 40]);
    assert_eq!(run(&folder, &["text", "a.txt"]).out, "S\u{fffd}: 12/BC-UBND\u{fffd}");
}

#[test]
fn a_line_of_fifty_megabytes_is_read() {
    // Without optimisation that takes a minute: there a tenth of it must do.
    let bytes = if cfg!(debug_assertions) { 5_000_000 } else { 50_000_000 };
    let line = "xã đã họp bàn kế hoạch, ".repeat(bytes / 32);
    let folder = folder(&[("dai.txt", line.as_bytes())]);
    let done = run(&folder, &["extract", "dai.txt", "-o", "ra.jsonl"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), ""));
    let written = fs::read_to_string(folder.path().join("ra.jsonl")).unwrap();
    assert_eq!(record(&written)["source"]["bytes"], line.len());
}

#[cfg(unix)]
#[test]
fn a_name_that_is_no_utf8_is_read_and_written_with_its_bytes() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("kho")).unwrap();
    for name in [&b"x\xe3.txt"[..], b"x\xe4.txt"] {
        // Some file systems take no such name.
        if fs::write(folder.path().join("kho").join(OsStr::from_bytes(name)), "a").is_err() {
            return;
        }
    }
    let done = run(&folder, &["extract", "kho"]);
    assert_eq!(names(&done.out), ["x\\xE3.txt", "x\\xE4.txt"]);
    assert_eq!(done.code, Some(0));
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_is_not_followed_round_in_a_circle() {
    let folder = folder(&[("kho/a.txt", b"a")]);
    std::os::unix::fs::symlink(".", folder.path().join("kho/vong")).unwrap();
    std::os::unix::fs::symlink("a.txt", folder.path().join("kho/b.txt")).unwrap();
    let done = run(&folder, &["extract", "kho"]);
    assert_eq!(names(&done.out), ["a.txt", "b.txt"]);
    assert_eq!(done.code, Some(0));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_fault() {
    let tree = tree();
    for command in ["extract kho", "rules list", "schema"] {
        let script = format!("{{ \"$0\" {command}; echo \"code $?\" >&2; }} | head -1");
        let program = assert_cmd::cargo::cargo_bin("trich");
        let done = Command::new("sh").current_dir(&tree).arg("-c").arg(script).arg(program).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&done.stdout).lines().count(), 1, "{command}");
        let said = String::from_utf8_lossy(&done.stderr).into_owned();
        assert!(
            said.ends_with("code 0\n") && !said.contains("panicked") && !said.contains("pipe"),
            "{command}: {said}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_reported() {
    let folder = folder(&[("a.txt", b"a")]);
    let done = run(&folder, &["extract", "a.txt", "-o", "/dev/full"]);
    assert_eq!(done.code, Some(1));
    assert!(done.err.contains("trich: /dev/full cannot be written: No space left"), "{}", done.err);
    let program = assert_cmd::cargo::cargo_bin("trich");
    let script = "\"$0\" extract a.txt > /dev/full";
    let done = Command::new("sh").current_dir(&folder).arg("-c").arg(script).arg(program).output().unwrap();
    assert_eq!(done.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&done.stderr).contains("standard output cannot be written"));
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_behind() {
    let folder = folder(&[("a.txt", b"a"), ("kho/b.txt", b"b")]);
    for (output, reason) in
        [("khong-co/ra.jsonl", "make the folder first"), ("kho", "is a folder"), ("a.txt", "one of the documents")]
    {
        let done = run(&folder, &["extract", "a.txt", "-o", output]);
        assert_eq!(done.code, Some(2), "{output}");
        assert!(done.err.contains(reason), "{}", done.err);
        assert_eq!(left_in(folder.path()), ["a.txt", "kho"]);
    }
    assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), b"a");
}

#[test]
fn wrong_usage_is_refused() {
    let folder = folder(&[("a.txt", b"a")]);
    for arguments in [
        &["extract"][..],
        &["extract", "a.txt", "--jobs", "0"],
        &["extract", "a.txt", "--resume"],
        &["extract", "a.txt", "--offsets", "words"],
        &["extract", "a.txt", "--rules", "khong-co"],
        &["xem", "a.txt"],
    ] {
        let done = run(&folder, arguments);
        assert_eq!((done.code, done.out.as_str()), (Some(2), ""), "{arguments:?}");
        assert!(!done.err.is_empty());
    }
}

#[test]
fn text_prints_what_spans_refer_to() {
    let folder = folder(&[("a.txt", b"\xef\xbb\xbfho\xc3\xa0\r\n\tb"), ("b.txt", b"\x89PNG\r\n")]);
    let done = run(&folder, &["text", "a.txt"]);
    assert_eq!((done.code, done.out.as_str()), (Some(0), "hoà\r\n\tb"));
    assert_eq!(run_with(&folder, &["text", "-"], "xã".as_bytes()).out, "xã");
    let done = run(&folder, &["text", "b.txt"]);
    assert_eq!((done.code, done.out.as_str()), (Some(1), ""));
    assert!(done.err.starts_with("trich: b.txt: is a PNG image, not text; "));
    assert!(run(&folder, &["text", "."]).err.contains("trich: .: is a folder; name a file"));
}

#[test]
fn the_format_is_told_by_content_and_can_be_overruled() {
    let page = "<html><body><p>Số: 12/BC-UBND</p></body></html>";
    let folder = folder(&[("a.doc", page.as_bytes()), ("b.md", b"# a"), ("c.png", b"\x89PNG\r\n")]);
    let done = run(&folder, &["extract", "a.doc", "b.md"]);
    let types: Vec<Value> = done.out.lines().map(|line| record(line)["source"]["media_type"].clone()).collect();
    assert_eq!(types, ["text/html", "text/markdown"]);
    assert_eq!(run(&folder, &["text", "a.doc"]).out, "Số: 12/BC-UBND\n");
    assert_eq!(run(&folder, &["text", "a.doc", "--format", "text"]).out, page);
    assert_eq!(run(&folder, &["text", "a.doc", "--format", "xls"]).code, Some(2));
    let formats = run(&folder, &["formats"]).out;
    assert!(formats.contains(".html .htm .xhtml") && formats.contains("TCVN3"), "{formats}");
}

#[test]
fn the_encoding_can_be_overruled() {
    let folder = folder(&[("a.txt", b"S\xe8 5")]);
    assert_eq!(run(&folder, &["text", "a.txt", "--encoding", "TCVN3"]).out, "Số 5");
    assert_eq!(run(&folder, &["text", "a.txt", "--encoding", "windows-1252"]).out, "Sè 5");
    let done = run(&folder, &["extract", "a.txt", "--encoding", "abc"]);
    let source = record(&done.out)["source"].clone();
    assert_eq!((&source["encoding"], &source["encoding_certainty"]), (&Value::from("TCVN3"), &Value::Null));
    let done = run(&folder, &["text", "a.txt", "--encoding", "ebcdic"]);
    assert!(done.code == Some(2) && done.err.contains("one of UTF-8, "), "{}", done.err);
}

#[test]
fn limits_are_kept_and_named_in_the_record() {
    let deep = format!("<html>{}x", "<div>".repeat(20));
    let folder = folder(&[("lon.txt", &[b'a'; 3000]), ("sau.html", deep.as_bytes()), ("nho.txt", b"a")]);
    let done = run(&folder, &["extract", "lon.txt", "sau.html", "nho.txt", "--max-bytes", "2K", "--max-depth", "9"]);
    assert_eq!((done.code, done.err.as_str()), (Some(0), "trich: 3 documents read\n"));
    let said: Vec<Vec<String>> = done
        .out
        .lines()
        .map(|line| {
            let diagnostics = record(line)["diagnostics"].as_array().unwrap().clone();
            let limits = diagnostics.iter().filter(|diagnostic| diagnostic["code"] == "T006");
            limits.map(|diagnostic| diagnostic["message"].as_str().unwrap().to_owned()).collect()
        })
        .collect();
    assert!(said[0][0].contains("--max-bytes") && said[1][0].contains("--max-depth") && said[2].is_empty(), "{said:?}");
    let first = record(done.out.lines().next().unwrap());
    assert_eq!((&first["source"]["bytes"], &first["source"]["chars"]), (&Value::from(3000), &Value::from(0)));
    let whole = run(&folder, &["extract", "lon.txt"]);
    assert_eq!(first["source"]["sha256"], record(&whole.out)["source"]["sha256"]);
    let done = run(&folder, &["text", "lon.txt", "--max-bytes", "2K"]);
    assert!(done.code == Some(1) && done.err.contains("is too large (3000 bytes)"), "{}", done.err);
    assert_eq!(run_with(&folder, &["extract", "-", "--max-bytes", "2"], b"abc").code, Some(0));
}

#[test]
fn the_schema_is_a_schema() {
    let schema = record(&run(&folder(&[]), &["schema"]).out);
    assert_eq!(schema["title"], "Record");
    assert!(schema["properties"]["citations"].is_object());
}
