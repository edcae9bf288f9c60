//! Stream processing instances and their connections.

use serde_json::Value;

use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};

const ONE: &str = "/groups/{groupId}/streams/{tenantName}";
const CONNECTIONS: &str = "/groups/{groupId}/streams/{tenantName}/connections";
const CONNECTION: &str = "/groups/{groupId}/streams/{tenantName}/connections/{connectionName}";

pub const ROUTES: &[Route] = &[
    Route::json(
        "listGroupStreamWorkspaces",
        "GET",
        "/groups/{groupId}/streams",
        "2023-02-01",
        list,
    ),
    Route::json("getGroupStreamWorkspace", "GET", ONE, "2023-02-01", get),
    Route::json("listGroupStreamConnections", "GET", CONNECTIONS, "2023-02-01", connections),
    Route::json("getGroupStreamConnection", "GET", CONNECTION, "2023-02-01", connection),
];

fn list(call: &Call<'_>) -> Outcome {
    reply::stored(call, kind::INSTANCE, call.project())
}

fn get(call: &Call<'_>) -> Outcome {
    let mut instance = find(call)?;
    if call.request.flag("includeConnections")? {
        let parent = docs::instance_parent(call.project(), call.param("tenantName"));
        let connections = docs::list(call.db, call.now, kind::CONNECTION, &parent, -1, 0)?;
        instance["connections"] = Value::Array(connections);
    }
    Ok(Reply::ok(instance))
}

fn connections(call: &Call<'_>) -> Outcome {
    find(call)?;
    let parent = docs::instance_parent(call.project(), call.param("tenantName"));
    reply::stored(call, kind::CONNECTION, &parent)
}

fn connection(call: &Call<'_>) -> Outcome {
    find(call)?;
    let (instance, name) = (call.param("tenantName"), call.param("connectionName"));
    let parent = docs::instance_parent(call.project(), instance);
    docs::get(call.db, call.now, kind::CONNECTION, &parent, name)?.map(Reply::ok).ok_or_else(|| {
        let detail = format!("No connection named {name} exists in stream workspace {instance}.");
        Refusal::not_found("STREAM_CONNECTION_NOT_FOUND", detail)
    })
}

/// The instance that the path names.
fn find(call: &Call<'_>) -> Result<Value, Refusal> {
    let name = call.param("tenantName");
    docs::get(call.db, call.now, kind::INSTANCE, call.project(), name)?
        .ok_or_else(|| not_found(call))
}

/// 404 about the instance that the path names.
pub fn not_found(call: &Call<'_>) -> Refusal {
    let (name, project) = (call.param("tenantName"), call.project());
    Refusal::not_found(
        "STREAM_TENANT_NOT_FOUND",
        format!("No stream workspace named {name} exists in group {project}."),
    )
}
