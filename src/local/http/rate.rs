//! Rate limits, counted in this process: a count that several processes share would cost every
//! request a write to the store.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_secs(60);

/// How a minute is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Minute {
    /// In fixed windows, each beginning with a call.
    #[default]
    Fixed,
    /// The last sixty seconds, at any moment.
    Sliding,
}

/// How many calls a minute each caller may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    /// To each family of operations (streams, databaseUsers…). Atlas: 300 to 10000.
    pub per_minute: u32,
    /// To the token endpoints. Atlas: 10 to 50.
    pub tokens_per_minute: u32,
    /// How a minute is counted.
    pub minute: Minute,
    /// Whether everything that comes from an address is counted together, challenges included,
    /// instead of each caller's authenticated calls to each family.
    pub everything: bool,
}

impl Default for RateLimits {
    fn default() -> Self {
        RateLimits {
            per_minute: 1200,
            tokens_per_minute: 50,
            minute: Minute::Fixed,
            everything: false,
        }
    }
}

/// The state of a window after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateStatus {
    /// Calls per window.
    pub limit: u32,
    /// Calls left in this one.
    pub remaining: u32,
    /// Set if the call was one too many: seconds until another is allowed.
    pub retry_after: Option<u64>,
}

/// When a caller called a family within the current minute.
type Calls = HashMap<(String, &'static str), VecDeque<Instant>>;

/// The windows of all callers.
#[derive(Default)]
pub struct Windows(Mutex<Calls>);

impl Windows {
    /// Counts a call.
    pub fn spend(
        &self,
        caller: &str,
        family: &'static str,
        limit: u32,
        minute: Minute,
    ) -> RateStatus {
        let now = Instant::now();
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let calls = windows.entry((caller.to_owned(), family)).or_default();
        let is_over = |call: &Instant| now.duration_since(*call) >= WINDOW;
        match minute {
            Minute::Fixed if calls.front().is_some_and(is_over) => calls.clear(),
            Minute::Fixed => {}
            Minute::Sliding => {
                while calls.front().is_some_and(is_over) {
                    calls.pop_front();
                }
            }
        }
        let count = u32::try_from(calls.len()).unwrap_or(u32::MAX);
        if count >= limit {
            let first = calls.front().map_or(Duration::ZERO, |first| now.duration_since(*first));
            let left = WINDOW.saturating_sub(first).as_secs() + 1;
            return RateStatus { limit, remaining: 0, retry_after: Some(left) };
        }
        calls.push_back(now);
        RateStatus { limit, remaining: limit - count - 1, retry_after: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_and_families_are_counted_apart() {
        let windows = Windows::default();
        let spend = |caller, family| windows.spend(caller, family, 1, Minute::Sliding);
        assert_eq!(spend("a", "streams").remaining, 0);
        assert!(spend("a", "streams").retry_after.is_some_and(|s| s > 50));
        assert_eq!(spend("a", "databaseUsers").retry_after, None);
        assert_eq!(spend("b", "streams").retry_after, None);
    }
}
