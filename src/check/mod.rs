//! Diagnostics: what a reviewer should look at. Checks read the record and never change it.
//!
//! Codes and messages stand in `rules/diagnostics.toml`, each with what it finds and why it matters.

mod breakdown;
mod carried;
mod cited;
mod date;
mod form;
mod kind;
mod name;
mod number;
mod numbering;
mod page;
mod review;
mod share;
mod table;
mod text;
mod validity;
mod words;

pub(crate) use review::reviews;

use crate::{
    record::{Diagnostic, Record, Severity, Span},
    rules::{RawRule, RuleKind, Rules},
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
    /// Whether the checks that are off by default are made too.
    pub every: bool,
}

/// All diagnostics of a record, in the order of their places.
pub(crate) fn diagnostics(record: &Record, decoded: Decoded<'_>, rules: &Rules, language: Language) -> Vec<Diagnostic> {
    let mut report = Report::new(rules, language);
    report.every = decoded.every;
    let page = page::Page::new(decoded.text, record.source.offsets);
    text::check(decoded, &page, &mut report);
    kind::check(record, &mut report);
    number::check(record, &mut report);
    date::check(record, decoded, &mut report);
    name::check(record, rules, &mut report);
    cited::check(record, &page, rules, &mut report);
    if record.findings.len() > 1 {
        breakdown::check(record, &page, &mut report);
        share::check(record, &page, &mut report);
        share::twice(record, &mut report);
    }
    words::check(&page, &mut report);
    table::check(record, &mut report);
    carried::check(record, &page, &mut report);
    form::check(record, &page, &mut report);
    numbering::check(record, &mut report);
    report.in_order()
}

pub(crate) use validity::diagnostics as of_resolved;

/// Collects diagnostics in one language.
pub(crate) struct Report<'r> {
    rules: &'r Rules,
    language: Language,
    every: bool,
    found: Vec<Diagnostic>,
    /// The rules of the codes that were asked for.
    asked: Vec<(&'static str, Option<&'r RawRule>)>,
}

impl<'r> Report<'r> {
    fn new(rules: &'r Rules, language: Language) -> Self {
        Report { rules, language, every: false, found: Vec::new(), asked: Vec::new() }
    }

    /// The rule of a code, unless it is switched off.
    fn rule(&mut self, code: &'static str) -> Option<&'r RawRule> {
        if let Some((_, rule)) = self.asked.iter().find(|(asked, _)| *asked == code) {
            return *rule;
        }
        let on = |rule: &&RawRule| {
            let made = self.every || !rule.is_off_by_default();
            rule.kind == RuleKind::Diagnostic && made && self.rules.is_enabled(code)
        };
        let rule = self.rules.get(code).filter(on);
        self.asked.push((code, rule));
        rule
    }

    /// What was found, in the order of the places.
    fn in_order(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| (a.span, &a.code).cmp(&(b.span, &b.code)));
        self.found
    }

    /// Adds a diagnostic, unless its rule is switched off. `said` fills the message's `{0}`.
    fn add(&mut self, code: &'static str, span: Option<Span>, said: &str) {
        self.add_with(code, span, &[said], &[], None);
    }

    /// Adds a diagnostic whose message has several blanks, `{0}`, `{1}` …; line breaks in what fills them become spaces.
    fn add_with(
        &mut self,
        code: &'static str,
        span: Option<Span>,
        said: &[&str],
        related: &[Span],
        suggestion: Option<&str>,
    ) {
        let Some(rule) = self.rule(code) else { return };
        let key = match self.language {
            Language::Vietnamese => "vi",
            Language::English => "en",
        };
        let mut message = rule.set.get(key).map_or(code, String::as_str).to_owned();
        for (blank, said) in said.iter().enumerate() {
            let said = if said.contains('\n') {
                said.split_whitespace().collect::<Vec<_>>().join(" ")
            } else {
                (*said).to_owned()
            };
            message = message.replace(&format!("{{{blank}}}"), &said);
        }
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
            related: related.to_vec(),
            suggestion: suggestion.map(str::to_owned),
        });
    }
}
