//! `--failed`: the names that were not done, ready to be read back.

use std::collections::{HashMap, HashSet};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::{ObjectId, Stage};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::files::Pending;
use crate::files::output::{self, Replace};
use crate::files::text::{MARK, without_mark};

/// The names by which a command takes objects again. It takes those of its own noun only: a custom
/// role that is created on the way to a user is not one of them.
pub(super) struct Names {
    /// An object of the command's own noun and project.
    own: ObjectId,
    typed: HashMap<ObjectId, String>,
}

impl Names {
    /// Of the last stage: that is what the command is about; the earlier ones lead up to it.
    pub(super) fn of(stages: &[Stage<'_>]) -> Option<Self> {
        let plan = &stages.last()?.planned.plan;
        Some(Names { own: plan.object(""), typed: plan.typed.clone() })
    }

    /// Whether the command takes it again: an object of its own noun, or one that it was asked about by
    /// another name.
    pub(super) fn is_own(&self, object: &ObjectId) -> bool {
        object.noun == self.own.noun || self.typed.contains_key(object)
    }

    /// The name of an object, if it is unambiguous and fits on a line of its own.
    pub(super) fn name<'a>(&'a self, object: &'a ObjectId) -> Option<&'a str> {
        let name = match self.typed.get(object) {
            Some(typed) => typed,
            None if object.project == self.own.project => &object.name,
            None => return None,
        };
        let splits = name.contains('\n') || name.ends_with('\r') || name.starts_with(MARK);
        (!splits && !name.trim().is_empty()).then_some(name)
    }
}

/// The file, begun before anything is sent.
pub(super) struct FailedFile<'a> {
    file: &'a Path,
    names: Names,
    pending: Pending,
}

impl<'a> FailedFile<'a> {
    /// Checks whether the file may be written, and creates it, except in a dry run.
    ///
    /// # Errors
    /// Conflict, if the file holds anything else; what the file system says.
    pub(super) fn begin(
        context: &Context,
        file: &'a Path,
        stages: &[Stage<'_>],
    ) -> Result<Option<Self>> {
        output::free(file, Replace::Forced)?;
        let Some(names) = Names::of(stages) else { return Ok(None) };
        let objects: Vec<ObjectId> =
            stages.iter().flat_map(|stage| stage.planned.plan.objects()).collect();
        let own = objects.iter().filter(|object| names.is_own(object));
        replaceable(file, &own.filter_map(|object| names.name(object)).collect())?;
        if context.dry_run {
            return Ok(None);
        }
        // A directory may refuse it.
        let pending =
            Pending::create(file).map_err(|e| output::unwritten(file, Replace::Forced, e))?;
        Ok(Some(FailedFile { file, names, pending }))
    }

    /// Writes the names of what failed.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(super) fn keep(mut self, context: &Context, failed: &[ObjectId]) -> Result<()> {
        let (mut lines, mut written) = (String::new(), HashSet::new());
        for object in failed.iter().filter(|object| self.names.is_own(object)) {
            match self.names.name(object) {
                // Several objects may have been asked about by one name.
                Some(name) if !written.insert(name) => {}
                Some(name) => lines.extend([name, "\n"]),
                None => context.ui.warn(format!(
                    "{} {:?} is left out of {}: a line there could not name it",
                    object.noun,
                    object.name,
                    self.file.display()
                )),
            }
        }
        let written =
            self.pending.write_all(lines.as_bytes()).and_then(|()| self.pending.keep(true));
        written
            .map_err(|e| Error::failed(format!("cannot write {}", self.file.display())).source(e))
    }
}

/// Names written by an earlier run are replaced by a run on the same names; anything else in the
/// file would be lost. It is not shown: it may be anything.
fn replaceable(file: &Path, names: &HashSet<&str>) -> Result<()> {
    let holds_others = match std::fs::read_to_string(file) {
        Ok(text) => {
            without_mark(&text).lines().any(|line| !line.is_empty() && !names.contains(line))
        }
        Err(error) => error.kind() != ErrorKind::NotFound,
    };
    match holds_others {
        false => Ok(()),
        true => Err(Error::new(
            Kind::Conflict,
            format!("{} holds more than the names in this command", file.display()),
        )
        .hint("choose another file for --failed, or move that one; nothing was changed")),
    }
}
