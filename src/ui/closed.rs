//! Whether stdout was closed when the program began.

use std::io;

use super::Ui;
use crate::error::{Error, Result};

impl Ui {
    /// Refuses to write to a stdout that was closed: what is written there is lost, and nothing says so.
    ///
    /// # Errors
    /// Failed: it was closed.
    pub fn check_stdout(&self) -> Result<()> {
        match is_closed().unwrap_or(false) {
            true => Err(Error::failed("stdout is closed, so nobody would see what is written")
                .hint("open it; >/dev/null discards what is written on purpose")),
            false => Ok(()),
        }
    }
}

/// The standard library opens `/dev/null` in place of a closed stdout, for reading and writing. A shell that
/// is told to discard opens it for writing only.
#[cfg(unix)]
fn is_closed() -> io::Result<bool> {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};

    let stdout = io::stdout();
    let is_null = fstat(&stdout)?.st_rdev == stat("/dev/null")?.st_rdev;
    Ok(is_null && fcntl_getfl(&stdout)? & OFlags::RWMODE == OFlags::RDWR)
}

#[cfg(not(unix))]
fn is_closed() -> io::Result<bool> {
    Ok(false)
}
