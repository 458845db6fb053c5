//! From the paths on the command line to the documents to read.

use crate::cli::read::{name, reason};
use ignore::{DirEntry, WalkBuilder};
use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};
use trich::source::Format;

/// A document to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// What the record calls it.
    pub name: String,
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
}

/// What the paths lead to.
#[derive(Debug, Default)]
pub struct Found {
    /// The documents, in the order of the paths, those of a folder sorted by path.
    pub inputs: Vec<Input>,
    /// Files in folders that have another ending.
    pub passed_over: usize,
    /// What could not be looked into, one message each.
    pub troubles: Vec<String>,
}

/// Finds the documents. A file given by name is taken whatever its ending; a path that is not there is taken too, so
/// that reading it says so. The names are relative to the folder when one folder is all that is given, so that they do
/// not change with the place that the command runs in; else each begins with its path as given.
pub fn find(paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for path in paths {
        if path != Path::new("-") && path.is_dir() {
            walk(path, paths.len() > 1, &mut found);
        } else {
            found.inputs.push(Input { name: name(path), path: path.clone() });
        }
    }
    let mut seen = HashSet::new();
    found.inputs.retain(|input| seen.insert(input.name.clone()));
    found
}

fn walk(folder: &Path, prefix: bool, found: &mut Found) {
    let (before, troubles) = (found.inputs.len(), found.troubles.len());
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .add_custom_ignore_filename(".trichignore")
        .sort_by_file_name(std::ffi::OsStr::cmp)
        .build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                if let Some(trouble) = entry.error() {
                    found.troubles.push(trouble.to_string());
                }
                if !is_file(&entry) {
                    continue;
                }
                if is_document(entry.path()) {
                    let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
                    let called = if prefix { name(&folder.join(inside)) } else { name(inside) };
                    found.inputs.push(Input { name: called, path: entry.into_path() });
                } else {
                    found.passed_over += 1;
                }
            }
            Err(error) => found.troubles.push(said(&error)),
        }
    }
    if found.inputs.len() == before && found.troubles.len() == troubles {
        let folder = name(folder);
        found.troubles.push(format!(
            "{folder}: holds no document (`trich formats` lists the endings); name the files to read others"
        ));
    }
}

/// Files, and links to files: a link to a folder could lead round in a circle.
fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file() || (kind.is_symlink() && !entry.path().is_dir()))
}

/// By its ending; a file without one is a document too.
fn is_document(path: &Path) -> bool {
    match path.extension().map(|ending| ending.to_string_lossy().to_lowercase()) {
        None => true,
        Some(ending) => {
            ending.is_empty() || Format::ALL.iter().any(|format| format.endings().contains(&ending.as_str()))
        }
    }
}

/// An error of the walk, with the path first.
fn said(error: &ignore::Error) -> String {
    match error {
        ignore::Error::WithPath { path, err } => match err.io_error() {
            Some(io) => format!("{}: {}", name(path), reason(io)),
            None => format!("{}: {err}", name(path)),
        },
        ignore::Error::WithDepth { err, .. } => said(err),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_told_by_their_ending() {
        for name in [
            "a.txt",
            "a.TXT",
            "a.b.md",
            "bao-cao",
            "a.text",
            "a.markdown",
            "a.htm",
            "a.pdf",
            "a.DOCX",
            "a.doc",
            "a.rtf",
        ] {
            assert!(is_document(Path::new(name)), "{name}");
        }
        for name in ["a.xlsx", "a.txt.bak", "a.json"] {
            assert!(!is_document(Path::new(name)), "{name}");
        }
    }
}
