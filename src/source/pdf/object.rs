//! The objects that a PDF file is made of (ISO 32000-2, 7.3).

use std::ops::Range;

/// One object.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Object {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f64),
    String(Vec<u8>),
    Name(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    Stream(Stream),
    Reference(u32),
}

impl Object {
    /// A number, whole or not.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Object::Integer(value) => Some(*value as f64),
            Object::Real(value) => Some(*value),
            _ => None,
        }
    }

    pub(super) fn integer(&self) -> Option<i64> {
        match self {
            Object::Integer(value) => Some(*value),
            Object::Real(value) if value.fract() == 0.0 && value.abs() < 1e15 => Some(*value as i64),
            _ => None,
        }
    }

    pub(super) fn name(&self) -> Option<&[u8]> {
        match self {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub(super) fn string(&self) -> Option<&[u8]> {
        match self {
            Object::String(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub(super) fn array(&self) -> Option<&[Object]> {
        match self {
            Object::Array(items) => Some(items),
            _ => None,
        }
    }

    /// A dictionary, or that of a stream.
    pub(super) fn dictionary(&self) -> Option<&Dictionary> {
        match self {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(&stream.dictionary),
            _ => None,
        }
    }
}

/// Names with values. The few entries that one has are searched one by one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Dictionary(pub(super) Vec<(Vec<u8>, Object)>);

impl Dictionary {
    /// The value as it stands: a reference is not followed.
    pub(super) fn get(&self, name: &str) -> Option<&Object> {
        self.get_bytes(name.as_bytes())
    }

    pub(super) fn get_bytes(&self, name: &[u8]) -> Option<&Object> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether the value of `name` is the name `value`.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name).and_then(Object::name) == Some(value.as_bytes())
    }
}

/// A stream: its dictionary, and where its bytes stand in the file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stream {
    pub(super) dictionary: Dictionary,
    pub(super) bytes: Range<usize>,
    /// The number of its object: encryption needs it.
    pub(super) id: u32,
    pub(super) generation: u16,
}
