//! The ways in which one thing is written.

use std::io::Write;

use crate::plan::Millis;
use crate::random::Random;

/// How a line spells what can be spelled in several ways.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Spelling {
    pub time: Time,
    /// Spaces between tokens.
    pub spaced: bool,
    /// Letters as `\u0061`.
    pub escaped: bool,
    /// The line ends in CR and LF.
    pub carriage_return: bool,
    /// An id of the event's own.
    pub event_id: bool,
}

/// How a moment is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Time {
    #[default]
    Millis,
    Seconds,
    Micros,
    Nanos,
    Text,
    NumberLong,
    Date,
    Rfc3339,
    Missing,
}

impl Spelling {
    /// The usual one most of the time.
    pub(crate) fn any(random: &mut Random) -> Self {
        use Time::{Date, Micros, Millis, Missing, Nanos, NumberLong, Rfc3339, Seconds, Text};
        let times = [Millis, Seconds, Micros, Nanos, Text, NumberLong, Date, Rfc3339];
        let time = match random.below(100) {
            0..20 => *random.pick(&times),
            20 => Missing,
            _ => Millis,
        };
        Spelling {
            time,
            spaced: random.per_mille(30),
            escaped: random.per_mille(30),
            carriage_return: random.per_mille(10),
            event_id: false,
        }
    }

    /// What of a moment the line still tells.
    pub(crate) fn told(self, time: Millis) -> Option<Millis> {
        match self.time {
            Time::Missing => None,
            Time::Seconds => Some(time - time.rem_euclid(1000)),
            _ => Some(time),
        }
    }
}

/// A moment as RFC 3339 has it, with milliseconds.
pub(crate) fn rfc3339(time: Millis) -> String {
    let time = jiff::Timestamp::from_millisecond(time).expect("a moment that a calendar has");
    format!("{time:.3}")
}

/// A string of JSON; `escaped` spells its ASCII letters by their numbers, and its slashes escaped.
pub(super) fn string(out: &mut Vec<u8>, text: &str, escaped: bool) {
    if !escaped {
        return serde_json::to_writer(out, text).expect("a vector takes everything");
    }
    out.push(b'"');
    for letter in text.chars() {
        match letter {
            'a'..='m' => write!(out, "\\u{:04x}", letter as u32),
            '"' | '\\' | '/' => write!(out, "\\{letter}"),
            _ => write!(out, "{letter}"),
        }
        .expect("a vector takes everything");
    }
    out.push(b'"');
}

/// The same JSON with a space after each colon and comma outside strings.
pub(super) fn spaced(json: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(json.len() * 5 / 4);
    let (mut inside, mut escape) = (false, false);
    for &byte in json {
        out.push(byte);
        match byte {
            _ if escape => escape = false,
            b'\\' if inside => escape = true,
            b'"' => inside = !inside,
            b':' | b',' if !inside => out.push(b' '),
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_escapes_change_nothing() {
        let text = "admin.o\"neil\\sons, a: b/c\u{eb}";
        let (mut plain, mut escaped) = (Vec::new(), Vec::new());
        string(&mut plain, text, false);
        string(&mut escaped, text, true);
        assert_ne!(plain, escaped);
        let json = [b"{\"a\":[".as_slice(), &escaped, b",1]}"].concat();
        let value: serde_json::Value = serde_json::from_slice(&spaced(&json)).unwrap();
        assert_eq!(value, serde_json::json!({"a": [text, 1]}));
    }
}
