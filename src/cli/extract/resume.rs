//! What an interrupted run left, and how a later one goes on from it.
//!
//! The records of `FILE.partial` are set aside as `FILE.partial.old` while the new run writes `FILE.partial` in the order
//! of its documents, copying each record whose file has not changed. A run killed in the midst of that leaves both; the
//! next joins them.

use crate::cli::{cannot_begin, read::name};
use anyhow::Context;
use serde::Deserialize;
use std::{
    collections::{HashMap, HashSet},
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
};

/// What two runs must share for their records to stand in one file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Stamp {
    /// The name and version of the extractor.
    pub extractor: String,
    /// The hash of the rules.
    pub rules: String,
    /// The unit of spans.
    pub offsets: trich::Offsets,
    /// The catalogues that were asked, with their versions; they stand outside the source in a record.
    #[serde(skip)]
    pub catalogues: Vec<(String, String)>,
}

/// A record that an interrupted run finished: its place in the file that was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kept {
    start: u64,
    length: usize,
}

/// Finished records by name, with the SHA-256 of the file that each was made from.
pub type Records = HashMap<String, (String, Kept)>;

/// All that an interrupted run finished.
pub struct Earlier {
    path: PathBuf,
    file: File,
    records: Records,
    /// What was taken.
    taken: HashSet<Kept>,
}

/// The part of a record that says what it was made from.
#[derive(Deserialize)]
struct Line {
    source: Source,
    #[serde(default)]
    resolved: Resolved,
}

/// The part of a record that says which catalogues were asked.
#[derive(Default, Deserialize)]
struct Resolved {
    catalogues: Vec<Catalogue>,
}

#[derive(Deserialize)]
struct Catalogue {
    name: String,
    version: String,
}

#[derive(Deserialize)]
struct Source {
    name: String,
    sha256: String,
    #[serde(flatten)]
    stamp: Stamp,
}

impl Earlier {
    /// Sets aside what an interrupted run left, if it left anything and was made as this run is.
    pub fn open(partial: &Path, stamp: &Stamp) -> anyhow::Result<Option<Earlier>> {
        let old = beside(partial, ".old");
        // Both are looked at before either is touched: a refusal leaves them as they are.
        match (look(&old, stamp)?, look(partial, stamp)?) {
            (None, None) => return Ok(None),
            (None, Some(_)) => fs::rename(partial, &old).with_context(|| name(&old))?,
            (Some(_), None) => {}
            (Some((_, whole)), Some((_, more))) => {
                let mut joined = OpenOptions::new().write(true).open(&old).with_context(|| name(&old))?;
                joined.set_len(whole).and_then(|()| joined.seek(SeekFrom::End(0))).with_context(|| name(&old))?;
                let mut rest = File::open(partial).with_context(|| name(partial))?.take(more);
                io::copy(&mut rest, &mut joined).and_then(|_| fs::remove_file(partial)).with_context(|| name(&old))?;
            }
        }
        let Some((records, _)) = look(&old, stamp)? else { return Ok(None) };
        let file = File::open(&old).with_context(|| name(&old))?;
        Ok(Some(Earlier { path: old, file, records, taken: HashSet::new() }))
    }

    /// Its records.
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// The bytes of a record.
    pub fn take(&mut self, kept: Kept) -> anyhow::Result<Vec<u8>> {
        let mut record = vec![0; kept.length];
        let read = self.file.seek(SeekFrom::Start(kept.start)).and_then(|_| self.file.read_exact(&mut record));
        read.with_context(|| format!("{} cannot be read", name(&self.path)))?;
        self.taken.insert(kept);
        Ok(record)
    }

    /// The records that were not taken, in their order.
    pub fn left(&self) -> Vec<Kept> {
        let mut left: Vec<Kept> =
            self.records.values().map(|(_, kept)| *kept).filter(|kept| !self.taken.contains(kept)).collect();
        left.sort();
        left
    }

    /// All of it stands elsewhere now.
    pub fn remove(self) {
        let _ = fs::remove_file(self.path);
    }
}

/// The finished records of a file by name, and how many bytes of it are whole lines; `None` where there is no such file.
fn look(path: &Path, stamp: &Stamp) -> anyhow::Result<Option<(Records, u64)>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot_begin(format_args!("{} cannot be read: {error}", name(path)))),
    };
    let mut reader = BufReader::new(file);
    let (mut records, mut start, mut line) = (HashMap::new(), 0, Vec::new());
    for number in 1.. {
        line.clear();
        reader
            .read_until(b'\n', &mut line)
            .map_err(|e| cannot_begin(format_args!("{} cannot be read: {e}", name(path))))?;
        // The run was cut off in the midst of this line, or there are no more.
        if line.last() != Some(&b'\n') {
            break;
        }
        let mut read: Line = serde_json::from_slice(&line).map_err(|_| {
            cannot_begin(format_args!(
                "{}:{number}: is no record on one line, so the run cannot be resumed; delete the file and begin anew",
                name(path)
            ))
        })?;
        let asked = read.resolved.catalogues.into_iter().map(|catalogue| (catalogue.name, catalogue.version));
        read.source.stamp.catalogues = asked.collect();
        if let Some(difference) = difference(&read.source.stamp, stamp) {
            return Err(cannot_begin(format_args!(
                "{} was made {difference}; finish it as it was begun, or delete it and begin anew",
                name(path)
            )));
        }
        records.insert(read.source.name, (read.source.sha256, Kept { start, length: line.len() }));
        start += line.len() as u64;
    }
    Ok(Some((records, start)))
}

fn difference(then: &Stamp, now: &Stamp) -> Option<String> {
    let offsets = |stamp: &Stamp| format!("{:?}", stamp.offsets).to_lowercase();
    if then.extractor != now.extractor {
        Some(format!("by {}, and this is {}", then.extractor, now.extractor))
    } else if then.rules != now.rules {
        Some(format!("by other rules ({}, now {})", then.rules, now.rules))
    } else if then.offsets != now.offsets {
        Some(format!("with --offsets {}, now {}", offsets(then), offsets(now)))
    } else if then.catalogues != now.catalogues {
        let asked = |stamp: &Stamp| match stamp.catalogues.as_slice() {
            [] => "no catalogue".to_owned(),
            asked => {
                asked.iter().map(|(name, version)| format!("{name} ({version})")).collect::<Vec<_>>().join(" and ")
            }
        };
        Some(format!("asking {}, now {}", asked(then), asked(now)))
    } else {
        None
    }
}

/// The path with something added to the file's name.
pub fn beside(path: &Path, added: &str) -> PathBuf {
    let mut longer = path.as_os_str().to_owned();
    longer.push(added);
    longer.into()
}
