//! Moments as lines of a log spell them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// Microseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub i64);

/// A day in microseconds.
pub const DAY: i64 = 86_400_000_000;

impl Micros {
    /// A number of seconds, milliseconds, microseconds or nanoseconds since 1970, which its magnitude tells
    /// apart: seconds reach 10^11 in the year 5138, where milliseconds were in 1973.
    pub fn of_epoch(number: i64) -> Option<Micros> {
        const UNITS: [(u64, i64); 3] = [
            (100_000_000_000, 1_000_000),
            (100_000_000_000_000, 1_000),
            (100_000_000_000_000_000, 1),
        ];
        let size = number.unsigned_abs();
        match UNITS.iter().find(|(below, _)| size < *below) {
            Some((_, factor)) => Some(Micros(number * factor)),
            None => Some(Micros(number.div_euclid(1_000))),
        }
    }

    /// The same with a fraction: `1710715316.123`.
    pub(super) fn of_fraction(number: f64) -> Option<Micros> {
        let factor = match number.abs() {
            size if size < 1e11 => 1e6,
            size if size < 1e14 => 1e3,
            size if size < 1e17 => 1.0,
            size if size < 9e18 => 1e-3,
            _ => return None,
        };
        Some(Micros((number * factor).round() as i64))
    }

    /// RFC 3339 with any offset, a date and time without one (UTC), or a number.
    pub fn of_text(text: &str) -> Option<Micros> {
        let text = text.trim();
        if let Ok(number) = text.parse() {
            return Micros::of_epoch(number);
        }
        if let Ok(time) = text.parse::<Timestamp>() {
            return Some(time.into());
        }
        if let Ok(number) = text.parse::<f64>() {
            return Micros::of_fraction(number);
        }
        let time = text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok()?;
        Some(time.timestamp().into())
    }

    /// The moment, if it lies between the years -9999 and 9999.
    pub fn timestamp(self) -> Option<Timestamp> {
        Timestamp::from_microsecond(self.0).ok()
    }

    /// The number of its day since 1970.
    pub fn day(self) -> i64 {
        self.0.div_euclid(DAY)
    }
}

impl From<Timestamp> for Micros {
    fn from(time: Timestamp) -> Self {
        Micros(time.as_microsecond())
    }
}
