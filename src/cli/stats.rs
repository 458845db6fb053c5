//! `trich stats`: what is in an archive.

use super::{cannot_begin, print};
use clap::Args;
use std::{fmt::Write, path::PathBuf, process::ExitCode};
use trich::archive::{Archive, Stats};

/// Show what is in an archive: types, years, issuers, most cited acts, failures, duplicates
#[derive(Args)]
pub struct StatsCommand {
    /// The database
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

impl StatsCommand {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let stats = Archive::open(&self.db).map_err(cannot_begin)?.stats()?;
        let shown = if self.json { serde_json::to_string_pretty(&stats)? + "\n" } else { shown(&stats)? };
        print(&shown)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// How many duplicates and failures are listed.
const LISTED: usize = 50;

fn left_out(out: &mut String, all: usize) -> anyhow::Result<()> {
    if all > LISTED {
        writeln!(out, "    … and {} more: --json lists all", all - LISTED)?;
    }
    Ok(())
}

fn shown(stats: &Stats) -> anyhow::Result<String> {
    let mut out = String::new();
    writeln!(
        out,
        "{} files, {} documents, {} papers; {} not read, {} vanished",
        stats.files,
        stats.documents,
        stats.papers,
        stats.failed.len(),
        stats.vanished
    )?;
    let (held, all) = stats.citations_held;
    writeln!(out, "{all} citations whose document can be told; {held} of these documents are held")?;
    for (heading, rows) in
        [("types", &stats.types), ("years", &stats.years), ("issuers", &stats.issuers), ("most cited", &stats.cited)]
    {
        writeln!(out, "\n{heading}")?;
        for (value, n) in rows {
            writeln!(out, "{n:>8}  {value}")?;
        }
    }
    if !stats.duplicates.is_empty() {
        writeln!(out, "\nsame number, symbol and issuer")?;
        for duplicate in stats.duplicates.iter().take(LISTED) {
            writeln!(out, "    {} · {}: {}", duplicate.number, duplicate.issuer, duplicate.paths.join("; "))?;
        }
        left_out(&mut out, stats.duplicates.len())?;
    }
    if !stats.relations.is_empty() {
        writeln!(out, "\nrelated documents")?;
        for (kind, n) in &stats.relations {
            writeln!(out, "{n:>8}  {}", kind.replace('_', " "))?;
        }
        for one in &stats.related {
            let how = if one.kind == "draft_of" { "is a draft of" } else { "is nearly" };
            let far = match one.distance {
                0 => "the same words".to_owned(),
                bits => format!("{bits} of 64 bits differ"),
            };
            writeln!(out, "    {} {how} {} ({far})", one.path, one.other)?;
        }
    }
    if !stats.failed.is_empty() {
        writeln!(out, "\nnot read")?;
        for (path, reason) in stats.failed.iter().take(LISTED) {
            writeln!(out, "    {path}: {reason}")?;
        }
        left_out(&mut out, stats.failed.len())?;
    }
    Ok(out)
}
