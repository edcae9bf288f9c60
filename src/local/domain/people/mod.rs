//! What project members and organisation members share: one person is a document of the
//! organisation, and one more in each project where the person has roles.

pub mod organization;
pub mod project;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::refusal::{Reason, Refusal, Subject};
use super::{Attributes, Outcome, Work, require, text, unknown_attribute, without};
use crate::local::store::docs::{self, kind};
use crate::local::store::people::{self, Source, team_parent};
use crate::local::store::{meta, teams};
use crate::privileges::catalogue::atlas_roles::{
    self, ORGANIZATION_MEMBER, ORGANIZATION_OWNER, RoleLevel,
};

pub use crate::local::store::people::Filter;

/// An invitation must be accepted within 30 days.
const INVITATION: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The states of a membership in an organisation.
pub const STATUSES: [&str; 4] = ["PENDING", "ACTIVE", "INVITATION_EXPIRED", "INVITATION_REJECTED"];

/// Refuses unknown attributes, and requires the mandatory ones.
pub(super) fn attributes(given: &Attributes, required: &[&str], optional: &[&str]) -> Outcome<()> {
    require(given, required)?;
    let known = |name: &str| required.contains(&name) || optional.contains(&name);
    match given.keys().find(|name| !known(name)) {
        Some(name) => Err(unknown_attribute(name)),
        None => Ok(()),
    }
}

/// The e-mail address, in lower case, as it is stored.
pub(super) fn email(given: &Attributes) -> Outcome<String> {
    let name = given.get("username").and_then(Value::as_str).unwrap_or_default();
    let fits = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let is_label =
        |l: &str| !l.is_empty() && l.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let valid = name.rsplit_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && local.chars().all(fits)
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && domain.contains('.')
            && domain.split('.').all(is_label)
    });
    match valid && name.len() <= 254 {
        true => Ok(name.to_ascii_lowercase()),
        false => {
            let detail = format!("{name:?} is not a valid e-mail address.");
            Err(Refusal::unfit(Subject::EmailAddress, name, detail))
        }
    }
}

/// Roles: at least one, each known and named once.
pub(super) fn roles(name: &str, value: &Value, level: RoleLevel) -> Outcome<Vec<String>> {
    let wrong = |detail: &str| Err(Refusal::invalid(name, detail));
    let Some(items) = value.as_array() else { return wrong("it must be a list") };
    let mut roles = Vec::new();
    for item in items {
        let role = role(name, item, level)?;
        if roles.contains(&role) {
            return wrong("a role is listed more than once");
        }
        roles.push(role);
    }
    match roles.is_empty() {
        true => wrong("a user must have at least one role"),
        false => Ok(roles),
    }
}

/// One role.
pub(super) fn role(name: &str, value: &Value, level: RoleLevel) -> Outcome<String> {
    let role = value.as_str().unwrap_or_default();
    match atlas_roles::exists(role, level) {
        true => Ok(role.to_owned()),
        false => {
            let detail = format!("Invalid attribute {name}: there is no role {value} here.");
            Err(Refusal::unfit(Subject::AdministrativeRole, name, detail))
        }
    }
}

/// Adds a role; a role that is held already is a conflict.
pub(super) fn add_role(held: &mut Vec<String>, role: String) -> Outcome<()> {
    if held.contains(&role) {
        let detail = format!("The user already has the role {role}.");
        return Err(Refusal::taken(Subject::Assignment, &role, detail));
    }
    held.push(role);
    Ok(())
}

/// Deletes a role; the last one stays.
pub(super) fn remove_role(held: &mut Vec<String>, role: &str) -> Outcome<()> {
    if !held.iter().any(|held| held == role) {
        let detail = format!("The user does not have the role {role}.");
        return Err(Refusal::not_found(Subject::Assignment, role, detail));
    }
    if held.len() == 1 {
        let detail = "A user must have at least one role at all times. Add another role before \
                      this one is removed, or remove the user.";
        return Err(Refusal::new(Reason::LastOne, Subject::Assignment, role, detail));
    }
    held.retain(|held| held != role);
    Ok(())
}

/// The texts of a list within a document.
pub(super) fn strings(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// There is nobody of this id.
fn not_found(id: &str) -> Refusal {
    Refusal::not_found(Subject::Person, id, format!("No user with ID {id} exists here."))
}

/// A person of the organisation, by address.
pub(super) fn by_username(work: &Work<'_>, org: &str, name: &str) -> Outcome<Option<Value>> {
    let filter = Filter { username: Some(name.to_owned()), statuses: Vec::new() };
    let source = Source::Organisation(org);
    Ok(people::list(work.db, work.now, source, &filter, 1, 0)?.pop())
}

/// A person of the organisation, by id.
pub(super) fn by_id(work: &Work<'_>, org: &str, id: &str) -> Outcome<Option<Value>> {
    work.get(kind::ORG_USER, org, id)
}

/// A person who was just invited to the organisation.
pub(super) fn invited(work: &Work<'_>, org: &str, name: &str) -> Outcome<Value> {
    let expires = work.now.checked_add(INVITATION).unwrap_or(Timestamp::MAX);
    Ok(json!({
        "id": meta::next_id(work.db)?,
        "invitationCreatedAt": second(work.now),
        "invitationExpiresAt": second(expires),
        "inviterUsername": inviter(work, org)?,
        "orgMembershipStatus": "PENDING",
        "roles": { "groupRoleAssignments": [], "orgRoles": [ORGANIZATION_MEMBER.api] },
        "teamIds": [],
        "username": name,
    }))
}

/// A time as the API writes it: in whole seconds.
pub(super) fn second(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

/// An API key has no address, and the document wants one: it invites in the name of the first
/// owner.
fn inviter(work: &Work<'_>, org: &str) -> Outcome<String> {
    let owner = first_owner(work, org)?;
    let name = owner.as_ref().and_then(|owner| owner["username"].as_str());
    Ok(name.map_or_else(|| format!("{}@keys.invalid", work.actor.name), str::to_owned))
}

/// The oldest owner of an organisation.
pub(super) fn first_owner(work: &Work<'_>, org: &str) -> Outcome<Option<Value>> {
    let filter = Filter { username: None, statuses: vec!["ACTIVE".to_owned()] };
    let source = Source::Implicit { org, project: "", teams: false };
    let all = people::list(work.db, work.now, source, &filter, -1, 0)?;
    Ok(all.into_iter().find(is_owner))
}

/// Whether a person is an active owner of the organisation.
pub(super) fn is_owner(person: &Value) -> bool {
    person["orgMembershipStatus"] == "ACTIVE"
        && strings(&person["roles"]["orgRoles"]).iter().any(|role| role == ORGANIZATION_OWNER.api)
}

/// The same person as the members of a project see it, with these roles.
pub(super) fn in_project(person: &Value, roles: &[String]) -> Value {
    let mut member = person.clone();
    without(&mut member, "teamIds");
    member["roles"] = json!(roles);
    member
}

/// Somebody with roles in the organisation as its projects see them; `None` if those roles reach
/// no project.
pub(super) fn implicit(person: &Value) -> Option<Value> {
    let held = strings(&person["roles"]["orgRoles"]);
    let roles = atlas_roles::implied_in_projects(held.iter().map(String::as_str));
    let names: Vec<String> = roles.iter().map(|role| role.api.to_owned()).collect();
    (!names.is_empty()).then(|| in_project(person, &names))
}

/// The account of a member, with all its roles in the organisations and projects that the actor may
/// see.
pub fn account(work: &Work<'_>, member: &Value) -> Outcome {
    let id = text(member, "id");
    let Some((org, mut account)) = docs::find(work.db, kind::ORG_USER, id)? else {
        return Err(not_found(id));
    };
    let role = |place: &str, id: &Value, role: &str| json!({ place: id, "roleName": role });
    let visible = work.actor.visible();
    let mut roles = Vec::new();
    if work.actor.sees_org(&org) {
        let held = strings(&account["roles"]["orgRoles"]);
        roles.extend(held.iter().map(|held| role("orgId", &Value::from(&*org), held)));
    }
    for assignment in account["roles"]["groupRoleAssignments"].as_array().into_iter().flatten() {
        let group = &assignment["groupId"];
        if visible.orgs.contains(&org) || visible.projects.iter().any(|project| group == project) {
            let held = strings(&assignment["groupRoles"]);
            roles.extend(held.iter().map(|held| role("groupId", group, held)));
        }
    }
    account["emailAddress"] = account["username"].clone();
    account["roles"] = roles.into();
    without(&mut account, "orgMembershipStatus");
    Ok(account)
}

fn expiry(person: &Value) -> Option<Timestamp> {
    text(person, "invitationExpiresAt").parse().ok()
}

/// Stores a person of the organisation, new or changed.
pub(super) fn keep(work: &Work<'_>, org: &str, person: &Value) -> Outcome<()> {
    let id = person["id"].as_str().unwrap_or_default();
    let (db, now, ends) = (work.db, work.now, expiry(person));
    if !docs::insert(db, now, kind::ORG_USER, org, id, person, ends)? {
        docs::update(db, kind::ORG_USER, org, id, person, ends)?;
    }
    Ok(teams::sync(db, now, org, person, ends)?)
}

/// Sets a person's roles in a project; none removes the person from it. The person's own document
/// is changed too, and is the caller's to store.
pub(super) fn assign(
    work: &Work<'_>,
    project: &str,
    person: &mut Value,
    roles: &[String],
) -> Outcome<()> {
    let id = person["id"].as_str().unwrap_or_default().to_owned();
    let (db, now) = (work.db, work.now);
    if let Some(assignments) = person["roles"]["groupRoleAssignments"].as_array_mut() {
        let place = assignments.iter().position(|a| a["groupId"] == project);
        let assignment = json!({ "groupId": project, "groupRoles": roles });
        match (place, roles.is_empty()) {
            (Some(place), true) => drop(assignments.remove(place)),
            (Some(place), false) => assignments[place] = assignment,
            (None, false) => assignments.push(assignment),
            (None, true) => {}
        }
    }
    if roles.is_empty() {
        docs::delete(db, now, kind::GROUP_USER, project, &id)?;
        return Ok(());
    }
    let member = in_project(person, roles);
    let ends = expiry(person);
    if !docs::insert(db, now, kind::GROUP_USER, project, &id, &member, ends)? {
        docs::update(db, kind::GROUP_USER, project, &id, &member, ends)?;
    }
    Ok(())
}

/// A member with access through a team.
fn by_team(work: &Work<'_>, project: &str, id: &str) -> Outcome<Option<Value>> {
    let parent = team_parent(project);
    work.get(kind::GROUP_USER, &parent, id)
}
