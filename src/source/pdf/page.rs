//! The pages of a file, in their order, each with what it inherits (7.7.3).

use super::{
    file::File,
    object::{Dictionary, Object},
};
use std::{collections::BTreeSet, rc::Rc};

/// One page.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) dictionary: Dictionary,
    pub(super) resources: Dictionary,
    /// Left, bottom, right and top.
    pub(super) frame: [f64; 4],
    /// By how many degrees it is turned, clockwise.
    pub(super) turned: i64,
}

/// What a page takes from the nodes above it.
#[derive(Clone, Debug, Default)]
struct Inherited {
    resources: Option<Rc<Object>>,
    frame: Option<Rc<Object>>,
    turned: Option<i64>,
}

/// A node of the page tree that is still to be read.
struct Node {
    object: Object,
    inherited: Inherited,
    depth: u32,
}

/// Walks the page tree, one page a call.
pub(super) struct Pages<'f, 'b> {
    file: &'f File<'b>,
    nodes: Vec<Node>,
    seen: BTreeSet<u32>,
    found: bool,
    /// The numbers of all objects, where the tree led to no page.
    all: Option<std::vec::IntoIter<u32>>,
}

impl<'f, 'b> Pages<'f, 'b> {
    pub(super) fn new(file: &'f File<'b>) -> Self {
        let root = file.trailer_entry("Root").map_or(Object::Null, |root| file.resolved(root));
        let tree = root.dictionary().and_then(|root| root.get("Pages")).cloned();
        let nodes = tree.map(|object| Node { object, inherited: Inherited::default(), depth: 0 });
        Pages { file, nodes: nodes.into_iter().collect(), seen: BTreeSet::new(), found: false, all: None }
    }

    /// The next page of the tree.
    fn in_tree(&mut self) -> Option<Page> {
        while let Some(Node { object, inherited, depth }) = self.nodes.pop() {
            if let Object::Reference(id) = object
                && !self.seen.insert(id)
            {
                self.file.budget.broken();
                continue;
            }
            if depth > self.file.budget.depth {
                self.file.budget.too_deep();
                continue;
            }
            let object = self.file.resolved(object);
            let Some(dictionary) = object.dictionary() else {
                self.file.budget.broken();
                continue;
            };
            let inherited = inherited.below(self.file, dictionary);
            match self.file.get(dictionary, "Kids") {
                Object::Array(kids) => {
                    let kids = kids.into_iter().rev();
                    self.nodes.extend(kids.map(|object| Node {
                        object,
                        inherited: inherited.clone(),
                        depth: depth + 1,
                    }));
                }
                _ if dictionary.is("Type", "Pages") => {}
                _ => return Some(inherited.page(self.file, dictionary)),
            }
        }
        None
    }

    /// The next page among all objects: where there is no tree, their order is the best that there is.
    fn anywhere(&mut self) -> Option<Page> {
        let file = self.file;
        let all = self.all.get_or_insert_with(|| {
            file.budget.broken();
            file.ids().collect::<Vec<_>>().into_iter()
        });
        all.find_map(|id| {
            let object = file.object(id);
            let dictionary = object.dictionary().filter(|dictionary| dictionary.is("Type", "Page"))?;
            Some(Inherited::default().below(file, dictionary).page(file, dictionary))
        })
    }
}

impl Iterator for Pages<'_, '_> {
    type Item = Page;

    fn next(&mut self) -> Option<Page> {
        let page = self.in_tree().or_else(|| if self.found { None } else { self.anywhere() });
        // Once the tree gave a page, nothing outside it is one.
        self.found |= page.is_some() && self.all.is_none();
        page
    }
}

impl Inherited {
    fn below(mut self, file: &File<'_>, dictionary: &Dictionary) -> Self {
        let own = |name| dictionary.get(name).cloned().map(Rc::new);
        self.resources = own("Resources").or(self.resources);
        self.frame = own("CropBox").or_else(|| own("MediaBox")).or(self.frame);
        self.turned = file.get(dictionary, "Rotate").integer().or(self.turned);
        self
    }

    fn page(self, file: &File<'_>, dictionary: &Dictionary) -> Page {
        let resources = self.resources.map_or(Object::Null, |resources| file.resolved((*resources).clone()));
        let frame = self.frame.map_or(Object::Null, |frame| file.resolved((*frame).clone()));
        let sides = file.numbers(&frame);
        let frame = match sides[..] {
            [a, b, c, d] if a != c && b != d => [a.min(c), b.min(d), a.max(c), b.max(d)],
            _ => [0.0, 0.0, 595.0, 842.0],
        };
        Page {
            dictionary: dictionary.clone(),
            resources: resources.dictionary().cloned().unwrap_or_default(),
            frame,
            turned: self.turned.unwrap_or(0).rem_euclid(360),
        }
    }
}
