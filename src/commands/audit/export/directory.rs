//! Files in a directory.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ring::digest::{Context as Digester, SHA256};

use crate::audit::sinks::{Failure, Pending, Scratch, State, Target};
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
        let replace = Replace::forced(self.force);
        let cannot = |e| output::unwritten(&path, replace, e);
        if let Some(parent) = path.parent() {
            files::private_directory(parent).map_err(cannot)?;
        }
        let file = files::Pending::create(&path).map_err(cannot)?;
        let digest = Digester::new(&SHA256);
        Ok(Box::new(PendingFile { file, path, replace, digest, length: 0 }))
    }

    fn clear(&mut self, name: &str) -> Result<(), Failure> {
        let path = self.path(name);
        if path.symlink_metadata().is_err() {
            return Ok(());
        }
        match self.force {
            true => Ok(fs::remove_file(&path).map_err(|e| {
                Error::failed(format!("cannot remove {}", path.display())).source(e)
            })?),
            false => Err(left_over(&path.display().to_string()).into()),
        }
    }

    fn scratch(&mut self) -> Result<Box<dyn Scratch>, Failure> {
        // Here there is room for as much as is written, which /tmp often has not.
        let cannot = |e| Error::failed("cannot put lines aside that are out of order").source(e);
        files::private_directory(&self.root).map_err(cannot)?;
        Ok(Box::new(tempfile::tempfile_in(&self.root).map_err(cannot)?))
    }
}

/// A part that this export has not, of an earlier one that had more.
pub(super) fn left_over(name: &str) -> Error {
    Error::new(crate::error::Kind::Conflict, format!("{name} is a part of another export"))
        .hint("it would be read together with this one: add --force to remove it")
}

/// A file that holds something else.
pub(super) fn differs(name: &str) -> Error {
    Error::new(
        crate::error::Kind::Conflict,
        format!("{name} is there already and holds something else"),
    )
    .hint("add --force to replace it, or export to another place")
}

/// A file under way.
struct PendingFile {
    file: files::Pending,
    path: PathBuf,
    replace: Replace,
    digest: Digester,
    length: u64,
}

impl Write for PendingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Pending for PendingFile {
    fn keep(self: Box<Self>) -> Result<State, Failure> {
        let PendingFile { file, path, replace, digest, length } = *self;
        let cannot = |e| output::unwritten(&path, replace, e);
        let there = match path.symlink_metadata() {
            Ok(there) if there.is_file() => Some(there.len()),
            Ok(_) => return Err(cannot(io::ErrorKind::AlreadyExists.into()).into()),
            Err(_) => None,
        };
        let digest = digest.finish();
        let is_same = |there: u64| {
            there == length && digest_of(&path).is_ok_and(|found| found.as_ref() == digest.as_ref())
        };
        match there {
            Some(length) if is_same(length) => return Ok(State::Unchanged),
            Some(_) if replace != Replace::Forced => {
                return Err(differs(&path.display().to_string()).into());
            }
            _ => {}
        }
        file.keep(there.is_some()).map_err(cannot)?;
        Ok(if there.is_some() { State::Replaced } else { State::Written })
    }

    fn length(&self) -> u64 {
        self.length
    }
}

fn digest_of(path: &Path) -> io::Result<ring::digest::Digest> {
    let mut file = File::open(path)?;
    let mut digest = Digester::new(&SHA256);
    let mut piece = vec![0; 256 << 10];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(digest.finish()),
            read => digest.update(&piece[..read]),
        }
    }
}
