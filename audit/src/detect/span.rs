//! Spans of time as people type them: `90s`, `10m`, `24h`, `7d`.

/// A second, in the microseconds that times are counted in.
pub(super) const SECOND: i64 = 1_000_000;
/// A minute.
pub(super) const MINUTE: i64 = 60 * SECOND;
/// An hour.
pub(super) const HOUR: i64 = 60 * MINUTE;
/// A day.
pub(super) const DAY: i64 = 24 * HOUR;

const UNITS: [(char, i64); 5] =
    [('w', 7 * DAY), ('d', DAY), ('h', HOUR), ('m', MINUTE), ('s', SECOND)];

/// Reads a span, in microseconds; `None` where it is none, or no longer than nothing.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim();
    let unit = text.chars().last()?;
    let (_, size) = UNITS.iter().find(|(name, _)| *name == unit)?;
    let amount = text.strip_suffix(unit)?;
    let amount: i64 = amount.bytes().all(|b| b.is_ascii_digit()).then(|| amount.parse().ok())??;
    amount.checked_mul(*size).filter(|span| *span > 0)
}

/// A span in its two largest units, `3d 4h`; what is shorter than a second is `0s`.
pub fn show(micros: i64) -> String {
    let mut left = micros.max(0);
    let mut parts = Vec::new();
    for (unit, size) in UNITS.iter().skip(1) {
        let amount = left / size;
        left %= size;
        if amount > 0 {
            parts.push(format!("{amount}{unit}"));
        } else if !parts.is_empty() {
            break;
        }
        if parts.len() == 2 {
            break;
        }
    }
    if parts.is_empty() { "0s".to_owned() } else { parts.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_shown() {
        for text in ["90s", "10m", "24h", "7d", "2w"] {
            assert!(parse(text).is_some(), "{text}");
        }
        assert_eq!(parse(" 10m "), Some(10 * MINUTE));
        for text in ["", "m", "10", "0s", "-1m", "+1m", "1.5h", "99999999999999w", "10 m", "1y"] {
            assert_eq!(parse(text), None, "{text}");
        }
        for (text, shown) in [("90s", "1m 30s"), ("24h", "1d"), ("100h", "4d 4h"), ("3600s", "1h")]
        {
            assert_eq!(show(parse(text).unwrap()), shown);
        }
        assert_eq!(show(DAY + SECOND), "1d");
        assert_eq!(show(999), "0s");
    }
}
