//! `trich check`: every doubt about a document, with the line that it stands on.

use super::{bases::Tongue, cannot_begin, catalogues::Asked, documents, print, rules_in_force};
use clap::{Args, ValueEnum};
use serde::Serialize;
use std::{fmt::Write, path::PathBuf, process::ExitCode};
use trich::{
    Extractor,
    record::{Diagnostic, Severity, Span},
    rules::{RawRule, RuleKind},
    validity,
};
use unicode_width::UnicodeWidthStr;

/// Check documents: citations, validity of what is cited, figures, form and numbering
///
/// Each doubt is shown with the line that it stands on and its place underlined; `trich rules show CODE` explains a code.
/// After a folder follows a summary, the worst document first.
///
/// Exit status: 0 when every document was read, 1 when some was not, 2 when the run could not begin, 3 when `--fail-on` was
/// met.
#[derive(Args)]
pub struct Check {
    /// Files and folders; `-` reads standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    asked: Asked,
    /// Write JSON, one document a line
    #[arg(long)]
    json: bool,
    /// Make this check too, which is off by default, since it doubts much that is right. May be given several times
    #[arg(long, value_name = "CODE")]
    enable: Vec<String>,
    /// Make every check, those too that are off by default
    #[arg(long)]
    all: bool,
    /// End with status 3 when a doubt weighs this much or more
    #[arg(long, value_enum, value_name = "SEVERITY")]
    fail_on: Option<Weight>,
    /// The language of messages
    #[arg(long, value_enum, default_value = "vi")]
    lang: Tongue,
    /// A folder of rule files to lay over the built-in rules
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Weight {
    Error,
    Warning,
}

/// What was found in one document.
struct Checked {
    name: String,
    text: String,
    /// Errors, warnings, hints.
    counts: [usize; 3],
}

#[derive(Serialize)]
struct Sheet<'r> {
    document: &'r str,
    diagnostics: Vec<Placed<'r>>,
    checked: usize,
    bases: usize,
    catalogues: &'r [trich::record::CatalogueUsed],
}

#[derive(Serialize)]
struct Placed<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(flatten)]
    diagnostic: &'r Diagnostic,
}

impl Check {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let rules = rules_in_force(self.rules.as_deref())?;
        let check = |code: &str| rules.get(code).filter(|rule| rule.kind == RuleKind::Diagnostic);
        if let Some(unknown) = self.enable.iter().find(|code| check(code).is_none()) {
            let why = format_args!("--enable: there is no check `{unknown}`; see trich rules list --kind diagnostic");
            return Err(cannot_begin(why));
        }
        let every = self.all || !self.enable.is_empty();
        let extractor = Extractor::with_rules(rules).language(self.lang.language()).every_check(every);
        let (all_checks, enabled) = (self.all, self.enable);
        let asked_for = move |diagnostic: &Diagnostic| {
            let off = rules.get(&diagnostic.code).is_some_and(RawRule::is_off_by_default);
            !off || all_checks || enabled.iter().any(|code| *code == diagnostic.code)
        };
        let catalogues = self.asked.catalogues()?;
        let archive = self.asked.archive()?;
        let (day, json, lang) = (self.asked.day(), self.json, self.lang);
        let make = move |name: &str, bytes: &[u8]| -> anyhow::Result<Checked> {
            let mut record = extractor.extract(name, bytes);
            let mut resolved = validity::resolve(&record, rules, &catalogues, day);
            if let Some(archive) = &archive {
                archive.answer(&record, &mut resolved)?;
            }
            validity::attach(&mut record, resolved, rules, lang.language());
            record.diagnostics.retain(&asked_for);
            let page = Page::new(trich::text(name, bytes));
            let mut counts = [0; 3];
            for diagnostic in &record.diagnostics {
                counts[rank(diagnostic.severity)] += 1;
            }
            let text = if json {
                let resolved = record.resolved.as_ref();
                let sheet = Sheet {
                    document: name,
                    diagnostics: record.diagnostics.iter().map(|diagnostic| page.placed(diagnostic)).collect(),
                    checked: resolved.map_or(0, |resolved| resolved.checked),
                    bases: resolved.map_or(0, |resolved| resolved.bases),
                    catalogues: resolved.map_or(&[], |resolved| &resolved.catalogues),
                };
                serde_json::to_string(&sheet)? + "\n"
            } else {
                let mut out = String::new();
                for diagnostic in &record.diagnostics {
                    page.show(name, diagnostic, lang, &mut out)?;
                }
                out
            };
            Ok(Checked { name: name.to_owned(), text, counts })
        };
        let mut all: Vec<(String, [usize; 3])> = Vec::new();
        let code = documents::each(&self.paths, make, |checked| {
            let checked = checked?;
            all.push((checked.name, checked.counts));
            print(&checked.text)
        })?;
        if !json {
            all.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
            print(&summary(&all, lang)?)?;
        }
        let met = |counts: &[usize; 3]| match self.fail_on {
            None => false,
            Some(Weight::Error) => counts[0] > 0,
            Some(Weight::Warning) => counts[0] + counts[1] > 0,
        };
        if code == ExitCode::SUCCESS && all.iter().any(|(_, counts)| met(counts)) {
            return Ok(ExitCode::from(3));
        }
        Ok(code)
    }
}

fn rank(severity: Severity) -> usize {
    match severity {
        Severity::Error => 0,
        Severity::Warning => 1,
        Severity::Info => 2,
    }
}

/// How many doubts each document has, the worst first.
fn summary(all: &[(String, [usize; 3])], lang: Tongue) -> anyhow::Result<String> {
    let words = if lang == Tongue::Vi { ["lỗi", "cảnh báo", "lưu ý"] } else { ["errors", "warnings", "notes"] };
    let mut out = String::new();
    for (name, counts) in all {
        let [errors, warnings, notes] = counts;
        writeln!(out, "{errors:>3} {}, {warnings:>3} {}, {notes:>3} {}  {name}", words[0], words[1], words[2])?;
    }
    Ok(out)
}

/// A text and where its lines begin.
struct Page {
    text: Vec<char>,
    lines: Vec<usize>,
}

impl Page {
    fn new(text: String) -> Self {
        let text: Vec<char> = text.chars().collect();
        let breaks = text.iter().enumerate().filter(|(_, c)| **c == '\n').map(|(at, _)| at + 1);
        let lines = std::iter::once(0).chain(breaks).collect();
        Page { text, lines }
    }

    /// The line and column of a place, counted from 1.
    fn place(&self, span: Span) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= span.start);
        (line, span.start - self.lines[line - 1] + 1)
    }

    fn placed<'r>(&self, diagnostic: &'r Diagnostic) -> Placed<'r> {
        let place = diagnostic.span.map(|span| self.place(span));
        Placed { line: place.map(|(line, _)| line), column: place.map(|(_, column)| column), diagnostic }
    }

    /// One doubt: where, what, the line, and its place underlined.
    fn show(&self, name: &str, diagnostic: &Diagnostic, lang: Tongue, out: &mut String) -> anyhow::Result<()> {
        let words = if lang == Tongue::Vi { ["lỗi", "cảnh báo", "lưu ý"] } else { ["error", "warning", "note"] };
        let weight = words[rank(diagnostic.severity)];
        let place = diagnostic.span.map(|span| self.place(span));
        let at = place.map_or_else(String::new, |(line, column)| format!(":{line}:{column}"));
        writeln!(out, "{name}{at}: {weight}[{}] {}", diagnostic.code, diagnostic.message)?;
        if let (Some(span), Some((line, _))) = (diagnostic.span, place) {
            self.underline(span, line, out)?;
        }
        for span in &diagnostic.related {
            let (line, column) = self.place(*span);
            let shown: String = self.text[span.start..span.end.min(self.text.len())].iter().collect();
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            writeln!(out, "      · {line}:{column}: {shown}")?;
        }
        if let Some(form) = &diagnostic.suggestion {
            writeln!(out, "      = {}: {form}", if lang == Tongue::Vi { "dạng đúng" } else { "mended form" })?;
        }
        out.push('\n');
        Ok(())
    }

    /// The words around a place on its first line, and a mark under each column of it.
    fn underline(&self, span: Span, line: usize, out: &mut String) -> anyhow::Result<()> {
        const AROUND: usize = 60;
        let start = self.lines[line - 1];
        let end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        let last = span.end.clamp(span.start, end);
        let (from, to) = (start.max(span.start.saturating_sub(AROUND)), end.min(last + AROUND));
        let said = |from: usize, to: usize| -> String {
            self.text[from..to].iter().map(|c| if c.is_control() { ' ' } else { *c }).collect()
        };
        let (before, marked, behind) = (said(from, span.start.min(to)), said(span.start.min(to), last), said(last, to));
        let open = if from > start { "…" } else { "" };
        let close = if to < end { "…" } else { "" };
        writeln!(out, "{line:>5} | {open}{before}{marked}{behind}{close}")?;
        let pad = " ".repeat(open.width() + before.width());
        writeln!(out, "      | {pad}{}", "^".repeat(marked.width().max(1)))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_under_the_place_whatever_the_marks_of_its_letters() {
        let text = "Dòng một\nCăn cứ Nghi\u{323} đi\u{323}nh 130/NĐ-CP về việc";
        let page = Page::new(text.to_owned());
        let at = text.chars().position(|c| c == '1').unwrap();
        let span = Span { start: at, end: at + 9 };
        assert_eq!(page.place(span).0, 2);
        let mut out = String::new();
        page.underline(span, 2, &mut out).unwrap();
        let lines: Vec<&str> = out.lines().collect();
        let column = lines[0].split("130").next().unwrap().width();
        assert_eq!(lines[1].find('^'), Some(column));
        assert_eq!(lines[1].matches('^').count(), 9);
    }
}
