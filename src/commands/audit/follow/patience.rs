//! How a failure that may pass is waited out: told once, and tried again less and less often.

use std::time::Duration;

use crate::error::{Error, Kind};
use crate::times;
use crate::ui::Ui;

/// The longest pause, unless the interval is longer.
const LONGEST: Duration = Duration::from_secs(300);

/// What was told of a failure that lasts: its kind, as its words may differ each time.
#[derive(Debug, Default)]
pub(super) struct Patience {
    told: Option<(Kind, Option<u16>)>,
    failures: u32,
}

/// Whether the same may succeed later: the network, the server, or an answer that came damaged.
pub(super) fn may_pass(error: &Error) -> bool {
    match error.kind() {
        Kind::Unavailable => true,
        Kind::Failed => error.api_facts().status.is_none_or(|status| !(400..500).contains(&status)),
        _ => false,
    }
}

impl Patience {
    /// How long to wait after this failure; it is told unless it was told before.
    pub(super) fn pause(&mut self, ui: &Ui, error: &Error, interval: Duration) -> Duration {
        let longer = interval.saturating_mul(2_u32.saturating_pow(self.failures.min(16)));
        let pause = longer.min(LONGEST.max(interval));
        self.failures = self.failures.saturating_add(1);
        let what = Some((error.kind(), error.api_facts().status));
        if self.told != what {
            let again = times::span_of(pause.try_into().unwrap_or(jiff::SignedDuration::MAX));
            ui.warn(format!("{error}; trying again in {again}, then less often"));
            self.told = what;
        }
        pause
    }

    /// It has passed, or never was.
    pub(super) fn ended(&mut self, ui: &Ui, what: &str) {
        if self.told.is_some() {
            ui.note(format!("{what}: answers again"));
        }
        *self = Patience::default();
    }
}
