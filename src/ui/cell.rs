//! One value of a row, written as the format wants it.

use jiff::{SignedDuration, Timestamp};

use super::chart;
use super::text::{self, relative};
use crate::times::rfc3339;

/// One value of a row. People read it with units; programs get the plain value, which is what csv and
/// tsv hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text as it came.
    Text(String),
    /// Several values: `a, b` for people, `a,b` for programs.
    List(Vec<String>),
    /// How many: `12,345` for people, `12345` for programs.
    Count(u64),
    /// How many bytes: `1.5 MiB` for people, the number of bytes for programs.
    Bytes(u64),
    /// How long: `2h 5min` for people, seconds for programs.
    Duration(SignedDuration),
    /// A part of a whole: `12.5%` for people, a number from 0 to 1 for programs; nothing where the
    /// whole is 0.
    Share {
        /// The part.
        part: u64,
        /// The whole.
        whole: u64,
    },
    /// A part of the largest, drawn with block characters for people; nothing for programs, which have the
    /// number.
    Bar {
        /// The part.
        part: u64,
        /// The largest.
        whole: u64,
    },
    /// A moment: relative for people, RFC 3339 in whole seconds for programs.
    Moment(Timestamp),
    /// No value among others: `(none)` for people, nothing for programs.
    Unsaid,
    /// A moment that is evidence: `2026-11-01 08:00:00` for people, UTC too; for programs in RFC 3339
    /// with milliseconds, or microseconds where it has them.
    Instant(Timestamp),
    /// No value.
    Empty,
}

impl Cell {
    /// Text, or nothing where there is none.
    pub fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Cell::Empty, |text| Cell::Text(text.into()))
    }

    /// A moment in RFC 3339, or the text as it came where it is none.
    pub fn moment(text: Option<&str>) -> Self {
        match text {
            None => Cell::Empty,
            Some(text) => match text.parse() {
                Ok(time) => Cell::Moment(time),
                Err(_) => Cell::Text(text.to_owned()),
            },
        }
    }

    /// How many, or nothing where nobody says.
    pub fn count(count: Option<u64>) -> Self {
        count.map_or(Cell::Empty, Cell::Count)
    }

    /// Whether it is a quantity, whose digits stand below each other: to the right.
    pub fn is_number(&self) -> bool {
        match self {
            Cell::Count(_) | Cell::Bytes(_) | Cell::Duration(_) | Cell::Share { .. } => true,
            Cell::Text(_) | Cell::List(_) | Cell::Moment(_) | Cell::Instant(_) | Cell::Empty => {
                false
            }
            Cell::Bar { .. } | Cell::Unsaid => false,
        }
    }

    /// For people.
    pub fn human(&self, now: Timestamp) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::List(items) => items.join(", "),
            Cell::Count(count) => text::grouped(*count),
            Cell::Bytes(bytes) => text::bytes(*bytes),
            Cell::Duration(duration) => text::duration(*duration),
            Cell::Share { whole: 0, .. } | Cell::Empty => String::new(),
            Cell::Share { part, whole } => format!("{:.1}%", ratio(*part, *whole) * 100.0),
            Cell::Bar { part, whole } => chart::bar(*part, *whole),
            Cell::Unsaid => "(none)".to_owned(),
            Cell::Moment(time) => relative(*time, now),
            Cell::Instant(time) => time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        }
    }

    /// For programs.
    pub fn machine(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::List(items) => items.join(","),
            Cell::Count(number) | Cell::Bytes(number) => number.to_string(),
            Cell::Duration(duration) => seconds(*duration),
            Cell::Share { whole: 0, .. } | Cell::Empty | Cell::Unsaid | Cell::Bar { .. } => {
                String::new()
            }
            Cell::Share { part, whole } => ratio(*part, *whole).to_string(),
            Cell::Moment(time) => rfc3339(*time),
            Cell::Instant(time) if time.subsec_nanosecond() % 1_000_000 == 0 => {
                format!("{time:.3}")
            }
            Cell::Instant(time) => format!("{time:.6}"),
        }
    }

    /// For programs that split at tabs and newlines: control characters and the backslash are
    /// escaped.
    pub fn tab_safe(&self) -> String {
        let text = self.machine();
        if !text.contains(|c: char| c == '\\' || c.is_control()) {
            return text;
        }
        let escaped = |c: char| match c {
            '\\' | '\t' | '\n' | '\r' => c.escape_default().to_string(),
            c if c.is_control() => format!("\\u{:04x}", u32::from(c)),
            c => c.to_string(),
        };
        text.chars().map(escaped).collect()
    }
}

/// Exact enough for a share: counts beyond 2^53 lose their last digits.
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole as f64
}

/// Seconds, with as many decimals as there are: `90`, `-1.5`.
fn seconds(duration: SignedDuration) -> String {
    let sign = if duration.is_negative() { "-" } else { "" };
    let whole = duration.as_secs().unsigned_abs();
    match duration.subsec_nanos().unsigned_abs() {
        0 => format!("{sign}{whole}"),
        nanos => format!("{sign}{whole}.{}", format!("{nanos:09}").trim_end_matches('0')),
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Cell::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Cell::Text(text)
    }
}

#[cfg(test)]
#[path = "tests/cell.rs"]
mod tests;
