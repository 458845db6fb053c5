//! `trich extract`: files and folders in, one record for each document out.

pub mod guard;
pub mod inputs;
pub mod ordered;
mod output;
mod resume;

use super::{complain, rules_in_force};
use crate::cli::{
    cannot_begin, catalogues,
    read::{self, HowToRead, Loaded},
};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use inputs::Input;
use ordered::Ended;
use output::Output;
use resume::{Kept, Records, Stamp};
use sha2::{Digest, Sha256};
use std::{
    fmt, fs,
    io::{self, IsTerminal},
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    thread,
};
use trich::{
    Extractor, Language, Offsets, Record, Rules,
    source::{Options, hexadecimal},
    validity::{self, Catalogue},
};

/// Read documents and write their facts, one JSON record a line
///
/// A folder is read with all its subfolders: files with the endings that `trich formats` lists and files without one,
/// sorted by path. Hidden files, and what a .trichignore file in the folder names, are passed over. A file given by name
/// is read whatever its ending.
///
/// Exit status: 0 when every document was read, 1 when some was not, 2 when the run could not begin, 130 when it was
/// interrupted.
#[derive(Args)]
pub struct Extract {
    /// Files and folders; `-` reads standard input
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Indent the JSON for reading, over many lines
    #[arg(long)]
    pretty: bool,
    /// Write to FILE, which appears when all is done; until then the records stand in FILE.partial
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many documents to read at once; the output is the same for any number [default: one for each core]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Go on from FILE.partial, which an interrupted run left; documents that have changed since are read again
    #[arg(long, requires = "output", conflicts_with = "pretty")]
    resume: bool,
    /// A folder of rule files to lay over the built-in rules
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// Ask a catalogue of acts what became of each citation, and write it as `resolved`: a CSV or TSV file (see
    /// docs/catalogue.md), or `builtin` for the one that trich ships with alone. May be given several times
    #[arg(long, value_name = "FILE")]
    catalogue: Vec<PathBuf>,
    /// What spans count: code points, bytes of UTF-8, or UTF-16 units
    #[arg(long, value_enum, default_value = "chars")]
    offsets: Unit,
    /// The language of diagnostics
    #[arg(long, value_enum, default_value = "vi")]
    lang: Tongue,
    #[command(flatten)]
    how: HowToRead,
}

#[derive(Clone, Copy, ValueEnum)]
enum Unit {
    Chars,
    Bytes,
    Utf16,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tongue {
    Vi,
    En,
}

/// What came of one document.
enum Outcome {
    /// Its record, as it is written.
    Written(Vec<u8>),
    /// The record of a large file: the JSON of it is as large again, so it is written when its turn comes.
    Large(Box<Record>),
    /// An interrupted run had finished it.
    Kept(Kept),
    /// Why it could not be read.
    Failed(String),
}

/// From how many bytes on a file is large.
const LARGE: usize = 16 << 20;

/// How documents are read: the same for all of a run.
struct Reader {
    extractor: Extractor<'static>,
    options: Options,
    /// The catalogues to ask, if any.
    asked: Option<Asked>,
    pretty: bool,
    kept: Records,
}

/// What is needed to ask catalogues of acts.
struct Asked {
    catalogues: Vec<&'static Catalogue>,
    rules: &'static Rules,
    language: Language,
}

/// How many documents were read and how many were not.
#[derive(Default)]
struct Tally {
    read: usize,
    failed: usize,
}

impl Extract {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let offsets = match self.offsets {
            Unit::Chars => Offsets::Chars,
            Unit::Bytes => Offsets::Bytes,
            Unit::Utf16 => Offsets::Utf16,
        };
        let language = match self.lang {
            Tongue::Vi => Language::Vietnamese,
            Tongue::En => Language::English,
        };
        let rules = rules_in_force(self.rules.as_deref())?;
        let options = self.how.options();
        let extractor = Extractor::with_rules(rules).offsets(offsets).language(language).options(options);
        let asked = match self.catalogue.as_slice() {
            [] => None,
            paths => Some(Asked { catalogues: catalogues::read(paths)?, rules, language }),
        };
        let mut reader = Reader { extractor, options, asked, pretty: self.pretty, kept: Records::new() };
        let found = inputs::find(&self.paths);
        if let Some(file) = &self.output {
            refuse_to_overwrite(file, &found.inputs)?;
        }
        let mut tally = Tally { read: 0, failed: found.troubles.len() };
        for trouble in &found.troubles {
            complain(trouble);
        }
        let stamp = self.resume.then(|| reader.stamp());
        let mut output = Output::open(self.output.as_deref(), stamp.as_ref())?;
        if let Some(earlier) = output.earlier() {
            reader.kept = earlier.records().clone();
        }

        guard::keep_faults_quiet();
        let (tell, stop) = crossbeam_channel::unbounded();
        ctrlc::set_handler(move || tell.send(()).unwrap_or_default())?;
        let jobs = self.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let several = found.inputs.len() > 1 || found.passed_over > 0;
        let inputs: Arc<[Input]> = found.inputs.into();
        let bar = progress(inputs.len(), self.output.is_some());
        let ended = ordered::ordered(
            inputs.clone(),
            jobs,
            &stop,
            move |input| reader.read(input),
            |at, outcome| {
                bar.inc(1);
                match outcome {
                    Outcome::Written(record) => output.write(&record)?,
                    Outcome::Large(record) => output.write_large(&record, self.pretty)?,
                    Outcome::Kept(kept) => output.copy(kept)?,
                    Outcome::Failed(reason) => {
                        tally.failed += 1;
                        bar.suspend(|| complain(format_args!("{}: {reason}", inputs[at].name)));
                        return Ok(());
                    }
                }
                tally.read += 1;
                anyhow::Ok(())
            },
        );
        bar.finish_and_clear();

        match ended {
            Ok(Ended::All) => output.finish()?,
            Ok(Ended::Stopped) => {
                complain(interrupted(&tally, inputs.len(), output.keep(), self.pretty));
                return Ok(ExitCode::from(130));
            }
            Err(error) => {
                return Err(match output.keep() {
                    Some(partial) => error.context(format!("stopped; what was finished is in {partial}")),
                    None => error,
                });
            }
        }
        if several {
            complain(summary(&tally, found.passed_over));
        }
        Ok(ExitCode::from(u8::from(tally.failed > 0)))
    }
}

impl Reader {
    /// What makes records of this run go together with those of another.
    fn stamp(&self) -> Stamp {
        let source = self.extractor.extract("-", b"").source;
        let asked = self.asked.iter().flat_map(|asked| asked.catalogues.iter().map(|catalogue| catalogue.used()));
        let catalogues = asked.map(|used| (used.name, used.version)).collect();
        Stamp { extractor: source.extractor, rules: source.rules, offsets: source.offsets, catalogues }
    }

    fn read(&self, input: &Input) -> Outcome {
        let loaded = match read::load(&input.path, &self.options) {
            Ok(loaded) => loaded,
            Err(reason) => return Outcome::Failed(reason),
        };
        if let Some((sha256, kept)) = self.kept.get(&input.name) {
            let same = match &loaded {
                Loaded::Whole(bytes) => *sha256 == hexadecimal(&Sha256::digest(bytes)),
                Loaded::TooLarge { sha256: hash, .. } => sha256 == hash,
            };
            if same {
                return Outcome::Kept(*kept);
            }
        }
        let outcome = guard::guarded(|| {
            let (mut record, size) = match loaded {
                Loaded::Whole(bytes) => {
                    let (source, size) = (self.extractor.source(&input.name, &bytes), bytes.len());
                    // The text is enough from here on, and a file may be large.
                    drop(bytes);
                    (self.extractor.record(&input.name, &source), size)
                }
                Loaded::TooLarge { head, bytes, sha256 } => {
                    (self.extractor.not_loaded(&input.name, &head, bytes, sha256), 0)
                }
            };
            if let Some(asked) = &self.asked {
                validity::add_to(&mut record, asked.rules, &asked.catalogues, None, asked.language);
            }
            if size >= LARGE {
                return Ok(Outcome::Large(Box::new(record)));
            }
            let mut written = Vec::with_capacity(size * 4);
            output::json(&mut written, &record, self.pretty).map(|()| Outcome::Written(written))
        });
        match outcome {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(error)) => Outcome::Failed(format!("its record cannot be written as JSON: {error}")),
            Err(reason) => Outcome::Failed(reason),
        }
    }
}

/// Refuses an output that is one of the documents.
fn refuse_to_overwrite(file: &Path, inputs: &[Input]) -> anyhow::Result<()> {
    let Ok(target) = fs::canonicalize(file) else { return Ok(()) };
    if !target.is_file() {
        return Ok(());
    }
    let same = |input: &&Input| {
        input.path.file_name() == target.file_name() && fs::canonicalize(&input.path).is_ok_and(|path| path == target)
    };
    match inputs.iter().find(same) {
        Some(input) => Err(cannot_begin(format_args!(
            "{}: is one of the documents to read; give the output another name or place",
            input.name
        ))),
        None => Ok(()),
    }
}

/// A bar on standard error when that is a terminal, there is something to wait for, and the records do not go to the
/// same terminal.
pub fn progress(documents: usize, to_file: bool) -> ProgressBar {
    if documents < 2 || (!to_file && io::stdout().is_terminal()) || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(documents as u64), ProgressDrawTarget::stderr());
    let template = "{bar:30} {human_pos} of {human_len} documents, {rate} a second, {eta} left";
    let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
        let _ = write!(out, "{:.0}", state.per_sec());
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.with_key("rate", rate)),
        Err(_) => bar,
    }
}

fn interrupted(tally: &Tally, documents: usize, partial: Option<String>, pretty: bool) -> String {
    let read = format!("interrupted after {} of {documents} documents", tally.read + tally.failed);
    match partial {
        None => read,
        Some(partial) if pretty => format!("{read}; what was finished is in {partial}"),
        Some(partial) => {
            format!("{read}; what was finished is in {partial}: the same command with --resume goes on from there")
        }
    }
}

fn summary(tally: &Tally, passed_over: usize) -> String {
    let documents = |n: usize| if n == 1 { "1 document".to_owned() } else { format!("{n} documents") };
    let mut said = format!("{} read", documents(tally.read));
    if tally.failed > 0 {
        said.push_str(&format!(", {} not read", tally.failed));
    }
    if passed_over > 0 {
        let files = if passed_over == 1 { "1 file" } else { &format!("{passed_over} files") };
        said.push_str(&format!(", {files} of other endings passed over"));
    }
    said
}
