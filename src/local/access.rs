//! Whether a caller may do what it asks for: the compiled-in table under the closure of roles.

use jiff::Timestamp;
use rusqlite::Connection;

use super::refusal::Refusal;
use super::routes::Params;
use super::store::docs::{self, kind};
use super::store::people::Visible;
use super::store::principals::{Assignment, Principal};
use crate::privileges::catalogue::atlas_roles::{self, ORGANIZATION_MEMBER, PROJECT_READ_ONLY};
use crate::privileges::catalogue::operations;

/// The display names of the roles that a caller holds where the path points: in the project and
/// its organisation, or in the organisation, or anywhere when the path names neither.
pub fn held(principal: &Principal, org: Option<&str>, project: Option<&str>) -> Vec<String> {
    let reaches = |a: &&Assignment| {
        let everywhere = org.is_none() && project.is_none();
        let in_org = a.org_id.is_some() && a.org_id.as_deref() == org;
        let in_project = a.group_id.is_some() && a.group_id.as_deref() == project;
        everywhere || in_org || in_project
    };
    principal.roles.iter().filter(reaches).map(display).collect()
}

fn display(assignment: &Assignment) -> String {
    let known = atlas_roles::find(&assignment.role_name);
    known.map_or_else(|| assignment.role_name.clone(), |role| role.display.to_owned())
}

/// What a caller must hold roles in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place<'a> {
    /// A project, by its id: roles of its organisation count, too.
    Project(&'a str),
    /// An organisation, by its id.
    Organization(&'a str),
    /// Wherever the caller holds roles.
    Anywhere,
}

/// Checks an operation against the roles, where the path points.
///
/// # Errors
/// Those of [`authorize`].
pub fn check(
    db: &Connection,
    now: Timestamp,
    principal: &Principal,
    operation: &str,
    params: &Params,
) -> Result<(), Refusal> {
    let place = match (params.find("groupId"), params.find("orgId")) {
        (Some(id), _) => Place::Project(id),
        (None, Some(id)) => Place::Organization(id),
        (None, None) => Place::Anywhere,
    };
    authorize(db, now, principal, operation, place)
}

/// Checks an operation against the roles that the caller holds in a place.
///
/// # Errors
/// 404 for a project or an organisation that is not there, 403 naming the roles that would do.
pub fn authorize(
    db: &Connection,
    now: Timestamp,
    principal: &Principal,
    operation: &str,
    place: Place<'_>,
) -> Result<(), Refusal> {
    let held = match place {
        Place::Project(id) => match docs::find(db, kind::PROJECT, id)? {
            Some((org, _)) => held(principal, Some(&org), Some(id)),
            None => {
                let detail = format!("No group with ID {id} exists.");
                return Err(Refusal::not_found("GROUP_NOT_FOUND", detail));
            }
        },
        Place::Organization(id) => match docs::get(db, now, kind::ORG, "", id)? {
            Some(_) => held(principal, Some(id), None),
            None => {
                let detail = format!("No organization with ID {id} exists.");
                return Err(Refusal::not_found("ORG_NOT_FOUND", detail));
            }
        },
        Place::Anywhere => held(principal, None, None),
    };
    if operations::allowed(held.iter().map(String::as_str), operation) {
        return Ok(());
    }
    let least = operations::roles(operation).unwrap_or_default();
    let names = atlas_roles::that_would_do(least).join(", ");
    Err(Refusal::new(
        403,
        "USER_UNAUTHORIZED",
        format!(
            "The current user is not authorized to perform {operation}. One of these roles would do: {names}."
        ),
    ))
}

/// The projects that a caller may see: those of whole organisations, and single ones.
pub fn visible(principal: &Principal) -> Visible {
    let reads = |a: &&Assignment| atlas_roles::includes(&display(a), PROJECT_READ_ONLY.display);
    let reading = || principal.roles.iter().filter(reads);
    Visible {
        orgs: reading().filter_map(|a| a.org_id.clone()).collect(),
        projects: reading().filter_map(|a| a.group_id.clone()).collect(),
    }
}

/// Whether an organisation is one that the caller may see.
pub fn sees_org(principal: &Principal, org: &str) -> bool {
    held(principal, Some(org), None)
        .iter()
        .any(|role| atlas_roles::includes(role, ORGANIZATION_MEMBER.display))
}
