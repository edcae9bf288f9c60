//! A bucket of S3, or of a server that speaks like it: objects that are whole or not there.
//!
//! Requests are signed and repeated by `object_store`; what goes over the wire is our own client's, by the
//! same rules as everywhere: whom to trust, through which proxy, no redirects, plain http to loopback only.

mod http;
mod refused;
mod upload;

use std::fs::File;
use std::io::Write;
use std::time::Duration;

use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::HttpClient;
use object_store::path::Path;
use object_store::{Attribute, GetOptions, ObjectStore, ObjectStoreExt, RetryConfig};
use secrecy::ExposeSecret;
use sha2::Digest;
use tokio::runtime::{self, Runtime};
use url::Url;

use crate::atlas;
use crate::config::Aws;
use crate::error::{Error, Result};
use crate::hex;
use crate::signals::Signals;

pub use upload::Upload;

/// What objects of ours are marked with: the SHA-256 of their bytes.
const DIGEST: &str = "sha256";
/// How many bytes of an object are read at once.
const PIECE: usize = 8 << 20;

/// A place in a bucket: `s3://BUCKET/PREFIX`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The bucket's name.
    pub bucket: String,
    /// What names of objects begin with; empty, or without a `/` at its ends.
    pub prefix: String,
}

impl Place {
    /// Reads `s3://BUCKET/PREFIX`; `None` for what does not begin with `s3://`.
    ///
    /// # Errors
    /// Usage, if there is no bucket, or the prefix cannot be that of objects.
    pub fn parse(text: &str) -> Option<Result<Place>> {
        let rest = text.strip_prefix("s3://")?;
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = prefix.trim_end_matches('/');
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let refuse = |why: &str| {
            Some(Err(Error::usage(format!("{text:?} is no place in a bucket: {why}"))
                .hint("write s3://BUCKET or s3://BUCKET/PREFIX")))
        };
        if bucket.len() < 3 || !bucket.chars().all(is_name) {
            return refuse("a bucket's name has at least three letters, digits, dots or hyphens");
        }
        if prefix.starts_with('/') || Path::parse(prefix).is_err() {
            return refuse(
                "an empty or dotted part of the prefix, or a character that names cannot have",
            );
        }
        Some(Ok(Place { bucket: bucket.to_owned(), prefix: prefix.to_owned() }))
    }

    /// The address of an object, for people.
    pub fn of(&self, name: &str) -> String {
        match self.prefix.as_str() {
            "" => format!("s3://{}/{name}", self.bucket),
            prefix => format!("s3://{}/{prefix}/{name}", self.bucket),
        }
    }

    fn path(&self, name: &str) -> Result<Path> {
        let whole = match self.prefix.as_str() {
            "" => name.to_owned(),
            prefix => format!("{prefix}/{name}"),
        };
        Path::parse(&whole)
            .map_err(|e| Error::usage(format!("no object can be called {whole}")).source(e))
    }
}

/// What is known of an object without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its length in bytes.
    pub length: u64,
    /// The SHA-256 of its bytes in hexadecimal digits, if it is one of ours.
    pub digest: Option<String>,
}

/// A bucket that can be reached.
pub struct Bucket {
    store: AmazonS3,
    place: Place,
    signals: Signals,
    // Dropped last: connections need it to be closed.
    runtime: Runtime,
}

impl Bucket {
    /// A bucket; sends nothing. `reached` says how its server is reached.
    ///
    /// # Errors
    /// Usage, if it is not known where the bucket is; those of certificates.
    pub fn new(
        place: Place,
        aws: &Aws,
        reached: &dyn Fn(Url) -> atlas::Settings,
        signals: Signals,
    ) -> Result<Bucket> {
        let region = aws.region.as_ref().map(|region| region.value.trim().to_owned());
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&place.bucket)
            .with_access_key_id(&aws.key_id)
            .with_secret_access_key(aws.secret.expose_secret())
            .with_retry(RetryConfig {
                max_retries: 4,
                retry_timeout: Duration::from_secs(60),
                ..RetryConfig::default()
            });
        if let Some(token) = &aws.token {
            builder = builder.with_token(token.expose_secret());
        }
        let server = match &aws.endpoint {
            Some(endpoint) => {
                let url = address(&endpoint.value)?;
                // Servers of others rarely have a name for each bucket.
                builder = builder
                    .with_endpoint(url.as_str().trim_end_matches('/'))
                    .with_allow_http(true)
                    .with_region(region.unwrap_or_else(|| "us-east-1".to_owned()));
                url
            }
            None => {
                let Some(region) = region else {
                    return Err(Error::usage(format!("the region of {} is not known", place.bucket))
                        .hint("add --region, or set AWS_REGION; for a server other than AWS' add --endpoint"));
                };
                // A dot in the name would not fit the server's certificate.
                let has_name = !place.bucket.contains(['.', '_']);
                builder = builder.with_virtual_hosted_style_request(has_name);
                let url = address(&format!("https://s3.{region}.amazonaws.com"))?;
                builder = builder.with_region(region);
                url
            }
        };
        let client = HttpClient::new(http::Http::new(atlas::http_client(&reached(server))?));
        let store = builder.with_http_connector(http::Connector::new(client)).build();
        let store = store.map_err(|e| Error::usage("the bucket cannot be used").source(e))?;
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|e| Error::failed("cannot start the runtime").source(e))?;
        Ok(Bucket { store, place, signals, runtime })
    }

    /// Where it is.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Asks for an object that there need not be, so that a wrong key or bucket is known before any work.
    ///
    /// # Errors
    /// Not found, if there is no such bucket; not permitted, if the key is not known or its secret wrong.
    pub fn check(&self) -> Result<()> {
        let asked = self.block_on(async {
            self.store.get(&self.place.path(".spctl")?).await.map_err(|e| self.refused(".spctl", e))
        });
        match asked {
            Ok(_) => Ok(()),
            // Whoever may only write is told so for anything that is not there.
            Err(error) if refused::is_about_object(&error) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// What is known of an object, if it is there.
    ///
    /// # Errors
    /// Those of the store.
    pub fn look(&self, name: &str) -> Result<Option<Object>> {
        let options = GetOptions { head: true, ..GetOptions::default() };
        self.block_on(async {
            match self.store.get_opts(&self.place.path(name)?, options).await {
                Ok(found) => {
                    let digest = found.attributes.get(&Attribute::Metadata(DIGEST.into()));
                    let digest = digest.map(|digest| digest.to_string());
                    Ok(Some(Object { length: found.meta.size, digest }))
                }
                Err(object_store::Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(self.refused(name, error)),
            }
        })
    }

    /// Copies an object into a file, a piece at a time.
    ///
    /// # Errors
    /// Those of the store; failed, where the file cannot be written or the object changes meanwhile.
    pub fn fetch(&self, name: &str, into: &mut File) -> Result<()> {
        let path = self.place.path(name)?;
        let Some(object) = self.look(name)? else {
            return Err(Error::not_found(format!("{} is gone", self.place.of(name))));
        };
        let mut digest = sha2::Sha256::new();
        for start in (0..object.length).step_by(PIECE) {
            let end = object.length.min(start + PIECE as u64);
            let piece = self.block_on(async {
                let read = self.store.get_range(&path, start..end).await;
                read.map_err(|e| self.refused(name, e))
            })?;
            digest.update(&piece);
            into.write_all(&piece)
                .map_err(|e| Error::failed("cannot write a temporary file").source(e))?;
        }
        let found = hex::hex(&digest.finalize());
        match object.digest.is_none_or(|digest| digest == found) {
            true => Ok(()),
            false => Err(Error::failed(format!("{} has changed meanwhile", self.place.of(name)))
                .hint("is another export running? try again")),
        }
    }

    /// Removes an object.
    ///
    /// # Errors
    /// Those of the store.
    pub fn remove(&self, name: &str) -> Result<()> {
        self.block_on(async {
            let removed = self.store.delete(&self.place.path(name)?).await;
            removed.map_err(|e| self.refused(name, e))
        })
    }

    /// Runs what waits for the network; Ctrl-C ends it.
    fn block_on<T>(&self, future: impl Future<Output = Result<T>>) -> Result<T> {
        self.runtime.block_on(self.signals.interruptible(future))
    }

    fn refused(&self, name: &str, error: object_store::Error) -> Error {
        refused::error(&self.place, name, error)
    }
}

fn address(text: &str) -> Result<Url> {
    let refuse = || {
        Error::usage(format!("{text:?} is not the address of a server"))
            .hint("write it as https://s3.example.com, or http://127.0.0.1:9000")
    };
    let url = Url::parse(text.trim()).map_err(|e| refuse().source(e))?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    match url.has_host() && is_plain && matches!(url.scheme(), "https" | "http") {
        true => Ok(url),
        false => Err(refuse()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_buckets_with_a_prefix() {
        let parse = |text: &str| Place::parse(text).map(|place| place.ok().map(|p| p.of("a/b")));
        assert_eq!(parse("s3://logs"), Some(Some("s3://logs/a/b".into())));
        assert_eq!(parse("s3://logs/"), Some(Some("s3://logs/a/b".into())));
        assert_eq!(parse("s3://logs/x/y/"), Some(Some("s3://logs/x/y/a/b".into())));
        for wrong in ["s3://", "s3:///x", "s3://ab", "s3://a b c", "s3://logs//x", "s3://logs/../x"]
        {
            assert_eq!(parse(wrong), Some(None), "{wrong}");
        }
        for other in ["logs/", "S3", "gs://logs", "./s3://logs"] {
            assert_eq!(parse(other), None, "{other}");
        }
    }

    #[test]
    fn addresses_are_of_servers() {
        for right in ["https://s3.example.com", "http://127.0.0.1:9000/", "http://[::1]:9000"] {
            assert!(address(right).is_ok(), "{right}");
        }
        for wrong in ["s3.example.com", "ftp://x", "https://u:p@x", "https://", "http://x?y", ""] {
            assert!(address(wrong).is_err(), "{wrong}");
        }
    }
}
