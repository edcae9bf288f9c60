//! Files that are not written: `--dry-run` tells which there would be.

use std::io::{self, Write};

use crate::audit::sinks::{Conflict, Failure, Held, Pending, Scratch, Target, There};

/// Nowhere.
pub(super) struct Planned;

impl Target for Planned {
    fn begin(&mut self, _: &str) -> Result<Box<dyn Pending>, Failure> {
        Ok(Box::new(PlannedFile(0)))
    }

    fn has(&mut self, _: &str) -> Result<bool, Failure> {
        Ok(false)
    }

    fn open(&mut self, _: &str) -> Result<Box<dyn Held>, Failure> {
        Ok(Box::new(io::empty()))
    }

    fn remove(&mut self, _: &str) -> Result<(), Failure> {
        Ok(())
    }

    fn is_forced(&self) -> bool {
        false
    }

    fn conflict(&self, name: &str, conflict: Conflict) -> Failure {
        super::conflict(name, conflict).into()
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
    fn there(&mut self) -> Result<There, Failure> {
        Ok(There::Unasked)
    }

    fn read(&mut self) -> Result<Box<dyn Held>, Failure> {
        Ok(Box::new(io::empty()))
    }

    fn keep(self: Box<Self>, _: bool) -> Result<(), Failure> {
        Ok(())
    }

    fn length(&self) -> u64 {
        self.0
    }
}
