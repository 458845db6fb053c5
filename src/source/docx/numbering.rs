//! `numbering.xml`: the lists of a document.

use super::{
    properties::{Numbered, RunProperties},
    styles::Styles,
    xml::{Node, Tag, Xml},
};
use crate::source::{
    Limits,
    office::numbering::{LEVELS, Level, Parting, Piece, Style},
};
use std::collections::HashMap;

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    patterns: HashMap<i64, Pattern>,
    uses: HashMap<i64, Use>,
}

/// An `abstractNum`: the levels, and whose counters they are.
#[derive(Debug)]
struct Pattern {
    levels: Vec<Level>,
    /// The paragraph style of each level.
    styles: Vec<Option<String>>,
    /// The style that holds the levels instead.
    link: Option<String>,
}

impl Default for Pattern {
    fn default() -> Self {
        Pattern { levels: vec![Level::default(); LEVELS], styles: vec![None; LEVELS], link: None }
    }
}

/// A `num`: a use of a pattern.
#[derive(Debug, Default)]
struct Use {
    pattern: i64,
    restarts: Vec<Option<u32>>,
    own: Vec<Option<Level>>,
}

/// A list as a paragraph uses it.
pub(super) struct Found {
    /// What shares counters.
    pub(super) pattern: i64,
    pub(super) levels: Vec<Level>,
    pub(super) restarts: Vec<Option<u32>>,
    /// The paragraph style of each level.
    pub(super) styles: Vec<Option<String>>,
}

impl Lists {
    pub(super) fn read(xml: &str, limits: &Limits) -> Lists {
        let mut read = Lists::default();
        let mut xml = Xml::new(xml, limits.depth as usize);
        loop {
            match xml.next() {
                Node::Open(tag) if tag.name() == "abstractNum" => {
                    let Some(id) = id(&tag, "abstractNumId") else { continue };
                    let pattern = pattern(&mut xml);
                    read.patterns.insert(id, pattern);
                }
                Node::Open(tag) if tag.name() == "num" => {
                    let Some(id) = id(&tag, "numId") else { continue };
                    let used = list_use(&mut xml);
                    read.uses.insert(id, used);
                }
                Node::End => return read,
                _ => {}
            }
        }
    }

    /// The list that a paragraph names; none for 0, which takes a style's numbering away.
    pub(super) fn find(&self, list: i64, styles: &Styles) -> Option<Found> {
        if list == 0 {
            return None;
        }
        let used = self.uses.get(&list)?;
        let (mut id, mut pattern) = (used.pattern, self.patterns.get(&used.pattern)?);
        if let Some(link) = &pattern.link {
            let linked = styles.numbered(Some(link)).and_then(|(_, numbered)| self.uses.get(&numbered.list?));
            if let Some((linked, found)) = linked.and_then(|u| Some((u.pattern, self.patterns.get(&u.pattern)?))) {
                (id, pattern) = (linked, found);
            }
        }
        let mut levels = pattern.levels.clone();
        for (level, own) in levels.iter_mut().zip(&used.own) {
            if let Some(own) = own {
                *level = own.clone();
            }
        }
        Some(Found { pattern: id, levels, restarts: used.restarts.clone(), styles: pattern.styles.clone() })
    }
}

fn id(tag: &Tag<'_>, name: &str) -> Option<i64> {
    tag.get(name)?.trim().parse().ok()
}

fn level_of(tag: &Tag<'_>) -> Option<usize> {
    id(tag, "ilvl").and_then(|level| usize::try_from(level).ok()).filter(|level| *level < LEVELS)
}

fn pattern(xml: &mut Xml<'_>) -> Pattern {
    let mut read = Pattern::default();
    xml.inside(|xml, tag| match tag.name() {
        "lvl" => {
            let (level, style) = level(xml);
            if let Some(at) = level_of(tag) {
                read.levels[at] = level;
                read.styles[at] = style;
            }
        }
        "numStyleLink" => read.link = tag.val().map(|id| id.into_owned()),
        _ => {}
    });
    read
}

fn list_use(xml: &mut Xml<'_>) -> Use {
    let mut read = Use { pattern: -1, restarts: vec![None; LEVELS], own: vec![None; LEVELS] };
    let mut at = None;
    xml.inside(|xml, tag| match tag.name() {
        "abstractNumId" => read.pattern = tag.number().unwrap_or(-1),
        "lvlOverride" => at = level_of(tag),
        "startOverride" => {
            if let Some(at) = at {
                read.restarts[at] = tag.number().and_then(|start| u32::try_from(start).ok());
            }
        }
        "lvl" => {
            let (level, _) = level(xml);
            if let Some(at) = at.or(level_of(tag)) {
                read.own[at] = Some(level);
            }
        }
        _ => {}
    });
    read
}

/// The `lvl` that was opened last, and the paragraph style bound to it.
fn level(xml: &mut Xml<'_>) -> (Level, Option<String>) {
    let mut read = Level { start: 0, ..Level::default() };
    let mut style = None;
    xml.inside(|xml, tag| match tag.name() {
        "start" => read.start = tag.number().and_then(|start| u32::try_from(start).ok()).unwrap_or(0),
        "numFmt" => read.style = tag.val().map_or(Style::Decimal, |name| style_of(&name)),
        "lvlText" => read.text = tag.val().map(|text| pieces(&text)).unwrap_or_default(),
        "suff" => {
            read.parting = match tag.val().as_deref() {
                Some("nothing") => Parting::Nothing,
                Some("space") => Parting::Space,
                _ => Parting::Tab,
            }
        }
        "lvlRestart" => read.restart = tag.number().and_then(|level| usize::try_from(level).ok()),
        "isLgl" => read.legal = tag.is_on(),
        "pStyle" => style = tag.val().map(|id| id.into_owned()),
        "rPr" => {
            let own = RunProperties::read(xml);
            read.face = (own.script.is_some() || own.capitals.is_some()).then(|| own.face());
        }
        // What the paragraph looks like; its numbering is this one.
        "pPr" => xml.skip(),
        _ => {}
    });
    (read, style)
}

fn style_of(name: &str) -> Style {
    match name {
        "decimalZero" => Style::DecimalZero,
        "upperRoman" => Style::UpperRoman,
        "lowerRoman" => Style::LowerRoman,
        "upperLetter" => Style::UpperLetter,
        "lowerLetter" => Style::LowerLetter,
        "bullet" => Style::Bullet,
        "none" => Style::Nothing,
        _ => Style::Decimal,
    }
}

/// `Điều %1.` into its pieces.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut chars = String::new();
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match rest.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| c == '%' && *digit > 0) {
            Some(digit) => {
                rest.next();
                if !chars.is_empty() {
                    pieces.push(Piece::Chars(std::mem::take(&mut chars)));
                }
                pieces.push(Piece::Counter(digit as usize - 1));
            }
            None => chars.push(c),
        }
    }
    if !chars.is_empty() {
        pieces.push(Piece::Chars(chars));
    }
    pieces
}

/// What a paragraph says of its numbering, over what its style says; with the level that the style is bound to.
pub(super) fn resolve(
    own: &Numbered,
    style: Option<&str>,
    styles: &Styles,
    lists: &Lists,
) -> Option<(i64, Found, usize)> {
    let styled = styles.numbered(style);
    let list = own.list.or(styled.as_ref().and_then(|(_, numbered)| numbered.list))?;
    let found = lists.find(list, styles)?;
    let bound = || {
        let (id, _) = styled.as_ref().filter(|_| own.list.is_none())?;
        let wanted = style.unwrap_or(id);
        found.styles.iter().position(|s| s.as_deref() == Some(wanted) || s.as_deref() == Some(*id))
    };
    let level = own.level.or_else(bound).or(styled.as_ref().and_then(|(_, numbered)| numbered.level)).unwrap_or(0);
    Some((list, found, level.min(LEVELS - 1)))
}
