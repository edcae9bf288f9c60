//! Which process listens for the instances of a store: the one that holds the lock of a file next to
//! the store. A lock ends with its process, however that ends.

use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use super::place::{self, with_suffix};
use super::schema::private;
use crate::error::{Error, Result};

/// Who asks whether the lock is held has it for a moment.
const TRIES: u32 = 20;
const BETWEEN: Duration = Duration::from_millis(5);

/// That this process listens for the instances of a store, until it is dropped.
#[derive(Debug)]
pub struct Claim {
    _lock: File,
}

impl Claim {
    /// Claims them; `None` if another process does listen.
    ///
    /// # Errors
    /// The file cannot be made.
    pub fn take(path: &Path) -> Result<Option<Claim>> {
        for _ in 0..TRIES {
            if let Some(claim) = Claim::take_now(path)? {
                return Ok(Some(claim));
            }
            thread::sleep(BETWEEN);
        }
        Ok(None)
    }

    /// Claims them; `None` if another process does listen, or somebody asks just now whether one does.
    ///
    /// # Errors
    /// As [`Claim::take`].
    pub fn take_now(path: &Path) -> Result<Option<Claim>> {
        let file = open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Claim { _lock: file })),
            Err(TryLockError::Error(e)) => Err(failed(path, e)),
            Err(TryLockError::WouldBlock) => Ok(None),
        }
    }
}

/// Whether some process listens for the instances of a store.
///
/// # Errors
/// The file cannot be read.
pub fn is_claimed(path: &Path) -> Result<bool> {
    if !place::regular(&with_suffix(path, SUFFIX))? {
        return Ok(false);
    }
    match open(path)?.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(e)) => Err(failed(path, e)),
    }
}

const SUFFIX: &str = ".endpoints";

fn open(path: &Path) -> Result<File> {
    let name = with_suffix(path, SUFFIX);
    place::regular(&name)?;
    private(&name).map_err(|e| failed(path, e))
}

fn failed(path: &Path, error: io::Error) -> Error {
    Error::failed(format!("cannot lock {}{SUFFIX}", path.display())).source(error)
}
