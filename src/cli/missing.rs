//! `trich missing`: what an archive cites and does not hold.

use super::{cannot_begin, print};
use clap::Args;
use std::{fmt::Write, path::PathBuf, process::ExitCode};
use trich::archive::Archive;

/// List what the documents of an archive cite and the archive does not hold, most cited first
///
/// Only citations are counted whose year and issuer are known, so that the same number of two communes is never one.
#[derive(Args)]
pub struct MissingCommand {
    /// The database
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// How many to list
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: usize,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

impl MissingCommand {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let missing = Archive::open(&self.db).map_err(cannot_begin)?.missing(self.limit)?;
        let mut out = String::new();
        if self.json {
            out = serde_json::to_string_pretty(&missing)? + "\n";
        } else {
            writeln!(out, "documents  times  what")?;
            for one in &missing {
                let parts = [Some(one.name.as_str()), one.date.as_deref(), one.issuer.as_deref()];
                let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                writeln!(out, "{:>9}  {:>5}  {name}", one.documents, one.times)?;
            }
        }
        print(&out)?;
        Ok(ExitCode::SUCCESS)
    }
}
