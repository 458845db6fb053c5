//! Whether the rules do what their examples say.
//!
//! Each example of a rule is read as a document of its own by all the rules in force. A rule that makes facts must show
//! in its record: some fact carries its id. Words that only shape the facts of others (a bound, a topic, a word of the
//! layout) must show by their effect, as [`Failure::wanted`] tells. No counter-example may show it.

mod effect;

use crate::{
    Extractor, Record,
    rules::{RawRule, RuleKind, Rules},
};
use serde_json::Value;
use std::fmt;

/// An example that a rule fails, or a counter-example in which it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The id of the rule.
    pub rule: String,
    /// Its kind.
    pub kind: RuleKind,
    /// The text that was read.
    pub text: String,
    /// Whether the text is a counter-example.
    pub counter: bool,
    /// What should have stood in the record; of a counter-example, what should not.
    pub wanted: String,
}

/// What proving a set of rules came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// How many rules were proved; those switched off are not.
    pub rules: usize,
    /// How many examples were read.
    pub examples: usize,
    /// How many counter-examples were read.
    pub counters: usize,
    /// Those that do not hold, in the order of the rules.
    pub failures: Vec<Failure>,
}

/// Reads every example and counter-example of the rules that are in force.
///
/// ```no_run
/// let proof = trich::proof::prove(trich::Rules::builtin());
/// assert!(proof.failures.is_empty(), "{} examples do not hold", proof.failures.len());
/// ```
pub fn prove(rules: &Rules) -> Proof {
    let extractor = Extractor::with_rules(rules).offsets(crate::Offsets::Bytes).every_check(true);
    let mut proof = Proof::default();
    for rule in rules.iter().filter(|rule| rules.is_enabled(&rule.id)) {
        proof.rules += 1;
        proof.examples += rule.examples.len();
        proof.counters += rule.counters.len();
        let texts = rule.examples.iter().map(|text| (text, false)).chain(rule.counters.iter().map(|text| (text, true)));
        for (text, counter) in texts {
            let record = extractor.extract("example.txt", text.as_bytes());
            if shows(rule, text, &record, counter) == counter {
                proof.failures.push(Failure {
                    rule: rule.id.to_string(),
                    kind: rule.kind,
                    text: text.to_string(),
                    counter,
                    wanted: effect::wanted(rule),
                });
            }
        }
    }
    proof
}

/// Whether the rule shows in the record of a text. A counter-example for words that forbid a finding is a text in which
/// they do not: it must have a finding, or it would say nothing.
fn shows(rule: &RawRule, text: &str, record: &Record, counter: bool) -> bool {
    if counter && rule.kind == RuleKind::NotFinding {
        return record.findings.is_empty();
    }
    let named = || serde_json::to_value(record).is_ok_and(|record| carries(&record, &rule.id));
    effect::shows(rule, text, record).unwrap_or_else(named)
}

/// Whether some fact of a record carries a rule's id.
fn carries(value: &Value, id: &str) -> bool {
    match value {
        Value::Object(fields) => {
            fields.get("rule").and_then(Value::as_str) == Some(id) || fields.values().any(|value| carries(value, id))
        }
        Value::Array(values) => values.iter().any(|value| carries(value, id)),
        _ => false,
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, verb) = if self.counter { ("counter-example", "must not have") } else { ("example", "must have") };
        writeln!(f, "{}: its {what} {verb} {}", self.rule, self.wanted)?;
        let lines: Vec<String> = self.text.lines().map(|line| format!("    {line}")).collect();
        f.write_str(&lines.join("\n"))
    }
}
