//! What changed between two runs over the same documents, fact by fact.
//!
//! Records are compared as JSON, so that those of an earlier version can be read too. Facts are joined by their kind and
//! by their place; what only says how a fact was come by (its rule, the index of its section) is no difference.

use super::join::{Joined, join, span};
use crate::record::Span;
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// What became of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Only the new run has it.
    Gained,
    /// Only the old run has it.
    Lost,
    /// The new one holds all of the old one's place, and more.
    Widened,
    /// The new one holds a part of the old one's place.
    Narrowed,
    /// Its value is another, or its place has shifted.
    Changed,
}

impl Change {
    /// Every change, in the order in which they are shown.
    pub const ALL: [Change; 5] = [Change::Gained, Change::Lost, Change::Widened, Change::Narrowed, Change::Changed];

    /// Its name: `gained`.
    pub fn name(self) -> &'static str {
        match self {
            Change::Gained => "gained",
            Change::Lost => "lost",
            Change::Widened => "widened",
            Change::Narrowed => "narrowed",
            Change::Changed => "changed",
        }
    }
}

/// One fact that differs.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    /// The kind of fact: `document.date`, `citations`, `findings`.
    pub field: String,
    /// What became of it.
    pub change: Change,
    /// Where it stood in the old run.
    pub old_span: Option<Span>,
    /// Where it stands in the new run.
    pub new_span: Option<Span>,
    /// What was read in the old run: the source text, or the value of a fact without a place.
    pub old: Option<String>,
    /// What was read in the new run.
    pub new: Option<String>,
    /// The values that differ, by the name of the value: old and new.
    pub values: BTreeMap<String, (Value, Value)>,
}

/// What differs in one document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DocumentDiff {
    /// Its `source.name`.
    pub name: String,
    /// Whether the file itself is another: spans may then differ for that reason alone.
    pub other_file: bool,
    /// The facts that differ.
    pub differences: Vec<Difference>,
}

/// What differs between two runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Diff {
    /// How many documents both runs have.
    pub documents: usize,
    /// Documents that only the old run has.
    pub only_old: Vec<String>,
    /// Documents that only the new run has.
    pub only_new: Vec<String>,
    /// How many facts differ, by field and change.
    pub counts: BTreeMap<String, BTreeMap<Change, usize>>,
    /// The documents in which something differs, in the order of the old run.
    pub differing: Vec<DocumentDiff>,
}

impl Diff {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.only_old.is_empty() && self.only_new.is_empty() && self.differing.is_empty()
    }
}

/// Why two runs cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiffError {
    /// A record has no name to join it by.
    #[error("{run}, record {record}: has no `source.name`; give records as `trich extract` writes them")]
    Nameless {
        /// `old` or `new`.
        run: &'static str,
        /// Which, counted from 1.
        record: usize,
    },
    /// Two records of one run have the same name.
    #[error("{run}: two records are named {name}; extract the documents in one run, so that names are unique")]
    Twice {
        /// `old` or `new`.
        run: &'static str,
        /// The name.
        name: String,
    },
    /// Spans of the two runs count different things.
    #[error("{name}: spans count {old} in the old run and {new} in the new one; extract both with the same --offsets")]
    Units {
        /// The document.
        name: String,
        /// The unit of the old run.
        old: String,
        /// The unit of the new run.
        new: String,
    },
}

/// Compares two runs, each a list of records.
///
/// # Errors
/// When the records cannot be joined or their spans count different things.
///
/// ```
/// use serde_json::json;
/// let run = |unit: &str| vec![json!({"source": {"name": "a.txt"},
///     "findings": [{"value": 8, "unit": unit, "raw": "8 thôn", "span": [0, 6], "rule": "finding.count"}]})];
/// let diff = trich::eval::diff(&run("thôn"), &run("làng")).unwrap();
/// assert_eq!(diff.differing[0].differences[0].values["unit"], (json!("thôn"), json!("làng")));
/// ```
pub fn diff(old: &[Value], new: &[Value]) -> Result<Diff, DiffError> {
    let (old_names, new_names) = (names(old, "old")?, names(new, "new")?);
    let mut diff = Diff::default();
    let by_name: HashMap<&str, &Value> = new_names.iter().copied().zip(new).collect();
    for (name, record) in old_names.iter().copied().zip(old) {
        let Some(other) = by_name.get(name) else {
            diff.only_old.push(name.to_owned());
            continue;
        };
        diff.documents += 1;
        let [was, is] = [record, other].map(|record| record["source"]["offsets"].as_str().unwrap_or("chars"));
        if was != is {
            return Err(DiffError::Units { name: name.to_owned(), old: was.to_owned(), new: is.to_owned() });
        }
        let differences = compare(record, other);
        for difference in &differences {
            *diff.counts.entry(difference.field.clone()).or_default().entry(difference.change).or_default() += 1;
        }
        if !differences.is_empty() {
            let other_file = record["source"]["sha256"] != other["source"]["sha256"];
            diff.differing.push(DocumentDiff { name: name.to_owned(), other_file, differences });
        }
    }
    let known: HashMap<&str, ()> = old_names.into_iter().map(|name| (name, ())).collect();
    diff.only_new = new_names.into_iter().filter(|name| !known.contains_key(name)).map(str::to_owned).collect();
    Ok(diff)
}

fn names<'r>(records: &'r [Value], run: &'static str) -> Result<Vec<&'r str>, DiffError> {
    let mut seen = HashMap::new();
    let mut names = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let name = record["source"]["name"].as_str().ok_or(DiffError::Nameless { run, record: index + 1 })?;
        if seen.insert(name, ()).is_some() {
            return Err(DiffError::Twice { run, name: name.to_owned() });
        }
        names.push(name);
    }
    Ok(names)
}

/// The lists of facts beside `document`.
const LISTS: [&str; 8] =
    ["papers", "citations", "references", "sections", "findings", "tables", "custom", "diagnostics"];

fn compare(old: &Value, new: &Value) -> Vec<Difference> {
    let mut out = Vec::new();
    let nothing = Map::new();
    let [was, is] = [old, new].map(|record| record["document"].as_object().unwrap_or(&nothing));
    let mut fields: Vec<&String> = was.keys().chain(is.keys()).collect();
    fields.sort();
    fields.dedup();
    for field in fields {
        let [a, b] = [was, is].map(|document| document.get(field).unwrap_or(&Value::Null));
        let name = format!("document.{field}");
        if a.is_array() || b.is_array() {
            lists(&name, a, b, &mut out);
        } else {
            single(&name, a, b, &mut out);
        }
    }
    for list in LISTS {
        lists(list, &old[list], &new[list], &mut out);
    }
    out
}

/// A fact of which there is at most one.
fn single(field: &str, old: &Value, new: &Value, out: &mut Vec<Difference>) {
    match (old, new) {
        (Value::Null, Value::Null) => {}
        (Value::Null, _) => out.push(alone(field, Change::Gained, new)),
        (_, Value::Null) => out.push(alone(field, Change::Lost, old)),
        _ => out.extend(both(field, old, new)),
    }
}

/// Facts of one kind.
fn lists(field: &str, old: &Value, new: &Value, out: &mut Vec<Difference>) {
    const NONE: &[Value] = &[];
    let [old, new] = [old, new].map(|list| list.as_array().map_or(NONE, Vec::as_slice));
    let Joined { partner, free } = join(old, new);
    let mut found: Vec<(usize, Difference)> = Vec::new();
    let at = |fact: &Value| span(fact).map_or(0, |span| span.start);
    for (fact, partner) in old.iter().zip(partner) {
        let difference = match partner {
            Some(index) => both(field, fact, &new[index]),
            None => Some(alone(field, Change::Lost, fact)),
        };
        found.extend(difference.map(|difference| (at(fact), difference)));
    }
    found.extend(free.into_iter().map(|index| (at(&new[index]), alone(field, Change::Gained, &new[index]))));
    found.sort_by_key(|(at, _)| *at);
    out.extend(found.into_iter().map(|(_, difference)| difference));
}

/// A fact that one run alone has.
fn alone(field: &str, change: Change, fact: &Value) -> Difference {
    let gained = change == Change::Gained;
    let (place, said) = (span(fact), Some(said(fact)));
    Difference {
        field: field.to_owned(),
        change,
        old_span: place.filter(|_| !gained),
        new_span: place.filter(|_| gained),
        old: said.clone().filter(|_| !gained),
        new: said.filter(|_| gained),
        values: BTreeMap::new(),
    }
}

/// A fact that both runs have; `None` when it is the same.
fn both(field: &str, old: &Value, new: &Value) -> Option<Difference> {
    let (was, is) = (span(old), span(new));
    let values = values(old, new);
    let change = match (was, is) {
        (Some(was), Some(is)) if was != is && is.start <= was.start && is.end >= was.end => Change::Widened,
        (Some(was), Some(is)) if was != is && is.start >= was.start && is.end <= was.end => Change::Narrowed,
        (was, is) if was != is || !values.is_empty() => Change::Changed,
        _ => return None,
    };
    let field = field.to_owned();
    Some(Difference { field, change, old_span: was, new_span: is, old: Some(said(old)), new: Some(said(new)), values })
}

/// The values that differ, nested ones by their path. What only says how the fact was come by is passed over.
fn values(old: &Value, new: &Value) -> BTreeMap<String, (Value, Value)> {
    let (old, new) = (bare(old), bare(new));
    let mut out = BTreeMap::new();
    match (&old, &new) {
        (Value::Object(was), Value::Object(is)) => {
            for key in was.keys().chain(is.keys()) {
                let [a, b] = [was, is].map(|fact| fact.get(key).cloned().unwrap_or_default());
                if a != b {
                    out.insert(key.clone(), (a, b));
                }
            }
        }
        _ if old != new => {
            out.insert("value".to_owned(), (old, new));
        }
        _ => {}
    }
    out
}

/// A fact without its place, its words, its rule and its place among others.
fn bare(fact: &Value) -> Value {
    match fact {
        Value::Object(fields) => {
            let main = fields.get("kind").and_then(Value::as_str) == Some("main");
            // What the first paper says of itself is in `document`.
            let kept = |key: &&String| match key.as_str() {
                "span" | "raw" | "parts" | "rule" | "section" | "parent" | "extent" | "message" | "related" => false,
                key => !main || key == "kind",
            };
            let values = fields.iter().filter(|(key, value)| kept(key) && !value.is_null());
            Value::Object(values.map(|(key, value)| (key.clone(), bare(value))).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(bare).collect()),
        other => other.clone(),
    }
}

/// What was read: the words of the text, or the value of a fact that has none.
fn said(fact: &Value) -> String {
    for key in ["raw", "message", "title", "kind"] {
        if let Some(text) = fact.get(key).and_then(Value::as_str) {
            return text.to_owned();
        }
    }
    match fact {
        Value::String(text) => text.clone(),
        Value::Object(fields) if fields.contains_key("rows") => "table".to_owned(),
        other => bare(other).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn record(findings: Value) -> Vec<Value> {
        vec![json!({"source": {"name": "a.txt", "sha256": "0"}, "document": {"date": null}, "findings": findings})]
    }

    fn fact(raw: &str, start: usize, value: i64) -> Value {
        json!({"raw": raw, "span": [start, start + raw.chars().count()], "value": value, "rule": "r", "section": 1})
    }

    fn changes(old: Value, new: Value) -> Vec<(Change, Option<String>, Option<String>)> {
        let diff = diff(&record(old), &record(new)).unwrap();
        let all = diff.differing.into_iter().flat_map(|document| document.differences);
        all.map(|difference| (difference.change, difference.old, difference.new)).collect()
    }

    #[test]
    fn each_change_is_told() {
        let old = json!([
            fact("5 hộ", 0, 5),
            fact("6 xã", 10, 6),
            fact("7 thôn", 20, 7),
            fact("8 bản", 30, 8),
            fact("9", 40, 9)
        ]);
        let new = json!([
            fact("5 hộ nghèo", 0, 5),
            fact("6", 10, 6),
            fact("7 thôn", 20, 70),
            fact("3", 50, 3),
            fact("9", 40, 9)
        ]);
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            changes(old, new),
            [
                (Change::Widened, some("5 hộ"), some("5 hộ nghèo")),
                (Change::Narrowed, some("6 xã"), some("6")),
                (Change::Changed, some("7 thôn"), some("7 thôn")),
                (Change::Lost, some("8 bản"), None),
                (Change::Gained, None, some("3")),
            ]
        );
    }

    #[test]
    fn how_a_fact_was_come_by_is_no_difference() {
        let mut other = fact("5 hộ", 0, 5);
        other["rule"] = json!("other");
        other["section"] = json!(2);
        assert_eq!(changes(json!([fact("5 hộ", 0, 5)]), json!([other])), []);
    }

    #[test]
    fn one_place_is_joined_before_those_that_overlap() {
        let old = json!([fact("5 hộ", 0, 5), fact("hộ", 2, 1)]);
        let new = json!([fact("hộ", 2, 1)]);
        assert_eq!(changes(old, new), [(Change::Lost, Some("5 hộ".into()), None)]);
    }

    #[test]
    fn documents_are_joined_by_name() {
        let of = |names: &[&str]| names.iter().map(|name| json!({"source": {"name": name}})).collect::<Vec<_>>();
        let found = diff(&of(&["a", "b"]), &of(&["c", "b"])).unwrap();
        assert_eq!((found.only_old, found.only_new, found.documents), (vec!["a".to_owned()], vec!["c".to_owned()], 1));
        assert!(matches!(diff(&of(&["a", "a"]), &[]), Err(DiffError::Twice { run: "old", .. })));
        assert!(matches!(diff(&[], &[json!({})]), Err(DiffError::Nameless { run: "new", record: 1 })));
        let bytes = [json!({"source": {"name": "a", "offsets": "bytes"}})];
        assert!(matches!(diff(&of(&["a"]), &bytes), Err(DiffError::Units { .. })));
    }
}
