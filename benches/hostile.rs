//! Whether twice a hostile text takes twice the time: `cargo bench --bench hostile`.
//!
//! A dozen texts are read at 32 and at 64 MB. `-- MEGABYTES WORDS…` after the command sets the smaller size and picks
//! other texts, those whose names hold one of the words; `-- MEGABYTES all` takes every one.

#[path = "speed/clock.rs"]
mod clock;
#[path = "../tests/support/hostile.rs"]
mod hostile;

use std::{env, hint::black_box};
use trich::Extractor;

/// The texts that are read where none are named.
const DOZEN: [&str; 12] = [
    "grounds on one line",
    "one endless decimal marker",
    "digits only",
    "one line of prose",
    "line ends only",
    "nested round brackets",
    "số số số",
    "Điều 1 again",
    "subject without end",
    "combining marks only",
    "Đ only",
    "a table of many rows",
];

/// The most that twice the text may cost.
const MOST: f64 = 2.2;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let size = arguments.iter().find_map(|argument| argument.parse::<usize>().ok()).unwrap_or(32);
    let words: Vec<&String> = arguments.iter().filter(|argument| argument.parse::<usize>().is_err()).collect();
    println!(
        "{:<34} {:>9} {:>9} {:>7} {:>9}",
        "",
        format!("{size} MB, s"),
        format!("{} MB, s", size * 2),
        "ratio",
        "MB/s"
    );
    let wanted = |name: &str| match words.is_empty() {
        true => DOZEN.contains(&name),
        false => words.iter().any(|word| *word == "all" || name.contains(word.as_str())),
    };
    for text in hostile::ALL.iter().filter(|text| wanted(text.name)) {
        let (small, large) = (seconds(&text.text(size * 1_000_000)), seconds(&text.text(size * 2_000_000)));
        let ratio = large / small;
        let mark = if ratio > MOST { "  more than twice" } else { "" };
        let speed = (size * 2) as f64 / large;
        println!("{:<34} {small:>9.2} {large:>9.2} {ratio:>7.2} {speed:>9.1}{mark}", text.name);
    }
}

fn seconds(text: &str) -> f64 {
    let begun = clock::now();
    black_box(Extractor::builtin().extract("a.txt", text.as_bytes()));
    (clock::now() - begun).as_secs_f64()
}
