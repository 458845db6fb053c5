//! `trich schema`: the shape of a record.

use super::print;
use clap::Args;
use std::process::ExitCode;

/// Print the JSON Schema of a record
#[derive(Args)]
pub struct Schema {}

impl Schema {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        print(&format!("{}\n", trich::schema()))?;
        Ok(ExitCode::SUCCESS)
    }
}
