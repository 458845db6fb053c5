//! The encodings before Unicode, held against a table of others and against texts of known encoding.

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/encoders.rs"]
mod encoders;
mod shared;

use encoders::Encoder;
use std::{fs, path::PathBuf};
use trich::{
    record::Certainty,
    source::{Encoding, Options, SourceText, read},
};
use unicode_normalization::UnicodeNormalization;

const LEGACY: [Encoding; 5] = [Encoding::Tcvn3, Encoding::Vni, Encoding::Viscii, Encoding::Vps, Encoding::Windows1258];

fn taken(bytes: &[u8]) -> SourceText {
    read("a.txt", bytes, &Options::default())
}

/// The folder of shared data; where it is absent the test says so and goes on with the project's own.
fn shared_folder() -> Option<PathBuf> {
    let folder = std::env::var_os("TRICH_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared"), PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    shared::report(&format!("skipped in part: {} is absent", folder.display()));
    None
}

/// The texts of the corpus, and of the shared folders that are there.
fn texts(folders: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut texts: Vec<(String, Vec<u8>)> =
        corpus::documents().into_iter().map(|document| (document.name, document.bytes)).collect();
    if let Some(shared) = shared_folder() {
        for folder in folders {
            for entry in fs::read_dir(shared.join(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|ending| ending == "txt") {
                    texts.push((path.display().to_string(), fs::read(path).unwrap()));
                }
            }
        }
    }
    texts
}

#[test]
fn every_character_of_the_table_is_decoded() {
    let Some(table) = shared::file("encodings.tsv") else { return };
    let mut compared = 0;
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let encoding = match cells[0] {
            "VNI-Windows" => Encoding::Vni,
            "TCVN5712-1" => continue,
            name => Encoding::named(name).unwrap(),
        };
        let bytes: Vec<u8> =
            (0..cells[1].len()).step_by(2).map(|at| u8::from_str_radix(&cells[1][at..at + 2], 16).unwrap()).collect();
        let meant = cells[2].chars().next().unwrap();
        // A byte that stands for a letter and its capital is read as the small one; capitals come from the words about.
        let shared = cells[4].contains("same byte") || cells[4].contains("shared byte");
        let meant = if shared { meant.to_lowercase().next().unwrap() } else { meant };
        assert_eq!(encoding.decode(&bytes), (meant.to_string(), 0), "{line}");
        compared += 1;
    }
    assert_eq!(compared, 5 * 134);
}

#[test]
fn text_in_utf8_is_taken_for_nothing_else() {
    for (name, bytes) in texts(&["seeds", "gold/dev/text", "formats/legacy"]) {
        let read = taken(&bytes);
        assert_eq!((&*read.encoding, read.certainty), ("UTF-8", Certainty::Stated), "{name}");
    }
}

#[test]
fn a_kilobyte_tells_its_encoding() {
    let texts = texts(&["formats/legacy"]);
    for encoding in LEGACY {
        let encoder = Encoder::new(encoding);
        let (mut pieces, mut wrong) = (0, Vec::new());
        for (name, bytes) in &texts {
            let text: String = String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').nfc().collect();
            for piece in encoder.encode(&encoder.writable(&text)).chunks(1000).filter(|piece| !piece.is_ascii()) {
                pieces += 1;
                let read = taken(piece);
                if read.encoding != encoding.name() {
                    wrong.push(format!("{name}: {}", read.encoding));
                }
            }
        }
        shared::report(&format!("{}: {} of {pieces} pieces told", encoding.name(), pieces - wrong.len()));
        assert!(pieces > 400 && wrong.len() * 100 <= pieces, "{encoding:?}: {} of {pieces}: {wrong:#?}", wrong.len());
    }
}
