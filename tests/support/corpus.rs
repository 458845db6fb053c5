//! The documents of `corpus/`.

use std::{fs, path::PathBuf};

/// A document: its file name and its bytes.
pub struct Document {
    /// The file name.
    pub name: String,
    /// The whole file.
    pub bytes: Vec<u8>,
}

/// Every document of the corpus, by name; what describes the corpus is no part of it.
pub fn documents() -> Vec<Document> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut documents: Vec<Document> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), entry.path()))
        .filter(|(name, _)| !name.starts_with('.') && name != "README.md")
        .map(|(name, path)| Document { name, bytes: fs::read(path).unwrap() })
        .collect();
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!documents.is_empty(), "corpus/ is empty");
    documents
}
