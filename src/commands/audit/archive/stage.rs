//! Files of days under way: whole beside the archive before any is moved into it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::audit::archive::check::Extent;
use crate::audit::archive::intake::Placed;
use crate::audit::archive::manifest::FileEntry;
use crate::audit::archive::place;
use crate::files;
use crate::hex::hex;

/// How many days are written to at the same time; the file of another day gets a further gzip member
/// when its turn comes again. A log is in order, but nothing obliges it to be.
const MOST_OPEN: usize = 48;

/// The new lines of a window, a file per day.
#[derive(Debug)]
pub(in crate::commands::audit) struct Stage {
    directory: PathBuf,
    days: BTreeMap<Date, Day>,
    open: usize,
    used: u64,
}

#[derive(Debug)]
struct Day {
    path: PathBuf,
    state: State,
    extent: Extent,
    used: u64,
}

#[derive(Debug)]
enum State {
    Open(Box<GzEncoder<Hashed>>),
    Resting(Sha256, u64),
}

/// A file whose hash and size are known without reading it again.
#[derive(Debug)]
struct Hashed {
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Stage {
    /// Nothing yet, in a directory of its own.
    pub(in crate::commands::audit) fn new(directory: PathBuf) -> Self {
        Stage { directory, days: BTreeMap::new(), open: 0, used: 0 }
    }

    /// Takes a line.
    ///
    /// # Errors
    /// What the file system says.
    pub(in crate::commands::audit) fn add(&mut self, placed: Placed<'_>) -> io::Result<()> {
        self.used += 1;
        let is_open = self.days.get(&placed.day).is_some_and(Day::is_open);
        if !is_open {
            if self.open >= MOST_OPEN {
                self.rest_one()?;
            }
            self.open += 1;
        }
        let path = || self.directory.join(format!("day={}.part", placed.day));
        let day = self.days.entry(placed.day).or_insert_with(|| Day {
            path: path(),
            state: State::Resting(Sha256::new(), 0),
            extent: Extent::default(),
            used: 0,
        });
        day.used = self.used;
        day.extent.add(placed.time);
        let encoder = day.encoder()?;
        encoder.write_all(placed.line)?;
        encoder.write_all(b"\n")
    }

    fn rest_one(&mut self) -> io::Result<()> {
        let open = self.days.values_mut().filter(|day| day.is_open());
        if let Some(day) = open.min_by_key(|day| day.used) {
            day.rest()?;
            self.open -= 1;
        }
        Ok(())
    }

    /// Syncs the files and moves them to their days below `root`, as those of the entry of this number.
    /// They count once a manifest names them. Those that a killed run `left` are replaced.
    ///
    /// # Errors
    /// What the file system says; something else that is there already.
    pub(in crate::commands::audit) fn settle(
        mut self,
        root: &Path,
        number: u64,
        left: &[String],
    ) -> io::Result<Vec<FileEntry>> {
        let mut entries = Vec::new();
        for (date, mut day) in std::mem::take(&mut self.days) {
            let (hash, bytes) = day.rest()?;
            let path = place::file(date, number);
            entries.push(FileEntry {
                lines: day.extent.lines,
                bytes,
                sha256: hex(&hash.finalize()),
                first: day.extent.first(),
                last: day.extent.last(),
                untimed: day.extent.untimed,
                path: path.clone(),
            });
            let target = root.join(&path);
            let Some(directory) = target.parent() else { continue };
            files::private_directory(directory)?;
            // A rename replaces what is there, and files of an archive are never rewritten.
            match target.symlink_metadata() {
                Ok(_) if !left.contains(&path) => return Err(io::ErrorKind::AlreadyExists.into()),
                _ => fs::rename(&day.path, &target)?,
            }
            files::sync_names(directory)?;
        }
        if !entries.is_empty() {
            files::sync_names(root)?;
        }
        Ok(entries)
    }
}

impl Day {
    fn is_open(&self) -> bool {
        matches!(self.state, State::Open(_))
    }

    fn encoder(&mut self) -> io::Result<&mut GzEncoder<Hashed>> {
        if let State::Resting(hash, bytes) = &self.state {
            let file = files::append_private(&self.path)?;
            let hashed = Hashed { file, hash: hash.clone(), bytes: *bytes };
            let encoder = GzEncoder::new(hashed, Compression::default());
            self.state = State::Open(Box::new(encoder));
        }
        match &mut self.state {
            State::Open(encoder) => Ok(encoder),
            State::Resting(..) => Err(io::ErrorKind::Other.into()),
        }
    }

    /// Ends the gzip member and syncs the file; returns its hash and size so far.
    fn rest(&mut self) -> io::Result<(Sha256, u64)> {
        if let State::Open(encoder) = &mut self.state {
            encoder.try_finish()?;
            let hashed = encoder.get_ref();
            hashed.file.sync_all()?;
            self.state = State::Resting(hashed.hash.clone(), hashed.bytes);
        }
        match &self.state {
            State::Resting(hash, bytes) => Ok((hash.clone(), *bytes)),
            State::Open(_) => Err(io::ErrorKind::Other.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::MultiGzDecoder;

    use super::*;

    /// More days at once than files are open, in turn, so that each file has several members.
    #[test]
    fn any_number_of_days_may_be_mixed() {
        let root = tempfile::tempdir().unwrap();
        let parts = root.path().join("parts");
        files::private_directory(&parts).unwrap();
        let mut stage = Stage::new(parts);
        let first = Date::constant(2026, 1, 1);
        for turn in 0..3 {
            for number in 0..100 {
                let day = first.checked_add(jiff::Span::new().days(number)).unwrap();
                let line = format!("{turn} {number}");
                stage.add(Placed { line: line.as_bytes(), day, time: None }).unwrap();
            }
        }
        assert_eq!(stage.open, MOST_OPEN);
        let entries = stage.settle(root.path(), 7, &[]).unwrap();
        assert_eq!(entries.len(), 100);
        for (number, entry) in entries.iter().enumerate() {
            let stored = fs::read(root.path().join(&entry.path)).unwrap();
            assert_eq!(entry.sha256, hex(&Sha256::digest(&stored)));
            assert_eq!((entry.bytes, entry.lines), (stored.len() as u64, 3));
            let mut text = String::new();
            MultiGzDecoder::new(stored.as_slice()).read_to_string(&mut text).unwrap();
            assert_eq!(text, format!("0 {number}\n1 {number}\n2 {number}\n"));
        }
    }
}
