//! Lines that are written in one order and read in the other: in memory as long as they fit, then in a file.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::ControlFlow;

/// So many bytes are held in memory.
const HELD: usize = 32 << 20;

/// So many bytes are read back at once, unless a record is longer.
const WINDOW: u64 = 1 << 20;

/// Where lines are put that are too many to be held.
pub trait Storage: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Storage for T {}

/// A line, or a part of one that is too long to be held in one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record<'a> {
    /// Its bytes, without the line feed.
    pub bytes: &'a [u8],
    /// The number of its source.
    pub source: u32,
    /// Its number there. Parts of a line have one number, and follow each other.
    pub line: u64,
    /// Whether it is an event.
    pub is_event: bool,
}

/// What stands behind the bytes of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Trailer {
    length: u64,
    source: u32,
    line: u64,
    is_event: bool,
}

const TRAILER: u64 = 21;

impl Trailer {
    fn of(record: &Record<'_>) -> Trailer {
        let Record { bytes, source, line, is_event } = *record;
        Trailer { length: bytes.len() as u64, source, line, is_event }
    }

    fn write(self, into: &mut Vec<u8>) {
        into.extend(self.length.to_le_bytes());
        into.extend(self.source.to_le_bytes());
        into.extend(self.line.to_le_bytes());
        into.push(u8::from(self.is_event));
    }

    fn read(bytes: &[u8]) -> Option<Trailer> {
        let (length, rest) = bytes.split_first_chunk()?;
        let (source, rest) = rest.split_first_chunk()?;
        let (line, rest) = rest.split_first_chunk()?;
        Some(Trailer {
            length: u64::from_le_bytes(*length),
            source: u32::from_le_bytes(*source),
            line: u64::from_le_bytes(*line),
            is_event: rest.first() == Some(&1),
        })
    }

    /// Whether both are of one line.
    fn is_with(self, other: Trailer) -> bool {
        (self.source, self.line) == (other.source, other.line)
    }
}

/// Lines in the order in which they came, of which the last are wanted first.
pub struct Backwards<'o> {
    /// How many of them are wanted.
    most: Option<u64>,
    held: Vec<u8>,
    most_held: usize,
    open: Box<dyn FnMut() -> io::Result<Box<dyn Storage>> + 'o>,
    storage: Option<Box<dyn Storage>>,
    /// How many bytes are in the storage.
    stored: u64,
}

impl<'o> Backwards<'o> {
    /// Nothing yet; `open` makes the storage, if one is needed.
    pub fn new(
        most: Option<u64>,
        open: impl FnMut() -> io::Result<Box<dyn Storage>> + 'o,
    ) -> Backwards<'o> {
        let open = Box::new(open);
        Backwards { most, held: Vec::new(), most_held: HELD, open, storage: None, stored: 0 }
    }

    /// Takes in a line.
    ///
    /// # Errors
    /// Those of the storage.
    pub fn push(&mut self, record: &Record<'_>) -> io::Result<()> {
        self.held.extend_from_slice(record.bytes);
        Trailer::of(record).write(&mut self.held);
        if self.held.len() < self.most_held {
            return Ok(());
        }
        if self.storage.is_none() && self.forget()? {
            return Ok(());
        }
        self.store()
    }

    /// Gives the lines back, the last one first, and the parts of one in their order.
    ///
    /// # Errors
    /// Those of the storage.
    pub fn each(mut self, seen: &mut dyn FnMut(Record<'_>) -> ControlFlow<()>) -> io::Result<()> {
        if self.storage.is_some() {
            self.store()?;
        }
        let most = self.most.unwrap_or(u64::MAX);
        let mut window = Window::of(self);
        let mut parts: Vec<(u64, Trailer)> = Vec::new();
        let (mut end, mut given) = (window.end, 0);
        loop {
            let next = window.before(end)?;
            if let Some((_, last)) = parts.last()
                && next.is_none_or(|(_, next)| !next.is_with(*last))
            {
                for (start, trailer) in parts.drain(..).rev() {
                    let Trailer { length, source, line, is_event } = trailer;
                    let bytes = window.read(start, start + length)?;
                    if seen(Record { bytes, source, line, is_event }).is_break() {
                        return Ok(());
                    }
                }
                given += 1;
            }
            match next {
                Some((start, trailer)) if given < most => {
                    parts.push((start, trailer));
                    end = start;
                }
                _ => return Ok(()),
            }
        }
    }

    /// Lets go of what is not wanted, and returns whether there is room then.
    fn forget(&mut self) -> io::Result<bool> {
        let Some(most) = self.most else { return Ok(false) };
        let (mut start, mut lines) = (self.held.len(), 0);
        let mut last: Option<Trailer> = None;
        while let Some(trailer) = self.held[..start].last_chunk::<{ TRAILER as usize }>() {
            let trailer = Trailer::read(trailer).ok_or(io::ErrorKind::InvalidData)?;
            lines += u64::from(last.is_none_or(|last| !last.is_with(trailer)));
            if lines > most {
                break;
            }
            last = Some(trailer);
            start -= (trailer.length + TRAILER) as usize;
        }
        self.held.drain(..start);
        Ok(self.held.len() < self.most_held / 2)
    }

    fn store(&mut self) -> io::Result<()> {
        let storage = match &mut self.storage {
            Some(storage) => storage,
            None => self.storage.insert((self.open)()?),
        };
        storage.write_all(&self.held)?;
        self.stored += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }
}

/// What was last read back.
struct Window {
    bytes: Vec<u8>,
    start: u64,
    end: u64,
    storage: Option<Box<dyn Storage>>,
}

impl Window {
    fn of(lines: Backwards<'_>) -> Window {
        let Backwards { held, storage, stored, .. } = lines;
        let end = stored + held.len() as u64;
        Window { bytes: held, start: stored, end, storage }
    }

    /// Where the record begins that ends here, with what its trailer says.
    fn before(&mut self, end: u64) -> io::Result<Option<(u64, Trailer)>> {
        if end == 0 {
            return Ok(None);
        }
        let damaged = || io::Error::from(io::ErrorKind::InvalidData);
        let at = end.checked_sub(TRAILER).ok_or_else(damaged)?;
        let trailer = Trailer::read(self.read(at, end)?).ok_or_else(damaged)?;
        Ok(Some((at.checked_sub(trailer.length).ok_or_else(damaged)?, trailer)))
    }

    /// The bytes from here to there.
    fn read(&mut self, start: u64, end: u64) -> io::Result<&[u8]> {
        let is_here = start >= self.start && end <= self.start + self.bytes.len() as u64;
        if let Some(storage) = self.storage.as_mut().filter(|_| !is_here) {
            // What is asked for next stands before this.
            let from = start.min(end.saturating_sub(WINDOW));
            self.bytes.resize((end - from) as usize, 0);
            storage.seek(SeekFrom::Start(from))?;
            storage.read_exact(&mut self.bytes)?;
            self.start = from;
        }
        let range = (start - self.start) as usize..(end - self.start) as usize;
        self.bytes.get(range).ok_or_else(|| io::ErrorKind::InvalidData.into())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_pushed_comes_back_from_its_end(
            lines in proptest::collection::vec((0_usize..60, 1_usize..4, any::<bool>()), 0..80),
            most in proptest::option::of(1_u64..30),
            most_held in 1_usize..4_000,
        ) {
            let mut all: Vec<Vec<(Vec<u8>, u64, bool)>> = Vec::new();
            let mut back = Backwards::new(most, || Ok(Box::new(Cursor::new(Vec::new())) as _));
            back.most_held = most_held;
            for (number, (length, parts, is_event)) in lines.into_iter().enumerate() {
                let line = number as u64 / 2;
                let source = number as u32 % 2;
                let parts = (0..parts).map(|part| (vec![part as u8; length], line, is_event));
                all.push(parts.collect());
                for (bytes, line, is_event) in all.last().unwrap() {
                    back.push(&Record { bytes, source, line: *line, is_event: *is_event }).unwrap();
                }
            }
            let wanted = all.into_iter().rev().take(most.map_or(usize::MAX, |most| most as usize));
            let mut read = Vec::new();
            back.each(&mut |record| {
                read.push((record.bytes.to_vec(), record.line, record.is_event));
                ControlFlow::Continue(())
            }).unwrap();
            prop_assert_eq!(read, wanted.flatten().collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_storage_without_room_is_an_error() {
        let mut full = Backwards::new(None, || Err(io::ErrorKind::StorageFull.into()));
        full.most_held = 10;
        let record = Record { bytes: b"0123456789", source: 0, line: 1, is_event: true };
        assert_eq!(full.push(&record).unwrap_err().kind(), io::ErrorKind::StorageFull);
    }
}
