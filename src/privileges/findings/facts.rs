//! What is known beside the project itself.

use std::collections::{BTreeSet, HashMap};

use jiff::{SignedDuration, Timestamp};

/// What rules are told beside the project.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The moment that ends and ages are reckoned from.
    pub now: Timestamp,
    /// So long nothing was done by a user who is stale.
    pub stale: SignedDuration,
    /// A certificate that ends within this time is about to end.
    pub soon: SignedDuration,
    /// When users were last seen in the audit log, or why that is not known.
    pub log: Result<LastSeen, String>,
    /// Whether findings tell all that they extend to, which of large projects is much.
    pub extents: bool,
    /// What the project's events tell, or why they are not known.
    pub events: Result<Deeds, String>,
}

impl Facts {
    /// What is known where nothing was read but the project.
    pub fn at(now: Timestamp) -> Self {
        const DAY: i64 = 24;
        Facts {
            now,
            stale: SignedDuration::from_hours(30 * DAY),
            soon: SignedDuration::from_hours(30 * DAY),
            extents: false,
            log: Err("no audit log was given".to_owned()),
            events: Err("the project's events were not read".to_owned()),
        }
    }
}

/// When users were last seen in audit logs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LastSeen {
    /// When the log begins; `None` if there is nothing in it.
    pub begins: Option<Timestamp>,
    /// By the user as the log calls it, `admin.alice`: its last event.
    pub users: HashMap<String, Timestamp>,
    /// The instances whose logs were read; `None` if the log does not tell.
    pub instances: Option<Vec<String>>,
    /// By the user as the log calls it: the instances where it created a processor or ran a pipeline.
    pub writers: HashMap<String, BTreeSet<String>>,
}

/// What the project's events tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Deeds {
    /// When the database users were last made whose making the events still tell, by their names.
    pub added: HashMap<String, Timestamp>,
    /// The database users that were last made by a program on somebody's behalf, by their names.
    pub users: HashMap<String, Deed>,
    /// The access-list entries of the same kind, as the event names them.
    pub entries: HashMap<String, Deed>,
    /// Since when the events that follow were looked through.
    pub since: Timestamp,
    /// By the name or id of who acted: something that was done since then and that Project Stream
    /// Processing Owner does not allow.
    pub beyond_streams: HashMap<String, Deed>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// The type of the event.
    pub kind: String,
    /// When.
    pub at: Option<Timestamp>,
    /// Who did it: `agent for dana@example.com`.
    pub by: String,
}
