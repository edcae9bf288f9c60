//! Objects of a bucket. Each is a private file first, so that its length and digest are known, and what is
//! there already need not be sent again.

use std::fs::File;
use std::io::{self, Write};
use std::sync::Arc;

use ring::digest::{Context as Digester, SHA256};

use super::directory::{differs, left_over};
use crate::audit::sinks::{Failure, Pending, Scratch, State, Target};
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
            force: self.force,
            file: private()?,
            digest: Digester::new(&SHA256),
            length: 0,
        }))
    }

    fn clear(&mut self, name: &str) -> Result<(), Failure> {
        match self.bucket.look(name)? {
            None => Ok(()),
            Some(_) if self.force => Ok(self.bucket.remove(name)?),
            Some(_) => Err(left_over(&self.bucket.place().of(name)).into()),
        }
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
    force: bool,
    file: File,
    digest: Digester,
    length: u64,
}

impl Write for PendingObject {
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

impl Pending for PendingObject {
    fn keep(self: Box<Self>) -> Result<State, Failure> {
        let PendingObject { bucket, name, force, file, digest, length } = *self;
        let digest = hex::hex(digest.finish().as_ref());
        let there = bucket.look(&name)?;
        if let Some(there) = &there {
            if there.length == length && there.digest.as_ref() == Some(&digest) {
                return Ok(State::Unchanged);
            }
            if !force {
                return Err(differs(&bucket.place().of(&name)).into());
            }
        }
        bucket.put(&name, Upload { file, length, digest, replaces: force })?;
        Ok(if there.is_some() { State::Replaced } else { State::Written })
    }

    fn length(&self) -> u64 {
        self.length
    }
}
