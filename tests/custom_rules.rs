//! Users' own rules: the example folder, the facts that custom rules find, and how broken files are refused.

use std::{collections::BTreeMap, fs, path::Path};
use trich::{Extractor, Record, Rules, record::Custom, rules::RuleKind};

fn example_rules() -> Rules {
    Rules::with_dir(Path::new("rules/examples")).expect("the example folder is in order")
}

/// The rules of one file, or why it is refused.
fn rules(toml: &str) -> Result<Rules, String> {
    folder(&[("a.toml", toml)])
}

fn folder(files: &[(&str, &str)]) -> Result<Rules, String> {
    let dir = tempfile::tempdir().expect("a folder");
    for (name, toml) in files {
        fs::write(dir.path().join(name), toml).expect("a file");
    }
    let short = |error: trich::rules::RulesError| error.to_string().replace(&dir.path().display().to_string(), "DIR");
    Rules::with_dir(dir.path()).map_err(short)
}

fn extract(rules: &Rules, text: &str) -> Record {
    Extractor::with_rules(rules).extract("thu.txt", text.as_bytes())
}

fn custom(rules: &Rules, text: &str) -> Vec<Custom> {
    extract(rules, text).custom
}

fn raws(rules: &Rules, text: &str) -> Vec<String> {
    custom(rules, text).into_iter().map(|fact| fact.raw).collect()
}

const MEETING: &str = r#"
[[rule]]
id = "hop"
kind = "custom"
says = "Meetings."
patterns = ["họp [khẩn]", "họp {n:number} buổi"]
set = { kind = "hop" }
examples = ["họp 3 buổi"]
"#;

#[test]
fn the_examples_of_the_folder_produce_their_facts() {
    let rules = example_rules();
    let mut seen = 0;
    for rule in rules.iter().filter(|rule| rule.kind == RuleKind::Custom) {
        for example in rule.examples.iter() {
            assert!(custom(&rules, example).iter().any(|fact| fact.rule == rule.id), "{}: {example}", rule.id);
            seen += 1;
        }
        for counter in rule.counters.iter() {
            assert!(custom(&rules, counter).iter().all(|fact| fact.rule != rule.id), "{}: {counter}", rule.id);
        }
    }
    assert_eq!(seen, 4);
}

#[test]
fn the_folder_adds_and_switches_off() {
    let rules = example_rules();
    for id in ["type.so-tay", "organ.lien-minh-htx", "unit.area-cong", "noun.hop-tac", "not-finding.tram-bom"] {
        assert!(rules.get(id).is_some() && rules.is_enabled(id), "{id}");
    }
    assert!(rules.get("unit.area-sao").is_some() && !rules.is_enabled("unit.area-sao"));
    assert_ne!(rules.hash(), Rules::builtin().hash());
}

#[test]
fn facts_carry_kind_fields_and_exact_place() {
    // Decomposed letters and CR: the place is that of the text as given.
    let text = "Khai ma\u{323}c.\r\nGiao tổ hậu cần chủ trì dựng rạp,\r\nkê bàn trước ngày 05 tháng 9 năm 2024; nối 3 điểm cầu.";
    let facts = custom(&example_rules(), text);
    let summary: Vec<_> =
        facts.iter().map(|fact| (fact.kind.as_str(), fact.rule.as_ref(), fact.fields.clone())).collect();
    let fields = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let task = [("don_vi", "tổ hậu cần"), ("viec", "dựng rạp, kê bàn"), ("date", "2024-09-05")];
    assert_eq!(summary, [("thoi_han", "thoi-han", fields(&task)), ("diem_cau", "diem-cau", fields(&[("so", "3")]))]);
    let chars: Vec<char> = text.chars().collect();
    for fact in &facts {
        assert_eq!(chars[fact.span.start..fact.span.end].iter().collect::<String>(), fact.raw);
    }
    assert!(facts[0].raw.starts_with("Giao tổ") && facts[0].raw.ends_with("năm 2024"));
}

#[test]
fn of_facts_of_one_rule_that_overlap_the_longest_stands() {
    let rules = rules(MEETING).unwrap();
    assert_eq!(raws(&rules, "Họp 3 buổi, họp khẩn, họp."), ["Họp 3 buổi", "họp khẩn", "họp"]);
}

#[test]
fn facts_of_two_rules_may_overlap_and_stand_in_reading_order() {
    let other = MEETING.replace("\"hop\"", "\"buoi\"").replace(r#"["họp [khẩn]", "#, r#"["{n:number} buổi", "#);
    let rules =
        folder(&[("a.toml", MEETING), ("b.toml", &other.replace("họp {n:number} buổi", "sáng {n:number} buổi"))]);
    assert_eq!(raws(&rules.unwrap(), "họp 3 buổi sáng 2 buổi"), ["họp 3 buổi", "3 buổi", "sáng 2 buổi"]);
}

#[test]
fn rules_without_custom_patterns_find_nothing_of_their_own() {
    assert_eq!(custom(Rules::builtin(), "Họp 3 buổi tại 12 điểm cầu."), []);
    assert!(!serde_json::to_string(&extract(Rules::builtin(), "Họp.")).unwrap().contains("\"custom\""));
}

#[test]
fn a_disabled_custom_rule_is_silent() {
    let rules = rules(&format!("disable = [\"hop\"]\n{MEETING}")).unwrap();
    assert_eq!(raws(&rules, "Họp 3 buổi."), Vec::<String>::new());
    assert!(rules.get("hop").is_some());
}

#[test]
fn a_rule_with_the_id_of_a_builtin_rule_replaces_it() {
    let before = Rules::builtin();
    let id = "unit.mass-quintal";
    let rules = rules(&MEETING.replace("\"hop\"", &format!("\"{id}\""))).unwrap();
    assert_eq!(rules.iter().count(), before.iter().count());
    assert_eq!(rules.get(id).map(|rule| rule.kind), Some(RuleKind::Custom));
    assert_eq!(custom(&rules, "họp")[0].rule, id);
}

#[test]
fn broken_files_are_refused_with_line_and_mend() {
    let changed = |from: &str, to: &str| MEETING.replace(from, to);
    let one_of_kind = |kind: &str, set: &str| {
        format!(
            "[[rule]]\nid = \"x\"\nkind = \"{kind}\"\nsays = \"X.\"\nwords = [\"x\"]\nset = {set}\nexamples = [\"x\"]\n"
        )
    };
    let cases = [
        ("a pattern", changed("{n:number}", "{n:nummer}")),
        (
            "a pattern on a line of its own",
            changed("[\"họp [khẩn]\", ", "[\n  \"họp [khẩn]\",\n  ").replace("{n:number}", "{n:number"),
        ),
        ("an open beginning", changed("họp [khẩn]", "{ai:words} chủ trì")),
        ("one alternative", changed("họp [khẩn]", "họp (khẩn)")),
        ("no pattern", changed("patterns = [\"họp [khẩn]\", \"họp {n:number} buổi\"]", "")),
        ("words in a custom rule", changed("says", "words = [\"họp\"]\nsays")),
        ("patterns in another kind", changed("\"custom\"", "\"noun\"").replace("set = {", "words = [\"họp\"]\n#")),
        ("the same id twice", format!("{MEETING}{MEETING}")),
        ("an unknown kind", changed("\"custom\"", "\"customm\"")),
        ("an unknown key", changed("says", "sayss")),
        ("no `set.kind`", changed("set = { kind = \"hop\" }", "")),
        ("an unknown value", one_of_kind("status", "{ value = \"goal\" }")),
        ("an unknown cue", one_of_kind("cue", "{ cue = \"motto2\" }")),
        ("an unknown topic", one_of_kind("topic", "{ value = \"x\" }")),
        ("an unknown key of `set`", one_of_kind("scale", "{ times = \"10\", time = \"10\" }")),
        ("a key of `set` where none is", one_of_kind("noun", "{ value = \"x\" }")),
        ("no number", one_of_kind("scale", "{ times = \"ten\" }")),
        ("a bad id", changed("\"hop\"", "\"họp\"")),
        ("no example", changed("examples = [\"họp 3 buổi\"]", "")),
        ("an unknown id to disable", format!("disable = [\"hopp\"]\n{MEETING}")),
        ("no TOML", "id: hop".to_owned()),
    ];
    let shown: Vec<String> = cases
        .iter()
        .map(|(what, toml)| format!("{what}\n  {}", rules(toml).map(|_| "loaded").expect_err(what)))
        // The kinds and keys that the parser lists grow with the format.
        .map(|line| line.split(", expected one of").next().unwrap_or_default().to_owned())
        .collect();
    let shown = shown.join("\n");
    let manual = blocks("```\n").concat();
    let errors: Vec<&str> = manual.lines().filter_map(|line| line.strip_prefix("my-rules/hop.toml")).collect();
    assert_eq!(errors.len(), 8);
    for line in errors {
        assert!(shown.contains(&format!("DIR/a.toml{line}\n")), "the manual shows an error that is not given: {line}");
    }
    insta::assert_snapshot!(shown);
}

/// The blocks of the manual that a fence opens.
fn blocks(fence: &str) -> Vec<String> {
    let manual = fs::read_to_string("docs/rules.md").expect("the manual").replace("\r\n", "\n");
    // Every other piece stands inside a fence; it begins with the word after the fence and the line's end.
    let inside = manual.split("```").skip(1).step_by(2);
    inside.filter_map(|block| format!("```{block}").strip_prefix(fence).map(str::to_owned)).collect()
}

#[test]
fn the_rules_of_the_manual_hold() {
    let shown = blocks("```toml\n");
    assert_eq!(shown.len(), 2);
    for toml in shown {
        let rules = rules(&toml).expect("a rule file of the manual");
        for rule in rules.iter().filter(|rule| rule.kind == RuleKind::Custom) {
            let fact = &custom(&rules, &rule.examples[0])[0];
            let json: Custom = serde_json::from_str(&blocks("```json\n")[0]).expect("a fact of the manual");
            assert_eq!(*fact, json);
            assert_eq!(custom(&rules, &rule.counters[0]), []);
        }
    }
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    assert_eq!(raws(&rules(&format!("\u{feff}{}", MEETING.replace('\n', "\r\n"))).unwrap(), "họp"), ["họp"]);
}

#[test]
fn one_id_in_two_files_is_refused() {
    let error = folder(&[("a.toml", MEETING), ("b.toml", MEETING)]).map(|_| ()).unwrap_err();
    assert_eq!(error, "DIR/b.toml:3: rule `hop` stands in a.toml too; give one of them an id of its own");
}

#[test]
fn an_empty_folder_is_refused() {
    assert_eq!(folder(&[]).map(|_| ()).unwrap_err(), "DIR: holds no .toml file; put your rule files there");
}
