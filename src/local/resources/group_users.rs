//! People with roles in a project.

use serde_json::{Value, json};

use super::people as person;
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::people::{self, Source};
use crate::privileges::catalogue::atlas_roles::RoleLevel;

const ALL: &str = "/groups/{groupId}/users";
const ONE: &str = "/groups/{groupId}/users/{userId}";
const V: &str = "2025-02-19";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupUsers", "GET", ALL, V, list),
    Route::json("addGroupUsers", "POST", ALL, V, add),
    Route::json("getGroupUser", "GET", ONE, V, get),
    Route::json("removeGroupUser", "DELETE", ONE, V, remove),
    Route::json(
        "updateGroupUserRoles",
        "PUT",
        "/groups/{groupId}/users/{userId}/roles",
        "2023-01-01",
        set_roles,
    ),
    Route::json(
        "addGroupUserRole",
        "POST",
        "/groups/{groupId}/users/{userId}:addRole",
        V,
        add_role,
    ),
    Route::json(
        "removeGroupUserRole",
        "POST",
        "/groups/{groupId}/users/{userId}:removeRole",
        V,
        remove_role,
    ),
];

/// Those with roles of their own first, then those of teams, then those by a role in the
/// organisation.
fn list(call: &Call<'_>) -> Outcome {
    let filter = person::filter(call)?;
    let (project, org) = (call.project(), person::org_of(call)?);
    let teams = call.request.flag("flattenTeams")?;
    let mut sources = vec![Source::Project(project)];
    if teams {
        sources.push(Source::Teams(project));
    }
    if call.request.flag("includeOrgUsers")? {
        sources.push(Source::Implicit { org: &org, project, teams });
    }
    let mut counted = Vec::new();
    for source in sources {
        counted.push((source, people::count(call.db, call.now, source, &filter)?));
    }
    let total = counted.iter().map(|(_, count)| count).sum();
    reply::part(call, total, |limit, mut skip| {
        let mut found = Vec::new();
        for (source, count) in counted {
            let room = limit - i64::try_from(found.len()).unwrap_or(limit);
            if skip < count && room > 0 {
                let part = people::list(call.db, call.now, source, &filter, room, skip)?;
                let view = |doc: Value| match source {
                    Source::Implicit { .. } => person::implicit(&doc),
                    _ => Some(doc),
                };
                found.extend(part.into_iter().filter_map(view));
            }
            skip = (skip - count).max(0);
        }
        Ok(found)
    })
}

fn get(call: &Call<'_>) -> Outcome {
    person::filter(call)?;
    let id = call.param("userId");
    if let Some(member) = docs::get(call.db, call.now, kind::GROUP_USER, call.project(), id)? {
        return Ok(Reply::ok(member));
    }
    if let Some(member) = person::by_team(call, id)? {
        return Ok(Reply::ok(member));
    }
    let somebody = person::by_id(call, &person::org_of(call)?, id)?;
    let found = somebody.as_ref().and_then(person::implicit);
    Ok(Reply::ok(found.ok_or_else(|| person::not_found(call))?))
}

/// Somebody of the organisation gets roles here; anybody else is invited to both.
fn add(call: &Call<'_>) -> Outcome {
    let given = call.object()?;
    person::attributes(&given, &["roles", "username"], &[])?;
    let name = person::email(&given)?;
    let roles = person::roles("roles", &given["roles"], RoleLevel::Project)?;
    let (project, org) = (call.project(), person::org_of(call)?);
    let mut somebody = match person::by_username(call, &org, &name)? {
        Some(known) => known,
        None => person::invited(call, &org, &name)?,
    };
    let id = somebody["id"].as_str().unwrap_or_default();
    if docs::get(call.db, call.now, kind::GROUP_USER, project, id)?.is_some() {
        let detail = format!("{name} is a member of this project already.");
        return Err(Refusal::conflict("USER_ALREADY_IN_GROUP", detail));
    }
    person::assign(call, project, &mut somebody, &roles)?;
    person::keep(call, &org, &somebody)?;
    Ok(Reply::json(201, person::in_project(&somebody, &roles)))
}

fn remove(call: &Call<'_>) -> Outcome {
    change(call, |_| Ok(Vec::new()))?;
    Ok(Reply::no_content())
}

fn set_roles(call: &Call<'_>) -> Outcome {
    let given = call.object()?;
    person::attributes(&given, &["groupRoles"], &["links"])?;
    let roles = person::roles("groupRoles", &given["groupRoles"], RoleLevel::Project)?;
    change(call, |_| Ok(roles.clone()))?;
    Ok(Reply::ok(json!({ "groupRoles": roles, "links": [] })))
}

fn add_role(call: &Call<'_>) -> Outcome {
    let role = body_role(call)?;
    let member = change(call, |mut held| {
        person::add_role(&mut held, role)?;
        Ok(held)
    })?;
    Ok(Reply::ok(member))
}

fn remove_role(call: &Call<'_>) -> Outcome {
    let role = body_role(call)?;
    let member = change(call, |mut held| {
        person::remove_role(&mut held, &role)?;
        Ok(held)
    })?;
    Ok(Reply::ok(member))
}

fn body_role(call: &Call<'_>) -> Result<String, Refusal> {
    let given = call.object()?;
    person::attributes(&given, &["groupRole"], &[])?;
    person::role("groupRole", &given["groupRole"], RoleLevel::Project)
}

/// Changes the roles of a member who has some here; hands back the member as it is then.
fn change(
    call: &Call<'_>,
    roles: impl FnOnce(Vec<String>) -> Result<Vec<String>, Refusal>,
) -> Result<Value, Refusal> {
    let (project, id) = (call.project(), call.param("userId"));
    let org = person::org_of(call)?;
    let member = docs::get(call.db, call.now, kind::GROUP_USER, project, id)?
        .ok_or_else(|| person::not_found(call))?;
    let mut somebody = person::by_id(call, &org, id)?.ok_or_else(|| person::not_found(call))?;
    let roles = roles(person::strings(&member["roles"]))?;
    person::assign(call, project, &mut somebody, &roles)?;
    person::keep(call, &org, &somebody)?;
    Ok(person::in_project(&somebody, &roles))
}
