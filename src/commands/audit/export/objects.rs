//! Objects of a bucket. Each is a private file first, so that its length and digest are known, and what is
//! there already need not be sent again.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::sync::Arc;

use super::digested::Digested;
use crate::audit::sinks::{Conflict, Failure, Held, Pending, Scratch, Target, There};
use crate::bucket::{Bucket, Upload};
use crate::error::Error;
use crate::hex;

/// A bucket that is written to.
pub(super) struct Objects {
    bucket: Arc<Bucket>,
    force: bool,
}

impl Objects {
    pub(super) fn new(bucket: Bucket, force: bool) -> Self {
        Objects { bucket: Arc::new(bucket), force }
    }
}

impl Target for Objects {
    fn begin(&mut self, name: &str) -> Result<Box<dyn Pending>, Failure> {
        Ok(Box::new(PendingObject {
            bucket: self.bucket.clone(),
            name: name.to_owned(),
            file: Digested::new(private()?),
        }))
    }

    fn has(&mut self, name: &str) -> Result<bool, Failure> {
        Ok(self.bucket.look(name)?.is_some())
    }

    fn open(&mut self, name: &str) -> Result<Box<dyn Held>, Failure> {
        let mut file = private()?;
        self.bucket.fetch(name, &mut file)?;
        file.rewind()?;
        Ok(Box::new(file))
    }

    fn remove(&mut self, name: &str) -> Result<(), Failure> {
        Ok(self.bucket.remove(name)?)
    }

    fn is_forced(&self) -> bool {
        self.force
    }

    fn conflict(&self, name: &str, conflict: Conflict) -> Failure {
        super::conflict(&self.bucket.place().of(name), conflict).into()
    }

    fn scratch(&mut self) -> Result<Box<dyn Scratch>, Failure> {
        Ok(Box::new(private()?))
    }
}

/// A file without a name.
fn private() -> Result<File, Error> {
    tempfile::tempfile().map_err(|e| {
        Error::failed("cannot write a temporary file")
            .source(e)
            .hint("TMPDIR names the directory of temporary files")
    })
}

/// An object under way.
struct PendingObject {
    bucket: Arc<Bucket>,
    name: String,
    file: Digested<File>,
}

impl Write for PendingObject {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Pending for PendingObject {
    fn there(&mut self) -> Result<There, Failure> {
        let Some(there) = self.bucket.look(&self.name)? else { return Ok(There::Nothing) };
        let digest = hex::hex(self.file.digest().as_ref());
        match there.length == self.file.length && there.digest == Some(digest) {
            true => Ok(There::Same),
            false => Ok(There::Other),
        }
    }

    fn read(&mut self) -> Result<Box<dyn Held>, Failure> {
        self.file.to.rewind()?;
        Ok(Box::new(self.file.to.try_clone()?))
    }

    fn keep(self: Box<Self>, replace: bool) -> Result<(), Failure> {
        let PendingObject { bucket, name, file } = *self;
        let digest = hex::hex(file.digest().as_ref());
        let Digested { to, length, .. } = file;
        bucket.put(&name, Upload { file: to, length, digest, replaces: replace })?;
        Ok(())
    }

    fn length(&self) -> u64 {
        self.file.length
    }
}
