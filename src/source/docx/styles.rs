//! `styles.xml`: what a style says of fonts, capitals, numbering and table rules.

use super::{
    properties::{Numbered, RunProperties, draws_column},
    xml::{Node, Xml},
};
use crate::source::Limits;
use std::collections::HashMap;

/// Styles rest on each other at most so deep; a circle ends there.
const MOST_BASES: usize = 32;

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    defaults: RunProperties,
    paragraph: Option<String>,
    styles: HashMap<String, Style>,
}

#[derive(Debug, Default)]
struct Style {
    base: Option<String>,
    run: RunProperties,
    numbered: Numbered,
    ruled: bool,
}

impl Styles {
    pub(super) fn read(xml: &str, limits: &Limits) -> Styles {
        let mut read = Styles::default();
        let mut xml = Xml::new(xml, limits.depth as usize);
        loop {
            match xml.next() {
                Node::Open(tag) if tag.name() == "rPrDefault" => {
                    let defaults = &mut read.defaults;
                    xml.inside(|xml, tag| {
                        if tag.name() == "rPr" {
                            *defaults = RunProperties::read(xml);
                        }
                    });
                }
                Node::Open(tag) if tag.name() == "style" => {
                    let id = tag.get("styleId").unwrap_or_default().into_owned();
                    if tag.get("type").as_deref() == Some("paragraph")
                        && matches!(tag.get("default").as_deref(), Some("1" | "true" | "on"))
                    {
                        read.paragraph = Some(id.clone());
                    }
                    let style = style(&mut xml);
                    read.styles.insert(id, style);
                }
                Node::End => return read,
                _ => {}
            }
        }
    }

    /// The properties of the runs of a paragraph of a style.
    pub(super) fn paragraph_run(&self, style: Option<&str>) -> RunProperties {
        let style = style.or(self.paragraph.as_deref());
        self.run(style).over(&self.defaults)
    }

    /// The properties of a run: its own, its character style's, its paragraph's.
    pub(super) fn run_over(&self, own: &RunProperties, paragraph: &RunProperties) -> RunProperties {
        let styled = self.run(own.style.as_deref()).over(paragraph);
        own.over(&styled)
    }

    /// The numbering of a paragraph of a style, and the style that says it.
    pub(super) fn numbered(&self, style: Option<&str>) -> Option<(&str, Numbered)> {
        let style = style.or(self.paragraph.as_deref());
        let mut level = None;
        for (id, style) in self.chain(style) {
            level = level.or(style.numbered.level);
            if style.numbered.list.is_some() {
                return Some((id, Numbered { list: style.numbered.list, level }));
            }
        }
        None
    }

    /// Whether a table style draws lines between columns.
    pub(super) fn rules_tables(&self, style: &str) -> bool {
        self.chain(Some(style)).any(|(_, style)| style.ruled)
    }

    fn run(&self, style: Option<&str>) -> RunProperties {
        let mut run = RunProperties::default();
        for (_, style) in self.chain(style) {
            run = run.over(&style.run);
        }
        run
    }

    /// A style and those that it rests on.
    fn chain<'s>(&'s self, style: Option<&str>) -> impl Iterator<Item = (&'s str, &'s Style)> {
        let get = |id: &str| self.styles.get_key_value(id).map(|(id, style)| (id.as_str(), style));
        std::iter::successors(style.and_then(get), move |(_, style)| get(style.base.as_deref()?)).take(MOST_BASES)
    }
}

/// The style that was opened last.
fn style(xml: &mut Xml<'_>) -> Style {
    let mut read = Style::default();
    xml.inside(|xml, tag| match tag.name() {
        "basedOn" => read.base = tag.val().map(|id| id.into_owned()),
        "rPr" => read.run = RunProperties::read(xml),
        "numPr" => read.numbered = Numbered::read(xml),
        "pPrChange" | "tblPrChange" => xml.skip(),
        "tblBorders" => xml.inside(|_, border| read.ruled |= draws_column(border)),
        // What a table style says of its first row or column only.
        "tblStylePr" => xml.skip(),
        _ => {}
    });
    read
}
