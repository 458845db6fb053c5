//! The rows that many others point to: forms and acts. What was met lately is remembered, so that most need no question.

use super::facts::{Act, Form, Identity};
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::hash::Hash;

/// How many rows of one kind are remembered; then they are asked for anew, so that the memory stays bounded.
const MOST: usize = 1 << 19;

/// A table of forms: its place among those remembered, its name, its columns.
pub(super) struct Forms {
    at: usize,
    table: &'static str,
    columns: &'static [&'static str],
}

pub(super) const SECTION_FORMS: Forms =
    Forms { at: 0, table: "section_forms", columns: &["rule", "kind", "level", "topic"] };
pub(super) const CITATION_FORMS: Forms =
    Forms { at: 1, table: "citation_forms", columns: &["rule", "role", "relation"] };
pub(super) const FINDING_FORMS: Forms = Forms {
    at: 2,
    table: "finding_forms",
    columns: &["rule", "unit", "kind", "status", "qualifier", "change", "per", "as_of", "period"],
};
pub(super) const DIAGNOSTIC_FORMS: Forms = Forms { at: 3, table: "diagnostic_forms", columns: &["code", "severity"] };

/// What is remembered of the rows that others point to.
#[derive(Debug)]
pub(super) struct Shared {
    forms: [FxHashMap<Identity, i64>; 4],
    acts: FxHashMap<Identity, i64>,
    /// Whether every act of the database is remembered.
    all_acts: bool,
}

impl Shared {
    /// What is to be remembered of a database.
    pub(super) fn of(db: &Connection) -> rusqlite::Result<Shared> {
        let any = db.prepare("SELECT 1 FROM acts LIMIT 1")?.exists([])?;
        Ok(Shared { forms: Default::default(), acts: FxHashMap::default(), all_acts: !any })
    }

    /// The number of a form.
    pub(super) fn form<C: Serialize + Hash>(
        &mut self,
        db: &Connection,
        forms: &Forms,
        form: &Form<C>,
    ) -> rusqlite::Result<i64> {
        let known = &mut self.forms[forms.at];
        if let Some(id) = known.get(&form.identity) {
            return Ok(*id);
        }
        let values = form.values();
        let value = |at: usize| format!("json_extract(?1, '$[{at}]')");
        let same: Vec<String> =
            forms.columns.iter().enumerate().map(|(at, column)| format!("{column} IS {}", value(at))).collect();
        let select = format!("SELECT id FROM {} WHERE {}", forms.table, same.join(" AND "));
        let id = match one(db, &select, [&values])? {
            Some(id) => id,
            None => {
                let all: Vec<String> = (0..forms.columns.len()).map(value).collect();
                let insert =
                    format!("INSERT INTO {} ({}) VALUES ({})", forms.table, forms.columns.join(", "), all.join(", "));
                db.prepare_cached(&insert)?.insert([&values])?
            }
        };
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(form.identity, id);
        Ok(id)
    }

    /// The number of the row of an act.
    pub(super) fn act(&mut self, db: &Connection, act: &Act, identity: Identity) -> rusqlite::Result<i64> {
        if let Some(id) = self.acts.get(&identity) {
            return Ok(*id);
        }
        let values = params![act.kind, act.number, act.name, act.year, act.date, act.issuer, act.key];
        // Each of the two has its index.
        let by = if act.number.is_some() { "number = ?2 AND name IS ?3" } else { "name = ?3 AND number IS ?2" };
        let same = "type IS ?1 AND year IS ?4 AND date IS ?5 AND issuer IS ?6 AND key IS ?7";
        let select = format!("SELECT id FROM acts WHERE {by} AND {same}");
        let id = match if self.all_acts { None } else { one(db, &select, values)? } {
            Some(id) => id,
            None => db
                .prepare_cached(
                    "INSERT INTO acts (type, number, name, year, date, issuer, key) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .insert(values)?,
        };
        if self.acts.len() >= MOST {
            self.acts.clear();
            self.all_acts = false;
        }
        self.acts.insert(identity, id);
        Ok(id)
    }
}

fn one(db: &Connection, sql: &str, values: impl rusqlite::Params) -> rusqlite::Result<Option<i64>> {
    let mut select = db.prepare_cached(sql)?;
    let mut rows = select.query(values)?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_one_row_whether_remembered_or_not() {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(include_str!("schema.sql")).unwrap();
        let values = |change| Form::of(("F1", "hộ \"nghèo\"", "count", (), (), change, (), "2023-09-15", ()));
        let id = Shared::of(&db).unwrap().form(&db, &FINDING_FORMS, &values("up")).unwrap();
        let mut shared = Shared::of(&db).unwrap();
        assert_eq!(shared.form(&db, &FINDING_FORMS, &values("up")).unwrap(), id);
        assert_eq!(shared.form(&db, &FINDING_FORMS, &values("up")).unwrap(), id);
        assert_ne!(shared.form(&db, &FINDING_FORMS, &values("down")).unwrap(), id);
        let unit: String =
            db.query_row("SELECT unit FROM finding_forms WHERE id = ?1", [id], |row| row.get(0)).unwrap();
        assert_eq!(unit, "hộ \"nghèo\"");
    }
}
