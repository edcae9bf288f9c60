//! When there were events, and of which instances.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Fold;
use super::series::{Count, Series, Step};
use crate::event::{Event, Micros, Outcome};
use crate::source::{Place, Source};

/// An instance; where it is not known which one, the source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Of {
    /// Its project, where that is known.
    pub project: Option<Arc<str>>,
    /// Its name.
    pub name: Arc<str>,
}

impl Of {
    /// Whose log a source is.
    pub fn source(source: &Source) -> Of {
        let name = source.instance.as_ref().unwrap_or(&source.label);
        Of { project: source.project.clone(), name: Arc::clone(name) }
    }
}

/// What is covered of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    /// Its events, by day.
    pub days: Series,
    /// Its first moment.
    pub first: Option<Micros>,
    /// Its last moment.
    pub last: Option<Micros>,
    /// Its events that state no time.
    pub undated: u64,
}

impl Default for Covered {
    fn default() -> Self {
        Covered { days: Series::new(Step::Day), first: None, last: None, undated: 0 }
    }
}

/// When there were events: of all by hour, of each instance by day; and how many each source has.
#[derive(Debug)]
pub struct Coverage {
    timeline: Series,
    /// By source.
    places: HashMap<Arc<str>, Covered>,
}

/// What has become of a [`Coverage`].
#[derive(Debug, PartialEq, Eq)]
pub struct Whole {
    /// All events that state a time, by hour if there are not very many hours.
    pub timeline: Series,
    /// What is covered of each instance, in the order of their names.
    pub instances: BTreeMap<Of, Covered>,
    /// How many events each source has, in the order in which they were named.
    pub sources: Vec<(Arc<str>, u64)>,
}

impl Default for Coverage {
    fn default() -> Self {
        Coverage { timeline: Series::new(Step::Hour), places: HashMap::new() }
    }
}

impl Coverage {
    /// What is covered by these sources; one that is empty is told, too.
    pub fn finish(mut self, sources: &[Source]) -> Whole {
        let mut instances: BTreeMap<Of, Covered> = BTreeMap::new();
        let mut counts = Vec::new();
        for source in sources {
            let instance = instances.entry(Of::source(source)).or_default();
            let covered = self.places.remove(&source.label);
            counts.push((Arc::clone(&source.label), covered.as_ref().map_or(0, Covered::events)));
            covered.into_iter().for_each(|covered| instance.join(covered));
        }
        Whole { timeline: self.timeline, instances, sources: counts }
    }
}

impl Covered {
    /// How many events there are.
    pub fn events(&self) -> u64 {
        self.undated + self.days.iter().map(|(_, count)| count.events).sum::<u64>()
    }

    fn join(&mut self, other: Covered) {
        self.days.join(other.days);
        self.first = [self.first, other.first].into_iter().flatten().min();
        self.last = self.last.max(other.last);
        self.undated += other.undated;
    }
}

impl Fold for Coverage {
    fn take(&mut self, event: &Event<'_>, place: Place<'_>) {
        let source = place.source;
        let covered = match self.places.get_mut(&source.label) {
            Some(covered) => covered,
            None => self.places.entry(Arc::clone(&source.label)).or_default(),
        };
        let Some(time) = event.time else {
            covered.undated += 1;
            return;
        };
        let failures = u64::from(event.outcome == Some(Outcome::Failure));
        let count = Count { events: 1, failures };
        covered.days.add(time.0, count);
        covered.first = [covered.first, Some(time)].into_iter().flatten().min();
        covered.last = covered.last.max(Some(time));
        self.timeline.add(time.0, count);
    }

    fn join(&mut self, other: Self) {
        self.timeline.join(other.timeline);
        for (label, covered) in other.places {
            self.places.entry(label).or_default().join(covered);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fold(sources: &[Source], events: &[(usize, Option<i64>)]) -> Coverage {
        let mut coverage = Coverage::default();
        for (line, (source, time)) in (1..).zip(events) {
            let event = Event { time: time.map(Micros), ..Event::default() };
            coverage.take(&event, Place { source: &sources[*source], line });
        }
        coverage
    }

    proptest! {
        #[test]
        fn neither_order_nor_pieces_matter(
            events in proptest::collection::vec(
                (0_usize..4, proptest::option::of(-1_000_000_000_000_i64..1_000_000_000_000)), 0..60),
            cut in 0_usize..60,
        ) {
            let source = |name: &str| Source::of_bytes(name, *b"");
            let sources = [
                source("a-1").of_instance("a"),
                source("b").of_instance("b"),
                source("a-2").of_instance("a"),
                source("file.gz"),
                source("empty").of_instance("c"),
            ];
            let whole = fold(&sources, &events).finish(&sources);
            let (first, second) = events.split_at(cut.min(events.len()));
            let mut joined = fold(&sources, second);
            joined.join(fold(&sources, first));
            prop_assert_eq!(&joined.finish(&sources), &whole);
            prop_assert_eq!(whole.instances.len(), 4, "an instance in two files is one");
            let instances: u64 = whole.instances.values().map(Covered::events).sum();
            let sources: u64 = whole.sources.iter().map(|(_, count)| count).sum();
            prop_assert_eq!((instances, sources), (events.len() as u64, events.len() as u64));
        }
    }
}
