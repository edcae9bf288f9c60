//! How often, from when to when, and how often in vain.

mod groups;
mod key;

use super::Fold;
use crate::event::{Event, Micros, Outcome};
use crate::source::Place;
use groups::Groups;
use key::Key;

pub use key::{By, HOUR, Value};

/// How many groups are told apart exactly; of more only the largest are.
pub const LIMIT: usize = 100_000;

/// How many events, from when to when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// All of them.
    pub count: u64,
    /// Those that failed.
    pub failures: u64,
    /// Those of the failures that their lines do not state.
    pub inferred: u64,
    /// The first moment.
    pub first: Option<Micros>,
    /// The last moment.
    pub last: Option<Micros>,
}

impl Total {
    fn take(&mut self, event: &Event<'_>) {
        let failed = event.outcome == Some(Outcome::Failure);
        self.count += 1;
        self.failures += u64::from(failed);
        self.inferred += u64::from(failed && event.outcome_is_inferred);
        self.extend(event.time, event.time);
    }

    /// Adds another's events.
    pub fn join(&mut self, other: Total) {
        self.count += other.count;
        self.failures += other.failures;
        self.inferred += other.inferred;
        self.extend(other.first, other.last);
    }

    fn extend(&mut self, first: Option<Micros>, last: Option<Micros>) {
        self.first = match (self.first, first) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self.last = self.last.max(last);
    }
}

/// The events that are one in everything they are counted by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they are, in the order of what they are counted by.
    pub key: Vec<Value>,
    /// How many.
    pub total: Total,
}

/// Events, counted by what they are.
///
/// A log may hold any number of values, from an attacker's addresses for example, but memory is limited. With
/// more than [`LIMIT`] groups a first reading finds which may be large, and a second ([`Summary::again`])
/// counts those exactly. Only groups above a size are in the result; which size that is follows from the
/// number of events alone, so that the result is the same however the log was read.
#[derive(Debug)]
pub struct Summary {
    by: Vec<By>,
    groups: Groups,
    all: Total,
    /// What is written anew for each event.
    key: Key,
}

impl Summary {
    /// Nothing yet, to be counted by these; by nothing, all events are one group.
    pub fn new(by: impl Into<Vec<By>>) -> Summary {
        Summary::limited(by.into(), LIMIT)
    }

    fn limited(by: Vec<By>, limit: usize) -> Summary {
        let groups = Groups::new(limit);
        Summary { by, groups, all: Total::default(), key: Key::default() }
    }

    /// If there were too many groups for one reading: what makes the folds of a second, in which everything is
    /// read again.
    pub fn again(&self) -> Option<impl Fn() -> Summary + Sync + use<>> {
        let large = self.groups.large()?;
        let by = self.by.clone();
        Some(move || Summary {
            by: by.clone(),
            groups: Groups::of(&large),
            all: Total::default(),
            key: Key::default(),
        })
    }

    /// All events.
    pub fn all(&self) -> Total {
        self.all
    }

    /// The groups in no order, and the number of events up to which a group may be missing: 0 if none is.
    pub fn groups(self) -> (Vec<Group>, u64) {
        let (totals, missing) = self.groups.totals(self.all.count);
        let group = |(key, total): (Box<[u8]>, Total)| Group { key: key::read(&key), total };
        (totals.map(group).collect(), missing)
    }
}

impl Fold for Summary {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        self.all.take(event);
        self.key.write(&self.by, event, place.source);
        self.groups.take(self.key.bytes(), event);
    }

    fn join(&mut self, other: Self) {
        self.all.join(other.all);
        self.groups.join(other.groups);
    }
}

#[cfg(test)]
mod tests;
