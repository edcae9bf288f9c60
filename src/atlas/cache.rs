//! A service account's token, kept between runs.
//!
//! The token endpoint is throttled hard, so a token is kept in a file until shortly before its
//! end. Several processes may write it: each replaces it whole. What cannot be read is as good as
//! absent, and what cannot be written costs one more token.

use std::fs::{self, DirBuilder, OpenOptions};
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

fn replace(path: &Path, kept: &Kept, unique: &str) -> io::Result<()> {
    if let Some(directory) = path.parent().filter(|directory| !directory.exists()) {
        private_directory().create(directory)?;
    }
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
