//! Where an export goes.

use std::fs;
use std::path::{Path, PathBuf};

use super::Args;
use super::directory::Directory;
use super::planned::Planned;
use crate::audit::archive::manifest;
use crate::audit::sinks::Target;
#[cfg(feature = "lake")]
use crate::bucket::Place;
#[cfg(feature = "lake")]
use crate::config::{Aws, Source, Sourced};
use crate::context::Context;
use crate::error::{Error, Result};

/// A directory, or a place in a bucket.
pub(super) enum To {
    Directory(PathBuf),
    #[cfg(feature = "lake")]
    Bucket(Place),
}

impl To {
    pub(super) fn parse(text: &str) -> Result<To> {
        if text.trim().is_empty() {
            return Err(Error::usage("--to is empty").hint("is a variable of the script not set?"));
        }
        #[cfg(feature = "lake")]
        if let Some(place) = Place::parse(text) {
            return Ok(To::Bucket(place?));
        }
        #[cfg(not(feature = "lake"))]
        if text.starts_with("s3://") {
            return Err(without_lake("object stores"));
        }
        if text.starts_with("s3:") {
            return Err(Error::usage(format!("--to: {text} names no bucket"))
                .hint("write s3://BUCKET/PREFIX; for a directory write ./ before it"));
        }
        match text.split_once("://") {
            _ if text == "-" => Err(Error::usage("an export is several files, and - is stdout")
                .hint("name a directory; audit show -o csv writes to stdout")),
            Some((scheme, _)) => Err(Error::usage(format!("--to: {scheme}:// is not known")).hint(
                "name a directory, or s3://BUCKET/PREFIX; for a directory write ./ before it",
            )),
            None => Ok(To::Directory(text.into())),
        }
    }

    /// Where files are written, or where they would be.
    pub(super) fn open(&self, context: &Context, args: &Args) -> Result<Box<dyn Target>> {
        match self {
            To::Directory(root) => {
                if root.exists() && !root.is_dir() {
                    return Err(Error::usage(format!("{} is no directory", root.display()))
                        .hint("name another, or one that is to be made"));
                }
                if is_in_an_archive(root) {
                    let why = format!("{} is an archive, or within one", root.display());
                    return Err(Error::usage(format!("--to: {why}"))
                        .hint("name another directory: its events would be read twice"));
                }
                if args.endpoint.is_some() {
                    return Err(Error::usage("--endpoint is for s3://").hint("omit --endpoint"));
                }
                match context.dry_run {
                    true => Ok(Box::new(Planned)),
                    false => Ok(Box::new(Directory::new(root, args.force))),
                }
            }
            #[cfg(feature = "lake")]
            To::Bucket(place) => {
                let bucket = bucket(context, args, place)?;
                match context.dry_run {
                    true => Ok(Box::new(Planned)),
                    false => {
                        bucket.check()?;
                        Ok(Box::new(super::objects::Objects::new(bucket, args.force)))
                    }
                }
            }
        }
    }

    /// The address of a file.
    pub(super) fn of(&self, name: &str) -> String {
        match self {
            To::Directory(root) => root.join(name).display().to_string(),
            #[cfg(feature = "lake")]
            To::Bucket(place) => place.of(name),
        }
    }
}

/// Whether a directory is an archive, or within one.
fn is_in_an_archive(root: &Path) -> bool {
    let here = root.canonicalize().or_else(|_| std::path::absolute(root));
    here.is_ok_and(|here| here.ancestors().any(is_archive))
}

/// Whether a directory is an instance's part of an archive, or above such parts.
fn is_archive(directory: &Path) -> bool {
    let is_part = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("project=") || name.starts_with("instance=")
    };
    let mut below = fs::read_dir(directory).into_iter().flatten().flatten();
    directory.join(manifest::NAME).is_file()
        || below.any(|entry| is_part(&entry.path()) && is_archive(&entry.path()))
}

#[cfg(feature = "lake")]
fn bucket(context: &Context, args: &Args, place: &Place) -> Result<crate::bucket::Bucket> {
    let mut aws = Aws::of(&context.environment)?;
    let flag = |option, value: &Option<String>| {
        let value = value.clone()?;
        Some(Sourced::new(value, Source::Flag(option)))
    };
    aws.region = flag("--region", &args.region).or(aws.region);
    aws.endpoint = flag("--endpoint", &args.endpoint).or(aws.endpoint);
    let reached = |address| context.reached(address);
    crate::bucket::Bucket::new(place.clone(), &aws, &reached, context.signals.clone())
}

/// The region that is named on the command line or in the environment.
pub(super) fn region(context: &Context, args: &Args) -> Option<String> {
    #[cfg(feature = "lake")]
    let of_environment = || Aws::region(&context.environment).map(|region| region.value);
    #[cfg(not(feature = "lake"))]
    let of_environment = || context.environment.first(&[]).map(|(_, region)| region.to_owned());
    args.region.clone().or_else(of_environment)
}

#[cfg(not(feature = "lake"))]
pub(super) fn without_lake(what: &str) -> Error {
    Error::usage(format!("this program was built without {what}"))
        .hint("build it with the feature lake, or use --format ndjson, csv or ecs and a directory")
}
