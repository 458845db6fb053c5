//! Which documents hold what is looked for.

use super::{
    Archive, ArchiveError, Query, Sort, facets,
    hit::{Snippet, snippet},
    query::{self, Place, Term},
};
use crate::text::skeleton;
use rusqlite::{OptionalExtension, Row, params_from_iter, types::Value};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::cmp::Reverse;

/// How many of the documents are looked at that hold the words in their body alone, and how many that hold them in title or
/// headings: beyond that a search is too wide to be read through, and counting on would take most of its time.
const MOST: usize = 500;
const MOST_HEADS: usize = 1000;

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

/// The conditions of a question in SQL, on `documents AS d`, with their values.
#[derive(Default)]
struct Conditions {
    said: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    fn bind_all(&mut self, values: impl IntoIterator<Item = String>) -> String {
        let places: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        places.join(", ")
    }

    fn all(&self) -> String {
        if self.said.is_empty() { "1".to_owned() } else { self.said.join(" AND ") }
    }
}

/// A question to the full text: its terms, the facets that narrow it, and what only the documents' rows tell.
struct Asked {
    terms: Vec<Term>,
    facets: Vec<String>,
    rows: Conditions,
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
        let terms = asked.terms();
        let mut page = Page { total: 0, more: false, unmatched: Vec::new(), found: Vec::new() };
        let ids = if terms.is_empty() {
            let rows = self.conditions(asked, true)?;
            page.total = self.count(&rows)?;
            self.newest(&rows, offset, limit)?
        } else {
            let asked_for =
                Asked { terms: terms.clone(), facets: self.facets(asked)?, rows: self.conditions(asked, false)? };
            let ranked = self.ranked(&asked_for, asked.sort, offset, limit)?;
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

    /// What narrows a question to the full text.
    fn facets(&self, asked: &Query) -> rusqlite::Result<Vec<String>> {
        let mut facets = Vec::new();
        let first =
            asked.years.as_ref().map(|years| *years.0.start()).max(asked.from.as_ref().and_then(|day| day.year()));
        let years = asked.years.as_ref().map(|years| *years.0.end());
        let last = [years, asked.to.as_ref().and_then(|day| day.year())].into_iter().flatten().min();
        if first.is_some() || last.is_some() {
            let known: (Option<i64>, Option<i64>) = self
                .db
                .prepare_cached("SELECT (SELECT min(year) FROM documents), (SELECT max(year) FROM documents)")?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let (first, last) = (first.max(known.0), [last, known.1].into_iter().flatten().min());
            facets.push(facets::of_years(first.unwrap_or(1)..=last.unwrap_or(0)));
        }
        if !asked.types.is_empty() {
            facets.push(facets::of_types(&asked.types));
        }
        facets.extend(
            asked.issuer.as_deref().map(skeleton).filter(|words| !words.is_empty()).map(|w| facets::of_issuer(&w)),
        );
        Ok(facets)
    }

    /// The filters as conditions on the documents' rows; with `every`, those too that are facets.
    fn conditions(&self, asked: &Query, every: bool) -> rusqlite::Result<Conditions> {
        let mut all = Conditions::default();
        if every && !asked.types.is_empty() {
            let types = all.bind_all(asked.types.iter().cloned());
            all.said.push(format!("d.type IN ({types})"));
        }
        if let Some(years) = asked.years.as_ref().filter(|_| every) {
            let (first, last) = (all.bind(*years.0.start()), all.bind(*years.0.end()));
            all.said.push(format!("d.year BETWEEN {first} AND {last}"));
        }
        if let Some(issuer) = asked.issuer.as_ref().filter(|_| every) {
            let issuer = all.bind(format!(" {} ", skeleton(issuer)));
            all.said.push(format!("instr(' ' || d.issuer_folded || ' ', {issuer}) > 0"));
        }
        if let Some(number) = &asked.number {
            let mut places = Vec::new();
            for (table, id) in [("documents", "id"), ("papers", "document")] {
                let numbers = all.bind_all(self.numbers_like(table, number)?);
                places.push(format!("SELECT {id} FROM {table} WHERE number IN ({numbers})"));
            }
            all.said.push(format!("d.id IN ({})", places.join(" UNION ")));
        }
        // A date that is cut short fits where the part that is known fits.
        if let Some(from) = &asked.from {
            let from = all.bind(from.0.clone());
            all.said.push(format!("d.date >= substr({from}, 1, length(d.date))"));
        }
        if let Some(to) = &asked.to {
            let to = all.bind(to.0.clone());
            all.said.push(format!("substr(d.date, 1, length({to})) <= {to}"));
        }
        if let Some(path) = &asked.path {
            let path = all.bind(path.clone());
            all.said.push(format!("EXISTS (SELECT 1 FROM files WHERE document = d.id AND instr(path, {path}) > 0)"));
        }
        if let Some(cited) = &asked.cites {
            let numbers = all.bind_all(self.numbers_like("acts", cited)?);
            all.said.push(format!(
                "d.id IN (SELECT document FROM acts JOIN citations ON act = id WHERE number IN ({numbers}))"
            ));
        }
        Ok(all)
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

    /// The numbers of the documents that match in a place, the first `most` of them.
    fn matches(&self, asked: &Asked, place: Place, all: bool, most: usize) -> rusqlite::Result<Vec<i64>> {
        let Some(terms) = query::matching(&asked.terms, place, all) else { return Ok(Vec::new()) };
        let table = if place == Place::Text { "words" } else { "heads" };
        let mut rows = Conditions { said: asked.rows.said.clone(), values: asked.rows.values.clone() };
        let words = rows.bind([&asked.facets[..], &[terms]].concat().join(" AND "));
        // Terms of a field stand in the other table.
        if let Some(fields) = query::matching(&asked.terms, Place::Heads, false).filter(|_| place == Place::Text) {
            let fields = rows.bind(fields);
            rows.said.push(format!("+words.rowid IN (SELECT rowid FROM heads WHERE heads MATCH {fields})"));
        }
        let join = if asked.rows.said.is_empty() { "" } else { " CROSS JOIN documents AS d ON d.id = " };
        let on = if asked.rows.said.is_empty() { String::new() } else { format!("{table}.rowid") };
        let sql = format!(
            "SELECT {table}.rowid FROM {table}{join}{on} WHERE {table} MATCH {words} AND {} LIMIT {most}",
            rows.all()
        );
        self.db.prepare_cached(&sql)?.query_map(params_from_iter(&rows.values), |row| row.get(0))?.collect()
    }

    fn ranked(&self, asked: &Asked, sort: Sort, offset: usize, limit: usize) -> rusqlite::Result<Ranked> {
        let most = if sort == Sort::Date { i64::MAX as usize } else { MOST + 1 };
        let in_text = query::matching(&asked.terms, Place::Text, false).is_some();
        let place = if in_text { Place::Text } else { Place::Heads };
        let mut anywhere = self.matches(asked, place, false, most)?;
        let mut more = sort == Sort::Relevance && anywhere.len() > MOST;
        if sort == Sort::Date {
            let total = anywhere.len();
            let ids = self.by_date(anywhere, offset, limit)?;
            return Ok(Ranked { total, more, ids });
        }
        anywhere.truncate(MOST);
        let title = self.matches(asked, Place::Title, true, MOST_HEADS)?;
        let heads = self.matches(asked, Place::Heads, true, MOST_HEADS)?;
        more |= heads.len() >= MOST_HEADS;
        let exact = self.exact(asked)?;
        // The groups in their order: exact or not, and where the words stand.
        let mut seen = FxHashSet::default();
        let mut groups: Vec<Vec<i64>> = vec![Vec::new(); 6];
        for (at, ids) in [title, heads, anywhere].into_iter().enumerate() {
            for id in ids {
                if seen.insert(id) {
                    let later = exact.as_ref().is_some_and(|exact| exact.binary_search(&id).is_err());
                    groups[at + 3 * usize::from(later)].push(id);
                }
            }
        }
        let mut ids = Vec::with_capacity(limit);
        let mut skip = offset;
        for group in groups {
            if skip >= group.len() {
                skip -= group.len();
            } else if ids.len() < limit {
                ids.extend(self.by_date(group, skip, limit - ids.len())?);
                skip = 0;
            }
        }
        Ok(Ranked { total: seen.len(), more, ids })
    }

    /// Those that hold every word with the marks that it was given with, in order; nothing where none has marks.
    fn exact(&self, asked: &Asked) -> rusqlite::Result<Option<Vec<i64>>> {
        let Some(exact) = query::exact(&asked.terms) else { return Ok(None) };
        // Without places the words of an issuer cannot be asked for as a phrase.
        let facets = asked.facets.iter().filter(|facet| facet.starts_with('('));
        let asked: Vec<&str> = facets.map(String::as_str).chain([exact.as_str()]).collect();
        let mut select = self.db.prepare_cached("SELECT rowid FROM marked WHERE marked MATCH ?1")?;
        select.query_map([asked.join(" AND ")], |row| row.get(0))?.collect::<rusqlite::Result<_>>().map(Some)
    }

    /// Some of these documents, the newest first, those without a date last.
    fn by_date(&self, ids: Vec<i64>, offset: usize, limit: usize) -> rusqlite::Result<Vec<i64>> {
        let mut select = self.db.prepare_cached("SELECT date FROM documents WHERE id = ?1")?;
        let mut dated: Vec<(Reverse<Option<String>>, i64)> = Vec::with_capacity(ids.len());
        for id in ids {
            dated.push((Reverse(select.query_row([id], |row| row.get(0))?), id));
        }
        dated.sort_unstable();
        Ok(dated.into_iter().skip(offset).take(limit).map(|(_, id)| id).collect())
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

/// The documents of a page, in order, and how many there are in all.
struct Ranked {
    total: usize,
    more: bool,
    ids: Vec<i64>,
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
        let entry = Entry::new(&extractor, extractor.record("a.txt", &source), source, false);
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
