//! `trich index`: a folder tree into an archive database.

mod plan;

use super::{
    cannot_begin, complain,
    extract::{guard, inputs, ordered, progress},
    read::{self, HowToRead, Loaded},
    rules_in_force,
};
use clap::Args;
use ordered::Ended;
use plan::Task;
use std::{
    num::NonZeroUsize,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    thread,
};
use trich::{
    Extractor,
    archive::{ArchiveError, Entry, Seen, Writer},
    source::Options,
};

/// Index an archive: read its documents into a database that answers questions
///
/// Run again, it reads only what is new, has changed or could not be read, and marks what has vanished. A run that was stopped, however it
/// was, goes on where it ended. A PDF without text beside a text file of the same name is taken for its scan. Documents
/// stamped MẬT, TỐI MẬT or TUYỆT MẬT are listed, and left out of the full text.
///
/// Exit status: 0 when every file was read, 1 when some was not, 2 when the run could not begin, 130 when it was
/// interrupted.
#[derive(Args)]
pub struct Index {
    /// Files and folders
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// The database: an SQLite file, made when it is not there
    #[arg(long, value_name = "FILE")]
    db: PathBuf,
    /// How many documents to read at once [default: one for each core]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Make secret documents searchable too
    #[arg(long)]
    include_secret: bool,
    /// A folder of rule files to lay over the built-in rules
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    how: HowToRead,
}

/// What came of one file.
enum Outcome {
    Document(Seen, Box<Entry>),
    Scan(Seen, String, Option<u32>),
    Failed(Seen, String),
}

#[derive(Default)]
struct Tally {
    read: usize,
    scans: usize,
    failed: usize,
}

impl Index {
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let options = self.how.options();
        let extractor = Extractor::with_rules(rules_in_force(self.rules.as_deref())?).options(options);
        let mut writer = Writer::open(&self.db).map_err(refused)?;
        let mut found = inputs::find(&self.paths);
        let own = [self.db.clone(), beside(&self.db, "-wal"), beside(&self.db, "-shm"), beside(&self.db, ".lock")];
        found.inputs.retain(|input| !own.contains(&input.path));
        for trouble in &found.troubles {
            complain(trouble);
        }
        writer.made_by(&extractor.extract("-", b""))?;
        if !self.include_secret {
            writer.withdraw_secret()?;
        }
        let plan = plan::plan(found.inputs, &writer.known(self.include_secret)?);
        if plan.outdated > 0 {
            complain(format_args!(
                "{} read again: rules, version or --include-secret are no longer what they were",
                if plan.outdated == 1 { "1 file is".to_owned() } else { format!("{} files are", plan.outdated) }
            ));
        }
        let mut tally = Tally { failed: found.troubles.len(), ..Tally::default() };
        writer.vanish(plan.vanished.iter().map(String::as_str))?;

        guard::keep_faults_quiet();
        let (tell, stop) = crossbeam_channel::unbounded();
        ctrlc::set_handler(move || tell.send(()).unwrap_or_default())?;
        let jobs = self.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let tasks: Arc<[Task]> = plan.tasks.into();
        let bar = progress(tasks.len(), true);
        let with_secret = self.include_secret;
        let ended = ordered::ordered_ahead(
            tasks.clone(),
            jobs,
            |task| task.seen.as_ref().map_or(0, |seen| seen.size),
            &stop,
            move |task| read_one(&extractor, &options, task, with_secret),
            |_, outcome| {
                bar.inc(1);
                match outcome {
                    Outcome::Document(seen, entry) => {
                        tally.read += 1;
                        writer.add(&seen, *entry)
                    }
                    Outcome::Scan(seen, text, pages) => {
                        tally.scans += 1;
                        writer.add_scan(&seen, &text, pages)
                    }
                    Outcome::Failed(seen, reason) => {
                        tally.failed += 1;
                        bar.suspend(|| complain(format_args!("{}: {reason}", seen.path)));
                        writer.fail(&seen, &reason)
                    }
                }
            },
        );
        bar.finish_and_clear();
        let ended = ended?;
        match ended {
            Ended::All => writer.finish()?,
            // Whoever interrupts does not want to wait; the run that goes on ends the work.
            Ended::Stopped => writer.commit()?,
        }
        let mut said = format!("{} read", documents(tally.read));
        for (n, what) in [
            (tally.scans, "taken for scans of a text beside them"),
            (plan.unchanged, "unchanged"),
            (plan.vanished.len(), "vanished"),
            (tally.failed, "not read"),
            (found.passed_over, "of other endings passed over"),
        ] {
            if n > 0 {
                said.push_str(&format!(", {n} {what}"));
            }
        }
        complain(said);
        if ended == Ended::Stopped {
            complain("interrupted; what was read is in the database: the same command goes on from there");
            return Ok(ExitCode::from(130));
        }
        Ok(ExitCode::from(u8::from(tally.failed > 0)))
    }
}

/// Why the database cannot be written, before anything was.
fn refused(error: ArchiveError) -> anyhow::Error {
    cannot_begin(error)
}

fn documents(n: usize) -> String {
    if n == 1 { "1 document".to_owned() } else { format!("{n} documents") }
}

fn beside(db: &Path, ending: &str) -> PathBuf {
    let mut name = db.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn read_one(extractor: &Extractor<'_>, options: &Options, task: &Task, with_secret: bool) -> Outcome {
    let seen = match &task.seen {
        Ok(seen) => seen.clone(),
        Err((seen, reason)) => return Outcome::Failed(seen.clone(), reason.clone()),
    };
    let bytes = match read::load(&task.input.path, options) {
        Ok(Loaded::Whole(bytes)) => bytes,
        Ok(Loaded::TooLarge { bytes, .. }) => return Outcome::Failed(seen, read::too_large(bytes)),
        Err(reason) => return Outcome::Failed(seen, reason),
    };
    let read = guard::guarded(|| {
        let source = extractor.source(&task.input.name, &bytes);
        if let Some(text) = task.text.clone().filter(|_| source.text.trim().is_empty()) {
            let pages = (!source.pages.is_empty()).then_some(source.pages.len() as u32);
            return Outcome::Scan(seen.clone(), text, pages);
        }
        Outcome::Document(seen.clone(), Box::new(Entry::new(extractor, &task.input.name, source, with_secret)))
    });
    read.unwrap_or_else(|reason| Outcome::Failed(seen, reason))
}
