//! Moments as people type them: `7d`, `2026-11-01`, RFC 3339, or seconds since 1970. UTC throughout.

use std::time::Duration;

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// What an expression of a moment means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// So long before or after now, as the option has it.
    Span(SignedDuration),
    /// A moment by itself.
    At(Timestamp),
}

impl Moment {
    /// The moment, spans reckoned back from now.
    pub fn ago(self, now: Timestamp) -> Timestamp {
        match self {
            Moment::Span(span) => now.checked_sub(span).unwrap_or(Timestamp::MIN),
            Moment::At(time) => time,
        }
    }

    /// The moment, spans reckoned onwards from now.
    pub fn from_now(self, now: Timestamp) -> Timestamp {
        match self {
            Moment::Span(span) => now.checked_add(span).unwrap_or(Timestamp::MAX),
            Moment::At(time) => time,
        }
    }
}

/// A moment as it is written: RFC 3339 in whole seconds, so that all have one width and sort as text.
pub fn rfc3339(moment: Timestamp) -> String {
    format!("{moment:.0}")
}

/// A moment of a document in the form of [`rfc3339`]; a text that is no moment as it is.
pub fn in_seconds(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), rfc3339)
}

/// Reads a moment: a span (`90s`, `15m`, `8h`, `7d`, `2w`), a date, a date and time (UTC unless it
/// names an offset), or seconds since 1970 (at least nine digits).
///
/// # Errors
/// A sentence that says what would have been understood.
pub fn parse(text: &str) -> Result<Moment, String> {
    let text = text.trim();
    span(text)
        .map(Moment::Span)
        .or_else(|| at(text).map(Moment::At))
        .ok_or_else(|| {
            format!("{text:?} is no time; say 8h, 7d, 2026-11-01, 2026-11-01T08:00:00Z or seconds since 1970")
        })
}

/// Reads the time between two looks of a command that goes on.
///
/// # Errors
/// A sentence that says what would have been understood.
pub fn interval(text: &str) -> Result<Duration, String> {
    match parse(text) {
        Ok(Moment::Span(span)) if span.as_secs() > 0 => {
            Duration::try_from(span).map_err(|error| error.to_string())
        }
        _ => Err("give a time of 1s or more, such as 15m or 1h".to_owned()),
    }
}

/// The shortest span, as people type it in one unit, that is no shorter than this one: `3h`.
pub fn span_of(duration: SignedDuration) -> String {
    let seconds = duration.as_secs().max(0).unsigned_abs() + u64::from(duration.subsec_nanos() > 0);
    let units = [('d', 86_400, 2 * 86_400), ('h', 3_600, 3_600), ('m', 60, 60)];
    let unit = units.into_iter().find(|(_, _, from)| seconds > *from);
    let (unit, size) = unit.map_or(('s', 1), |(unit, size, _)| (unit, size));
    format!("{}{unit}", seconds.div_ceil(size))
}

/// A span longer than this is a slip of the finger.
const CENTURY: i64 = 36_525 * 86_400;

fn span(text: &str) -> Option<SignedDuration> {
    let unit = text.chars().last()?;
    let amount: i64 = text.strip_suffix(unit)?.parse().ok().filter(|n| *n >= 0)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return None,
    };
    let seconds = amount.checked_mul(seconds).filter(|seconds| *seconds <= CENTURY)?;
    Some(SignedDuration::from_secs(seconds))
}

fn at(text: &str) -> Option<Timestamp> {
    if text.len() >= 9 && text.bytes().all(|b| b.is_ascii_digit()) {
        return Timestamp::from_second(text.parse().ok()?).ok();
    }
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(time);
    }
    let civil = match text.len() {
        10 => text.parse::<Date>().ok()?.to_datetime(jiff::civil::Time::midnight()),
        16.. => text.parse::<DateTime>().ok()?,
        _ => return None,
    };
    civil.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn second(text: &str) -> i64 {
        match parse(text) {
            Ok(Moment::At(time)) => time.as_second(),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn one_moment_can_be_said_in_several_ways() {
        for text in [
            "1793491200",
            "2026-11-01",
            "2026-11-01T00:00:00Z",
            "2026-11-01T01:00:00+01:00",
            "2026-11-01T00:00",
        ] {
            assert_eq!(second(text), 1_793_491_200, "{text}");
        }
        assert_eq!(parse("8h"), Ok(Moment::Span(SignedDuration::from_hours(8))));
        assert_eq!(parse("2w"), parse("14d"));
    }

    #[test]
    fn what_is_no_time_is_an_error() {
        for text in [
            "",
            "tomorrow",
            "8",
            "8x",
            "-3d",
            "2026-13-01",
            "2026-11-31",
            "12:00",
            "99999999999999999999",
            "9999999999999d",
            "1h30m",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_span_is_said_in_one_unit_that_is_long_enough() {
        let said = |seconds| span_of(SignedDuration::from_secs(seconds));
        let all = [0, 1, 60, 61, 3_600, 3_601, 7_300, 172_800, 172_801].map(said);
        assert_eq!(all, ["0s", "1s", "60s", "2m", "60m", "2h", "3h", "48h", "3d"]);
        assert_eq!(span_of(SignedDuration::from_millis(1)), "1s");
    }

    proptest! {
        #[test]
        fn a_span_that_is_said_is_no_shorter(seconds in 0_i64..CENTURY / 2) {
            let span = SignedDuration::from_secs(seconds);
            match parse(&span_of(span)) {
                Ok(Moment::Span(read)) => prop_assert!(read >= span, "{read:?}"),
                other => panic!("{other:?}"),
            }
        }

        #[test]
        fn nothing_panics(text in "\\PC*") {
            let _ = parse(&text).map(|m| (m.ago(Timestamp::UNIX_EPOCH), m.from_now(Timestamp::UNIX_EPOCH)));
        }

        #[test]
        fn a_printed_moment_is_read_back(second in 100_000_000_i64..9_999_999_999) {
            let time = Timestamp::from_second(second).unwrap();
            prop_assert_eq!(parse(&time.to_string()), Ok(Moment::At(time)));
            prop_assert_eq!(parse(&second.to_string()), Ok(Moment::At(time)));
        }
    }
}
