use proptest::prelude::*;

use super::*;

const NOW: i64 = 1_790_000_000;

fn all(coverage: &Coverage, since: i64, now: i64) -> Vec<(i64, i64)> {
    windows(coverage, since, now).iter().map(|window| (window.from, window.until)).collect()
}

#[test]
fn the_first_time_everything_is_read_and_the_end_by_itself() {
    let since = NOW - 65 * 24 * HOUR;
    let hour = floor(NOW - HOUR);
    let wanted = [
        (since, since + LONGEST),
        (since + LONGEST, since + 2 * LONGEST),
        (since + 2 * LONGEST, hour),
        (hour, NOW),
    ];
    assert_eq!(all(&Coverage::default(), since, NOW), wanted);
    assert_eq!(all(&Coverage::default(), NOW, NOW), []);
}

#[test]
fn what_may_have_lacked_lines_is_read_again_and_grows() {
    let hour = floor(NOW - HOUR);
    let mut coverage = Coverage::default();
    for (from, until) in all(&coverage, NOW - 10 * HOUR, NOW) {
        coverage.add(from, until, NOW);
    }
    // Minutes later.
    let later = NOW + 300;
    assert_eq!(all(&coverage, NOW, later), [(hour, later)]);
    let hours = NOW + 2 * HOUR;
    assert_eq!(all(&coverage, NOW, hours), [(hour, hour + 2 * HOUR), (hour + 2 * HOUR, hours)]);
    let day = NOW + 24 * HOUR;
    assert_eq!(all(&coverage, NOW, day), [(hour, hour + 24 * HOUR), (hour + 24 * HOUR, day)]);
    let months = NOW + 2 * LONGEST;
    let [first, second] = [hour + LONGEST, hour + 2 * LONGEST];
    assert_eq!(all(&coverage, NOW, months), [(hour, first), (first, second), (second, months)]);
}

/// Reading is an event of the log: however often somebody pulls, it is one or two a time.
#[test]
fn no_more_is_read_than_need_be() {
    for pause in [60, 300, HOUR, 7 * HOUR, 24 * HOUR] {
        let mut coverage = Coverage::default();
        let mut now = NOW;
        for round in 0..400 {
            let planned = all(&coverage, NOW, now);
            assert!(planned.len() <= 2, "every {pause} s, {round}: {planned:?}");
            let (oldest, _) = planned.first().copied().unwrap_or((now, now));
            assert!(now - oldest <= pause + 4 * HOUR, "every {pause} s, {round}: {planned:?}");
            for (from, until) in planned {
                assert!(coverage.add(from, until, now));
            }
            now += pause;
        }
    }
}

#[test]
fn gaps_and_an_earlier_beginning_are_read() {
    let mut coverage = Coverage::default();
    coverage.add(0, 100, NOW);
    coverage.add(200, 300, NOW);
    let planned = windows(&coverage, -50, 300);
    assert_eq!(planned, [Window { from: -50, until: 0 }, Window { from: 100, until: 200 }]);
}

proptest! {
    /// Whatever was read when, in the end everything is covered, in windows that are short enough and
    /// do not cross.
    #[test]
    fn every_plan_covers_everything(
        begun in 0_i64..200 * 24 * HOUR,
        pulls in proptest::collection::vec(
            (0_i64..40 * 24 * HOUR, 0_i64..300 * 24 * HOUR, any::<u64>()),
            1..8,
        ),
    ) {
        let mut coverage = Coverage::default();
        let (mut now, mut first) = (NOW, NOW - begun);
        for (pause, since, failing) in pulls {
            now += pause;
            first = first.min(now - since);
            for (index, window) in windows(&coverage, first, now).into_iter().enumerate() {
                prop_assert!(window.from < window.until && window.until - window.from <= LONGEST);
                prop_assert!(window.until <= now);
                if failing >> (index % 62) & 3 != 0 {
                    let taken = coverage.add(window.from, window.until, now);
                    prop_assert!(taken, "{:?} crosses", window);
                }
            }
        }
        for window in windows(&coverage, first, now) {
            prop_assert!(coverage.add(window.from, window.until, now));
        }
        prop_assert_eq!(coverage.range(), (first < now).then_some((first, now)));
        prop_assert_eq!(coverage.gaps(first, now), []);
        prop_assert!(coverage.settled().unwrap_or(first) <= first.max(now - SETTLED));
        let cells: Vec<_> = coverage.cells().collect();
        prop_assert!(cells.windows(2).all(|pair| pair[0].until <= pair[1].from));
    }
}
