//! Texts made to be hard give a record all the same, and one that grows no faster than they do.
//!
//! Time is not measured here: a machine under load would fail honest code. What is held fast is what a clock would
//! blur: that the reader comes to an end, that every fact is true, and that the record stays within a fixed multiple
//! of the text. A reader that does quadratic work would keep this test waiting.

#[path = "support/facts.rs"]
mod facts;
#[path = "support/hostile.rs"]
mod hostile;

use trich::Extractor;

/// The bytes of each text.
const BYTES: usize = 60_000;

/// The most bytes that a record holds for each byte of its text.
const MOST_GROWTH: usize = 120;

#[test]
fn hostile_texts_give_a_record_in_bounded_work() {
    // By two, since most machines have as many.
    std::thread::scope(|scope| {
        let (some, others) = hostile::ALL.split_at(hostile::ALL.len() / 2);
        for texts in [some, others] {
            scope.spawn(|| texts.iter().for_each(read));
        }
    });
}

fn read(hostile: &hostile::Hostile) {
    let text = hostile.text(BYTES);
    assert!(text.len() > BYTES / 2 && text.len() < BYTES * 2, "{}: {} bytes", hostile.name, text.len());
    let record = Extractor::builtin().extract("a.txt", text.as_bytes());
    let length = serde_json::to_string(&record).unwrap().len();
    assert!(length < text.len() * MOST_GROWTH, "{}: a record of {length} bytes", hostile.name);
    // A tenth of it holds the same facts, and is soon checked in every unit of spans.
    facts::check(&hostile.text(BYTES / 10)).unwrap_or_else(|reason| panic!("{}: {reason}", hostile.name));
}
