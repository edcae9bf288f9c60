//! Projects, which the API calls groups.

use serde_json::{Map, Value, json};

use super::people as person;
use crate::local::access;
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;
use crate::local::store::people::{self, Filter, Source, Visible};
use crate::privileges::catalogue::atlas_roles::PROJECT_OWNER;

pub const ROUTES: &[Route] = &[
    Route::json("listGroups", "GET", "/groups", "2023-01-01", list),
    Route::json("createGroup", "POST", "/groups", "2023-01-01", create),
    Route::json("getGroup", "GET", "/groups/{groupId}", "2023-01-01", get),
    Route::json("deleteGroup", "DELETE", "/groups/{groupId}", "2023-01-01", delete),
    Route::json("getGroupByName", "GET", "/groups/byName/{groupName}", "2023-01-01", by_name),
];

/// A project with the number of its clusters as of now.
fn counted(call: &Call<'_>, mut project: Value) -> rusqlite::Result<Value> {
    let id = project["id"].as_str().unwrap_or_default();
    let clusters = docs::count(call.db, call.now, kind::CLUSTER, id)?;
    project["clusterCount"] = clusters.into();
    Ok(project)
}

/// A page of the projects that the caller may see, in one organisation or in all.
pub fn page(call: &Call<'_>, org: Option<&str>) -> Outcome {
    let visible = access::visible(call.principal);
    let total = people::count_projects(call.db, &visible, org)?;
    reply::part(call, total, |limit, skip| {
        let found = people::list_projects(call.db, &visible, org, None, limit, skip)?;
        found.into_iter().map(|project| counted(call, project)).collect()
    })
}

fn list(call: &Call<'_>) -> Outcome {
    page(call, None)
}

fn get(call: &Call<'_>) -> Outcome {
    let (_, project) = find(call)?;
    Ok(Reply::ok(counted(call, project)?))
}

fn find(call: &Call<'_>) -> Result<(String, Value), Refusal> {
    let id = call.project();
    docs::find(call.db, kind::PROJECT, id)?.ok_or_else(|| {
        Refusal::not_found("GROUP_NOT_FOUND", format!("No group with ID {id} exists."))
    })
}

fn by_name(call: &Call<'_>) -> Outcome {
    let name = call.param("groupName");
    let visible = access::visible(call.principal);
    match people::list_projects(call.db, &visible, None, Some(name), 1, 0)?.pop() {
        Some(project) => Ok(Reply::ok(counted(call, project)?)),
        None => {
            let detail = format!("No group named {name} exists.");
            Err(Refusal::not_found("GROUP_NAME_NOT_FOUND", detail))
        }
    }
}

fn create(call: &Call<'_>) -> Outcome {
    let given = call.object()?;
    let read_only = ["clusterCount", "created", "id", "links", "withDefaultAlertsSettings"];
    person::attributes(&given, &["name", "orgId"], &read_only)?;
    // In which the caller is an owner: what a body names is authorised before.
    let org =
        given["orgId"].as_str().ok_or_else(|| Refusal::attribute("orgId", "it must be text"))?;
    let (name, org) = (name(&given)?, org.to_owned());
    let everything = Visible { orgs: vec![org.clone()], projects: Vec::new() };
    if !people::list_projects(call.db, &everything, Some(&org), Some(&name), 1, 0)?.is_empty() {
        let detail = format!("A group named {name} already exists in this organization.");
        return Err(Refusal::conflict("GROUP_ALREADY_EXISTS", detail));
    }
    let owner = match call.query("projectOwnerId") {
        None => person::first_owner(call, &org)?,
        Some(id) => Some(person::by_id(call, &org, &id)?.ok_or_else(|| {
            let detail = format!("No user with ID {id} exists in this organization.");
            Refusal::not_found("USER_NOT_FOUND", detail)
        })?),
    };
    let id = meta::next_id(call.db)?;
    let project = json!({
        "clusterCount": 0,
        "created": person::second(call.now),
        "id": id,
        "links": [{ "href": format!("{}/api/atlas/v2/groups/{id}", call.base), "rel": "self" }],
        "name": name,
        "orgId": org,
    });
    docs::insert(call.db, call.now, kind::PROJECT, &org, &id, &project, None)?;
    if let Some(mut owner) = owner {
        person::assign(call, &id, &mut owner, &[PROJECT_OWNER.api.to_owned()])?;
        person::keep(call, &org, &owner)?;
    }
    Ok(Reply::json(201, project))
}

fn name(given: &Map<String, Value>) -> Result<String, Refusal> {
    let name = given["name"].as_str().unwrap_or_default();
    let fits = |c: char| c.is_alphanumeric() || "-_.(),:&@+' ".contains(c);
    match (1..=64).contains(&name.chars().count()) && name.chars().all(fits) {
        true => Ok(name.to_owned()),
        false => {
            let detail = "it must be 1 to 64 letters, digits, spaces and -_.(),:&@+'";
            Err(Refusal::attribute("name", detail))
        }
    }
}

fn delete(call: &Call<'_>) -> Outcome {
    let (org, project) = find(call)?;
    let id = call.project();
    let active = [
        (kind::CLUSTER, "CANNOT_CLOSE_GROUP_ACTIVE_ATLAS_CLUSTERS", "clusters"),
        (kind::INSTANCE, "CANNOT_CLOSE_GROUP_ACTIVE_STREAMS_RESOURCE", "stream workspaces"),
    ];
    for (kind, code, what) in active {
        if docs::count(call.db, call.now, kind, id)? > 0 {
            let detail = format!("The group {} still has {what}.", project["name"]);
            return Err(Refusal::conflict(code, detail));
        }
    }
    let source = Source::Project(id);
    for member in people::list(call.db, call.now, source, &Filter::default(), -1, 0)? {
        let user = member["id"].as_str().unwrap_or_default();
        if let Some(mut somebody) = person::by_id(call, &org, user)? {
            person::assign(call, id, &mut somebody, &[])?;
            person::keep(call, &org, &somebody)?;
        }
    }
    people::delete_project(call.db, &org, id)?;
    Ok(Reply::json(202, json!({})))
}
