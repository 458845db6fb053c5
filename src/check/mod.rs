//! Diagnostics: what a reviewer should look at. Checks read the record and never change it.
//!
//! Codes and messages stand in `rules/diagnostics.toml`, each with what it finds and why it matters.

mod date;
mod kind;
mod number;
mod review;
mod text;

pub(crate) use review::reviews;

use crate::{
    record::{Diagnostic, Record, Severity, Span},
    rules::{RuleKind, Rules},
    source::Trouble,
};

/// The language of messages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Vietnamese.
    #[default]
    Vietnamese,
    /// English.
    English,
}

/// What the checks know beside the record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Decoded<'t> {
    /// The text as given.
    pub text: &'t str,
    /// What could not be read of the file.
    pub troubles: &'t [Trouble],
    /// Which kinds of facts met their ceiling.
    pub cut: &'t [&'static str],
    /// The places of dates that cannot be.
    pub impossible: &'t [(Span, String)],
}

/// All diagnostics of a record, in the order of their places.
pub(crate) fn diagnostics(record: &Record, decoded: Decoded<'_>, rules: &Rules, language: Language) -> Vec<Diagnostic> {
    let mut report = Report { rules, language, found: Vec::new() };
    text::check(decoded, &mut report);
    kind::check(record, &mut report);
    number::check(record, &mut report);
    date::check(record, decoded, &mut report);
    report.found.sort_by(|a, b| (a.span, &a.code).cmp(&(b.span, &b.code)));
    report.found
}

/// Collects diagnostics in one language.
pub(crate) struct Report<'r> {
    rules: &'r Rules,
    language: Language,
    found: Vec<Diagnostic>,
}

impl Report<'_> {
    /// Adds a diagnostic, unless its rule is switched off. `said` fills the message's `{0}`.
    fn add(&mut self, code: &str, span: Option<Span>, said: &str) {
        let Some(rule) =
            self.rules.get(code).filter(|rule| rule.kind == RuleKind::Diagnostic && self.rules.is_enabled(code))
        else {
            return;
        };
        let key = match self.language {
            Language::Vietnamese => "vi",
            Language::English => "en",
        };
        let message = rule.set.get(key).map_or(code, String::as_str).replace("{0}", said);
        let severity = match rule.set.get("severity").map(String::as_str) {
            Some("error") => Severity::Error,
            Some("warning") => Severity::Warning,
            _ => Severity::Info,
        };
        self.found.push(Diagnostic {
            code: code.to_owned(),
            severity,
            message,
            span,
            related: Vec::new(),
            suggestion: None,
        });
    }
}
