//! Document numbers of the codified law and of a provincial catalogue, read by the grammar of numbers.
//!
//! What the reader should find is worked out here a second way: a plain cut at the first marks. Numbers for which the
//! plain cut is no measure (torn at a line end, with words stuck to them, damaged) stand in
//! `document_numbers/irregular.tsv`, each with what is read from it and why.

mod shared;

use std::collections::{BTreeMap, BTreeSet};
use trich::{
    Extractor, Rules,
    grammar::symbol::{number, parts},
    text::{Normalised, skeleton},
};

const IRREGULAR: &str = include_str!("document_numbers/irregular.tsv");
const STRAY: &str = include_str!("document_numbers/stray.tsv");

/// The rows of a CSV file by the names of its columns.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let (mut all, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell).trim_end_matches('\r').to_owned());
                all.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    let mut all = all.into_iter();
    let names = all.next().expect("a line of column names");
    all.map(|row| names.iter().cloned().zip(row).collect()).collect()
}

/// Serial, year and symbol, cut at the first marks.
fn plain_cut(number: &str) -> Option<(String, Option<i16>, String)> {
    let (serial, rest) = number.split_at(number.find(['/', '-'])?);
    let rest = &rest[1..];
    match rest.split_once(['/', '-']) {
        Some((year, symbol)) if year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) => {
            Some((serial.to_owned(), year.parse().ok(), symbol.to_owned()))
        }
        _ => Some((serial.to_owned(), None, rest.to_owned())),
    }
}

/// What the grammar reads: serial, year, symbol, the whole in its usual form.
fn read(text: &str) -> Option<(String, Option<i16>, String, String)> {
    let text = Normalised::new(text);
    let read = number(text.as_str(), 0, Rules::builtin().codes())?;
    let canonical = read.canonical()?;
    Some((read.serial?, read.year, read.symbol.unwrap_or_default(), canonical))
}

/// All numbers of the catalogues; the suffixes with a serial before them, and with a year too where the plain cut
/// keeps them apart.
fn numbers() -> Option<BTreeSet<String>> {
    let harvest = shared::file("lists/harvest_citations_number_date.csv")?;
    let catalogue = shared::file("lists/catalogue_phapdien_diepxuan.csv")?;
    let suffixes = shared::file("lists/number_suffix_counts_all_catalogues.csv")?;
    let mut all: BTreeSet<String> = BTreeSet::new();
    all.extend(
        rows(&harvest).into_iter().chain(rows(&catalogue)).map(|mut row| row.remove("so_hieu").unwrap_or_default()),
    );
    for suffix in rows(&suffixes).into_iter().filter_map(|mut row| row.remove("suffix")) {
        all.insert(format!("1/2005/{suffix}"));
        all.insert(format!("1/{suffix}"));
    }
    Some(all)
}

#[test]
fn every_number_is_read() {
    let Some(numbers) = numbers() else { return };
    let irregular: BTreeMap<&str, &str> =
        shared::frozen(IRREGULAR).into_iter().map(|cells| (cells[0], cells[1])).collect();
    let (mut right, mut wrong) = (0, Vec::new());
    for text in &numbers {
        let found = read(text);
        let good = match irregular.get(text.as_str()) {
            Some(expected) => found.as_ref().map_or("-", |(.., canonical)| canonical) == *expected,
            None => {
                let cut = plain_cut(Normalised::new(text).as_str());
                found.clone().map(|(serial, year, symbol, _)| (serial, year, symbol)) == cut && cut.is_some()
            }
        };
        if good {
            right += 1;
        } else {
            wrong.push(format!("{text}\t{}", found.map_or("-".to_owned(), |(.., canonical)| canonical)));
        }
    }
    let plain = numbers.iter().filter(|text| !irregular.contains_key(text.as_str())).count();
    shared::report(&format!(
        "document numbers: {right} of {} as expected; {plain} ({:.4}) are read as they are written",
        numbers.len(),
        plain as f64 / numbers.len() as f64
    ));
    assert!(wrong.is_empty(), "{} numbers are read otherwise:\n{}", wrong.len(), wrong.join("\n"));
    assert!(plain as f64 >= 0.98 * numbers.len() as f64);
}

/// The names that a catalogue gives the kinds which the symbol leaves open.
fn same_kind(name: &str, listed: &str) -> bool {
    listed == name || listed.contains(name)
}

#[test]
fn a_symbol_names_its_kind_and_its_organs() {
    let Some(harvest) = shared::file("lists/harvest_citations_number_date.csv") else { return };
    let Some(catalogue) = shared::file("lists/catalogue_phapdien_diepxuan.csv") else { return };
    let rules = Rules::builtin();
    let stray: BTreeSet<&str> = shared::frozen(STRAY).into_iter().map(|cells| cells[0]).collect();
    let (mut kinds, mut organs, mut open, mut wrong) = (0, 0, 0, BTreeSet::new());
    for row in rows(&catalogue).into_iter().chain(rows(&harvest)) {
        let text = &row["so_hieu"];
        let Some((.., symbol, _)) = read(text).filter(|_| !stray.contains(text.as_str())) else { continue };
        let parts = parts(&symbol, rules.codes());
        let listed = row.get("loai").or(row.get("loai_by_suffix")).map_or("", String::as_str);
        if let Some(kind) =
            parts.kind.as_deref().and_then(|kind| rules.kind_of_code(kind)).filter(|_| !listed.is_empty())
        {
            kinds += 1;
            if !same_kind(&kind.name, listed) {
                wrong.insert(format!("{text}\tkind {} against {listed}", kind.name));
            }
        }
        // The harvest cuts the names of organs at line ends; only the catalogue has them whole.
        let Some(listed) = row.get("co_quan").map(|listed| skeleton(listed)) else { continue };
        for issuer in &parts.issuers {
            let Some(organ) = rules.organ_of_code(issuer) else {
                open += 1;
                continue;
            };
            organs += 1;
            let bare = |name: &str| {
                skeleton(name).replace([',', '-', '.'], " ").split_whitespace().collect::<Vec<_>>().join(" ")
            };
            let (listed, name) = (bare(&listed), bare(&organ.name));
            let name = name.strip_suffix(" viet nam").unwrap_or(&name);
            // Of a bench or a head the catalogue may name the house: `NQ-HĐTP` is of the court.
            if !listed.contains(name) && !name.contains(&listed) {
                wrong.insert(format!("{text}\t{issuer} = {} against {listed}", organ.name));
            }
        }
        let named = listed.matches("bo ").count();
        if parts.issuers.len() < named.min(2) && !parts.issuers.is_empty() {
            wrong.insert(format!("{text}\t{} organs against {listed}", parts.issuers.len()));
        }
        // A minister's symbol ends in his ministry: a unit behind it is the exception.
        if let Some(unit) = &parts.unit {
            assert!(
                !rules.organ_of_code(unit).is_some_and(|organ| listed.contains(&skeleton(&organ.name))),
                "{text}: {unit} is an organ"
            );
        }
    }
    shared::report(&format!(
        "symbols: {kinds} kinds and {organs} organs held against the catalogues; {open} organs without a name here"
    ));
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.into_iter().collect::<Vec<_>>().join("\n"));
    assert!(kinds > 7_000 && organs > 3_000, "{kinds} kinds and {organs} organs are too few to prove anything");
}

#[test]
fn a_number_and_its_date_are_one_citation() {
    let Some(harvest) = shared::file("lists/harvest_citations_number_date.csv") else { return };
    let irregular: BTreeSet<&str> = shared::frozen(IRREGULAR).into_iter().map(|cells| cells[0]).collect();
    let all: Vec<_> = rows(&harvest).into_iter().filter(|row| !irregular.contains(row["so_hieu"].as_str())).collect();
    let extractor = Extractor::builtin();
    let (mut right, mut wrong) = (0, Vec::new());
    let sample = 500;
    for row in (0..sample).map(|i| &all[i * all.len() / sample]) {
        let (text, day) = (&row["so_hieu"], &row["ngay"]);
        let kind = match row["loai_by_suffix"].as_str() {
            "" => "Văn bản",
            "Luật/Nghị quyết QH" => "Luật",
            "Nghị quyết/Pháp lệnh UBTVQH" => "Nghị quyết",
            kind => kind,
        };
        let iso: Vec<&str> = day.split('/').rev().collect();
        let record =
            extractor.extract("cau.txt", format!("Xã đã áp dụng {kind} số {text} ngày {day} trong cả kỳ.").as_bytes());
        let found: Vec<_> = record
            .citations
            .iter()
            .map(|c| {
                let number = c.number.as_ref().and_then(|n| n.canonical.clone()).unwrap_or_default();
                (number, c.date.as_ref().and_then(|d| d.value.clone()).unwrap_or_default(), c.raw.clone())
            })
            .collect();
        let expected =
            (Normalised::new(text).as_str().to_owned(), iso.join("-"), format!("{kind} số {text} ngày {day}"));
        if found == [expected] {
            right += 1;
        } else {
            wrong.push(format!("{kind} {text} {day}: {found:?}"));
        }
    }
    shared::report(&format!("citations: {right} of {sample} sentences are one citation with its date"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
