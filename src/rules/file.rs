//! The format of a rule file, shared by the build script and by `--rules DIR`.
//!
//! A rule file is TOML: tables `[[rule]]` (words, symbols or patterns of one kind, with examples), tables `[[act]]`
//! (names of acts), and a list `disable` of rule ids. Unknown keys are refused, with the line.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What a rule is about; it says which table its words go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleKind {
    /// A reading done in code: it has an id, a text and examples, and no words.
    Reader,
    /// A kind of document (tên loại). Sets `code`, `name`; `words` are its names, `symbols` its abbreviations.
    Type,
    /// An organ (cơ quan). Sets `name`, `level`, `territory` (`joins`, `own`); `symbols` are its codes in numbers.
    Organ,
    /// A kind of administrative unit (tỉnh, huyện, xã …). Sets `level`.
    Territory,
    /// Names of provinces (tỉnh, thành phố trực thuộc trung ương).
    Province,
    /// An office of a signer (chức vụ).
    Position,
    /// Words that open a signer's authority (TM., KT. …). Sets `value`.
    Authority,
    /// A word of the layout: a letterhead, a heading of a zone. Sets `cue`.
    Cue,
    /// A stamp or a line that is neither fact nor text. Sets `value`, `field`.
    Stamp,
    /// A unit of measure. Sets `kind`, `unit`, `times`.
    Unit,
    /// A scale word (nghìn, triệu, tỷ). Sets `times`.
    Scale,
    /// A noun that is counted.
    Noun,
    /// Words before a number that bound it, or after it. Sets `value`, `side`.
    Qualifier,
    /// Words that make a number a change. Sets `value`.
    Change,
    /// Words that make a number a target or a rule. Sets `value`.
    Status,
    /// Words beside a number that make it no finding. Sets `side` (`before`, `after`).
    NotFinding,
    /// Words that say why a recipient receives.
    Purpose,
    /// A surname.
    Surname,
    /// A degree, rank or form of address before a name.
    NameTitle,
    /// Words of a heading that say its topic. Sets `value`.
    Topic,
    /// Words before a citation that say its relation. Sets `value`.
    Relation,
    /// Words that end the name of an issuer after `của`.
    IssuerEnd,
    /// A pattern of a user's own. Sets `kind`.
    Custom,
    /// A diagnostic. Sets `severity`, `vi`, `en`.
    Diagnostic,
}

/// One rule as it stands in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawRule {
    /// Permanent, unique.
    pub id: String,
    /// Which table it goes to.
    pub kind: RuleKind,
    /// What the rule says, for people.
    pub says: String,
    /// The norm that it comes from.
    #[serde(default)]
    pub norm: Option<String>,
    /// Its words, in normal form; case is ignored.
    #[serde(default)]
    pub words: Vec<String>,
    /// Abbreviations in document numbers; case counts.
    #[serde(default)]
    pub symbols: Vec<String>,
    /// Phrases with named slots.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// What it sets.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// Texts in which the rule must produce a fact.
    #[serde(default)]
    pub examples: Vec<String>,
    /// Texts in which it must not.
    #[serde(default)]
    pub counters: Vec<String>,
}

/// The name of an act that is cited by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawAct {
    /// The name, without a year: `Luật Đất đai`.
    pub name: String,
    /// The years in which an act of that name was adopted.
    #[serde(default)]
    pub years: Vec<i16>,
    /// Abbreviations: `BLDS`.
    #[serde(default)]
    pub short: Vec<String>,
    /// Whether the name is a loose one, not the act's own.
    #[serde(default)]
    pub loose: bool,
}

/// A whole rule file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Its rules.
    #[serde(default, rename = "rule")]
    pub rules: Vec<RawRule>,
    /// Its names of acts.
    #[serde(default, rename = "act")]
    pub acts: Vec<RawAct>,
    /// Ids of rules to switch off.
    #[serde(default)]
    pub disable: Vec<String>,
}

/// Why a rule file is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub reason: String,
}

/// Reads and checks one rule file.
pub fn parse(text: &str) -> Result<RuleFile, Refusal> {
    let file: RuleFile = toml::from_str(text).map_err(|error| Refusal {
        line: error.span().map(|span| text[..span.start].matches('\n').count() + 1),
        reason: error.message().to_owned(),
    })?;
    for rule in &file.rules {
        check(rule).map_err(|reason| Refusal { line: line_of(text, &rule.id), reason })?;
    }
    Ok(file)
}

/// The line on which a rule's id stands.
fn line_of(text: &str, id: &str) -> Option<usize> {
    let quoted = format!("\"{id}\"");
    text.lines().position(|line| line.trim_start().starts_with("id") && line.contains(&quoted)).map(|at| at + 1)
}

/// The keys of `set` that a kind needs, and the values that each may take (none listed: any).
fn needed(kind: RuleKind) -> &'static [(&'static str, &'static [&'static str])] {
    const LEVELS: &[&str] = &["central", "province", "district", "commune", "party", "other", "unit"];
    match kind {
        RuleKind::Type => &[("code", &[]), ("name", &[])],
        RuleKind::Organ => &[("name", &[]), ("level", LEVELS), ("territory", &["joins", "own"])],
        RuleKind::Territory => &[("level", LEVELS)],
        RuleKind::Authority => &[("value", &["TM", "KT", "TL", "TUQ", "Q"])],
        RuleKind::Cue => &[("cue", &[])],
        RuleKind::Stamp => &[("field", &["security", "urgency", "copy", "draft", "noise"])],
        RuleKind::Unit => &[("kind", &["money", "area", "length", "mass", "volume", "duration", "score", "percent"]), ("unit", &[])],
        RuleKind::Scale => &[("times", &[])],
        RuleKind::Qualifier => &[("value", &["approx", "at_least", "at_most"]), ("side", &["before", "after"])],
        RuleKind::Change => &[("value", &["up", "down"])],
        RuleKind::Status => &[("value", &["result", "target", "rule"])],
        RuleKind::NotFinding => &[("side", &["before", "after"])],
        RuleKind::Topic | RuleKind::Relation => &[("value", &[])],
        RuleKind::Custom => &[("kind", &[])],
        RuleKind::Diagnostic => &[("severity", &["info", "warning", "error"]), ("vi", &[]), ("en", &[])],
        RuleKind::Reader | RuleKind::Position | RuleKind::Noun | RuleKind::Purpose | RuleKind::Surname | RuleKind::NameTitle | RuleKind::Province | RuleKind::IssuerEnd => &[],
    }
}

fn check(rule: &RawRule) -> Result<(), String> {
    let id = &rule.id;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if id.is_empty() || !id.chars().all(plain) {
        return Err(format!("the id `{id}` may hold only ASCII letters, digits, `.`, `-` and `_`"));
    }
    if rule.says.trim().is_empty() {
        return Err(format!("rule `{id}`: `says` is empty; say in a sentence what the rule reads"));
    }
    if rule.examples.is_empty() && rule.kind != RuleKind::Diagnostic {
        return Err(format!("rule `{id}`: it has no example; add one text in which it must produce a fact"));
    }
    for (key, values) in needed(rule.kind) {
        match rule.set.get(*key) {
            None => return Err(format!("rule `{id}`: `set.{key}` is missing")),
            Some(value) if !values.is_empty() && !values.contains(&value.as_str()) => {
                return Err(format!("rule `{id}`: `set.{key}` is `{value}`; it may be {}", values.join(", ")));
            }
            Some(_) => {}
        }
    }
    let wordless = matches!(rule.kind, RuleKind::Reader | RuleKind::Diagnostic | RuleKind::Custom);
    if !wordless && rule.words.is_empty() && rule.symbols.is_empty() {
        return Err(format!("rule `{id}`: it has neither words nor symbols"));
    }
    if rule.kind == RuleKind::Custom && rule.patterns.is_empty() {
        return Err(format!("rule `{id}`: a custom rule needs at least one pattern"));
    }
    Ok(())
}
