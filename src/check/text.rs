//! T001 to T004: the text itself.

use super::{Decoded, Report};
use crate::source::Trouble;

pub(super) fn check(decoded: Decoded<'_>, report: &mut Report<'_>) {
    for trouble in decoded.troubles {
        match trouble {
            Trouble::Undecodable { places } => report.add("T001", None, &places.to_string()),
            Trouble::Damaged => report.add("T020", None, ""),
            Trouble::Encrypted => report.add("T021", None, ""),
            Trouble::LimitHit(limit) => report.add("T022", None, limit),
            Trouble::TrackedChanges => report.add("T023", None, ""),
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
