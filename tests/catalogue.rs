//! The catalogue of acts is consistent in itself, with the names of acts, and with the lists of others where they are near.

use std::{collections::HashMap, fs, path::PathBuf};
use trich::validity::{Act, Catalogue, End};

fn acts() -> &'static [Act] {
    Catalogue::builtin().acts()
}

/// Where lists of others stand; a test without them says so.
fn shared(file: &str) -> Option<PathBuf> {
    let root = std::env::var_os("TRICH_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let path = root.join("data/lists").join(file);
    if !path.exists() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn it_holds_the_acts_that_are_cited() {
    assert!(acts().len() > 700, "{}", acts().len());
    assert!(acts().iter().filter(|act| act.is_named()).count() > 330);
    assert!(acts().iter().all(|act| act.known.is_some() && act.issued.is_some() && act.kind.is_some()));
}

#[test]
fn days_are_in_order() {
    for act in acts() {
        let of = act.cited_as();
        let issued = act.issued.unwrap();
        assert!(act.from.is_none_or(|from| from >= issued), "{of}: in force before it was issued");
        if let End::On(until) = act.until {
            assert!(act.from.unwrap_or(issued) < until, "{of}: ended before it began");
        }
        assert!(act.until != End::Standing || act.from.is_none_or(|_| issued <= act.known.unwrap()), "{of}");
        assert!(act.replaced_by.is_none() || act.until != End::Standing, "{of}: replaced and standing");
    }
}

#[test]
fn numbers_parse_and_hold_the_year_of_issue() {
    let codes = trich::Rules::builtin().codes();
    for act in acts() {
        let Some(number) = &act.number else {
            assert_eq!(act.kind.as_deref(), Some("Hiến pháp"));
            continue;
        };
        let read = trich::grammar::symbol::number(number, 0, codes).unwrap_or_else(|| panic!("{number}"));
        assert_eq!(read.end, number.len(), "{number}");
        if let Some(year) = read.year {
            assert_eq!(act.issued.unwrap().year(), year, "{number}");
        }
    }
}

#[test]
fn no_act_stands_twice() {
    let mut seen = HashMap::new();
    for act in acts() {
        assert!(seen.insert((act.cited_as(), act.issued), ()).is_none(), "{}", act.cited_as());
    }
}

#[test]
fn what_stands_in_an_acts_place_is_held_and_begins_when_it_ends() {
    let all: HashMap<String, &Act> = acts().iter().map(|act| (act.cited_as(), act)).collect();
    for act in acts() {
        let Some(by) = &act.replaced_by else { continue };
        let by = all.get(by).unwrap_or_else(|| panic!("{}: {by} is not held", act.cited_as()));
        if let (End::On(until), Some(from)) = (act.until, by.from) {
            assert_eq!(until, from, "{} and {}", act.cited_as(), by.cited_as());
        }
    }
}

#[test]
fn laws_bear_the_names_that_rules_know() {
    let rules = trich::Rules::builtin();
    for act in acts().iter().filter(|act| act.is_named()) {
        let name = act.name.as_deref().unwrap_or_default();
        if name.contains("sửa đổi, bổ sung") || name.is_empty() {
            continue;
        }
        let text = format!("1. Việc\nThực hiện {name} năm {}, xã đã làm.", act.issued.unwrap().year());
        let record = trich::Extractor::with_rules(rules).extract("a.txt", text.as_bytes());
        let cited: Vec<_> = record.citations.iter().filter_map(|citation| citation.name.as_deref()).collect();
        // What stands in brackets behind a name is not read as part of it.
        assert_eq!(cited, [name.split(" (").next().unwrap_or(name)]);
        assert!(!record.diagnostics.iter().any(|d| d.code == "T222"), "{name}: {}", act.cited_as());
    }
}

/// Days on which this catalogue and a list differ, and the list is wrong.
const WRONG_IN_THE_LIST: [&str; 3] = ["344/2016/TT-BTC", "38/2019/QH14", "50/2017/QĐ-TTg"];

#[test]
fn it_agrees_with_the_lists_of_others() {
    let Some(path) = shared("catalogue_phapdien_diepxuan.csv") else { return };
    let theirs = Catalogue::read("phapdien", &fs::read(path).unwrap()).unwrap();
    let theirs: HashMap<_, _> = theirs.acts().iter().map(|act| ((act.cited_as(), act.kind.clone()), act)).collect();
    let mut compared = 0;
    for act in acts().iter().filter(|act| !WRONG_IN_THE_LIST.contains(&act.cited_as().as_str())) {
        let Some(other) = theirs.get(&(act.cited_as(), act.kind.clone())) else { continue };
        assert!(act.issued == other.issued || other.issued.is_none(), "{}", act.cited_as());
        assert!(act.from == other.from || act.from.is_none() || other.from.is_none(), "{}", act.cited_as());
        compared += 1;
    }
    assert!(compared > 300, "{compared}");
}

#[test]
fn a_catalogue_of_others_loads_as_it_is_and_never_supports_in_force() {
    let Some(path) = shared("catalogue_phapdien_diepxuan.csv") else { return };
    let own = Catalogue::read("phapdien.csv", &fs::read(path).unwrap()).unwrap();
    assert!(own.acts().len() > 3400, "{}", own.acts().len());
    assert!(own.acts().iter().all(|act| act.until == End::Unknown));
}
