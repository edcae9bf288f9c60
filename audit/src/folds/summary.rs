//! How often, from when to when, and how often in vain.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Fold;
use crate::event::{Event, Micros, Outcome};
use crate::source::Place;

/// What events are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Who acted.
    User,
    /// What was done.
    Event,
    /// From where.
    Ip,
}

/// How many events, from when to when.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// All of them.
    pub count: u64,
    /// Those that failed.
    pub failures: u64,
    /// The first moment.
    pub first: Option<Micros>,
    /// The last moment.
    pub last: Option<Micros>,
}

impl Total {
    fn take(&mut self, event: &Event<'_>) {
        self.count += 1;
        self.failures += u64::from(event.outcome == Some(Outcome::Failure));
        self.extend(event.time, event.time);
    }

    fn join(&mut self, other: Total) {
        self.count += other.count;
        self.failures += other.failures;
        self.extend(other.first, other.last);
    }

    fn extend(&mut self, first: Option<Micros>, last: Option<Micros>) {
        self.first = [self.first, first].into_iter().flatten().min();
        self.last = [self.last, last].into_iter().flatten().max();
    }
}

/// The totals by a key.
#[derive(Debug)]
pub struct Summary {
    by: By,
    totals: HashMap<String, Total>,
}

impl Summary {
    /// Nothing yet.
    pub fn new(by: By) -> Summary {
        Summary { by, totals: HashMap::new() }
    }

    /// The totals, the largest first.
    pub fn totals(self) -> Vec<(String, Total)> {
        let mut totals: Vec<_> = self.totals.into_iter().collect();
        totals.sort_by(|(a, one), (b, other)| other.count.cmp(&one.count).then(a.cmp(b)));
        totals
    }

    fn key<'e>(&self, event: &'e Event<'_>) -> Cow<'e, str> {
        match self.by {
            By::User => event.user.as_ref().map_or("", |user| &user.text).into(),
            By::Event => event.name().into(),
            By::Ip => event.ip.as_deref().unwrap_or("").into(),
        }
    }
}

impl Fold for Summary {
    fn take(&mut self, event: &Event<'_>, _: Place<'_>) {
        let key = self.key(event);
        match self.totals.get_mut(&*key) {
            Some(total) => total.take(event),
            None => self.totals.entry(key.into_owned()).or_default().take(event),
        }
    }

    fn join(&mut self, other: Self) {
        for (key, total) in other.totals {
            self.totals.entry(key).or_default().join(total);
        }
    }
}
