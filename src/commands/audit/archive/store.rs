//! The directory of one instance, as the one run has it that may write into it.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Stage;
use crate::audit::archive::manifest::{Entry, Header, Manifest, NAME};
use crate::audit::archive::place;
use crate::audit::source::Source;
use crate::error::{Error, Kind, Result};
use crate::files;

/// Where files are under way. While it is there, a run goes on, or was killed.
pub(in crate::commands::audit) const STAGE: &str = ".pull";

/// Held by the run that writes.
pub(in crate::commands::audit) const LOCK: &str = ".lock";

/// An instance's archive that may be written.
#[derive(Debug)]
pub(in crate::commands::audit) struct Store {
    directory: PathBuf,
    manifest: Manifest,
    log: File,
    /// Whether this run began the archive.
    is_new: bool,
    /// Whether files may be in their places that the manifest does not name.
    is_between: bool,
    _lock: File,
}

/// Reads the manifest of an instance's directory; that of one that is not there is empty.
///
/// # Errors
/// What the file system says.
pub(in crate::commands::audit) fn manifest(directory: &Path) -> Result<Manifest> {
    match fs::read(directory.join(NAME)) {
        Ok(bytes) => Ok(Manifest::read(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Manifest::default()),
        Err(error) => Err(cannot("look into", &directory.join(NAME), error)),
    }
}

impl Store {
    /// Opens the archive of an instance, or begins one, and clears away what a killed run left.
    ///
    /// # Errors
    /// Conflict: another run writes into it, or it is of another instance. A manifest that is damaged, or
    /// older than the files. What the file system says.
    pub(in crate::commands::audit) fn open(directory: PathBuf, header: Header) -> Result<Self> {
        let written = |error| cannot("write", &directory, error);
        files::private_directory(&directory).map_err(written)?;
        let lock = lock(&directory)?;
        let mut manifest = manifest(&directory)?;
        check(&directory, &manifest, &header)?;
        let log = files::append_private(&directory.join(NAME)).map_err(written)?;
        // What is behind the last line is the beginning of one that a killed run could not end.
        log.set_len(manifest.whole as u64).map_err(written)?;
        clear(&directory, &manifest)?;
        files::private_directory(&directory.join(STAGE)).map_err(written)?;
        let is_new = manifest.header.is_none();
        let mut store = Store {
            directory,
            manifest: Manifest::default(),
            log,
            is_new,
            is_between: false,
            _lock: lock,
        };
        if is_new {
            let line = manifest.begin(header).map_err(io::Error::from);
            line.and_then(|line| store.append(&line)).map_err(|e| store.unwritten(e))?;
        }
        store.manifest = manifest;
        Ok(store)
    }

    /// Whether this run began it.
    pub(in crate::commands::audit) fn is_new(&self) -> bool {
        self.is_new
    }

    /// What it holds.
    pub(in crate::commands::audit) fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Where it is.
    pub(in crate::commands::audit) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Where files are under way.
    pub(in crate::commands::audit) fn stage(&self) -> PathBuf {
        self.directory.join(STAGE)
    }

    /// One of its files.
    pub(in crate::commands::audit) fn file(&self, path: &str) -> Source {
        file(&self.directory.join(path))
    }

    /// Adds an entry, and the files that hold what was new. Once this returns, they outlast a loss of
    /// power.
    ///
    /// # Errors
    /// What the file system says.
    pub(in crate::commands::audit) fn commit(
        &mut self,
        mut entry: Entry,
        stage: Option<Stage>,
    ) -> Result<()> {
        self.is_between = true;
        let number = self.manifest.next();
        if let Some(stage) = stage {
            let settled = stage.settle(&self.directory, number);
            entry.files = settled.map_err(|error| cannot("write", &self.directory, error))?;
        }
        let line = self.manifest.append(entry).map_err(io::Error::from);
        line.and_then(|line| self.append(&line)).map_err(|error| self.unwritten(error))?;
        self.is_between = false;
        Ok(())
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.log.write_all(line)?;
        self.log.sync_all()?;
        files::sync_names(&self.directory)
    }

    /// Removes the archive again if this run began it and nothing became of it.
    pub(in crate::commands::audit) fn abandon(self) {
        if self.is_new && self.manifest.files().next().is_none() {
            let _ = fs::remove_dir_all(self.stage());
            let _ = fs::remove_file(self.directory.join(NAME));
            let _ = fs::remove_file(self.directory.join(LOCK));
            let _ = fs::remove_dir(&self.directory);
            let _ = self.directory.parent().map(fs::remove_dir);
        }
    }

    fn unwritten(&self, error: io::Error) -> Error {
        cannot("write", &self.directory.join(NAME), error)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // The directory is what tells the next run that there may be such files.
        if !self.is_between {
            let _ = fs::remove_dir_all(self.stage());
        }
    }
}

/// A file as a source, called by its path.
pub(in crate::commands::audit) fn file(path: &Path) -> Source {
    let label = path.display().to_string();
    let path = path.to_owned();
    Source::new(label, move || Ok(Box::new(File::open(&path)?)))
}

fn lock(directory: &Path) -> Result<File> {
    let path = directory.join(LOCK);
    let file = files::append_private(&path).map_err(|error| cannot("write", &path, error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let what = format!("another run is writing into {}", directory.display());
            Err(Error::new(Kind::Conflict, what).hint("wait until it has ended, then try again"))
        }
        Err(TryLockError::Error(error)) => Err(cannot("lock", &path, error)),
    }
}

fn check(directory: &Path, manifest: &Manifest, wanted: &Header) -> Result<()> {
    let hint = format!(
        "spctl audit verify {} says more; archive into another directory, or restore this one",
        crate::shell::quote(&directory.display().to_string())
    );
    if let Some(problem) = manifest.problems.first() {
        let what = format!("the archive {} is damaged: {problem}", directory.display());
        return Err(Error::failed(what).hint(hint));
    }
    if let Some(header) = &manifest.header
        && (&header.project, &header.instance) != (&wanted.project, &wanted.instance)
    {
        let Header { project, instance, .. } = header;
        let of = format!("instance {instance} of project {project}");
        let what = format!("the archive {} is of {of}", directory.display());
        return Err(Error::new(Kind::Conflict, what).hint("archive into another directory"));
    }
    Ok(())
}

/// Removes what a killed run left: files that it moved to their days before the manifest named them.
fn clear(directory: &Path, manifest: &Manifest) -> Result<()> {
    let stage = directory.join(STAGE);
    let was_killed = stage.exists();
    for path in days(directory).map_err(|error| cannot("look into", directory, error))? {
        let Some((_, number)) = place::parse(&path) else { continue };
        let file = directory.join(&path);
        if number == manifest.next() && was_killed {
            fs::remove_file(&file).map_err(|error| cannot("remove", &file, error))?;
        } else if number >= manifest.next() {
            let what = format!("{} is not in the manifest, which ends before it", file.display());
            return Err(Error::failed(what).hint(
                "restore the newer manifest; or move the file away, and what it holds is read again",
            ));
        }
    }
    match fs::remove_dir_all(&stage) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(cannot("remove", &stage, error))
        }
        _ => Ok(()),
    }
}

/// Everything in an instance's directories of days, with slashes.
fn days(directory: &Path) -> io::Result<Vec<String>> {
    let mut paths = Vec::new();
    for day in fs::read_dir(directory)? {
        let day = day?;
        let name = day.file_name().to_string_lossy().into_owned();
        if !name.starts_with("day=") || !day.path().is_dir() {
            continue;
        }
        for file in fs::read_dir(day.path())? {
            paths.push(format!("{name}/{}", file?.file_name().to_string_lossy()));
        }
    }
    paths.sort();
    Ok(paths)
}

fn cannot(act: &str, path: &Path, error: io::Error) -> Error {
    Error::failed(format!("cannot {act} {}", path.display())).source(error)
}
