//! The whole record of every document in `corpus/`, held against the one that was accepted: what no other test looks at
//! shows here, as a change of one fact in one file.
//!
//! The accepted records stand in `tests/snapshots/corpus__NAME.snap`. Only cargo is needed to work with them:
//!
//! - `cargo test --test corpus` says which documents read differently, each with its difference, and touches nothing
//!   but `tests/snapshots/corpus__NAME.snap.new`, which git ignores;
//! - `INSTA_UPDATE=always cargo test --test corpus` accepts every record as it is now;
//! - `git diff tests/snapshots` then shows, fact by fact, what was accepted: read it before you commit it. A change of
//!   a rule should show the facts that it was made for, and no others. `git checkout tests/snapshots` takes it back.
//!
//! `cargo insta review` does the same one document at a time, where it is installed.
//!
//! The hashes of file and rules and the version of the extractor are left out: they change with every release and say
//! nothing of what was read.

#[path = "support/corpus.rs"]
mod corpus;

use insta::{assert_json_snapshot, with_settings};
use trich::Extractor;

#[test]
fn every_record_is_as_accepted() {
    let extractor = Extractor::builtin();
    let mut different = Vec::new();
    for document in corpus::documents() {
        let mut record = extractor.extract(&document.name, &document.bytes);
        for hash in [&mut record.source.sha256, &mut record.source.extractor, &mut record.source.rules] {
            *hash = "[left out]".to_owned();
        }
        // All of them are looked at, not only those before the first that differs.
        let same = std::panic::catch_unwind(|| {
            with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
                assert_json_snapshot!(format!("corpus__{}", document.name), record);
            });
        });
        if same.is_err() {
            different.push(document.name);
        }
    }
    assert!(different.is_empty(), "these read differently: {}", different.join(", "));
}
