//! `trich audit`: what looks like a fact and is none.

use super::{
    complain,
    extract::{guard, inputs},
    print, read, rules_in_force,
};
use clap::Args;
use serde_json::json;
use std::{fmt::Write, path::PathBuf, process::ExitCode};
use trich::{
    Extractor,
    eval::{Lines, LookAlike, Pattern, audit},
};

/// List what looks like a fact and was claimed by no rule: the alarm that something is not read
///
/// Looks for document numbers (12/KH-UBND), `Điều 5`, `khoản 2`, `15%`, `60 triệu đồng` and `Luật …`, and shows those
/// that are in no fact of the record: counts first, then each with its line. Not each is an error: `Điều 5` of the
/// document itself cites nothing. Folders are read as by `trich extract`.
///
/// Exit status: 0 when every document was read, 1 when some was not, 2 when the run could not begin.
#[derive(Args)]
pub struct Audit {
    /// Files and folders; `-` reads standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// A folder of rule files to lay over the built-in rules
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How many characters of the line to show on either side
    #[arg(long, value_name = "N", default_value_t = 40)]
    context: usize,
    /// Write the look-alikes as JSON
    #[arg(long)]
    json: bool,
}

impl Audit {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let extractor = Extractor::with_rules(rules_in_force(self.rules.as_deref())?);
        let found = inputs::find(&self.paths);
        let mut failed = found.troubles.len();
        for trouble in &found.troubles {
            complain(trouble);
        }
        guard::keep_faults_quiet();
        let (mut seen, mut unclaimed) = ([0; 6], [0; 6]);
        let (mut listed, mut all, mut documents) = (String::new(), Vec::new(), 0);
        for input in &found.inputs {
            let audited = read::read(&input.path).and_then(|bytes| {
                let audited = guard::guarded(|| audit(extractor, &input.name, &bytes))?;
                Ok((trich::text(&input.name, &bytes), audited))
            });
            let (text, audited) = match audited {
                Ok(audited) => audited,
                Err(reason) => {
                    failed += 1;
                    complain(format_args!("{}: {reason}", input.name));
                    continue;
                }
            };
            documents += 1;
            let lines = Lines::new(&text);
            for (sum, one) in seen.iter_mut().zip(audited.seen) {
                *sum += one;
            }
            for LookAlike { pattern, span, raw } in audited.unclaimed {
                unclaimed[pattern as usize] += 1;
                let excerpt = lines.excerpt(span, self.context);
                let (file, name, line) = (&input.name, pattern.name(), excerpt.line);
                writeln!(listed, "{file}:{line}: {name}: {excerpt}")?;
                all.push(json!({"file": file, "line": line, "pattern": name, "span": span, "raw": raw,
                    "before": excerpt.before, "after": excerpt.after}));
            }
        }
        if self.json {
            let counts: serde_json::Map<String, serde_json::Value> =
                (Pattern::ALL.iter().zip(seen.iter().zip(unclaimed)))
                    .map(|(pattern, (seen, unclaimed))| {
                        (pattern.name().to_owned(), json!({"seen": seen, "unclaimed": unclaimed}))
                    })
                    .collect();
            let out = json!({"documents": documents, "counts": counts, "unclaimed": all});
            print(&format!("{}\n", serde_json::to_string_pretty(&out)?))?;
        } else {
            let mut out = format!("{:<12}{:>8}{:>11}\n", "look-alike", "seen", "unclaimed");
            for (pattern, (seen, unclaimed)) in Pattern::ALL.iter().zip(seen.iter().zip(unclaimed)) {
                writeln!(out, "{:<12}{seen:>8}{unclaimed:>11}", pattern.name())?;
            }
            if !listed.is_empty() {
                out.push('\n');
            }
            print(&(out + &listed))?;
        }
        Ok(ExitCode::from(u8::from(failed > 0)))
    }
}
