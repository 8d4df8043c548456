//! How far a long run has come: a line on a terminal, which is gone at the end.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A run that is shorter needs none.
const LONG: Duration = Duration::from_secs(1);

/// The line; where standard error is no terminal there is none.
pub(super) struct Progress {
    bar: ProgressBar,
    begin: Instant,
}

impl Progress {
    pub fn new() -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        // How many there will be is not known: folders are read as they come.
        if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} files checked in {elapsed}") {
            bar.set_style(style);
        }
        Self { bar, begin: Instant::now() }
    }

    /// Writes results while the line is away, then counts them.
    pub fn around<T>(&self, count: usize, write: impl FnOnce() -> T) -> T {
        if self.bar.is_hidden() && self.begin.elapsed() > LONG {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        let written = self.bar.suspend(write);
        self.bar.inc(count as u64);
        written
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
