//! When a user or an access-list entry expires: at most a week ahead, or never.

use jiff::SignedDuration;

use crate::context::Context;
use crate::error::{Error, Result};
use crate::times::{self, rfc3339};

const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// The API's `deleteAfterDate` for an expiry as it is typed; `None` for `never`. The hint tells how
/// long an object of this noun lasts at most.
///
/// # Errors
/// Usage: unreadable, past, or more than a week ahead (the API's own limit).
pub fn date(context: &Context, text: &str, hint: &str) -> Result<Option<String>> {
    if text.trim().eq_ignore_ascii_case("never") {
        return Ok(None);
    }
    let now = context.now()?;
    let unreadable = |why| Error::usage(why).hint("never is without an expiry");
    let date = times::parse(text).map_err(unreadable)?.from_now(now);
    if date <= now {
        return Err(Error::usage(format!("{} is not in the future", rfc3339(date))));
    }
    if date.duration_since(now) > WEEK {
        return Err(Error::usage(format!("{} is more than a week ahead", rfc3339(date))).hint(hint));
    }
    Ok(Some(rfc3339(date)))
}
