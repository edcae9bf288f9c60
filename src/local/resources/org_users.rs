//! People with roles in an organisation.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::people as person;
use super::user_rules::known_keys;
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::people::{self, Filter, Source};
use crate::local::store::teams;
use crate::privileges::catalogue::atlas_roles::{ORGANIZATION_OWNER, RoleLevel};

const ALL: &str = "/orgs/{orgId}/users";
const ONE: &str = "/orgs/{orgId}/users/{userId}";
const V: &str = "2025-02-19";

pub const ROUTES: &[Route] = &[
    Route::json("listOrgUsers", "GET", ALL, V, list),
    Route::json("createOrgUser", "POST", ALL, V, create),
    Route::json("getOrgUser", "GET", ONE, V, get),
    Route::json("updateOrgUser", "PATCH", ONE, V, update),
    Route::json("removeOrgUser", "DELETE", ONE, V, remove),
    Route::json(
        "updateOrgUserRoles",
        "PUT",
        "/orgs/{orgId}/users/{userId}/roles",
        "2023-01-01",
        set_roles,
    ),
    Route::json("addOrgUserRole", "POST", "/orgs/{orgId}/users/{userId}:addRole", V, add_role),
    Route::json(
        "removeOrgUserRole",
        "POST",
        "/orgs/{orgId}/users/{userId}:removeRole",
        V,
        remove_role,
    ),
];

fn list(call: &Call<'_>) -> Outcome {
    let filter = person::filter(call)?;
    let source = Source::Organisation(call.param("orgId"));
    let total = people::count(call.db, call.now, source, &filter)?;
    reply::part(call, total, |limit, skip| {
        people::list(call.db, call.now, source, &filter, limit, skip)
    })
}

fn get(call: &Call<'_>) -> Outcome {
    person::filter(call)?;
    find(call).map(Reply::ok)
}

fn create(call: &Call<'_>) -> Outcome {
    let given = call.object()?;
    person::attributes(&given, &["roles", "username"], &["teamIds"])?;
    let (org, name) = (call.param("orgId"), person::email(&given)?);
    if person::by_username(call, org, &name)?.is_some() {
        let detail = format!("{name} is a member of this organization, or invited to it, already.");
        return Err(Refusal::conflict("USER_ALREADY_IN_ORG", detail));
    }
    let mut somebody = person::invited(call, org, &name)?;
    merge(call, &mut somebody, &given)?;
    person::keep(call, org, &somebody)?;
    Ok(Reply::json(201, somebody))
}

fn update(call: &Call<'_>) -> Outcome {
    let before = find(call)?;
    let given = call.object()?;
    person::attributes(&given, &[], &["roles", "teamIds"])?;
    let mut somebody = before.clone();
    merge(call, &mut somebody, &given)?;
    save(call, &before, &somebody)?;
    Ok(Reply::ok(somebody))
}

/// Out of the organisation is out of all its projects.
fn remove(call: &Call<'_>) -> Outcome {
    let before = find(call)?;
    let (org, id) = (call.param("orgId"), call.param("userId"));
    keeps_an_owner(call, &before, false)?;
    let mut somebody = before;
    assign_all(call, &mut somebody, &BTreeMap::new())?;
    somebody["teamIds"] = json!([]);
    teams::sync(call.db, call.now, org, &somebody, None)?;
    docs::delete(call.db, call.now, kind::ORG_USER, org, id)?;
    Ok(Reply::no_content())
}

fn set_roles(call: &Call<'_>) -> Outcome {
    let given = call.object()?;
    person::attributes(&given, &["orgRoles"], &["links"])?;
    let roles = person::roles("orgRoles", &given["orgRoles"], RoleLevel::Organization)?;
    change(call, |_| Ok(roles.clone()))?;
    Ok(Reply::ok(json!({ "links": [], "orgRoles": roles })))
}

fn add_role(call: &Call<'_>) -> Outcome {
    let role = body_role(call)?;
    change(call, |mut held| {
        person::add_role(&mut held, role)?;
        Ok(held)
    })
    .map(Reply::ok)
}

fn remove_role(call: &Call<'_>) -> Outcome {
    let role = body_role(call)?;
    change(call, |mut held| {
        person::remove_role(&mut held, &role)?;
        Ok(held)
    })
    .map(Reply::ok)
}

fn body_role(call: &Call<'_>) -> Result<String, Refusal> {
    let given = call.object()?;
    person::attributes(&given, &["orgRole"], &[])?;
    person::role("orgRole", &given["orgRole"], RoleLevel::Organization)
}

fn find(call: &Call<'_>) -> Result<Value, Refusal> {
    let found = person::by_id(call, call.param("orgId"), call.param("userId"))?;
    found.ok_or_else(|| person::not_found(call))
}

fn change(
    call: &Call<'_>,
    roles: impl FnOnce(Vec<String>) -> Result<Vec<String>, Refusal>,
) -> Result<Value, Refusal> {
    let before = find(call)?;
    let mut somebody = before.clone();
    let roles = roles(person::strings(&before["roles"]["orgRoles"]))?;
    somebody["roles"]["orgRoles"] = json!(roles);
    save(call, &before, &somebody)?;
    Ok(somebody)
}

fn save(call: &Call<'_>, before: &Value, after: &Value) -> Result<(), Refusal> {
    keeps_an_owner(call, before, person::is_owner(after))?;
    person::keep(call, call.param("orgId"), after)
}

/// An organisation without an owner could not be administered by anybody.
fn keeps_an_owner(call: &Call<'_>, before: &Value, stays: bool) -> Result<(), Refusal> {
    if stays || !person::is_owner(before) {
        return Ok(());
    }
    let org = call.param("orgId");
    let filter = Filter { username: None, statuses: vec!["ACTIVE".to_owned()] };
    let source = Source::Implicit { org, project: "", teams: false };
    let all = people::list(call.db, call.now, source, &filter, -1, 0)?;
    match all.iter().filter(|p| person::is_owner(p)).count() {
        0 | 1 => {
            let owner = ORGANIZATION_OWNER.display;
            let detail = format!("An organization must have at least one {owner}.");
            Err(Refusal::conflict("CANNOT_REMOVE_LAST_ORG_OWNER", detail))
        }
        _ => Ok(()),
    }
}

fn merge(call: &Call<'_>, somebody: &mut Value, given: &Map<String, Value>) -> Result<(), Refusal> {
    let org = call.param("orgId");
    if let Some(ids) = given.get("teamIds") {
        let known = teams::all(call.db, org)?;
        let ids =
            ids.as_array().ok_or_else(|| Refusal::attribute("teamIds", "it must be a list"))?;
        if let Some(id) = ids.iter().find(|id| known.iter().all(|team| team["id"] != **id)) {
            let detail = format!("No team with ID {id} exists in this organization.");
            return Err(Refusal::not_found("TEAM_NOT_FOUND", detail));
        }
        somebody["teamIds"] = json!(ids);
    }
    let Some(roles) = given.get("roles") else { return Ok(()) };
    let Some(roles) = roles.as_object() else {
        return Err(Refusal::attribute("roles", "it must be an object"));
    };
    person::attributes(roles, &["orgRoles"], &["groupRoleAssignments"])?;
    let own = person::roles("orgRoles", &roles["orgRoles"], RoleLevel::Organization)?;
    somebody["roles"]["orgRoles"] = json!(own);
    let Some(assignments) = roles.get("groupRoleAssignments") else { return Ok(()) };
    let mut wanted = BTreeMap::new();
    let wrong = |detail: &str| Refusal::attribute("roles.groupRoleAssignments", detail);
    let assignments = assignments.as_array().ok_or_else(|| wrong("it must be a list"))?;
    for assignment in assignments {
        known_keys("roles.groupRoleAssignments", assignment, &["groupId", "groupRoles"])?;
        let project = assignment["groupId"].as_str();
        let project = project.ok_or_else(|| wrong("each needs a groupId, which is text"))?;
        if wanted.contains_key(project) {
            return Err(wrong("a project stands more than once"));
        }
        if docs::get(call.db, call.now, kind::PROJECT, org, project)?.is_none() {
            let detail = format!("No group with ID {project} exists in this organization.");
            return Err(Refusal::not_found("GROUP_NOT_FOUND", detail));
        }
        let roles = person::roles("groupRoles", &assignment["groupRoles"], RoleLevel::Project)?;
        wanted.insert(project.to_owned(), roles);
    }
    assign_all(call, somebody, &wanted)
}

/// Exactly these roles in the organisation's projects.
fn assign_all(
    call: &Call<'_>,
    somebody: &mut Value,
    wanted: &BTreeMap<String, Vec<String>>,
) -> Result<(), Refusal> {
    let held = somebody["roles"]["groupRoleAssignments"].as_array().cloned().unwrap_or_default();
    for assignment in held {
        let project = assignment["groupId"].as_str().unwrap_or_default();
        if !wanted.contains_key(project) {
            person::assign(call, project, somebody, &[])?;
        }
    }
    for (project, roles) in wanted {
        person::assign(call, project, somebody, roles)?;
    }
    Ok(())
}
