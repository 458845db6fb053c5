//! In which order documents are found: a page of them, and how many there are.

use super::{
    Archive,
    filter::Conditions,
    matches::{Matches, Question},
    order,
    query::{self, Place, Term},
};
use rusqlite::CachedStatement;

/// How many documents are counted: beyond that a search is too wide to be read through, and counting on would take most of
/// its time.
const MOST: usize = 200;

/// A question to the full text: its terms, the facets that narrow it, and what only the documents' rows tell.
pub(super) struct Asked {
    pub(super) terms: Vec<Term>,
    pub(super) facets: Vec<String>,
    pub(super) rows: Conditions,
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

/// The documents of a page, in order, and how many there are in all.
pub(super) struct Ranked {
    pub(super) total: usize,
    pub(super) more: bool,
    pub(super) ids: Vec<i64>,
}

impl Archive {
    /// What asks for the documents that match in a place; nothing when there is nothing to ask for.
    fn question(&self, asked: &Asked, place: Place, all: bool) -> Option<Question> {
        let terms = query::matching(&asked.terms, place, all)?;
        let table = if place == Place::Text { "words" } else { "heads" };
        let mut rows = asked.rows.clone();
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
    pub(super) fn ranked(&self, asked: &Asked, offset: usize, limit: usize) -> rusqlite::Result<Ranked> {
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
        let mut rows = Vec::new();
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
    pub(super) fn by_date(&self, asked: &Asked, offset: usize, limit: usize) -> rusqlite::Result<Ranked> {
        let asked_for = self.question(asked, asked.place(), false);
        let mut text = self.prepared(&asked_for)?;
        let mut all = Matches::of(&mut text, &asked_for)?;
        all.nth(usize::MAX)?;
        let ids = all.met.iter().skip(offset).take(limit).map(|row| order::document(*row)).collect();
        Ok(Ranked { total: all.met.len(), more: false, ids })
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Extractor,
        archive::{Entry, Page, Query, Seen, Writer},
        text::skeleton,
    };
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
            let entry = Entry::new(&extractor, &name, source, false);
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
                        assert_eq!((whole.total, whole.more), (expected.len().min(MOST), expected.len() > MOST));
                        assert_eq!(paths(whole), expected, "{query:?}");
                        let page = archive.search(&query, 7, 5).unwrap();
                        assert_eq!((page.total, page.more), (expected.len().min(MOST), expected.len() > MOST));
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
}
