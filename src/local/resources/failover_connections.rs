//! What a Kafka or Cluster connection is replaced by when its instance fails over to another region.

use serde_json::{Value, json};

use super::connection_rules as rules;
use super::{connections, instances};
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;

const ALL: &str =
    "/groups/{groupId}/streams/{tenantName}/connections/{connectionName}/failoverConnections";
const ONE: &str = "/groups/{groupId}/streams/{tenantName}/connections/{connectionName}/failoverConnections/{failoverConnectionId}";
const VERSION: &str = "2025-03-12";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupStreamConnectionFailoverConnections", "GET", ALL, VERSION, list),
    Route::json("createGroupStreamConnectionFailoverConnection", "POST", ALL, VERSION, create),
    Route::json("getGroupStreamConnectionFailoverConnection", "GET", ONE, VERSION, get),
    Route::json("updateGroupStreamConnectionFailoverConnection", "PATCH", ONE, VERSION, update),
    Route::json("deleteGroupStreamConnectionFailoverConnection", "DELETE", ONE, VERSION, delete),
];

fn list(call: &Call<'_>) -> Outcome {
    connections::find(call)?;
    reply::stored(call, kind::FAILOVER_CONNECTION, &parent(call))
}

fn get(call: &Call<'_>) -> Outcome {
    find(call).map(Reply::ok)
}

fn create(call: &Call<'_>) -> Outcome {
    let connection = connections::find(call)?;
    let given = call.object()?;
    let kind = connection["type"].as_str().unwrap_or_default();
    if !rules::FAILOVER_TYPES.contains(&kind) {
        let detail = format!("a {kind} connection has no failover connections");
        return Err(Refusal::attribute("type", detail));
    }
    if given.get("type").is_some_and(|given| *given != connection["type"]) {
        return Err(Refusal::attribute("type", "it differs from that of the connection"));
    }
    let id = meta::next_id(call.db)?;
    let mut failover = json!({
        "id": id,
        "name": connection["name"],
        "region": Value::Null,
        "state": "PENDING",
        "type": kind,
    });
    if let Some(name) = given.get("name") {
        failover["name"] = rules::name(name)?.into();
    }
    rules::merge(call, &mut failover, &given, None)?;
    check_region(call, &failover, None)?;
    let answer = failover.clone();
    connections::ready_soon(call, &mut failover);
    let parent = parent(call);
    docs::insert(call.db, call.now, kind::FAILOVER_CONNECTION, &parent, &id, &failover, None)?;
    updated(call)?;
    Ok(Reply::json(201, answer))
}

fn update(call: &Call<'_>) -> Outcome {
    let before = find(call)?;
    let given = call.object()?;
    if given.get("type").is_some_and(|given| *given != before["type"]) {
        return Err(Refusal::attribute("type", "it cannot be changed"));
    }
    let mut failover = before.clone();
    if let Some(name) = given.get("name") {
        failover["name"] = rules::name(name)?.into();
    }
    rules::merge(call, &mut failover, &given, Some(&before))?;
    let id = call.param("failoverConnectionId");
    check_region(call, &failover, Some(id))?;
    failover["state"] = "PENDING".into();
    let answer = failover.clone();
    connections::ready_soon(call, &mut failover);
    docs::update(call.db, kind::FAILOVER_CONNECTION, &parent(call), id, &failover, None)?;
    updated(call)?;
    Ok(Reply::ok(answer))
}

fn delete(call: &Call<'_>) -> Outcome {
    find(call)?;
    let id = call.param("failoverConnectionId");
    docs::delete(call.db, call.now, kind::FAILOVER_CONNECTION, &parent(call), id)?;
    updated(call)?;
    Ok(Reply::no_content())
}

/// A failover connection is for one of the instance's failover regions, and the only one there.
fn check_region(call: &Call<'_>, failover: &Value, own: Option<&str>) -> Result<(), Refusal> {
    let region = &failover["region"];
    if region.is_null() {
        let detail = "The required attribute region was not specified.";
        return Err(Refusal::bad("MISSING_ATTRIBUTE", detail));
    }
    let instance = instances::find(call)?;
    let places = instance["failoverRegions"].as_array();
    if !places.is_some_and(|places| places.iter().any(|place| place["region"] == *region)) {
        let detail = format!("{region} is no failover region of the instance");
        return Err(Refusal::attribute("region", detail));
    }
    let others = docs::list(call.db, call.now, kind::FAILOVER_CONNECTION, &parent(call), -1, 0)?;
    let taken = |other: &Value| other["region"] == *region && other["id"].as_str() != own;
    match others.iter().any(taken) {
        false => Ok(()),
        true => {
            let detail = format!("A failover connection for region {region} already exists.");
            Err(Refusal::conflict("STREAM_FAILOVER_CONNECTION_ALREADY_EXISTS", detail))
        }
    }
}

/// The feed of events knows of connections only.
fn updated(call: &Call<'_>) -> rusqlite::Result<()> {
    let about = [("instanceName", call.param("tenantName"))];
    call.event("STREAM_TENANT_CONNECTION_UPDATED", &about)
}

fn parent(call: &Call<'_>) -> String {
    let (instance, connection) = (call.param("tenantName"), call.param("connectionName"));
    docs::connection_parent(call.project(), instance, connection)
}

fn find(call: &Call<'_>) -> Result<Value, Refusal> {
    connections::find(call)?;
    let (connection, id) = (call.param("connectionName"), call.param("failoverConnectionId"));
    docs::get(call.db, call.now, kind::FAILOVER_CONNECTION, &parent(call), id)?.ok_or_else(|| {
        let detail = format!("No failover connection {id} of connection {connection} exists.");
        Refusal::not_found("STREAM_FAILOVER_CONNECTION_NOT_FOUND", detail)
    })
}
