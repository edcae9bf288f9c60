//! Files that are not written: `--dry-run` tells which there would be.

use std::io::{self, Write};

use crate::audit::sinks::{Failure, Pending, Scratch, State, Target};

/// Nowhere.
pub(super) struct Planned;

impl Target for Planned {
    fn begin(&mut self, _: &str) -> Result<Box<dyn Pending>, Failure> {
        Ok(Box::new(PlannedFile(0)))
    }

    fn clear(&mut self, _: &str) -> Result<(), Failure> {
        Ok(())
    }

    fn scratch(&mut self) -> Result<Box<dyn Scratch>, Failure> {
        Ok(Box::new(tempfile::tempfile()?))
    }
}

/// How long a file would be.
struct PlannedFile(u64);

impl Write for PlannedFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Pending for PlannedFile {
    fn keep(self: Box<Self>) -> Result<State, Failure> {
        Ok(State::Planned)
    }

    fn length(&self) -> u64 {
        self.0
    }
}
