//! Organisations and their projects.

use serde_json::Value;

use super::projects::in_list;
use crate::local::domain::organizations;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;
use crate::local::http::{links, paging};

const DATE: &str = "2023-01-01";

pub const ROUTES: &[Route] = &[
    Route::json("listOrgs", "GET", "/orgs", DATE, list),
    Route::json("getOrg", "GET", "/orgs/{orgId}", DATE, get),
    Route::json("getOrgGroups", "GET", "/orgs/{orgId}/groups", DATE, projects),
];

fn list(call: &Admitted<'_>) -> Outcome {
    let name = call.query("name");
    let query = |part| organizations::list(&call.work, name.as_deref(), part);
    paging::page_of(call, query, |org| with_links(call, org, &[]))
}

fn get(call: &Admitted<'_>) -> Outcome {
    let org = organizations::get(&call.work, call.param("orgId"))?;
    Ok(Reply::ok(with_links(call, org, &["groups", "teams", "users"])))
}

fn projects(call: &Admitted<'_>) -> Outcome {
    let (org, name) = (call.param("orgId"), call.query("name"));
    let query = |part| organizations::projects(&call.work, org, name.as_deref(), part);
    paging::page_of(call, query, |project| in_list(call, project))
}

fn with_links(call: &Admitted<'_>, org: Value, below: &[&str]) -> Value {
    let id = org["id"].as_str().unwrap_or_default().to_owned();
    links::with_below(call, org, &["orgs", &id], below)
}
