//! What a watch knows: the list of the last time, in memory or in a file.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::brokers::set::{Entry, Origin};
use crate::commands::state_file::StateFile;
use crate::error::{Error, Result};
use crate::times::rfc3339;

/// The form of the file that this version writes and reads.
const VERSION: u32 = 1;

/// The file's document.
#[derive(Serialize, Deserialize)]
struct Document {
    spctl_ips_watch: u32,
    selection: String,
    checked: String,
    entries: Vec<StoredEntry>,
}

#[derive(Serialize, Deserialize)]
struct StoredEntry {
    cidr: String,
    provider: String,
    region: String,
    direction: String,
    origin: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gateway: Option<String>,
}

impl From<&Entry> for StoredEntry {
    fn from(entry: &Entry) -> Self {
        StoredEntry {
            cidr: entry.net.to_string(),
            provider: entry.provider.to_string(),
            region: entry.region.clone(),
            direction: entry.direction.to_string(),
            origin: entry.origin.key().to_owned(),
            gateway: entry.origin.gateway().map(str::to_owned),
        }
    }
}

impl StoredEntry {
    fn read(self) -> Option<Entry> {
        let origins = [Origin::ControlPlane, Origin::Vpc].into_iter();
        let mut origins = origins.chain(self.gateway.map(Origin::Gateway));
        Some(Entry {
            net: self.cidr.parse().ok()?,
            provider: self.provider.parse().ok()?,
            region: self.region,
            direction: self.direction.parse().ok()?,
            origin: origins.find(|origin| origin.key() == self.origin)?,
        })
    }
}

/// A list that is known, and when it was so.
#[derive(Debug, Clone)]
pub(super) struct KnownList {
    /// Its entries; at least one.
    pub(super) entries: Vec<Entry>,
    /// When they were last found to be these.
    pub(super) checked: Timestamp,
}

/// Where a watch keeps what it knows. With a file nobody else watches with it meanwhile.
pub(super) struct State {
    file: Option<StateFile>,
    selection: String,
    pub(super) known: Option<KnownList>,
}

impl State {
    /// Reads what the file knows, if there is one.
    ///
    /// # Errors
    /// Conflict: another watch uses it. Usage: it is no such file, or is that of another selection.
    /// Not found: its directory does not exist.
    pub(super) fn open(path: Option<&Path>, selection: String) -> Result<Self> {
        let Some(path) = path else { return Ok(State { file: None, selection, known: None }) };
        let (file, bytes) = StateFile::open(path)?;
        let known = bytes.map(|bytes| read(&bytes, &file, &selection)).transpose()?;
        Ok(State { file: Some(file), selection, known })
    }

    /// Whether it outlives this command.
    pub(super) fn is_stored(&self) -> bool {
        self.file.is_some()
    }

    /// From now on this list is known.
    ///
    /// # Errors
    /// The file cannot be written: what was known before is known still.
    pub(super) fn advance(&mut self, entries: &[Entry], checked: Timestamp) -> Result<()> {
        if let Some(file) = &self.file {
            let document = Document {
                spctl_ips_watch: VERSION,
                selection: self.selection.clone(),
                checked: rfc3339(checked),
                entries: entries.iter().map(StoredEntry::from).collect(),
            };
            let written = serde_json::to_vec(&document)
                .map_err(io::Error::other)
                .and_then(|bytes| file.prepare(&bytes)?.keep(true));
            written.map_err(|error| {
                file.unwritten(error)
                    .hint("the change is passed on again by the next watch with this --state")
            })?;
        }
        self.known = Some(KnownList { entries: entries.to_vec(), checked });
        Ok(())
    }
}

fn read(bytes: &[u8], file: &StateFile, selection: &str) -> Result<KnownList> {
    let not_ours = || file.is_not_of("ips watch");
    let document: Document = serde_json::from_slice(bytes).map_err(|_| not_ours())?;
    if document.spctl_ips_watch != VERSION {
        return Err(not_ours());
    }
    if document.selection != selection {
        let why = format!(
            "--state: {} knows another selection: {}; this one is {selection}",
            file.path().display(),
            document.selection
        );
        return Err(Error::usage(why).hint("use a file for each selection that is watched"));
    }
    let entries = document.entries.into_iter().map(StoredEntry::read).collect::<Option<Vec<_>>>();
    let checked = document.checked.parse().ok();
    match (entries.filter(|entries| !entries.is_empty()), checked) {
        (Some(entries), Some(checked)) => Ok(KnownList { entries, checked }),
        _ => Err(not_ours()),
    }
}
