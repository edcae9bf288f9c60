//! Rate limits, counted in this process: a count that several processes share would cost every
//! request a write to the store.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const WINDOW: Duration = Duration::from_secs(60);

/// How many calls a minute each caller may make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateLimits {
    /// To each family of operations (streams, databaseUsers…). Atlas: 300 to 10000.
    pub per_minute: u32,
    /// To the token endpoints. Atlas: 10 to 50.
    pub tokens_per_minute: u32,
}

impl Default for RateLimits {
    fn default() -> Self {
        RateLimits { per_minute: 1200, tokens_per_minute: 50 }
    }
}

/// What a call did to its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// Calls a window.
    pub limit: u32,
    /// Calls that are left in this one.
    pub remaining: u32,
    /// Set when the call was one too many: seconds until the window ends.
    pub retry_after: Option<u64>,
}

/// When a caller's window for a family began, and the calls in it.
type Counts = HashMap<(String, &'static str), (Instant, u32)>;

/// The windows of all callers.
#[derive(Default)]
pub struct Windows(Mutex<Counts>);

impl Windows {
    /// Counts a call.
    pub fn spend(&self, caller: &str, family: &'static str, limit: u32) -> Spent {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let window = windows.entry((caller.to_owned(), family)).or_insert((Instant::now(), 0));
        if window.0.elapsed() >= WINDOW {
            *window = (Instant::now(), 0);
        }
        if window.1 >= limit {
            let left = WINDOW.saturating_sub(window.0.elapsed()).as_secs() + 1;
            return Spent { limit, remaining: 0, retry_after: Some(left) };
        }
        window.1 += 1;
        Spent { limit, remaining: limit - window.1, retry_after: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callers_and_families_are_counted_apart() {
        let windows = Windows::default();
        assert_eq!(windows.spend("a", "streams", 1).remaining, 0);
        assert!(windows.spend("a", "streams", 1).retry_after.is_some_and(|s| s > 50));
        assert_eq!(windows.spend("a", "databaseUsers", 1).retry_after, None);
        assert_eq!(windows.spend("b", "streams", 1).retry_after, None);
    }
}
