//! Which part of the package serves for what.

use super::{
    package::Package,
    xml::{Node, Xml},
};
use std::collections::HashMap;

/// What a part is to the one that names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Document,
    Styles,
    Numbering,
    Footnotes,
    Endnotes,
}

impl Kind {
    /// The last word of the relation's type, which is the same in both dialects of the norm.
    fn word(self) -> &'static str {
        match self {
            Kind::Document => "officeDocument",
            Kind::Styles => "styles",
            Kind::Numbering => "numbering",
            Kind::Footnotes => "footnotes",
            Kind::Endnotes => "endnotes",
        }
    }
}

/// The relations of one part.
#[derive(Debug, Default)]
pub(super) struct Relations {
    kinds: Vec<(String, String)>,
    targets: HashMap<String, String>,
}

impl Relations {
    /// Those of a part, from the `_rels` folder beside it; the usual names where that is lost.
    pub(super) fn of(package: &mut Package<'_>, part: &str) -> Relations {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let name = if folder.is_empty() { format!("_rels/{file}.rels") } else { format!("{folder}/_rels/{file}.rels") };
        match package.part(&name) {
            Some(xml) => Relations::parse(&xml, folder),
            None => {
                let kinds = [Kind::Styles, Kind::Numbering, Kind::Footnotes, Kind::Endnotes]
                    .map(|kind| (kind.word().to_owned(), format!("word/{}.xml", kind.word())));
                Relations { kinds: kinds.into(), targets: HashMap::new() }
            }
        }
    }

    /// Reads the list; targets are relative to `folder`.
    pub(super) fn parse(xml: &str, folder: &str) -> Relations {
        let mut relations = Relations::default();
        let mut xml = Xml::new(xml, 16);
        loop {
            match xml.next() {
                Node::Open(tag)
                    if tag.name() == "Relationship" && tag.get("TargetMode").as_deref() != Some("External") =>
                {
                    let Some(target) = tag.get("Target") else { continue };
                    let target = resolve(folder, &target);
                    if let Some(kind) = tag.get("Type") {
                        let word = kind.rsplit('/').next().unwrap_or_default();
                        relations.kinds.push((word.to_owned(), target.clone()));
                    }
                    if let Some(id) = tag.get("Id") {
                        relations.targets.insert(id.into_owned(), target);
                    }
                }
                Node::End => return relations,
                _ => {}
            }
        }
    }

    /// The first part of a kind.
    pub(super) fn first(&self, kind: Kind) -> Option<String> {
        self.kinds.iter().find(|(word, _)| word == kind.word()).map(|(_, target)| target.clone())
    }

    /// The part that an id names.
    pub(super) fn target(&self, id: &str) -> Option<String> {
        self.targets.get(id).cloned()
    }
}

/// The name of a part in the archive: `styles.xml`, `../word/styles.xml` or `/word/styles.xml`.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "." => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}
