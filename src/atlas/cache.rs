//! A service account's token, kept between runs.
//!
//! The token endpoint is throttled hard, so a token is kept in a file until shortly before its end.
//! Several processes may write it: each replaces it whole, and they ask in turns. What cannot be read
//! is as good as absent, and what cannot be written costs one more token. An entry is bound to the
//! secret that made it: whoever has another one, or none, finds nothing.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::hex::{hex, unhex};

/// How long whoever signs out waits for a process that asks for a token.
const TO_ASK: Duration = Duration::from_secs(15);
/// How often a process looks whether its turn has come.
pub(super) const LOOK: Duration = Duration::from_millis(20);

/// What the file holds, and whose it is: never used for another server, account or secret.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredToken {
    pub(super) base_url: String,
    pub(super) client_id: String,
    pub(super) access_token: String,
    /// When a new one is to be asked for, in seconds since 1970.
    pub(super) use_until: i64,
    /// When it ends, in seconds since 1970, where its life was told.
    pub(super) ends: Option<i64>,
    /// The others under a hash whose key is the secret.
    seal: String,
}

impl StoredToken {
    /// An entry that only this secret opens.
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

    /// Whether this secret made it, and nothing was changed since.
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

/// How many random characters stand behind the name of a file that is being written.
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

/// What was in a file that is there no longer.
pub(super) enum Removed {
    /// A token.
    Token(StoredToken),
    /// What nobody can read, and what may be a token all the same.
    Unreadable,
}

/// Removes the file, and what a process has left of it that was ended while it wrote; tells what it
/// held. Another account's is left. A process that asks for a token meanwhile is waited for, or else
/// does not keep what it gets.
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

/// The right of one process to ask for a token. The system takes it back when its holder ends, in
/// whatever way.
pub(super) struct Turn(File);

impl Turn {
    /// The turn at this cache; none where there is nothing to lock, which costs one more token at
    /// most.
    pub(super) fn at(path: &Path) -> Option<Turn> {
        lock_file(path).map(Turn).map_err(|error| no_turns(path, &error)).ok()
    }

    /// Has it known that somebody signs out: each time is a byte in the file.
    fn sign_out(&self) -> io::Result<()> {
        (&self.0).write_all(b"\n")
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

/// How often somebody has signed out here: who read a secret before that keeps no token after it.
pub(super) fn sign_outs(path: &Path) -> u64 {
    fs::metadata(beside(path)).map_or(0, |lock| lock.len())
}

fn no_turns(path: &Path, error: &io::Error) {
    tracing::debug!(path = %path.display(), %error, "requesting tokens without a lock");
}

/// The file whose lock is the turn. It stays: a lock on a file that was removed excludes nobody.
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
        Some(directory) => private_directory().create(directory),
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

fn private_directory() -> DirBuilder {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}
