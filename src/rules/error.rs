use super::file::Refusal;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// Why a folder of rules was refused.
#[derive(Debug, Error)]
#[error("{}{}: {reason}", path.display(), line.map(|n| format!(":{n}")).unwrap_or_default())]
pub struct RulesError {
    /// The file or folder.
    pub path: PathBuf,
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub reason: String,
}

impl RulesError {
    pub(super) fn io(path: &Path, error: std::io::Error) -> Self {
        RulesError { path: path.to_owned(), line: None, reason: format!("cannot be read: {error}") }
    }

    pub(super) fn refused(path: &Path, refusal: Refusal) -> Self {
        RulesError { path: path.to_owned(), line: refusal.line, reason: refusal.reason }
    }

    pub(super) fn empty(path: &Path) -> Self {
        RulesError {
            path: path.to_owned(),
            line: None,
            reason: "holds no .toml file; put your rule files there".to_owned(),
        }
    }

    pub(super) fn twice(path: &Path, line: Option<usize>, id: &str, other: &Path) -> Self {
        let other = other.file_name().unwrap_or_default().to_string_lossy();
        let reason = format!("rule `{id}` stands in {other} too; give one of them an id of its own");
        RulesError { path: path.to_owned(), line, reason }
    }

    pub(super) fn unknown(path: &Path, id: &str) -> Self {
        let reason = format!("`disable` names `{id}`, and there is no such rule; `trich rules list` shows them all");
        RulesError { path: path.to_owned(), line: None, reason }
    }
}
