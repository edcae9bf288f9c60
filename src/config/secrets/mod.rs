//! Where secrets are stored between runs: the system's keyring, or a file that only its owner can read.
//!
//! A secret is stored for a profile *and* a base URL, so that a profile whose address was changed
//! finds none instead of sending it to somebody else.

use std::fmt;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::error::{Error, Result};

pub mod bytes;
mod file;
pub mod helper;
#[cfg(feature = "keyring")]
#[path = "keyring.rs"]
mod keyring;
#[cfg(not(feature = "keyring"))]
#[path = "no_keyring.rs"]
mod keyring;

/// Where a secret is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretStore {
    /// The system's keyring.
    Keyring,
    /// `credentials.toml` beside `config.toml`, mode 0600.
    File,
}

impl fmt::Display for SecretStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            SecretStore::Keyring => "keyring",
            SecretStore::File => "file",
        })
    }
}

/// Whose secret it is.
#[derive(Debug, Clone, Copy)]
pub struct SecretOwner<'a> {
    /// The profile.
    pub profile: &'a str,
    /// The only address that it may be sent to.
    pub base_url: &'a Url,
}

impl SecretOwner<'_> {
    /// As an account of the keyring is called: `prod https://cloud.mongodb.com`.
    fn account(&self) -> String {
        format!("{} {}", self.profile, self.address())
    }

    fn address(&self) -> &str {
        self.base_url.as_str().trim_end_matches('/')
    }
}

/// The places where secrets are stored.
#[derive(Debug, Clone)]
pub struct Secrets {
    dir: PathBuf,
    for_the_last_time: bool,
}

impl Secrets {
    /// Those of a configuration directory. Nothing is opened.
    pub fn new(dir: &Path) -> Self {
        Secrets { dir: dir.to_owned(), for_the_last_time: false }
    }

    /// The same for signing out: a file that others can read is read nevertheless, since its secret is
    /// needed to revoke the token.
    #[must_use]
    pub fn for_the_last_time(mut self) -> Self {
        self.for_the_last_time = true;
        self
    }

    /// Whether there is a keyring that answers; asks it once, for two seconds at most.
    ///
    /// # Errors
    /// Why there is none.
    pub fn probe_keyring() -> Result<()> {
        keyring::probe()
    }

    /// Whether a place can take a secret, before one is asked for.
    ///
    /// # Errors
    /// Why it cannot: no keyring, or a file or directory that others may read.
    pub fn check(&self, place: SecretStore) -> Result<()> {
        match place {
            SecretStore::Keyring => keyring::probe(),
            SecretStore::File => file::check(&self.dir),
        }
    }

    /// Where a place is, for people.
    pub fn describe(&self, place: SecretStore) -> String {
        match place {
            SecretStore::Keyring => "the system's keyring".to_owned(),
            SecretStore::File => file::path(&self.dir).display().to_string(),
        }
    }

    /// Reads a secret; `None` if none is stored for this owner.
    ///
    /// # Errors
    /// No keyring; a file that others may read.
    pub fn read(&self, place: SecretStore, owner: SecretOwner<'_>) -> Result<Option<SecretString>> {
        match place {
            SecretStore::Keyring => keyring::read("spctl", &owner.account()),
            SecretStore::File => file::read(&self.dir, owner, self.for_the_last_time),
        }
    }

    /// Stores a secret, replacing an earlier one.
    ///
    /// # Errors
    /// Those of [`Secrets::check`], and what the place says.
    pub fn write(
        &self,
        place: SecretStore,
        owner: SecretOwner<'_>,
        secret: &SecretString,
    ) -> Result<()> {
        match place {
            SecretStore::Keyring => keyring::write("spctl", &owner.account(), secret),
            SecretStore::File => file::write(&self.dir, owner, secret),
        }
    }

    /// Removes a secret; returns whether there was one. The file has one per profile, removed whatever
    /// address it is for; the keyring has one per profile and address.
    ///
    /// # Errors
    /// What the place says.
    pub fn remove(&self, place: SecretStore, owner: SecretOwner<'_>) -> Result<bool> {
        match place {
            SecretStore::Keyring => keyring::remove("spctl", &owner.account()),
            SecretStore::File => self.remove_from_file(owner.profile),
        }
    }

    /// Removes a profile's secret from the file; returns whether there was one.
    ///
    /// # Errors
    /// A file that cannot be read or written.
    pub fn remove_from_file(&self, profile: &str) -> Result<bool> {
        file::remove(&self.dir, profile)
    }

    /// The address that the file's secret of a profile is for, where it has one.
    ///
    /// # Errors
    /// Those of [`Secrets::read`].
    pub fn address_in_file(&self, profile: &str) -> Result<Option<String>> {
        file::address(&self.dir, profile)
    }
}

/// Reads an entry that another program stored in the keyring.
///
/// # Errors
/// No keyring, or what it says.
pub fn foreign(service: &str, account: &str) -> Result<Option<SecretString>> {
    keyring::read(service, account)
}

/// What to do if there is no keyring.
fn without_keyring(error: Error) -> Error {
    error
        .hint(
            "spctl auth login --insecure-storage stores the secret in a file that only you can read",
        )
        .hint("spctl auth login --credential-command PROGRAM asks a helper whenever it is needed")
        .hint("spctl auth login --no-store stores nothing, and prints the environment to set")
}
