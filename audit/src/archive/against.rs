//! Whether an archive holds a line for everything that the project's events tell of.

use std::collections::BTreeMap;

use crate::event::{Event, Kind, Outcome};
use crate::folds::Fold;
use crate::source::Place;

/// How far the times of an event and of its line may be apart, in microseconds.
const APART: i64 = 120 * 1_000_000;

/// What both an instance's log and its project's events tell of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// A processor was created.
    Created,
    /// A processor was started.
    Started,
    /// A processor was stopped.
    Stopped,
    /// A processor was dropped.
    Dropped,
    /// The audit log was read.
    LogRead,
}

impl Act {
    /// All of them, and what the project's events call them.
    pub const ALL: [(Act, &'static str); 5] = [
        (Act::Created, "STREAM_PROCESSOR_CREATED"),
        (Act::Started, "STREAM_PROCESSOR_STARTED"),
        (Act::Stopped, "STREAM_PROCESSOR_STOPPED"),
        (Act::Dropped, "STREAM_PROCESSOR_DROPPED"),
        (Act::LogRead, "STREAM_TENANT_AUDIT_LOGS"),
    ];

    fn of(kind: &Kind<'_>) -> Option<Act> {
        Some(match kind {
            Kind::Create => Act::Created,
            Kind::Start => Act::Started,
            Kind::Stop => Act::Stopped,
            Kind::Drop => Act::Dropped,
            Kind::LogAccessed => Act::LogRead,
            _ => return None,
        })
    }
}

/// An act, and the processor that it was about, if it was about one.
pub type What = (Act, Option<String>);

/// The acts that lines tell of, with their times in microseconds since 1970.
#[derive(Debug, Default)]
pub struct Acts(BTreeMap<What, Vec<i64>>);

impl Fold for Acts {
    fn take(&mut self, event: &Event<'_>, _: Place<'_>) {
        let is_refused = event.outcome == Some(Outcome::Failure);
        if let (Some(act), Some(time)) = (Act::of(&event.kind), event.time)
            && !is_refused
        {
            let processor = event.processor().filter(|_| act != Act::LogRead);
            self.0.entry((act, processor.map(str::to_owned))).or_default().push(time.0);
        }
    }

    fn join(&mut self, other: Self) {
        for (what, times) in other.0 {
            self.0.entry(what).or_default().extend(times);
        }
    }
}

impl Acts {
    /// The numbers of those events that no line tells of. Each line stands for one event, the one that is
    /// nearest in time.
    pub fn lacks(mut self, events: &[(What, i64)]) -> Vec<usize> {
        self.0.values_mut().for_each(|times| times.sort_unstable());
        let mut order: Vec<usize> = (0..events.len()).collect();
        order.sort_by_key(|at| events[*at].1);
        let mut next: BTreeMap<&What, usize> = BTreeMap::new();
        let mut lacking = Vec::new();
        for at in order {
            let (what, time) = &events[at];
            let times = self.0.get(what).map_or(&[][..], Vec::as_slice);
            let next = next.entry(what).or_default();
            while times.get(*next).is_some_and(|line| *line < time.saturating_sub(APART)) {
                *next += 1;
            }
            match times.get(*next).is_some_and(|line| *line <= time.saturating_add(APART)) {
                true => *next += 1,
                false => lacking.push(at),
            }
        }
        lacking.sort_unstable();
        lacking
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_needs_a_line_of_its_own_near_it() {
        let start = || (Act::Started, Some("p".to_owned()));
        let acts = |times: &[i64]| Acts([(start(), times.to_vec())].into());
        let events = |times: &[i64]| times.iter().map(|time| (start(), *time)).collect::<Vec<_>>();
        let minute = 60_000_000;
        assert_eq!(acts(&[0, 10 * minute]).lacks(&events(&[minute, 9 * minute])), [0; 0]);
        assert_eq!(acts(&[0]).lacks(&events(&[0, 1])), [1], "one line is not two events");
        assert_eq!(acts(&[0]).lacks(&events(&[3 * minute])), [0], "too far apart");
        assert_eq!(acts(&[5, 0]).lacks(&events(&[6, 1])), [0; 0], "in any order");
        let other = vec![((Act::Stopped, Some("p".to_owned())), 0)];
        assert_eq!(acts(&[0]).lacks(&other), [0]);
    }
}
