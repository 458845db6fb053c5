//! What reading one file may cost, and what of it was spent.

use crate::source::{Limit, Limits};
use std::{cell::Cell, time::Instant};

/// The allowance of one file.
#[derive(Debug)]
pub(super) struct Budget {
    left: Cell<u64>,
    until: Option<Instant>,
    /// How deep objects and forms may be nested.
    pub(super) depth: u32,
    out_of_bytes: Cell<bool>,
    out_of_time: Cell<bool>,
    too_deep: Cell<bool>,
    broken: Cell<usize>,
}

impl Budget {
    pub(super) fn new(limits: &Limits) -> Self {
        Budget {
            left: Cell::new(limits.unpacked),
            until: Instant::now().checked_add(limits.time),
            // Each level is a frame or more of the stack.
            depth: limits.depth.min(256),
            out_of_bytes: Cell::new(false),
            out_of_time: Cell::new(false),
            too_deep: Cell::new(false),
            broken: Cell::new(0),
        }
    }

    /// How many more bytes may be unpacked.
    pub(super) fn left(&self) -> usize {
        usize::try_from(self.left.get()).unwrap_or(usize::MAX)
    }

    /// Takes bytes off the allowance; false where they are not there.
    pub(super) fn spend(&self, bytes: usize) -> bool {
        match self.left.get().checked_sub(bytes as u64) {
            Some(left) => {
                self.left.set(left);
                true
            }
            None => {
                self.left.set(0);
                self.out_of_bytes.set(true);
                false
            }
        }
    }

    /// Remembers that unpacking was cut.
    pub(super) fn overrun(&self) {
        self.out_of_bytes.set(true);
    }

    /// Whether there is time left.
    pub(super) fn in_time(&self) -> bool {
        if !self.out_of_time.get() && self.until.is_some_and(|until| Instant::now() >= until) {
            self.out_of_time.set(true);
        }
        !self.out_of_time.get()
    }

    /// Remembers that something was nested too deep.
    pub(super) fn too_deep(&self) {
        self.too_deep.set(true);
    }

    /// Remembers a part that is broken.
    pub(super) fn broken(&self) {
        self.broken.set(self.broken.get().saturating_add(1));
    }

    /// How many parts were broken.
    pub(super) fn broken_parts(&self) -> usize {
        self.broken.get()
    }

    /// The limits that were met.
    pub(super) fn met(&self) -> impl Iterator<Item = Limit> {
        let met = [
            (self.out_of_bytes.get(), Limit::Unpacked),
            (self.too_deep.get(), Limit::Depth),
            (self.out_of_time.get(), Limit::Time),
        ];
        met.into_iter().filter(|(met, _)| *met).map(|(_, limit)| limit)
    }
}
