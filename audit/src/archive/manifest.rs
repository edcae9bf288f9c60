//! The manifest of an instance's archive: lines of JSON, each of which names the hash of the one before.

use std::io;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::coverage::Coverage;
use super::moment::Moment;
use super::place;
use super::problem::{Fault, Problem};

/// The manifest's name in the directory of its instance.
pub const NAME: &str = "manifest.jsonl";

/// The version of the layout that is written, and the only one that is read.
const VERSION: u32 = 1;

/// The first line: whose log this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The version of the layout.
    pub version: u32,
    /// The project's id.
    pub project: String,
    /// The instance's name.
    pub instance: String,
    /// When the archive was begun.
    pub begun: Moment,
}

impl Header {
    /// The first line of a new archive.
    pub fn new(project: &str, instance: &str, begun: Moment) -> Self {
        Header {
            version: VERSION,
            project: project.to_owned(),
            instance: instance.to_owned(),
            begun,
        }
    }
}

/// Any other line: a window of the log that was read, or that could not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The SHA-256 of the line before, without the line's end.
    pub previous: String,
    /// The number of this entry, from 1; its files bear it as well.
    pub number: u64,
    /// When the window was read.
    pub read: Moment,
    /// The window's first moment.
    pub from: Moment,
    /// The moment after the window's last.
    pub until: Moment,
    /// Lines of the answer that were archived before.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub again: u64,
    /// Lines that are archived of this window and were not in the answer any more.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub vanished: u64,
    /// Why the window could not be read. Then it is not covered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// The files that hold what was new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileEntry>,
}

fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// A file of the archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its path, from the instance's directory on, with slashes.
    pub path: String,
    /// How many lines it holds.
    pub lines: u64,
    /// Its size.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// The earliest time that a line states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<Moment>,
    /// The latest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Moment>,
    /// How many lines state no time.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub untimed: u64,
}

/// What a manifest says.
#[derive(Debug, Default)]
pub struct Manifest {
    /// The first line, if it can be read.
    pub header: Option<Header>,
    /// The entries that can be read.
    pub entries: Vec<Entry>,
    /// The windows that were read.
    pub coverage: Coverage,
    /// How many bytes are whole lines.
    pub whole: usize,
    /// How many bytes are behind them: the beginning of a line that a run could not end, and that therefore
    /// never counted.
    pub torn: usize,
    /// The hashes of the lines.
    hashes: Vec<String>,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
}

impl Manifest {
    /// Reads a manifest. What is wrong with it is [told](Manifest::problems).
    pub fn read(bytes: &[u8]) -> Self {
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let torn = bytes.len() - whole;
        let mut manifest = Manifest { whole, torn, ..Manifest::default() };
        let lines = bytes[..whole].strip_suffix(b"\n").map(|lines| lines.split(|b| *b == b'\n'));
        for (index, line) in lines.into_iter().flatten().enumerate() {
            manifest.line(index, line);
            manifest.hashes.push(sha256(line));
        }
        manifest
    }

    fn line(&mut self, index: usize, line: &[u8]) {
        let number = index + 1;
        if index == 0 {
            match parsed::<Header>(line) {
                Ok(header) if header.version == VERSION => self.header = Some(header),
                Ok(Header { version, .. }) => self.wrong(
                    Fault::Unreadable,
                    format!("line 1: the archive has layout {version}, and {VERSION} is known"),
                ),
                Err(why) => self.wrong(Fault::Unreadable, format!("line 1: {why}")),
            }
            return;
        }
        let entry: Entry = match parsed(line) {
            Ok(entry) => entry,
            Err(why) => return self.wrong(Fault::Unreadable, format!("line {number}: {why}")),
        };
        if self.hashes.last() != Some(&entry.previous) {
            let why = "the line before is not the one that was there when this one was written";
            self.wrong(Fault::Chain, format!("line {number}: {why}"));
        }
        if usize::try_from(entry.number) != Ok(index) {
            let is = entry.number;
            self.wrong(Fault::Order, format!("line {number}: it is entry {is} instead of {index}"));
        }
        if entry.from >= entry.until {
            self.wrong(Fault::Order, format!("line {number}: its window ends before it begins"));
        } else if entry.failed.is_none()
            && !self.coverage.add(
                entry.from.as_second(),
                entry.until.as_second(),
                entry.read.as_second(),
            )
        {
            let why = "its window crosses one that was read before";
            self.wrong(Fault::Order, format!("line {number}: {why}"));
        }
        for file in &entry.files {
            let path = &file.path;
            if place::parse(path).is_none_or(|(_, number)| number != entry.number) {
                let why = format!("line {number}: {path:?} is no path of a file of this entry");
                self.problems.push(Problem::new(Fault::Unreadable, NAME, why));
            }
        }
        self.entries.push(entry);
    }

    fn wrong(&mut self, fault: Fault, message: String) {
        self.problems.push(Problem::new(fault, NAME, message));
    }

    /// The hash of the last line, which vouches for all; none of an archive that is not begun.
    pub fn head(&self) -> Option<&str> {
        self.hashes.last().map(String::as_str)
    }

    /// The number of the line that has this hash, from 1.
    pub fn find(&self, head: &str) -> Option<usize> {
        self.hashes.iter().position(|hash| hash.eq_ignore_ascii_case(head)).map(|at| at + 1)
    }

    /// The number of the next entry.
    pub fn next(&self) -> u64 {
        self.hashes.len().max(1) as u64
    }

    /// All files, but those whose path leads elsewhere.
    pub fn files(&self) -> impl Iterator<Item = &FileEntry> {
        let files = self.entries.iter().flat_map(|entry| &entry.files);
        files.filter(|file| place::parse(&file.path).is_some())
    }

    /// The first moment that was ever asked for.
    pub fn beginning(&self) -> Option<Moment> {
        self.entries.iter().map(|entry| entry.from).min()
    }

    /// Adds the first line, once `write` has written it.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn begin(
        &mut self,
        header: Header,
        write: impl FnOnce(&[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        self.add(&header, write)?;
        self.header = Some(header);
        Ok(())
    }

    /// Adds an entry, chained to the one before, once `write` has written its line.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn append(
        &mut self,
        mut entry: Entry,
        write: impl FnOnce(&[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        entry.previous = self.head().unwrap_or_default().to_owned();
        entry.number = self.next();
        self.add(&entry, write)?;
        if entry.failed.is_none() {
            let seconds = [entry.from, entry.until, entry.read].map(Moment::as_second);
            self.coverage.add(seconds[0], seconds[1], seconds[2]);
        }
        self.entries.push(entry);
        Ok(())
    }

    fn add(
        &mut self,
        line: &impl Serialize,
        write: impl FnOnce(&[u8]) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(line)?;
        let hash = sha256(&bytes);
        bytes.push(b'\n');
        write(&bytes)?;
        self.hashes.push(hash);
        self.whole += bytes.len();
        self.torn = 0;
        Ok(())
    }
}

fn parsed<T: DeserializeOwned>(line: &[u8]) -> Result<T, String> {
    serde_json::from_slice(line).map_err(|error| format!("it cannot be understood: {error}"))
}

/// The SHA-256 of these bytes, in hexadecimal digits.
pub fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(value.into(), 16);
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(digit).collect()
}

#[cfg(test)]
#[path = "tests/manifest.rs"]
mod tests;
