//! A source that is decompressed on a thread of its own.

use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::Scope;

use crate::blocks::{Block, Blocks};
use crate::source::Source;

/// How many blocks are under way for each thread that reads them.
const BLOCKS: usize = 3;

/// The blocks of a source, for one thread or for several.
pub(super) struct Ahead {
    /// And, where several threads read, how many lines ended in those that were taken.
    full: Mutex<(Receiver<io::Result<Block>>, Option<u64>)>,
    used: SyncSender<Block>,
}

impl Ahead {
    /// Begins to decompress, as far ahead as there are blocks. It ends when nobody reads any more.
    pub(super) fn begin<'scope>(
        scope: &'scope Scope<'scope, '_>,
        source: &'scope Source,
        readers: usize,
    ) -> Ahead {
        let (full, blocks) = sync_channel(BLOCKS * readers);
        let (used, empty) = sync_channel(BLOCKS * readers);
        scope.spawn(move || decompress(source, &full, &empty));
        Ahead { full: Mutex::new((blocks, (readers > 1).then_some(0))), used }
    }

    /// The next block and how many lines ended before it, which the only thread that reads knows itself; or
    /// what the source ends with. After an error there is nothing more.
    pub(super) fn next(&self) -> Option<io::Result<(Block, Option<u64>)>> {
        let mut full = self.full.lock().unwrap_or_else(PoisonError::into_inner);
        let (blocks, lines) = &mut *full;
        let block = blocks.recv().ok()?;
        // Counted here, since decompressing takes longer than anything else that is done to a block.
        Some(block.map(|block| {
            let before = *lines;
            *lines = before.map(|before| before + block.lines());
            (block, before)
        }))
    }

    /// Lets a block be filled again.
    pub(super) fn give_back(&self, block: Block) {
        // Once everything is read, nobody needs it any more.
        let _ = self.used.try_send(block);
    }
}

fn decompress(source: &Source, full: &SyncSender<io::Result<Block>>, used: &Receiver<Block>) {
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
