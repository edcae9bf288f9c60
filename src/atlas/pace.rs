//! Not running into the rate limits.
//!
//! Most answers say how many requests are left. A request is held back while those that are left
//! could all be taken by the requests already in flight.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use tokio::sync::Notify;
use tokio::time::Instant;

/// Paces the requests of one client, each family of resources by itself.
pub(super) struct Pacer {
    /// How long the server counts for; how far into that time it is, it does not tell.
    window: Duration,
    families: Mutex<HashMap<String, Arc<Family>>>,
}

struct Family {
    name: String,
    state: Mutex<State>,
    /// Told when an answer came.
    answered: Notify,
}

#[derive(Default)]
struct State {
    in_flight: u64,
    /// Requests left, and when at the latest the server starts to count anew.
    left: Option<(u64, Instant)>,
}

/// A request in flight; it ends when this is dropped.
pub(super) struct Permit {
    family: Arc<Family>,
    window: Duration,
}

/// A state is whole after every statement, so one that a panic left behind can be used.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pacer {
    pub(super) fn new(window: Duration) -> Self {
        Pacer { window, families: Mutex::default() }
    }

    /// Waits until a request of this family may be sent.
    pub(super) async fn permit(&self, family: String) -> Permit {
        let family = lock(&self.families)
            .entry(family)
            .or_insert_with_key(|name| {
                Arc::new(Family {
                    name: name.clone(),
                    state: Mutex::default(),
                    answered: Notify::new(),
                })
            })
            .clone();
        loop {
            // Asked for before the state is read, so that no answer falls in between.
            let answered = family.answered.notified();
            let Some(until) = family.take() else {
                return Permit { family: family.clone(), window: self.window };
            };
            let wait = until.saturating_duration_since(Instant::now());
            let (resource, seconds) = (&family.name, wait.as_secs_f64().ceil());
            tracing::info!(resource, seconds, "rate limit nearly used up: waiting");
            tokio::select! {
                () = answered => {}
                () = tokio::time::sleep_until(until) => {}
            }
        }
    }
}

impl Family {
    /// Counts a request as in flight, or tells until when to wait.
    fn take(&self) -> Option<Instant> {
        let mut state = lock(&self.state);
        match state.left {
            Some((_, until)) if until <= Instant::now() => state.left = None,
            Some((left, until)) if left <= state.in_flight => return Some(until),
            _ => {}
        }
        state.in_flight += 1;
        None
    }
}

impl Permit {
    /// Notes what an answer says of the limit.
    pub(super) fn note(&self, headers: &HeaderMap) {
        let left = headers
            .get("ratelimit-remaining")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.trim().parse::<u64>().ok());
        let Some(left) = left else { return };
        let mut state = lock(&self.family.state);
        let now = Instant::now();
        state.left = match state.left {
            // Answers overtake each other by as many as are in flight; a number further up means
            // that the server counts anew.
            Some((known, until)) if until > now && left <= known + state.in_flight => {
                Some((known.min(left), until))
            }
            _ => Some((left, now + self.window)),
        };
    }

    /// Notes that the server asked to wait: nobody else of the family need ask.
    pub(super) fn throttled(&self, wait: Duration) {
        lock(&self.family.state).left = Some((0, Instant::now() + wait));
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        lock(&self.family.state).in_flight -= 1;
        self.family.answered.notify_waiters();
    }
}

#[cfg(test)]
#[path = "tests/pace.rs"]
mod tests;
