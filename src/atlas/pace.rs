//! Keeping within the rate limits.
//!
//! Most answers say how many requests are left. A request is held back while the requests in flight
//! could use up what is left. The last few of a window are not used at full speed: another process
//! may be using the same credential without knowing of this one.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderMap;
use tokio::sync::Notify;
use tokio::sync::futures::Notified;
use tokio::time::Instant;

/// The share of a limit that is reserved for other processes, and the most that is reserved.
const KEPT: (u64, u64) = (20, 32);

/// How long a request waits before this is reported.
const SILENCE: Duration = Duration::from_secs(2);

/// Paces the requests of one client, each family of resources by itself.
pub(super) struct Pacer {
    /// The server's window; how much of it has passed is not known.
    window: Duration,
    families: Mutex<HashMap<String, Arc<Family>>>,
    waits: AtomicU64,
}

struct Family {
    name: String,
    state: Mutex<FamilyState>,
    /// Notified when an answer came.
    answered: Notify,
}

#[derive(Default)]
struct FamilyState {
    in_flight: u64,
    budget: Option<Budget>,
    /// The end of the wait that was last reported.
    said: Option<Instant>,
}

/// What the answers say about the limit.
struct Budget {
    /// Requests left, as far as is known.
    left: u64,
    /// The most that was ever left.
    limit: u64,
    /// When the server will have forgotten what it counted so far, at the latest.
    until: Instant,
    /// When the last request was let through.
    sent: Instant,
}

impl Budget {
    /// Until when to hold the next request back; `None` when it may go.
    fn hold(&self, in_flight: u64, window: Duration) -> Option<Instant> {
        let now = Instant::now();
        if self.until <= now {
            // What is left is unknown again: one request finds out for all.
            return (in_flight > 0).then(|| now + window);
        }
        let free = self.left.saturating_sub(in_flight);
        let kept = self.kept();
        if free > kept {
            None
        } else if free > kept / 4 {
            let pause = window.div_f64((kept as f64 / 2.0).max(1.0));
            Some(self.sent + pause).filter(|next| *next > now || in_flight > 0)
        } else {
            Some(self.until)
        }
    }
}

impl Budget {
    /// How many are not used at full speed.
    fn kept(&self) -> u64 {
        (self.limit / KEPT.0).min(KEPT.1)
    }
}

/// A request in flight; it ends when this is dropped.
pub(super) struct Permit {
    family: Arc<Family>,
    window: Duration,
}

/// The state is consistent after every statement, so it can be used even after a panic.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pacer {
    pub(super) fn new(window: Duration) -> Self {
        Pacer { window, families: Mutex::default(), waits: AtomicU64::new(0) }
    }

    /// Waits until a request of this family may be sent, and counts each wait; one that may not
    /// wait gets nothing instead.
    pub(super) async fn permit(&self, family: String, may_wait: bool) -> Option<Permit> {
        let (family, begun) = (self.family(family), Instant::now());
        loop {
            // Registered before the state is read, so that no answer is missed in between.
            let answered = family.answered.notified();
            let Some(until) = family.take(self.window) else {
                return Some(Permit { family: family.clone(), window: self.window });
            };
            self.waited();
            if !may_wait {
                return None;
            }
            family.wait(begun, until, answered).await;
        }
    }

    /// Waits until requests of this family need not wait for each other.
    pub(super) async fn rest(&self, family: &str) {
        let (family, begun) = (self.family(family.to_owned()), Instant::now());
        loop {
            let answered = family.answered.notified();
            let Some(until) = family.rests() else { return };
            family.wait(begun, until, answered).await;
        }
    }

    /// How often a request had to wait so far.
    pub(super) fn waits(&self) -> u64 {
        self.waits.load(Ordering::Relaxed)
    }

    /// Counts a wait.
    pub(super) fn waited(&self) {
        self.waits.fetch_add(1, Ordering::Relaxed);
    }

    fn family(&self, name: String) -> Arc<Family> {
        lock(&self.families)
            .entry(name)
            .or_insert_with_key(|name| {
                Arc::new(Family {
                    name: name.clone(),
                    state: Mutex::default(),
                    answered: Notify::new(),
                })
            })
            .clone()
    }
}

impl Family {
    /// Waits until then, or for an answer that may say more; reports a long wait.
    async fn wait(&self, begun: Instant, until: Instant, answered: Notified<'_>) {
        let wait = until.saturating_duration_since(Instant::now());
        let (resource, seconds) = (&self.name, wait.as_secs_f64().ceil());
        tracing::info!(resource, seconds, "rate limit nearly used up: waiting");
        tokio::select! {
            () = answered => {}
            () = tokio::time::sleep_until(until) => {}
            () = tokio::time::sleep_until(begun + SILENCE), if begun.elapsed() < SILENCE => {
                self.say(until);
            }
        }
    }

    /// Until when too little is left for requests to go out one after the other.
    fn rests(&self) -> Option<Instant> {
        let state = lock(&self.state);
        let budget = state.budget.as_ref()?;
        let scarce = budget.left.saturating_sub(state.in_flight) <= budget.kept();
        (scarce && budget.until > Instant::now()).then_some(budget.until)
    }

    /// Reports that a request is waiting, unless another that waits for the same has done so.
    fn say(&self, until: Instant) {
        let mut state = lock(&self.state);
        let now = Instant::now();
        if state.said.is_none_or(|said| said <= now) {
            state.said = Some(until);
            let seconds = until.saturating_duration_since(now).as_secs_f64().ceil();
            tracing::warn!(
                "the rate limit of {} is nearly used up; waiting up to {seconds} s",
                self.name
            );
        }
    }

    /// Counts a request as in flight, or returns until when to wait.
    fn take(&self, window: Duration) -> Option<Instant> {
        let mut state = lock(&self.state);
        let in_flight = state.in_flight;
        if let Some(budget) = &mut state.budget {
            if let Some(until) = budget.hold(in_flight, window) {
                return Some(until);
            }
            budget.sent = Instant::now();
        }
        state.in_flight += 1;
        None
    }
}

impl Permit {
    /// Notes what an answer says about the limit.
    pub(super) fn note(&self, headers: &HeaderMap) {
        let left = headers
            .get("ratelimit-remaining")
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.trim().parse::<u64>().ok());
        let Some(left) = left else { return };
        let mut state = lock(&self.family.state);
        let (now, in_flight) = (Instant::now(), state.in_flight);
        let fresh = Budget { left, limit: left, until: now + self.window, sent: now };
        match &mut state.budget {
            None => state.budget = Some(fresh),
            // Answers overtake each other by as many as are in flight; a number further up means
            // that the server has forgotten some.
            Some(budget) if budget.until > now && left <= budget.left + in_flight => {
                budget.left = budget.left.min(left);
            }
            Some(budget) => {
                let limit = budget.limit.max(left);
                *budget = Budget { limit, sent: budget.sent, ..fresh };
            }
        }
    }

    /// Notes that the server asked to wait: nobody else of the family need ask.
    pub(super) fn throttled(&self, wait: Duration) {
        let now = Instant::now();
        let mut state = lock(&self.family.state);
        let limit = state.budget.as_ref().map_or(0, |budget| budget.limit);
        state.budget = Some(Budget { left: 0, limit, until: now + wait, sent: now });
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
