//! Waiting until what was changed a moment ago is so wherever it is read: the API is eventually
//! consistent.

use std::time::Duration;

use tokio::time::Instant;

use crate::atlas::Client;

/// How long a change may take until it is seen everywhere.
pub(super) const LONGEST: Duration = Duration::from_secs(10);

const FIRST_WAIT: Duration = Duration::from_millis(250);
const LONGEST_WAIT: Duration = Duration::from_secs(2);

/// The patience with one server, which begins with the first wait.
#[derive(Debug, Default)]
pub(super) struct Settling {
    waits: u32,
    began: Option<Instant>,
}

impl Settling {
    /// Waits a while, a longer one each time; `false` if that would take longer than `longest`
    /// altogether, or nothing is to be waited for any more.
    pub(super) async fn pause(&mut self, client: &Client, longest: Duration) -> bool {
        if client.is_stopped() {
            return false;
        }
        let wait = FIRST_WAIT.saturating_mul(2u32.saturating_pow(self.waits)).min(LONGEST_WAIT);
        let now = Instant::now();
        if now + wait > *self.began.get_or_insert(now) + longest {
            return false;
        }
        self.waits += 1;
        tokio::select! {
            () = tokio::time::sleep(wait) => true,
            () = client.stopped() => false,
        }
    }
}

#[cfg(test)]
#[path = "tests/settling.rs"]
mod tests;
