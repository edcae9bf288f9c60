//! Where events go: files of an export, by day, sorted by time.
//!
//! Lines are taken in as they come ([`Export`]), sorted as far as a buffer reaches, and written by a second
//! thread ([`write`]). A line that comes later than that is kept apart ([`spool`]) and ends up in a further
//! file of its day, so that every file is sorted, whatever the log is like, in bounded memory.

mod class;
pub mod columns;
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

    /// Makes sure that a file of this name, which would be a left-over of another export, is not there.
    ///
    /// # Errors
    /// It is there; those of the place.
    fn clear(&mut self, name: &str) -> Result<(), Failure>;

    /// A file for what is kept apart, which vanishes with the process.
    ///
    /// # Errors
    /// Those of the place.
    fn scratch(&mut self) -> Result<Box<dyn Scratch>, Failure>;
}

/// A file that is under way, and vanishes unless it is kept.
pub trait Pending: Write + Send {
    /// Makes it whole.
    ///
    /// # Errors
    /// There is another of its name; those of the place.
    fn keep(self: Box<Self>) -> Result<State, Failure>;

    /// How many bytes were written.
    fn length(&self) -> u64;
}

/// A file without a name.
pub trait Scratch: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Scratch for T {}

#[cfg(test)]
mod tests;
