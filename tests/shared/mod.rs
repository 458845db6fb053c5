//! The data of others in `../shared`, which the repository does not hold.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

/// A file of the shared data. Where it is absent the test says so, past the capture of its output, and passes.
#[allow(dead_code, reason = "each test file that shares this module uses a part of it")]
pub fn file(name: &str) -> Option<String> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(name);
    let text = fs::read_to_string(&path).ok();
    if text.is_none() {
        report(&format!("skipped: {} is absent", path.display()));
    }
    text
}

/// A folder of the shared data, looked for in `TRICH_SHARED` first; where it is absent the test says so and passes.
#[allow(dead_code, reason = "each test file that shares this module uses a part of it")]
pub fn folder(name: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let path = std::env::var_os("TRICH_SHARED").map_or_else(beside, PathBuf::from).join(name);
    if path.is_dir() {
        return Some(path);
    }
    report(&format!("skipped: {} is absent", path.display()));
    None
}

/// Writes a line that the test harness does not capture.
pub fn report(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// The lines of a frozen list: tabs between the cells, `#` before a remark.
#[allow(dead_code, reason = "each test file that shares this module uses a part of it")]
pub fn frozen(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split('\t').collect())
        .collect()
}
