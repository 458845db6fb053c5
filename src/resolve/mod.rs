//! What needs more than one fact: the issuer, the type of a paper without a type line, roles, keys, which document is
//! meant.

pub mod citation;
pub mod issuer;
pub mod kind;
pub mod reference;
