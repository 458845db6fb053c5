//! One file for each kind of fact. Recognisers know nothing of files, sinks and each other.

mod byte;
pub mod citation;
pub mod custom;
pub mod finding;
pub mod organ;
pub mod own;
pub mod period;
mod plain;
pub mod recipient;
pub mod section;
pub mod signatory;
pub mod spelling;
pub mod table;

use crate::{layout::Layout, rules::Rules};

/// The most facts of one kind that a record holds: a guard against files that are no documents.
pub const MOST_FACTS: usize = 100_000;

/// What every recogniser reads from.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'t> {
    /// The normalised text.
    pub text: &'t str,
    /// Its layout.
    pub layout: &'t Layout,
    /// The rules in force.
    pub rules: &'t Rules,
}
