//! Which documents are one paper, or nearly so: drafts and issued copies, second scans, the same number twice.

use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;

/// How many bits of the fingerprints may differ in what is most likely one text (docs/identity.md).
const NEAR: u32 = 12;

/// A text of fewer code points has too few words for its fingerprint to say anything.
const SHORTEST: i64 = 200;

/// A fingerprint is cut into bands of 16 bits. Of two that differ in at most `NEAR` bits, some band differs in at most
/// a quarter of them.
const BANDS: u32 = 4;
const IN_BAND: u32 = NEAR / BANDS;

/// The mark of `meta` that says for which document the relations were last made.
pub(super) const DONE: &str = "related";

struct Paper {
    id: i64,
    fingerprint: u64,
    kind: Option<String>,
    draft: bool,
}

/// Makes the rows of `related` anew if documents have come or gone since they were made. It is one transaction with what
/// was not committed yet: a run that is killed in it makes them at its end.
pub(super) fn relate(db: &Connection) -> rusqlite::Result<()> {
    let state: String =
        db.query_row("SELECT count(*) || ' ' || coalesce(max(id), 0) FROM documents", [], |row| row.get(0))?;
    let mut done = db.prepare("SELECT 1 FROM meta WHERE name = ?1 AND value = ?2")?;
    if done.exists([DONE, &state])? {
        return Ok(());
    }
    db.execute("DELETE FROM related", [])?;
    db.execute(
        "INSERT INTO related SELECT d.id, f.id, 'same_number', 0 FROM documents AS d JOIN \
         (SELECT key, min(id) AS id FROM documents WHERE key IS NOT NULL GROUP BY key HAVING count(*) > 1) AS f \
         ON f.key = d.key WHERE d.id > f.id",
        [],
    )?;
    let mut insert = db.prepare("INSERT INTO related VALUES (?1, ?2, ?3, ?4)")?;
    let papers = papers(db)?;
    let mut earlier = Bands::default();
    for paper in &papers {
        if let Some((other, distance)) = earlier.nearest(paper.fingerprint) {
            insert.execute(params![paper.id, other, "near", distance])?;
        }
        earlier.add(paper);
    }
    let mut issued: FxHashMap<Option<&str>, Bands> = FxHashMap::default();
    for paper in papers.iter().filter(|paper| !paper.draft) {
        issued.entry(paper.kind.as_deref()).or_default().add(paper);
    }
    for draft in papers.iter().filter(|paper| paper.draft) {
        let nearest = issued.get(&draft.kind.as_deref()).and_then(|of_kind| of_kind.nearest(draft.fingerprint));
        if let Some((other, distance)) = nearest {
            insert.execute(params![draft.id, other, "draft_of", distance])?;
        }
    }
    distances(db)?;
    db.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)", [DONE, &state])?;
    Ok(())
}

/// All that can be compared, in the order of their numbers.
fn papers(db: &Connection) -> rusqlite::Result<Vec<Paper>> {
    let mut select =
        db.prepare("SELECT id, fingerprint, type, stage = 'draft' FROM documents WHERE chars >= ?1 ORDER BY id")?;
    let rows = select.query_map([SHORTEST], |row| {
        Ok(Paper {
            id: row.get(0)?,
            fingerprint: row.get::<_, i64>(1)? as u64,
            kind: row.get(2)?,
            draft: row.get::<_, Option<bool>>(3)?.unwrap_or_default(),
        })
    })?;
    rows.collect()
}

/// Says how far those of the same number are apart.
fn distances(db: &Connection) -> rusqlite::Result<()> {
    let mut pairs = db.prepare(
        "SELECT r.document, a.fingerprint, b.fingerprint FROM related AS r JOIN documents AS a ON a.id = r.document \
         JOIN documents AS b ON b.id = r.other WHERE r.kind = 'same_number'",
    )?;
    let rows: Vec<(i64, i64, i64)> =
        pairs.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<rusqlite::Result<_>>()?;
    let mut set = db.prepare("UPDATE related SET distance = ?2 WHERE document = ?1 AND kind = 'same_number'")?;
    for (document, a, b) in rows {
        set.execute(params![document, (a ^ b).count_ones()])?;
    }
    Ok(())
}

/// Fingerprints by their bands, each with the first document that has it.
#[derive(Default)]
struct Bands {
    first: FxHashMap<u64, i64>,
    by_band: [FxHashMap<u16, Vec<u64>>; BANDS as usize],
}

impl Bands {
    fn add(&mut self, paper: &Paper) {
        if self.first.contains_key(&paper.fingerprint) {
            return;
        }
        self.first.insert(paper.fingerprint, paper.id);
        for (at, bands) in (0..).zip(&mut self.by_band) {
            bands.entry(band(paper.fingerprint, at)).or_default().push(paper.fingerprint);
        }
    }

    /// The nearest document within `NEAR` bits, of several the first, and how far it is.
    fn nearest(&self, fingerprint: u64) -> Option<(i64, u32)> {
        if let Some(same) = self.first.get(&fingerprint) {
            return Some((*same, 0));
        }
        let mut best: Option<(u32, i64)> = None;
        for (at, bands) in (0..).zip(&self.by_band) {
            flips(band(fingerprint, at), 0, IN_BAND, &mut |near| {
                for other in bands.get(&near).into_iter().flatten() {
                    let distance = (fingerprint ^ other).count_ones();
                    if distance <= NEAR
                        && best.is_none_or(|best| distance <= best.0)
                        && let Some(id) = self.first.get(other)
                    {
                        best = Some(best.map_or((distance, *id), |best| best.min((distance, *id))));
                    }
                }
            });
        }
        best.map(|(distance, id)| (id, distance))
    }
}

fn band(fingerprint: u64, at: u32) -> u16 {
    (fingerprint >> (16 * at)) as u16
}

/// Every value that differs from this one in at most `left` of the bits from `from` on.
fn flips(band: u16, from: u32, left: u32, each: &mut impl FnMut(u16)) {
    each(band);
    if left > 0 {
        for bit in from..16 {
            flips(band ^ (1 << bit), bit + 1, left - 1, each);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paper(id: i64, fingerprint: u64) -> Paper {
        Paper { id, fingerprint, kind: None, draft: false }
    }

    #[test]
    fn all_values_within_three_bits_are_met_once() {
        let mut met = Vec::new();
        flips(0, 0, 3, &mut |value| met.push(value));
        assert_eq!(met.len(), 1 + 16 + 120 + 560);
        met.sort_unstable();
        met.dedup();
        assert_eq!(met.len(), 697);
    }

    proptest! {
        #[test]
        fn bands_find_what_comparing_all_pairs_finds(
            base in any::<u64>(),
            masks in prop::collection::vec((any::<u64>(), any::<u64>(), any::<u64>()), 1..40),
        ) {
            let mut bands = Bands::default();
            let all: Vec<u64> = masks.iter().map(|(a, b, c)| base ^ (a & b & c)).collect();
            for (id, fingerprint) in (0..).zip(&all) {
                bands.add(&paper(id, *fingerprint));
            }
            let compared = (0..).zip(&all).map(|(id, one)| ((one ^ base).count_ones(), id)).min();
            let expected = compared.filter(|(distance, _)| *distance <= NEAR).map(|(distance, id): (u32, i64)| (id, distance));
            prop_assert_eq!(bands.nearest(base), expected);
        }
    }
}
