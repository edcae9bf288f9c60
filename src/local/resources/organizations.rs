//! Organisations and their projects.

use serde_json::Value;

use crate::local::access;
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::people;

pub const ROUTES: &[Route] = &[
    Route::json("listOrgs", "GET", "/orgs", "2023-01-01", list),
    Route::json("getOrg", "GET", "/orgs/{orgId}", "2023-01-01", get),
    Route::json("getOrgGroups", "GET", "/orgs/{orgId}/groups", "2023-01-01", projects),
];

fn list(call: &Call<'_>) -> Outcome {
    let mut orgs = docs::list(call.db, call.now, kind::ORG, "", -1, 0)?;
    orgs.retain(|org| access::sees_org(call.principal, org["id"].as_str().unwrap_or_default()));
    reply::chosen(call, named(call, orgs))
}

fn get(call: &Call<'_>) -> Outcome {
    let id = call.param("orgId");
    docs::get(call.db, call.now, kind::ORG, "", id)?.map(Reply::ok).ok_or_else(|| {
        Refusal::not_found("ORG_NOT_FOUND", format!("No organization with ID {id} exists."))
    })
}

fn projects(call: &Call<'_>) -> Outcome {
    let org = call.param("orgId");
    if call.query("name").is_none() {
        return super::projects::page(call, Some(org));
    }
    let visible = access::visible(call.principal);
    let found = people::list_projects(call.db, &visible, Some(org), None, -1, 0)?;
    reply::chosen(call, named(call, found))
}

/// Those whose name begins with the parameter `name`, whatever its case.
fn named(call: &Call<'_>, mut all: Vec<Value>) -> Vec<Value> {
    if let Some(start) = call.query("name").map(|name| name.to_lowercase()) {
        all.retain(|doc| {
            doc["name"].as_str().is_some_and(|n| n.to_lowercase().starts_with(&start))
        });
    }
    all
}
