//! The command `trich`: one file for each subcommand. It knows only the public API of the library.
//!
//! Exit codes: 0 when all was read, 1 when some was not, 2 when the run could not begin, 130 when it was interrupted.

mod audit;
mod bases;
mod catalogues;
mod check;
mod diff;
mod documents;
mod eval;
mod explain;
mod export;
mod extract;
mod formats;
mod index;
mod missing;
mod read;
mod rules;
mod schema;
mod search;
mod stats;
mod text;

use clap::{Parser, Subcommand};
use std::{
    fmt,
    io::{self, Write},
    path::Path,
    process::ExitCode,
};
use trich::Rules;

/// Reads Vietnamese administrative documents and returns the facts in them, each with its exact place.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Extract(extract::Extract),
    Text(text::Text),
    Formats(formats::Formats),
    Schema(schema::Schema),
    Rules(rules::RulesCommand),
    Explain(explain::Explain),
    Bases(bases::Bases),
    Check(check::Check),
    Eval(eval::Eval),
    Diff(diff::DiffCommand),
    Audit(audit::Audit),
    Index(index::Index),
    Search(search::Search),
    Missing(missing::MissingCommand),
    Stats(stats::StatsCommand),
    Export(export::Export),
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Extract(command) => command.run(),
        Command::Text(command) => command.run(),
        Command::Formats(command) => command.run(),
        Command::Schema(command) => command.run(),
        Command::Rules(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Bases(command) => command.run(),
        Command::Check(command) => command.run(),
        Command::Eval(command) => command.run(),
        Command::Diff(command) => command.run(),
        Command::Audit(command) => command.run(),
        Command::Index(command) => command.run(),
        Command::Search(command) => command.run(),
        Command::Missing(command) => command.run(),
        Command::Stats(command) => command.run(),
        Command::Export(command) => command.run(),
    };
    match done {
        Ok(code) => code,
        // Whoever read our output (`| head -1`) has had enough: that is no fault.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("{error:#}"));
            ExitCode::from(if error.is::<CannotBegin>() { 2 } else { 1 })
        }
    }
}

/// Why a run could not begin: it read nothing and wrote nothing.
#[derive(Debug)]
struct CannotBegin(String);

impl fmt::Display for CannotBegin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for CannotBegin {}

/// The refusal to begin, with its reason.
fn cannot_begin(reason: impl fmt::Display) -> anyhow::Error {
    CannotBegin(reason.to_string()).into()
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// Says something to the user on standard error; a closed standard error stops nothing.
fn complain(message: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "trich: {message}");
}

/// Writes a text to standard output.
fn print(text: &str) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    written.map_err(|error| anyhow::Error::new(error).context("standard output cannot be written"))
}

/// The rules to read by: the built-in ones, or these with a folder laid over them. They live as long as the command.
fn rules_in_force(dir: Option<&Path>) -> anyhow::Result<&'static Rules> {
    match dir {
        None => Ok(Rules::builtin()),
        Some(dir) => match Rules::with_dir(dir) {
            Ok(rules) => Ok(Box::leak(Box::new(rules))),
            Err(error) => Err(cannot_begin(format_args!("--rules: {error}"))),
        },
    }
}
