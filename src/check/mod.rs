//! Diagnostics: what a reviewer should look at. Checks read the record and never change it.
//!
//! Codes and messages stand in `rules/diagnostics.toml`, each with what it finds and why it matters.

mod authority;
mod basis;
mod breakdown;
mod carried;
mod cited;
mod date;
mod form;
mod kind;
mod name;
mod number;
mod numbering;
mod open;
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
    text::OffsetIndex,
};
use std::borrow::Cow;

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
    /// From its bytes to the units of spans.
    pub index: &'t OffsetIndex<'t>,
    /// What could not be read of the file.
    pub troubles: &'t [Trouble],
    /// Which kinds of facts met their ceiling.
    pub cut: &'t [&'static str],
    /// The places of dates that cannot be.
    pub impossible: &'t [Span],
    /// Whether the checks that are off by default are made too.
    pub every: bool,
}

/// All diagnostics of a record, in the order of their places.
pub(crate) fn diagnostics(record: &Record, decoded: Decoded<'_>, rules: &Rules, language: Language) -> Vec<Diagnostic> {
    let mut report = Report::new(rules, language);
    report.every = decoded.every;
    let page = page::Page::new(decoded.text, decoded.index);
    text::check(decoded, &page, &mut report);
    kind::check(record, &mut report);
    number::check(record, &mut report);
    date::check(record, decoded, &page, &mut report);
    name::check(record, rules, &mut report);
    cited::check(record, &page, rules, &mut report);
    open::check(record, &page, rules, &mut report);
    if report.every {
        basis::check(record, rules, &mut report);
    }
    if record.findings.len() > 1 {
        breakdown::check(record, &page, &mut report);
        share::check(record, &page, &mut report);
        share::twice(record, &mut report);
    }
    words::check(&page, &mut report);
    table::check(record, &mut report);
    carried::check(record, &page, &mut report);
    form::check(record, &page, &mut report);
    authority::check(record, &mut report);
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
    /// What the rules say of the codes met; `None` of one that is switched off.
    met: Vec<(&'static str, Option<Told<'r>>)>,
}

/// What a rule says of a diagnostic.
#[derive(Clone, Copy)]
struct Told<'r> {
    severity: Severity,
    /// With blanks, `{0}`, `{1}` …
    message: &'r str,
}

/// A message with its blanks filled; line breaks in what fills them become spaces.
fn filled(message: &str, said: &[&str]) -> String {
    let mut out = String::with_capacity(message.len() + said.iter().map(|said| said.len()).sum::<usize>());
    let mut rest = message;
    while let Some(open) = memchr::memchr(b'{', rest.as_bytes()) {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let blank = rest.as_bytes().get(1).and_then(|digit| said.get(usize::from(digit.wrapping_sub(b'0'))));
        match blank.filter(|_| rest.as_bytes().get(2) == Some(&b'}')) {
            Some(said) if memchr::memchr(b'\n', said.as_bytes()).is_some() => {
                for (at, word) in said.split_whitespace().enumerate() {
                    out.push_str(if at > 0 { " " } else { "" });
                    out.push_str(word);
                }
                rest = &rest[3..];
            }
            Some(said) => {
                out.push_str(said);
                rest = &rest[3..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

impl<'r> Report<'r> {
    fn new(rules: &'r Rules, language: Language) -> Self {
        Report { rules, language, every: false, found: Vec::new(), met: Vec::new() }
    }

    /// What the rule of a code says, unless it is switched off.
    fn told(&mut self, code: &'static str) -> Option<Told<'r>> {
        if let Some((_, told)) = self.met.iter().find(|(met, _)| *met == code) {
            return *told;
        }
        let on = |rule: &&RawRule| {
            let made = self.every || !rule.is_off_by_default();
            rule.kind == RuleKind::Diagnostic && made && self.rules.is_enabled(code)
        };
        let told = self.rules.get(code).filter(on).map(|rule| Told {
            severity: match rule.set.get("severity").map(Cow::as_ref) {
                Some("error") => Severity::Error,
                Some("warning") => Severity::Warning,
                _ => Severity::Info,
            },
            message: rule.set.get(self.pick("vi", "en")).map_or(code, Cow::as_ref),
        });
        self.met.push((code, told));
        told
    }

    /// One of two words, by the language of the messages.
    fn pick<'w>(&self, vietnamese: &'w str, english: &'w str) -> &'w str {
        match self.language {
            Language::Vietnamese => vietnamese,
            Language::English => english,
        }
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
        let Some(told) = self.told(code) else { return };
        self.found.push(Diagnostic {
            code: code.into(),
            severity: told.severity,
            message: filled(told.message, said),
            span,
            related: related.to_vec(),
            suggestion: suggestion.map(str::to_owned),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn blanks_are_filled_in_any_order_and_once() {
        assert_eq!(filled("{1} = {0}: {0}", &["a\n b", "{0}"]), "{0} = a b: a b");
        assert_eq!(filled("{2} {x} {", &["a"]), "{2} {x} {");
    }
}
