//! What a project's feed of events says: who did what, from where, about what.

use serde_json::{Value, json};

use super::actor::Identity;
use super::{Outcome, Part, Work};
use crate::local::store::{events, meta};

pub use crate::local::store::events::Filter;

impl Work<'_> {
    /// Writes the project event that Atlas would write; `about` names what it is about, under the
    /// document's own keys such as `instanceName`.
    pub fn event(&self, project: &str, kind: &str, about: &[(&str, &str)]) -> Outcome<()> {
        let event = self.event_document(project, kind, about)?;
        Ok(events::append(self.db, project, self.now, kind, &event)?)
    }

    fn event_document(&self, project: &str, kind: &str, about: &[(&str, &str)]) -> Outcome {
        let actor = self.actor;
        let mut event = json!({
            "created": self.now.to_string(),
            "eventTypeName": kind,
            "groupId": project,
            "id": meta::next_id(self.db)?,
            "isGlobalAdmin": false,
            "links": [],
            "remoteAddress": actor.address.ip().to_string(),
        });
        // A key goes by its public half, and a service account by its id: how Atlas writes the
        // latter is not documented.
        let (id, name) = match actor.identity {
            Identity::DatabaseUser { .. } => ("", "dbUserUsername"),
            _ => ("apiKeyId", "publicKey"),
        };
        if !actor.id.is_empty() && !id.is_empty() {
            event[id] = actor.id.as_str().into();
        }
        event[name] = actor.name.as_str().into();
        for (key, value) in about {
            event[*key] = Value::from(*value);
        }
        Ok(event)
    }
}

/// A part of a project's events that match, newest first.
pub fn list(work: &Work<'_>, project: &str, filter: &Filter, part: Part) -> Outcome<Vec<Value>> {
    Ok(events::list(work.db, project, filter, part.limit, part.skip)?)
}
