//! Files that a command writes in addition to stdout.

use std::path::Path;

use crate::error::{Error, Kind, Result};

/// What replaces a file that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replace {
    /// Nothing: what is written once is kept.
    Never,
    /// `--force`, which was not given.
    Unforced,
    /// `--force`, which was given.
    Forced,
}

impl Replace {
    /// From the option `--force`.
    pub fn forced(force: bool) -> Self {
        if force { Replace::Forced } else { Replace::Unforced }
    }
}

/// Checks, before anything is sent, that a file can be written there.
///
/// # Errors
/// Not found: there is no such directory. Conflict: something is there already. Usage: what is there
/// is no file that could be replaced, but a pipe or a device; `-`, which stands for stdout elsewhere.
pub fn free(path: &Path, replace: Replace) -> Result<()> {
    if path.as_os_str() == "-" {
        return Err(Error::usage("this option writes a file, and - is stdout")
            .hint("name a file; for a file called -, write ./-"));
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent.filter(|parent| !parent.is_dir()) {
        return Err(Error::not_found(format!("the directory {} does not exist", parent.display()))
            .hint("create it first, or name a file elsewhere"));
    }
    let Ok(there) = path.symlink_metadata() else { return Ok(()) };
    // Behind a link, too: /dev/stdout is one, to a pipe that would be read for ever.
    let is_other = path.metadata().is_ok_and(|behind| !behind.is_file());
    if is_other || (!there.is_file() && !there.is_symlink()) {
        return Err(Error::usage(format!("{} is not a regular file", path.display()))
            .hint("name a new file; to write to stdout, use --out - if the command has it"));
    }
    match replace {
        Replace::Forced => Ok(()),
        _ => Err(taken(path, replace)),
    }
}

/// Checks, before anything is sent, that files for different things are different files.
///
/// # Errors
/// Usage: two of these options name one file, and one would be lost under the other.
pub fn apart(files: &[(&str, Option<&Path>)]) -> Result<()> {
    let place = |path: &Path| {
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new(".")).canonicalize().unwrap_or_default();
        parent.join(path.file_name().unwrap_or_default())
    };
    let named: Vec<_> =
        files.iter().filter_map(|(option, path)| path.map(|path| (*option, place(path)))).collect();
    for (index, (option, path)) in named.iter().enumerate() {
        if let Some((other, _)) = named[..index].iter().find(|(_, earlier)| earlier == path) {
            let why = format!("{other} and {option} name the same file: {}", path.display());
            return Err(Error::usage(why).hint("one would overwrite the other: name two files"));
        }
    }
    Ok(())
}

/// What there is to say of a failure to write a file.
pub fn unwritten(path: &Path, replace: Replace, error: std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::AlreadyExists => taken(path, replace),
        _ => Error::failed(format!("cannot write {}", path.display())).source(error),
    }
}

fn taken(path: &Path, replace: Replace) -> Error {
    let error = Error::new(Kind::Conflict, format!("{} already exists", path.display()));
    error.hint(match replace {
        Replace::Never => "name another file, or move that one away",
        _ => "add --force to replace it, or name another file",
    })
}
