//! Clusters and federated databases: what scopes point at.

use serde_json::Value;

use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};

pub const ROUTES: &[Route] = &[
    Route::json("listGroupClusters", "GET", "/groups/{groupId}/clusters", "2024-08-05", clusters),
    Route::json(
        "listGroupDataFederation",
        "GET",
        "/groups/{groupId}/dataFederation",
        "2023-01-01",
        data_federation,
    ),
];

fn clusters(call: &Call<'_>) -> Outcome {
    reply::stored(call, kind::CLUSTER, call.project())
}

fn data_federation(call: &Call<'_>) -> Outcome {
    let all = docs::list(call.db, call.now, kind::DATA_FEDERATION, call.project(), -1, 0)?;
    Ok(Reply::ok(Value::Array(all)))
}
