//! Reads Vietnamese administrative documents.
#![deny(missing_docs)]
pub mod record;
pub mod text;
