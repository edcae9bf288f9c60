//! Whole lines, many at a time, in a buffer that is used again.

use std::io::{self, Read};

use memchr::{memchr_iter, memrchr};

use crate::lines::LONGEST;

/// How many bytes are read at once: few enough to stay in a core's own cache.
const SIZE: usize = 512 << 10;

/// Some lines.
#[derive(Debug, Default)]
pub struct Block {
    buffer: Vec<u8>,
    length: usize,
    /// Whether it begins within a line that was too long to be held.
    pub begins_within: bool,
    /// Whether it is a part of a line, and not its end.
    pub is_continued: bool,
}

impl Block {
    /// Whole lines, each with its end, which only the last line of a source may lack; or a part of a line
    /// that is too long to be held.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer[..self.length]
    }

    /// How many lines end in it.
    pub fn lines(&self) -> u64 {
        memchr_iter(b'\n', self.bytes()).count() as u64
    }

    /// Room for what comes next. It is cleared when it is made, and never again.
    fn room(&mut self) -> &mut [u8] {
        if self.buffer.len() - self.length < SIZE / 2 {
            let size = self.buffer.len() + (self.buffer.len() / 2).max(SIZE);
            self.buffer.resize(size, 0);
        }
        &mut self.buffer[self.length..]
    }
}

/// The blocks of a stream of lines.
pub struct Blocks<R> {
    stream: R,
    /// The beginning of a line whose end has not come yet.
    begun: Vec<u8>,
    /// What reading ended with.
    end: Option<io::Result<()>>,
    is_within: bool,
}

impl<R: Read> Blocks<R> {
    /// The blocks of a stream of plain bytes.
    pub fn new(stream: R) -> Self {
        Blocks { stream, begun: Vec::new(), end: None, is_within: false }
    }

    /// Fills the next block, and returns whether there was one. What came before an error is returned first.
    ///
    /// # Errors
    /// What the stream says.
    pub fn next(&mut self, block: &mut Block) -> io::Result<bool> {
        // One that held a long line does not keep its size.
        if block.buffer.len() > 4 * SIZE {
            block.buffer = Vec::new();
        }
        block.length = 0;
        block.room();
        if block.buffer.len() < self.begun.len() {
            block.buffer.resize(self.begun.len(), 0);
        }
        block.buffer[..self.begun.len()].copy_from_slice(&self.begun);
        block.length = self.begun.len();
        self.begun.clear();
        block.is_continued = false;
        block.begins_within = self.is_within;
        self.fill(block);
        if block.length > 0 {
            self.is_within = block.is_continued;
            return Ok(true);
        }
        match self.end.replace(Ok(())) {
            Some(Err(error)) => Err(error),
            _ => Ok(false),
        }
    }

    /// Reads until there are whole lines, more of a line than can be held, or no more.
    fn fill(&mut self, block: &mut Block) {
        let mut looked = block.length;
        while self.end.is_none() {
            match self.stream.read(block.room()) {
                Ok(0) => self.end = Some(Ok(())),
                Ok(read) => {
                    block.length += read;
                    // Small pieces are put together, so that a block is worth its way.
                    if block.length < SIZE / 2 {
                        continue;
                    }
                    if let Some(end) = memrchr(b'\n', &block.bytes()[looked..]) {
                        let end = looked + end + 1;
                        self.begun.extend_from_slice(&block.bytes()[end..]);
                        block.length = end;
                        return;
                    }
                    looked = block.length;
                    if looked > LONGEST {
                        block.is_continued = true;
                        return;
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.end = Some(Err(error)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Gives its bytes in pieces of the given sizes.
    struct Pieces<'a>(&'a [u8], Vec<usize>);

    impl Read for Pieces<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let size = self.1.pop().unwrap_or(usize::MAX).clamp(1, into.len());
            let size = size.min(self.0.len());
            into[..size].copy_from_slice(&self.0[..size]);
            self.0 = &self.0[size..];
            Ok(size)
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn blocks_are_the_stream(
            lines in proptest::collection::vec(0_usize..1_500_000, 0..4),
            sizes in proptest::collection::vec(1_usize..2_000_000, 0..20),
            has_end: bool,
        ) {
            let mut text: Vec<u8> = lines.iter().flat_map(|n| [vec![b'x'; *n], vec![b'\n']].concat()).collect();
            if !has_end { text.pop(); }
            let mut blocks = Blocks::new(Pieces(&text, sizes));
            let (mut block, mut read) = (Block::default(), Vec::new());
            while blocks.next(&mut block).unwrap() {
                prop_assert!(!block.bytes().is_empty() && !block.is_continued);
                prop_assert!(!block.begins_within);
                prop_assert_eq!(block.lines(), block.bytes().split(|byte| *byte == b'\n').count() as u64 - 1);
                read.extend_from_slice(block.bytes());
                prop_assert!(block.bytes().ends_with(b"\n") || read.len() == text.len());
            }
            prop_assert!(read == text);
        }
    }
}
