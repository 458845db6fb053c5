//! `trich text`: the text that spans refer to.

use super::{
    complain, print,
    read::{self, HowToRead, Loaded},
};
use clap::Args;
use std::{path::PathBuf, process::ExitCode};
use trich::source::{self, Trouble};

/// Print the text of a file, exactly as the spans of its record count it
///
/// `text[start:end]` of this text is the `raw` of a fact whose span is `[start, end]`.
#[derive(Args)]
pub struct Text {
    /// The file; `-` reads standard input
    file: PathBuf,
    #[command(flatten)]
    how: HowToRead,
}

impl Text {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let name = read::name(&self.file);
        let options = self.how.options();
        let reason = match read::load(&self.file, &options) {
            Ok(Loaded::Whole(bytes)) => {
                let read = source::read(&name, &bytes, &options);
                print(&read.text)?;
                for trouble in &read.troubles {
                    if let Trouble::Limited { limit } = trouble {
                        complain(format_args!("{name}: met the limit {}; the rest was not read", limit.option()));
                    }
                }
                return Ok(ExitCode::SUCCESS);
            }
            Ok(Loaded::TooLarge { bytes, .. }) => read::too_large(bytes),
            Err(reason) => reason,
        };
        complain(format_args!("{name}: {reason}"));
        Ok(ExitCode::from(1))
    }
}
