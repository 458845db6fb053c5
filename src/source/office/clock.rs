//! The time that a file may take.

use crate::source::Limit;
use std::time::{Duration, Instant};

/// How many steps go by between two looks at the clock.
const STEPS: u32 = 4096;

/// Counts steps, and says when the time is over.
#[derive(Debug)]
pub(in crate::source) struct Clock {
    until: Option<Instant>,
    steps: u32,
    over: bool,
}

impl Clock {
    /// Begins now.
    pub(in crate::source) fn start(time: Duration) -> Clock {
        Clock { until: Instant::now().checked_add(time), steps: 0, over: false }
    }

    /// One step; false once the time is over.
    pub(in crate::source) fn step(&mut self) -> bool {
        self.steps += 1;
        if self.steps >= STEPS {
            self.steps = 0;
            self.over |= self.until.is_some_and(|until| Instant::now() > until);
        }
        !self.over
    }

    /// The limit, if it was met.
    pub(in crate::source) fn met(&self) -> Option<Limit> {
        self.over.then_some(Limit::Time)
    }
}
