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
/// Each window is an event of the log that is read, so there are few: what is not yet certain is one that
/// grows, up to two hours so that little is read again, and at once to where the log is certain.
pub fn windows(coverage: &Coverage, since: i64, now: i64) -> Vec<Window> {
    let mut windows = Vec::new();
    let mut planned = Coverage::default();
    let uncertain = floor(now - SETTLED);
    let mut cells = coverage.cells().peekable();
    while let Some(cell) = cells.next() {
        let mut until = cell.until;
        if !cell.is_settled() {
            let next = cells.peek().map_or(i64::MAX, |next| next.from);
            let grown = match cell.until < uncertain {
                true => uncertain.min(cell.from + LONGEST),
                false => uncertain_end(cell.from).min(now),
            };
            until = until.max(grown.min(next));
            if cell.from < now {
                windows.push(Window { from: cell.from, until });
            }
        }
        planned.add(cell.from, until, cell.read);
    }
    let from = coverage.range().map_or(since, |(from, _)| from.min(since));
    for (mut from, until) in planned.gaps(from, now) {
        while from < until {
            let longest = match from < uncertain {
                true => (from + LONGEST).min(uncertain),
                false => uncertain_end(from),
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

/// How far a window reaches that begins so late.
fn uncertain_end(from: i64) -> i64 {
    floor(from) + 2 * HOUR
}

#[cfg(test)]
#[path = "tests/plan.rs"]
mod tests;
