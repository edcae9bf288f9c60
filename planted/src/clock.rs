//! When events happen: by day more than by night, on weekdays more than at weekends.

use crate::plan::{DAY, Millis, Plan};

const HOUR: Millis = DAY / 24;

/// Moments in order, as many as there are events.
#[derive(Debug)]
pub(crate) struct Clock {
    start: Millis,
    /// How many events each hour has.
    hours: Vec<u64>,
    hour: usize,
    /// How many of the hour's were given.
    given: u64,
}

impl Clock {
    pub(crate) fn new(plan: &Plan) -> Self {
        let weight = |hour: u64| {
            let day = hour / 24;
            if (plan.gap.start as u64..plan.gap.end as u64).contains(&day) {
                return 0;
            }
            // Day 0 of 1970 was a Thursday.
            let weekend = matches!((plan.start.div_euclid(DAY) as u64 + day + 4) % 7, 0 | 6);
            let busy = if (7..19).contains(&(hour % 24)) { 6 } else { 2 };
            if weekend { busy / 2 } else { busy }
        };
        let count = u64::from(plan.days.max(1)) * 24;
        let total: u64 = (0..count).map(weight).sum::<u64>().max(1);
        let mut hours = Vec::with_capacity(count as usize);
        let (mut sum, mut given) = (0, 0);
        for hour in 0..count {
            sum += weight(hour);
            let until = (u128::from(plan.events) * u128::from(sum) / u128::from(total)) as u64;
            hours.push(until - given);
            given = until;
        }
        Clock { start: plan.start, hours, hour: 0, given: 0 }
    }

    /// The next moment, if there is one.
    pub(crate) fn peek(&mut self) -> Option<Millis> {
        while *self.hours.get(self.hour)? == self.given {
            self.hour += 1;
            self.given = 0;
        }
        let within = HOUR as u64 * self.given / self.hours[self.hour];
        Some(self.start + self.hour as Millis * HOUR + within as Millis)
    }

    pub(crate) fn advance(&mut self) {
        self.given += 1;
    }
}
