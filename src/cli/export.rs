//! `trich export`: an archive for other tools.

use super::{cannot_begin, complain, rules_in_force};
use clap::{Args, ValueEnum};
use std::{path::PathBuf, process::ExitCode};
use trich::{
    Extractor,
    archive::{Archive, Target},
};

/// Write an archive out: records (jsonl), tables (csv), or one workbook (xlsx)
///
/// CSV and XLSX hold every table under Vietnamese headings, the register of documents (Nghị định 30/2020/NĐ-CP, Phụ lục V)
/// first. CSV is UTF-8 with a byte order mark; a text that a spreadsheet would take for a formula begins with an
/// apostrophe. JSONL holds the records as `trich extract` writes them.
#[derive(Args)]
pub struct Export {
    /// The database
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// What to write
    #[arg(long, value_enum)]
    to: To,
    /// The folder to write into
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// A folder of rule files to lay over the built-in rules, for jsonl
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum To {
    Jsonl,
    Csv,
    Xlsx,
}

impl Export {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let target = match self.to {
            To::Jsonl => Target::Jsonl,
            To::Csv => Target::Csv,
            To::Xlsx => Target::Xlsx,
        };
        let extractor = Extractor::with_rules(rules_in_force(self.rules.as_deref())?);
        let archive = Archive::open(&self.db).map_err(cannot_begin)?;
        for path in archive.export(target, &extractor, &self.output)? {
            complain(format_args!("wrote {}", path.display()));
        }
        Ok(ExitCode::SUCCESS)
    }
}
