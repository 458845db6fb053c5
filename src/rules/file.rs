//! The format of a rule file, shared by the build script and by `--rules DIR`.
//!
//! A rule file is TOML: tables `[[rule]]` (words, symbols or patterns of one kind, with examples), tables `[[act]]`
//! (names of acts) and `[[alias]]` (short names of single acts), and a list `disable` of rule ids. Unknown keys are refused, with the line.

use super::syntax;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
};

/// A text of a rule: those of the built-in rules lie in the program.
pub type Text = Cow<'static, str>;

/// A list of texts.
pub type Texts = Cow<'static, [Text]>;

/// What a rule sets: values by their keys, sorted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(pub(super) Cow<'static, [(Text, Text)]>);

impl Settings {
    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Text> {
        self.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    /// Whether a key has a value.
    pub fn contains_key(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Every key with its value.
    pub fn iter(&self) -> impl Iterator<Item = &(Text, Text)> {
        self.0.iter()
    }
}

impl Serialize for Settings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de> Deserialize<'de> for Settings {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let read = BTreeMap::<String, String>::deserialize(deserializer)?;
        Ok(Settings(read.into_iter().map(|(key, value)| (key.into(), value.into())).collect()))
    }
}

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
    /// Words that open like the name of an organ and name none (ban hành, hội nghị).
    NotOrgan,
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
    /// Names of those who often receive documents: in a damaged name they show the right form.
    Receiver,
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
    /// Words by which a text refers to a document, or gives it a short name. Sets `value` (`own`, `above`, `alias`).
    Reference,
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
    pub id: Text,
    /// Which table it goes to.
    pub kind: RuleKind,
    /// What the rule says, for people.
    pub says: Text,
    /// The norm that it comes from.
    #[serde(default)]
    pub norm: Option<Text>,
    /// Its words, in normal form; case is ignored.
    #[serde(default)]
    pub words: Texts,
    /// Abbreviations in document numbers; case counts.
    #[serde(default)]
    pub symbols: Texts,
    /// Phrases with named slots.
    #[serde(default)]
    pub patterns: Texts,
    /// What it sets.
    #[serde(default)]
    pub set: Settings,
    /// Texts in which the rule must produce a fact.
    #[serde(default)]
    pub examples: Texts,
    /// Texts in which it must not.
    #[serde(default)]
    pub counters: Texts,
}

impl RawRule {
    /// Whether it is a check that cries wolf: made only where it is asked for.
    pub fn is_off_by_default(&self) -> bool {
        self.set.get("default").is_some_and(|default| default == "off")
    }
}

/// The name of an act that is cited by name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawAct {
    /// The name, without a year: `Luật Đất đai`.
    pub name: Text,
    /// The years in which an act of that name was adopted.
    #[serde(default)]
    pub years: Cow<'static, [i16]>,
    /// Short names by which papers call it: `Luật BVMT`, `BLDS`. Case counts in those of one word.
    #[serde(default)]
    pub short: Texts,
    /// Whether the name is a loose one, not the act's own.
    #[serde(default)]
    pub loose: bool,
}

/// A short name of one act that everybody uses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RawAlias {
    /// The short name, type word and number: `Đề án 06`.
    pub name: Text,
    /// The number of the act that it stands for: `06/QĐ-TTg`.
    pub number: Text,
    /// The year of that act.
    pub year: i16,
    /// What the act is, for people.
    pub says: Text,
}

/// A whole rule file.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    /// Its rules.
    #[serde(default, rename = "rule")]
    pub rules: Cow<'static, [RawRule]>,
    /// Its names of acts.
    #[serde(default, rename = "act")]
    pub acts: Cow<'static, [RawAct]>,
    /// Its short names of single acts.
    #[serde(default, rename = "alias")]
    pub aliases: Cow<'static, [RawAlias]>,
    /// Ids of rules to switch off.
    #[serde(default)]
    pub disable: Texts,
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
    let mut ids = HashSet::new();
    for rule in file.rules.iter() {
        check(rule).map_err(|reason| Refusal { line: line_of(text, &rule.id, 1), reason })?;
        for pattern in rule.patterns.iter() {
            syntax::parse(pattern).map_err(|error| Refusal {
                line: line_of_pattern(text, &rule.id, pattern),
                reason: format!("rule `{}`: pattern `{pattern}`, {error}", rule.id),
            })?;
        }
        if !ids.insert(&rule.id) {
            let reason = format!("rule `{}` stands twice in this file; give the second an id of its own", rule.id);
            return Err(Refusal { line: line_of(text, &rule.id, 2), reason });
        }
    }
    Ok(file)
}

/// The indices of rules, sorted by their ids; of more rules than can be counted so, the first.
pub fn by_id(rules: &[RawRule]) -> Vec<u16> {
    let mut order: Vec<u16> = (0..=u16::MAX).take(rules.len()).collect();
    order.sort_by(|a, b| rules[usize::from(*a)].id.cmp(&rules[usize::from(*b)].id));
    order
}

/// What stands for the rules, of the SHA-256 of what they are written as in JSON.
pub fn hash(digest: &[u8]) -> String {
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The line on which a rule's id stands for the `nth` time.
pub fn line_of(text: &str, id: &str, nth: usize) -> Option<usize> {
    let quoted = [format!("\"{id}\""), format!("'{id}'")];
    let names = |line: &str| line.trim_start().starts_with("id") && quoted.iter().any(|id| line.contains(id.as_str()));
    text.lines().enumerate().filter(|(_, line)| names(line)).nth(nth - 1).map(|(at, _)| at + 1)
}

/// The line on which a pattern of a rule stands; the line of the rule where the pattern is written with escapes.
fn line_of_pattern(text: &str, id: &str, pattern: &str) -> Option<usize> {
    let rule = line_of(text, id, 1)?;
    let below = text.lines().enumerate().skip(rule).take_while(|(_, line)| !line.trim_start().starts_with("[["));
    let holds = |line: &str| !pattern.is_empty() && line.contains(pattern);
    Some(below.into_iter().find(|(_, line)| holds(line)).map_or(rule, |(at, _)| at + 1))
}

/// The keys of `set` that a kind needs, and the values that each may take (none listed: any).
fn needed(kind: RuleKind) -> &'static [(&'static str, &'static [&'static str])] {
    const LEVELS: &[&str] = &["central", "province", "district", "commune", "party", "other", "unit"];
    const CUES: &[&str] = &[
        "nation",
        "motto",
        "grounds",
        "enacting",
        "addressees",
        "recipients",
        "archive",
        "annex",
        "attached",
        "attached_title",
        "telegram",
        "acts",
    ];
    const TOPICS: &[&str] =
        &["situation", "direction", "results", "shortcomings", "causes", "proposals", "tasks", "organisation"];
    const RELATIONS: &[&str] = &[
        "legal_ground",
        "mandate",
        "proposal",
        "responds_to",
        "amends",
        "repeals",
        "replaces",
        "amended_by",
        "attached_to",
        "own",
    ];
    match kind {
        RuleKind::Type => &[("code", &[]), ("name", &[])],
        RuleKind::Organ => &[("name", &[]), ("level", LEVELS), ("territory", &["joins", "own"])],
        RuleKind::Territory => &[("level", LEVELS)],
        RuleKind::Authority => &[("value", &["TM", "KT", "TL", "TUQ", "Q"])],
        RuleKind::Cue => &[("cue", CUES)],
        RuleKind::Stamp => &[("field", &["security", "urgency", "copy", "draft", "noise"])],
        RuleKind::Unit => {
            &[("kind", &["money", "area", "length", "mass", "volume", "duration", "score", "percent"]), ("unit", &[])]
        }
        RuleKind::Scale => &[("times", &[])],
        RuleKind::Qualifier => &[("value", &["approx", "at_least", "at_most", "none"]), ("side", &["before", "after"])],
        RuleKind::Change => &[("value", &["up", "down"])],
        RuleKind::Status => &[("value", &["result", "target", "rule"])],
        RuleKind::NotFinding => &[("side", &["before", "after"])],
        RuleKind::Topic => &[("value", TOPICS)],
        RuleKind::Relation => &[("value", RELATIONS)],
        RuleKind::Reference => &[("value", &["own", "above", "alias"])],
        RuleKind::Custom => &[("kind", &[])],
        RuleKind::Diagnostic => &[("severity", &["info", "warning", "error"]), ("vi", &[]), ("en", &[])],
        RuleKind::Reader
        | RuleKind::NotOrgan
        | RuleKind::Position
        | RuleKind::Noun
        | RuleKind::Purpose
        | RuleKind::Receiver
        | RuleKind::Surname
        | RuleKind::NameTitle
        | RuleKind::Province
        | RuleKind::IssuerEnd => &[],
    }
}

/// The keys of `set` that a kind may have besides those that it needs, and their values (none listed: any).
fn allowed(kind: RuleKind) -> &'static [(&'static str, &'static [&'static str])] {
    match kind {
        RuleKind::Type => {
            &[("family", &["administrative", "act", "other"]), ("bare", &["name", "cited"]), ("short", &["certain"])]
        }
        RuleKind::Organ => &[("runs", &["on"])],
        RuleKind::Unit => &[("times", &[])],
        RuleKind::Stamp => &[("value", &[])],
        RuleKind::Noun => &[("part", &[])],
        RuleKind::Surname => &[("common", &["yes"])],
        RuleKind::NotFinding => &[("unless", &[])],
        RuleKind::Reference => &[("where", &["end"])],
        RuleKind::Diagnostic => &[("why", &[]), ("wrong", &[]), ("default", &["off"])],
        _ => &[],
    }
}

/// Checks the keys and values of `set`.
fn check_set(rule: &RawRule) -> Result<(), String> {
    let id = &rule.id;
    if let Some((key, _)) = needed(rule.kind).iter().find(|(key, _)| !rule.set.contains_key(key)) {
        return Err(format!("rule `{id}`: `set.{key}` is missing"));
    }
    let known: Vec<_> = needed(rule.kind).iter().chain(allowed(rule.kind)).collect();
    for (key, value) in rule.set.iter() {
        let Some((_, values)) = known.iter().find(|(name, _)| name == key) else {
            let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
            let may = if names.is_empty() { "nothing".to_owned() } else { names.join(", ") };
            return Err(format!("rule `{id}`: there is no `set.{key}`; a rule of this kind sets {may}"));
        };
        if !values.is_empty() && !values.contains(&value.as_ref()) {
            return Err(format!("rule `{id}`: `set.{key}` is `{value}`; it may be {}", values.join(", ")));
        }
        if key == "times" && !value.parse().is_ok_and(|times: f64| times.is_finite() && times > 0.0) {
            return Err(format!("rule `{id}`: `set.times` is `{value}`; write a number such as 1000 or 0.5"));
        }
    }
    Ok(())
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
    check_set(rule)?;
    let wordless = matches!(rule.kind, RuleKind::Reader | RuleKind::Diagnostic | RuleKind::Custom);
    if !wordless && rule.words.is_empty() && rule.symbols.is_empty() {
        return Err(format!("rule `{id}`: it has neither words nor symbols"));
    }
    let custom = rule.kind == RuleKind::Custom;
    if custom && rule.patterns.is_empty() {
        return Err(format!("rule `{id}`: a custom rule needs at least one pattern"));
    }
    if custom && !(rule.words.is_empty() && rule.symbols.is_empty()) {
        return Err(format!("rule `{id}`: a custom rule reads by its patterns alone; move its words into a pattern"));
    }
    if !custom && !rule.patterns.is_empty() {
        return Err(format!(
            "rule `{id}`: only a custom rule has patterns; write `kind = \"custom\"`, or `words` instead"
        ));
    }
    Ok(())
}
