//! Which documents hold what is looked for.

use super::{
    Archive, ArchiveError, Query, Sort,
    filter::Conditions,
    hit::{Snippet, snippet},
    query::{self, Place, Term},
    rank::Asked,
};
use rusqlite::{OptionalExtension, Row, params_from_iter};
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
    /// How many documents there are in all; with `more`, at least.
    pub total: usize,
    /// Whether there are more than `total`, which were not looked at.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub more: bool,
    /// Of the words looked for, those that no document holds; each may stand in one where nothing holds all.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmatched: Vec<String>,
    /// Those of this page, the best first; without words, the newest first.
    pub found: Vec<Found>,
}

impl Archive {
    /// Finds documents: `limit` of them from the `offset`th on. Those that hold the words with the marks that they were
    /// given with come first; among them those whose title holds them, then those whose headings do; then the newest.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn search(&self, asked: &Query, offset: usize, limit: usize) -> Result<Page, ArchiveError> {
        self.find(asked, offset, limit).map_err(|error| self.told(error))
    }

    fn find(&self, asked: &Query, offset: usize, limit: usize) -> rusqlite::Result<Page> {
        // Every question sees the same state of the database, which is locked once.
        let _reading = self.db.unchecked_transaction()?;
        let terms = asked.terms();
        let mut page = Page { total: 0, more: false, unmatched: Vec::new(), found: Vec::new() };
        let ids = if terms.is_empty() {
            let rows = self.conditions(asked, true)?;
            page.total = self.count(&rows)?;
            self.newest(&rows, offset, limit)?
        } else {
            let asked_for =
                Asked { terms: terms.clone(), facets: self.facets(asked)?, rows: self.conditions(asked, false)? };
            let ranked = match asked.sort {
                Sort::Relevance => self.ranked(&asked_for, offset, limit)?,
                Sort::Date => self.by_date(&asked_for, offset, limit)?,
            };
            (page.total, page.more) = (ranked.total, ranked.more);
            ranked.ids
        };
        if page.total == 0 {
            page.unmatched = self.unmatched(&terms)?;
        }
        for id in ids {
            page.found.push(self.found(id, &terms)?);
        }
        Ok(page)
    }

    fn count(&self, rows: &Conditions) -> rusqlite::Result<usize> {
        let sql = format!("SELECT count(*) FROM documents AS d WHERE {}", rows.all());
        let total: i64 = self.db.query_row(&sql, params_from_iter(&rows.values), |row| row.get(0))?;
        Ok(usize::try_from(total).unwrap_or_default())
    }

    fn newest(&self, rows: &Conditions, offset: usize, limit: usize) -> rusqlite::Result<Vec<i64>> {
        let sql = format!(
            "SELECT d.id FROM documents AS d WHERE {} ORDER BY d.date DESC, d.id LIMIT {limit} OFFSET {offset}",
            rows.all()
        );
        self.db.prepare(&sql)?.query_map(params_from_iter(&rows.values), |row| row.get(0))?.collect()
    }

    fn found(&self, id: i64, terms: &[Term]) -> rusqlite::Result<Found> {
        let mut select =
            self.db.prepare_cached("SELECT type, number, date, issuer, title FROM documents WHERE id = ?1")?;
        let mut document = select.query_row([id], found)?;
        document.paths = self.paths(id)?;
        if !terms.is_empty() {
            let mut select = self.db.prepare_cached("SELECT text FROM texts WHERE document = ?1")?;
            document.snippet =
                select.query_row([id], |row| Ok(snippet(row.get_ref(0)?.as_bytes()?, terms))).optional()?;
        }
        Ok(document)
    }

    /// Those of the terms that stand in no document.
    fn unmatched(&self, terms: &[Term]) -> rusqlite::Result<Vec<String>> {
        let mut unmatched = Vec::new();
        for term in terms {
            let one = std::slice::from_ref(term);
            let mut held = false;
            for (table, place) in [("words", Place::Text), ("heads", Place::Heads)] {
                let sql = format!("SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT 1");
                if let Some(asked) = query::matching(one, place, false) {
                    held |= self.db.prepare_cached(&sql)?.exists([asked])?;
                }
            }
            if !held {
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
        kind: row.get(0)?,
        number: row.get(1)?,
        date: row.get(2)?,
        issuer: row.get(3)?,
        title: row.get(4)?,
        snippet: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Extractor,
        archive::{Entry, Seen, Writer},
    };
    use proptest::prelude::*;

    #[test]
    fn no_search_fails() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = Writer::open(&path).unwrap();
        let extractor = Extractor::builtin();
        let source = extractor.source("a.txt", "BÁO CÁO\nKết quả cấp nước\n1. Kết quả\nCấp nước sạch.".as_bytes());
        let entry = Entry::new(&extractor, "a.txt", source, false);
        writer.add(&Seen { path: "a.txt".to_owned(), size: 1, mtime: 1 }, entry).unwrap();
        writer.finish().unwrap();
        let archive = Archive::open(&path).unwrap();
        let piece = prop_oneof![any::<String>(), "[\"*:()^+{}' a-zđướ-]{0,12}", Just("title:nước \"sạch".to_owned())];
        proptest!(|(words in piece, kind in any::<String>(), other in any::<String>(), by_date in any::<bool>())| {
            let sort = if by_date { Sort::Date } else { Sort::Relevance };
            let mut query = Query { words, sort, ..Query::default() };
            archive.search(&query, 0, 10).unwrap();
            query.types = vec![kind.clone()];
            query.issuer = Some(other.clone());
            archive.search(&query, 0, 10).unwrap();
            (query.number, query.cites, query.path) = (Some(kind), Some(other.clone()), Some(other));
            archive.search(&query, 3, 10).unwrap();
        });
    }
}
