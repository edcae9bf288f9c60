//! What is true of a log, counted while it was made and not by reading it.

use std::collections::{BTreeMap, VecDeque};

use serde::Serialize;

use crate::damage::Damage;
use crate::plan::Millis;

/// At most so many of each list are kept, the last ones.
pub const KEPT: usize = 1000;

/// The answers. Times are milliseconds since 1970.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Truth {
    /// All lines, damaged ones too.
    pub lines: u64,
    /// All bytes, before they are packed.
    pub bytes: u64,
    /// Lines that are events, twins too.
    pub events: u64,
    /// Lines that are none, by what is wrong with them.
    pub malformed: BTreeMap<Damage, u64>,
    /// The longest line in bytes, without its end.
    pub longest: u64,
    /// Events that stand there a second time.
    pub twins: u64,
    /// Events whose line tells no time.
    pub untimed: u64,
    /// Events whose outcome readers have to infer.
    pub inferred: u64,
    /// Events that failed.
    pub failures: u64,
    /// By kind of event, as the product's page names it.
    pub by_event: BTreeMap<String, Counts>,
    /// By user, as `admin.alice`.
    pub by_user: BTreeMap<String, Counts>,
    /// By address.
    pub by_ip: BTreeMap<String, Counts>,
    /// By processor, of the events whose line names one.
    pub by_processor: BTreeMap<String, Counts>,
    /// By day in UTC, `2026-09-01`.
    pub by_day: BTreeMap<String, Counts>,
    /// By hour in UTC, `2026-09-01T13`.
    pub by_hour: BTreeMap<String, Counts>,
    /// By weekday and hour in UTC, `Monday 13`.
    pub by_weekday_hour: BTreeMap<String, Counts>,
    /// `success` and `failure`.
    pub by_outcome: BTreeMap<String, Counts>,
    /// By instance.
    pub by_instance: BTreeMap<String, Counts>,
    /// By the shape of the line.
    pub by_shape: BTreeMap<String, Counts>,
    /// What the plan's search finds.
    pub query: Found,
    /// The lives of connections.
    pub sessions: Sessions,
    /// Who dropped what, the last ones in the order of their lines.
    pub drops: VecDeque<Act>,
    /// Who downloaded the log, the last ones in the order of their lines.
    pub log_accesses: VecDeque<Act>,
    /// Which lines have the late field, if any has.
    pub late_field: Option<LateField>,
    /// The incident, if there is one.
    pub incident: Option<Incident>,
}

/// How many events, and when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All of them.
    pub count: u64,
    /// Those that failed.
    pub failures: u64,
    /// Those of the failures that readers have to infer.
    pub inferred: u64,
    /// The earliest moment that a line tells.
    pub first: Option<Millis>,
    /// The latest.
    pub last: Option<Millis>,
}

/// What a search finds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Found {
    /// The user, `admin.alice`.
    pub user: String,
    /// The event's name.
    pub event: String,
    /// From when on.
    pub since: Millis,
    /// Until when, which is not in it.
    pub until: Millis,
    /// What matches.
    pub counts: Counts,
    /// How long the matching lines are together, with their ends.
    pub bytes: u64,
    /// The CRC-32 of the matching lines with their ends, in their order.
    pub crc32: u32,
}

/// The lives of connections.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Sessions {
    /// Logons that succeeded, twins apart.
    pub begun: u64,
    /// Those of them that a logoff ended.
    pub ended: u64,
    /// Logons that were refused, each in a session of its own.
    pub refused: u64,
    /// Log downloads that no logon belongs to: they come through another interface.
    pub without_logon: u64,
    /// Sessions that began, by user.
    pub by_user: BTreeMap<String, u64>,
    /// Those in which the user who is searched for did anything but fail to log on: the last ones, in the
    /// order of their first lines.
    pub of_user: VecDeque<Session>,
}

/// One connection's life.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Session {
    /// Its id: a UUID as text.
    pub id: String,
    /// Where it came from.
    pub ip: String,
    /// When it began, if a line tells.
    pub logon: Option<Millis>,
    /// When it ended, if a line tells.
    pub logoff: Option<Millis>,
    /// What was done in it, between logon and logoff.
    pub acts: u64,
}

/// Something that somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Act {
    /// When, if the line tells.
    pub time: Option<Millis>,
    /// Who.
    pub user: String,
    /// From where.
    pub ip: String,
    /// On what, if the line tells.
    pub processor: Option<String>,
    /// Whether it failed.
    pub failed: bool,
}

/// A field that no line had before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LateField {
    /// Its key.
    pub name: String,
    /// How many lines have it.
    pub lines: u64,
    /// The number of the first of them, from 1, in the whole log.
    pub first_line: u64,
}

/// Guessed passwords and what followed, all from one address.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Incident {
    /// The address.
    pub ip: String,
    /// Whose password was guessed.
    pub user: String,
    /// Logons that were refused.
    pub refused: u64,
    /// Processors that were dropped.
    pub dropped: u64,
    /// Drops that were denied before.
    pub denied: u64,
    /// Log downloads.
    pub log_accesses: u64,
    /// When, and how many events in all.
    pub counts: Counts,
    /// The numbers of the first and the last line of it, from 1, in the whole log.
    pub lines: (u64, u64),
}

impl Counts {
    pub(crate) fn add(&mut self, time: Option<Millis>, failed: bool, inferred: bool) {
        let inferred = u64::from(failed && inferred);
        self.join(Counts { count: 1, failures: failed.into(), inferred, first: time, last: time });
    }

    pub(crate) fn join(&mut self, other: Counts) {
        self.count += other.count;
        self.failures += other.failures;
        self.inferred += other.inferred;
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
    }
}

/// Appends, and lets go of what is too old.
pub(crate) fn keep<T>(list: &mut VecDeque<T>, item: T) {
    list.push_back(item);
    if list.len() > KEPT {
        list.pop_front();
    }
}

impl Truth {
    /// All lines that are no event.
    pub fn malformed(&self) -> u64 {
        self.malformed.values().sum()
    }

    /// What is true of both logs together, where that is a sum: the lists are those of both, and of the
    /// late field and the incident what either has.
    #[must_use]
    pub fn join(mut self, other: Truth) -> Truth {
        self.lines += other.lines;
        self.bytes += other.bytes;
        self.events += other.events;
        self.longest = self.longest.max(other.longest);
        self.twins += other.twins;
        self.untimed += other.untimed;
        self.inferred += other.inferred;
        self.failures += other.failures;
        other
            .malformed
            .into_iter()
            .for_each(|(kind, n)| *self.malformed.entry(kind).or_default() += n);
        for (mine, theirs) in [
            (&mut self.by_event, other.by_event),
            (&mut self.by_user, other.by_user),
            (&mut self.by_ip, other.by_ip),
            (&mut self.by_processor, other.by_processor),
            (&mut self.by_day, other.by_day),
            (&mut self.by_hour, other.by_hour),
            (&mut self.by_weekday_hour, other.by_weekday_hour),
            (&mut self.by_outcome, other.by_outcome),
            (&mut self.by_instance, other.by_instance),
            (&mut self.by_shape, other.by_shape),
        ] {
            theirs.into_iter().for_each(|(key, counts)| mine.entry(key).or_default().join(counts));
        }
        self.query.counts.join(other.query.counts);
        self.query.bytes += other.query.bytes;
        // The order of lines is now the caller's.
        self.query.crc32 = 0;
        self.sessions.join(other.sessions);
        self.drops.extend(other.drops);
        self.log_accesses.extend(other.log_accesses);
        self.late_field = self.late_field.or(other.late_field);
        self.incident = self.incident.or(other.incident);
        self
    }
}

impl Sessions {
    fn join(&mut self, other: Sessions) {
        self.begun += other.begun;
        self.ended += other.ended;
        self.refused += other.refused;
        self.without_logon += other.without_logon;
        other.by_user.into_iter().for_each(|(user, n)| *self.by_user.entry(user).or_default() += n);
        self.of_user.extend(other.of_user);
    }
}
