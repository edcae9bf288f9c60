//! What is known of each log that is followed, in memory or in a file.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::audit::overlap::Overlap;
use crate::commands::state_file::StateFile;
use crate::error::{Error, Result};
use crate::files::Pending;

/// The form of the file that this version writes and reads.
const VERSION: u32 = 1;

/// The file's document.
#[derive(Debug, Serialize, Deserialize)]
struct Document {
    spctl_audit_follow: u32,
    /// The project and where it is.
    place: String,
    /// By instance; those that are not followed now are kept.
    instances: BTreeMap<String, Overlap>,
}

/// What is known of the logs, and the file that keeps it.
pub(super) struct State {
    file: Option<StateFile>,
    document: Document,
}

impl State {
    /// Reads what the file knows, if there is one.
    ///
    /// # Errors
    /// Those of [`StateFile::open`]. Usage: it is no such file, or is that of another place.
    pub(super) fn open(path: Option<&Path>, place: String) -> Result<State> {
        let new =
            |place| Document { spctl_audit_follow: VERSION, place, instances: BTreeMap::new() };
        let Some(path) = path else { return Ok(State { file: None, document: new(place) }) };
        let (file, bytes) = StateFile::open(path)?;
        let Some(bytes) = bytes else {
            return Ok(State { file: Some(file), document: new(place) });
        };
        let read: Document =
            serde_json::from_slice(&bytes).map_err(|_| file.is_not_of("audit follow"))?;
        if read.spctl_audit_follow != VERSION {
            return Err(file.is_not_of("audit follow"));
        }
        if read.place != place {
            let why = format!(
                "--state: {} knows logs of {}; these are of {place}",
                path.display(),
                read.place
            );
            return Err(Error::usage(why).hint("use a file for each project"));
        }
        Ok(State { file: Some(file), document: read })
    }

    /// What is known of an instance's log.
    pub(super) fn known(&self, instance: &str) -> Option<&Overlap> {
        self.document.instances.get(instance)
    }

    /// Makes ready that this is known. The lines that it is about are written between this and
    /// [`Prepared::keep`], which only gives a file its name: a kill can come between the two, but hardly does.
    ///
    /// # Errors
    /// The file cannot be written: what was known before is known still.
    pub(super) fn prepare(&mut self, instance: &str, known: Overlap) -> Result<Prepared<'_>> {
        self.document.instances.insert(instance.to_owned(), known);
        let Some(file) = &self.file else { return Ok(Prepared(None)) };
        let bytes = serde_json::to_vec(&self.document)
            .map_err(|e| Error::failed("cannot write what is known").source(e))?;
        let pending = file.prepare(&bytes).map_err(|e| file.unwritten(e))?;
        Ok(Prepared(Some((file, pending))))
    }
}

/// What is known next, once it is kept.
#[must_use = "what is not kept is not known"]
pub(super) struct Prepared<'a>(Option<(&'a StateFile, Pending)>);

impl Prepared<'_> {
    /// Now it is known.
    ///
    /// # Errors
    /// The file system's: the lines that were just written are written again by the next run.
    pub(super) fn keep(self) -> Result<()> {
        let Some((file, pending)) = self.0 else { return Ok(()) };
        pending.keep(true).map_err(|error| {
            file.unwritten(error).hint("the next run writes the last events once more")
        })
    }
}
