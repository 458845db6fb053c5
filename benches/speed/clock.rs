//! How long this thread has been at work.

use std::{fs, sync::LazyLock, time::Duration, time::Instant};

static BEGUN: LazyLock<Instant> = LazyLock::new(Instant::now);

/// The time that the thread has had a processor, where the system tells (Linux); else the time of day. On a machine
/// that does other things as well only the first can be compared.
pub fn now() -> Duration {
    let told = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let spent = told.as_deref().and_then(|told| told.split(' ').next()?.parse().ok());
    spent.map_or_else(|| BEGUN.elapsed(), Duration::from_nanos)
}
