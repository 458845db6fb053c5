//! Which documents hold what is looked for.

use super::{
    Archive, ArchiveError, Query, Sort, Years, facets,
    hit::{Snippet, snippet},
    matches::{Matches, Question},
    order,
    query::{self, Place, Term},
};
use crate::text::skeleton;
use rusqlite::{CachedStatement, OptionalExtension, Row, params_from_iter, types::Value};
use serde::Serialize;

/// How many documents are counted: beyond that a search is too wide to be read through, and counting on would take most of
/// its time.
const MOST: usize = 500;

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

impl Asked {
    /// Where the words must stand at least.
    fn place(&self) -> Place {
        if query::matching(&self.terms, Place::Text, false).is_some() { Place::Text } else { Place::Heads }
    }

    /// What asks for the documents that hold every word with the marks that it was given with; nothing where none has marks.
    fn exact(&self) -> Option<Question> {
        let exact = query::exact(&self.terms)?;
        // Without places the words of an issuer cannot be asked for as a phrase.
        let facets = self.facets.iter().filter(|facet| facet.starts_with('('));
        let asked: Vec<&str> = facets.map(String::as_str).chain([exact.as_str()]).collect();
        Some(Question {
            sql: "SELECT rowid FROM marked WHERE marked MATCH ?1 ORDER BY rowid".to_owned(),
            values: vec![asked.join(" AND ").into()],
        })
    }
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
        if let Some(Years(years)) = &asked.period {
            facets
                .push(facets::of_periods(*years.start().max(&query::FIRST_YEAR)..=*years.end().min(&query::LAST_YEAR)));
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
        if let Some(years) = asked.period.as_ref().filter(|_| every) {
            let (first, last) = (all.bind(*years.0.start()), all.bind(*years.0.end()));
            all.said.push(format!(
                "CAST(coalesce(d.period_from, d.period_to) AS INTEGER) <= {last} \
                 AND CAST(coalesce(d.period_to, d.period_from) AS INTEGER) >= {first}"
            ));
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

    /// What asks for the documents that match in a place; nothing when there is nothing to ask for.
    fn question(&self, asked: &Asked, place: Place, all: bool) -> Option<Question> {
        let terms = query::matching(&asked.terms, place, all)?;
        let table = if place == Place::Text { "words" } else { "heads" };
        let mut rows = Conditions { said: asked.rows.said.clone(), values: asked.rows.values.clone() };
        let words = rows.bind([&asked.facets[..], &[terms]].concat().join(" AND "));
        // Terms of a field stand in the other table.
        if let Some(fields) = query::matching(&asked.terms, Place::Heads, false).filter(|_| place == Place::Text) {
            let fields = rows.bind(fields);
            rows.said.push(format!("+words.rowid IN (SELECT rowid FROM heads WHERE heads MATCH {fields})"));
        }
        let join = match asked.rows.said.is_empty() {
            true => String::new(),
            false => format!(" CROSS JOIN documents AS d ON d.id = {table}.rowid & {}", order::DOCUMENT),
        };
        let sql = format!(
            "SELECT {table}.rowid FROM {table}{join} WHERE {table} MATCH {words} AND {} ORDER BY {table}.rowid",
            rows.all()
        );
        Some(Question { sql, values: rows.values })
    }

    fn prepared(&self, question: &Option<Question>) -> rusqlite::Result<Option<CachedStatement<'_>>> {
        question.as_ref().map(|question| self.db.prepare_cached(&question.sql)).transpose()
    }

    /// The documents of a page by relevance. The full text gives the newest first, so that no more of it is read than the
    /// page needs, and the count.
    fn ranked(&self, asked: &Asked, offset: usize, limit: usize) -> rusqlite::Result<Ranked> {
        let places = [(Place::Title, true), (Place::Heads, true), (asked.place(), false)];
        let asked_for = places.map(|(place, all)| self.question(asked, place, all));
        let exact = asked.exact();
        let [mut title, mut heads, mut text, mut marked] = [
            self.prepared(&asked_for[0])?,
            self.prepared(&asked_for[1])?,
            self.prepared(&asked_for[2])?,
            self.prepared(&exact)?,
        ];
        let mut groups = [
            Matches::of(&mut title, &asked_for[0])?,
            Matches::of(&mut heads, &asked_for[1])?,
            Matches::of(&mut text, &asked_for[2])?,
        ];
        let mut marked = Matches::of(&mut marked, &exact)?;
        let wanted = offset.saturating_add(limit);
        let mut rows = Vec::with_capacity(limit);
        // Those written as they were asked for come before the others; where nothing bears marks, all are one.
        for exactly in if exact.is_some() { &[Some(true), Some(false)][..] } else { &[None] } {
            for at in 0..groups.len() {
                let (before, group) = groups.split_at_mut(at);
                let mut nth = 0;
                while rows.len() < wanted
                    && let Some(row) = group[0].nth(nth)?
                {
                    if *exactly == Some(true) && marked.ended_before(row) {
                        break;
                    }
                    nth += 1;
                    let fits = match exactly {
                        Some(exactly) => marked.holds(row)? == *exactly,
                        None => true,
                    };
                    if fits && !held(before, row)? {
                        rows.push(row);
                    }
                }
            }
        }
        let [.., heads, text] = &mut groups;
        let more = text.nth(MOST)?.is_some();
        let mut total = text.met.len().min(MOST);
        let mut nth = 0;
        // Words of two headings may stand together that do not in the text.
        while !more && let Some(row) = heads.nth(nth)? {
            nth += 1;
            total += usize::from(!text.holds(row)?);
        }
        let ids = rows.into_iter().skip(offset).map(order::document).collect();
        Ok(Ranked { total, more, ids })
    }

    /// The documents of a page, the newest first.
    fn by_date(&self, asked: &Asked, offset: usize, limit: usize) -> rusqlite::Result<Ranked> {
        let asked_for = self.question(asked, asked.place(), false);
        let mut text = self.prepared(&asked_for)?;
        let mut all = Matches::of(&mut text, &asked_for)?;
        all.nth(usize::MAX)?;
        let ids = all.met.iter().skip(offset).take(limit).map(|row| order::document(*row)).collect();
        Ok(Ranked { total: all.met.len(), more: false, ids })
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

/// Whether one of these holds a row.
fn held(groups: &mut [Matches<'_>], row: i64) -> rusqlite::Result<bool> {
    for group in groups {
        if group.holds(row)? {
            return Ok(true);
        }
    }
    Ok(false)
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
    use std::cmp::Reverse;

    /// A document as a search should see it.
    struct Plain {
        id: i64,
        kind: Option<String>,
        date: Option<String>,
        issuer: String,
        path: String,
        title: String,
        headings: String,
        body: String,
        /// Its words as they are written, in lower case.
        written: Vec<String>,
    }

    /// What stands in the tables, read without the full text.
    fn plain(archive: &Archive) -> Vec<Plain> {
        let sql = "SELECT d.id, d.type, d.date, coalesce(d.issuer_folded, ''), f.path, coalesce(d.title, ''), \
                   coalesce((SELECT group_concat(title, ' ') FROM (SELECT title FROM headings WHERE document = d.id \
                   ORDER BY section)), ''), t.text \
                   FROM documents AS d JOIN texts AS t ON t.document = d.id JOIN files AS f ON f.document = d.id";
        let mut select = archive.db.prepare(sql).unwrap();
        let rows = select.query_map([], |row| {
            let folded = |at| row.get::<_, String>(at).map(|said| format!(" {} ", skeleton(&said)));
            let text: String = row.get(7)?;
            Ok(Plain {
                id: row.get(0)?,
                kind: row.get(1)?,
                date: row.get(2)?,
                issuer: format!(" {} ", row.get::<_, String>(3)?),
                path: row.get(4)?,
                title: folded(5)?,
                headings: folded(6)?,
                body: folded(7)?,
                written: text.to_lowercase().split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect(),
            })
        });
        rows.unwrap().map(Result::unwrap).collect()
    }

    /// The slow way to the same answer: every document is looked at, and all that fit are put in order.
    fn slowly(
        all: &[Plain],
        phrases: &[&str],
        kind: Option<&str>,
        year: Option<&str>,
        issuer: Option<&str>,
    ) -> Vec<String> {
        let folded: Vec<String> = phrases.iter().map(|phrase| format!(" {} ", skeleton(phrase))).collect();
        let mut found: Vec<_> = all
            .iter()
            .filter(|one| kind.is_none_or(|kind| one.kind.as_deref() == Some(kind)))
            .filter(|one| year.is_none_or(|year| one.date.as_ref().is_some_and(|date| date.starts_with(year))))
            .filter(|one| issuer.is_none_or(|issuer| one.issuer.contains(&format!(" {issuer} "))))
            .filter(|one| folded.iter().all(|phrase| one.body.contains(phrase)))
            .map(|one| {
                let with_marks = phrases.iter().flat_map(|phrase| phrase.split(' ')).filter(|word| !word.is_ascii());
                let exact = with_marks.into_iter().all(|word| one.written.iter().any(|written| written == word));
                let in_title = folded.iter().all(|phrase| one.title.contains(phrase));
                let in_heads = folded.iter().all(|p| one.title.contains(p) || one.headings.contains(p));
                ((!exact, !in_title, !in_heads, Reverse(one.date.clone()), one.id), one.path.clone())
            })
            .collect();
        found.sort();
        found.into_iter().map(|(_, path)| path).collect()
    }

    #[test]
    fn a_search_finds_what_looking_at_every_document_finds() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut writer = Writer::open(&path).unwrap();
        let extractor = Extractor::builtin();
        let kinds = ["BÁO CÁO", "KẾ HOẠCH", "THÔNG BÁO"];
        let words = ["nước sạch", "nuoc sach", "nông thôn", "đường làng", "sạch nước", "đuờng lang"];
        let mut chance = 12345_u64;
        let mut below = |n: u64| {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (chance >> 33) % n
        };
        for n in 0..400 {
            let mut word = || words[below(6) as usize];
            let (title, heading, said) = (word(), word(), word());
            let dated = match below(4) {
                0 => String::new(),
                _ => format!(", ngày {:02} tháng {:02} năm {}", 1 + below(28), 1 + below(12), 2021 + below(3)),
            };
            let text = format!(
                "ỦY BAN NHÂN DÂN\nXÃ TÂN {}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTân \
                 Lộc{dated}\n{}\nVề {title} lần {n}\nI. VIỆC {}\nXã làm {said} đợt {n}.\nII. KẾT LUẬN\nĐã xong.\n",
                ["LỘC", "QUANG"][below(2) as usize],
                kinds[below(3) as usize],
                heading.to_uppercase(),
            );
            let name = format!("{n}.txt");
            let source = extractor.source(&name, text.as_bytes());
            let entry = Entry::new(&extractor, extractor.record(&name, &source), source, false);
            writer.add(&Seen { path: name, size: 1, mtime: 1 }, entry).unwrap();
            // Several pieces of the full text.
            if n % 70 == 0 {
                writer.commit().unwrap();
            }
        }
        drop(writer.commit());
        let archive = Archive::open(&path).unwrap();
        let all = plain(&archive);
        assert_eq!(all.len(), 400);
        let mut met = 0;
        for phrases in [&["nước sạch"][..], &["nuoc sach"], &["đường làng", "nước"], &["thôn"], &["lần", "sạch"]]
        {
            for kind in [None, Some("BC"), Some("KH")] {
                for year in [None, Some("2022")] {
                    for issuer in [None, Some("tan loc")] {
                        let query = Query {
                            words: phrases.iter().map(|phrase| format!("\"{phrase}\" ")).collect(),
                            types: kind.iter().map(|kind| (*kind).to_owned()).collect(),
                            years: year.map(|year| year.parse().unwrap()),
                            issuer: issuer.map(str::to_owned),
                            ..Query::default()
                        };
                        let expected = slowly(&all, phrases, kind, year, issuer);
                        let whole = archive.search(&query, 0, 1000).unwrap();
                        let paths =
                            |page: Page| -> Vec<String> { page.found.into_iter().flat_map(|one| one.paths).collect() };
                        assert_eq!(whole.total, expected.len());
                        assert_eq!(paths(whole), expected, "{query:?}");
                        let page = archive.search(&query, 7, 5).unwrap();
                        assert_eq!(page.total, expected.len());
                        assert_eq!(
                            paths(page),
                            expected.iter().skip(7).take(5).cloned().collect::<Vec<_>>(),
                            "{query:?}"
                        );
                        met += expected.len();
                    }
                }
            }
        }
        assert!(met > 1000, "{met}");
    }

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
