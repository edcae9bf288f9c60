//! One source, from its beginning to its end.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::{io, thread};

use memchr::memchr;

use super::{Seen, Tally, Unreadable, What};
use crate::blocks::{Block, Blocks};
use crate::event::Parser;
use crate::filter::{Filter, Prefilter};
use crate::lines::Fault;
use crate::source::{Place, Source};

/// How many blocks are under way between two threads.
const BLOCKS: usize = 3;

/// A source that is read.
pub(super) struct Lane<'a> {
    source: &'a Source,
    filter: &'a Filter,
    prefilter: Option<Prefilter>,
    passes_all: bool,
    parser: Parser,
    /// Whether the block before ended within a line.
    is_within: bool,
    pub(super) tally: Tally,
}

type Sink<'s> = &'s mut dyn FnMut(Seen<'_>) -> ControlFlow<()>;

impl<'a> Lane<'a> {
    pub(super) fn new(source: &'a Source, filter: &'a Filter) -> Self {
        let prefilter = filter.prefilter();
        let passes_all = filter.is_empty();
        let tally = Tally { is_prefiltered: prefilter.is_some(), ..Tally::default() };
        Lane {
            source,
            filter,
            prefilter,
            passes_all,
            parser: Parser::default(),
            is_within: false,
            tally,
        }
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
        let (full, blocks) = sync_channel(BLOCKS);
        let (empty, used) = sync_channel(BLOCKS);
        let source = self.source;
        thread::scope(|scope| {
            scope.spawn(move || ahead(source, &full, &used));
            // Whoever stops reading lets go of both channels, which ends the other thread.
            self.receive(blocks, empty, seen)
        })
    }

    fn receive(
        &mut self,
        blocks: Receiver<io::Result<Block>>,
        empty: SyncSender<Block>,
        seen: Sink<'_>,
    ) -> ControlFlow<()> {
        for block in blocks {
            match block {
                Ok(block) => {
                    self.block(&block, seen)?;
                    // Once everything is read, nobody needs it any more.
                    let _ = empty.try_send(block);
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
        self.tally.bytes += block.bytes.len() as u64;
        let mut rest = block.bytes.as_slice();
        if block.is_continued || self.is_within {
            let end = memchr(b'\n', rest).filter(|_| !block.is_continued);
            let (line, after) = rest.split_at(end.unwrap_or(rest.len()));
            if !std::mem::replace(&mut self.is_within, block.is_continued) {
                self.tally.lines.add(Some(Fault::Malformed));
            }
            self.fault(line, end.is_some(), Fault::Malformed, seen)?;
            rest = after.get(1..).unwrap_or_default();
        }
        while !rest.is_empty() {
            let end = memchr(b'\n', rest);
            let line = &rest[..end.unwrap_or(rest.len())];
            rest = end.map_or(&[], |end| &rest[end + 1..]);
            self.line(line, end.is_some(), seen)?;
        }
        ControlFlow::Continue(())
    }

    fn line(&mut self, line: &[u8], is_ended: bool, seen: Sink<'_>) -> ControlFlow<()> {
        if let Some(prefilter) = &self.prefilter
            && looks_whole(line)
            && !prefilter.may_pass(line)
        {
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
        seen(Seen { place: self.place(), line, is_ended, what: What::Event(&event) })
    }

    fn fault(&self, line: &[u8], is_ended: bool, fault: Fault, seen: Sink<'_>) -> ControlFlow<()> {
        seen(Seen { place: self.place(), line, is_ended, what: What::Fault(fault) })
    }

    /// Where the line stands that was counted last.
    fn place(&self) -> Place<'a> {
        Place { source: self.source, line: self.tally.lines.all() }
    }
}

/// Whether a line begins and ends as an object does.
fn looks_whole(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    line.first() == Some(&b'{') && line.last() == Some(&b'}')
}

/// Decompresses, as far ahead as there are blocks.
fn ahead(source: &Source, full: &SyncSender<io::Result<Block>>, used: &Receiver<Block>) {
    let mut blocks = match source.plain() {
        Ok(plain) => Blocks::new(plain),
        Err(error) => return drop(full.send(Err(error))),
    };
    loop {
        let mut block = used.try_recv().unwrap_or_default();
        let sent = match blocks.next(&mut block) {
            Ok(true) => full.send(Ok(block)),
            Ok(false) => return,
            Err(error) => return drop(full.send(Err(error))),
        };
        if sent.is_err() {
            return;
        }
    }
}
