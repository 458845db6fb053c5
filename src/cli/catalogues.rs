//! The catalogues of acts that a command asks, and the days on which it judges.

use super::{cannot_begin, read::reason};
use clap::Args;
use jiff::civil::Date;
use std::{
    fs,
    path::PathBuf,
    sync::{Mutex, PoisonError},
};
use trich::{
    Record,
    archive::{self, Archive},
    record::{CatalogueUsed, Resolved},
    validity::{self, Catalogue, Day},
};

/// The name that stands for the catalogue that trich ships with.
const BUILTIN: &str = "builtin";

/// Which catalogues are asked, and for which day.
#[derive(Args)]
pub struct Asked {
    /// A catalogue of acts of your own, asked before the one that trich ships with: CSV, TSV or SQLite, see docs/catalogue.md.
    /// May be given several times
    #[arg(long, value_name = "FILE")]
    catalogue: Vec<PathBuf>,
    /// An archive database (see trich index) that answers for papers which no catalogue holds
    #[arg(long, value_name = "FILE")]
    archive: Option<PathBuf>,
    /// Judge on this day (YYYY-MM-DD) instead of the document's own
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

impl Asked {
    /// The catalogues, the user's own first.
    pub fn catalogues(&self) -> anyhow::Result<Vec<&'static Catalogue>> {
        read(&self.catalogue)
    }

    /// The archive.
    pub fn archive(&self) -> anyhow::Result<Option<Papers>> {
        let Some(path) = &self.archive else { return Ok(None) };
        let archive = Archive::open(path).map_err(|error| cannot_begin(format_args!("--archive: {error}")))?;
        let name = path.file_name().map_or_else(|| super::read::name(path), |file| file.to_string_lossy().into_owned());
        let used = archive.used(&name)?;
        Ok(Some(Papers { archive: Mutex::new(archive), used }))
    }

    /// The day given.
    pub fn day(&self) -> Option<Day> {
        self.as_of.map(Day::given)
    }
}

/// An archive that is asked from several threads.
pub struct Papers {
    archive: Mutex<Archive>,
    used: CatalogueUsed,
}

impl Papers {
    /// Lets the archive answer for what no catalogue answered.
    pub fn answer(&self, record: &Record, resolved: &mut Resolved) -> anyhow::Result<()> {
        let archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
        let mut failed = None;
        validity::ask_archive(record, resolved, self.used.clone(), |key| {
            archive.held(key).unwrap_or_else(|error| {
                failed = Some(error);
                Vec::new()
            })
        });
        failed.map_or(Ok(()), |error| Err(error.into()))
    }
}

/// Reads the catalogues named, and adds the one that trich ships with. They live as long as the command.
pub fn read(paths: &[PathBuf]) -> anyhow::Result<Vec<&'static Catalogue>> {
    let mut catalogues: Vec<&'static Catalogue> = Vec::new();
    for path in paths.iter().filter(|path| path.as_os_str() != BUILTIN) {
        let name = super::read::name(path);
        let refuse = |why: String| cannot_begin(format_args!("--catalogue: {name}: {why}"));
        let mut bytes = fs::read(path).map_err(|error| refuse(reason(&error)))?;
        if bytes.starts_with(archive::SQLITE) {
            let table = archive::as_csv(path, &Catalogue::NUMBER_COLUMNS).map_err(|error| refuse(error.to_string()))?;
            bytes = table.ok_or_else(|| {
                refuse(format!(
                    "none of its tables has a column for the number of the act; name one {}, see docs/catalogue.md",
                    Catalogue::NUMBER_COLUMNS.map(|column| format!("`{column}`")).join(" or ")
                ))
            })?;
        }
        let file = path.file_name().map_or_else(|| name.clone(), |file| file.to_string_lossy().into_owned());
        let catalogue = Catalogue::read(&file, &bytes).map_err(|error| refuse(error.to_string()))?;
        catalogues.push(Box::leak(Box::new(catalogue)));
    }
    catalogues.push(Catalogue::builtin());
    Ok(catalogues)
}

/// Today in Việt Nam.
pub fn today() -> Date {
    let zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));
    jiff::Timestamp::now().to_zoned(zone).date()
}
