//! Whether what takes the place of files holds all of their lines: an export of a log that has grown does.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::{Conflict, Failure, Format, Held, Pending, Target};
use crate::overlap::LineHash;

/// How many lines are held at once.
const LINES: u64 = 1_000_000;
/// A longer line is none that an export wrote.
const LONGEST: u64 = 64 << 20;

/// How lines are read back.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub(super) format: Format,
    pub(super) gzip: bool,
}

impl Reader {
    /// Passes on what tells a file's lines apart: of columns the line itself, of text each line.
    fn each(self, file: Box<dyn Held>, seen: &mut dyn FnMut(&[u8])) -> Result<(), Failure> {
        match self.format {
            #[cfg(feature = "lake")]
            Format::Parquet => super::parquet::lines(file, seen),
            Format::Ndjson | Format::Csv | Format::Ecs => match self.gzip {
                true => lines(BufReader::new(MultiGzDecoder::new(BufReader::new(file))), seen),
                false => lines(BufReader::new(file), seen),
            },
        }
    }
}

/// A file that was there before, or that is to be there.
pub(super) enum At<'a> {
    /// Under this name.
    There(&'a str),
    /// Still under way.
    Pending(&'a mut dyn Pending),
}

impl At<'_> {
    fn open(&mut self, target: &mut dyn Target) -> Result<Box<dyn Held>, Failure> {
        match self {
            At::There(name) => target.open(name),
            At::Pending(file) => file.read(),
        }
    }
}

/// The first of the old files that holds lines that the new ones, taken together, have not. Equal lines are
/// counted: of two that were there, two have to be there.
pub(super) fn lacking<'n>(
    target: &mut dyn Target,
    reader: Reader,
    old: &[&'n str],
    new: &mut [At<'_>],
    rows: u64,
) -> Result<Option<(&'n str, Conflict)>, Failure> {
    // A part of the lines at a time, by their hashes, so that a day of any size fits.
    let parts = rows / LINES + 1;
    for part in 0..parts {
        let mut there: HashMap<LineHash, u32> = HashMap::new();
        for file in &mut *new {
            reader.each(file.open(target)?, &mut |line| {
                let hash = LineHash::of(line);
                if hash.is_in(part, parts) {
                    *there.entry(hash).or_default() += 1;
                }
            })?;
        }
        for name in old {
            let mut missing = 0;
            let read = reader.each(target.open(name)?, &mut |line| {
                let hash = LineHash::of(line);
                if hash.is_in(part, parts) {
                    match there.get_mut(&hash) {
                        Some(count @ 1..) => *count -= 1,
                        _ => missing += 1,
                    }
                }
            });
            match (read, missing) {
                (Err(_), _) => return Ok(Some((*name, Conflict::Foreign))),
                (Ok(()), 0) => {}
                (Ok(()), lines) => return Ok(Some((*name, Conflict::Lines(lines)))),
            }
        }
    }
    Ok(None)
}

fn lines(mut text: impl BufRead, seen: &mut dyn FnMut(&[u8])) -> Result<(), Failure> {
    let mut line = Vec::new();
    loop {
        line.clear();
        match text.by_ref().take(LONGEST).read_until(b'\n', &mut line)? {
            0 => return Ok(()),
            read if read as u64 == LONGEST => return Err("a line has no end".into()),
            _ => seen(line.strip_suffix(b"\n").unwrap_or(&line)),
        }
    }
}
