//! The properties of runs and paragraphs that say how characters are to be read.

use super::xml::{Tag, Xml};
use crate::source::office::face::{Face, Script};

/// What a style or a run says; what it does not say is said by the style below it.
#[derive(Clone, Debug, Default)]
pub(super) struct RunProperties {
    pub(super) script: Option<Script>,
    pub(super) capitals: Option<bool>,
    pub(super) hidden: Option<bool>,
    /// The character style.
    pub(super) style: Option<String>,
    /// Whether a tracked change inserted or deleted the paragraph mark that the properties belong to.
    pub(super) mark_inserted: bool,
    pub(super) mark_deleted: bool,
}

impl RunProperties {
    /// Reads the `rPr` that was opened last, to its end.
    pub(super) fn read(xml: &mut Xml<'_>) -> RunProperties {
        let mut read = RunProperties::default();
        xml.inside(|xml, tag| match tag.name() {
            "rFonts" => read.script = font(tag).or(read.script),
            "caps" => read.capitals = Some(tag.is_on()),
            "vanish" => read.hidden = Some(tag.is_on()),
            "rStyle" => read.style = tag.val().map(|id| id.into_owned()),
            "ins" | "moveTo" => read.mark_inserted = true,
            "del" | "moveFrom" => read.mark_deleted = true,
            // The properties before a tracked change.
            "rPrChange" => xml.skip(),
            _ => {}
        });
        read
    }

    /// These properties where they say something, else those of `below`.
    pub(super) fn over(&self, below: &RunProperties) -> RunProperties {
        RunProperties {
            script: self.script.or(below.script),
            capitals: self.capitals.or(below.capitals),
            hidden: self.hidden.or(below.hidden),
            ..RunProperties::default()
        }
    }

    pub(super) fn face(&self) -> Face {
        Face { script: self.script.unwrap_or_default(), capitals: self.capitals.unwrap_or(false) }
    }
}

/// The font of the characters beyond ASCII, which decides how all are read. A font of the theme is never a legacy one.
fn font(tag: &Tag<'_>) -> Option<Script> {
    for (theme, name) in [("hAnsiTheme", "hAnsi"), ("asciiTheme", "ascii")] {
        if tag.get(theme).is_some() {
            return Some(Script::Unicode);
        }
        if let Some(name) = tag.get(name) {
            return Some(Script::of_font(&name));
        }
    }
    None
}

/// What a paragraph or its style says of its numbering.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbered {
    pub(super) list: Option<i64>,
    pub(super) level: Option<usize>,
}

impl Numbered {
    /// Reads the `numPr` that was opened last, to its end.
    pub(super) fn read(xml: &mut Xml<'_>) -> Numbered {
        let mut read = Numbered::default();
        xml.inside(|_, tag| match tag.name() {
            "numId" => read.list = tag.number(),
            "ilvl" => read.level = tag.number().and_then(|level| usize::try_from(level).ok()),
            _ => {}
        });
        read
    }
}

/// Whether a border of columns is drawn; called for each element inside `tblBorders` or `tcBorders`.
pub(super) fn draws_column(tag: &Tag<'_>) -> bool {
    matches!(tag.name(), "insideV" | "left" | "right" | "start" | "end")
        && !matches!(tag.val().as_deref(), None | Some("nil" | "none"))
}
