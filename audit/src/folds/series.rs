//! Counts over time.

use std::collections::BTreeMap;

const HOUR: i64 = 3_600_000_000;

/// How many steps are held, at the most. Times in a log may be anything, and a series is never longer.
const MOST: usize = 20_000;

/// How long the steps of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// An hour.
    Hour,
    /// A day, in UTC.
    Day,
    /// 52 weeks: for times that lie centuries apart.
    Year,
}

impl Step {
    /// In microseconds.
    pub fn length(self) -> i64 {
        match self {
            Step::Hour => HOUR,
            Step::Day => 24 * HOUR,
            Step::Year => 364 * 24 * HOUR,
        }
    }

    fn longer(self) -> Option<Self> {
        match self {
            Step::Hour => Some(Step::Day),
            Step::Day => Some(Step::Year),
            Step::Year => None,
        }
    }
}

/// How many events there were, and how many of them failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// All.
    pub events: u64,
    /// Those whose outcome is a failure, stated or inferred.
    pub failures: u64,
}

impl Count {
    /// Both together.
    pub fn add(&mut self, other: Count) {
        self.events += other.events;
        self.failures += other.failures;
    }
}

/// Counts by steps of time. What is counted in which order, and in how many pieces, makes no difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    step: Step,
    counts: BTreeMap<i64, Count>,
}

impl Series {
    /// An empty one, in steps of this length for as long as there are not very many.
    pub fn new(step: Step) -> Self {
        Series { step, counts: BTreeMap::new() }
    }

    /// How long its steps are by now.
    pub fn step(&self) -> Step {
        self.step
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Counts at a moment, in microseconds since 1970.
    pub fn add(&mut self, moment: i64, count: Count) {
        self.counts.entry(moment.div_euclid(self.step.length())).or_default().add(count);
        self.bound();
    }

    /// Takes in what another one has counted.
    pub fn join(&mut self, mut other: Series) {
        while self.step != other.step {
            let shorter = if self.step < other.step { &mut *self } else { &mut other };
            if !shorter.lengthen() {
                break;
            }
        }
        for (step, count) in other.counts {
            self.counts.entry(step).or_default().add(count);
        }
        self.bound();
    }

    /// The steps in which something was counted, in order: when each begins, and its counts.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (i64, Count)> {
        let length = self.step.length();
        self.counts.iter().map(move |(step, count)| (step.saturating_mul(length), *count))
    }

    /// The same, in other steps, which are no shorter.
    pub fn in_steps(&self, of: Step) -> Series {
        let mut series = Series::new(of.max(self.step));
        self.iter().for_each(|(moment, count)| series.add(moment, count));
        series
    }

    /// Longer steps as soon as there are too many: the shortest that are few enough for all of it, so that
    /// they do not depend on what came first.
    fn bound(&mut self) {
        while self.counts.len() > MOST && self.lengthen() {}
    }

    fn lengthen(&mut self) -> bool {
        let Some(longer) = self.step.longer() else { return false };
        let steps = std::mem::take(&mut self.counts);
        for (step, count) in steps {
            let step = step.saturating_mul(self.step.length()).div_euclid(longer.length());
            self.counts.entry(step).or_default().add(count);
        }
        self.step = longer;
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ONE: Count = Count { events: 1, failures: 0 };

    fn series(moments: &[i64]) -> Series {
        let mut series = Series::new(Step::Hour);
        moments.iter().for_each(|moment| series.add(*moment, ONE));
        series
    }

    #[test]
    fn very_many_hours_become_days() {
        let hours: Vec<i64> = (0..MOST as i64).map(|hour| hour * HOUR).collect();
        assert_eq!(series(&hours).step(), Step::Hour);
        let (first, second) = hours.split_at(7_000);
        let mut joined = series(second);
        joined.join(series(first));
        assert_eq!(joined, series(&hours));
        joined.add(-1, ONE);
        assert_eq!(joined.step(), Step::Day);
        assert_eq!(joined.iter().map(|(_, count)| count.events).sum::<u64>(), MOST as u64 + 1);
        assert_eq!(joined.iter().next(), Some((-24 * HOUR, ONE)));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]
        #[test]
        fn neither_order_nor_pieces_matter(
            near in proptest::collection::vec(0..200 * HOUR, 0..200),
            many in prop_oneof![Just(0_i64), Just(15_000), Just(25_000)],
            cut in 0_usize..30_000,
        ) {
            let far = (0..many).map(|index| index * 37 * HOUR);
            let moments: Vec<i64> = near.into_iter().chain(far).collect();
            let (first, second) = moments.split_at(cut.min(moments.len()));
            let mut joined = series(second);
            joined.join(series(first));
            prop_assert_eq!(joined, series(&moments));
        }
    }
}
