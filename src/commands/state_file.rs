//! `--state FILE`: what a command that goes on knows, kept between its runs.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};
use crate::files::Pending;

/// A file that nobody else uses meanwhile.
pub struct StateFile {
    path: PathBuf,
    _lock: File,
}

impl StateFile {
    /// Refuses what is no file, before anything is done.
    ///
    /// # Errors
    /// Usage: it is `-`, a directory or a device, which would be read without an end.
    pub fn check(path: Option<&Path>) -> Result<()> {
        match path {
            Some(path) if path.as_os_str() == "-" => {
                Err(Error::usage("--state - is no file that could keep what is known")
                    .hint("name a file; ./- is one of this name"))
            }
            Some(path) if path.metadata().is_ok_and(|there| !there.is_file()) => {
                let why = format!("--state: {} is no regular file", path.display());
                Err(Error::usage(why).hint("name a file, which the first run creates"))
            }
            _ => Ok(()),
        }
    }

    /// Takes the file, and reads what it knows if there is one.
    ///
    /// # Errors
    /// Conflict: another command uses it. Usage: it cannot be read. Not found: its directory does not exist.
    pub fn open(path: &Path) -> Result<(Self, Option<Vec<u8>>)> {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        if let Some(parent) = parent.filter(|parent| !parent.is_dir()) {
            let why = format!("the directory {} does not exist", parent.display());
            return Err(Error::not_found(why).hint("create it first, or name a file elsewhere"));
        }
        let state = StateFile { path: path.to_owned(), _lock: lock(path)? };
        match std::fs::read(path) {
            Ok(bytes) => Ok((state, Some(bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((state, None)),
            Err(error) => {
                let why = format!("--state: cannot read {}", path.display());
                Err(Error::usage(why).source(error))
            }
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it holds is not what this command writes.
    pub fn is_not_of(&self, command: &str) -> Error {
        let why = format!("--state: {} is not what {command} has written", self.path.display());
        Error::usage(why).hint("name another file; the next run begins a new one")
    }

    /// Makes ready what it is to hold: on the disk, but known only once it is kept.
    ///
    /// # Errors
    /// What the file system says.
    pub fn prepare(&self, bytes: &[u8]) -> io::Result<Pending> {
        let mut pending = Pending::create(&self.path)?;
        pending.write_all(bytes)?;
        pending.sync()?;
        Ok(pending)
    }

    /// The error of a state that cannot be written.
    pub fn unwritten(&self, error: io::Error) -> Error {
        Error::failed(format!("cannot write {}", self.path.display())).source(error)
    }
}

/// The lock is a file of its own: the state is replaced, and a lock would go with what was replaced.
fn lock(path: &Path) -> Result<File> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let beside = PathBuf::from(beside);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let failed = |error| Error::failed(format!("cannot lock {}", beside.display())).source(error);
    let file = options.open(&beside).map_err(failed)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let why = format!("another command uses {}", path.display());
            Err(Error::new(Kind::Conflict, why).hint("use a file for each"))
        }
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
