//! Files that are either whole or not there: written beside the target, synced, then renamed.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::hex::hex;

/// A file under way, which vanishes unless it is kept. Only its owner can read it.
#[derive(Debug)]
pub struct Pending {
    file: File,
    beside: PathBuf,
    target: PathBuf,
    kept: bool,
}

impl Pending {
    /// Begins a file that shall be `target`.
    ///
    /// # Errors
    /// Where the directory does not exist or cannot be written to.
    pub fn create(target: &Path) -> io::Result<Self> {
        let name = target.file_name().ok_or(io::ErrorKind::IsADirectory)?;
        let mut random = [0; 6];
        getrandom::fill(&mut random).map_err(io::Error::other)?;
        let suffix = hex(&random);
        // Names can be as long as the file system allows; the one beside must not be longer.
        let stem: String = name.to_string_lossy().chars().take(40).collect();
        let beside = target.with_file_name(format!(".{stem}.{suffix}.part"));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&beside)?;
        Ok(Pending { file, beside, target: target.to_owned(), kept: false })
    }

    /// Makes it the target; `force` replaces what is there.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] where something is there; what the file system says.
    pub fn keep(mut self, force: bool) -> io::Result<()> {
        self.file.flush()?;
        self.file.sync_all()?;
        match force {
            true => fs::rename(&self.beside, &self.target)?,
            false => self.keep_if_free()?,
        }
        self.kept = true;
        Ok(())
    }

    /// A link fails where the target exists, even if it came into being a moment ago; a rename
    /// would replace it.
    fn keep_if_free(&self) -> io::Result<()> {
        match fs::hard_link(&self.beside, &self.target) {
            Ok(()) => fs::remove_file(&self.beside),
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Err(e),
            Err(_) if self.target.symlink_metadata().is_ok() => {
                Err(io::ErrorKind::AlreadyExists.into())
            }
            Err(_) => fs::rename(&self.beside, &self.target),
        }
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        if !self.kept {
            // Whatever went wrong before is what the user hears of.
            let _ = fs::remove_file(&self.beside);
        }
    }
}

/// Replaces a file by these bytes.
///
/// # Errors
/// What the file system says.
pub fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = Pending::create(target)?;
    pending.write_all(bytes)?;
    pending.keep(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_kept_leaves_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let mut pending = Pending::create(&dir.path().join("a")).unwrap();
        pending.write_all(b"half").unwrap();
        drop(pending);
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn what_is_there_is_replaced_only_by_force() {
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a");
        fs::write(&target, "old").unwrap();
        let kind = Pending::create(&target).unwrap().keep(false).unwrap_err().kind();
        assert_eq!(kind, io::ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&target).unwrap(), b"old");
        replace(&target, b"new").unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn only_the_owner_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let target = dir.path().join("a");
        Pending::create(&target).unwrap().keep(false).unwrap();
        assert_eq!(fs::metadata(&target).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
