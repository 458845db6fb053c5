//! Small readers shared by the recognisers: text in, value out, or nothing. They know neither rules nor layout.

pub mod date;
pub mod name;
pub mod number;
pub mod number_words;
pub mod pinpoint;
pub mod roman;
pub mod syllable;
pub mod symbol;
