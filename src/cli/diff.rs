//! `trich diff`: what changed between two runs.

use super::{
    cannot_begin, print,
    read::{self, name},
};
use clap::Args;
use serde_json::Value;
use std::{fmt::Write, path::Path, path::PathBuf, process::ExitCode};
use trich::eval::{self, Change, Diff, Difference};

/// Compare two runs over the same documents, fact by fact
///
/// Shows what a change of rules, or a newer trich, gains and loses: counts by field first, then every fact that differs,
/// by document. Documents are joined by `source.name`, facts by kind and place. A fact that only the new run has is
/// gained, one that only the old run has is lost; it is widened when the new span holds the old one and more, narrowed
/// when it is a part of it, and changed when its values differ.
///
/// Exit status, as of diff(1): 0 when nothing differs, 1 when something does, 2 when the files cannot be compared.
#[derive(Args)]
pub struct DiffCommand {
    /// The records of the old run (JSONL, as `trich extract` writes it)
    old: PathBuf,
    /// The records of the new run
    new: PathBuf,
    /// Write the differences as JSON
    #[arg(long)]
    json: bool,
}

impl DiffCommand {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let diff = eval::diff(&records(&self.old)?, &records(&self.new)?).map_err(cannot_begin)?;
        if self.json {
            print(&format!("{}\n", serde_json::to_string_pretty(&diff)?))?;
        } else {
            print(&shown(&diff)?)?;
        }
        Ok(ExitCode::from(u8::from(!diff.is_empty())))
    }
}

/// The records of a run, each as it stands.
fn records(path: &Path) -> anyhow::Result<Vec<Value>> {
    let bytes = read::read(path).map_err(|reason| cannot_begin(format_args!("{}: {reason}", name(path))))?;
    let lines = bytes.split(|byte| *byte == b'\n').enumerate().filter(|(_, line)| !line.trim_ascii().is_empty());
    let record = |(index, line): (usize, &[u8])| {
        serde_json::from_slice(line)
            .map_err(|error| cannot_begin(format_args!("{}:{}: is no record: {error}", name(path), index + 1)))
    };
    lines.map(record).collect()
}

fn shown(diff: &Diff) -> anyhow::Result<String> {
    let mut out = String::new();
    let documents = if diff.documents == 1 { "1 document".to_owned() } else { format!("{} documents", diff.documents) };
    writeln!(out, "{documents} in both runs, {} differ", diff.differing.len())?;
    for (names, run) in [(&diff.only_old, "old"), (&diff.only_new, "new")] {
        if !names.is_empty() {
            writeln!(out, "{} only in the {run} run: {}", names.len(), names.join(", "))?;
        }
    }
    if !diff.counts.is_empty() {
        write!(out, "\n{:<22}", "field")?;
        for change in Change::ALL {
            write!(out, "{:>9}", change.name())?;
        }
        writeln!(out)?;
        for (field, counts) in &diff.counts {
            write!(out, "{field:<22}")?;
            for change in Change::ALL {
                write!(out, "{:>9}", counts.get(&change).copied().unwrap_or(0))?;
            }
            writeln!(out)?;
        }
    }
    for document in &diff.differing {
        let other = if document.other_file { " (the file itself has changed)" } else { "" };
        writeln!(out, "\n{}{other}", document.name)?;
        for difference in &document.differences {
            line(&mut out, difference)?;
        }
    }
    Ok(out)
}

/// One fact that differs.
fn line(out: &mut String, difference: &Difference) -> anyhow::Result<()> {
    let Difference { field, change, old_span, new_span, old, new, values } = difference;
    write!(out, "  {:<9}{field}", change.name())?;
    if let Some(span) = new_span.or(*old_span) {
        write!(out, " {}..{}", span.start, span.end)?;
    }
    let quoted = |text: &str| format!("{:?}", cut(text, 100));
    match (old, new) {
        (Some(old), Some(new)) if old != new => writeln!(out, ": {} → {}", quoted(old), quoted(new))?,
        (Some(said), _) | (None, Some(said)) => writeln!(out, ": {}", quoted(said))?,
        (None, None) => writeln!(out)?,
    }
    for (key, (was, is)) in values {
        let value = |value: &Value| cut(&value.to_string(), 80);
        writeln!(out, "           {key}: {} → {}", value(was), value(is))?;
    }
    Ok(())
}

/// The first `most` code points of a text.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
