//! Projects, which the API calls groups.

use serde_json::json;

use crate::local::domain::projects;
use crate::local::http::paging;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::{ROOT, Route};

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
    paging::page(call, |part| projects::list(&call.work, None, part))
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(projects::get(&call.work, call.project())?))
}

fn by_name(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(projects::by_name(&call.work, call.param("groupName"))?))
}

fn create(call: &Admitted<'_>) -> Outcome {
    let owner = call.query("projectOwnerId");
    let mut project = projects::create(&call.work, &call.object()?, owner.as_deref())?;
    let id = project["id"].as_str().unwrap_or_default();
    let href = format!("{}{ROOT}/groups/{id}", call.base);
    // Not stored: the next server has another address.
    project["links"] = json!([{ "href": href, "rel": "self" }]);
    Ok(Reply::json(201, project))
}

fn delete(call: &Admitted<'_>) -> Outcome {
    projects::delete(&call.work, call.project())?;
    Ok(Reply::json(202, json!({})))
}
