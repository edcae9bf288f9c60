//! The directory of one instance, as the one run has it that may write into it.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Stage;
use crate::audit::archive::manifest::{Entry, FileEntry, Header, Manifest, NAME};
use crate::audit::archive::problem::Problem;
use crate::audit::archive::{check, place};
use crate::audit::source::Source;
use crate::error::{Error, Kind, Result};
use crate::files;
use crate::ui::plural;

/// Where files are under way. While it is there, a run goes on, or was killed.
pub(in crate::commands::audit) const STAGE: &str = ".pull";

/// Held by the run that writes.
pub(in crate::commands::audit) const LOCK: &str = ".lock";

/// An instance's archive that may be written.
#[derive(Debug)]
pub(in crate::commands::audit) struct Store {
    directory: PathBuf,
    manifest: Manifest,
    log: Log,
    /// Whether this run began the archive.
    is_new: bool,
    /// What a killed run moved to its place before the manifest named it. It stays until what takes its place
    /// is there: until then it may be all that is left of these lines.
    left: Vec<String>,
    /// Whether files may be in their places that the manifest does not name.
    is_between: bool,
    _lock: File,
}

/// The manifest, as a file.
#[derive(Debug)]
struct Log {
    directory: PathBuf,
    file: File,
    /// How many bytes of it are whole lines.
    whole: u64,
}

impl Log {
    /// Adds a line in place of what is behind the last one. One that cannot be written leaves nothing, so
    /// that no further line is ever appended to a part of one.
    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        self.file.set_len(self.whole)?;
        let written = self.file.write_all(line).and_then(|()| self.file.sync_all());
        match written.and_then(|()| files::sync_names(&self.directory)) {
            Ok(()) => self.whole += line.len() as u64,
            Err(error) => {
                // What stays all the same is known by its lack of an end.
                let _ = self.file.set_len(self.whole);
                return Err(error);
            }
        }
        Ok(())
    }
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
    /// Opens the archive of an instance, or begins one.
    ///
    /// # Errors
    /// Conflict: another run writes into it, or it is of another instance. One that is damaged, as far as
    /// the manifest and the sizes of files tell, or whose manifest is older than the files. What the file
    /// system says.
    pub(in crate::commands::audit) fn open(directory: PathBuf, header: Header) -> Result<Self> {
        let written = |error| cannot("write", &directory, error);
        let stage = directory.join(STAGE);
        if !directory.exists() {
            // From its first moment on it tells that a run is at work.
            files::private_directory(&stage).map_err(written)?;
        }
        let lock = lock(&directory)?;
        let mut manifest = manifest(&directory)?;
        check(&directory, &manifest, &header)?;
        let left = left(&directory, &manifest, stage.exists())?;
        files::private_directory(&stage).map_err(written)?;
        let file = files::append_private(&directory.join(NAME)).map_err(written)?;
        let mut log = Log { directory: directory.clone(), file, whole: manifest.whole as u64 };
        let is_new = manifest.header.is_none();
        if is_new {
            manifest
                .begin(header, |line| log.append(line))
                .map_err(|error| cannot("write", &directory.join(NAME), error))?;
        }
        let is_between = !left.is_empty();
        Ok(Store { directory, manifest, log, is_new, left, is_between, _lock: lock })
    }

    /// How much a killed run left that never counted: whether a line of the manifest is not whole, and
    /// how many files it was to name.
    pub(in crate::commands::audit) fn unfinished(&self) -> (bool, usize) {
        (self.manifest.torn > 0, self.left.len())
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

    /// A directory for files under way, without what an earlier attempt left in it.
    ///
    /// # Errors
    /// What the file system says.
    pub(in crate::commands::audit) fn stage(&self) -> Result<PathBuf> {
        let parts = self.directory.join(STAGE).join("window");
        let removed = match fs::remove_dir_all(&parts) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => files::private_directory(&parts),
        };
        removed.map_err(|error| cannot("write", &parts, error))?;
        Ok(parts)
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
            let settled = stage.settle(&self.directory, number, &self.left);
            entry.files = settled.map_err(|error| cannot("write", &self.directory, error))?;
        }
        self.left.retain(|left| !entry.files.iter().any(|file| file.path == *left));
        for path in self.left.drain(..) {
            let path = self.directory.join(path);
            fs::remove_file(&path).map_err(|error| cannot("remove", &path, error))?;
        }
        self.manifest
            .append(entry, |line| self.log.append(line))
            .map_err(|error| cannot("write", &self.directory.join(NAME), error))?;
        self.is_between = false;
        Ok(())
    }

    /// Removes the archive again if this run began it and nothing became of it.
    pub(in crate::commands::audit) fn abandon(self) {
        if self.is_new && self.left.is_empty() && self.manifest.files().next().is_none() {
            let _ = fs::remove_dir_all(self.directory.join(STAGE));
            let _ = fs::remove_file(self.directory.join(NAME));
            let _ = fs::remove_file(self.directory.join(LOCK));
            let _ = fs::remove_dir(&self.directory);
            let _ = self.directory.parent().map(fs::remove_dir);
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // The directory is what tells the next run that there may be such files.
        if !self.is_between {
            let _ = fs::remove_dir_all(self.directory.join(STAGE));
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
    if let Some(error) = damaged(directory, &manifest.problems) {
        return Err(error);
    }
    if let Some(header) = &manifest.header
        && (&header.project, &header.instance) != (&wanted.project, &wanted.instance)
    {
        let Header { project, instance, .. } = header;
        let of = format!("instance {instance} of project {project}");
        let what = format!("the archive {} is of {of}", directory.display());
        let hint = match *project == wanted.project {
            true => format!(
                "was it renamed? call it {} again, or archive into another directory",
                place::directory("instance", instance)
            ),
            false => "archive into another directory".to_owned(),
        };
        return Err(Error::new(Kind::Conflict, what).hint(hint));
    }
    // A head vouches for all files, so none is added where one is not there any more.
    damaged(directory, &at_a_glance(directory, manifest)).map_or(Ok(()), Err)
}

/// The error about an archive that is not what was archived: a failure, whoever meets it.
pub(in crate::commands::audit) fn damaged(directory: &Path, problems: &[Problem]) -> Option<Error> {
    let (first, others) = problems.split_first()?;
    let place = directory.display().to_string();
    let verify = format!("spctl audit verify {}", crate::shell::quote(&place));
    let more = match others.len() {
        0 => String::new(),
        n => format!(" (and {})", plural(n, "further problem")),
    };
    let error = Error::failed(format!("the archive is damaged: {place}/{first}{more}"));
    let hint = format!("{verify} says more; restore what was archived, or begin another archive");
    Some(error.hint(hint))
}

/// What is wrong with its files as far as their sizes tell, which takes no reading.
pub(in crate::commands::audit) fn at_a_glance(
    directory: &Path,
    manifest: &Manifest,
) -> Vec<Problem> {
    let size = |file: &FileEntry| fs::metadata(directory.join(&file.path)).map(|found| found.len());
    manifest.files().filter_map(|file| check::size(file, size(file))).collect()
}

/// The files that a killed run moved to their days before the manifest named them: those of the next
/// entry, where the [stage](STAGE) or a line without an end tells that there was such a run.
fn left(directory: &Path, manifest: &Manifest, is_under_way: bool) -> Result<Vec<String>> {
    let was_killed = is_under_way || manifest.torn > 0;
    let mut left = Vec::new();
    for path in days(directory).map_err(|error| cannot("look into", directory, error))? {
        let Some((_, number)) = place::parse(&path) else { continue };
        if number == manifest.next() && was_killed {
            left.push(path);
        } else if number >= manifest.next() {
            let file = directory.join(&path);
            let what = format!("{} is not in the manifest, which ends before it", file.display());
            return Err(Error::failed(what).hint(
                "restore the newer manifest; or move the file away, and what it holds is read again",
            ));
        }
    }
    Ok(left)
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
