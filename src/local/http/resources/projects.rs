//! Projects, which the API calls groups.

use serde_json::{Value, json};

use crate::local::domain::projects;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;
use crate::local::http::{links, paging};

const ALL: &str = "/groups";
const ONE: &str = "/groups/{groupId}";
const BY_NAME: &str = "/groups/byName/{groupName}";
const DATE: &str = "2023-01-01";

pub const ROUTES: &[Route] = &[
    Route::json("listGroups", "GET", ALL, DATE, list),
    Route::json("createGroup", "POST", ALL, DATE, create),
    Route::json("getGroup", "GET", ONE, DATE, get),
    Route::json("deleteGroup", "DELETE", ONE, DATE, delete),
    Route::json("getGroupByName", "GET", BY_NAME, DATE, by_name),
];

fn list(call: &Admitted<'_>) -> Outcome {
    let query = |part| projects::list(&call.work, None, part);
    paging::page_of(call, query, |project| in_list(call, project))
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(whole(call, projects::get(&call.work, call.project())?)))
}

fn by_name(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(whole(call, projects::by_name(&call.work, call.param("groupName"))?)))
}

fn create(call: &Admitted<'_>) -> Outcome {
    let owner = call.query("projectOwnerId");
    let project = projects::create(&call.work, &call.object()?, owner.as_deref())?;
    Ok(Reply::json(201, whole(call, project)))
}

/// A project as a list shows it.
pub fn in_list(call: &Admitted<'_>, project: Value) -> Value {
    with_links(call, project, &[])
}

/// A project by itself, with links to what is beneath it. Atlas has more there than is served here.
fn whole(call: &Admitted<'_>, project: Value) -> Value {
    let below = ["containers", "clusters", "databaseUsers", "peers", "processes", "whitelist"];
    with_links(call, project, &below)
}

fn with_links(call: &Admitted<'_>, project: Value, below: &[&str]) -> Value {
    let id = project["id"].as_str().unwrap_or_default().to_owned();
    links::with_below(call, project, &["groups", &id], below)
}

fn delete(call: &Admitted<'_>) -> Outcome {
    projects::delete(&call.work, call.project())?;
    Ok(Reply::json(202, json!({})))
}
