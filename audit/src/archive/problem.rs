//! What is wrong with an archive.

use std::fmt;

use serde::Serialize;

/// A way in which an archive is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// A line of the manifest cannot be understood.
    Unreadable,
    /// A line of the manifest does not name the hash of the line before it.
    Chain,
    /// Entries are not numbered, or not timed, in the order of the manifest; or windows cross.
    Order,
    /// A file that the manifest names is not there.
    Missing,
    /// A file that no line of the manifest names.
    Stray,
    /// A file is not what was archived: its hash, its size.
    Changed,
    /// A file does not hold as many lines as the manifest says, or not from when to when.
    Count,
    /// A file cannot be unpacked to its end.
    Damaged,
    /// A line is in the file of another day than its own.
    Misplaced,
    /// A part of the log was not read.
    Gap,
    /// A head that was kept is not in the chain.
    Head,
    /// The project's events tell of something that no line tells of.
    Event,
}

/// Something that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// In what way.
    pub fault: Fault,
    /// The file, from the instance's directory on.
    pub file: String,
    /// What is wrong with it.
    pub message: String,
}

impl Problem {
    /// A problem.
    pub fn new(fault: Fault, file: impl Into<String>, message: impl Into<String>) -> Self {
        Problem { fault, file: file.into(), message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}
