//! The records, one a line: made again from the texts that the database holds.

use super::{Archive, ArchiveError, said, whole};
use crate::{Extractor, source::SourceText};
use std::{
    fs::File,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

pub(super) fn write(archive: &Archive, extractor: &Extractor<'_>, dir: &Path) -> Result<Vec<PathBuf>, ArchiveError> {
    let path = whole(&dir.join("records.jsonl"), |path| records(archive, extractor, path))?;
    Ok(vec![path])
}

fn records(archive: &Archive, extractor: &Extractor<'_>, path: &Path) -> Result<(), ArchiveError> {
    let sql = |error| archive.told(error);
    let told = |error: std::io::Error| said(path, &error);
    let mut out = BufWriter::new(File::create(path).map_err(told)?);
    let mut select = archive
        .db
        .prepare(
            "SELECT (SELECT min(path) FROM files WHERE document = d.id AND part = 'text'), source, text \
             FROM documents AS d JOIN texts ON document = d.id ORDER BY d.id",
        )
        .map_err(sql)?;
    let mut rows = select.query([]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        let name: Option<String> = row.get(0).map_err(sql)?;
        let source: String = row.get(1).map_err(sql)?;
        let mut source: SourceText = serde_json::from_str(&source).map_err(|error| said(path, &error))?;
        source.text = row.get(2).map_err(sql)?;
        let record = extractor.record(name.as_deref().unwrap_or_default(), &source);
        serde_json::to_writer(&mut out, &record).map_err(|error| said(path, &error))?;
        out.write_all(b"\n").map_err(told)?;
    }
    out.flush().map_err(told)
}
