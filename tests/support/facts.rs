//! What holds of every record, whatever the text: spans are true, and what refers to something refers to what is there.

use serde_json::{Map, Value};
use trich::{Extractor, Offsets, Rules};

/// Reads `text` in every unit of spans and checks all that must hold of the record.
pub fn check(text: &str) -> Result<(), String> {
    for unit in [Offsets::Chars, Offsets::Bytes, Offsets::Utf16] {
        let record = Extractor::builtin().offsets(unit).extract("a.txt", text.as_bytes());
        let record = serde_json::to_value(record).map_err(|e| e.to_string())?;
        // A byte order mark is no part of the text.
        let given = trich::text("a.txt", text.as_bytes());
        let walk = Walk { text: &given, bounds: bounds(&given, unit) };
        walk.value(&record, "").map_err(|e| format!("{unit:?}: {e}"))?;
        walk.sections(&record).map_err(|e| format!("{unit:?}: {e}"))?;
    }
    Ok(())
}

/// The byte at which each unit of the text begins, and its end; `None` inside a character.
fn bounds(text: &str, unit: Offsets) -> Vec<Option<usize>> {
    let mut bounds = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        let units = match unit {
            Offsets::Chars => 1,
            Offsets::Bytes => c.len_utf8(),
            Offsets::Utf16 => c.len_utf16(),
        };
        bounds.push(Some(at));
        bounds.extend(std::iter::repeat_n(None, units - 1));
    }
    bounds.push(Some(text.len()));
    bounds
}

struct Walk<'t> {
    text: &'t str,
    bounds: Vec<Option<usize>>,
}

impl Walk<'_> {
    /// Every object below `value`, with the way to it.
    fn value(&self, value: &Value, at: &str) -> Result<(), String> {
        match value {
            Value::Array(items) => {
                for (n, item) in items.iter().enumerate() {
                    self.value(item, &format!("{at}[{n}]"))?;
                }
            }
            Value::Object(fields) => {
                self.object(fields).map_err(|reason| format!("{at}: {reason}: {value}"))?;
                for (name, field) in fields {
                    self.value(field, &format!("{at}.{name}"))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn object(&self, fields: &Map<String, Value>) -> Result<(), String> {
        for name in ["span", "extent"] {
            if let Some(span) = fields.get(name).filter(|span| !span.is_null()) {
                self.said(span).map_err(|reason| format!("{name}: {reason}"))?;
            }
        }
        if let Some(raw) = fields.get("raw") {
            let said = fields.get("span").filter(|span| !span.is_null()).map(|span| self.said(span)).transpose()?;
            if raw.as_str() != said {
                return Err(format!("the text at `span` is {said:?}"));
            }
        }
        for related in fields.get("related").and_then(Value::as_array).into_iter().flatten() {
            self.said(related)?;
        }
        if let Some(parts) = fields.get("parts").and_then(Value::as_array) {
            let spans = parts.iter().filter_map(|part| span(&part["span"]));
            let hull = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            if hull != span(&fields["span"]) {
                return Err(format!("the hull of `parts` is {hull:?}"));
            }
        }
        match fields.get("rule").map(|rule| rule.as_str().unwrap_or_default()) {
            Some(id) if Rules::builtin().get(id).is_none() => Err(format!("there is no rule `{id}`")),
            _ => Ok(()),
        }
    }

    /// The text at a span.
    fn said(&self, value: &Value) -> Result<&str, String> {
        let (start, end) = span(value).ok_or_else(|| format!("{value} is no span"))?;
        let byte = |at: usize| self.bounds.get(at).copied().flatten();
        match (byte(start), byte(end)) {
            (Some(from), Some(to)) if from <= to => Ok(&self.text[from..to]),
            _ => Err(format!("{value} lies outside the text or inside a character")),
        }
    }

    /// Sections stand in reading order, each inside its parent and deeper than it; facts stand in theirs.
    fn sections(&self, record: &Value) -> Result<(), String> {
        let sections = record["sections"].as_array().ok_or("no sections")?;
        let mut before = 0;
        for (n, section) in sections.iter().enumerate() {
            let fail = |reason: &str| Err(format!(".sections[{n}]: {reason}: {section}"));
            let (Some(own), Some(extent)) = (span(&section["span"]), span(&section["extent"])) else {
                return fail("no span");
            };
            if own.0 < before {
                return fail("stands before the one that it follows");
            }
            before = own.0;
            if extent.0 > own.0 || extent.1 < own.1 {
                return fail("reaches beyond its extent");
            }
            let level = section["level"].as_u64().unwrap_or(0);
            let Some(parent) = section["parent"].as_u64() else {
                if level == 0 {
                    return fail("has no level");
                }
                continue;
            };
            if parent >= n as u64 {
                return fail("stands before its parent");
            }
            let parent = &sections[parent as usize];
            if parent["level"].as_u64().unwrap_or(0) >= level {
                return fail("is no deeper than its parent");
            }
            if !span(&parent["extent"]).is_some_and(|outer| outer.0 <= extent.0 && extent.1 <= outer.1) {
                return fail("reaches out of its parent");
            }
        }
        for list in ["citations", "findings", "tables"] {
            let mut before = 0;
            for (n, fact) in record[list].as_array().ok_or("no list")?.iter().enumerate() {
                let fail = |reason: &str| Err(format!(".{list}[{n}]: {reason}: {fact}"));
                let Some(own) = span(&fact["span"]) else { return fail("no span") };
                if own.0 < before {
                    return fail("stands before the one that it follows");
                }
                before = own.0;
                let Some(section) = fact["section"].as_u64() else { continue };
                let outer = sections.get(section as usize).and_then(|section| span(&section["extent"]));
                if !outer.is_some_and(|outer| outer.0 <= own.0 && own.1 <= outer.1) {
                    return fail("reaches out of its section");
                }
            }
        }
        Ok(())
    }
}

fn span(value: &Value) -> Option<(usize, usize)> {
    let ends = value.as_array().filter(|ends| ends.len() == 2)?;
    Some((ends[0].as_u64()? as usize, ends[1].as_u64()? as usize))
}
