//! When a user ends: at most a week ahead, and never by mistake never.

use jiff::{SignedDuration, Timestamp};

use crate::context::Context;
use crate::error::{Error, Result};
use crate::times;

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The API's `deleteAfterDate` for `--expires`.
///
/// # Errors
/// Usage: unreadable, past, or more than a week ahead (the API's own limit).
pub fn date(context: &Context, text: &str) -> Result<String> {
    let now = context.now()?;
    let moment = times::parse(text).map_err(|e| Error::usage(format!("--expires: {e}")))?;
    let date = moment.from_now(now);
    if date <= now {
        return Err(Error::usage(format!("--expires: {date} is not in the future")));
    }
    if date.duration_since(now) > WEEK {
        return Err(Error::usage(format!("--expires: {date} is more than a week ahead"))
            .hint("Atlas lets a database user expire within a week, or not at all"));
    }
    whole_seconds(date)
}

fn whole_seconds(date: Timestamp) -> Result<String> {
    Timestamp::from_second(date.as_second())
        .map(|date| date.to_string())
        .map_err(|e| Error::usage("--expires: out of range").source(e))
}
