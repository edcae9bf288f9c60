//! One source, from its beginning to its end.

use std::ops::{ControlFlow, Range};
use std::{io, thread};

use memchr::memchr;

use super::ahead::Ahead;
use super::{Seen, Tally, Unreadable, What};
use crate::blocks::{Block, Blocks};
use crate::event::Parser;
use crate::filter::{Filter, Hits, Prefilter};
use crate::lines::Fault;
use crate::source::{Place, Source};

/// A source that is read.
pub(super) struct Lane<'a> {
    source: &'a Source,
    filter: &'a Filter,
    prefilter: Option<Prefilter>,
    passes_all: bool,
    parser: Parser,
    /// How many lines ended before the one that is looked at.
    before: u64,
    pub(super) tally: Tally,
}

/// What is told of the lines.
pub(super) type Sink<'s> = &'s mut dyn FnMut(Seen<'_>) -> ControlFlow<()>;

impl<'a> Lane<'a> {
    pub(super) fn new(source: &'a Source, filter: &'a Filter) -> Self {
        let prefilter = filter.prefilter();
        let passes_all = filter.is_empty();
        let tally = Tally { is_prefiltered: prefilter.is_some(), ..Tally::default() };
        Lane { source, filter, prefilter, passes_all, parser: Parser::default(), before: 0, tally }
    }

    /// Reads it on this thread.
    pub(super) fn read(&mut self, seen: Sink<'_>) -> ControlFlow<()> {
        let mut block = Block::default();
        let read = || Ok::<_, io::Error>(Blocks::new(self.source.plain()?));
        let mut blocks = match read() {
            Ok(blocks) => blocks,
            Err(error) => return self.unreadable(error),
        };
        loop {
            match blocks.next(&mut block) {
                Ok(true) => self.block(&block, seen)?,
                Ok(false) => return ControlFlow::Continue(()),
                Err(error) => return self.unreadable(error),
            }
        }
    }

    /// Reads it on this thread, while another decompresses.
    pub(super) fn read_ahead(&mut self, seen: Sink<'_>) -> ControlFlow<()> {
        let source = self.source;
        thread::scope(|scope| {
            let ahead = Ahead::begin(scope, source, 1);
            // Whoever stops reading lets go of it, which ends the other thread.
            self.receive(&ahead, seen)
        })
    }

    /// Reads blocks as long as there are any.
    pub(super) fn receive(&mut self, ahead: &Ahead, seen: Sink<'_>) -> ControlFlow<()> {
        while let Some(block) = ahead.next() {
            match block {
                Ok((block, before)) => {
                    self.before = before.unwrap_or(self.before);
                    self.block(&block, seen)?;
                    ahead.give_back(block);
                }
                Err(error) => return self.unreadable(error),
            }
        }
        ControlFlow::Continue(())
    }

    fn unreadable(&mut self, error: io::Error) -> ControlFlow<()> {
        let lines = self.tally.lines.all();
        self.tally.unreadable.push(Unreadable { label: self.source.label.clone(), lines, error });
        ControlFlow::Continue(())
    }

    fn block(&mut self, block: &Block, seen: Sink<'_>) -> ControlFlow<()> {
        let bytes = block.bytes();
        self.tally.bytes += bytes.len() as u64;
        let mut at = 0;
        if block.is_continued || block.begins_within {
            let end = memchr(b'\n', bytes).filter(|_| !block.is_continued);
            if !block.begins_within {
                self.tally.lines.add(Some(Fault::Malformed));
            }
            at = end.map_or(bytes.len(), |end| end + 1);
            let line = &bytes[..end.unwrap_or(bytes.len())];
            self.fault(line, end.is_some(), Fault::Malformed, seen)?;
            self.before += u64::from(end.is_some());
        }
        let prefilter = self.prefilter.take();
        let mut hits = prefilter.as_ref().map(|prefilter| prefilter.over(bytes));
        let mut flow = ControlFlow::Continue(());
        while at < bytes.len() && flow.is_continue() {
            let end = memchr(b'\n', &bytes[at..]).map(|end| at + end);
            let line = at..end.unwrap_or(bytes.len());
            at = line.end + 1;
            flow = self.line(bytes, line, end.is_some(), hits.as_mut(), seen);
            self.before += u64::from(end.is_some());
        }
        drop(hits);
        self.prefilter = prefilter;
        flow
    }

    fn line(
        &mut self,
        bytes: &[u8],
        line: Range<usize>,
        is_ended: bool,
        hits: Option<&mut Hits<'_>>,
        seen: Sink<'_>,
    ) -> ControlFlow<()> {
        let is_hit = hits.is_none_or(|hits| hits.any_in(line.clone()));
        let line = &bytes[line];
        if !is_hit && looks_whole(line) {
            self.tally.lines.add(None);
            return ControlFlow::Continue(());
        }
        let Some(event) = self.parser.parse(line) else {
            let fault = Fault::of(line);
            self.tally.lines.add(Some(fault));
            return self.fault(line, is_ended, fault, seen);
        };
        self.tally.lines.add(None);
        if !self.passes_all && !self.filter.passes(&event, line) {
            return ControlFlow::Continue(());
        }
        self.tally.passed += 1;
        self.tally.senseless += u64::from(event.outcome.is_none());
        let place = Place { source: self.source, line: self.before + 1 };
        seen(Seen { place, line, is_ended, what: What::Event(&event) })
    }

    fn fault(&self, line: &[u8], is_ended: bool, fault: Fault, seen: Sink<'_>) -> ControlFlow<()> {
        let place = Place { source: self.source, line: self.before + 1 };
        seen(Seen { place, line, is_ended, what: What::Fault(fault) })
    }
}

/// Whether a line begins and ends as an object does.
fn looks_whole(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    line.first() == Some(&b'{') && line.last() == Some(&b'}')
}
