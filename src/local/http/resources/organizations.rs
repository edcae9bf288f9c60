//! Organisations and their projects.

use crate::local::domain::organizations;
use crate::local::http::paging;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const DATE: &str = "2023-01-01";

pub const ROUTES: &[Route] = &[
    Route::json("listOrgs", "GET", "/orgs", DATE, list),
    Route::json("getOrg", "GET", "/orgs/{orgId}", DATE, get),
    Route::json("getOrgGroups", "GET", "/orgs/{orgId}/groups", DATE, projects),
];

fn list(call: &Admitted<'_>) -> Outcome {
    let name = call.query("name");
    paging::page(call, |part| organizations::list(&call.work, name.as_deref(), part))
}

fn get(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(organizations::get(&call.work, call.param("orgId"))?))
}

fn projects(call: &Admitted<'_>) -> Outcome {
    let (org, name) = (call.param("orgId"), call.query("name"));
    paging::page(call, |part| organizations::projects(&call.work, org, name.as_deref(), part))
}
