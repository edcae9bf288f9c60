//! Which sources are of one log and overlap: a line that is in two of them happened once.
//!
//! A line can be genuinely twice in a log, so that two equal lines are no proof. Two sources are copies where
//! a good part of what lies in the time that they share is in both; that is told from a sample of the events,
//! in limited memory. Of copies, a line counts as often as it is in the one that has it most often.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Fold;
use super::part::{Bounded, Key, Part};
use crate::event::{Event, Micros};
use crate::overlap::LineHash;
use crate::source::{Place, Source};

/// How many events the sample has.
const SAMPLE: usize = 20_000;
/// One in so many of the events of the shorter one has to be in the other.
const SHARE: u64 = 10;
/// How many lines are held to be counted once; of more, copies count again.
const LINES: usize = 4_000_000;

/// Sources in groups within which an equal line is a twin: the files of an instance's archive are one, and
/// any other source is by itself.
#[derive(Debug)]
pub struct Groups {
    numbers: HashMap<Arc<str>, usize>,
    groups: Vec<Group>,
}

#[derive(Debug)]
struct Group {
    name: String,
    project: Option<Arc<str>>,
    instance: Option<Arc<str>>,
}

impl Group {
    /// Whether another can be of the same log.
    fn may_be(&self, other: &Group) -> bool {
        let fits = |one: &Option<Arc<str>>, other: &Option<Arc<str>>| {
            one.is_none() || other.is_none() || one == other
        };
        fits(&self.project, &other.project) && fits(&self.instance, &other.instance)
    }
}

impl Groups {
    /// The groups of sources, if any two of them can be of the same log.
    pub fn of(sources: &[Source]) -> Option<Arc<Groups>> {
        let mut all = Groups { numbers: HashMap::new(), groups: Vec::new() };
        let mut named: HashMap<&str, usize> = HashMap::new();
        for source in sources {
            let name = group(&source.label);
            let number = *named.entry(name).or_insert(all.groups.len());
            if number == all.groups.len() {
                let (project, instance) = (source.project.clone(), source.instance.clone());
                all.groups.push(Group { name: name.to_owned(), project, instance });
            }
            all.numbers.insert(Arc::clone(&source.label), number);
        }
        let groups = &all.groups;
        let is_of_any =
            (1..groups.len()).any(|at| groups[..at].iter().any(|one| one.may_be(&groups[at])));
        is_of_any.then(|| Arc::new(all))
    }

    /// The group of a source, by number.
    pub fn number(&self, label: &str) -> usize {
        self.numbers.get(label).copied().unwrap_or(0)
    }
}

/// The archive of an instance that a file is in, or the file itself.
fn group(label: &str) -> &str {
    let mut end = 0;
    for part in label.split_inclusive('/') {
        end += part.len();
        if part.starts_with("instance=") && part.ends_with('/') {
            return &label[..end - 1];
        }
    }
    label
}

/// An event of the sample.
#[derive(Debug)]
struct Sighting {
    time: i64,
    /// In which groups, in order.
    groups: Vec<usize>,
}

impl Sighting {
    fn add(&mut self, group: usize) {
        if let Err(at) = self.groups.binary_search(&group) {
            self.groups.insert(at, group);
        }
    }
}

/// Looks for sources that overlap.
#[derive(Debug)]
pub struct Copies {
    groups: Arc<Groups>,
    ranges: Vec<Option<(i64, i64)>>,
    sample: Bounded<Sighting>,
    /// The source of the event before, and its group.
    now: Option<(Arc<str>, usize)>,
}

impl Copies {
    /// Nothing yet.
    pub fn new(groups: Arc<Groups>) -> Self {
        let ranges = vec![None; groups.groups.len()];
        Copies { groups, ranges, sample: Bounded::new(Part::ALL, SAMPLE), now: None }
    }

    /// How lines are counted once, if there are copies.
    pub fn finish(self) -> Option<Once> {
        let mut common: BTreeMap<(usize, usize), u64> = BTreeMap::new();
        let mut times = vec![Vec::new(); self.ranges.len()];
        for Sighting { time, groups } in self.sample.into_values() {
            for (at, group) in groups.iter().enumerate() {
                times[*group].push(time);
                for other in &groups[..at] {
                    *common.entry((*other, *group)).or_default() += 1;
                }
            }
        }
        times.iter_mut().for_each(|times| times.sort_unstable());
        let groups = &self.groups.groups;
        let mut once = Once::default();
        for ((one, other), common) in common {
            let (Some(a), Some(b)) = (self.ranges[one], self.ranges[other]) else { continue };
            let (begin, end) = (a.0.max(b.0), a.1.min(b.1));
            let within = |of: usize| {
                let times: &Vec<i64> = &times[of];
                let from = times.partition_point(|time| *time < begin);
                (times.partition_point(|time| *time <= end) - from) as u64
            };
            let fewer = within(one).min(within(other));
            if common * SHARE >= fewer && groups[one].may_be(&groups[other]) {
                once.unite(one, other, (begin, end));
                once.names.push((groups[one].name.clone(), groups[other].name.clone()));
            }
        }
        (!once.names.is_empty()).then_some(once)
    }
}

impl Fold for Copies {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        let Some(Micros(time)) = event.time else { return };
        let label = &place.source.label;
        let group = match &self.now {
            Some((now, group)) if Arc::ptr_eq(now, label) => *group,
            _ => {
                let group = self.groups.number(label);
                self.now = Some((Arc::clone(label), group));
                group
            }
        };
        let range = self.ranges[group].get_or_insert((time, time));
        *range = (range.0.min(time), range.1.max(time));
        let who = (event.user.as_ref().map(|user| &user.text), &event.session);
        let whence = (&event.ip, event.port, &event.interface);
        let what = (event.kind.name(event.outcome), event.code, &event.entity.name);
        let key = Key::of(&(time, who, whence, what));
        let new = || Sighting { time, groups: Vec::new() };
        self.sample.change(key, new, |sighting| sighting.add(group));
    }

    fn join(&mut self, other: Self) {
        for (own, other) in self.ranges.iter_mut().zip(other.ranges) {
            *own = match (*own, other) {
                (Some(one), Some(other)) => Some((one.0.min(other.0), one.1.max(other.1))),
                (one, other) => one.or(other),
            };
        }
        self.sample.join(other.sample, |own, other| {
            other.groups.into_iter().for_each(|group| own.add(group));
        });
    }
}

/// Tells, line by line and one group after the other, what was not counted before.
#[derive(Debug, Default, Clone)]
pub struct Once {
    /// The pairs that overlap.
    pub names: Vec<(String, String)>,
    /// For each group that overlaps others: one group that stands for all of them, and the time that any share.
    of: HashMap<usize, (usize, (i64, i64))>,
    held: HashMap<(usize, LineHash), Held>,
    /// How many lines were counted before.
    pub dropped: u64,
    /// Whether there were too many to be held.
    pub is_full: bool,
}

/// How often a line is in the group that has it most often so far, and in the one that is read.
#[derive(Debug, Clone)]
struct Held {
    most: u32,
    group: usize,
    own: u32,
}

impl Once {
    fn unite(&mut self, one: usize, other: usize, shared: (i64, i64)) {
        let of = |number: usize| self.of.get(&number).copied().unwrap_or((number, shared));
        let ((a, first), (b, second)) = (of(one), of(other));
        let all = [first, second, shared];
        let begin = all.iter().map(|range| range.0).min().unwrap_or(shared.0);
        let end = all.iter().map(|range| range.1).max().unwrap_or(shared.1);
        self.of.insert(one, (a, (begin, end)));
        self.of.insert(other, (b, (begin, end)));
        for (stands, range) in self.of.values_mut().filter(|(of, _)| *of == a || *of == b) {
            *stands = a;
            *range = (begin, end);
        }
    }

    /// What there is to tell of it, without the lines.
    pub fn told(self) -> Once {
        Once { held: HashMap::new(), of: HashMap::new(), ..self }
    }

    /// Whether a line of a group counts.
    pub fn counts(&mut self, group: usize, time: Option<Micros>, line: &[u8]) -> bool {
        let Some((stands, (begin, end))) = self.of.get(&group) else { return true };
        if time.is_some_and(|Micros(time)| time < *begin || time > *end) {
            return true;
        }
        let key = (*stands, LineHash::of(line));
        let Some(held) = self.held.get_mut(&key) else {
            match self.held.len() < LINES {
                true => drop(self.held.insert(key, Held { most: 1, group, own: 1 })),
                false => self.is_full = true,
            }
            return true;
        };
        held.own = if held.group == group { held.own + 1 } else { 1 };
        held.group = group;
        let is_more = held.own > held.most;
        held.most = held.most.max(held.own);
        self.dropped += u64::from(!is_more);
        is_more
    }
}

#[cfg(test)]
#[path = "../tests/copies.rs"]
mod tests;
