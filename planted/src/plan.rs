//! What a log shall be like.

use std::ops::Range;

use crate::event::What;

/// A millisecond count since 1970, UTC.
pub type Millis = i64;

/// The length of a day.
pub const DAY: Millis = 86_400_000;

/// About how long a line is, in bytes, on average.
pub const AVERAGE: u64 = 774;

/// The recipe of a log: the same plan gives the same bytes.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What chance starts from.
    pub seed: u64,
    /// How many events, before twins; damaged lines come on top.
    pub events: u64,
    /// When the log begins, a midnight.
    pub start: Millis,
    /// How many days it covers.
    pub days: u32,
    /// Days on which nothing was logged, counted from 0.
    pub gap: Range<u32>,
    /// How many users act.
    pub users: usize,
    /// How many processors there are names for.
    pub processors: usize,
    /// The instance that the log is of, in the truth only.
    pub instance: String,
    /// Which shapes the lines have; a session keeps its own.
    pub shapes: Vec<Shape>,
    /// Whether times, spaces and escapes are spelled in every way that was ever seen.
    pub spellings: bool,
    /// Whether schema-clean lines have an id of their own, so that no two are alike, and a log shrinks about
    /// as far as real ones do.
    pub event_ids: bool,
    /// Damaged lines per thousand events.
    pub damage: u32,
    /// Events per thousand that are there twice, byte for byte.
    pub twins: u32,
    /// Among how many lines the order is by chance; 0 or 1 keeps them in order of time.
    pub shuffle: usize,
    /// Every how many events a line is of one megabyte.
    pub huge_every: Option<u64>,
    /// From which event on lines have a field that none had before.
    pub late_field_from: Option<u64>,
    /// Whether an intruder guesses a password, and what follows from it.
    pub incident: bool,
    /// Whether the last line has no end.
    pub unended: bool,
    /// What is counted apart, as a search would find it.
    pub query: Query,
}

/// How a line is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// OCSF as the server writes it: states no outcome, and its entities name the operation.
    Server,
    /// OCSF by its schema.
    Schema,
    /// The audit format of before.
    Legacy,
}

impl Shape {
    /// All of them.
    pub const ALL: [Shape; 3] = [Shape::Server, Shape::Schema, Shape::Legacy];

    /// The key of its counts.
    pub fn name(self) -> &'static str {
        match self {
            Shape::Server => "server",
            Shape::Schema => "schema",
            Shape::Legacy => "legacy",
        }
    }
}

/// A search: one user, one event, a range of time whose end is not in it.
#[derive(Debug, Clone)]
pub struct Query {
    /// The number of the user; 0 is alice.
    pub user: usize,
    /// What was done.
    pub what: What,
    /// When.
    pub range: Range<Millis>,
}

impl Plan {
    /// Schema-clean lines in order, over thirty days.
    pub fn clean(events: u64) -> Self {
        // 2026-09-01, a Tuesday.
        let start = 1_788_220_800_000;
        let days = 30;
        Plan {
            seed: 1,
            events,
            start,
            days,
            gap: 0..0,
            users: 200,
            processors: 60,
            instance: "orders".to_owned(),
            shapes: vec![Shape::Schema],
            spellings: false,
            event_ids: true,
            damage: 0,
            twins: 0,
            shuffle: 0,
            huge_every: None,
            late_field_from: None,
            incident: false,
            unended: false,
            query: Query { user: 0, what: What::Start, range: start + 10 * DAY..start + 20 * DAY },
        }
    }

    /// Everything that can be in a log at once: all shapes and spellings, damage, twins, no order, huge
    /// lines, a late field, an incident.
    pub fn everything(events: u64) -> Self {
        Plan {
            shapes: Shape::ALL.to_vec(),
            spellings: true,
            event_ids: false,
            damage: 20,
            twins: 5,
            shuffle: 200,
            huge_every: Some((events / 3).max(1000)),
            late_field_from: Some((events / 2).min(1_000_000)),
            incident: true,
            unended: true,
            ..Plan::clean(events)
        }
    }

    /// Another range of days, and the search in the middle third of it.
    #[must_use]
    pub fn over(self, days: u32) -> Self {
        let third = i64::from(days) * DAY / 3;
        let range = self.start + third..self.start + 2 * third;
        Plan { days, query: Query { range, ..self.query }, ..self }
    }

    /// About so many bytes.
    #[must_use]
    pub fn sized(self, bytes: u64) -> Self {
        Plan { events: bytes / AVERAGE, ..self }
    }
}
