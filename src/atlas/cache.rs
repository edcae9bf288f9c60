//! A service account's token, stored between runs.
//!
//! The token endpoint is throttled hard, so a token is stored in a file until shortly before it
//! expires. Several processes may write the file: each replaces it as a whole, and they request
//! tokens in turn. A file that cannot be read counts as absent; one that cannot be written costs
//! one more token. An entry is bound to the secret that it was issued for, and is of no use to
//! anyone with another one.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::files;
use crate::hex::{hex, unhex};

/// How long signing out waits for a process that is requesting a token.
const TO_ASK: Duration = Duration::from_secs(15);
/// How often a process checks whether its turn has come.
pub(super) const LOOK: Duration = Duration::from_millis(20);

/// What the file holds, and whose it is: never used for another server, account or secret.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredToken {
    pub(super) base_url: String,
    pub(super) client_id: String,
    pub(super) access_token: String,
    /// When to request a new one, in seconds since 1970.
    pub(super) use_until: i64,
    /// When it ends, in seconds since 1970, if its lifetime was announced.
    pub(super) ends: Option<i64>,
    /// The others under a hash whose key is the secret.
    seal: String,
}

impl StoredToken {
    /// An entry that only this secret can open.
    pub(super) fn sealed(
        base_url: &str,
        client_id: &str,
        access_token: &str,
        (use_until, ends): (i64, Option<i64>),
        secret: &SecretString,
    ) -> StoredToken {
        let mut kept = StoredToken {
            base_url: base_url.to_owned(),
            client_id: client_id.to_owned(),
            access_token: access_token.to_owned(),
            use_until,
            ends,
            seal: String::new(),
        };
        kept.seal = hex(&kept.hash(secret).finalize().into_bytes());
        kept
    }

    /// Whether it was made with this secret, and is unchanged.
    pub(super) fn is_sealed_by(&self, secret: &SecretString) -> bool {
        let same = |seal| self.hash(secret).verify_slice(seal).is_ok();
        unhex(&self.seal).as_deref().is_some_and(same)
    }

    fn hash(&self, secret: &SecretString) -> Hmac<Sha256> {
        let numbers = format!("{} {:?}", self.use_until, self.ends);
        let parts = [&self.base_url, &self.client_id, &self.access_token, &numbers];
        let text = parts.map(|part| format!("{}:{part}", part.len())).concat();
        let mut key = [0; 64];
        key[..32].copy_from_slice(&Sha256::digest(secret.expose_secret()));
        <Hmac<Sha256> as KeyInit>::new(&key.into()).chain_update(text)
    }
}

/// How many random characters follow the name of a file that is being written.
const UNFINISHED: usize = 16;

/// Reads the file.
pub(super) fn load(path: &Path) -> Option<StoredToken> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Replaces the file, which only its owner may read.
pub(super) fn store(path: &Path, kept: &StoredToken) {
    if let Err(error) = replace(path, kept) {
        tracing::warn!(path = %path.display(), %error, "cannot store the access token");
    }
}

/// What was in a file that has been removed.
pub(super) enum Removed {
    /// A token.
    Token(StoredToken),
    /// Something unreadable that may be a token all the same.
    Unreadable,
}

/// Removes the file, and what a process killed while writing it left behind; returns what it held.
/// Another account's file is left alone. If a process is requesting a token, waits for it, or else
/// makes it not store what it gets.
pub(super) fn remove(path: &Path, client_id: &str) -> io::Result<Option<Removed>> {
    let turn = Turn::at(path);
    let started = Instant::now();
    while turn.as_ref().is_some_and(|turn| turn.is_taken(path)) && started.elapsed() < TO_ASK {
        thread::sleep(LOOK);
    }
    if let Some(turn) = &turn {
        turn.sign_out()?;
    }
    let kept = match fs::read(path) {
        Ok(bytes) => {
            Some(serde_json::from_slice(&bytes).map_or(Removed::Unreadable, Removed::Token))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(_) => Some(Removed::Unreadable),
    };
    if matches!(&kept, Some(Removed::Token(kept)) if kept.client_id != client_id) {
        return Ok(None);
    }
    let gone = |removed: io::Result<()>| match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    gone(fs::remove_file(path))?;
    let beside = path.parent().and_then(|directory| fs::read_dir(directory).ok());
    for entry in beside.into_iter().flatten().flatten() {
        let is_unfinished = |name: &str| {
            let unique = name.strip_prefix('.');
            unique.is_some_and(|u| {
                u.len() == UNFINISHED && u.bytes().all(|b| b.is_ascii_alphanumeric())
            })
        };
        let (name, whole) = (entry.file_name(), path.file_name().unwrap_or_default());
        let rest = name.as_encoded_bytes().strip_prefix(whole.as_encoded_bytes());
        if rest.and_then(|rest| std::str::from_utf8(rest).ok()).is_some_and(is_unfinished) {
            gone(fs::remove_file(entry.path()))?;
        }
    }
    Ok(kept)
}

/// The right of one process to request a token. The system revokes it when the process ends,
/// however it ends.
pub(super) struct Turn(File);

impl Turn {
    /// The turn at this cache; none if there is nothing to lock, which costs one more token at
    /// most.
    pub(super) fn at(path: &Path) -> Option<Turn> {
        lock_file(path).map(Turn).map_err(|error| no_turns(path, &error)).ok()
    }

    /// Records that somebody signs out: each time is a byte in the file.
    fn sign_out(&self) -> io::Result<()> {
        (&self.0).write_all(b"\n")
    }

    /// Takes the turn, unless another process has it.
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

/// How often somebody has signed out here: a process that read the secret before that stores no
/// token after it.
pub(super) fn sign_outs(path: &Path) -> u64 {
    fs::metadata(beside(path)).map_or(0, |lock| lock.len())
}

fn no_turns(path: &Path, error: &io::Error) {
    tracing::debug!(path = %path.display(), %error, "requesting tokens without a lock");
}

/// The file whose lock is the turn. It is never removed: a lock on a removed file excludes nobody.
fn lock_file(path: &Path) -> io::Result<File> {
    make_directory(path)?;
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(beside(path))
}

fn beside(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".lock");
    beside.into()
}

fn make_directory(path: &Path) -> io::Result<()> {
    match path.parent().filter(|directory| !directory.exists()) {
        Some(directory) => files::private_directory(directory),
        None => Ok(()),
    }
}

fn replace(path: &Path, kept: &StoredToken) -> io::Result<()> {
    make_directory(path)?;
    let mut prefix = path.file_name().unwrap_or_default().to_owned();
    prefix.push(".");
    // Only its owner can read it, from the beginning.
    let mut beside = tempfile::Builder::new();
    beside.prefix(&prefix).rand_bytes(UNFINISHED);
    let mut file = beside.tempfile_in(path.parent().unwrap_or(Path::new(".")))?;
    file.write_all(&serde_json::to_vec(kept)?)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}
