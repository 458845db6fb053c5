//! T001 to T006: the text itself; T030 to T033: what could not be read of a PDF.

use super::{Decoded, Report};
use crate::source::Trouble;

pub(super) fn check(decoded: Decoded<'_>, report: &mut Report<'_>) {
    for trouble in decoded.troubles {
        match trouble {
            Trouble::Undecodable { places } => report.add("T001", None, &places.to_string()),
            Trouble::UnsureEncoding { taken } => report.add("T005", None, taken.name()),
            Trouble::NoTextLayer { pages, of } => report.add("T030", None, &format!("{pages}/{of}")),
            Trouble::BrokenParts { places } => report.add("T032", None, &places.to_string()),
            Trouble::UnmappedGlyphs { places } => report.add("T033", None, &places.to_string()),
            Trouble::Limited { limit } => report.add("T006", None, limit.option()),
            Trouble::Damaged => report.add("T020", None, ""),
            Trouble::Encrypted => report.add("T021", None, ""),
            Trouble::TrackedChanges => report.add("T023", None, ""),
        }
    }
    if decoded.text.contains('\0') {
        report.add("T002", None, "");
    }
    // Where something could not be read, that is why.
    if decoded.text.trim().is_empty() && decoded.troubles.is_empty() {
        report.add("T003", None, "");
    }
    for kind in decoded.cut {
        report.add("T004", None, kind);
    }
}
