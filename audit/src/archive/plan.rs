//! Which windows of a log are to be read.

use super::coverage::Coverage;

const HOUR: i64 = 3600;

/// How long after a window's end its lines are certain to be there, in seconds. The documentation says
/// that they may take five minutes; the rest is for clocks that differ.
pub const SETTLED: i64 = HOUR;

/// The longest window that is asked for, in seconds: what the API takes if no start is named.
pub const LONGEST: i64 = 30 * 24 * HOUR;

/// A window to be read: a half-open range of seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    /// The first second.
    pub from: i64,
    /// The second after the last.
    pub until: i64,
}

/// The windows to read at `now`, in order, so that everything since `since` is archived, and since the
/// archive's own beginning if that is earlier: what no cell covers, and the cells that were read before
/// all their lines were certain to be there.
///
/// What is not yet certain is cut by the hour, so that little is read again.
pub fn windows(coverage: &Coverage, since: i64, now: i64) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut planned = Coverage::default();
    let mut cells = coverage.cells().peekable();
    while let Some(cell) = cells.next() {
        let mut until = cell.until;
        if !cell.is_settled() {
            let next = cells.peek().map_or(i64::MAX, |next| next.from);
            until = until.max(ceil(until).min(now).min(next));
            if cell.from < now {
                windows.push(Window { from: cell.from, until });
            }
        }
        planned.add(cell.from, until, cell.read);
    }
    let from = coverage.range().map_or(since, |(from, _)| from.min(since));
    let uncertain = floor(now - SETTLED);
    for (mut from, until) in planned.gaps(from, now) {
        while from < until {
            let longest = match from < uncertain {
                true => (from + LONGEST).min(uncertain),
                false => floor(from) + HOUR,
            };
            windows.push(Window { from, until: longest.min(until) });
            from = longest;
        }
    }
    windows.sort();
    windows
}

fn floor(second: i64) -> i64 {
    second - second.rem_euclid(HOUR)
}

fn ceil(second: i64) -> i64 {
    floor(second + HOUR - 1)
}

#[cfg(test)]
#[path = "tests/plan.rs"]
mod tests;
