//! From when to when: `--since` and `--until`, in the same words wherever they are taken.

use jiff::Timestamp;

use crate::error::{Error, Result};
use crate::times::{self, rfc3339};

/// What `--since` says where it means everything there is.
pub const ALL: &str = "all";

/// Where a range begins, if it has a beginning: `all` has none.
///
/// # Errors
/// Usage: it is no moment.
pub fn since(text: &str, now: Timestamp) -> Result<Option<Timestamp>> {
    match text.trim() {
        ALL => Ok(None),
        text => moment("--since", text, now).map(Some).map_err(|error| match text {
            "" => error,
            _ => error.hint(format!("--since {ALL} is the whole log")),
        }),
    }
}

/// The moment that an option names; spans are reckoned back from now.
///
/// # Errors
/// Usage: it is no moment.
pub fn moment(option: &str, text: &str, now: Timestamp) -> Result<Timestamp> {
    let Ok(moment) = times::parse(text) else {
        return Err(
            Error::usage(format!("{option}: {text:?} is no time")).hint(meant(option, text))
        );
    };
    Ok(moment.ago(now))
}

/// Refuses a range that nothing can lie in.
///
/// # Errors
/// Usage: it does not end after it begins.
pub fn check(since: Option<Timestamp>, until: Option<Timestamp>) -> Result<()> {
    let (Some(since), Some(until)) = (since, until) else { return Ok(()) };
    if since < until {
        return Ok(());
    }
    let (since, until) = (rfc3339(since), rfc3339(until));
    let why = format!(
        "--since is {since} and --until {until}, which is no later: nothing lies between them"
    );
    Err(Error::usage(why).hint("spans count backwards from now: --since 7d --until 1d"))
}

/// Refuses a start in the future, where nothing can have happened yet.
///
/// # Errors
/// Usage: it is later than now.
pub fn has_begun(since: Option<Timestamp>, now: Timestamp) -> Result<()> {
    let Some(since) = since.filter(|since| *since > now) else { return Ok(()) };
    let why = format!("--since {} is in the future: it is {}", rfc3339(since), rfc3339(now));
    Err(Error::usage(why).hint("give a span such as 7d, or a date in the past"))
}

/// What to write instead of a text that is no moment.
fn meant(option: &str, text: &str) -> String {
    let text = text.trim();
    let number = text.parse::<u64>().ok().filter(|number| *number > 0);
    if let Some(span) = text.strip_prefix('-').filter(|text| times::parse(text).is_ok()) {
        return format!("spans count backwards from now as they are: {option} {span}");
    }
    match (text.len(), number) {
        (0, _) => "is a variable of the script not set?".to_owned(),
        _ if option == "--until" && ["now", ALL].contains(&text) => {
            "omit --until: without it the range ends now".to_owned()
        }
        (..9, Some(number)) => {
            format!("a span has a unit: {option} {number}d, {number}h or {number}m")
        }
        // Parts of a second since 1970.
        (13, Some(number)) => format!("whole seconds are understood: {option} {}", number / 1_000),
        (16, Some(number)) => {
            format!("whole seconds are understood: {option} {}", number / 1_000_000)
        }
        _ => format!(
            "say how long ago ({option} 90m, 8h, 7d or 2w), a date (2026-11-01), a date and time \
             (2026-11-01T08:00:00Z) or seconds since 1970 (1793520000)"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_time_is_told_what_one_is() {
        for (option, text, part) in [
            ("--since", "", "variable of the script"),
            ("--since", "0", "--since 90m, 8h"),
            ("--since", "30", "--since 30d"),
            ("--since", "-1d", "--since 1d"),
            ("--since", "--until", "a date (2026-11-01)"),
            ("--until", "now", "omit --until"),
            ("--until", "all", "omit --until"),
            ("--until", "1785542400000", "--until 1785542400"),
            ("--since", "1785542400000000", "--since 1785542400"),
            ("--since", "2026-11-31", "a date (2026-11-01)"),
            ("--since", "now", "a date (2026-11-01)"),
        ] {
            assert!(meant(option, text).contains(part), "{option} {text}: {}", meant(option, text));
            let error = moment(option, text, Timestamp::UNIX_EPOCH).unwrap_err().to_string();
            assert!(error.contains(option) && error.contains(&format!("{text:?}")), "{error}");
        }
    }

    #[test]
    fn every_example_is_understood() {
        for text in ["90m", "8h", "7d", "2w", "2026-11-01", "2026-11-01T08:00:00Z", "1793520000"] {
            assert!(
                since(text, Timestamp::UNIX_EPOCH).is_ok_and(|since| since.is_some()),
                "{text}"
            );
        }
        assert_eq!(since("all", Timestamp::UNIX_EPOCH).unwrap(), None);
    }
}
