//! People with roles in an organisation.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{by_id, by_username, is_owner, keep, not_found, strings};
use crate::local::domain::refusal::{Reason, Refusal, Subject};
use crate::local::domain::{Attributes, Listing, Outcome, Part, Work, known_keys, text};
use crate::local::store::docs::{self, kind};
use crate::local::store::people::{self, Filter, Source};
use crate::local::store::teams;
use crate::privileges::catalogue::atlas_roles::{ORGANIZATION_OWNER, RoleLevel};

/// A member of an organisation, by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// Id of the organisation.
    pub org: &'a str,
    /// The person's id.
    pub id: &'a str,
}

/// A part of an organisation's members.
pub fn list(work: &Work<'_>, org: &str, filter: &Filter, part: Part) -> Outcome<Listing> {
    let (db, now, source) = (work.db, work.now, Source::Organisation(org));
    Ok(Listing {
        total: people::count(db, now, source, filter)?,
        results: people::list(db, now, source, filter, part.limit, part.skip)?,
    })
}

/// One member.
pub fn get(work: &Work<'_>, member: Member<'_>) -> Outcome {
    by_id(work, member.org, member.id)?.ok_or_else(|| not_found(member.id))
}

/// Invites a person.
pub fn invite(work: &Work<'_>, org: &str, given: &Attributes) -> Outcome {
    super::attributes(given, &["roles", "username"], &["teamIds"])?;
    let name = super::email(given)?;
    if by_username(work, org, &name)?.is_some() {
        let detail = format!("{name} is already a member of this organization, or invited to it.");
        return Err(Refusal::taken(Subject::OrganizationMember, &name, detail));
    }
    let mut somebody = super::invited(work, org, &name)?;
    merge(work, org, &mut somebody, given)?;
    keep(work, org, &somebody)?;
    Ok(somebody)
}

/// Changes roles and teams.
pub fn update(work: &Work<'_>, member: Member<'_>, given: &Attributes) -> Outcome {
    let before = get(work, member)?;
    super::attributes(given, &[], &["roles", "teamIds"])?;
    let mut somebody = before.clone();
    merge(work, member.org, &mut somebody, given)?;
    save(work, member.org, &before, &somebody)?;
    Ok(somebody)
}

/// Out of the organisation is out of all its projects.
pub fn remove(work: &Work<'_>, member: Member<'_>) -> Outcome<()> {
    let mut somebody = get(work, member)?;
    keeps_an_owner(work, member.org, &somebody, false)?;
    assign_all(work, &mut somebody, &BTreeMap::new())?;
    somebody["teamIds"] = json!([]);
    teams::sync(work.db, work.now, member.org, &somebody, None)?;
    docs::delete(work.db, work.now, kind::ORG_USER, member.org, member.id)?;
    Ok(())
}

/// Sets a member's roles in the organisation, and returns them.
pub fn set_roles(work: &Work<'_>, member: Member<'_>, given: &Attributes) -> Outcome<Vec<String>> {
    super::attributes(given, &["orgRoles"], &["links"])?;
    let roles = super::roles("orgRoles", &given["orgRoles"], RoleLevel::Organization)?;
    change(work, member, |_| Ok(roles.clone()))?;
    Ok(roles)
}

/// Adds a role in the organisation.
pub fn add_role(work: &Work<'_>, member: Member<'_>, given: &Attributes) -> Outcome {
    let role = role(given)?;
    change(work, member, |mut held| super::add_role(&mut held, role).map(|()| held))
}

/// Removes a role in the organisation.
pub fn remove_role(work: &Work<'_>, member: Member<'_>, given: &Attributes) -> Outcome {
    let role = role(given)?;
    change(work, member, |mut held| super::remove_role(&mut held, &role).map(|()| held))
}

fn role(given: &Attributes) -> Outcome<String> {
    super::attributes(given, &["orgRole"], &[])?;
    super::role("orgRole", &given["orgRole"], RoleLevel::Organization)
}

fn change(
    work: &Work<'_>,
    member: Member<'_>,
    roles: impl FnOnce(Vec<String>) -> Outcome<Vec<String>>,
) -> Outcome {
    let before = get(work, member)?;
    let mut somebody = before.clone();
    let roles = roles(strings(&before["roles"]["orgRoles"]))?;
    somebody["roles"]["orgRoles"] = json!(roles);
    save(work, member.org, &before, &somebody)?;
    Ok(somebody)
}

fn save(work: &Work<'_>, org: &str, before: &Value, after: &Value) -> Outcome<()> {
    keeps_an_owner(work, org, before, is_owner(after))?;
    keep(work, org, after)
}

/// An organisation without an owner could not be administered by anybody.
fn keeps_an_owner(work: &Work<'_>, org: &str, before: &Value, stays: bool) -> Outcome<()> {
    if stays || !is_owner(before) {
        return Ok(());
    }
    let filter = Filter { username: None, statuses: vec!["ACTIVE".to_owned()] };
    let source = Source::Implicit { org, project: "", teams: false };
    let all = people::list(work.db, work.now, source, &filter, -1, 0)?;
    match all.iter().filter(|p| is_owner(p)).count() {
        0 | 1 => {
            let owner = ORGANIZATION_OWNER.display;
            let detail = format!("An organization must have at least one {owner}.");
            Err(Refusal::new(
                Reason::LastOne,
                Subject::OrganizationOwner,
                text(before, "id"),
                detail,
            ))
        }
        _ => Ok(()),
    }
}

fn merge(work: &Work<'_>, org: &str, somebody: &mut Value, given: &Attributes) -> Outcome<()> {
    if let Some(ids) = given.get("teamIds") {
        let known = teams::all(work.db, org)?;
        let ids = ids.as_array().ok_or_else(|| Refusal::invalid("teamIds", "it must be a list"))?;
        if let Some(id) = ids.iter().find(|id| known.iter().all(|team| team["id"] != **id)) {
            let detail = format!("No team with ID {id} exists in this organization.");
            return Err(Refusal::not_found(Subject::Team, id.as_str().unwrap_or_default(), detail));
        }
        somebody["teamIds"] = json!(ids);
    }
    let Some(roles) = given.get("roles") else { return Ok(()) };
    let Some(roles) = roles.as_object() else {
        return Err(Refusal::invalid("roles", "it must be an object"));
    };
    super::attributes(roles, &["orgRoles"], &["groupRoleAssignments"])?;
    let own = super::roles("orgRoles", &roles["orgRoles"], RoleLevel::Organization)?;
    somebody["roles"]["orgRoles"] = json!(own);
    let Some(assignments) = roles.get("groupRoleAssignments") else { return Ok(()) };
    let mut wanted = BTreeMap::new();
    let wrong = |detail: &str| Refusal::invalid("roles.groupRoleAssignments", detail);
    let assignments = assignments.as_array().ok_or_else(|| wrong("it must be a list"))?;
    for assignment in assignments {
        known_keys("roles.groupRoleAssignments", assignment, &["groupId", "groupRoles"])?;
        let project = assignment["groupId"].as_str();
        let project = project.ok_or_else(|| wrong("each needs a groupId, which is text"))?;
        if wanted.contains_key(project) {
            return Err(wrong("a project is listed more than once"));
        }
        if work.get(kind::PROJECT, org, project)?.is_none() {
            let detail = format!("No group with ID {project} exists in this organization.");
            return Err(Refusal::not_found(Subject::Project, project, detail));
        }
        let roles = super::roles("groupRoles", &assignment["groupRoles"], RoleLevel::Project)?;
        wanted.insert(project.to_owned(), roles);
    }
    assign_all(work, somebody, &wanted)
}

/// Exactly these roles in the organisation's projects.
fn assign_all(
    work: &Work<'_>,
    somebody: &mut Value,
    wanted: &BTreeMap<String, Vec<String>>,
) -> Outcome<()> {
    let held = somebody["roles"]["groupRoleAssignments"].as_array().cloned().unwrap_or_default();
    for assignment in held {
        let project = assignment["groupId"].as_str().unwrap_or_default();
        if !wanted.contains_key(project) {
            super::assign(work, project, somebody, &[])?;
        }
    }
    for (project, roles) in wanted {
        super::assign(work, project, somebody, roles)?;
    }
    Ok(())
}
