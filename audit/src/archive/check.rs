//! Whether the files of an archive are what its manifest says.

use std::io::{self, Read};
use std::ops::ControlFlow;

use sha2::{Digest, Sha256};

use super::manifest::{FileEntry, Manifest, NAME, hexadecimal};
use super::moment::Moment;
use super::place;
use super::problem::{Fault, Problem};
use crate::filter::Filter;
use crate::scan::{self, What};
use crate::source::Source;

/// From when to when lines are, and how many.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Extent {
    /// All lines.
    pub lines: u64,
    /// Those that state no time.
    pub untimed: u64,
    first: Option<i64>,
    last: Option<i64>,
}

impl Extent {
    /// Takes a line that states this time, in microseconds since 1970.
    pub fn add(&mut self, time: Option<i64>) {
        self.lines += 1;
        match time {
            None => self.untimed += 1,
            Some(time) => {
                self.first = Some(self.first.map_or(time, |first| first.min(time)));
                self.last = self.last.max(Some(time));
            }
        }
    }

    /// The earliest time that a line states.
    pub fn first(&self) -> Option<Moment> {
        moment(self.first)
    }

    /// The latest.
    pub fn last(&self) -> Option<Moment> {
        moment(self.last)
    }
}

fn moment(time: Option<i64>) -> Option<Moment> {
    jiff::Timestamp::from_microsecond(time?).ok().map(Moment)
}

/// What is wrong with a manifest that stands in the directory of this instance: another may have been
/// renamed.
pub fn owner(manifest: &Manifest, instance: &str) -> Option<Problem> {
    let own = manifest.header.as_ref().map(|header| &header.instance)?;
    let message = format!("it is the manifest of instance {own}");
    (own != instance).then(|| Problem::new(Fault::Order, NAME, message))
}

/// What is wrong with the parts of the log that the manifest covers.
pub fn gaps(manifest: &Manifest) -> Vec<Problem> {
    let (Some(begun), Some((_, until))) = (manifest.beginning(), manifest.coverage.range()) else {
        let failed = manifest.entries.iter().rev().find(|entry| entry.failed.is_some());
        return failed.map(|entry| gap(manifest, entry.from, entry.until)).into_iter().collect();
    };
    let until = manifest.entries.iter().map(|entry| entry.until.as_second()).fold(until, i64::max);
    let gaps = manifest.coverage.gaps(begun.as_second(), until);
    gaps.into_iter()
        .map(|(from, until)| gap(manifest, Moment::second(from), Moment::second(until)))
        .collect()
}

fn gap(manifest: &Manifest, from: Moment, until: Moment) -> Problem {
    let why = manifest.entries.iter().rev().find_map(|entry| {
        entry.failed.as_deref().filter(|_| entry.from < until && from < entry.until)
    });
    let why = why.map_or(String::new(), |why| format!(": {why}"));
    let message = format!("the log from {from} to {until} (exclusive) was not read{why}");
    Problem::new(Fault::Gap, NAME, message)
}

/// What is wrong with a file, going by the size that it has.
pub fn size(entry: &FileEntry, found: io::Result<u64>) -> Option<Problem> {
    let (fault, message) = match found {
        Ok(bytes) if bytes == entry.bytes => return None,
        Ok(bytes) => {
            let message = format!("the file was changed: it has {bytes} bytes");
            (Fault::Changed, format!("{message} instead of {}", entry.bytes))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            (Fault::Missing, "the file is missing".to_owned())
        }
        Err(error) => (Fault::Damaged, format!("the file cannot be read: {error}")),
    };
    Some(Problem::new(fault, entry.path.as_str(), message))
}

/// What is wrong with a file, going by its bytes alone.
pub fn bytes(entry: &FileEntry, stored: &Source) -> Option<Problem> {
    let (sha256, bytes) = match hash(stored) {
        Ok(found) => found,
        Err(error) => return size(entry, Err(error)),
    };
    if sha256 == entry.sha256 {
        let message = format!("the manifest says {} bytes, and the file has {bytes}", entry.bytes);
        return (bytes != entry.bytes)
            .then(|| Problem::new(Fault::Count, entry.path.as_str(), message));
    }
    let size = match bytes == entry.bytes {
        true => String::new(),
        false => format!(", and it has {bytes} bytes instead of {}", entry.bytes),
    };
    let message = format!("the file was changed: its SHA-256 is {sha256}{size}");
    Some(Problem::new(Fault::Changed, entry.path.as_str(), message))
}

/// Everything that is wrong with a file.
pub fn file(entry: &FileEntry, stored: &Source) -> Vec<Problem> {
    let problem = |fault, message: String| Problem::new(fault, entry.path.as_str(), message);
    let mut problems: Vec<Problem> = bytes(entry, stored).into_iter().collect();
    if matches!(problems.as_slice(), [Problem { fault: Fault::Missing | Fault::Damaged, .. }]) {
        return problems;
    }
    let own = place::parse(&entry.path).map(|(day, _)| day);
    let mut found = Extent::default();
    let mut elsewhere = 0_u64;
    let mut tally = scan::each(std::slice::from_ref(stored), &Filter::default(), &mut |seen| {
        let time = match seen.what {
            What::Event(event) => event.time.map(|time| time.0),
            What::Fault(_) => None,
        };
        let day = time.and_then(place::day);
        elsewhere += u64::from(day.is_some_and(|day| Some(day) != own));
        found.add(time.filter(|_| day.is_some()));
        ControlFlow::Continue(())
    });
    if let Some(unreadable) = tally.unreadable.pop() {
        let message = format!("the file cannot be unpacked to its end: {}", unreadable.error);
        problems.push(problem(Fault::Damaged, message));
        return problems;
    }
    if found.lines != entry.lines || found.untimed != entry.untimed {
        let untimed = |lines: u64| match lines {
            0 => String::new(),
            lines => format!(" ({lines} without a time)"),
        };
        let message = format!(
            "the file has {} lines{} instead of {}{}",
            found.lines,
            untimed(found.untimed),
            entry.lines,
            untimed(entry.untimed)
        );
        problems.push(problem(Fault::Count, message));
    } else if (found.first(), found.last()) != (entry.first, entry.last) {
        let message = "its first and last times are not those of the manifest".to_owned();
        problems.push(problem(Fault::Count, message));
    }
    if elsewhere > 0 {
        let message = format!("lines of another day are in the file: {elsewhere}");
        problems.push(problem(Fault::Misplaced, message));
    }
    problems
}

/// The SHA-256 and the size of what is stored.
fn hash(stored: &Source) -> io::Result<(String, u64)> {
    let mut bytes = stored.stored()?;
    let (mut hasher, mut size) = (Sha256::new(), 0);
    let mut piece = vec![0; 128 << 10];
    loop {
        match bytes.read(&mut piece) {
            Ok(0) => return Ok((hexadecimal(&hasher.finalize()), size)),
            Ok(read) => {
                hasher.update(&piece[..read]);
                size += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
#[path = "tests/check.rs"]
mod tests;
