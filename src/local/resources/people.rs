//! What project members and organisation members share: one person is a document of the
//! organisation, and one more in each project where the person has roles.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value, json};

use crate::local::refusal::Refusal;
use crate::local::request::Call;
use crate::local::store::docs::{self, kind};
use crate::local::store::people::{self, Filter, Source, team_parent};
use crate::local::store::{meta, teams};
use crate::privileges::catalogue::atlas_roles::{
    self, ORGANIZATION_MEMBER, ORGANIZATION_OWNER, RoleLevel,
};

/// An invitation must be accepted within 30 days.
const INVITATION: SignedDuration = SignedDuration::from_hours(30 * 24);
const STATUSES: [&str; 4] = ["PENDING", "ACTIVE", "INVITATION_EXPIRED", "INVITATION_REJECTED"];

/// Refuses attributes that the body may not have, and asks for those that it must have.
pub fn attributes(
    given: &Map<String, Value>,
    required: &[&str],
    optional: &[&str],
) -> Result<(), Refusal> {
    for name in required {
        if !given.contains_key(*name) {
            let detail = format!("The required attribute {name} was not specified.");
            return Err(Refusal::bad("MISSING_ATTRIBUTE", detail));
        }
    }
    match given.keys().find(|k| !required.contains(&k.as_str()) && !optional.contains(&k.as_str()))
    {
        Some(name) => {
            let detail = format!("Received JSON has an unknown attribute {name}.");
            Err(Refusal::bad("INVALID_ATTRIBUTE", detail))
        }
        None => Ok(()),
    }
}

/// The e-mail address of the body, in lower case, as it is kept.
pub fn email(given: &Map<String, Value>) -> Result<String, Refusal> {
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
            Err(Refusal::bad("INVALID_EMAIL_ADDRESS", detail))
        }
    }
}

/// Roles of a body: at least one, each known and named once.
pub fn roles(name: &str, value: &Value, level: RoleLevel) -> Result<Vec<String>, Refusal> {
    let wrong = |detail: &str| Err(Refusal::attribute(name, detail));
    let Some(items) = value.as_array() else { return wrong("it must be a list") };
    let mut roles = Vec::new();
    for item in items {
        let role = role(name, item, level)?;
        if roles.contains(&role) {
            return wrong("a role stands more than once");
        }
        roles.push(role);
    }
    match roles.is_empty() {
        true => wrong("a user must have at least one role"),
        false => Ok(roles),
    }
}

/// One role of a body.
pub fn role(name: &str, value: &Value, level: RoleLevel) -> Result<String, Refusal> {
    let role = value.as_str().unwrap_or_default();
    match atlas_roles::exists(role, level) {
        true => Ok(role.to_owned()),
        false => {
            let detail = format!("Invalid attribute {name}: there is no role {value} here.");
            Err(Refusal::bad("INVALID_ENUM_VALUE", detail))
        }
    }
}

/// Adds a role; a role that is held already is a conflict.
pub fn add_role(held: &mut Vec<String>, role: String) -> Result<(), Refusal> {
    if held.contains(&role) {
        let detail = format!("The user has the role {role} already.");
        return Err(Refusal::conflict("ROLE_ALREADY_ASSIGNED", detail));
    }
    held.push(role);
    Ok(())
}

/// Takes a role away; the last one stays.
pub fn remove_role(held: &mut Vec<String>, role: &str) -> Result<(), Refusal> {
    if !held.iter().any(|held| held == role) {
        let detail = format!("The user does not have the role {role}.");
        return Err(Refusal::bad("ROLE_NOT_ASSIGNED", detail));
    }
    if held.len() == 1 {
        let detail = "A user must have at least one role at all times. Add another role before \
                      this one is removed, or remove the user.";
        return Err(Refusal::bad("CANNOT_REMOVE_LAST_ROLE", detail));
    }
    held.retain(|held| held != role);
    Ok(())
}

/// The texts of a list within a document.
pub fn strings(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.filter_map(Value::as_str).map(str::to_owned).collect()
}

/// What a listing's query asks for.
pub fn filter(call: &Call<'_>) -> Result<Filter, Refusal> {
    let asked = call
        .request
        .query()
        .filter(|(key, _)| matches!(key.as_str(), "orgMembershipStatus" | "orgMembershipStatuses"));
    let statuses: Vec<String> = asked.map(|(_, value)| value).collect();
    if let Some(status) = statuses.iter().find(|status| !STATUSES.contains(&status.as_str())) {
        let detail = format!("There is no membership status {status:?}.");
        return Err(Refusal::bad("INVALID_QUERY_PARAMETER", detail));
    }
    let username = call.query("username").map(|name| name.to_ascii_lowercase());
    Ok(Filter { username, statuses })
}

/// 404 about a person.
pub fn not_found(call: &Call<'_>) -> Refusal {
    let id = call.param("userId");
    Refusal::not_found("USER_NOT_FOUND", format!("No user with ID {id} exists here."))
}

/// The organisation of the project that the path names.
pub fn org_of(call: &Call<'_>) -> Result<String, Refusal> {
    docs::find(call.db, kind::PROJECT, call.project())?.map(|(org, _)| org).ok_or_else(|| {
        let detail = format!("No group with ID {} exists.", call.project());
        Refusal::not_found("GROUP_NOT_FOUND", detail)
    })
}

/// A person of the organisation, by address.
pub fn by_username(call: &Call<'_>, org: &str, name: &str) -> Result<Option<Value>, Refusal> {
    let filter = Filter { username: Some(name.to_owned()), statuses: Vec::new() };
    let source = Source::Organisation(org);
    Ok(people::list(call.db, call.now, source, &filter, 1, 0)?.pop())
}

/// A person of the organisation, by id.
pub fn by_id(call: &Call<'_>, org: &str, id: &str) -> Result<Option<Value>, Refusal> {
    Ok(docs::get(call.db, call.now, kind::ORG_USER, org, id)?)
}

/// Somebody who was invited to the organisation just now.
pub fn invited(call: &Call<'_>, org: &str, name: &str) -> Result<Value, Refusal> {
    let expires = call.now.checked_add(INVITATION).unwrap_or(Timestamp::MAX);
    Ok(json!({
        "id": meta::next_id(call.db)?,
        "invitationCreatedAt": second(call.now),
        "invitationExpiresAt": second(expires),
        "inviterUsername": inviter(call, org)?,
        "orgMembershipStatus": "PENDING",
        "roles": { "groupRoleAssignments": [], "orgRoles": [ORGANIZATION_MEMBER.api] },
        "teamIds": [],
        "username": name,
    }))
}

/// A time as the API writes it: in whole seconds.
pub fn second(time: Timestamp) -> String {
    Timestamp::from_second(time.as_second()).unwrap_or(time).to_string()
}

/// An API key has no address, and the document wants one: it invites in the name of the first
/// owner.
fn inviter(call: &Call<'_>, org: &str) -> Result<String, Refusal> {
    let owner = first_owner(call, org)?;
    let name = owner.as_ref().and_then(|owner| owner["username"].as_str());
    Ok(name.map_or_else(|| format!("{}@keys.invalid", call.principal.name), str::to_owned))
}

/// The oldest owner of an organisation.
pub fn first_owner(call: &Call<'_>, org: &str) -> Result<Option<Value>, Refusal> {
    let filter = Filter { username: None, statuses: vec!["ACTIVE".to_owned()] };
    let source = Source::Implicit { org, project: "", teams: false };
    let all = people::list(call.db, call.now, source, &filter, -1, 0)?;
    Ok(all.into_iter().find(is_owner))
}

/// Whether a person is an active owner of the organisation.
pub fn is_owner(person: &Value) -> bool {
    person["orgMembershipStatus"] == "ACTIVE"
        && strings(&person["roles"]["orgRoles"]).iter().any(|role| role == ORGANIZATION_OWNER.api)
}

/// The same person as the members of a project see it, with these roles.
pub fn in_project(person: &Value, roles: &[String]) -> Value {
    let mut member = person.clone();
    if let Some(fields) = member.as_object_mut() {
        fields.shift_remove("teamIds");
    }
    member["roles"] = json!(roles);
    member
}

/// Somebody with roles in the organisation as its projects see them; `None` where those roles reach
/// no project.
pub fn implicit(person: &Value) -> Option<Value> {
    let held = strings(&person["roles"]["orgRoles"]);
    let roles = atlas_roles::implied_in_projects(held.iter().map(String::as_str));
    let names: Vec<String> = roles.iter().map(|role| role.api.to_owned()).collect();
    (!names.is_empty()).then(|| in_project(person, &names))
}

fn expiry(person: &Value) -> Option<Timestamp> {
    person["invitationExpiresAt"].as_str().and_then(|time| time.parse().ok())
}

/// Keeps a person of the organisation, new or changed.
pub fn keep(call: &Call<'_>, org: &str, person: &Value) -> Result<(), Refusal> {
    let id = person["id"].as_str().unwrap_or_default();
    let (db, now, ends) = (call.db, call.now, expiry(person));
    if !docs::insert(db, now, kind::ORG_USER, org, id, person, ends)? {
        docs::update(db, kind::ORG_USER, org, id, person, ends)?;
    }
    Ok(teams::sync(db, now, org, person, ends)?)
}

/// Gives a person exactly these roles in a project, none of which means out of it. The person's
/// own document is changed too, and is the caller's to keep.
pub fn assign(
    call: &Call<'_>,
    project: &str,
    person: &mut Value,
    roles: &[String],
) -> Result<(), Refusal> {
    let id = person["id"].as_str().unwrap_or_default().to_owned();
    let (db, now) = (call.db, call.now);
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
pub fn by_team(call: &Call<'_>, id: &str) -> Result<Option<Value>, Refusal> {
    let parent = team_parent(call.project());
    Ok(docs::get(call.db, call.now, kind::GROUP_USER, &parent, id)?)
}
