//! What brings one object to what is wanted of it.

mod connection;
mod entry;
mod instance;
mod member;
mod role;
mod user;

use serde_json::Value;
use serde_json::value::RawValue;

use super::owned::{Key, Owned};
use super::phase::Phase;
use crate::change::{Change, Fact};
use crate::error::{Error, Result};

pub use role::{inherited, levels};

/// What is to be done to one object.
pub enum Edit {
    /// It is as it is wanted.
    Unchanged,
    /// These changes, each in its phase.
    Send(Vec<(Phase, Change)>),
}

/// One object, as it is and as it is wanted.
pub struct Subject<'a> {
    /// The project's id.
    pub project: &'a str,
    /// What it is.
    pub key: &'a Key,
    /// As the API answers it; `None` if it does not exist.
    pub live: Option<&'a RawValue>,
    /// As a policy says it is to be; `None` if it is not to exist.
    pub wanted: Option<&'a Value>,
    /// How many roles deep it is inherited, of a role that is created or deleted.
    pub level: usize,
}

impl Subject<'_> {
    /// What brings it about.
    ///
    /// # Errors
    /// Why it cannot be.
    pub fn edit(&self) -> Result<Edit> {
        let Some(raw) = self.live else {
            return match self.wanted {
                None => Ok(Edit::Unchanged),
                Some(wanted) => self.one(self.create(wanted)?),
            };
        };
        let live: Value = serde_json::from_str(raw.get())
            .map_err(|e| Error::failed("the answer of the API is not understood").source(e))?;
        let said = self.key.kind.said(&live);
        match self.wanted {
            None => self.one(self.delete(&live)),
            Some(wanted) if *wanted == said => Ok(Edit::Unchanged),
            Some(wanted) => {
                let changes = self.update(&said, &live, wanted)?;
                Ok(if changes.is_empty() { Edit::Unchanged } else { Edit::Send(changes) })
            }
        }
    }

    fn one(&self, change: (Phase, Change)) -> Result<Edit> {
        Ok(Edit::Send(vec![change]))
    }

    fn create(&self, wanted: &Value) -> Result<(Phase, Change)> {
        match self.key.kind {
            Owned::Entries => Ok(self.add_entry(wanted)),
            Owned::Instances => Ok(self.create_instance(wanted)),
            Owned::Roles => Ok(self.create_role(wanted)),
            Owned::Users => self.create_user(wanted),
            Owned::Connections => self.create_connection(wanted),
            Owned::Members => Ok(self.add_member(wanted)),
        }
    }

    fn delete(&self, live: &Value) -> (Phase, Change) {
        let (phase, change) = match self.key.kind {
            Owned::Entries => self.remove_entry(live),
            Owned::Instances => self.delete_instance(),
            Owned::Roles => self.delete_role(),
            Owned::Users => self.delete_user(live),
            Owned::Connections => self.delete_connection(live),
            Owned::Members => self.remove_member(live),
        };
        (phase, change.was(self.live.map(RawValue::to_owned)))
    }

    fn update(&self, said: &Value, live: &Value, wanted: &Value) -> Result<Vec<(Phase, Change)>> {
        match self.key.kind {
            Owned::Entries => Ok(self.update_entry(said, wanted)),
            Owned::Instances => Ok(Vec::new()),
            Owned::Roles => Ok(self.update_role(said, wanted)),
            Owned::Users => self.update_user(said, wanted),
            Owned::Connections => Ok(self.update_connection(said, wanted)),
            Owned::Members => Ok(self.update_member(live, wanted)),
        }
    }

    /// A change to the object as it was read.
    fn was(&self, change: Change) -> Change {
        change.was(self.live.map(RawValue::to_owned))
    }
}

/// A gain or a loss, or a line that stays.
fn line(label: &'static str, before: &str, after: &str) -> Option<Fact> {
    (before != after).then(|| Fact::means(label, format!("{} -> {}", told(before), told(after))))
}

fn told(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

/// The texts of a list, for a line.
fn texts(list: &Value, text: impl Fn(&Value) -> String) -> String {
    list.as_array().into_iter().flatten().map(text).collect::<Vec<_>>().join(", ")
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}
