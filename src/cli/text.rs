//! `trich text`: the text that spans refer to.

use super::{complain, print, read};
use clap::Args;
use std::{path::PathBuf, process::ExitCode};

/// Print the text of a file, exactly as the spans of its record count it
///
/// `text[start:end]` of this text is the `raw` of a fact whose span is `[start, end]`.
#[derive(Args)]
pub struct Text {
    /// The file; `-` reads standard input
    file: PathBuf,
}

impl Text {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let name = read::name(&self.file);
        match read::read(&self.file) {
            Ok(bytes) => print(&trich::text(&name, &bytes)).map(|()| ExitCode::SUCCESS),
            Err(reason) => {
                complain(format_args!("{name}: {reason}"));
                Ok(ExitCode::from(1))
            }
        }
    }
}
