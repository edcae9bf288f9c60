//! Files that are written whole or not at all: next to the target, synced, then renamed.

pub(crate) mod link;
pub(crate) mod output;
pub(crate) mod text;

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
#[cfg(unix)]
use std::sync::Arc;

use tempfile::{Builder, NamedTempFile};

use crate::error::{Error, Result};

/// The end of the name of every file under way.
const MARK: &str = ".spctl.part";
/// How many random characters stand before it.
const RANDOM: usize = 12;

/// A file under way, which vanishes unless it is kept. Only its owner can read it.
///
/// It is locked as long as its process lives: one that nobody has locked was left by a process that
/// was killed, and whoever next writes to its directory clears it away.
///
/// `tempfile` finds its name, removes it, and moves it to its target. It neither syncs nor clears away
/// what a killed process left, nor moves without replacing where the file system has no links.
#[derive(Debug)]
pub struct Pending {
    file: NamedTempFile,
    target: PathBuf,
}

impl Pending {
    /// Begins a file that is to become `target`.
    ///
    /// # Errors
    /// Where the directory does not exist or cannot be written to.
    pub fn create(target: &Path) -> io::Result<Self> {
        if target.file_name().is_none() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        clear(target);
        let prefix = format!(".{}.", stem(target));
        let mut beside = Builder::new();
        beside.prefix(&prefix).suffix(MARK).rand_bytes(RANDOM);
        let file = beside.make_in(directory(target), begin)?;
        Ok(Pending { file, target: target.to_owned() })
    }

    /// What was written so far, from its beginning.
    ///
    /// # Errors
    /// What the file system says.
    pub fn reader(&self) -> io::Result<File> {
        File::open(self.file.path())
    }

    /// Writes it to the disk, so that all that is left is to keep it.
    ///
    /// # Errors
    /// What the file system says.
    pub fn sync(&self) -> io::Result<()> {
        self.file.as_file().sync_all()
    }

    /// Makes it the target, so that it outlasts even a loss of power; `force` replaces what is there.
    ///
    /// # Errors
    /// [`io::ErrorKind::AlreadyExists`] where something is there; what the file system says.
    pub fn keep(self, force: bool) -> io::Result<()> {
        let Pending { file, target } = self;
        file.as_file().sync_all()?;
        match force {
            true => file.persist(&target)?,
            false => keep_if_free(file, &target)?,
        };
        sync_names(directory(&target))
    }
}

/// Makes and locks the file; its name is taken where another process has taken it for one left
/// behind, before it was locked.
fn begin(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    match matches!(file.try_lock(), Err(TryLockError::WouldBlock)) || !path.exists() {
        true => Err(io::ErrorKind::AlreadyExists.into()),
        false => Ok(file),
    }
}

/// Fails where the target exists, even if it came into being a moment ago. Where the file system
/// cannot promise that, a look has to do.
fn keep_if_free(file: NamedTempFile, target: &Path) -> io::Result<File> {
    match file.persist_noclobber(target) {
        Ok(file) => Ok(file),
        Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => Err(e.error),
        Err(_) if target.symlink_metadata().is_ok() => Err(io::ErrorKind::AlreadyExists.into()),
        Err(e) => Ok(e.file.persist(target)?),
    }
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.as_file_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_file_mut().flush()
    }
}

/// The directory that a path is in.
fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a directory's names durable: a rename alone may be lost. If directories cannot be opened or
/// synced, the system offers no more.
///
/// # Errors
/// What the file system says.
pub fn sync_names(directory: &Path) -> io::Result<()> {
    let synced = File::open(directory).and_then(|directory| directory.sync_all());
    synced.or_else(|error| match error.kind() {
        io::ErrorKind::PermissionDenied
        | io::ErrorKind::InvalidInput
        | io::ErrorKind::Unsupported => Ok(()),
        _ => Err(error),
    })
}

/// What the name beside begins with. Names can be as long as the file system allows; the one beside
/// must not be longer.
fn stem(target: &Path) -> String {
    let name = target.file_name().unwrap_or_default();
    name.to_string_lossy().chars().take(40).collect()
}

/// Whether a file beside was begun for this target, or for one that differs in its dates only.
fn is_beside(name: &str, stem: &str) -> bool {
    let random =
        |text: &str| text.len() == RANDOM && text.bytes().all(|b| b.is_ascii_alphanumeric());
    let undated = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    let begun = name.strip_prefix('.').and_then(|name| name.strip_suffix(MARK));
    begun
        .and_then(|begun| begun.rsplit_once('.'))
        .is_some_and(|(begun, end)| random(end) && undated(begun) == undated(stem))
}

/// Removes unfinished files next to `target` whose processes have ended. Nothing depends on it.
fn clear(target: &Path) {
    let stem = stem(target);
    let Ok(entries) = fs::read_dir(directory(target)) else { return };
    let under_way = entries.flatten().filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        is_beside(&name, &stem) && entry.file_type().is_ok_and(|kind| kind.is_file())
    });
    for entry in under_way {
        // The lock is held until the name is gone, so that no other process can take the file.
        if let Ok(file) = File::open(entry.path())
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Makes a write beyond the file size limit (`ulimit -f`) fail like one to a full disk, which is cleaned
/// up and reported. By default it ends the process immediately.
pub fn outlive_size_limits() {
    // Taking the signal is enough. Where it cannot be taken, the default stands.
    #[cfg(unix)]
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default());
}

/// Replaces a file's contents with these bytes.
///
/// # Errors
/// What the file system says.
pub fn replace(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut pending = Pending::create(target)?;
    pending.write_all(bytes)?;
    pending.keep(true)
}

/// Opens a file to append to it; one that is not there yet is made, and only its owner can read it.
///
/// # Errors
/// What the file system says.
pub fn append_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a directory that only its owner may enter, and those that it is in; what is there stays as
/// it is.
///
/// # Errors
/// What the file system says.
pub fn private_directory(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Refuses a path that others than its owner can reach; `mode` is what would be right. What is
/// not there yet will be made so.
///
/// # Errors
/// It can be reached, or cannot be looked at.
pub fn owner_only(path: &Path, mode: &str) -> Result<()> {
    match fs::metadata(path) {
        Ok(metadata) => narrow(path, &metadata, mode),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(Error::failed(format!("cannot open {}", path.display())).source(e)),
    }
}

/// As [`owner_only`], for an open file.
///
/// # Errors
/// Others can reach it.
#[cfg(unix)]
pub fn narrow(path: &Path, metadata: &fs::Metadata, mode: &str) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let found = metadata.permissions().mode() & 0o777;
    match found & 0o077 {
        0 => Ok(()),
        _ => Err(Error::failed(format!(
            "{} has mode {found:04o}: others can reach the secrets in it",
            path.display()
        ))
        .hint(format!(
            "chmod {mode}{} {}, and replace secrets that others may have read",
            if path.as_os_str().as_encoded_bytes().starts_with(b"-") { " --" } else { "" },
            crate::shell::quote(&path.display().to_string())
        ))),
    }
}

/// As [`owner_only`], for an open file: there are no modes here.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn narrow(_path: &Path, _metadata: &fs::Metadata, _mode: &str) -> Result<()> {
    Ok(())
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

    #[test]
    fn a_file_left_behind_is_cleared_away_and_one_under_way_is_let_be() {
        let dir = tempfile::tempdir().unwrap();
        let names = || {
            let mut names: Vec<_> =
                fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
            names.sort();
            names
        };
        fs::write(dir.path().join(".log.gz.0123456789ab.spctl.part"), "half").unwrap();
        fs::write(dir.path().join(".log.gz.part"), "somebody else's").unwrap();
        let first = Pending::create(&dir.path().join("log.gz")).unwrap();
        let second = Pending::create(&dir.path().join("log.gz")).unwrap();
        assert_eq!(names().len(), 3, "{:?}", names());
        first.keep(false).unwrap();
        second.keep(true).unwrap();
        assert_eq!(names(), [".log.gz.part", "log.gz"]);
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
