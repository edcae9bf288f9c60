//! Unpacks a log as it arrives, and detects damage.

use std::io::{self, Write};

use flate2::write::MultiGzDecoder;

use super::lines::{Count, Lines};

/// Why a log could not be unpacked.
#[derive(Debug, thiserror::Error)]
pub enum UnpackError {
    /// The gzip stream ends early, or its checksum or length does not match.
    #[error("the log is damaged: {0}")]
    Damaged(io::Error),
    /// The sink for the lines failed.
    #[error("{0}")]
    Sink(io::Error),
}

/// A gzip stream of lines, fed piece by piece. No bytes at all is a whole, empty log.
pub struct Unpacker<W: Write> {
    stream: Stream<W>,
}

enum Stream<W: Write> {
    /// Nothing has come yet, so there is no trailer to check.
    Empty(Counter<W>),
    Begun(Box<MultiGzDecoder<Counter<W>>>),
}

impl<W: Write> Unpacker<W> {
    /// An unpacker that writes the plain bytes to `sink`.
    pub fn new(sink: W) -> Self {
        Unpacker { stream: Stream::Empty(Counter { sink, lines: Lines::default(), failed: false }) }
    }

    /// Unpacks the next piece.
    ///
    /// # Errors
    /// An [`UnpackError`], after which nothing more can be fed.
    pub fn feed(self, piece: &[u8]) -> Result<Self, UnpackError> {
        let mut decoder = match self.stream {
            Stream::Empty(counter) if piece.is_empty() => {
                return Ok(Unpacker { stream: Stream::Empty(counter) });
            }
            Stream::Empty(counter) => Box::new(MultiGzDecoder::new(counter)),
            Stream::Begun(decoder) => decoder,
        };
        match decoder.write_all(piece) {
            Ok(()) => Ok(Unpacker { stream: Stream::Begun(decoder) }),
            Err(error) => Err(blame(decoder.get_ref(), error)),
        }
    }

    /// Ends the stream; returns what its lines are, and the sink.
    ///
    /// # Errors
    /// [`UnpackError::Damaged`] if the stream is incomplete.
    pub fn finish(self) -> Result<(Count, W), UnpackError> {
        let mut counter = match self.stream {
            Stream::Empty(counter) => counter,
            Stream::Begun(mut decoder) => {
                if let Err(error) = decoder.try_finish() {
                    return Err(blame(decoder.get_ref(), error));
                }
                decoder.finish().map_err(UnpackError::Damaged)?
            }
        };
        counter.flush().map_err(UnpackError::Sink)?;
        Ok((counter.lines.finish(), counter.sink))
    }
}

fn blame<W>(counter: &Counter<W>, error: io::Error) -> UnpackError {
    match counter.failed {
        true => UnpackError::Sink(error),
        false => UnpackError::Damaged(error),
    }
}

/// Looks at lines on their way to the sink.
struct Counter<W> {
    sink: W,
    lines: Lines,
    failed: bool,
}

impl<W: Write> Write for Counter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.sink.write(bytes).inspect_err(|_| self.failed = true)?;
        self.lines.read(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush().inspect_err(|_| self.failed = true)
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use proptest::prelude::*;

    use super::*;

    fn gzip(plain: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(bytes: &[u8], piece: usize) -> Result<(u64, Vec<u8>), UnpackError> {
        let mut unpacker = Unpacker::new(Vec::new());
        for piece in bytes.chunks(piece) {
            unpacker = unpacker.feed(piece)?;
        }
        unpacker.finish().map(|(count, sink)| (count.all(), sink))
    }

    #[test]
    fn an_empty_log_is_whole() {
        assert_eq!(unpack(b"", 1).unwrap(), (0, Vec::new()));
        assert_eq!(unpack(&gzip(b""), 7).unwrap(), (0, Vec::new()));
    }

    #[test]
    fn several_members_are_one_log() {
        let bytes = [gzip(b"a\n"), gzip(b""), gzip(b"b\nc")].concat();
        for piece in [1, 3, 1000] {
            assert_eq!(unpack(&bytes, piece).unwrap(), (3, b"a\nb\nc".to_vec()));
        }
    }

    #[test]
    fn a_flipped_bit_is_noticed() {
        let mut bytes = gzip(b"line\nline\n");
        let at = bytes.len() - 6;
        bytes[at] ^= 1;
        assert!(matches!(unpack(&bytes, 1000), Err(UnpackError::Damaged(_))));
    }

    proptest! {
        #[test]
        fn every_cut_but_one_between_members_is_noticed(
            first in proptest::collection::vec(any::<u8>(), 0..60),
            second in proptest::collection::vec(any::<u8>(), 0..60),
            piece in 1_usize..80,
        ) {
            let (first, second) = (gzip(&first), gzip(&second));
            let bytes = [first.clone(), second].concat();
            for cut in 1..bytes.len() {
                prop_assert_eq!(unpack(&bytes[..cut], piece).is_ok(), cut == first.len(), "{}", cut);
            }
        }

        #[test]
        fn every_cut_is_noticed(plain in proptest::collection::vec(any::<u8>(), 0..300), cut in 1_usize..400) {
            let bytes = gzip(&plain);
            let cut = cut.min(bytes.len() - 1);
            prop_assert!(unpack(&bytes[..bytes.len() - cut], 64).is_err());
        }
    }
}
