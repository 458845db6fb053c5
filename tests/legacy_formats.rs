//! DOC and RTF files of 1998 to 2009 in TCVN3 and VNI, against transcriptions that others made of them, by the measure of
//! those others: which part of the characters is right, and which part of those with a diacritic.
//!
//! The transcriptions write the capitals of `.VnTimeH` fonts small, as the bytes do; case is folded on both sides. The
//! alignment is a longest common subsequence.
//! `cargo test --test legacy_formats -- --nocapture` prints every file.

mod shared;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::fs;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Files that stay under the floor of one file, and why.
const KNOWN: [(&str, &str); 1] = [(
    "tcvn3__2004-1ED4D_Francois_Godement-Thoikyquado.doc",
    "holds tracked changes: the transcription has what they delete beside what they insert, the reading leaves it out",
)];

const FLOOR: f64 = 0.95;
const MEDIAN_CHARACTERS: f64 = 0.97;
const MEDIAN_DIACRITICS: f64 = 0.99;

/// Composed, white space collapsed, case folded.
fn prepared(text: &str) -> Vec<char> {
    let words: Vec<String> = text.split_whitespace().map(|word| word.nfc().collect()).collect();
    words.join(" ").to_lowercase().nfc().collect()
}

/// A character without its marks.
fn base(c: char) -> char {
    if c == 'đ' { 'd' } else { c.nfd().find(|part| !is_combining_mark(*part)).unwrap_or(c) }
}

fn has_diacritic(c: char) -> bool {
    c == 'đ' || c.nfd().any(is_combining_mark)
}

/// The pairs of places that a longest common subsequence puts together.
fn aligned(truth: &[char], got: &[char]) -> Vec<(usize, usize)> {
    let pairs = |op: DiffOp| match op {
        DiffOp::Equal { old_index, new_index, len } => (old_index..old_index + len).zip(new_index..new_index + len),
        _ => (0..0).zip(0..0),
    };
    capture_diff_slices(Algorithm::Myers, truth, got).into_iter().flat_map(pairs).collect()
}

#[derive(Clone, Copy)]
struct Accuracy {
    characters: f64,
    diacritics: f64,
}

fn accuracy(truth: &str, got: &str) -> Accuracy {
    let (truth, got) = (prepared(truth), prepared(got));
    let part = |right: usize, all: usize| if all == 0 { 1.0 } else { right as f64 / all as f64 };
    let characters = part(aligned(&truth, &got).len(), truth.len());
    let bare = |text: &[char]| text.iter().map(|c| base(*c)).collect::<Vec<char>>();
    let right = aligned(&bare(&truth), &bare(&got))
        .into_iter()
        .filter(|(at, of)| has_diacritic(truth[*at]) && truth[*at] == got[*of])
        .count();
    let marked = truth.iter().filter(|c| has_diacritic(**c)).count();
    Accuracy { characters, diacritics: part(right, marked) }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    if figures.len() % 2 == 1 { figures[middle] } else { (figures[middle - 1] + figures[middle]) / 2.0 }
}

#[test]
fn the_measure_counts_what_it_says() {
    let right = accuracy("Báo cáo  tài chính", "báo cáo\ntài chính");
    assert_eq!((right.characters, right.diacritics), (1.0, 1.0));
    let bare = accuracy("Báo cáo tài chính", "Bao cao tai chinh");
    assert_eq!(bare.diacritics, 0.0);
    assert!(bare.characters > 0.7);
    assert_eq!(accuracy("đã", "đa").diacritics, 0.5);
}

#[test]
fn legacy_files_are_read_as_they_were_transcribed() {
    let Some(folder) = shared::folder("formats/legacy") else { return };
    let mut names: Vec<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".doc") || name.ends_with(".rtf"))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "{} holds no DOC or RTF", folder.display());
    let mut figures = Vec::new();
    let mut low = Vec::new();
    for name in &names {
        let bytes = fs::read(folder.join(name)).unwrap();
        let truth = fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap();
        let found = accuracy(&truth, &trich::text(name, &bytes));
        println!("{:7.4} {:7.4}  {name}", found.characters, found.diacritics);
        let known = KNOWN.iter().find(|(file, _)| file == name);
        if let Some((_, reason)) = known {
            println!("                 {reason}");
        }
        if known.is_none() && (found.characters < FLOOR || found.diacritics < FLOOR) {
            low.push(format!("{name}: {:.4} {:.4}", found.characters, found.diacritics));
        }
        figures.push(found);
    }
    let characters = median(figures.iter().map(|found| found.characters).collect());
    let diacritics = median(figures.iter().map(|found| found.diacritics).collect());
    println!("{characters:7.4} {diacritics:7.4}  median of {}", names.len());
    assert!(low.is_empty(), "under {FLOOR}: {low:#?}");
    assert!(characters >= MEDIAN_CHARACTERS, "median of characters {characters}");
    assert!(diacritics >= MEDIAN_DIACRITICS, "median of diacritics {diacritics}");
}
