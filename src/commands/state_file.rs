//! `--state FILE`: what a command that goes on knows, kept between its runs.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Kind, Result};
use crate::files::Pending;

/// So often a lock may be gone right after it was taken, before the file system is not to be relied on.
const TRIES: u32 = 100;

/// A file that nobody else uses meanwhile.
pub struct StateFile {
    path: PathBuf,
    _lock: Lock,
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
        let state = StateFile { path: path.to_owned(), _lock: Lock::take(path)? };
        match fs::read(path) {
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

/// A file of its own: the state is replaced, and a lock would go with what was replaced. It is there as long as
/// it is held.
struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    fn take(state: &Path) -> Result<Lock> {
        let mut path = state.as_os_str().to_owned();
        path.push(".lock");
        let path = PathBuf::from(path);
        let failed = |error| Error::failed(format!("cannot lock {}", path.display())).source(error);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut tries = 0..TRIES;
        loop {
            let is_last = tries.next().is_none();
            let file = options.open(&path).map_err(failed)?;
            match file.try_lock() {
                Ok(()) if is_last || is_at(&file, &path) => return Ok(Lock { file, path }),
                // Whoever held it has just removed it: what is locked is no longer what others would lock.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let why = format!("another command uses {}", state.display());
                    return Err(Error::new(Kind::Conflict, why).hint("use a file for each"));
                }
                Err(TryLockError::Error(error)) => return Err(failed(error)),
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is held, so that it is not the next one's. One that stays does no harm.
        if is_at(&self.file, &self.path) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether the file is the one of this name.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let id = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    matches!((file.metadata().map(id), path.metadata().map(id)), (Ok(one), Ok(other)) if one == other)
}

/// Whether the file is the one of this name: an open file keeps its name here.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
