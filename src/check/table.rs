//! T341: totals of table columns.

use super::{Report, breakdown::plain};
use crate::{
    record::{Record, Table},
    text::{letter, skeleton},
};
use rust_decimal::Decimal;

pub(super) fn check(record: &Record, report: &mut Report<'_>) {
    for table in &record.tables {
        let Some(last) = table
            .rows
            .iter()
            .position(|row| row.iter().find(|cell| !cell.text.is_empty()).is_some_and(|cell| is_total(&cell.text)))
        else {
            continue;
        };
        let sums: Vec<(usize, Decimal, Decimal)> = (0..table.rows[last].len())
            .filter_map(|column| sum_above(table, last, column).map(|(sum, total)| (column, sum, total)))
            .collect();
        // Where no column adds up, the rows are no flat list of parts.
        if !sums.iter().any(|(_, sum, total)| sum == total && !total.is_zero()) {
            continue;
        }
        for (column, sum, total) in sums.iter().filter(|(_, sum, total)| sum != total) {
            let cell = &table.rows[last][*column];
            report.add_with("T341", Some(cell.span), &[&plain(*sum), &plain(*total)], &[], None);
        }
    }
}

fn is_total(text: &str) -> bool {
    let first = text.chars().find(|c| letter::is_alphanumeric(*c));
    if !first.is_some_and(|c| matches!(c, 't' | 'T' | 'c' | 'C')) {
        return false;
    }
    matches!(skeleton(text).as_str(), "tong" | "cong" | "tong cong" | "tong so" | "cong tong")
}

/// The sum of the numbers of a column above a row, and the number in it; `None` where there are fewer than two.
fn sum_above(table: &Table, row: usize, column: usize) -> Option<(Decimal, Decimal)> {
    let value = |row: usize| table.rows[row].get(column).and_then(|cell| cell.value.as_ref()).map(|value| value.0);
    let total = value(row)?;
    let parts: Vec<Decimal> = (0..row).filter_map(value).collect();
    (parts.len() > 1).then(|| (parts.iter().sum(), total))
}
