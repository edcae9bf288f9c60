//! Groups in limited memory.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::Total;
use crate::event::Event;

/// A group by the bytes of its key.
type Map<T> = HashMap<Box<[u8]>, T, RandomState>;

/// As many groups as there is room for.
#[derive(Debug)]
pub(super) struct Groups {
    limit: usize,
    held: Held,
}

#[derive(Debug)]
enum Held {
    /// All of them.
    All(Map<Total>),
    /// Too many: those that may be large, by a number that is too small by no more than the share of one
    /// group in the limit (Misra and Gries' counters, which parts of a log can be joined from).
    Sketch(Map<u64>),
    /// Those that may be large, counted.
    Large(Map<Total>),
}

impl Groups {
    pub(super) fn new(limit: usize) -> Groups {
        Groups { limit, held: Held::All(Map::default()) }
    }

    /// Those of a reading before, to be counted.
    pub(super) fn of(large: &Large) -> Groups {
        let keys = large.keys.iter().cloned();
        let totals = keys.map(|key| (key, Total::default())).collect();
        Groups { limit: large.limit, held: Held::Large(totals) }
    }

    pub(super) fn take(&mut self, key: &[u8], event: &Event<'_>) {
        match &mut self.held {
            Held::All(totals) => match totals.get_mut(key) {
                Some(total) => return total.take(event),
                None => totals.entry(key.into()).or_default().take(event),
            },
            Held::Sketch(counts) => match counts.get_mut(key) {
                Some(count) => return *count += 1,
                None => *counts.entry(key.into()).or_default() += 1,
            },
            Held::Large(totals) => {
                return totals.get_mut(key).into_iter().for_each(|total| total.take(event));
            }
        }
        self.make_room();
    }

    pub(super) fn join(&mut self, other: Groups) {
        match (&mut self.held, other.held) {
            (Held::All(held) | Held::Large(held), Held::All(totals) | Held::Large(totals)) => {
                for (key, total) in totals {
                    held.entry(key).or_default().join(total);
                }
            }
            (held, other) => {
                let mut counts = std::mem::replace(held, Held::Sketch(Map::default())).counts();
                for (key, count) in other.counts() {
                    *counts.entry(key).or_default() += count;
                }
                *held = Held::Sketch(counts);
            }
        }
        self.make_room();
    }

    fn make_room(&mut self) {
        match &mut self.held {
            Held::All(totals) if totals.len() > self.limit => {
                let all = std::mem::replace(&mut self.held, Held::Sketch(Map::default()));
                self.held = Held::Sketch(shrunk(all.counts(), self.limit));
            }
            Held::Sketch(counts) if counts.len() > self.limit => {
                *counts = shrunk(std::mem::take(counts), self.limit);
            }
            _ => {}
        }
    }

    /// Those that may be large, if there were too many.
    pub(super) fn large(&self) -> Option<Large> {
        let Held::Sketch(counts) = &self.held else { return None };
        Some(Large { limit: self.limit, keys: counts.keys().cloned().collect() })
    }

    /// The groups of so many events, and the number up to which groups may be missing.
    pub(super) fn totals(self, events: u64) -> (impl Iterator<Item = (Box<[u8]>, Total)>, u64) {
        let missing = match &self.held {
            Held::All(_) => 0,
            Held::Sketch(_) | Held::Large(_) => events / share(self.limit),
        };
        let totals = match self.held {
            Held::All(totals) | Held::Large(totals) => totals,
            Held::Sketch(_) => Map::default(),
        };
        (totals.into_iter().filter(move |(_, total)| total.count > missing), missing)
    }
}

impl Held {
    fn counts(self) -> Map<u64> {
        match self {
            Held::All(totals) | Held::Large(totals) => {
                totals.into_iter().map(|(key, total)| (key, total.count)).collect()
            }
            Held::Sketch(counts) => counts,
        }
    }
}

/// The groups that may be large.
#[derive(Debug, Clone)]
pub(super) struct Large {
    limit: usize,
    keys: Arc<[Box<[u8]>]>,
}

/// One more than the number of groups that stay when room is made: half the limit. No count is ever too
/// small by more than this share of all events.
fn share(limit: usize) -> u64 {
    limit as u64 / 2 + 1
}

/// Takes as much from each count as leaves half of them: what is taken comes off at least so many groups
/// each time, which bounds it by their share of all events.
fn shrunk(counts: Map<u64>, limit: usize) -> Map<u64> {
    let mut sizes: Vec<u64> = counts.values().copied().collect();
    let kept = limit / 2;
    let (_, taken, _) = sizes.select_nth_unstable_by(kept, |one, other| other.cmp(one));
    let taken = *taken;
    let left = counts.into_iter().filter_map(|(key, count)| {
        let count = count.checked_sub(taken).filter(|count| *count > 0)?;
        Some((key, count))
    });
    left.collect()
}
