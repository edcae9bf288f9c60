//! When a request is repeated, and after what wait.

use std::time::Duration;

use http::{HeaderMap, Method, StatusCode, header};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use tokio::time::Instant;

use super::Retry;
use super::error::{ApiError, Cause};

/// The patience of one call.
pub(super) struct Patience<'a> {
    retry: &'a Retry,
    /// Attempts made.
    pub(super) attempts: u32,
    waited: Duration,
    begun: Instant,
}

impl<'a> Patience<'a> {
    pub(super) fn new(retry: &'a Retry) -> Self {
        Patience { retry, attempts: 0, waited: Duration::ZERO, begun: Instant::now() }
    }

    /// How long to wait before the next attempt; `None` if there is none.
    pub(super) fn after(&mut self, method: &Method, failure: &ApiError) -> Option<Duration> {
        if self.attempts >= self.retry.attempts || !may_repeat(method, failure) {
            return None;
        }
        // A server that always says "immediately" must not be asked without a pause.
        let wait = failure.facts().retry_after.unwrap_or_default().max(self.backoff());
        // A silent server takes its time in the attempts themselves.
        let spent = self.waited.max(self.begun.elapsed());
        let fits = wait <= self.retry.longest_wait && spent + wait <= self.retry.budget;
        self.waited += wait;
        fits.then_some(wait)
    }

    /// Waits, and says so.
    pub(super) async fn sleep(&self, wait: Duration, failure: &ApiError) {
        let seconds = wait.as_secs_f64();
        // A wait that a person notices is reported in any case.
        match wait >= Duration::from_secs(1) {
            true => tracing::warn!("{failure}; trying again in {seconds:.0} s"),
            false => tracing::info!("{failure}; trying again in {seconds:.1} s"),
        }
        tokio::time::sleep(wait).await;
    }

    /// Doubles, and is shortened at random by up to a half, so that clients spread out.
    fn backoff(&self) -> Duration {
        let doubled = self.retry.first_wait * 2u32.saturating_pow(self.attempts.saturating_sub(1));
        let share = getrandom::u32().map_or(1.0, |random| f64::from(random) / f64::from(u32::MAX));
        doubled.min(self.retry.longest_wait).mul_f64(0.5 + share / 2.0)
    }
}

/// A read may be repeated whenever the server may do better; a write only if nothing can have been
/// done.
fn may_repeat(method: &Method, failure: &ApiError) -> bool {
    if failure.facts().spent {
        return false;
    }
    if failure.is_throttled() || failure.cause() == Cause::NoConnection {
        return true;
    }
    let nothing_done = *method == Method::GET || failure.facts().before_call;
    nothing_done
        && match failure.cause() {
            Cause::Status(status) => matches!(
                status,
                StatusCode::BAD_GATEWAY
                    | StatusCode::SERVICE_UNAVAILABLE
                    | StatusCode::GATEWAY_TIMEOUT
            ),
            Cause::Timeout | Cause::Cut => true,
            _ => false,
        }
}

/// `Retry-After`, in seconds or as an HTTP date.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
    Some(Duration::try_from(at.duration_since(Timestamp::now())).unwrap_or_default())
}

#[cfg(test)]
#[path = "tests/retry.rs"]
mod tests;
