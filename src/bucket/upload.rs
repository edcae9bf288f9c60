//! Files become objects: at once, or in parts that become one object in a last step.

use std::fs::File;
use std::io::{Read, Seek};
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::{FuturesUnordered, StreamExt};
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, MultipartUpload, ObjectStore, PutMode, PutMultipartOptions, PutOptions,
    PutPayload,
};

use super::{Bucket, DIGEST};
use crate::error::{Error, Result};

/// How long a part is, and the longest file that is sent at once.
const PART: u64 = 8 << 20;
/// How many parts are under way at once.
const AT_ONCE: usize = 3;
/// How long parts that are there already may take to be given up.
const PATIENCE: Duration = Duration::from_secs(10);

/// A file that is to become an object.
#[derive(Debug)]
pub struct Upload {
    /// The bytes.
    pub file: File,
    /// How many there are.
    pub length: u64,
    /// Their SHA-256, in hexadecimal digits.
    pub digest: String,
    /// Whether an object of that name is replaced.
    pub replaces: bool,
}

impl Bucket {
    /// Makes an object of a file. Until all of it is there, there is none, or the one before; of what fails
    /// or is interrupted nothing remains.
    ///
    /// # Errors
    /// Conflict, if there is an object of that name that is not to be replaced; those of the store and of
    /// the file.
    pub fn put(&self, name: &str, mut upload: Upload) -> Result<()> {
        let unread = |e| Error::failed("cannot read what was to be sent").source(e);
        upload.file.rewind().map_err(unread)?;
        let path = self.place.path(name)?;
        match upload.length <= PART {
            true => self.put_at_once(name, &path, upload),
            false => self.put_in_parts(name, &path, upload),
        }
    }

    fn put_at_once(&self, name: &str, path: &Path, mut upload: Upload) -> Result<()> {
        let bytes = read(&mut upload.file, upload.length)?;
        let mode = if upload.replaces { PutMode::Overwrite } else { PutMode::Create };
        let options = PutOptions { mode, attributes: attributes(&upload), ..PutOptions::default() };
        self.block_on(async {
            let put = self.store.put_opts(path, PutPayload::from_bytes(bytes), options).await;
            put.map(drop).map_err(|e| self.refused(name, e))
        })
    }

    fn put_in_parts(&self, name: &str, path: &Path, mut upload: Upload) -> Result<()> {
        let options = PutMultipartOptions {
            attributes: attributes(&upload),
            ..PutMultipartOptions::default()
        };
        let begun = self.block_on(async {
            let begun = self.store.put_multipart_opts(path, options).await;
            begun.map_err(|e| self.refused(name, e))
        });
        let mut parts = begun?;
        let sent = self.block_on(self.send(name, parts.as_mut(), &mut upload));
        if sent.is_err() {
            // What cannot be given up is no object either.
            let given_up = async { tokio::time::timeout(PATIENCE, parts.abort()).await };
            let _ = self.runtime.block_on(given_up);
        }
        sent
    }

    async fn send(
        &self,
        name: &str,
        parts: &mut dyn MultipartUpload,
        upload: &mut Upload,
    ) -> Result<()> {
        let mut under_way = FuturesUnordered::new();
        let mut left = upload.length;
        loop {
            while left > 0 && under_way.len() < AT_ONCE {
                let length = left.min(PART);
                left -= length;
                under_way.push(parts.put_part(read(&mut upload.file, length)?.into()));
            }
            match under_way.next().await {
                Some(sent) => sent.map_err(|e| self.refused(name, e))?,
                None => break,
            }
        }
        drop(under_way);
        parts.complete().await.map(drop).map_err(|e| self.refused(name, e))
    }
}

fn attributes(upload: &Upload) -> Attributes {
    Attributes::from_iter([(Attribute::Metadata(DIGEST.into()), upload.digest.clone())])
}

fn read(file: &mut File, length: u64) -> Result<Bytes> {
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    let read = file.take(length).read_to_end(&mut bytes);
    match read {
        Ok(read) if read as u64 == length => Ok(bytes.into()),
        Ok(_) => Err(Error::failed("what was to be sent has become shorter")),
        Err(e) => Err(Error::failed("cannot read what was to be sent").source(e)),
    }
}
