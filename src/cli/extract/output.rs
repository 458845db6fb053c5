//! Where the records go: standard output, a device, or a file that appears only when it is whole.
//!
//! While a run lasts its records stand in `FILE.partial`, whole ones only; at the end that becomes `FILE`. So a run that
//! was interrupted, even by a power cut, leaves what it finished, and an older `FILE` stays as it was until then.

use super::resume::{Earlier, Kept, Stamp, beside};
use crate::cli::{cannot_begin, read::name};
use anyhow::Context;
use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};
use trich::Record;

/// How many bytes of a large record are written at once.
const PIECE: usize = 1 << 16;

/// Where the records go.
pub enum Output {
    /// Standard output.
    Standard,
    /// A terminal, a pipe or `/dev/null` given by name: it cannot be renamed, so it is written as it is.
    Device(File, String),
    /// A file.
    File(Box<Pending>),
}

/// A file that is being written.
pub struct Pending {
    file: File,
    /// How much of it is whole records.
    whole: u64,
    path: PathBuf,
    partial: PathBuf,
    earlier: Option<Earlier>,
}

impl Output {
    /// Makes ready to write to `path`, or to standard output; with a stamp, goes on from what an interrupted run left.
    pub fn open(path: Option<&Path>, resume: Option<&Stamp>) -> anyhow::Result<Output> {
        let Some(path) = path else { return Ok(Output::Standard) };
        let refuse = |reason: String| cannot_begin(format_args!("{}: {reason}", name(path)));
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => return Err(refuse("is a folder; name the file to write".to_owned())),
            Ok(found) if !found.is_file() => {
                let file =
                    OpenOptions::new().write(true).open(path).map_err(|e| refuse(format!("cannot be written: {e}")))?;
                return Ok(Output::Device(file, name(path)));
            }
            _ => {}
        }
        // A link stays a link: the file that it leads to is replaced.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let partial = beside(&path, ".partial");
        let earlier = match resume {
            Some(stamp) => Earlier::open(&partial, stamp)?,
            None => None,
        };
        let file = OpenOptions::new().write(true).create_new(true).open(&partial).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => cannot_begin(format_args!(
                "{} is left from a run that was interrupted, or another run is writing it; go on with --resume, or delete it",
                name(&partial)
            )),
            io::ErrorKind::NotFound => refuse("cannot be written: its folder does not exist; make the folder first".to_owned()),
            _ => refuse(format!("cannot be written: {error}")),
        })?;
        Ok(Output::File(Box::new(Pending { file, whole: 0, path, partial, earlier })))
    }

    /// What an interrupted run left, if this run goes on from it.
    pub fn earlier(&self) -> Option<&Earlier> {
        match self {
            Output::File(pending) => pending.earlier.as_ref(),
            _ => None,
        }
    }

    /// Writes one whole record with its line end.
    pub fn write(&mut self, record: &[u8]) -> anyhow::Result<()> {
        match self {
            Output::Standard => io::stdout().write_all(record).context("standard output cannot be written"),
            Output::Device(file, name) => file.write_all(record).with_context(|| format!("{name} cannot be written")),
            Output::File(pending) => pending.write(record),
        }
    }

    /// Writes one record with its line end, piece by piece.
    pub fn write_large(&mut self, record: &Record, pretty: bool) -> anyhow::Result<()> {
        match self {
            Output::Standard => {
                pieces(io::stdout().lock(), record, pretty).context("standard output cannot be written")
            }
            Output::Device(file, name) => {
                pieces(file, record, pretty).with_context(|| format!("{name} cannot be written"))
            }
            Output::File(pending) => pending.write_large(record, pretty),
        }
    }

    /// Writes a record that an interrupted run had finished.
    pub fn copy(&mut self, kept: Kept) -> anyhow::Result<()> {
        let Output::File(pending) = self else { return Ok(()) };
        let record = match &mut pending.earlier {
            Some(earlier) => earlier.take(kept)?,
            None => return Ok(()),
        };
        pending.write(&record)
    }

    /// All is written: the file takes its name.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Output::Standard => io::stdout().flush().context("standard output cannot be written"),
            Output::Device(..) => Ok(()),
            Output::File(pending) => pending.finish(),
        }
    }

    /// The run ends early: keeps what is finished, and says where, or `None` when there is nothing to keep.
    pub fn keep(self) -> Option<String> {
        match self {
            Output::Standard | Output::Device(..) => None,
            Output::File(pending) => pending.keep(),
        }
    }
}

/// Writes a record as JSON, with its line end.
pub fn json(to: &mut Vec<u8>, record: &Record, pretty: bool) -> io::Result<()> {
    match pretty {
        true => serde_json::to_writer_pretty(&mut *to, record)?,
        false => record.write_json(to)?,
    }
    to.push(b'\n');
    Ok(())
}

/// The same without holding all of it.
fn pieces(to: impl Write, record: &Record, pretty: bool) -> io::Result<()> {
    let mut to = BufWriter::with_capacity(PIECE, to);
    match pretty {
        true => serde_json::to_writer_pretty(&mut to, record)?,
        false => serde_json::to_writer(&mut to, record)?,
    }
    to.write_all(b"\n")?;
    to.flush()
}

impl Pending {
    fn write(&mut self, record: &[u8]) -> anyhow::Result<()> {
        self.file.write_all(record).with_context(|| format!("{} cannot be written", name(&self.partial)))?;
        self.whole += record.len() as u64;
        Ok(())
    }

    fn write_large(&mut self, record: &Record, pretty: bool) -> anyhow::Result<()> {
        let written = pieces(&self.file, record, pretty).and_then(|()| self.file.stream_position());
        self.whole = written.with_context(|| format!("{} cannot be written", name(&self.partial)))?;
        Ok(())
    }

    fn finish(self) -> anyhow::Result<()> {
        self.file.sync_all().with_context(|| format!("{} cannot be written", name(&self.partial)))?;
        fs::rename(&self.partial, &self.path).with_context(|| {
            format!("{} cannot be written; the records are in {}", name(&self.path), name(&self.partial))
        })?;
        if let Some(earlier) = self.earlier {
            earlier.remove();
        }
        Ok(())
    }

    fn keep(mut self) -> Option<String> {
        // What a full disk left of the last record goes.
        let _ = self.file.set_len(self.whole).and_then(|()| self.file.seek(SeekFrom::Start(self.whole)));
        if let Some(mut earlier) = self.earlier.take() {
            let mut all = true;
            for kept in earlier.left() {
                all &= earlier.take(kept).and_then(|record| self.write(&record)).is_ok();
            }
            match all {
                true => earlier.remove(),
                false => self.file.set_len(self.whole).unwrap_or_default(),
            }
        }
        if self.whole == 0 {
            let _ = fs::remove_file(&self.partial);
            return None;
        }
        let _ = self.file.sync_all();
        Some(name(&self.partial))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trich::Extractor;

    #[test]
    fn a_record_is_the_same_in_pieces_and_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let text = "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020;\n".repeat(200);
        let record = Extractor::builtin().extract("a.txt", text.as_bytes());
        for pretty in [false, true] {
            let mut whole = Vec::new();
            json(&mut whole, &record, pretty).unwrap();
            assert!(whole.len() > PIECE && whole.ends_with(b"}\n"));
            let path = folder.path().join(format!("{pretty}.json"));
            let mut output = Output::open(Some(&path), None).unwrap();
            output.write(&whole).unwrap();
            output.write_large(&record, pretty).unwrap();
            output.write(&whole).unwrap();
            let Output::File(pending) = &output else { panic!() };
            assert_eq!(pending.whole, 3 * whole.len() as u64);
            output.finish().unwrap();
            assert_eq!(fs::read(&path).unwrap(), whole.repeat(3));
        }
    }
}
