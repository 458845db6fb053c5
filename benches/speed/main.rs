//! What a record costs, stage by stage, beside what merely reading the text costs: `cargo bench --bench speed`.
//!
//! Every stage is run once over all the texts, then every stage again: so what else the machine does meets all of them
//! alike, which a harness that ends one function before it begins the next would not do. What is taken is the time that
//! the thread had a processor, in the quickest round of each stage.
//!
//! `-- MEGABYTES ROUNDS` after the command sets how much text is made and how often it is read; 32 and 3 if not given.

mod clock;
mod naive;
mod texts;

use sha2::{Digest, Sha256};
use std::{env, hint::black_box, time::Duration};
use trich::{
    Extractor, Rules,
    layout::Layout,
    recognise::{Reading, citation, custom, finding, own, recipient, section, signatory, table},
    source::{self, Options},
    text::{Normalised, Span},
};

/// A file with all that the stages before a recogniser make of it.
struct Prepared<'t> {
    bytes: &'t [u8],
    text: Normalised<'t>,
    layout: Layout,
    masked: Vec<Span>,
}

impl Prepared<'_> {
    fn reading<'p>(&'p self, rules: &'p Rules) -> Reading<'p> {
        Reading { text: self.text.as_str(), layout: &self.layout, rules }
    }
}

/// A thing to be timed, over one file.
type Stage<'s> = (&'s str, Box<dyn Fn(&Prepared<'_>) + 's>);

fn main() {
    let mut numbers = env::args().filter_map(|argument| argument.parse::<usize>().ok());
    let (megabytes, rounds) = (numbers.next().unwrap_or(32), numbers.next().unwrap_or(3).max(1));
    let files: Vec<String> = texts::texts(megabytes * 1_000_000).collect();
    let total: usize = files.iter().map(String::len).sum();
    let rules = Rules::builtin();
    let extractor = Extractor::builtin();
    let patterns = naive::patterns();
    let prepared: Vec<Prepared<'_>> = files.iter().map(|file| prepare(file, rules)).collect();

    let stages: Vec<Stage<'_>> = vec![
        ("std::str::from_utf8", Box::new(|file| seen(std::str::from_utf8(file.bytes)))),
        ("naive: nfc().collect(), a dozen patterns", Box::new(|file| seen(naive::read(file.bytes, &patterns)))),
        ("SHA-256", Box::new(|file| seen(Sha256::digest(file.bytes)))),
        ("decode, with SHA-256", Box::new(|file| seen(source::read("a.txt", file.bytes, &Options::default())))),
        ("normalise", Box::new(|file| seen(Normalised::new(file.text.source())))),
        ("layout", Box::new(|file| seen(Layout::new(file.text.as_str(), rules)))),
        ("head and tail, without the issuer", Box::new(|file| head_and_tail(&file.reading(rules)))),
        ("citations", Box::new(|file| seen(citation::citations(&file.reading(rules))))),
        ("sections", Box::new(|file| seen(section::sections(&file.reading(rules))))),
        ("tables", Box::new(|file| seen(table::tables(&file.reading(rules))))),
        ("findings", Box::new(|file| seen(finding::findings(&file.reading(rules), &file.masked)))),
        ("facts of a user's own rules (none)", Box::new(|file| seen(custom::custom(&file.reading(rules))))),
        ("the whole record", Box::new(|file| seen(extractor.extract("a.txt", file.bytes)))),
        ("the whole record as JSON", Box::new(|file| seen(json(&extractor, file.bytes)))),
    ];

    let mut best = vec![Duration::MAX; stages.len()];
    for _ in 0..rounds {
        for ((_, stage), best) in stages.iter().zip(&mut best) {
            let begun = clock::now();
            prepared.iter().for_each(stage);
            *best = (clock::now() - begun).min(*best);
        }
    }
    let written: usize = files.iter().map(|file| json(&extractor, file.as_bytes()).len()).sum();

    println!("{} files, {:.1} MB of UTF-8; {:.1} MB of JSON", files.len(), mega(total), mega(written));
    println!("{:<42} {:>9} {:>14} {:>8}", "", "MB/s", "of from_utf8", "naive");
    for ((name, _), time) in stages.iter().zip(&best) {
        let of = |other: usize| best[other].as_secs_f64() / time.as_secs_f64();
        println!("{name:<42} {:>9.1} {:>14.4} {:>7.2}x", mega(total) / time.as_secs_f64(), of(0), of(1));
    }
}

/// Keeps the compiler from passing over what nothing uses.
fn seen<T>(made: T) {
    black_box(made);
}

fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn json(extractor: &Extractor<'_>, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let _ = extractor.extract("a.txt", bytes).write_json(&mut out);
    out
}

fn prepare<'t>(file: &'t str, rules: &Rules) -> Prepared<'t> {
    let text = Normalised::new(file);
    let layout = Layout::new(text.as_str(), rules);
    let reading = Reading { text: text.as_str(), layout: &layout, rules };
    // What hides numbers from the recogniser of findings; that the paper's own number and date are missing here makes
    // next to no difference.
    let mut spans: Vec<Span> = citation::citations(&reading).iter().map(|citation| citation.span).collect();
    spans.extend(section::sections(&reading).iter().map(|section| section.marker_span));
    spans.extend(table::tables(&reading).iter().map(|table| table.span));
    spans.sort();
    let mut masked: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match masked.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => masked.push(span),
        }
    }
    Prepared { bytes: file.as_bytes(), text, layout, masked }
}

fn head_and_tail(reading: &Reading<'_>) {
    for paper in &reading.layout.papers {
        black_box(own::number(reading, &paper.head));
        black_box(own::date(reading, &paper.head));
        black_box(own::place(reading, &paper.head));
        black_box(own::title(reading, &paper.head));
        black_box(own::addressees(reading, &paper.head));
        black_box(recipient::recipients(reading, &paper.tail));
        black_box(signatory::signatories(reading, &paper.tail));
    }
}
