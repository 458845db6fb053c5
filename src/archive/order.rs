//! The order of the full text: its rows are numbered so that the newest documents come first, and a search need not look at
//! dates.

/// Of the number of a row the bits that are the document's number.
pub(super) const DOCUMENT: i64 = 0xffff_ffff;

/// Later than every day.
const LAST: i64 = 1 << 23;

/// The row of a document with this date: `2023-06-22`, `2023-06`, `2023` or none. Later days come first; a month, a year and
/// no date behind what is known better; of the same date the document that was there first.
pub(super) fn row(date: Option<&str>, document: i64) -> i64 {
    let part = |from, to| date.and_then(|date| date.get(from..to)?.parse().ok()).unwrap_or(0_i64);
    let day = part(0, 4) << 9 | part(5, 7) << 5 | part(8, 10);
    (LAST - day) << 32 | document & DOCUMENT
}

/// The document of a row.
pub(super) fn document(row: i64) -> i64 {
    row & DOCUMENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stand_in_the_order_of_dates() {
        let dates = [Some("2024-01-01"), Some("2023-12-31"), Some("2023-12"), Some("2023-11-30"), Some("2023"), None];
        let rows = dates.map(|date| row(date, 7));
        assert!(rows.is_sorted(), "{rows:?}");
        assert!(row(Some("2023"), 7) < row(Some("2023"), 8) && row(Some("2023"), i64::from(u32::MAX)) < row(None, 1));
        assert!(rows.into_iter().all(|row| row > 0 && document(row) == 7));
    }
}
