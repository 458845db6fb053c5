//! T001 to T004: the text itself; T030 to T037: what could not be read of a PDF.

use super::{Decoded, Report};
use crate::source::Trouble;

pub(super) fn check(decoded: Decoded<'_>, report: &mut Report<'_>) {
    for trouble in decoded.troubles {
        match trouble {
            Trouble::Undecodable { places } => report.add("T001", None, &places.to_string()),
            Trouble::UnsureEncoding { .. } => {}
            Trouble::NoTextLayer { pages, of } => report.add("T030", None, &format!("{pages}/{of}")),
            Trouble::Encrypted => report.add("T031", None, ""),
            Trouble::BrokenParts { places } => report.add("T032", None, &places.to_string()),
            Trouble::UnmappedGlyphs { places } => report.add("T033", None, &places.to_string()),
            Trouble::PageLimit { pages } => report.add("T034", None, &pages.to_string()),
            Trouble::UnpackedLimit => report.add("T035", None, ""),
            Trouble::DepthLimit => report.add("T036", None, ""),
            Trouble::TimeLimit => report.add("T037", None, ""),
        }
    }
    if decoded.text.contains('\0') {
        report.add("T002", None, "");
    }
    if decoded.text.trim().is_empty() {
        report.add("T003", None, "");
    }
    for kind in decoded.cut {
        report.add("T004", None, kind);
    }
}
