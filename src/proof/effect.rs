//! How words that make no fact of their own show in a record.

use crate::{
    Record,
    record::{Certainty, PaperKind, Role, SectionKind, Stage},
    rules::{Fold, Gap, Lexicon, RawRule, RuleKind},
    text::skeleton,
};
use serde::Serialize;
use serde_json::Value;

/// Whether the effect of a rule shows in the record of a text; `None` for the kinds that must put their id on a fact.
pub(super) fn shows(rule: &RawRule, text: &str, record: &Record) -> Option<bool> {
    let findings = &record.findings;
    let document = &record.document;
    let is = |value: &dyn Fn() -> Value| set(rule, "value").is_some_and(|wanted| value() == wanted);
    Some(match rule.kind {
        RuleKind::Qualifier if set(rule, "value") == Some("none") => {
            findings.iter().any(|finding| finding.qualifier.is_none())
        }
        RuleKind::Qualifier => findings.iter().any(|finding| is(&|| wire(finding.qualifier))),
        RuleKind::Change => findings.iter().any(|finding| is(&|| wire(finding.change))),
        RuleKind::Status => findings.iter().any(|finding| is(&|| wire(finding.status))),
        RuleKind::Topic => record.sections.iter().any(|section| is(&|| wire(section.topic))),
        RuleKind::Relation => record.citations.iter().any(|citation| is(&|| wire(citation.relation))),
        RuleKind::Authority => document.signatories.iter().any(|signer| is(&|| wire(signer.authority))),
        RuleKind::Scale => {
            let times = set(rule, "times").and_then(|times| times.parse().ok());
            let grown = |value: rust_decimal::Decimal| times.is_some_and(|times| value >= times);
            findings.iter().any(|finding| grown(finding.value.0) && has_word(rule, &finding.raw))
        }
        RuleKind::Noun => match set(rule, "part").unwrap_or("counted") {
            "counted" | "abbreviation" | "listed" => {
                findings.iter().any(|finding| finding.unit.as_deref().is_some_and(|unit| has_word(rule, unit)))
            }
            _ => {
                has_word(rule, text)
                    && findings.iter().any(|f| !f.unit.as_deref().is_some_and(|unit| has_word(rule, unit)))
            }
        },
        RuleKind::NotFinding => {
            let numbers = numbers_beside(rule, text);
            let at =
                |&(start, end): &(usize, usize)| findings.iter().find(|f| f.span.start < end && start < f.span.end);
            !numbers.is_empty()
                && numbers.iter().all(|number| match (at(number), set(rule, "unless").unwrap_or_default()) {
                    (found, "always") => found.is_some(),
                    (found, "counted") => found.is_none_or(|finding| finding.unit.is_some()),
                    (found, _) => found.is_none(),
                })
        }
        RuleKind::Purpose => document
            .recipients
            .iter()
            .any(|recipient| recipient.purpose.as_deref().is_some_and(|why| has_word(rule, why))),
        RuleKind::Receiver => {
            let named = |name: &str| rule.words.iter().any(|word| has_marked(name, word));
            document.recipients.iter().any(|one| named(&one.name))
                || document.addressees.iter().any(|one| named(&one.name))
        }
        RuleKind::Position => document
            .signatories
            .iter()
            .any(|signer| signer.position.as_deref().is_some_and(|office| has_word(rule, office))),
        RuleKind::Surname => document.signatories.iter().any(|signer| {
            let named = skeleton(signer.name.as_deref().unwrap_or_default());
            rule.words.iter().any(|word| named.split(' ').next() == Some(skeleton(word).as_str()))
        }),
        RuleKind::NameTitle => {
            document.signatories.iter().any(|signer| signer.name.as_deref().is_some_and(|name| !has_word(rule, name)))
        }
        RuleKind::Province => {
            let place = document.place.as_ref().and_then(|place| place.name.as_deref());
            let issuer = document.issuer.as_ref().map(|issuer| issuer.name.as_str());
            place.into_iter().chain(issuer).any(|name| has_word(rule, name))
        }
        RuleKind::IssuerEnd => {
            let issuers = || record.citations.iter().filter_map(|citation| citation.issuer.as_ref());
            issuers().next().is_some() && !issuers().any(|issuer| has_word(rule, &issuer.name))
        }
        RuleKind::NotOrgan => {
            let named = document.issuer.as_ref().map_or(String::new(), |issuer| skeleton(&issuer.name));
            has_word(rule, text) && !rule.words.iter().any(|word| named.starts_with(&skeleton(word)))
        }
        RuleKind::Territory => {
            let level = document.issuer.as_ref().map(|issuer| wire(issuer.level));
            set(rule, "level").is_some_and(|wanted| level == Some(Value::from(wanted)))
        }
        RuleKind::Cue => cue(rule, record)?,
        RuleKind::Stamp => match set(rule, "field")? {
            "copy" => document.stage == Some(Stage::Copy) || has_paper(record, &[PaperKind::Copy]),
            "draft" => document.stage == Some(Stage::Draft),
            "noise" => keeps_out(rule, record),
            _ => return None,
        },
        RuleKind::Diagnostic => record.diagnostics.iter().any(|diagnostic| diagnostic.code == rule.id),
        _ => return None,
    })
}

/// Whether a word of the layout did its work.
fn cue(rule: &RawRule, record: &Record) -> Option<bool> {
    let document = &record.document;
    let annexed = || {
        has_paper(record, &[PaperKind::Annex, PaperKind::Attached])
            || record.sections.iter().any(|section| section.kind == SectionKind::Annex)
    };
    Some(match set(rule, "cue")? {
        "nation" | "motto" => keeps_out(rule, record),
        "grounds" => record.citations.iter().any(|citation| citation.role == Role::Basis),
        // The grounds end at these words: all of them stand before the first heading.
        "enacting" => {
            let grounds = || record.citations.iter().filter(|citation| citation.role == Role::Basis);
            let first = record.sections.first().map(|section| section.span.start);
            grounds().next().is_some() && first.is_some_and(|first| grounds().all(|ground| ground.span.end <= first))
        }
        "addressees" | "telegram" => !document.addressees.is_empty(),
        "recipients" => !document.recipients.is_empty(),
        "acts" => document.issuer.as_ref().is_some_and(|issuer| issuer.certainty == Certainty::Inferred),
        "archive" => document.recipients.iter().any(|recipient| recipient.archive),
        "annex" | "attached" | "attached_title" => annexed(),
        _ => return None,
    })
}

/// What [`shows`] looks for, in words.
pub(super) fn wanted(rule: &RawRule) -> String {
    let value = set(rule, "value").unwrap_or_default();
    match rule.kind {
        RuleKind::Qualifier if value == "none" => "a finding without a qualifier".to_owned(),
        RuleKind::Qualifier => format!("a finding with the qualifier `{value}`"),
        RuleKind::Change => format!("a finding with the change `{value}`"),
        RuleKind::Status => format!("a finding with the status `{value}`"),
        RuleKind::Topic => format!("a section with the topic `{value}`"),
        RuleKind::Relation => format!("a citation with the relation `{value}`"),
        RuleKind::Authority => format!("a signatory with the authority `{value}`"),
        RuleKind::Scale => "a finding multiplied by one of its words".to_owned(),
        RuleKind::Noun => match set(rule, "part").unwrap_or("counted") {
            "counted" | "abbreviation" | "listed" => "a finding whose unit holds one of its words".to_owned(),
            _ => "one of its words, and a finding whose unit holds none of them".to_owned(),
        },
        RuleKind::NotFinding => match set(rule, "unless").unwrap_or_default() {
            "always" => "a number beside one of its words, and a finding there".to_owned(),
            "counted" => "a number beside one of its words, and no finding there but one with a unit".to_owned(),
            _ => "a number beside one of its words, and no finding there".to_owned(),
        },
        RuleKind::Purpose => "a recipient whose purpose holds one of its words".to_owned(),
        RuleKind::Receiver => "a recipient or an addressee that holds one of its words, rightly spelt".to_owned(),
        RuleKind::Position => "a signatory whose position holds one of its words".to_owned(),
        RuleKind::Surname => "a signatory whose name begins with one of its words".to_owned(),
        RuleKind::NameTitle => "a signatory whose name holds none of its words".to_owned(),
        RuleKind::Province => "a place or an issuer that holds one of its words".to_owned(),
        RuleKind::NotOrgan => "one of its words, and no issuer that begins with them".to_owned(),
        RuleKind::IssuerEnd => "a citation with an issuer that holds none of its words".to_owned(),
        RuleKind::Territory => format!("an issuer of the level `{}`", set(rule, "level").unwrap_or_default()),
        RuleKind::Diagnostic => format!("the diagnostic `{}`", rule.id),
        RuleKind::Cue => match set(rule, "cue").unwrap_or_default() {
            "nation" | "motto" => "facts of a letterhead, and none that holds its words".to_owned(),
            "grounds" => "a citation that is a basis".to_owned(),
            "enacting" => "a citation that is a basis, all of them before the first section".to_owned(),
            "addressees" | "telegram" => "an addressee".to_owned(),
            "recipients" => "a recipient".to_owned(),
            "acts" => "an issuer inferred from the body".to_owned(),
            "archive" => "a recipient that is the archive".to_owned(),
            _ => "an annex or an attached paper".to_owned(),
        },
        RuleKind::Stamp => match set(rule, "field").unwrap_or_default() {
            "copy" => "the stage `copy`, or a paper that is a copy block".to_owned(),
            "draft" => "the stage `draft`".to_owned(),
            "noise" => "facts of a letterhead, and none that holds its words".to_owned(),
            _ => format!("a fact with the rule `{}`", rule.id),
        },
        _ => format!("a fact with the rule `{}`", rule.id),
    }
}

fn set<'r>(rule: &'r RawRule, key: &str) -> Option<&'r str> {
    rule.set.get(key).map(AsRef::as_ref)
}

/// A value as it goes over the wire.
fn wire(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn has_paper(record: &Record, kinds: &[PaperKind]) -> bool {
    record.papers.iter().any(|paper| kinds.contains(&paper.kind))
}

/// Whether a text holds one of the rule's words, whole words only.
fn has_word(rule: &RawRule, text: &str) -> bool {
    let words = |text: &str| format!(" {} ", skeleton(text));
    let text = words(text);
    rule.words.iter().any(|word| text.contains(&words(word)))
}

/// Whether a text holds words with their marks, in whatever case.
fn has_marked(text: &str, words: &str) -> bool {
    let plain = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        format!(" {} ", words.map(str::to_lowercase).collect::<Vec<_>>().join(" "))
    };
    plain(text).contains(&plain(words))
}

/// Whether the document has facts, and the rule's words are in none of them.
fn keeps_out(rule: &RawRule, record: &Record) -> bool {
    let mut raws = Vec::new();
    collect_raws(&wire(&record.document), &mut raws);
    !raws.is_empty() && !raws.iter().any(|raw| has_word(rule, raw))
}

fn collect_raws(value: &Value, raws: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            raws.extend(fields.get("raw").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect_raws(value, raws));
        }
        Value::Array(values) => values.iter().for_each(|value| collect_raws(value, raws)),
        _ => {}
    }
}

/// The numbers of a text that stand on their side of one of the rule's words.
fn numbers_beside(rule: &RawRule, text: &str) -> Vec<(usize, usize)> {
    let words = Lexicon::new(Fold::Case, Gap::Space, rule.words.iter().map(|word| (word.clone(), ())));
    let before = set(rule, "side") == Some("before");
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|n| at + n) {
        let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |n| start + n);
        let beside = if before {
            words.ending_at(text, text[..start].trim_end().len()).is_some()
        } else {
            let next = text.len() - text[end..].trim_start().len();
            words.at(text, next).is_some()
        };
        if beside {
            numbers.push((start, end));
        }
        at = end;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Extractor;
    use serde_json::json;

    fn rule(kind: &str, words: &[&str], set: Value) -> RawRule {
        let rule = json!({ "id": "own", "kind": kind, "says": "own", "words": words, "set": set, "examples": ["x"] });
        serde_json::from_value(rule).unwrap()
    }

    /// An empty record with one list or field of it set.
    fn record(path: &str, value: Value) -> Record {
        let mut record = serde_json::to_value(Extractor::builtin().extract("a.txt", b"")).unwrap();
        *record.pointer_mut(path).unwrap() = value;
        serde_json::from_value(record).unwrap()
    }

    fn finding(span: [usize; 2], raw: &str, value: u32, more: &[(&str, &str)]) -> Record {
        let mut finding = json!({ "kind": "count", "value": value, "raw": raw, "span": span, "rule": "count" });
        for (key, value) in more {
            finding[key] = json!(value);
        }
        record("/findings", json!([finding]))
    }

    #[test]
    fn a_bound_shows_in_the_qualifier() {
        let rule = rule("qualifier", &["gần"], json!({ "value": "approx", "side": "before" }));
        let text = "gần 50 hộ";
        assert_eq!(shows(&rule, text, &finding([5, 12], "50 hộ", 50, &[("qualifier", "approx")])), Some(true));
        assert_eq!(shows(&rule, text, &finding([5, 12], "50 hộ", 50, &[("qualifier", "at_most")])), Some(false));
        assert_eq!(shows(&rule, text, &finding([5, 12], "50 hộ", 50, &[])), Some(false));
        let none = self::rule("qualifier", &["cấp trên"], json!({ "value": "none", "side": "before" }));
        assert_eq!(shows(&none, text, &finding([5, 12], "50 hộ", 50, &[])), Some(true));
        assert_eq!(shows(&none, text, &finding([5, 12], "50 hộ", 50, &[("qualifier", "approx")])), Some(false));
    }

    #[test]
    fn a_word_that_forbids_shows_where_its_number_is_no_finding() {
        let text = "mức độ 4 tại 3 thôn";
        let at = |number: &str| text.find(number).map(|start| [start, start + 1]).unwrap();
        let before = rule("not_finding", &["mức độ"], json!({ "side": "before" }));
        assert_eq!(shows(&before, text, &finding(at("3"), "3", 3, &[])), Some(true));
        assert_eq!(shows(&before, text, &finding(at("4"), "4", 4, &[])), Some(false));
        assert_eq!(shows(&before, "tại 3 thôn", &finding([5, 6], "3", 3, &[])), Some(false), "no number to forbid");
        let after = rule("not_finding", &["thôn"], json!({ "side": "after" }));
        assert_eq!(shows(&after, text, &finding(at("3"), "3", 3, &[])), Some(false));
        assert_eq!(shows(&after, text, &finding(at("4"), "4", 4, &[])), Some(true));
    }

    #[test]
    fn a_scale_shows_in_the_value() {
        let rule = rule("scale", &["nghìn"], json!({ "times": "1000" }));
        assert_eq!(shows(&rule, "", &finding([0, 1], "25 nghìn cây", 25_000, &[])), Some(true));
        assert_eq!(shows(&rule, "", &finding([0, 1], "25 nghìn cây", 25, &[])), Some(false));
        assert_eq!(shows(&rule, "", &finding([0, 1], "25.000 cây", 25_000, &[])), Some(false));
    }

    #[test]
    fn a_topic_shows_in_a_section() {
        let rule = rule("topic", &["kết quả"], json!({ "value": "results" }));
        let section = |topic: &str| {
            json!([{ "marker": "1.", "level": 1, "topic": topic, "title": "Kết quả", "kind": "decimal", "raw": "", "span": [0, 1],
                "extent": [0, 1], "rule": "section.decimal" }])
        };
        assert_eq!(shows(&rule, "", &record("/sections", section("results"))), Some(true));
        assert_eq!(shows(&rule, "", &record("/sections", section("tasks"))), Some(false));
    }

    #[test]
    fn words_to_keep_out_show_when_no_fact_of_the_document_holds_them() {
        let rule = rule("cue", &["Độc lập - Tự do"], json!({ "cue": "motto" }));
        let titled =
            |raw: &str| record("/document/title", json!({ "text": "", "raw": raw, "span": [0, 1], "rule": "title" }));
        assert_eq!(shows(&rule, "", &titled("Tình hình")), Some(true));
        assert_eq!(shows(&rule, "", &titled("ĐỘC LẬP  - TỰ DO Tình hình")), Some(false));
        assert_eq!(shows(&rule, "", &record("/findings", json!([]))), Some(false), "no fact at all");
    }

    #[test]
    fn kinds_that_make_facts_must_put_their_id_on_one() {
        let rule = rule("unit", &["ha"], json!({ "kind": "area", "unit": "ha" }));
        assert_eq!(shows(&rule, "", &finding([0, 1], "3 ha", 3, &[])), None);
    }
}
