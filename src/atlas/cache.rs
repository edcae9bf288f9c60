//! A service account's token, kept between runs.
//!
//! The token endpoint is throttled hard, so a token is kept in a file until shortly before its
//! end. Several processes may write it: each replaces it whole, and they ask in turns. What cannot be read is as good as
//! absent, and what cannot be written costs one more token.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

/// What the file holds, and whose it is: never used for another server or another account.
#[derive(Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) base_url: String,
    pub(super) client_id: String,
    pub(super) access_token: String,
    /// When a new one is to be asked for, in seconds since 1970.
    pub(super) use_until: i64,
}

/// Reads the file.
pub(super) fn load(path: &Path) -> Option<Kept> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Replaces the file, which only its owner may read.
pub(super) fn store(path: &Path, kept: &Kept, unique: &str) {
    if let Err(error) = replace(path, kept, unique) {
        tracing::warn!(path = %path.display(), %error, "the access token cannot be kept");
    }
}

/// Removes the file.
pub(super) fn forget(path: &Path) {
    if let Err(error) = fs::remove_file(path)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(path = %path.display(), %error, "the access token cannot be removed");
    }
}

/// The right of one process to ask for a token. The system takes it back when its holder ends, in
/// whatever way.
pub(super) struct Turn(File);

impl Turn {
    /// The turn at this cache; none where there is nothing to lock, which costs one more token at
    /// most.
    pub(super) fn at(path: &Path) -> Option<Turn> {
        lock_file(path).map(Turn).map_err(|error| no_turns(path, &error)).ok()
    }

    /// Takes the turn, or tells that another process has it.
    pub(super) fn is_taken(&self, path: &Path) -> bool {
        match self.0.try_lock() {
            Ok(()) => false,
            Err(TryLockError::WouldBlock) => true,
            // Not every file system can lock.
            Err(TryLockError::Error(error)) => {
                no_turns(path, &error);
                false
            }
        }
    }
}

fn no_turns(path: &Path, error: &io::Error) {
    tracing::debug!(path = %path.display(), %error, "tokens are asked for without taking turns");
}

/// The file whose lock is the turn. It stays: a lock on a file that was removed excludes nobody.
fn lock_file(path: &Path) -> io::Result<File> {
    make_directory(path)?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(beside)
}

fn make_directory(path: &Path) -> io::Result<()> {
    match path.parent().filter(|directory| !directory.exists()) {
        Some(directory) => private_directory().create(directory),
        None => Ok(()),
    }
}

fn replace(path: &Path, kept: &Kept, unique: &str) -> io::Result<()> {
    make_directory(path)?;
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{unique}"));
    let written = private_file()
        .open(&beside)
        .and_then(|mut file| {
            file.write_all(&serde_json::to_vec(kept)?)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&beside, path));
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn private_directory() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}
