//! Why something is not done, in the domain's words.

use std::fmt::Display;

use rusqlite::ErrorCode;

use crate::local::store;

/// Why it is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The actor's roles do not allow it.
    NotPermitted,
    /// There is none, or none that the actor may know of.
    NotFound,
    /// It already exists.
    Taken,
    /// An invalid attribute.
    Invalid,
    /// It is missing.
    Missing,
    /// Another object needs it.
    InUse {
        /// What the other object is.
        by: Subject,
    },
    /// The limit is reached.
    LimitReached,
    /// It is running.
    Running,
    /// Its state does not allow it.
    WrongState,
    /// It is being deleted.
    BeingDeleted,
    /// The last one cannot be removed.
    LastOne,
    /// The control plane itself failed; the request was fine.
    Failed,
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the objects of the API, by their names")]
pub enum Subject {
    Operation,
    Attribute,
    Organization,
    Project,
    /// A project, requested by name.
    ProjectName,
    Cluster,
    DatabaseUser,
    CustomRole,
    /// A role that a user or another role is to hold.
    GrantedRole,
    /// A role that a connection is to execute as.
    ExecutedRole,
    /// An action of a custom role.
    Action,
    Instance,
    /// Where an instance is to run.
    InstanceRegion,
    Connection,
    FailoverConnection,
    Processor,
    /// The position from which a processor goes on.
    Checkpoint,
    Peering,
    CloudProvider,
    Region,
    PrivateLink,
    AccessListEntry,
    /// An address, or a block of them.
    Network,
    /// Somebody with roles in an organisation or in a project.
    Person,
    OrganizationMember,
    ProjectMember,
    EmailAddress,
    /// A role of the organisation or of a project.
    AdministrativeRole,
    /// Somebody's role in a place.
    Assignment,
    OrganizationOwner,
    Team,
    ControlPlaneAddresses,
    Store,
}

/// A refusal: why, what it is about, and a sentence for the caller.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Why it is refused.
    pub reason: Reason,
    /// What it is about.
    pub subject: Subject,
    /// The object's name; of an attribute its path, of an operation its name.
    pub name: String,
    /// A sentence.
    pub detail: String,
}

impl Refusal {
    /// A refusal for any reason.
    pub fn new(reason: Reason, subject: Subject, name: &str, detail: impl Into<String>) -> Self {
        Refusal { reason, subject, name: name.to_owned(), detail: detail.into() }
    }

    /// None has this name.
    pub fn not_found(subject: Subject, name: &str, detail: impl Into<String>) -> Self {
        Refusal::new(Reason::NotFound, subject, name, detail)
    }

    /// The name is taken.
    pub fn taken(subject: Subject, name: &str, detail: impl Into<String>) -> Self {
        Refusal::new(Reason::Taken, subject, name, detail)
    }

    /// Something named is not possible, or not possible there.
    pub fn unfit(subject: Subject, name: &str, detail: impl Into<String>) -> Self {
        Refusal::new(Reason::Invalid, subject, name, detail)
    }

    /// An attribute has an invalid value; `why` becomes part of the sentence.
    pub fn invalid(attribute: &str, why: impl Display) -> Self {
        let detail = format!("Invalid attribute {attribute}: {why}.");
        Refusal::unfit(Subject::Attribute, attribute, detail)
    }

    /// A required attribute is missing.
    pub fn missing(attribute: &str) -> Self {
        let detail = format!("The required attribute {attribute} was not specified.");
        Refusal::new(Reason::Missing, Subject::Attribute, attribute, detail)
    }

    /// Another object needs this one.
    pub fn in_use(subject: Subject, name: &str, by: Subject, detail: impl Into<String>) -> Self {
        Refusal::new(Reason::InUse { by }, subject, name, detail)
    }

    /// The store or the system fails.
    pub fn failed(detail: impl Into<String>) -> Self {
        Refusal::new(Reason::Failed, Subject::Store, "", detail)
    }
}

impl From<rusqlite::Error> for Refusal {
    fn from(error: rusqlite::Error) -> Self {
        Refusal::failed(match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                "The local store is damaged. Move its file aside, and the next command creates a new one."
                    .to_owned()
            }
            _ if store::lacks_room(&error) => {
                "The local store failed: its disk is full, or a limit on file sizes is reached."
                    .to_owned()
            }
            _ => format!("The local store failed: {error}."),
        })
    }
}

impl From<getrandom::Error> for Refusal {
    fn from(error: getrandom::Error) -> Self {
        Refusal::failed(format!("Cannot get random numbers: {error}."))
    }
}

impl From<std::io::Error> for Refusal {
    fn from(error: std::io::Error) -> Self {
        Refusal::failed(format!("{error}."))
    }
}
