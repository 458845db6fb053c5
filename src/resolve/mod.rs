//! What needs more than one fact: the issuer and its unit, the type of a paper without a type line, roles, keys, which
//! document is meant.

pub mod citation;
pub mod fingerprint;
pub mod identity;
pub mod issuer;
pub mod kind;
pub mod locality;
mod mention;
pub mod reference;
pub mod twin;
