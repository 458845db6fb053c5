//! XML, one node after the other. No entity but the predefined ones is known, so none can grow; depth is bounded.

use quick_xml::{
    Reader,
    events::{BytesEnd, BytesStart, Event},
};
use std::borrow::Cow;

/// A node of a part.
pub(super) enum Node<'x> {
    Open(Tag<'x>),
    Close(EndTag<'x>),
    Text(Cow<'x, str>),
    /// The end of the part, or the place from which it cannot be read.
    End,
}

/// An element's name and attributes.
pub(super) struct Tag<'x> {
    start: BytesStart<'x>,
}

/// An element's end.
pub(super) struct EndTag<'x> {
    end: BytesEnd<'x>,
}

impl EndTag<'_> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> &str {
        local(self.end.name().0)
    }

    /// Its prefix.
    pub(super) fn prefix(&self) -> &str {
        prefix(self.end.name().0)
    }
}

impl Tag<'_> {
    /// Its name without a prefix.
    pub(super) fn name(&self) -> &str {
        local(self.start.name().0)
    }

    /// Its prefix.
    pub(super) fn prefix(&self) -> &str {
        prefix(self.start.name().0)
    }

    /// The value of an attribute, whatever its prefix.
    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let found = self.start.attributes().with_checks(false).flatten().find(|a| local(a.key.0) == name)?;
        Some(match found.normalized_value(quick_xml::XmlVersion::Implicit1_0) {
            Ok(value) => Cow::Owned(value.into_owned()),
            Err(_) => Cow::Owned(found.value.into_owned()),
        })
    }

    /// Whether the element switches something on: by standing there, unless its value says no.
    pub(super) fn is_on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false" | "off"))
    }

    /// The attribute `val`.
    pub(super) fn val(&self) -> Option<Cow<'_, str>> {
        self.get("val")
    }

    /// The attribute `val` as a number.
    pub(super) fn number(&self) -> Option<i64> {
        self.val()?.trim().parse().ok()
    }
}

fn predefined(entity: &str) -> Option<&'static str> {
    Some(match entity {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => return None,
    })
}

fn prefix(name: &str) -> &str {
    name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// A reader of one part.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    most: usize,
    /// Whether the part ends before it should, or is no XML from some place on.
    pub(super) broken: bool,
    /// Whether it is nested deeper than allowed.
    pub(super) too_deep: bool,
}

impl<'x> Xml<'x> {
    pub(super) fn new(xml: &'x str, most: usize) -> Self {
        let mut reader = Reader::from_str(xml);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Xml { reader, depth: 0, most, broken: false, too_deep: false }
    }

    pub(super) fn next(&mut self) -> Node<'x> {
        loop {
            match self.reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    if self.depth > self.most {
                        self.too_deep = true;
                        return Node::End;
                    }
                    return Node::Open(Tag { start });
                }
                Ok(Event::End(end)) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Node::Close(EndTag { end });
                }
                Ok(Event::Text(text)) => return Node::Text(text.xml10_content()),
                Ok(Event::CData(text)) => return Node::Text(text.xml10_content()),
                Ok(Event::GeneralRef(reference)) => {
                    if let Ok(Some(c)) = reference.resolve_char_ref() {
                        return Node::Text(Cow::Owned(c.to_string()));
                    }
                    if let Some(known) = predefined(&reference.xml10_content()) {
                        return Node::Text(Cow::Borrowed(known));
                    }
                }
                Ok(Event::Eof) => {
                    self.broken |= self.depth > 0;
                    return Node::End;
                }
                Ok(_) => {}
                Err(_) => {
                    self.broken = true;
                    return Node::End;
                }
            }
        }
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            if matches!(self.next(), Node::End) {
                return;
            }
        }
    }

    /// Every element inside the one that was opened last, whatever their depth; `see` may skip or read on in them.
    pub(super) fn inside(&mut self, mut see: impl FnMut(&mut Self, &Tag<'x>)) {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            match self.next() {
                Node::Open(tag) => see(self, &tag),
                Node::End => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(xml: &str) -> String {
        let mut xml = Xml::new(xml, 8);
        let mut said = String::new();
        loop {
            match xml.next() {
                Node::Text(text) => said.push_str(&text),
                Node::End => return said,
                _ => {}
            }
        }
    }

    #[test]
    fn entities_of_a_document_type_stand_for_nothing() {
        let bomb = "<!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;'>]><a>x&c;&amp;&#273;</a>";
        assert_eq!(texts(bomb), "x&đ");
    }

    #[test]
    fn depth_and_damage_end_it() {
        let deep = "<a>".repeat(20) + "x";
        let mut xml = Xml::new(&deep, 8);
        while !matches!(xml.next(), Node::End) {}
        assert!(xml.too_deep);
        assert_eq!(texts("<a>x<b>y"), "xy");
    }
}
