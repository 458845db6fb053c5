//! `trich rules`: the rules in force, one of them, and whether they hold.

use super::{complain, print, rules_in_force};
use anyhow::Context;
use clap::{Args, Subcommand};
use std::{fmt::Write, path::PathBuf, process::ExitCode};
use trich::{
    Rules,
    rules::{RawRule, RuleKind},
};

/// List the rules, show one, or prove them by their examples
#[derive(Args)]
pub struct RulesCommand {
    #[command(subcommand)]
    what: What,
    /// A folder of rule files to lay over the built-in rules
    #[arg(long, value_name = "DIR", global = true)]
    rules: Option<PathBuf>,
}

#[derive(Subcommand)]
enum What {
    /// List the rules: id, kind, and what each says
    List {
        /// Only the rules of this kind (`unit`, `topic` …)
        #[arg(long, value_name = "KIND", value_parser = kind)]
        kind: Option<RuleKind>,
    },
    /// Show one rule whole, as it would stand in a rule file
    Show {
        /// Its id, as a fact's `rule` names it
        id: String,
    },
    /// Read every rule's examples and counter-examples, and say which do not hold
    Test,
}

impl RulesCommand {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let rules = rules_in_force(self.rules.as_deref())?;
        match self.what {
            What::List { kind } => list(rules, kind),
            What::Show { id } => show(rules, &id),
            What::Test => test(rules),
        }
    }
}

fn list(rules: &Rules, kind: Option<RuleKind>) -> anyhow::Result<ExitCode> {
    let chosen: Vec<&RawRule> = rules.iter().filter(|rule| kind.is_none_or(|kind| rule.kind == kind)).collect();
    let width = chosen.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in chosen {
        let off = match (rules.is_enabled(&rule.id), rule.is_off_by_default()) {
            (false, _) => " (switched off)",
            (true, true) => " (off by default)",
            (true, false) => "",
        };
        writeln!(out, "{:width$}  {:12}  {}{off}", rule.id, kind_name(rule.kind), rule.says)?;
    }
    print(&out)?;
    Ok(ExitCode::SUCCESS)
}

fn show(rules: &Rules, id: &str) -> anyhow::Result<ExitCode> {
    let Some(rule) = rules.get(id) else {
        complain(format_args!("there is no rule `{id}`; `trich rules list` shows them all"));
        return Ok(ExitCode::from(1));
    };
    if rule.kind == RuleKind::Diagnostic {
        return manual(rule);
    }
    let mut table = toml::Table::try_from(rule).context("the rule cannot be shown")?;
    table.retain(|_, value| {
        !value.as_array().is_some_and(Vec::is_empty) && !value.as_table().is_some_and(toml::Table::is_empty)
    });
    // `set` is a table of its own: inline, it can stand anywhere among the other keys.
    let mut out = String::from("[[rule]]\n");
    for key in ["id", "kind", "says", "norm", "words", "symbols", "patterns", "set", "examples", "counters"] {
        if let Some(value) = table.get(key) {
            writeln!(out, "{key} = {value}")?;
        }
    }
    if !rules.is_enabled(id) {
        out.push_str("# switched off by `disable`\n");
    }
    print(&out)?;
    Ok(ExitCode::SUCCESS)
}

/// The page of a check: what it finds, why it matters, the norm, examples, when it is wrong.
fn manual(rule: &RawRule) -> anyhow::Result<ExitCode> {
    let set = |key: &str| rule.set.get(key).map(AsRef::as_ref);
    let off = if rule.is_off_by_default() { ", off by default" } else { "" };
    let mut out = format!("{} ({}{off})\n\n{}\n", rule.id, set("severity").unwrap_or_default(), rule.says);
    let parts =
        [("Why it matters", set("why")), ("The norm", rule.norm.as_deref()), ("When it is wrong", set("wrong"))];
    for (head, text) in parts {
        if let Some(text) = text {
            writeln!(out, "\n{head}: {text}")?;
        }
    }
    for (key, head) in [("vi", "Message"), ("en", "In English")] {
        writeln!(out, "\n{head}: {}", set(key).unwrap_or_default())?;
    }
    for (head, texts) in [("It is found in", &rule.examples), ("It is not found in", &rule.counters)] {
        for text in texts.iter() {
            writeln!(out, "\n{head}:\n    {}", text.replace('\n', "\n    "))?;
        }
    }
    print(&out)?;
    Ok(ExitCode::SUCCESS)
}

fn test(rules: &Rules) -> anyhow::Result<ExitCode> {
    let proof = trich::proof::prove(rules);
    let mut out = String::new();
    for failure in &proof.failures {
        writeln!(out, "{failure}\n")?;
    }
    writeln!(
        out,
        "{} rules, {} examples, {} counter-examples: {}",
        proof.rules,
        proof.examples,
        proof.counters,
        if proof.failures.is_empty() { "all hold".to_owned() } else { format!("{} do not hold", proof.failures.len()) }
    )?;
    print(&out)?;
    Ok(ExitCode::from(u8::from(!proof.failures.is_empty())))
}

/// A kind by the name that rule files give it.
fn kind(name: &str) -> Result<RuleKind, String> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).map_err(|error| error.to_string())
}

fn kind_name(kind: RuleKind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
