//! Clusters and federated databases: what scopes point at.

use serde_json::Value;

use crate::local::domain::clusters;
use crate::local::http::paging;
use crate::local::http::reply::{Outcome, Reply};
use crate::local::http::request::Admitted;
use crate::local::http::routes::Route;

const CLUSTERS: &str = "/groups/{groupId}/clusters";
const FEDERATED: &str = "/groups/{groupId}/dataFederation";

pub const ROUTES: &[Route] = &[
    // What is known of a cluster here is the same in every version.
    Route::json("listGroupClusters", "GET", CLUSTERS, "2023-01-01", list),
    Route::json("listGroupClusters", "GET", CLUSTERS, "2023-02-01", list),
    Route::json("listGroupClusters", "GET", CLUSTERS, "2024-08-05", list),
    Route::json("listGroupDataFederation", "GET", FEDERATED, "2023-01-01", federated),
];

fn list(call: &Admitted<'_>) -> Outcome {
    paging::page(call, |part| clusters::list(&call.work, call.project(), part))
}

fn federated(call: &Admitted<'_>) -> Outcome {
    Ok(Reply::ok(Value::Array(clusters::federated(&call.work, call.project())?)))
}
