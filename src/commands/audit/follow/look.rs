//! One look at a log: what it holds that was not there before.

use std::ops::ControlFlow;

use jiff::Timestamp;

use super::output::Output;
use super::state::State;
use crate::atlas::audit_logs::Window;
use crate::audit::event::Micros;
use crate::audit::filter::Filter;
use crate::audit::overlap::{Disorder, Overlap, Seen};
use crate::audit::scan::{self, What};
use crate::audit::source::Source;
use crate::error::{Error, Result};

/// So many bytes are written, at least, between two states: less after a kill would cost more before it.
const BATCH: usize = 256 << 10;

/// What the API is asked for, to read on from what is known. Nothing in it depends on this machine's clock,
/// which may be wrong.
pub(super) fn window(known: &Overlap) -> Window {
    let start = Some(known.start().div_euclid(1_000_000)).filter(|start| *start > 0);
    Window { start, ..Window::default() }
}

/// What becomes of new lines.
pub(super) struct Look<'l, 'c> {
    pub(super) instance: &'l str,
    pub(super) filter: &'l Filter,
    pub(super) output: &'l mut Output<'c>,
    pub(super) state: &'l mut State,
    /// Events before this moment were there before anything was followed.
    pub(super) begin: Option<Micros>,
    pub(super) now: Timestamp,
    /// Fails once the user interrupts it.
    pub(super) stopped: &'l mut dyn FnMut() -> Result<()>,
}

impl Look<'_, '_> {
    /// Writes the new lines of a log from there on, and keeps what is known then; returns how many were no event.
    ///
    /// # Errors
    /// The log cannot be read; its lines cannot be written; the state cannot be kept.
    pub(super) fn read(&mut self, log: Source, known: Overlap) -> Result<u64> {
        let log = [log];
        let all = Filter { parses_all: true, ..Filter::default() };
        let mut disorder = Disorder::default();
        let mut done = Ok(());
        let tally = scan::each(&log, &all, &mut |seen| {
            if let What::Event(event) = seen.what
                && let Some(Micros(time)) = event.time
            {
                disorder.line(time);
            }
            done = self.pause(seen.place.line);
            flow(&done)
        });
        done?;
        if let Some(unreadable) = tally.unreadable.into_iter().next() {
            return Err(Error::failed("the log cannot be read").source(unreadable.error));
        }
        let mut reading = known.read(self.now.as_microsecond());
        let mut batch = Batch::default();
        let mut faults = 0;
        let mut done = Ok(());
        scan::each(&log, &all, &mut |seen| {
            let time = match seen.what {
                What::Event(event) => event.time,
                What::Fault(_) => None,
            };
            let is_new = reading.line(seen.line, time.map(|Micros(time)| time)) == Seen::New;
            done = self.pause(seen.place.line);
            let is_begun = self.begin.is_none_or(|begin| time.is_some_and(|time| time >= begin));
            if !is_new || !is_begun || done.is_err() {
                return flow(&done);
            }
            let is_wanted = match seen.what {
                What::Event(event) => self.filter.passes(event, seen.line),
                What::Fault(_) => {
                    faults += 1;
                    self.output.takes_any_line() && self.filter.is_empty()
                }
            };
            if is_wanted {
                batch.add(seen.line);
            }
            if batch.is_full() && disorder.is_within_margin() {
                done = self.write(&mut batch, reading.overlap());
            }
            flow(&done)
        });
        done?;
        let known = reading.overlap();
        self.write(&mut batch, known)?;
        Ok(faults)
    }

    /// Now and then sees whether it is to go on.
    fn pause(&mut self, line: u64) -> Result<()> {
        if line.is_multiple_of(10_000) { (self.stopped)() } else { Ok(()) }
    }

    fn write(&mut self, batch: &mut Batch, known: Overlap) -> Result<()> {
        if batch.bytes.is_empty() && self.state.known(self.instance) == Some(&known) {
            return Ok(());
        }
        let prepared = self.state.prepare(self.instance, known)?;
        for line in batch.lines() {
            self.output.line(line, self.instance)?;
        }
        self.output.flush()?;
        *batch = Batch::default();
        prepared.keep()
    }
}

fn flow(done: &Result<()>) -> ControlFlow<()> {
    match done {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    }
}

/// Lines that are about to be written.
#[derive(Default)]
struct Batch {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Batch {
    fn add(&mut self, line: &[u8]) {
        self.bytes.extend(line);
        self.ends.push(self.bytes.len());
    }

    fn is_full(&self) -> bool {
        self.bytes.len() >= BATCH
    }

    fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begin, end)| &self.bytes[begin..*end])
    }
}
