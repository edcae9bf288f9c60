//! From when to when a log is downloaded.

use jiff::Timestamp;

use super::log::LogArgs;
use crate::atlas::audit_logs::Window;
use crate::commands::range;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::times::rfc3339;

/// The earliest start that the API's pattern allows: 2008, before any log existed.
pub(super) const BEGINNING: i64 = 1_199_145_600;

/// The window that the options name.
pub(super) fn window(context: &Context, args: &LogArgs) -> Result<Window> {
    let now = context.now()?;
    let since = args.since.as_deref().map(|text| range::since(text, now)).transpose()?;
    let until =
        args.until.as_deref().map(|text| range::moment("--until", text, now)).transpose()?;
    range::has_begun(since.flatten(), now)?;
    range::check(since.flatten(), until)?;
    if args.processor.as_deref().is_some_and(str::is_empty) {
        return Err(Error::usage("--processor is empty")
            .hint("check that the variable it comes from is set"));
    }
    let start = since.map(|since| since.map_or(BEGINNING, |t| t.as_second().max(BEGINNING)));
    let end = until.map(Timestamp::as_second);
    Ok(Window { start, end, processor: args.processor.clone() })
}

/// The window between two moments.
pub(super) fn between(since: Option<Timestamp>, until: Option<Timestamp>) -> Window {
    let start = since.map(|since| since.as_second().max(BEGINNING));
    // A moment within a second needs the whole second.
    let end = until.map(|until| until.as_second() + i64::from(until.subsec_nanosecond() > 0));
    Window { start, end, processor: None }
}

/// A window in words.
pub(super) fn describe(window: &Window) -> String {
    let utc = |second: i64| {
        jiff::Timestamp::from_second(second).map_or_else(|_| second.to_string(), rfc3339)
    };
    let end = window.end.map_or("now".to_owned(), |end| format!("{} (exclusive)", utc(end)));
    let range = match window.start {
        None => {
            format!("of the 30 days before {end}, the API's default (--since all: the whole log)")
        }
        Some(BEGINNING) => format!("from the beginning to {end}"),
        Some(start) => format!("from {} to {end}", utc(start)),
    };
    match &window.processor {
        None => range,
        Some(name) => format!("of processor {name} {range}"),
    }
}
