//! T001 to T004: the text itself.

use super::{Decoded, Report};

pub(super) fn check(decoded: Decoded<'_>, report: &mut Report<'_>) {
    if decoded.replaced > 0 {
        report.add("T001", None, &decoded.replaced.to_string());
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
