//! People with roles in a project.

use serde_json::Value;

use super::{by_id, by_team, by_username, implicit, in_project, keep, not_found, strings};
use crate::local::domain::refusal::{Refusal, Subject};
use crate::local::domain::{Attributes, Listing, Outcome, Part, Work, text};
use crate::local::store::docs::kind;
use crate::local::store::people::{self, Filter, Source};
use crate::privileges::catalogue::atlas_roles::RoleLevel;

/// A member of a project, by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member<'a> {
    /// Id of the project.
    pub project: &'a str,
    /// The person's id.
    pub id: &'a str,
}

/// Who counts as a member besides those with roles of their own in the project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct IncludedMembers {
    /// Those whose team has roles in it.
    pub teams: bool,
    /// Those who may do something in it by a role in the organisation.
    pub implicit: bool,
}

/// A part of a project's members: those with roles of their own first, then those of teams, then
/// those by a role in the organisation.
pub fn list(
    work: &Work<'_>,
    project: &str,
    filter: &Filter,
    also: IncludedMembers,
    part: Part,
) -> Outcome<Listing> {
    let (db, now, org) = (work.db, work.now, work.org_of(project)?);
    let mut sources = vec![Source::Project(project)];
    if also.teams {
        sources.push(Source::Teams(project));
    }
    if also.implicit {
        sources.push(Source::Implicit { org: &org, project, teams: also.teams });
    }
    let (mut listing, mut skip) = (Listing::default(), part.skip);
    for source in sources {
        let count = people::count(db, now, source, filter)?;
        let found = &mut listing.results;
        let room = part.limit - i64::try_from(found.len()).unwrap_or(part.limit);
        if skip < count && room > 0 {
            let view = |doc: Value| match source {
                Source::Implicit { .. } => implicit(&doc),
                _ => Some(doc),
            };
            found.extend(
                people::list(db, now, source, filter, room, skip)?.into_iter().filter_map(view),
            );
        }
        skip = (skip - count).max(0);
        listing.total += count;
    }
    Ok(listing)
}

/// One member, by whatever right.
pub fn get(work: &Work<'_>, member: Member<'_>) -> Outcome {
    let Member { project, id } = member;
    if let Some(member) = work.get(kind::GROUP_USER, project, id)? {
        return Ok(member);
    }
    if let Some(member) = by_team(work, project, id)? {
        return Ok(member);
    }
    let somebody = by_id(work, &work.org_of(project)?, id)?;
    somebody.as_ref().and_then(implicit).ok_or_else(|| not_found(id))
}

/// A person of the organisation is granted roles here; anyone else is invited to both.
pub fn add(work: &Work<'_>, project: &str, given: &Attributes) -> Outcome {
    super::attributes(given, &["roles", "username"], &[])?;
    let name = super::email(given)?;
    let roles = super::roles("roles", &given["roles"], RoleLevel::Project)?;
    let org = work.org_of(project)?;
    let mut somebody = match by_username(work, &org, &name)? {
        Some(known) => known,
        None => super::invited(work, &org, &name)?,
    };
    if work.get(kind::GROUP_USER, project, text(&somebody, "id"))?.is_some() {
        let detail = format!("{name} is already a member of this project.");
        return Err(Refusal::taken(Subject::ProjectMember, &name, detail));
    }
    super::assign(work, project, &mut somebody, &roles)?;
    keep(work, &org, &somebody)?;
    Ok(in_project(&somebody, &roles))
}

/// Removes all of a member's own roles.
pub fn remove(work: &Work<'_>, member: Member<'_>) -> Outcome<()> {
    change(work, member, |_| Ok(Vec::new())).map(drop)
}

/// Sets a member's roles, and returns them.
pub fn set_roles(work: &Work<'_>, member: Member<'_>, given: &Attributes) -> Outcome<Vec<String>> {
    super::attributes(given, &["groupRoles"], &["links"])?;
    let roles = super::roles("groupRoles", &given["groupRoles"], RoleLevel::Project)?;
    change(work, member, |_| Ok(roles.clone()))?;
    Ok(roles)
}

/// Adds a role to a member's own.
pub fn add_role(work: &Work<'_>, member: Member<'_>, given: &Attributes) -> Outcome {
    let role = role(given)?;
    change(work, member, |mut held| super::add_role(&mut held, role).map(|()| held))
}

/// Removes one of a member's own roles.
pub fn remove_role(work: &Work<'_>, member: Member<'_>, given: &Attributes) -> Outcome {
    let role = role(given)?;
    change(work, member, |mut held| super::remove_role(&mut held, &role).map(|()| held))
}

fn role(given: &Attributes) -> Outcome<String> {
    super::attributes(given, &["groupRole"], &[])?;
    super::role("groupRole", &given["groupRole"], RoleLevel::Project)
}

/// Changes the roles of a member who has some here; returns the member as it is then.
fn change(
    work: &Work<'_>,
    member: Member<'_>,
    roles: impl FnOnce(Vec<String>) -> Outcome<Vec<String>>,
) -> Outcome {
    let Member { project, id } = member;
    let org = work.org_of(project)?;
    let member = work.get(kind::GROUP_USER, project, id)?.ok_or_else(|| not_found(id))?;
    let mut somebody = by_id(work, &org, id)?.ok_or_else(|| not_found(id))?;
    let roles = roles(strings(&member["roles"]))?;
    super::assign(work, project, &mut somebody, &roles)?;
    keep(work, &org, &somebody)?;
    Ok(in_project(&somebody, &roles))
}
