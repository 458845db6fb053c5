//! The rules compiled for look-up.

use super::{
    Fold, Gap, Lexicon, OrganNames, Phrase, Phrases,
    edges::{Edges, List},
    entry::{
        Act, ActKey, Bar, Bare, Cue, CustomRule, DocType, Family, NounPart, Organ, ReferenceWords, Side, StampField,
        Territory, UnitOf,
    },
    file::{RawRule, RuleFile, RuleKind, Text},
    pairs::Pairs,
};
use crate::grammar::{name::NameWords, symbol::Abbreviations};
use crate::record::{Authority, Change, Qualifier, ReferenceForm, Relation, Status, Topic};
use crate::text::skeleton;
use rust_decimal::Decimal;
use rustc_hash::FxHashMap;
use std::{borrow::Cow, collections::HashSet, sync::OnceLock};

/// Every table of the rules in force. Values that are numbers index the list beside their lexicon.
#[derive(Debug)]
pub struct Tables {
    /// Kinds of documents.
    pub types: Vec<DocType>,
    /// Their names, marks folded.
    pub type_words: Lexicon<usize>,
    /// Their abbreviations in numbers.
    pub type_symbols: Abbreviations,
    /// Organs and heads of their names.
    pub organs: Vec<Organ>,
    /// Their names.
    pub organ_words: OrganNames,
    /// Their codes in numbers.
    pub organ_symbols: Abbreviations,
    /// Provinces by name, before and after July 2025, marks folded; the value indexes `province_names`.
    pub provinces: Lexicon<usize>,
    /// The provinces in their spellings.
    pub province_names: Vec<Text>,
    /// Kinds of administrative units, and cities under the centre by name.
    pub territories: Lexicon<Territory>,
    /// The same with their marks folded, for places where nothing else can stand: behind `Ủy ban nhân dân`.
    pub damaged_territories: Lexicon<Territory>,
    /// Acts cited by name.
    pub acts: Vec<Act>,
    /// Their names and their short names of several words (`Luật BVMT`), marks folded, punctuation ignored.
    pub act_names: Lexicon<usize>,
    /// Their short names of one word (`BLDS`), as written.
    pub act_symbols: FxHashMap<Text, usize>,
    /// Pairs of words beside each other in the names of organs.
    pub pairs: Pairs,
    /// What tells names of acts apart at a glance, made at the first use.
    pub act_keys: OnceLock<Vec<ActKey>>,
    /// Offices of signers, marks folded; the value indexes `position_words`.
    pub positions: Lexicon<usize>,
    /// Each office in its right spelling, and its rule.
    pub position_words: Vec<(Text, Text)>,
    /// Words that open an authority, as written, with the value and the rule.
    pub authorities: Vec<(Text, Authority, Text)>,
    /// Words of the layout, marks folded.
    pub cues: FxHashMap<Cue, Lexicon<usize>>,
    /// Stamps, marks folded; the value indexes `stamp_rules`.
    pub stamps: FxHashMap<StampField, Lexicon<usize>>,
    /// The rules of cues and stamps.
    pub cue_rules: Vec<Text>,
    /// Units of measure.
    pub units: Vec<UnitOf>,
    /// Their words.
    pub unit_words: Lexicon<usize>,
    /// Scale words with their factors.
    pub scales: Lexicon<Decimal>,
    /// Words that bound a number.
    pub qualifiers: FxHashMap<Side, Lexicon<Option<Qualifier>>>,
    /// Words that make a number a change.
    pub changes: Lexicon<Change>,
    /// Words that make a number a target or a rule.
    pub statuses: Lexicon<Status>,
    /// The words that open and close the entries of the lists about quantities.
    pub(crate) edges: Edges,
    /// Words before a number that make it no finding, with how firmly.
    pub barred_before: Lexicon<Bar>,
    /// Words after a number that make it no finding.
    pub barred_after: Lexicon<()>,
    /// What is counted, and the words that bound and lead to it.
    pub nouns: FxHashMap<NounPart, Lexicon<()>>,
    /// Counted nouns that are written with a stroke, as written.
    pub noun_abbreviations: Vec<String>,
    /// Words that say why a recipient receives.
    pub purposes: Lexicon<()>,
    /// What opens names of persons.
    pub names: NameWords,
    /// Words of a heading that say its topic.
    pub topics: Lexicon<Topic>,
    /// Words before a citation that say its relation.
    pub relations: Lexicon<Relation>,
    /// Words that refer to a document; the value indexes `references`.
    pub reference_words: Lexicon<usize>,
    /// The first words of those, in small letters, to look for in a text.
    pub reference_openers: Vec<String>,
    /// Their rules.
    pub references: Vec<ReferenceWords>,
    /// Words in small letters that end the name of an issuer.
    pub issuer_ends: Lexicon<()>,
    /// Rules of a user's own.
    pub custom: Vec<CustomRule>,
    /// Their phrases, all together.
    pub custom_phrases: Phrases,
    /// For each phrase its rule, as an index into `custom`.
    pub custom_rules: Vec<usize>,
}

impl Tables {
    /// The abbreviations that a document number may hold.
    pub fn codes(&self) -> crate::grammar::symbol::Codes<'_> {
        crate::grammar::symbol::Codes { types: &self.type_symbols, organs: &self.organ_symbols }
    }

    pub(super) fn new(file: &RuleFile, disabled: &HashSet<Text>, pairs: Pairs) -> Tables {
        let rules: Vec<&RawRule> = file.rules.iter().filter(|rule| !disabled.contains(&rule.id)).collect();
        let of = |kind: RuleKind| rules.iter().copied().filter(move |rule| rule.kind == kind);
        let set = |rule: &RawRule, key: &str| rule.set.get(key).cloned().unwrap_or_default();

        let types: Vec<&RawRule> = of(RuleKind::Type).collect();
        let organs: Vec<&RawRule> = of(RuleKind::Organ).collect();
        let units: Vec<&RawRule> = of(RuleKind::Unit).collect();
        let references: Vec<&RawRule> = of(RuleKind::Reference).collect();
        let position_words: Vec<(Text, Text)> = of(RuleKind::Position)
            .flat_map(|rule| rule.words.iter().map(|word| (word.clone(), rule.id.clone())))
            .collect();
        let province_names: Vec<Text> = of(RuleKind::Province).flat_map(|rule| rule.words.iter().cloned()).collect();
        let marked: Vec<&RawRule> = of(RuleKind::Cue).chain(of(RuleKind::Stamp)).collect();
        let by_side =
            |kind: RuleKind, side: &'static str| of(kind).filter(move |r| r.set.get("side").is_some_and(|s| s == side));
        // Every pattern was checked when its file was read.
        let compiled = |(i, rule): (usize, &'_ RawRule)| -> Vec<(usize, Phrase)> {
            rule.patterns.iter().filter_map(|pattern| Some((i, Phrase::new(pattern).ok()?))).collect()
        };
        let (custom_rules, phrases) = of(RuleKind::Custom).enumerate().flat_map(compiled).unzip();

        Tables {
            type_words: indexed(&types, Fold::Marks, Gap::Punctuation),
            type_symbols: symbols(&types),
            types: types
                .iter()
                .map(|rule| DocType {
                    rule: rule.id.clone(),
                    code: set(rule, "code"),
                    name: set(rule, "name"),
                    family: match rule.set.get("family").map(Cow::as_ref) {
                        Some("administrative") => Family::Administrative,
                        Some("act") => Family::Act,
                        _ => Family::Other,
                    },
                    bare: match rule.set.get("bare").map(Cow::as_ref) {
                        Some("name") => Some(Bare::Name),
                        Some("cited") => Some(Bare::Cited),
                        _ => None,
                    },
                    certain: rule.set.get("short").is_some_and(|short| short == "certain"),
                })
                .collect(),
            organ_words: OrganNames::new(
                organs.iter().enumerate().flat_map(|(i, rule)| rule.words.iter().map(move |word| (word, i))),
                of(RuleKind::NotOrgan).flat_map(|rule| rule.words.iter()),
            ),
            organ_symbols: symbols(&organs),
            organs: organs
                .iter()
                .map(|rule| Organ {
                    rule: rule.id.clone(),
                    name: set(rule, "name"),
                    level: named(&set(rule, "level")),
                    joins: set(rule, "territory") == "joins",
                    runs_on: rule.set.contains_key("runs"),
                })
                .collect(),
            provinces: Lexicon::new(
                Fold::Marks,
                Gap::Punctuation,
                province_names.iter().enumerate().rev().map(|(i, name)| (name.clone(), i)),
            ),
            province_names,
            territories: valued(of(RuleKind::Territory), Fold::Short, |rule| {
                named(&set(rule, "level")).map(|level| Territory { level })
            }),
            damaged_territories: valued(of(RuleKind::Territory), Fold::Marks, |rule| {
                named(&set(rule, "level")).map(|level| Territory { level })
            }),
            pairs,
            act_names: Lexicon::new(
                Fold::Marks,
                Gap::Punctuation,
                file.acts.iter().enumerate().flat_map(|(i, act)| {
                    let short = act.short.iter().filter(|short| short.contains(' '));
                    short.chain([&act.name]).map(move |name| (name.clone(), i))
                }),
            ),
            act_symbols: file
                .acts
                .iter()
                .enumerate()
                .flat_map(|(i, act)| act.short.iter().map(move |short| (short, i)))
                .filter(|(short, _)| !short.contains(' '))
                .map(|(short, i)| (short.clone(), i))
                .collect(),
            act_keys: OnceLock::new(),
            acts: file
                .acts
                .iter()
                .map(|act| Act { name: act.name.clone(), years: act.years.clone(), loose: act.loose })
                .collect(),
            positions: Lexicon::new(
                Fold::Marks,
                Gap::Punctuation,
                position_words.iter().enumerate().map(|(i, (word, _))| (word.clone(), i)),
            ),
            position_words,
            authorities: of(RuleKind::Authority)
                .filter_map(|rule| named::<Authority>(&set(rule, "value")).map(|value| (rule, value)))
                .flat_map(|(rule, value)| rule.words.iter().map(move |word| (word.clone(), value, rule.id.clone())))
                .collect(),
            cues: grouped(&marked, "cue", cue),
            stamps: grouped(&marked, "field", stamp_field),
            cue_rules: marked.iter().map(|rule| rule.id.clone()).collect(),
            unit_words: indexed(&units, Fold::Case, Gap::Space),
            units: units
                .iter()
                .filter_map(|rule| {
                    Some(UnitOf {
                        rule: rule.id.clone(),
                        kind: named(&set(rule, "kind"))?,
                        unit: set(rule, "unit"),
                        times: rule.set.get("times").and_then(|t| t.parse().ok()).unwrap_or(Decimal::ONE),
                    })
                })
                .collect(),
            scales: valued(of(RuleKind::Scale), Fold::Case, |rule| set(rule, "times").parse().ok()),
            qualifiers: [(Side::Before, "before"), (Side::After, "after")]
                .map(|(side, name)| {
                    let value = |rule: &RawRule| match set(rule, "value").as_ref() {
                        "none" => Some(None),
                        value => named(value).map(Some),
                    };
                    (side, valued(by_side(RuleKind::Qualifier, name), Fold::Case, value))
                })
                .into_iter()
                .collect(),
            changes: valued(of(RuleKind::Change), Fold::Case, |rule| named(&set(rule, "value"))),
            statuses: valued(of(RuleKind::Status), Fold::Case, |rule| named(&set(rule, "value"))),
            edges: Edges::new(
                rules
                    .iter()
                    .filter_map(|rule| Some((rule, list(rule)?)))
                    .flat_map(|(rule, list)| rule.words.iter().map(move |word| (word.as_ref(), list))),
            ),
            barred_before: valued(by_side(RuleKind::NotFinding, "before"), Fold::Case, |r| bar(&set(r, "unless"))),
            barred_after: valued(by_side(RuleKind::NotFinding, "after"), Fold::Case, |_| Some(())),
            nouns: NOUN_PARTS
                .map(|(name, part, gap)| (part, words(of(RuleKind::Noun), name, gap)))
                .into_iter()
                .collect(),
            noun_abbreviations: of(RuleKind::Noun)
                .filter(|rule| set(rule, "part") == "abbreviation")
                .flat_map(|rule| rule.words.iter().map(|word| word.to_string()))
                .collect(),
            purposes: Lexicon::new(
                Fold::Marks,
                Gap::Punctuation,
                of(RuleKind::Purpose).flat_map(|rule| rule.words.iter().map(|word| (word.clone(), ()))),
            ),
            names: NameWords {
                surnames: of(RuleKind::Surname)
                    .flat_map(|rule| rule.words.iter())
                    .map(|word| word.to_lowercase())
                    .collect(),
                common: of(RuleKind::Surname)
                    .filter(|rule| rule.set.contains_key("common"))
                    .flat_map(|rule| rule.words.iter())
                    .map(|word| skeleton(word))
                    .collect(),
                titles: of(RuleKind::NameTitle).flat_map(|rule| rule.words.iter()).map(|word| skeleton(word)).collect(),
            },
            topics: valued(of(RuleKind::Topic), Fold::Case, |rule| named(&set(rule, "value"))),
            relations: Lexicon::new(
                Fold::Marks,
                Gap::Punctuation,
                of(RuleKind::Relation)
                    .filter_map(|rule| named::<Relation>(&set(rule, "value")).map(|value| (rule, value)))
                    .flat_map(|(rule, value)| rule.words.iter().map(move |word| (word.clone(), value))),
            ),
            reference_words: indexed(&references, Fold::Case, Gap::Space),
            reference_openers: references
                .iter()
                .flat_map(|rule| rule.words.iter())
                .filter_map(|word| word.split(' ').next())
                .map(str::to_lowercase)
                .collect::<std::collections::BTreeSet<_>>()
                .into_iter()
                .collect(),
            references: references
                .iter()
                .map(|rule| ReferenceWords {
                    rule: rule.id.clone(),
                    form: named(&set(rule, "value")).unwrap_or(ReferenceForm::Above),
                    at_end: rule.set.contains_key("where"),
                })
                .collect(),
            issuer_ends: valued(of(RuleKind::IssuerEnd), Fold::Case, |_| Some(())),
            custom: of(RuleKind::Custom)
                .map(|rule| CustomRule { rule: rule.id.clone(), kind: set(rule, "kind") })
                .collect(),
            custom_phrases: Phrases::new(phrases),
            custom_rules,
        }
    }

    /// The longest entry of a cue at `at`: its end and its rule.
    pub fn cue_at(&self, cue: Cue, text: &str, at: usize) -> Option<(usize, &str)> {
        let (end, rule) = self.cues.get(&cue)?.at(text, at)?;
        Some((end, &self.cue_rules[rule]))
    }

    /// The end of the longest entry of a part of the noun rules at `at`.
    pub fn noun_at(&self, part: NounPart, text: &str, at: usize) -> Option<usize> {
        Some(self.nouns.get(&part)?.at(text, at)?.0)
    }

    /// The start of the longest entry of a part of the noun rules that ends at `end`.
    pub fn noun_ending_at(&self, part: NounPart, text: &str, end: usize) -> Option<usize> {
        Some(self.nouns.get(&part)?.ending_at(text, end)?.0)
    }

    /// The longest entry of a stamp at `at`: its end and its rule.
    pub fn stamp_at(&self, field: StampField, text: &str, at: usize) -> Option<(usize, &str)> {
        let (end, rule) = self.stamps.get(&field)?.at(text, at)?;
        Some((end, &self.cue_rules[rule]))
    }
}

/// A value of an enum by its wire name.
fn named<T: serde::de::DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

fn indexed(rules: &[&RawRule], fold: Fold, gap: Gap) -> Lexicon<usize> {
    Lexicon::new(
        fold,
        gap,
        rules.iter().enumerate().flat_map(|(i, rule)| rule.words.iter().map(move |word| (word.clone(), i))),
    )
}

fn symbols(rules: &[&RawRule]) -> Abbreviations {
    rules.iter().enumerate().flat_map(|(i, rule)| rule.symbols.iter().map(move |s| (s.to_string(), i))).collect()
}

fn valued<'r, T: Copy>(
    rules: impl Iterator<Item = &'r RawRule>,
    fold: Fold,
    value: impl Fn(&RawRule) -> Option<T>,
) -> Lexicon<T> {
    let entries = rules
        .filter_map(|rule| Some((rule, value(rule)?)))
        .flat_map(|(rule, v)| rule.words.iter().map(move |w| (w.clone(), v)));
    Lexicon::new(fold, Gap::Space, entries)
}

/// The names of the parts in rule files, and what may stand between the words of each.
const NOUN_PARTS: [(&str, NounPart, Gap); 11] = [
    ("counted", NounPart::Counted, Gap::Space),
    ("listed", NounPart::Listed, Gap::Punctuation),
    ("end", NounPart::End, Gap::Space),
    ("numeral", NounPart::Numeral, Gap::Space),
    ("link", NounPart::Link, Gap::Space),
    ("lead", NounPart::Lead, Gap::Space),
    ("span", NounPart::Span, Gap::Space),
    ("rate", NounPart::Rate, Gap::Space),
    ("as_of", NounPart::AsOf, Gap::Space),
    ("period", NounPart::Period, Gap::Space),
    ("calendar", NounPart::Calendar, Gap::Space),
];

/// The words of the noun rules for one part.
fn words<'r>(rules: impl Iterator<Item = &'r RawRule>, part: &str, gap: Gap) -> Lexicon<()> {
    let entries =
        rules.filter(|rule| rule.set.get("part").is_some_and(|p| p == part)).flat_map(|rule| rule.words.iter());
    Lexicon::new(Fold::Case, gap, entries.map(|word| (word.clone(), ())))
}

/// The list about quantities that a rule's words belong to.
fn list(rule: &RawRule) -> Option<List> {
    let set = |key: &str| rule.set.get(key).map_or("", Cow::as_ref);
    Some(match rule.kind {
        RuleKind::NotFinding if set("side") == "before" => List::BarredBefore,
        RuleKind::NotFinding => List::BarredAfter,
        RuleKind::Qualifier => List::Qualifier,
        RuleKind::Change => List::Change,
        RuleKind::Scale => List::Scale,
        RuleKind::Unit => List::Unit,
        RuleKind::Status => List::Status,
        RuleKind::Topic => List::Topic,
        RuleKind::Noun => match set("part") {
            "counted" => List::Counted,
            "listed" => List::Listed,
            "end" => List::End,
            "numeral" => List::Numeral,
            "link" => List::Link,
            "lead" => List::Lead,
            "span" => List::Span,
            "calendar" => List::Calendar,
            "as_of" => List::AsOf,
            "period" => List::Period,
            _ => return None,
        },
        _ => return None,
    })
}

fn bar(unless: &str) -> Option<Bar> {
    Some(match unless {
        "" => Bar::Firm,
        "counted" => Bar::UnlessCounted,
        "no_date" => Bar::Date,
        "no_date_or_measured" => Bar::Season,
        "always" => Bar::Never,
        _ => return None,
    })
}

fn grouped<K: std::hash::Hash + Eq>(
    rules: &[&RawRule],
    key: &str,
    of: fn(&str) -> Option<K>,
) -> FxHashMap<K, Lexicon<usize>> {
    let mut words: FxHashMap<K, Vec<(Text, usize)>> = FxHashMap::default();
    for (i, rule) in rules.iter().enumerate() {
        if let Some(group) = rule.set.get(key).and_then(|name| of(name)) {
            words.entry(group).or_default().extend(rule.words.iter().map(|word| (word.clone(), i)));
        }
    }
    words.into_iter().map(|(group, list)| (group, Lexicon::new(Fold::Marks, Gap::Punctuation, list))).collect()
}

fn cue(name: &str) -> Option<Cue> {
    Some(match name {
        "nation" => Cue::Nation,
        "motto" => Cue::Motto,
        "grounds" => Cue::Grounds,
        "enacting" => Cue::Enacting,
        "addressees" => Cue::Addressees,
        "recipients" => Cue::Recipients,
        "archive" => Cue::Archive,
        "annex" => Cue::Annex,
        "attached" => Cue::Attached,
        "attached_title" => Cue::AttachedTitle,
        "telegram" => Cue::Telegram,
        "acts" => Cue::Acts,
        _ => return None,
    })
}

fn stamp_field(name: &str) -> Option<StampField> {
    Some(match name {
        "security" => StampField::Security,
        "urgency" => StampField::Urgency,
        "copy" => StampField::Copy,
        "draft" => StampField::Draft,
        "noise" => StampField::Noise,
        _ => return None,
    })
}
