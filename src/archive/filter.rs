//! What narrows a search: as words of the full text where they stand there, else as conditions on the documents' rows.

use super::{Archive, Query, Years, facets, query};
use crate::text::skeleton;
use rusqlite::types::Value;

/// The conditions of a question in SQL, on `documents AS d`, with their values.
#[derive(Clone, Default)]
pub(super) struct Conditions {
    pub(super) said: Vec<String>,
    pub(super) values: Vec<Value>,
}

impl Conditions {
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    pub(super) fn bind_all(&mut self, values: impl IntoIterator<Item = String>) -> String {
        let places: Vec<String> = values.into_iter().map(|value| self.bind(value)).collect();
        places.join(", ")
    }

    pub(super) fn all(&self) -> String {
        if self.said.is_empty() { "1".to_owned() } else { self.said.join(" AND ") }
    }
}

impl Archive {
    /// What narrows a question to the full text.
    pub(super) fn facets(&self, asked: &Query) -> rusqlite::Result<Vec<String>> {
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
    pub(super) fn conditions(&self, asked: &Query, every: bool) -> rusqlite::Result<Conditions> {
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
}
