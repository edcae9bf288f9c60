//! Files in a directory.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::digested::{Digested, digest_of};
use crate::audit::sinks::{Conflict, Failure, Held, Pending, Scratch, Target, There};
use crate::error::Error;
use crate::files;
use crate::files::output::{self, Replace};

/// A directory that is made when the first file is written.
pub(super) struct Directory {
    root: PathBuf,
    force: bool,
}

impl Directory {
    pub(super) fn new(root: &Path, force: bool) -> Self {
        Directory { root: root.to_owned(), force }
    }

    fn path(&self, name: &str) -> PathBuf {
        name.split('/').fold(self.root.clone(), |path, part| path.join(part))
    }
}

impl Target for Directory {
    fn begin(&mut self, name: &str) -> Result<Box<dyn Pending>, Failure> {
        let path = self.path(name);
        let cannot = |e| output::unwritten(&path, Replace::forced(self.force), e);
        if let Some(parent) = path.parent() {
            files::private_directory(parent).map_err(cannot)?;
        }
        let file = Digested::new(files::Pending::create(&path).map_err(cannot)?);
        Ok(Box::new(PendingFile { file, path }))
    }

    fn has(&mut self, name: &str) -> Result<bool, Failure> {
        Ok(self.path(name).symlink_metadata().is_ok())
    }

    fn open(&mut self, name: &str) -> Result<Box<dyn Held>, Failure> {
        Ok(Box::new(open(&self.path(name))?))
    }

    fn remove(&mut self, name: &str) -> Result<(), Failure> {
        let path = self.path(name);
        let cannot = |e| Error::failed(format!("cannot remove {}", path.display())).source(e);
        Ok(fs::remove_file(&path).map_err(cannot)?)
    }

    fn is_forced(&self) -> bool {
        self.force
    }

    fn conflict(&self, name: &str, conflict: Conflict) -> Failure {
        super::conflict(&self.path(name).display().to_string(), conflict).into()
    }

    fn scratch(&mut self) -> Result<Box<dyn Scratch>, Failure> {
        // Here there is room for as much as is written, which /tmp often has not.
        let cannot = |e| Error::failed("cannot put lines aside that are out of order").source(e);
        files::private_directory(&self.root).map_err(cannot)?;
        Ok(Box::new(tempfile::tempfile_in(&self.root).map_err(cannot)?))
    }
}

fn open(path: &Path) -> Result<File, Error> {
    File::open(path).map_err(|e| Error::failed(format!("cannot read {}", path.display())).source(e))
}

/// A file under way.
struct PendingFile {
    file: Digested<files::Pending>,
    path: PathBuf,
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Pending for PendingFile {
    fn there(&mut self) -> Result<There, Failure> {
        let length = match self.path.symlink_metadata() {
            Ok(there) if there.is_file() => there.len(),
            Ok(_) => {
                let taken = io::ErrorKind::AlreadyExists.into();
                return Err(output::unwritten(&self.path, Replace::Never, taken).into());
            }
            Err(_) => return Ok(There::Nothing),
        };
        let is_same = || {
            let found = File::open(&self.path).and_then(digest_of)?;
            Ok::<_, io::Error>(found.as_ref() == self.file.digest().as_ref())
        };
        match length == self.file.length && is_same().unwrap_or(false) {
            true => Ok(There::Same),
            false => Ok(There::Other),
        }
    }

    fn read(&mut self) -> Result<Box<dyn Held>, Failure> {
        Ok(Box::new(self.file.to.reader()?))
    }

    fn keep(self: Box<Self>, replace: bool) -> Result<(), Failure> {
        let PendingFile { file, path } = *self;
        let cannot = |e| output::unwritten(&path, Replace::forced(replace), e);
        Ok(file.to.keep(replace).map_err(cannot)?)
    }

    fn length(&self) -> u64 {
        self.file.length
    }
}
