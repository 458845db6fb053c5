//! Which zone each line belongs to.

use super::{Layout, PaperLines, Zone, line};
use crate::{record::PaperKind, rules::Rules};

impl Layout {
    /// Lays out a normalised text.
    pub fn new(text: &str, _rules: &Rules) -> Layout {
        let lines = line::lines(text);
        let zones = vec![Zone::Body; lines.len()];
        let papers = vec![PaperLines { kind: PaperKind::Main, lines: 0..lines.len(), heading: 0..0 }];
        Layout { lines, zones, papers }
    }
}
