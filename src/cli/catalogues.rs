//! The catalogues of acts that a command asks, and the days on which it judges.

use super::{cannot_begin, read::reason};
use clap::Args;
use jiff::civil::Date;
use std::{fs, path::PathBuf};
use trich::validity::{Catalogue, Day};

/// The name that stands for the catalogue that trich ships with.
const BUILTIN: &str = "builtin";

/// Which catalogues are asked, and for which day.
#[derive(Args)]
pub struct Asked {
    /// A catalogue of acts of your own, asked before the one that trich ships with: CSV or TSV, see docs/catalogue.md.
    /// May be given several times
    #[arg(long, value_name = "FILE")]
    catalogue: Vec<PathBuf>,
    /// Judge on this day (YYYY-MM-DD) instead of the document's own
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

impl Asked {
    /// The catalogues, the user's own first.
    pub fn catalogues(&self) -> anyhow::Result<Vec<&'static Catalogue>> {
        read(&self.catalogue)
    }

    /// The day given.
    pub fn day(&self) -> Option<Day> {
        self.as_of.map(Day::given)
    }
}

/// Reads the catalogues named, and adds the one that trich ships with. They live as long as the command.
pub fn read(paths: &[PathBuf]) -> anyhow::Result<Vec<&'static Catalogue>> {
    let mut catalogues: Vec<&'static Catalogue> = Vec::new();
    for path in paths.iter().filter(|path| path.as_os_str() != BUILTIN) {
        let name = super::read::name(path);
        let refuse = |why: String| cannot_begin(format_args!("--catalogue: {name}: {why}"));
        let bytes = fs::read(path).map_err(|error| refuse(reason(&error)))?;
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
