//! What events are counted by, and the bytes that a group is found by.

use std::net::IpAddr;

use crate::event::{Event, Micros};
use crate::source::Source;

/// An hour in microseconds.
pub const HOUR: i64 = 3_600_000_000;

/// What events are counted by. Times are UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Who acted.
    User,
    /// What was done.
    Event,
    /// From where.
    Ip,
    /// On which instance, as far as its source tells.
    Instance,
    /// To which processor.
    Processor,
    /// On which day.
    Day,
    /// In which hour of which day.
    Hour,
    /// In which hour of the week.
    WeekdayHour,
    /// How it ended.
    Outcome,
}

impl By {
    /// Whether its values follow each other in time.
    pub fn is_time(self) -> bool {
        matches!(self, By::Day | By::Hour | By::WeekdayHour)
    }
}

/// What the events of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// The day, or the hour, that begins then.
    From(Micros),
    /// The hour of the week, from 0 on Monday to 167.
    HourOfWeek(u8),
    /// A name or an address.
    Text(String),
    /// An instance, and its project where the source tells that.
    Instance {
        /// The project.
        project: Option<String>,
        /// The instance.
        name: String,
    },
    /// Their lines do not say.
    None,
}

const TEXT: u8 = 1;
const FROM: u8 = 2;
const HOUR_OF_WEEK: u8 = 3;
const INSTANCE: u8 = 4;
const NONE: u8 = 0;

/// The bytes of a key, each part of which begins with what it is.
#[derive(Debug, Default)]
pub(super) struct Key(Vec<u8>);

impl Key {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// What an event is counted under.
    pub(super) fn write(&mut self, by: &[By], event: &Event<'_>, source: &Source) {
        self.0.clear();
        for by in by {
            match by {
                By::User => self.text(event.user.as_ref().map(|user| &*user.text)),
                By::Event => self.text(Some(event.name())),
                By::Ip => self.ip(event.ip.as_deref()),
                By::Processor => self.text(event.processor()),
                By::Outcome => self.text(event.outcome.map(|outcome| outcome.name())),
                By::Instance => self.instance(source),
                By::Day => self.from(event.time, crate::event::DAY),
                By::Hour => self.from(event.time, HOUR),
                By::WeekdayHour => self.hour_of_week(event.time),
            }
        }
    }

    fn none(&mut self) {
        self.0.push(NONE);
    }

    fn text(&mut self, text: Option<&str>) {
        match text {
            Some(text) => {
                self.0.push(TEXT);
                self.sized(text);
            }
            None => self.none(),
        }
    }

    fn sized(&mut self, text: &str) {
        self.0.extend_from_slice(&(text.len() as u64).to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    /// One address has many spellings, if it is of version 6.
    fn ip(&mut self, text: Option<&str>) {
        let address = text.filter(|text| text.contains(':')).and_then(|text| text.parse().ok());
        match address {
            Some(address) => self.text(Some(&IpAddr::to_canonical(&address).to_string())),
            None => self.text(text),
        }
    }

    fn instance(&mut self, source: &Source) {
        let Some(name) = &source.instance else { return self.none() };
        self.0.push(INSTANCE);
        self.text(source.project.as_deref());
        self.sized(name);
    }

    fn from(&mut self, time: Option<Micros>, unit: i64) {
        let Some(Micros(time)) = time else { return self.none() };
        self.0.push(FROM);
        let begin = time.div_euclid(unit).saturating_mul(unit);
        self.0.extend_from_slice(&begin.to_le_bytes());
    }

    fn hour_of_week(&mut self, time: Option<Micros>) {
        let Some(Micros(time)) = time else { return self.none() };
        // 1970 began on a Thursday.
        let hour = (time.div_euclid(HOUR) + 3 * 24).rem_euclid(7 * 24);
        self.0.extend([HOUR_OF_WEEK, u8::try_from(hour).unwrap_or_default()]);
    }
}

/// What a key's bytes mean.
pub(super) fn read(mut bytes: &[u8]) -> Vec<Value> {
    let mut values = Vec::new();
    while let Some((part, rest)) = bytes.split_first() {
        bytes = rest;
        values.push(value(*part, &mut bytes));
    }
    values
}

fn value(part: u8, bytes: &mut &[u8]) -> Value {
    match part {
        TEXT => Value::Text(sized(bytes)),
        FROM => Value::From(Micros(i64::from_le_bytes(array(bytes)))),
        HOUR_OF_WEEK => Value::HourOfWeek(u8::from_le_bytes(array(bytes))),
        INSTANCE => {
            let [part] = array(bytes);
            let project = (part == TEXT).then(|| sized(bytes));
            Value::Instance { project, name: sized(bytes) }
        }
        _ => Value::None,
    }
}

fn sized(bytes: &mut &[u8]) -> String {
    let length = usize::try_from(u64::from_le_bytes(array(bytes))).unwrap_or_default();
    let (text, rest) = bytes.split_at(length.min(bytes.len()));
    *bytes = rest;
    String::from_utf8_lossy(text).into_owned()
}

fn array<const N: usize>(bytes: &mut &[u8]) -> [u8; N] {
    let (array, rest) = bytes.split_first_chunk().unwrap_or((&[0; N], &[]));
    *bytes = rest;
    *array
}
