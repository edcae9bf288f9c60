//! Whole lines, many at a time, in a buffer that is used again.

use std::io::{self, Read};

use memchr::memrchr;

use crate::lines::LONGEST;

/// How many bytes are read at once.
const SIZE: usize = 1 << 20;

/// Some lines.
#[derive(Debug, Default)]
pub struct Block {
    /// Whole lines, each with its end, which only the last line of a source may lack; or a part of a line
    /// that is too long to be held.
    pub bytes: Vec<u8>,
    /// Whether it is a part of a line, and not its end.
    pub is_continued: bool,
}

/// The blocks of a stream of lines.
pub struct Blocks<R> {
    stream: R,
    /// The beginning of a line whose end has not come yet.
    begun: Vec<u8>,
    /// What reading ended with.
    end: Option<io::Result<()>>,
}

impl<R: Read> Blocks<R> {
    /// The blocks of a stream of plain bytes.
    pub fn new(stream: R) -> Self {
        Blocks { stream, begun: Vec::new(), end: None }
    }

    /// Fills the next block, and returns whether there was one. What came before an error is returned first.
    ///
    /// # Errors
    /// What the stream says.
    pub fn next(&mut self, block: &mut Block) -> io::Result<bool> {
        let bytes = &mut block.bytes;
        bytes.clear();
        bytes.append(&mut self.begun);
        block.is_continued = false;
        let mut looked = bytes.len();
        while self.end.is_none() {
            let length = bytes.len();
            bytes.resize(length.max(SIZE) + if length >= SIZE { SIZE } else { 0 }, 0);
            match self.stream.read(&mut bytes[length..]) {
                Ok(0) => self.end = Some(Ok(())),
                Ok(read) => {
                    bytes.truncate(length + read);
                    // Small pieces are put together, so that a block is worth its way.
                    if bytes.len() < SIZE / 2 {
                        continue;
                    }
                    if let Some(end) = memrchr(b'\n', &bytes[looked..]) {
                        let end = looked + end + 1;
                        self.begun.extend_from_slice(&bytes[end..]);
                        bytes.truncate(end);
                        return Ok(true);
                    }
                    looked = bytes.len();
                    if looked > LONGEST {
                        block.is_continued = true;
                        return Ok(true);
                    }
                    continue;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.end = Some(Err(error)),
            }
            bytes.truncate(length);
        }
        if !bytes.is_empty() {
            return Ok(true);
        }
        match self.end.replace(Ok(())) {
            Some(Err(error)) => Err(error),
            _ => Ok(false),
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
                prop_assert!(!block.bytes.is_empty() && !block.is_continued);
                read.extend_from_slice(&block.bytes);
                prop_assert!(block.bytes.ends_with(b"\n") || read.len() == text.len());
            }
            prop_assert!(read == text);
        }
    }
}
