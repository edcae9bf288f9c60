//! What is known of a project at a moment: who is in it, what they hold, and what there is to act on.
//!
//! It is read live or from a policy file, and every question is answered from it alone.

use jiff::Timestamp;
use serde_json::Value;

use super::graph::{GrantedRole, RoleGraph};
use super::scopes::{Estate, Scopes};

/// A project at a moment.
#[derive(Debug, Clone, Default)]
pub struct Project {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// When it was read.
    pub taken: Timestamp,
    /// The database users.
    pub users: Vec<DatabaseUser>,
    /// The custom roles, beside the built-in ones.
    pub roles: RoleGraph,
    /// The stream processing instances.
    pub instances: Vec<Instance>,
    /// Everything that a scope can point at.
    pub estate: Estate,
    /// People, and programs that act as people do: whoever holds roles of the project or of its
    /// organisation.
    pub principals: Vec<Principal>,
    /// Addresses from which the project's databases can be reached.
    pub access_list: Vec<AccessEntry>,
    /// What could not be read, so that nothing can be said about it.
    pub unseen: Vec<Unseen>,
}

/// A database user.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DatabaseUser {
    /// The name without its database.
    pub name: String,
    /// The authentication database, `admin` or `$external`.
    pub database: String,
    /// The roles held.
    pub roles: Vec<GrantedRole>,
    /// What it is restricted to; none means everything, what is created later included.
    pub scopes: Scopes,
    /// When it expires, if it does.
    pub expires: Option<Timestamp>,
    /// How it signs in: `SCRAM`, `X.509`, `AWS IAM`, `OIDC`, `LDAP`.
    pub authentication: String,
    /// Labels, `key=value`.
    pub labels: Vec<(String, String)>,
    /// What was written about it.
    pub description: Option<String>,
}

/// A stream processing instance, with what is in it.
#[derive(Debug, Clone, Default)]
pub struct Instance {
    /// The name.
    pub name: String,
    /// The provider and the region, as the API names them.
    pub region: (String, String),
    /// The connections of its registry; `None` if they could not be read.
    pub connections: Option<Vec<Connection>>,
    /// Its processors; `None` if they could not be read.
    pub processors: Option<Vec<Processor>>,
}

/// A connection of an instance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Connection {
    /// The name.
    pub name: String,
    /// `Cluster`, `Kafka`, `Sample`, …, as the API has it.
    pub kind: String,
    /// The cluster, of a connection to one.
    pub cluster: Option<Cluster>,
    /// The role that it executes as on its cluster.
    pub executes_as: Option<GrantedRole>,
    /// The API's document, for what only one rule asks about.
    pub document: Value,
}

/// A cluster behind a connection.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cluster {
    /// The name.
    pub name: String,
    /// The id of its project, where that is another one.
    pub project: Option<String>,
}

/// A processor of an instance.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Processor {
    /// The name.
    pub name: String,
    /// `CREATED`, `STARTED`, …, as the API has it.
    pub state: String,
    /// The stages.
    pub pipeline: Vec<Value>,
    /// The API's document.
    pub document: Value,
}

/// What kind of principal acts through the Admin API.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PrincipalKind {
    /// Somebody who signs in.
    #[default]
    Person,
    /// Somebody who was invited and has not accepted yet.
    Invited,
    /// A key pair.
    ApiKey,
    /// A client of the token endpoint.
    ServiceAccount,
}

/// A person or a program that holds roles of the project or of its organisation.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Principal {
    /// What it is.
    pub kind: PrincipalKind,
    /// The user name, the public key or the client id.
    pub name: String,
    /// The id.
    pub id: String,
    /// The roles of the organisation and of this project, each with where it comes from.
    pub roles: Vec<PrincipalRole>,
    /// Until when an invitation stands.
    pub invited_until: Option<Timestamp>,
    /// The API's document.
    pub document: Value,
}

/// A role that a principal holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PrincipalRole {
    /// The API's name, `GROUP_OWNER` or `ORG_OWNER`.
    pub role: String,
    /// The team that it is held through, by its name.
    pub team: Option<String>,
}

/// An entry of the access list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AccessEntry {
    /// The address, the block or the security group.
    pub entry: String,
    /// What was written about it.
    pub comment: Option<String>,
    /// When it ends, if it does.
    pub expires: Option<Timestamp>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// What, in the plural: `API keys`, `connections of orders`.
    pub what: String,
    /// Why, as a person should hear it.
    pub why: String,
}
