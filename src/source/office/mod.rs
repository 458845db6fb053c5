//! What the readers of office files (DOCX, DOC, RTF) share: the flow of paragraphs and tables into text, fonts that stand
//! for an encoding, symbol fonts, and the numbers that Word counts itself.

pub(super) mod clock;
pub(super) mod code_page;
pub(super) mod face;
pub(super) mod flow;
pub(super) mod numbering;
pub(super) mod parts;
pub(super) mod symbol;
mod table;
