//! The bars of a timeline: as long as makes them few enough to be told apart.

use jiff::civil::Date;

use super::words::{self, HOUR};
use crate::folds::series::{Count, Series, Step};

/// How many bars a chart has at the most.
const MOST: i64 = 186;

/// The stretch of time that one bar stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Hour,
    Day,
    /// From Monday.
    Week,
    Month,
    Years(i16),
}

/// A bar: when its stretch begins, how it is called, and its counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) count: Count,
}

impl Unit {
    /// `hour`, as in "events by hour".
    pub(super) fn name(self) -> String {
        match self {
            Unit::Hour => "hour".to_owned(),
            Unit::Day => "day".to_owned(),
            Unit::Week => "week".to_owned(),
            Unit::Month => "month".to_owned(),
            Unit::Years(1) => "year".to_owned(),
            Unit::Years(years) => format!("{years} years"),
        }
    }

    /// Where in a row of units a moment belongs.
    fn place(self, moment: i64) -> i64 {
        let date = || words::day(moment).unwrap_or(if moment < 0 { Date::MIN } else { Date::MAX });
        match self {
            Unit::Hour => moment.div_euclid(HOUR),
            Unit::Day => moment.div_euclid(words::DAY),
            // The first day of 1970 was a Thursday.
            Unit::Week => (moment.div_euclid(words::DAY) + 3).div_euclid(7),
            Unit::Month => i64::from(date().year()) * 12 + i64::from(date().month()) - 1,
            Unit::Years(years) => i64::from(date().year()).div_euclid(i64::from(years)),
        }
    }

    /// What a place in that row is called.
    fn called(self, place: i64) -> String {
        match self {
            Unit::Hour => words::written(place * HOUR, "%-d %b %H:%M"),
            Unit::Day => words::written(place * words::DAY, "%-d %b %Y"),
            Unit::Week => words::written((place * 7 - 3) * words::DAY, "%-d %b %Y"),
            Unit::Month => {
                const MONTHS: [&str; 12] = [
                    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                    "Dec",
                ];
                format!("{} {}", MONTHS[place.rem_euclid(12) as usize], place.div_euclid(12))
            }
            Unit::Years(years) => (place * i64::from(years)).to_string(),
        }
    }
}

/// The bars from one moment to another, both included, those without events as well.
pub(super) fn bars(series: &Series, (from, to): (i64, i64)) -> (Unit, Vec<Bar>) {
    let mut units = [Unit::Hour, Unit::Day, Unit::Week, Unit::Month]
        .into_iter()
        .chain([1, 10, 100, 1000].into_iter().map(Unit::Years));
    // A few days are read by the hour, no more.
    let most = |unit| if unit == Unit::Hour { 4 * 24 } else { MOST };
    let fits = |unit: &Unit| {
        let is_held = *unit != Unit::Hour || series.step() == Step::Hour;
        is_held && unit.place(to) - unit.place(from) < most(*unit)
    };
    let unit = units.find(fits).unwrap_or(Unit::Years(1000));
    let first = unit.place(from);
    let length = (unit.place(to) - first).clamp(0, MOST) + 1;
    let mut bars: Vec<Bar> = (0..length)
        .map(|index| Bar { name: unit.called(first + index), count: Count::default() })
        .collect();
    for (moment, count) in series.iter() {
        let index = usize::try_from(unit.place(moment) - first).ok();
        if let Some(bar) = index.and_then(|index| bars.get_mut(index)) {
            bar.count.add(count);
        }
    }
    (unit, bars)
}

/// From when to when nearly all events are, and how many are not: a clock that was wrong must not squeeze
/// all that is true into one bar.
pub(super) fn body(series: &Series) -> Option<((i64, i64), u64)> {
    /// After so long a silence, what is before it may be astray.
    const SILENCE: i64 = 400 * words::DAY;
    let mut clusters: Vec<((i64, i64), u64)> = Vec::new();
    for (moment, count) in series.iter() {
        let last = moment.saturating_add(series.step().length() - 1);
        match clusters.last_mut() {
            Some((range, events)) if moment.saturating_sub(range.1) <= SILENCE => {
                range.1 = last;
                *events += count.events;
            }
            _ => clusters.push(((moment, last), count.events)),
        }
    }
    let all: u64 = clusters.iter().map(|(_, events)| events).sum();
    let is_body = |events: u64| events.saturating_mul(100) >= all;
    let kept: Vec<_> = clusters.into_iter().filter(|(_, events)| is_body(*events)).collect();
    let range = (kept.first()?.0.0, kept.last()?.0.1);
    let outside = |(moment, _): &(i64, Count)| *moment < range.0 || *moment > range.1;
    Some((range, series.iter().filter(outside).map(|(_, count)| count.events).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::words::DAY;

    /// 2026-11-01, a Sunday.
    const NOVEMBER: i64 = 1_793_491_200_000_000;

    fn series(moments: impl IntoIterator<Item = i64>) -> Series {
        let mut series = Series::new(Step::Hour);
        let one = Count { events: 1, failures: 0 };
        moments.into_iter().for_each(|moment| series.add(moment, one));
        series
    }

    fn drawn(days: i64) -> (Unit, Vec<Bar>) {
        let series = series((0..days).map(|day| NOVEMBER + day * DAY));
        bars(&series, body(&series).unwrap().0)
    }

    #[test]
    fn bars_are_few_and_hold_everything() {
        for (days, unit, length) in [
            (1, Unit::Hour, 1),
            (4, Unit::Hour, 73),
            (5, Unit::Day, 5),
            (186, Unit::Day, 186),
            (187, Unit::Week, 28),
            (365 * 4, Unit::Month, 48),
            (365 * 50, Unit::Years(1), 51),
        ] {
            let (drawn, bars) = drawn(days);
            assert_eq!((drawn, bars.len()), (unit, length), "{days}");
            assert_eq!(bars.iter().map(|bar| bar.count.events).sum::<u64>(), days as u64);
        }
    }

    #[test]
    fn bars_are_called_by_their_beginning() {
        assert_eq!(drawn(1).1[0].name, "1 Nov 00:00");
        assert_eq!(drawn(30).1[29].name, "30 Nov 2026");
        assert_eq!(drawn(300).1[0].name, "26 Oct 2026", "a Monday");
        assert_eq!(drawn(2000).1[2].name, "Jan 2027");
    }

    #[test]
    fn a_wrong_clock_does_not_squeeze_the_rest() {
        let right = (0..500).map(|hour| NOVEMBER + hour * HOUR);
        let series = series(right.chain([0, 250_000 * DAY]));
        let ((from, to), astray) = body(&series).unwrap();
        assert_eq!((from, to, astray), (NOVEMBER, NOVEMBER + 500 * HOUR - 1, 2));
    }

    #[test]
    fn two_times_far_apart_are_both_drawn() {
        let series = series([i64::MIN, 0, i64::MAX]);
        let (range, astray) = body(&series).unwrap();
        let (_, bars) = bars(&series, range);
        assert!(bars.len() < 200 && astray == 0, "{} {astray}", bars.len());
        assert_eq!(body(&Series::new(Step::Hour)), None);
    }
}
