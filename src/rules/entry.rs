//! What the tables hold of a rule, beside its words.

use super::file::Text;
use crate::record::{FindingKind, Level, ReferenceForm};
use rust_decimal::Decimal;
use std::borrow::Cow;

/// To which list a kind of document belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// The 29 kinds of Nghị định 30/2020/NĐ-CP.
    Administrative,
    /// Acts of law.
    Act,
    /// The Party's kinds, and texts that are issued with another.
    Other,
}

/// How a kind's word and a serial without `số` are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bare {
    /// As a name: `Đề án 06`, `Nghị quyết 18`.
    Name,
    /// As a citation where it stands amid a sentence, or with a date or an organ: `theo Nghị định 30`.
    Cited,
}

/// A kind of document.
#[derive(Debug)]
pub struct DocType {
    /// The rule that names it.
    pub rule: Text,
    /// Its abbreviation: `KH`.
    pub code: Text,
    /// Its name: `Kế hoạch`.
    pub name: Text,
    /// Its list.
    pub family: Family,
    /// How a serial without `số` behind its word is read; `None`: not at all.
    pub bare: Option<Bare>,
    /// Whether its abbreviation means nothing else in a sentence, so that a serial behind it is cited: `NĐ 42`.
    pub certain: bool,
}

/// An organ, or the head of its name.
#[derive(Debug)]
pub struct Organ {
    /// The rule that names it.
    pub rule: Text,
    /// Its name, or the head of it: `Ủy ban nhân dân`.
    pub name: Text,
    /// Its level; `None` where the administrative unit in its name decides.
    pub level: Option<Level>,
    /// Whether its administrative unit is part of its name.
    pub joins: bool,
    /// Whether the word is only the head of a name that runs on: `Sở …`, `Ban …`.
    pub runs_on: bool,
}

/// A kind of administrative unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Territory {
    /// Its level.
    pub level: Level,
}

/// An act cited by name.
#[derive(Debug)]
pub struct Act {
    /// Its name, without a year.
    pub name: Text,
    /// The years of the acts of that name.
    pub years: Cow<'static, [i16]>,
    /// Whether the name is a loose one, not the act's own.
    pub loose: bool,
}

/// What tells without a copy that a name is not near to another.
#[derive(Clone, Copy, Debug)]
pub struct ActKey {
    /// How many words it has, without `và`.
    pub words: usize,
    /// Their first letters without marks, each as one bit.
    pub initials: u32,
}

/// A word of the layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cue {
    /// Quốc hiệu, or the Party's name.
    Nation,
    /// Tiêu ngữ.
    Motto,
    /// Opens a ground.
    Grounds,
    /// Ends the grounds.
    Enacting,
    /// Kính gửi.
    Addressees,
    /// Nơi nhận.
    Recipients,
    /// Lưu.
    Archive,
    /// Phụ lục.
    Annex,
    /// (Ban hành kèm theo …).
    Attached,
    /// What an attached text without a type is called.
    AttachedTitle,
    /// … điện:
    Telegram,
    /// By what an organ acts: báo cáo, ban hành …
    Acts,
}

/// What a stamp says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StampField {
    /// Độ mật.
    Security,
    /// Độ khẩn.
    Urgency,
    /// Sao y, sao lục, trích sao.
    Copy,
    /// Dự thảo.
    Draft,
    /// Digital signatures, incoming stamps, gazette heads.
    Noise,
}

/// On which side of a number a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// Before it.
    Before,
    /// After it.
    After,
}

/// How firmly a word before a number makes it no finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// It is a code, a marker, a part of a name: whatever follows.
    Code,
    /// Unless it has a measure that no name has.
    Firm,
    /// Unless the number has a measure or a thing to count.
    UnlessCounted,
    /// Only if the number can be part of a date.
    Date,
    /// The same, unless it has a measure that is no length of time: `vụ đông 2022`, not `vụ đông 15 ha`.
    Season,
    /// Never: the words only look like others that do.
    Never,
}

/// What a noun rule says of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NounPart {
    /// Things that are counted.
    Counted,
    /// Things that are counted together, with commas between.
    Listed,
    /// Ends the phrase of what is counted.
    End,
    /// Opens a number that is written again in words.
    Numeral,
    /// Leads from a label to its number.
    Link,
    /// Leads to a number that needs no unit.
    Lead,
    /// Makes hours and months a length of time.
    Span,
    /// Makes a length a speed, behind a stroke.
    Rate,
    /// Opens the day at which it was so.
    AsOf,
    /// Opens the period in which it was so.
    Period,
    /// Is part of a period.
    Calendar,
}

/// A unit of measure.
#[derive(Debug)]
pub struct UnitOf {
    /// The rule that names it.
    pub rule: Text,
    /// What it measures.
    pub kind: FindingKind,
    /// Its usual form: `m2`.
    pub unit: Text,
    /// By what the number is multiplied.
    pub times: Decimal,
}

/// Words that refer to a document, or give it a short name.
#[derive(Debug)]
pub struct ReferenceWords {
    /// The rule that holds them.
    pub rule: Text,
    /// How they refer.
    pub form: ReferenceForm,
    /// Whether they refer only at the end of a clause: `Nghị quyết trên`.
    pub at_end: bool,
}

/// A rule of a user's own.
#[derive(Debug)]
pub struct CustomRule {
    /// Its id.
    pub rule: Text,
    /// The kind of its facts.
    pub kind: Text,
}
