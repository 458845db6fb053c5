//! Which documents hold what is looked for.

use super::{
    Archive, ArchiveError, Query, Sort,
    hit::{Snippet, snippet},
    query,
};
use rusqlite::{Row, types::Value};
use serde::Serialize;

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Found {
    /// Its files, in order.
    pub paths: Vec<String>,
    /// Its type's code.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Its date, cut at the precision stated.
    pub date: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its title (trích yếu).
    pub title: Option<String>,
    /// The piece that shows why it was found; absent when no words were looked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Snippet>,
}

/// One page of what was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Page {
    /// How many documents there are in all.
    pub total: usize,
    /// Of the words looked for, those that no document holds; each may stand in one where nothing holds all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmatched: Vec<String>,
    /// Those of this page, the best first; without words, the newest first.
    pub found: Vec<Found>,
}

impl Archive {
    /// Finds documents: `limit` of them from the `offset`th on.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn search(&self, asked: &Query, offset: usize, limit: usize) -> Result<Page, ArchiveError> {
        self.find(asked, offset, limit).map_err(|error| self.told(error))
    }

    fn find(&self, asked: &Query, offset: usize, limit: usize) -> rusqlite::Result<Page> {
        let terms = asked.terms();
        let mut values: Vec<Value> = Vec::new();
        let mut bind = |value: Value| {
            values.push(value);
            format!("?{}", values.len())
        };
        let mut conditions: Vec<String> = Vec::new();
        let mut from = "documents AS d";
        let by_date = "d.date DESC, d.id";
        let mut order = by_date.to_owned();
        if !terms.is_empty() {
            from = "words JOIN documents AS d ON d.id = words.rowid";
            conditions.push(format!("words MATCH {}", bind(query::matching(&terms).into())));
            order = "bm25(words, 10.0, 4.0, 1.0), d.id".to_owned();
        }
        if !asked.types.is_empty() {
            let types: Vec<String> = asked.types.iter().map(|kind| bind(kind.clone().into())).collect();
            conditions.push(format!("d.type IN ({})", types.join(", ")));
        }
        if let Some(years) = &asked.years {
            let (first, last) = (bind((*years.0.start()).into()), bind((*years.0.end()).into()));
            conditions.push(format!("d.year BETWEEN {first} AND {last}"));
        }
        if let Some(issuer) = &asked.issuer {
            let issuer = bind(crate::text::skeleton(issuer).into());
            conditions.push(format!("instr(d.issuer_folded, {issuer}) > 0"));
        }
        if let Some(number) = &asked.number {
            let mut places = Vec::new();
            for (table, id) in [("documents", "id"), ("papers", "document")] {
                let numbers = self.numbers_like(table, number)?.into_iter();
                let numbers: Vec<String> = numbers.map(|n| bind(n.into())).collect();
                places.push(format!("SELECT {id} FROM {table} WHERE number IN ({})", numbers.join(", ")));
            }
            conditions.push(format!("d.id IN ({})", places.join(" UNION ")));
        }
        // A date that is cut short fits where the part that is known fits.
        if let Some(from) = &asked.from {
            let from = bind(from.0.clone().into());
            conditions.push(format!("d.date >= substr({from}, 1, length(d.date))"));
        }
        if let Some(to) = &asked.to {
            let to = bind(to.0.clone().into());
            conditions.push(format!("substr(d.date, 1, length({to})) <= {to}"));
        }
        if let Some(path) = &asked.path {
            let path = bind(path.clone().into());
            conditions.push(format!("EXISTS (SELECT 1 FROM files WHERE document = d.id AND instr(path, {path}) > 0)"));
        }
        if let Some(cited) = &asked.cites {
            let numbers: Vec<String> = self.numbers_like("acts", cited)?.into_iter().map(|n| bind(n.into())).collect();
            conditions.push(format!(
                "d.id IN (SELECT document FROM acts JOIN citations ON act = id WHERE number IN ({}))",
                numbers.join(", ")
            ));
        }
        let conditions = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        let count = format!("SELECT count(*) FROM {from} WHERE {conditions}");
        let total: i64 = self.db.query_row(&count, rusqlite::params_from_iter(&values), |row| row.get(0))?;
        if asked.sort == Sort::Date {
            order = by_date.to_owned();
        } else if let Some(exact) = query::exact(&terms) {
            values.push(exact.into());
            let exact = values.len();
            order = format!("d.id IN (SELECT rowid FROM marked WHERE marked MATCH ?{exact}) DESC, {order}");
        }
        let sql = format!(
            "SELECT d.id, d.type, d.number, d.date, d.issuer, d.title FROM {from} WHERE {conditions} ORDER BY {order} \
             LIMIT {limit} OFFSET {offset}"
        );
        let mut select = self.db.prepare(&sql)?;
        let rows = select.query_map(rusqlite::params_from_iter(&values), |row| Ok((row.get(0)?, found(row)?)))?;
        let mut page =
            Page { total: usize::try_from(total).unwrap_or_default(), unmatched: Vec::new(), found: Vec::new() };
        if page.total == 0 {
            page.unmatched = self.unmatched(&terms)?;
        }
        for row in rows {
            let (id, mut document): (i64, Found) = row?;
            document.paths = self.paths(id)?;
            if !terms.is_empty() {
                let text: String = self
                    .db
                    .prepare_cached("SELECT text FROM documents WHERE id = ?1")?
                    .query_row([id], |r| r.get(0))?;
                document.snippet = Some(snippet(&text, &terms));
            }
            page.found.push(document);
        }
        Ok(page)
    }

    /// Those of the terms that stand in no document.
    fn unmatched(&self, terms: &[query::Term]) -> rusqlite::Result<Vec<String>> {
        let mut select = self.db.prepare_cached("SELECT 1 FROM words WHERE words MATCH ?1 LIMIT 1")?;
        let mut unmatched = Vec::new();
        for term in terms {
            if !select.exists([query::matching(std::slice::from_ref(term))])? {
                unmatched.push(term.said());
            }
        }
        Ok(unmatched)
    }

    /// The files of a document.
    pub(super) fn paths(&self, id: i64) -> rusqlite::Result<Vec<String>> {
        let mut select = self.db.prepare_cached("SELECT path FROM files WHERE document = ?1 ORDER BY path")?;
        select.query_map([id], |row| row.get(0))?.collect()
    }
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        paths: Vec::new(),
        kind: row.get(1)?,
        number: row.get(2)?,
        date: row.get(3)?,
        issuer: row.get(4)?,
        title: row.get(5)?,
        snippet: None,
    })
}
