//! Projects, which the API calls groups.

use serde_json::Value;

use crate::local::access;
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};

pub const ROUTES: &[Route] = &[
    Route::json("listGroups", "GET", "/groups", "2023-01-01", list),
    Route::json("getGroup", "GET", "/groups/{groupId}", "2023-01-01", get),
    Route::json("getGroupByName", "GET", "/groups/byName/{groupName}", "2023-01-01", by_name),
];

/// The projects that the caller may see, with the number of their clusters as of now.
fn visible(call: &Call<'_>) -> Result<Vec<Value>, Refusal> {
    let mut projects = docs::list_below(call.db, call.now, kind::PROJECT, "")?;
    projects.retain(|project| {
        let text = |name: &str| project[name].as_str().unwrap_or_default();
        access::sees_project(call.principal, text("orgId"), text("id"))
    });
    projects.into_iter().map(|project| counted(call, project)).collect()
}

fn counted(call: &Call<'_>, mut project: Value) -> Result<Value, Refusal> {
    let id = project["id"].as_str().unwrap_or_default();
    let clusters = docs::count(call.db, call.now, kind::CLUSTER, id)?;
    project["clusterCount"] = clusters.into();
    Ok(project)
}

fn list(call: &Call<'_>) -> Outcome {
    reply::chosen(call, visible(call)?)
}

fn get(call: &Call<'_>) -> Outcome {
    let id = call.project();
    match docs::find(call.db, kind::PROJECT, id)? {
        Some((_, project)) => Ok(Reply::ok(counted(call, project)?)),
        None => {
            Err(Refusal::not_found("GROUP_NOT_FOUND", format!("No group with ID {id} exists.")))
        }
    }
}

fn by_name(call: &Call<'_>) -> Outcome {
    let name = call.param("groupName");
    visible(call)?.into_iter().find(|project| project["name"] == name).map(Reply::ok).ok_or_else(
        || Refusal::not_found("GROUP_NAME_NOT_FOUND", format!("No group named {name} exists.")),
    )
}
