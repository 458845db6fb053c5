//! The facts of a record, wherever they stand in it.

use super::FactExplained;
use crate::{
    Rules,
    record::{Record, Span},
};
use serde_json::Value;

/// Every fact of a record with its places.
pub(super) struct Facts {
    facts: Vec<(Vec<Span>, FactExplained)>,
}

impl Facts {
    /// Reads the record as it goes over the wire, so that no kind of fact is forgotten.
    pub(super) fn of(record: &Record, rules: &Rules) -> Facts {
        let mut all = Facts { facts: Vec::new() };
        let Ok(Value::Object(fields)) = serde_json::to_value(record) else { return all };
        for (name, value) in &fields {
            if !matches!(name.as_str(), "source" | "diagnostics") {
                all.collect(value, name, None, rules);
            }
        }
        all.facts.sort_by_key(|(places, fact)| (places.first().map(|place| place.start), fact.fact.clone()));
        all
    }

    /// Takes in a value and all that it holds. A part of a fact that the same rule read says nothing new.
    fn collect(&mut self, value: &Value, path: &str, outer: Option<&str>, rules: &Rules) {
        match value {
            Value::Array(values) => {
                for (index, value) in values.iter().enumerate() {
                    // `document` describes the first paper.
                    if path != "papers" || index > 0 {
                        self.collect(value, &format!("{path}[{index}]"), outer, rules);
                    }
                }
            }
            Value::Object(fields) => {
                let rule = fields.get("rule").and_then(Value::as_str);
                if let (Some(rule), Some(span)) = (rule.filter(|rule| Some(*rule) != outer), span(value)) {
                    let parts =
                        fields.get("parts").and_then(Value::as_array).into_iter().flatten().filter_map(self::span);
                    let mut places: Vec<Span> = parts.collect();
                    if places.is_empty() {
                        places.push(span);
                    }
                    let fact = FactExplained {
                        fact: path.to_owned(),
                        rule: rule.to_owned(),
                        says: rules.get(rule).map(|rule| rule.says.to_string()),
                        raw: fields.get("raw").and_then(Value::as_str).map(str::to_owned),
                        span,
                    };
                    self.facts.push((places, fact));
                }
                for (name, value) in fields {
                    self.collect(value, &format!("{path}.{name}"), rule.or(outer), rules);
                }
            }
            _ => {}
        }
    }

    /// The facts that share a code point with a place.
    pub(super) fn touching(&self, place: Span) -> Vec<FactExplained> {
        let touches = |at: &Span| at.start < place.end && place.start < at.end;
        self.facts.iter().filter(|(places, _)| places.iter().any(touches)).map(|(_, fact)| fact.clone()).collect()
    }

    /// Whether one of the facts that `wanted` chooses shares a code point with a place.
    pub(super) fn claim(&self, place: Span, wanted: impl Fn(&FactExplained) -> bool) -> bool {
        let touches = |at: &Span| at.start < place.end && place.start < at.end;
        self.facts.iter().any(|(places, fact)| wanted(fact) && places.iter().any(touches))
    }
}

/// The `span` of a value.
fn span(value: &Value) -> Option<Span> {
    serde_json::from_value(value.get("span")?.clone()).ok()
}
