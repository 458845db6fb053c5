//! `trich explain`: why a line was read as it was, and why not otherwise.

use super::{complain, print, read, rules_in_force};
use clap::Args;
use std::{
    fmt::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};
use trich::{
    Extractor,
    explain::{Explanation, LineExplained, explain},
};

/// Explain a line: its zone, the facts that touch it, and what looks like a fact on it and is none
///
/// Without a line every line of a short file is explained, and of a longer one those with facts.
#[derive(Args)]
pub struct Explain {
    /// The file, with `:LINE` for one of its lines; `-` reads standard input
    #[arg(value_name = "FILE[:LINE]")]
    place: PathBuf,
    /// A folder of rule files to lay over the built-in rules
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

/// The most lines of a file that is explained whole.
const SHORT: usize = 60;

/// The most characters of a text that are shown.
const SHOWN: usize = 100;

impl Explain {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let extractor = Extractor::with_rules(rules_in_force(self.rules.as_deref())?);
        let (file, line) = place(&self.place);
        let name = read::name(&file);
        let bytes = match read::read(&file) {
            Ok(bytes) => bytes,
            Err(reason) => {
                complain(format_args!("{name}: {reason}"));
                return Ok(ExitCode::from(1));
            }
        };
        let mut explained = explain(extractor, &name, &bytes);
        let count = explained.lines.len();
        if let Some(line) = line
            && explained.line(line).is_none()
        {
            complain(format_args!("{name}: there is no line {line}; the file has {count}"));
            return Ok(ExitCode::from(1));
        }
        explained.lines.retain(|of| match line {
            Some(line) => of.line == line,
            None => !of.facts.is_empty() || count <= SHORT && of.zone.is_some(),
        });
        if self.json {
            print(&format!("{}\n", serde_json::to_string_pretty(&explained)?))?;
        } else {
            print(&written(&explained)?)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// The file and line of `FILE[:LINE]`. A file of that very name is meant whole.
fn place(given: &Path) -> (PathBuf, Option<usize>) {
    let whole = || (given.to_owned(), None);
    if given.exists() {
        return whole();
    }
    let Some((file, line)) = given.to_str().and_then(|text| text.rsplit_once(':')) else { return whole() };
    match line.parse() {
        Ok(line) if !file.is_empty() => (file.into(), Some(line)),
        _ => whole(),
    }
}

fn written(explained: &Explanation) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    for line in &explained.lines {
        if !out.is_empty() {
            out.push('\n');
        }
        write_line(&mut out, &explained.file, line)?;
    }
    Ok(out)
}

fn write_line(out: &mut String, file: &str, line: &LineExplained) -> std::fmt::Result {
    writeln!(out, "{file}:{}: {}", line.line, shown(&line.text))?;
    match &line.zone {
        Some(zone) if zone.paper > 0 => {
            writeln!(out, "  zone     {} of paper {}: {}", zone.name, zone.paper + 1, zone.says)?;
        }
        Some(zone) => writeln!(out, "  zone     {}: {}", zone.name, zone.says)?,
        None => writeln!(out, "  zone     none: the line says nothing")?,
    }
    for fact in &line.facts {
        let raw = fact.raw.as_deref().map(|raw| format!(" «{}»", shown(raw))).unwrap_or_default();
        writeln!(out, "  fact     {}{raw}", fact.fact)?;
        writeln!(out, "           {}: {}", fact.rule, fact.says.as_deref().unwrap_or("a rule that is not in force"))?;
    }
    for refused in &line.refusals {
        writeln!(out, "  no fact  «{}»: no {}: {}", shown(&refused.raw), refused.sought.says(), refused.says)?;
    }
    Ok(())
}

/// A text on one line, cut.
fn shown(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.chars().count() <= SHOWN {
        return words;
    }
    words.chars().take(SHOWN).chain(['…']).collect()
}
