//! When a user expires: at most a week ahead.

use jiff::SignedDuration;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::times::{self, rfc3339};

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
        return Err(Error::usage(format!("--expires: {} is not in the future", rfc3339(date))));
    }
    if date.duration_since(now) > WEEK {
        return Err(Error::usage(format!(
            "--expires: {} is more than a week ahead",
            rfc3339(date)
        ))
        .hint("Atlas lets a database user expire within a week, or not at all"));
    }
    Ok(rfc3339(date))
}
