//! Reads sources: in order, or on all cores.

mod ahead;
mod lane;

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::{io, thread};

use crate::event::Event;
use crate::filter::Filter;
use crate::folds::Fold;
use crate::lines::{Count, Fault};
use crate::source::{Place, Source};
use ahead::Ahead;
use lane::{Lane, Sink};

/// A line that was read.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Where.
    pub place: Place<'a>,
    /// Its bytes, without the line feed.
    pub line: &'a [u8],
    /// Whether a line feed follows: not behind the last line of some logs, nor behind a part of a line that
    /// is too long to be held.
    pub is_ended: bool,
    /// What it is.
    pub what: What<'a>,
}

/// What a line is.
#[derive(Debug, Clone, Copy)]
pub enum What<'a> {
    /// An event that is asked for.
    Event(&'a Event<'a>),
    /// No event.
    Fault(Fault),
}

/// What was read.
#[derive(Debug, Default)]
pub struct Tally {
    /// What the lines are.
    pub lines: Count,
    /// How many of the events passed the filter.
    pub passed: u64,
    /// How many of those are no act of anybody, as far as can be told.
    pub senseless: u64,
    /// Whether most lines were only looked at from outside, so that a fault within one was not seen.
    pub is_prefiltered: bool,
    /// The plain bytes.
    pub bytes: u64,
    /// The sources that could not be read to their end.
    pub unreadable: Vec<Unreadable>,
}

impl Tally {
    /// Adds what another has read.
    pub fn join(&mut self, other: Tally) {
        self.lines += other.lines;
        self.passed += other.passed;
        self.senseless += other.senseless;
        self.is_prefiltered |= other.is_prefiltered;
        self.bytes += other.bytes;
        self.unreadable.extend(other.unreadable);
    }
}

/// A source that could not be read to its end.
#[derive(Debug)]
pub struct Unreadable {
    /// Which one.
    pub label: std::sync::Arc<str>,
    /// How many lines were read before.
    pub lines: u64,
    /// What was wrong.
    pub error: io::Error,
}

/// Reads the sources one after another, and passes on every event that is asked for and every line that is
/// none, in order. Decompressing goes ahead on another thread.
pub fn each(
    sources: &[Source],
    filter: &Filter,
    seen: &mut dyn FnMut(Seen<'_>) -> ControlFlow<()>,
) -> Tally {
    let mut tally = Tally::default();
    for source in sources {
        let mut lane = Lane::new(source, filter);
        let flow = lane.read_ahead(seen);
        tally.join(lane.tally);
        if flow.is_break() {
            break;
        }
    }
    tally
}

/// Reads the sources on up to so many threads, two at least for a single one, and folds the events that are asked for. `bad` is told of
/// every line that is none, in no order.
pub fn fold<F: Fold>(
    sources: &[Source],
    filter: &Filter,
    threads: usize,
    new: &(dyn Fn() -> F + Sync),
    bad: &(dyn Fn(Place<'_>, Fault, &[u8]) + Sync),
) -> (F, Tally) {
    let parts = Mutex::new((new(), Tally::default()));
    let next = AtomicUsize::new(0);
    let work = |ahead: Option<Arc<Ahead>>| {
        let (mut part, mut tally) = (new(), Tally::default());
        let mut seen = |seen: Seen<'_>| {
            match seen.what {
                What::Event(event) => part.take(event, seen.place),
                What::Fault(fault) => bad(seen.place, fault, seen.line),
            }
            ControlFlow::Continue(())
        };
        let mut one = |source, read: &dyn Fn(&mut Lane<'_>, Sink<'_>) -> ControlFlow<()>| {
            let mut lane = Lane::new(source, filter);
            let _ = read(&mut lane, &mut seen);
            tally.join(lane.tally);
        };
        match &ahead {
            Some(ahead) => one(&sources[0], &|lane, seen| lane.receive(ahead, seen)),
            None => {
                while let Some(source) = sources.get(next.fetch_add(1, Ordering::Relaxed)) {
                    one(source, &|lane, seen| lane.read(seen));
                }
            }
        }
        let mut parts = parts.lock().unwrap_or_else(PoisonError::into_inner);
        parts.0.join(part);
        parts.1.join(tally);
    };
    thread::scope(|scope| {
        // One source cannot be divided before it is decompressed. That takes longer than the rest, so whoever
        // does it needs a core that nobody else is given.
        let readers = match sources.len() {
            1 => threads.saturating_sub(1).max(1),
            sources => threads.min(sources),
        };
        let ahead = match sources {
            [source] => Some(Arc::new(Ahead::begin(scope, source, readers))),
            _ => None,
        };
        for _ in 1..readers {
            let ahead = ahead.clone();
            scope.spawn(move || work(ahead));
        }
        work(ahead);
    });
    let (whole, mut tally) = parts.into_inner().unwrap_or_else(PoisonError::into_inner);
    tally.unreadable.sort_by(|one, other| one.label.cmp(&other.label));
    if let ([_], [unreadable]) = (sources, &mut *tally.unreadable) {
        // Whoever met the error had read a part.
        unreadable.lines = tally.lines.all();
    }
    (whole, tally)
}

#[cfg(test)]
mod tests;
