//! Progress on stderr, where that is a terminal and the wait exceeds a moment.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Ui;

const A_MOMENT: Duration = Duration::from_millis(250);

/// How many characters of a name stand before a bar, which is measured each time it is drawn.
const LONGEST_NAME: usize = 60;

/// A bar that stays hidden for the first 250 ms, and for good where stderr is no terminal, or JSON.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    terminal: bool,
}

impl Ui {
    /// A bar over bytes; `None` where the length is unknown.
    pub fn progress_bytes(&self, what: &str, length: Option<u64>) -> Progress {
        let template = match length {
            Some(_) => "{msg} {bar:30} {bytes}/{total_bytes} {bytes_per_sec}",
            None => "{msg} {spinner} {bytes} {bytes_per_sec}",
        };
        self.progress(what, length, template)
    }

    /// A bar over things.
    pub fn progress_items(&self, what: &str, length: u64) -> Progress {
        self.progress(what, Some(length), "{msg} {bar:30} {pos}/{len}")
    }

    fn progress(&self, what: &str, length: Option<u64>, template: &str) -> Progress {
        let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        let what: String = what.chars().take(LONGEST_NAME).collect();
        bar.set_message(self.for_stderr(&what));
        let terminal = self.stderr_terminal && !self.stderr.is_json();
        Progress { bar, started: Instant::now(), terminal }
    }
}

impl Progress {
    /// So many more.
    pub fn advance(&self, by: u64) {
        self.bar.inc(by);
        if self.terminal && self.bar.is_hidden() && self.started.elapsed() > A_MOMENT {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
