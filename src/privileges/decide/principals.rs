//! What people, API keys and service accounts may do through the Admin API.

use super::{Link, Via};
use crate::privileges::catalogue::actions::Action;
use crate::privileges::catalogue::atlas_roles::{self, AtlasRole, RoleLevel};
use crate::privileges::catalogue::{built_in, operations};
use crate::privileges::project::{Principal, PrincipalKind, PrincipalRole};

/// A way by which a principal does what a stream action allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrincipalWay<'a> {
    /// The role that it holds.
    pub held: &'a PrincipalRole,
    /// The least role that the operation requires, which the held one is or includes.
    pub required: &'static AtlasRole,
    /// The operation.
    pub operation: &'static str,
    /// What the operation gives it, if that is what allows the action.
    pub obtains: Option<Obtained>,
}

/// A role that a principal can give itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obtained {
    /// Of a database user.
    Database(&'static str),
    /// Of the project.
    Project(&'static AtlasRole),
}

/// The ways by which a principal may do an action: directly, or else by granting it to itself; one a
/// role that it holds. Nobody acts on an invitation.
pub fn ways<'a>(principal: &'a Principal, action: &Action) -> Vec<PrincipalWay<'a>> {
    if principal.kind == PrincipalKind::Invited {
        return Vec::new();
    }
    let by = |operations: &[&'static str], obtains: Option<Obtained>| -> Vec<PrincipalWay<'a>> {
        let way = |held: &'a PrincipalRole| {
            let calls = |operation: &&'static str| {
                let required = required(&held.role, operation)?;
                Some(PrincipalWay { held, required, operation, obtains })
            };
            operations.iter().find_map(calls)
        };
        principal.roles.iter().filter_map(way).collect()
    };
    let direct = by(operations::of_action(action), None);
    if !direct.is_empty() {
        return direct;
    }
    let database = least_database_role(action).map(Obtained::Database);
    let as_user = by(operations::GRANT_DATABASE_ROLES, database);
    // Programs have no user name that a role of the project could be added to.
    if !as_user.is_empty() || principal.kind != PrincipalKind::Person {
        return as_user;
    }
    let project = least_project_role().map(Obtained::Project);
    by(operations::GRANT_PROJECT_ROLES, project)
}

/// The first of an operation's roles that a held one is or includes.
fn required(held: &str, operation: &str) -> Option<&'static AtlasRole> {
    let mut roles = operations::roles(operation)?.iter();
    roles.find(|role| atlas_roles::includes(held, role)).and_then(|role| atlas_roles::find(role))
}

/// The least powerful built-in role of database users that allows an action.
fn least_database_role(action: &Action) -> Option<&'static str> {
    let mut least_first = built_in::ROLES.iter().rev().map(|role| role.name);
    least_first.find(|role| action.held_by.contains(role))
}

/// The role of a project that makes its holder manage database users, so do anything.
fn least_project_role() -> Option<&'static AtlasRole> {
    let operation = operations::GRANT_DATABASE_ROLES.first()?;
    let roles = operations::roles(operation)?.iter().rev();
    roles.filter_map(|role| atlas_roles::find(role)).find(|role| role.level == RoleLevel::Project)
}

impl PrincipalWay<'_> {
    /// The way, link by link.
    pub fn links(&self) -> Vec<Link> {
        let link = |role: &str, via| Link { role: role.to_owned(), database: None, via };
        let held = match (&self.held.team, self.is_of_organization()) {
            (Some(team), _) => Via::Team(team.clone()),
            (None, true) => Via::Organization,
            (None, false) => Via::Project,
        };
        let mut links = vec![
            link(&self.held.role, held),
            link(self.required.api, Via::Operation(self.operation)),
        ];
        links.extend(self.obtains.map(|obtained| match obtained {
            Obtained::Database(role) => Link {
                role: role.to_owned(),
                database: Some("admin".to_owned()),
                via: Via::Obtained,
            },
            Obtained::Project(role) => link(role.api, Via::Obtained),
        }));
        links
    }

    /// Whether the role is held in the organisation.
    pub fn is_of_organization(&self) -> bool {
        atlas_roles::api_name(&self.held.role)
            .map_or(self.held.role.starts_with("ORG_"), |(_, l)| l == RoleLevel::Organization)
    }
}
