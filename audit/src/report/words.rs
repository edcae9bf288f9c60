//! Numbers, moments and spans as people read them. Moments are in microseconds since 1970, in UTC.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

pub(super) const SECOND: i64 = 1_000_000;
pub(super) const HOUR: i64 = 3_600 * SECOND;
pub(super) const DAY: i64 = 24 * HOUR;

/// `12,345`
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 event`, `12,345 events`
pub(super) fn counted(count: u64, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => {
            format!("{} {stem}ies", grouped(count))
        }
        _ if noun.ends_with("ss") => format!("{} {noun}es", grouped(count)),
        _ => format!("{} {noun}s", grouped(count)),
    }
}

/// A share in per cent; what is there is never "0%", and what lacks something never "100%".
pub(super) fn share(part: u64, whole: u64) -> String {
    let percent = part as f64 * 100.0 / whole.max(1) as f64;
    match percent {
        _ if part == 0 => "0%".to_owned(),
        _ if part >= whole => "100%".to_owned(),
        _ if percent < 0.1 => "<0.1%".to_owned(),
        _ if percent > 99.9 => ">99.9%".to_owned(),
        _ if !(10.0..99.5).contains(&percent) => format!("{percent:.1}%"),
        _ => format!("{percent:.0}%"),
    }
}

/// The calendar's date and time; None beyond its years.
pub(super) fn civil(moment: i64) -> Option<Zoned> {
    Some(Timestamp::from_microsecond(moment).ok()?.to_zoned(TimeZone::UTC))
}

/// The day on which a moment is.
pub(super) fn day(moment: i64) -> Option<Date> {
    civil(moment).map(|moment| moment.date())
}

/// `2026-11-28 09:05:07`
pub(super) fn moment(moment: i64) -> String {
    written(moment, "%Y-%m-%d %H:%M:%S")
}

/// `2026-11-28`
pub(super) fn date(moment: i64) -> String {
    written(moment, "%Y-%m-%d")
}

/// `2026-11-28T09:05:07Z`
pub(super) fn rfc3339(moment: i64) -> String {
    written(moment, "%Y-%m-%dT%H:%M:%SZ")
}

/// In a form of strftime's.
pub(super) fn written(moment: i64, form: &str) -> String {
    civil(moment).map_or_else(
        || format!("{moment} µs after 1970"),
        |moment| moment.strftime(form).to_string(),
    )
}

/// How long something took, in its two largest units: `2 h 5 min`. In microseconds.
pub(super) fn span(span: i64) -> String {
    const UNITS: [(i64, &str); 4] = [(DAY, "d"), (HOUR, "h"), (60 * SECOND, "min"), (SECOND, "s")];
    if span < SECOND {
        return format!("{} ms", span.max(0) / 1000);
    }
    let mut rest = span;
    let mut parts = UNITS.into_iter().skip_while(|(unit, _)| span < *unit).map(|(unit, name)| {
        let count = rest / unit;
        rest %= unit;
        (count, name)
    });
    let said = |(count, name)| format!("{} {name}", grouped(u64::try_from(count).unwrap_or(0)));
    let first = parts.next().map(said).unwrap_or_default();
    match parts.next() {
        Some(second) if second.0 > 0 => format!("{first} {}", said(second)),
        _ => first,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!(counted(1, "address"), "1 address");
        assert_eq!(counted(2000, "address"), "2,000 addresses");
        assert_eq!(counted(2, "day"), "2 days");
        assert_eq!(counted(0, "entry"), "0 entries");
        let shares =
            [(0, 9), (1, 100_000), (1, 30), (1, 2), (997, 1000), (99_999, 100_000), (9, 9)];
        let shares = shares.map(|(part, whole)| share(part, whole));
        assert_eq!(shares, ["0%", "<0.1%", "3.3%", "50%", "99.7%", ">99.9%", "100%"]);
    }

    #[test]
    fn spans_have_two_units() {
        let spans = [0, 1_500, SECOND, 61 * SECOND, 3_600 * SECOND, 90_000 * SECOND, i64::MAX];
        let said = spans.map(span);
        assert_eq!(said[..6], ["0 ms", "1 ms", "1 s", "1 min 1 s", "1 h", "1 d 1 h"]);
        assert!(said[6].starts_with("106,751,991 d"), "{}", said[6]);
    }

    #[test]
    fn moments_beyond_the_calendar_are_written_all_the_same() {
        assert_eq!(moment(0), "1970-01-01 00:00:00");
        assert_eq!(moment(i64::MAX), "9223372036854775807 µs after 1970");
    }
}
