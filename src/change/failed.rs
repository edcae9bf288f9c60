//! `--failed`: the names that were not done, ready to be fed back.

use std::collections::HashSet;
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::ObjectId;
use crate::error::{Error, Kind, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};

/// The names that an earlier run has kept are replaced by a run that is about them again; whatever
/// else stands there would be lost. It is not shown: it may be anything.
pub(super) fn replaceable(file: &Path, names: &HashSet<String>) -> Result<()> {
    output::free(file, Replace::Forced)?;
    let holds_others = match std::fs::read_to_string(file) {
        Ok(text) => text.lines().any(|line| !line.is_empty() && !names.contains(line)),
        Err(error) => error.kind() != ErrorKind::NotFound,
    };
    match holds_others {
        false => Ok(()),
        true => Err(Error::new(
            Kind::Conflict,
            format!("{} holds more than names that this command is about", file.display()),
        )
        .hint("name another file with --failed, or move that one away; nothing was changed")),
    }
}

/// Begins the file before anything is sent: a directory may refuse it.
pub(super) fn begin(file: &Path) -> Result<Pending> {
    Pending::create(file).map_err(|e| output::unwritten(file, Replace::Forced, e))
}

pub(super) fn keep<'a>(
    file: &Path,
    mut pending: Pending,
    failed: impl Iterator<Item = &'a ObjectId>,
) -> Result<()> {
    let names: String = failed.map(|object| format!("{}\n", object.name)).collect();
    let written = pending.write_all(names.as_bytes()).and_then(|()| pending.keep(true));
    written.map_err(|e| Error::failed(format!("cannot write {}", file.display())).source(e))
}
