//! Who acts, and what that actor may do: the compiled-in table under the closure of roles.

use std::net::SocketAddr;

use super::refusal::{Reason, Refusal, Subject};
use super::{Outcome, Work};
use crate::local::store::docs::{self, kind};
use crate::local::store::people::VisibleProjects;
use crate::local::store::principals::{Assignment, Principal};
use crate::privileges::catalogue::atlas_roles::{self, ORGANIZATION_MEMBER, PROJECT_READ_ONLY};
use crate::privileges::catalogue::operations;

/// Who a caller proved to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// An API key.
    ApiKey,
    /// A service account.
    ServiceAccount,
    /// A database user who signed in to an instance. Its rights are read for every action, from the
    /// roles that it has then.
    DatabaseUser {
        /// Id of the project.
        project: String,
        /// The authentication database.
        database: String,
        /// The instance that it signed in to.
        instance: String,
        /// Which of those who had the name, one after the other, has signed in; `None` while that
        /// is to be proved, and whoever has it now is meant.
        row: Option<i64>,
    },
    /// This process itself: the client of `--local`.
    Process,
    /// Nobody: public operations need no name.
    Nobody,
}

/// Who acts, from where.
#[derive(Debug, Clone)]
pub struct Actor {
    /// What it proved to be.
    pub identity: Identity,
    /// The public half of an API key, a service account's id, a database user's name.
    pub name: String,
    /// Its id of 24 hexadecimal digits; empty if it has none.
    pub id: String,
    /// Its roles in organisations and projects. A database user has none.
    pub roles: Vec<Assignment>,
    /// Where it acts from.
    pub address: SocketAddr,
    /// What ties together what it does in one session, a UUID; `None` if there are no sessions.
    pub session: Option<String>,
}

impl Actor {
    /// An API key or a service account of the store.
    pub fn of(principal: Principal, address: SocketAddr) -> Actor {
        let identity = match principal.name.starts_with("mdb_sa_id_") {
            true => Identity::ServiceAccount,
            false => Identity::ApiKey,
        };
        let Principal { name, id, roles, .. } = principal;
        Actor { identity, name, id, roles, address, session: None }
    }

    /// Nobody.
    pub fn nobody(address: SocketAddr) -> Actor {
        let (name, id) = (String::new(), String::new());
        Actor { identity: Identity::Nobody, name, id, roles: Vec::new(), address, session: None }
    }

    /// The display names of the roles that it holds: in a project and its organisation, or in an
    /// organisation, or anywhere if neither is named.
    pub fn held(&self, org: Option<&str>, project: Option<&str>) -> Vec<String> {
        let reaches = |a: &&Assignment| {
            let everywhere = org.is_none() && project.is_none();
            let in_org = a.org_id.is_some() && a.org_id.as_deref() == org;
            let in_project = a.group_id.is_some() && a.group_id.as_deref() == project;
            everywhere || in_org || in_project
        };
        self.roles.iter().filter(reaches).map(display).collect()
    }

    /// The projects that it may see: those of whole organisations, and single ones.
    pub fn visible(&self) -> VisibleProjects {
        let reads = |a: &&Assignment| atlas_roles::includes(&display(a), PROJECT_READ_ONLY.display);
        let reading = || self.roles.iter().filter(reads);
        VisibleProjects {
            orgs: reading().filter_map(|a| a.org_id.clone()).collect(),
            projects: reading().filter_map(|a| a.group_id.clone()).collect(),
        }
    }

    /// Whether it may see an organisation.
    pub fn sees_org(&self, org: &str) -> bool {
        let is_member = |role: &String| atlas_roles::includes(role, ORGANIZATION_MEMBER.display);
        self.held(Some(org), None).iter().any(is_member)
    }
}

fn display(assignment: &Assignment) -> String {
    let known = atlas_roles::find(&assignment.role_name);
    known.map_or_else(|| assignment.role_name.clone(), |role| role.display.to_owned())
}

/// What roles must be held in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Realm<'a> {
    /// A project, by its id: roles of its organisation count, too.
    Project(&'a str),
    /// An organisation, by its id.
    Organization(&'a str),
    /// Wherever the actor holds roles.
    Anywhere,
}

impl Work<'_> {
    /// Checks an operation against the roles that the actor holds in a realm.
    ///
    /// # Errors
    /// Not found: the project or organisation does not exist. Not permitted, naming the roles that
    /// are needed.
    pub fn authorize(&self, operation: &str, realm: Realm<'_>) -> Outcome<()> {
        let held = match realm {
            Realm::Project(id) => self.actor.held(Some(&self.org_of(id)?), Some(id)),
            Realm::Organization(id) => match self.get(kind::ORG, "", id)? {
                Some(_) => self.actor.held(Some(id), None),
                None => return Err(no_organization(id)),
            },
            Realm::Anywhere => self.actor.held(None, None),
        };
        if operations::allowed(held.iter().map(String::as_str), operation) {
            return Ok(());
        }
        let least = operations::roles(operation).unwrap_or_default();
        let names = atlas_roles::that_would_do(least).join(", ");
        let detail = format!(
            "The current user is not authorized to perform {operation}. This needs one of these roles: {names}."
        );
        Err(Refusal::new(Reason::NotPermitted, Subject::Operation, operation, detail))
    }

    /// The organisation of a project.
    pub(super) fn org_of(&self, project: &str) -> Outcome<String> {
        let found = docs::find(self.db, kind::PROJECT, project)?;
        found.map(|(org, _)| org).ok_or_else(|| no_project(project))
    }
}

/// There is no such project.
pub(super) fn no_project(id: &str) -> Refusal {
    Refusal::not_found(Subject::Project, id, format!("No group with ID {id} exists."))
}

/// There is no such organisation.
pub(super) fn no_organization(id: &str) -> Refusal {
    Refusal::not_found(Subject::Organization, id, format!("No organization with ID {id} exists."))
}
