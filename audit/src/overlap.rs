//! Reading the end of a log again and again: which lines are new.
//!
//! A line may appear minutes after its event, so a window that begins where the last one ended would
//! miss it. Each window therefore begins a margin earlier, and the lines that were there before are
//! subtracted, counted: of two equal lines that are both genuine, both stay.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// How far back a window reaches that is read again, in microseconds: ten minutes. The documentation
/// says that a line may take five to appear.
pub const MARGIN: i64 = 10 * 60 * 1_000_000;

/// A line by the first 128 bits of its SHA-256: who can write into a log must not be able to make two
/// lines count as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineHash(u128);

impl LineHash {
    /// That of a line, without the line's end.
    pub fn of(line: &[u8]) -> Self {
        let digest: [u8; 32] = Sha256::digest(line).into();
        let bits = |value, byte: &u8| (value << 8) | u128::from(*byte);
        LineHash(digest.iter().take(16).fold(0, bits))
    }

    /// Whether it is in a part of so many, counted from 0.
    pub(crate) fn is_in(self, part: u64, parts: u64) -> bool {
        self.0 % u128::from(parts) == u128::from(part)
    }
}

/// What is known of the end of a log: from when on it is read the next time, and which lines of that
/// part were there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub struct Overlap {
    start: i64,
    lines: BTreeMap<(i64, LineHash), u64>,
}

impl Overlap {
    /// Nothing is known yet of the lines from this moment on, in microseconds since 1970.
    pub fn since(start: i64) -> Self {
        Overlap { start, lines: BTreeMap::new() }
    }

    /// The first moment of the next window, in microseconds since 1970.
    pub fn start(&self) -> i64 {
        self.start
    }

    /// How many lines are known.
    pub fn known(&self) -> u64 {
        self.lines.values().sum()
    }

    /// Begins to read the window again; it is `now`, in microseconds since 1970. A line that claims to be of
    /// later than that moves no window.
    pub fn read(self, now: i64) -> Reading {
        let mut awaited = HashMap::new();
        for ((_, hash), count) in &self.lines {
            *awaited.entry(*hash).or_default() += count;
        }
        let carried = self.start;
        Reading {
            known: self,
            awaited,
            now,
            carried,
            newest: None,
            read: BTreeMap::new(),
            pruned: 0,
        }
    }
}

/// What a line is to the reader of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// It was not there before.
    New,
    /// It was there before.
    Before,
    /// It is older than the window, which the server only knows in seconds.
    Outside,
}

/// A window that is being read.
#[derive(Debug)]
pub struct Reading {
    known: Overlap,
    /// The known lines that have not come again.
    awaited: HashMap<LineHash, u64>,
    now: i64,
    /// The time of the last line that states one, which stands for those that state none.
    carried: i64,
    newest: Option<i64>,
    read: BTreeMap<(i64, LineHash), u64>,
    /// How many lines stayed when those were last dropped that nobody will ask for.
    pruned: usize,
}

impl Reading {
    /// The next line, without its end, and the time that it states, in microseconds since 1970. One that
    /// states none is known for a while longer, since only the lines before it tell when it was.
    pub fn line(&mut self, line: &[u8], time: Option<i64>) -> Seen {
        if let Some(time) = time {
            if time < self.known.start {
                return Seen::Outside;
            }
            self.carried = time;
            self.newest = self.newest.max(Some(time.min(self.now)));
        }
        let hash = LineHash::of(line);
        // Where the window begins with such a line, its time is later than what stands for it.
        let carried = time.unwrap_or_else(|| self.carried.saturating_add(MARGIN));
        *self.read.entry((carried, hash)).or_default() += 1;
        if self.read.len() > 2 * self.pruned + 10_000 {
            self.read = self.read.split_off(&(self.next_start(), LineHash(0)));
            self.pruned = self.read.len();
        }
        match self.awaited.get_mut(&hash) {
            Some(count @ 1..) => {
                *count -= 1;
                Seen::Before
            }
            _ => Seen::New,
        }
    }

    /// What is known if the lines so far are all that there are. Where lines are out of order by no
    /// more than [`MARGIN`], reading on from here misses none of those that follow.
    pub fn overlap(&self) -> Overlap {
        let start = self.next_start();
        let mut lines = self.read.clone().split_off(&(start, LineHash(0)));
        // What an answer lacks that was there before may be there again in the next.
        let mut awaited = self.awaited.clone();
        for (line, count) in &self.known.lines {
            let Some(missing @ 1..) = awaited.get_mut(&line.1) else { continue };
            let missed = (*missing).min(*count);
            *missing -= missed;
            if line.0 >= start {
                *lines.entry(*line).or_default() += missed;
            }
        }
        Overlap { start, lines }
    }

    fn next_start(&self) -> i64 {
        let start = self.newest.map_or(i64::MIN, |newest| newest.saturating_sub(MARGIN));
        start.max(self.known.start)
    }
}

/// By how much lines are out of order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disorder {
    newest: Option<i64>,
    worst: i64,
}

impl Disorder {
    /// The next line's time, in microseconds since 1970.
    pub fn line(&mut self, time: i64) {
        let newest = self.newest.map_or(time, |newest| newest.max(time));
        self.worst = self.worst.max(newest.saturating_sub(time));
        self.newest = Some(newest);
    }

    /// Whether a window that was read in part can be read on as [`Reading::overlap`] says.
    pub fn is_within_margin(self) -> bool {
        self.worst <= MARGIN
    }
}

/// The form in which it is kept: times in microseconds, hashes in hexadecimal digits.
#[derive(Serialize, Deserialize)]
struct Written {
    start: i64,
    lines: Vec<(i64, String, u64)>,
}

impl From<Overlap> for Written {
    fn from(overlap: Overlap) -> Self {
        let written = |((time, hash), count): ((i64, LineHash), u64)| {
            (time, format!("{:032x}", hash.0), count)
        };
        Written { start: overlap.start, lines: overlap.lines.into_iter().map(written).collect() }
    }
}

impl TryFrom<Written> for Overlap {
    type Error = std::num::ParseIntError;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        let mut lines = BTreeMap::new();
        for (time, hash, count) in written.lines {
            *lines.entry((time, LineHash(u128::from_str_radix(&hash, 16)?))).or_default() += count;
        }
        Ok(Overlap { start: written.start, lines })
    }
}

#[cfg(test)]
#[path = "tests/overlap.rs"]
mod tests;
