//! T121: no kind is stated.

use super::Report;
use crate::record::Record;

pub(super) fn check(record: &Record, report: &mut Report<'_>) {
    if record.document.kind.is_none() && record.source.chars > 0 {
        report.add("T121", None, "");
    }
}
