//! How well documents are read: against gold files, against an earlier run, and against what no rule claimed.
//!
//! A gold file states what a careful reader finds in one document. [`Gold`] reads it, [`Gold::align`] turns its quotes
//! into places, and [`Score`] counts what a [`Record`](crate::Record) has right, field by field. [`diff`] tells two runs
//! apart, fact by fact. [`audit`] lists what looks like a fact and is none. All spans here count code points.
//!
//! ```
//! use trich::{Extractor, eval::{Field, Gold, Score}};
//!
//! let text = "BÁO CÁO\nKết quả năm 2023\n1. Kết quả\nToàn xã có 8/8 thôn văn hóa.\n";
//! let mut gold = Gold::parse(r#"{"text": "a.txt", "document": {"type": {"code": "BC", "quote": "BÁO CÁO"}},
//!     "findings": [{"quote": "8/8 thôn", "kind": "ratio", "value": 8, "of": 8, "unit": "thôn"}]}"#).unwrap();
//! assert!(gold.align(text).is_empty(), "every quote is in the text");
//! let mut score = Score::default();
//! score.add(&gold, Some(text), Some(&Extractor::builtin().extract("a.txt", text.as_bytes())));
//! assert_eq!(score.counts(Field::Finding).unwrap().f1(), 1.0);
//! ```

mod align;
mod audit;
mod curve;
mod diff;
mod field;
mod fold;
mod gold;
mod join;
mod lists;
mod number;
mod place;
mod same;
mod score;
mod told;

pub use align::{Unplaced, find};
pub use audit::{Audit, LookAlike, Pattern, audit};
pub use curve::{Curve, Step};
pub use diff::{Change, Diff, DiffError, Difference, DocumentDiff, diff};
pub use field::{Counts, Field};
pub use fold::{fold, words_f1};
pub use gold::{
    Gold, GoldCitation, GoldDocument, GoldFact, GoldFinding, GoldName, GoldNumber, GoldSection, GoldSignatory,
    GoldTable,
};
pub use place::{Excerpt, Lines};
pub use score::{Miss, Score};
