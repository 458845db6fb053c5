//! Who cites what: citations against the documents of the archive itself.

use super::{Archive, ArchiveError};
use crate::text::skeleton;
use rusqlite::Row;
use serde::Serialize;

/// How a citation stands to the archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The document is here, with the date that the citation states or without one to compare.
    Held,
    /// The document is here, with another date.
    DateDiffers,
    /// The document is here, and its title has little in common with the subject that the citation states.
    SubjectDiffers,
    /// The archive does not hold it.
    NotHeld,
    /// Its year or issuer is not known, so that nothing can be said.
    Unknown,
}

/// A place that cites an act.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Citing {
    /// The files of the citing document.
    pub paths: Vec<String>,
    /// Its number.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<String>,
    /// Its issuer.
    pub issuer: Option<String>,
    /// `basis` or `mention`.
    pub role: String,
    /// How it relates to the act, where the words say it.
    pub relation: Option<String>,
    /// The heading under which it stands.
    pub heading: Option<String>,
    /// The citation as written.
    pub raw: String,
    /// Where it stands: code points.
    pub span: (usize, usize),
    /// How it stands to the archive.
    pub standing: Standing,
}

/// A document that is cited and not held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// Its key: the same string for every citation of it.
    pub key: String,
    /// Its type's code.
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Its number, or the act's name.
    pub name: String,
    /// Its date, where one is stated.
    pub date: Option<String>,
    /// Its issuer, where one is stated.
    pub issuer: Option<String>,
    /// How many documents cite it.
    pub documents: usize,
    /// How many times in all.
    pub times: usize,
}

impl Archive {
    /// Every place that cites the act with this number, bases first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn citing(&self, number: &str) -> Result<Vec<Citing>, ArchiveError> {
        self.places(number).map_err(|error| self.told(error))
    }

    /// What is cited and not held, most cited first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn missing(&self, limit: usize) -> Result<Vec<Missing>, ArchiveError> {
        let read = || {
            let mut select = self.db.prepare(
                "WITH wanted AS (SELECT key, id, count(*) AS times FROM acts AS c JOIN citations ON act = id \
                 WHERE key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM documents WHERE documents.key = c.key) GROUP BY id), \
                 counted AS (SELECT w.key, count(DISTINCT document) AS documents, count(*) AS times FROM wanted AS w \
                 JOIN citations ON act = w.id GROUP BY w.key ORDER BY documents DESC, count(*) DESC, w.key LIMIT ?1), \
                 named AS (SELECT w.key, type, coalesce(number, name || coalesce(' ' || year, ''), w.key) AS name, date, \
                 issuer, max(w.times * 1000 + length(coalesce(number, name || year, name, ''))) FROM counted \
                 JOIN wanted AS w USING (key) JOIN acts ON acts.id = w.id GROUP BY w.key) \
                 SELECT c.key, n.type, n.name, coalesce(n.date, (SELECT min(date) FROM acts WHERE id IN \
                 (SELECT id FROM wanted AS w WHERE w.key = c.key))), coalesce(n.issuer, (SELECT min(issuer) FROM acts \
                 WHERE id IN (SELECT id FROM wanted AS w WHERE w.key = c.key))), c.documents, c.times \
                 FROM counted AS c JOIN named AS n USING (key) ORDER BY c.documents DESC, c.times DESC, c.key",
            )?;
            let rows = select.query_map([limit as i64], |row| {
                Ok(Missing {
                    key: row.get(0)?,
                    kind: row.get(1)?,
                    name: row.get(2)?,
                    date: row.get(3)?,
                    issuer: row.get(4)?,
                    documents: count(row, 5)?,
                    times: count(row, 6)?,
                })
            })?;
            rows.collect::<rusqlite::Result<Vec<Missing>>>()
        };
        read().map_err(|error| self.told(error))
    }

    fn places(&self, number: &str) -> rusqlite::Result<Vec<Citing>> {
        let mut out = Vec::new();
        for number in self.numbers_like("acts", number)? {
            let mut select = self.db.prepare_cached(
                "SELECT c.document, d.number, d.date, d.issuer, c.role, c.relation, s.title, c.raw, c.start, c.end, \
                 c.key, c.date, c.subject, h.id, h.date, h.title \
                 FROM cited AS c JOIN documents AS d ON d.id = c.document \
                 LEFT JOIN headings AS s ON s.document = c.document AND s.section = c.section \
                 LEFT JOIN documents AS h ON h.id = (SELECT min(id) FROM documents WHERE key = c.key) \
                 WHERE c.number = ?1 ORDER BY c.role, d.date, c.document, c.start",
            )?;
            let rows = select.query_map([number], |row| Ok((row.get::<_, i64>(0)?, citing(row)?)))?;
            for row in rows {
                let (id, mut place) = row?;
                place.paths = self.paths(id)?;
                out.push(place);
            }
        }
        Ok(out)
    }

    /// The numbers in a table that are this one but for marks, case and spacing.
    pub(super) fn numbers_like(&self, table: &str, number: &str) -> rusqlite::Result<Vec<String>> {
        let asked = skeleton(number);
        let digits: String = number.trim().chars().take_while(char::is_ascii_digit).collect();
        let mut select = self.db.prepare_cached(&format!(
            "SELECT DISTINCT number FROM {table} WHERE number >= ?1 AND number < ?1 || x'f48fbfbf' ORDER BY number",
        ))?;
        let rows = select.query_map([digits], |row| row.get::<_, String>(0))?;
        rows.filter(|number| !number.as_ref().is_ok_and(|number| skeleton(number) != asked)).collect()
    }
}

fn citing(row: &Row<'_>) -> rusqlite::Result<Citing> {
    let (key, date, subject): (Option<String>, Option<String>, Option<String>) =
        (row.get(10)?, row.get(11)?, row.get(12)?);
    let (held, held_date, held_title): (Option<i64>, Option<String>, Option<String>) =
        (row.get(13)?, row.get(14)?, row.get(15)?);
    let standing = match (key, held) {
        (None, _) => Standing::Unknown,
        (_, None) => Standing::NotHeld,
        _ if dates_differ(date.as_deref(), held_date.as_deref()) => Standing::DateDiffers,
        _ if subjects_differ(subject.as_deref(), held_title.as_deref()) => Standing::SubjectDiffers,
        _ => Standing::Held,
    };
    Ok(Citing {
        paths: Vec::new(),
        number: row.get(1)?,
        date: row.get(2)?,
        issuer: row.get(3)?,
        role: row.get(4)?,
        relation: row.get(5)?,
        heading: row.get(6)?,
        raw: row.get(7)?,
        span: (count(row, 8)?, count(row, 9)?),
        standing,
    })
}

fn count(row: &Row<'_>, at: usize) -> rusqlite::Result<usize> {
    row.get::<_, i64>(at).map(|n| usize::try_from(n).unwrap_or_default())
}

/// Two dates differ when neither is the other cut short.
fn dates_differ(a: Option<&str>, b: Option<&str>) -> bool {
    a.zip(b).is_some_and(|(a, b)| !a.starts_with(b) && !b.starts_with(a))
}

/// Two subjects differ when fewer than half of the words of the shorter stand in the other.
fn subjects_differ(a: Option<&str>, b: Option<&str>) -> bool {
    let Some((a, b)) = a.zip(b) else { return false };
    let (a, b) = (skeleton(a), skeleton(b));
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let long: Vec<&str> = long.split(' ').collect();
    let shared = short.split(' ').filter(|word| long.contains(word)).count();
    shared * 2 < short.split(' ').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_different_precision_may_agree() {
        assert!(!dates_differ(Some("2023-06"), Some("2023-06-22")));
        assert!(dates_differ(Some("2023-06-21"), Some("2023-06-22")));
        assert!(!dates_differ(None, Some("2023-06-22")));
    }

    #[test]
    fn subjects_agree_when_most_words_do() {
        assert!(!subjects_differ(Some("về công tác văn thư"), Some("Công tác văn thư, lưu trữ năm 2023")));
        assert!(subjects_differ(Some("về phòng cháy"), Some("Giao chỉ tiêu kế hoạch năm 2024")));
    }
}
