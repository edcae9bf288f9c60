//! Where events go: files of an export, by day, sorted by time.
//!
//! Lines are taken in as they come ([`Export`]), sorted as far as a buffer reaches, and written by a second
//! thread ([`write`]). A line that comes later than that is kept apart ([`spool`]) and ends up in a further
//! file of its day, so that every file is sorted, whatever the log is like, in bounded memory.

mod class;
pub mod columns;
mod compare;
mod csv;
mod ecs;
mod export;
mod layout;
#[cfg(feature = "lake")]
mod parquet;
mod rows;
mod spool;
mod text;
mod write;

use std::io::{Read, Seek, Write};

pub use export::{Export, Line, run};
pub use layout::{Lake, Layout};
pub use write::{LeftOut, Report, State, Written};

/// What went wrong where files are kept.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// What files hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Columns, in Parquet.
    #[cfg(feature = "lake")]
    Parquet,
    /// The original lines.
    Ndjson,
    /// Columns, as comma-separated values.
    Csv,
    /// Documents by the Elastic Common Schema.
    Ecs,
}

/// Where files are kept.
pub trait Target: Send {
    /// Begins a file that is to get this name, with `/` between directories.
    ///
    /// # Errors
    /// Those of the place.
    fn begin(&mut self, name: &str) -> Result<Box<dyn Pending>, Failure>;

    /// Whether a file of this name is there.
    ///
    /// # Errors
    /// Those of the place.
    fn has(&mut self, name: &str) -> Result<bool, Failure>;

    /// A file that is there, from its beginning.
    ///
    /// # Errors
    /// It is not there; those of the place.
    fn open(&mut self, name: &str) -> Result<Box<dyn Held>, Failure>;

    /// Removes a file.
    ///
    /// # Errors
    /// Those of the place.
    fn remove(&mut self, name: &str) -> Result<(), Failure>;

    /// Whether what is there is replaced whatever it holds.
    fn is_forced(&self) -> bool;

    /// The error that a file has to stay, because of what it holds.
    fn conflict(&self, name: &str, conflict: Conflict) -> Failure;

    /// A file for what is kept apart, which vanishes with the process.
    ///
    /// # Errors
    /// Those of the place.
    fn scratch(&mut self) -> Result<Box<dyn Scratch>, Failure>;
}

/// A file that is under way, and vanishes unless it is kept.
pub trait Pending: Write + Send {
    /// What is there of its name.
    ///
    /// # Errors
    /// It is something that is no file; those of the place.
    fn there(&mut self) -> Result<There, Failure>;

    /// What was written so far, from its beginning.
    ///
    /// # Errors
    /// Those of the place.
    fn read(&mut self) -> Result<Box<dyn Held>, Failure>;

    /// Makes it whole.
    ///
    /// # Errors
    /// There is another of its name that is not to be replaced; those of the place.
    fn keep(self: Box<Self>, replace: bool) -> Result<(), Failure>;

    /// How many bytes were written.
    fn length(&self) -> u64;
}

/// What is there where a file is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum There {
    /// Nothing.
    Nothing,
    /// The same, byte for byte.
    Same,
    /// Something else.
    Other,
    /// It does not matter: nothing is to be written.
    Unasked,
}

/// Why a file has to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conflict {
    /// It holds so many lines that the export has not.
    Lines(u64),
    /// It is nothing that an export wrote.
    Foreign,
}

/// What is read back.
pub trait Held: Read + Seek + Send {}

impl<T: Read + Seek + Send> Held for T {}

/// A file without a name.
pub trait Scratch: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Scratch for T {}

#[cfg(test)]
mod tests;
