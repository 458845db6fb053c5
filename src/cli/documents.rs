//! Reading many documents at once, for commands that show something of each: in the order given, one thread or many.

use super::{
    complain,
    extract::{
        guard,
        inputs::{self, Input},
        ordered::{Ended, ordered},
    },
    read,
};
use std::{num::NonZeroUsize, path::PathBuf, process::ExitCode, sync::Arc, thread};

/// What is made of each document, in order; what cannot be read is said on standard error.
pub fn each<T: Send + 'static>(
    paths: &[PathBuf],
    make: impl Fn(&str, &[u8]) -> T + Send + Sync + 'static,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<ExitCode> {
    let found = inputs::find(paths);
    let mut failed = found.troubles.len();
    for trouble in &found.troubles {
        complain(trouble);
    }
    guard::keep_faults_quiet();
    let inputs: Arc<[Input]> = found.inputs.into();
    let names = inputs.clone();
    let jobs = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let (_keep, stop) = crossbeam_channel::unbounded();
    let ended = ordered(
        inputs,
        jobs,
        &stop,
        move |input: &Input| read::read(&input.path).and_then(|bytes| guard::guarded(|| make(&input.name, &bytes))),
        |at, made| match made {
            Ok(made) => take(made),
            Err(reason) => {
                failed += 1;
                complain(format_args!("{}: {reason}", names[at].name));
                Ok(())
            }
        },
    )?;
    Ok(ExitCode::from(u8::from(failed > 0 || ended == Ended::Stopped)))
}
