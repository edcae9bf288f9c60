//! The connection registry of an instance.

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::connection_rules as rules;
use super::instances;
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;

const ALL: &str = "/groups/{groupId}/streams/{tenantName}/connections";
const ONE: &str = "/groups/{groupId}/streams/{tenantName}/connections/{connectionName}";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupStreamConnections", "GET", ALL, "2023-02-01", list).then(listed),
    Route::json("createGroupStreamConnection", "POST", ALL, "2023-02-01", create),
    Route::json("getGroupStreamConnection", "GET", ONE, "2023-02-01", get).then(viewed),
    Route::json("updateGroupStreamConnection", "PATCH", ONE, "2023-02-01", update),
    Route::json("deleteGroupStreamConnection", "DELETE", ONE, "2023-02-01", delete),
];

/// How long a connection is being set up, or taken down.
const SETTLING: SignedDuration = SignedDuration::from_secs(1);

fn list(call: &Call<'_>) -> Outcome {
    instances::find(call)?;
    reply::stored(call, kind::CONNECTION, &parent(call))
}

fn listed(call: &Call<'_>, outcome: &Outcome) -> rusqlite::Result<()> {
    note(call, outcome, "STREAM_TENANT_CONNECTIONS_LISTED")
}

fn get(call: &Call<'_>) -> Outcome {
    find(call).map(Reply::ok)
}

fn viewed(call: &Call<'_>, outcome: &Outcome) -> rusqlite::Result<()> {
    note(call, outcome, "STREAM_TENANT_CONNECTION_VIEWED")
}

/// A look that succeeded leaves an event; the events know the instance, not the connection.
fn note(call: &Call<'_>, outcome: &Outcome, event: &str) -> rusqlite::Result<()> {
    match outcome {
        Ok(_) => call.event(event, &[("instanceName", call.param("tenantName"))]),
        Err(_) => Ok(()),
    }
}

fn create(call: &Call<'_>) -> Outcome {
    let instance = instances::find(call)?;
    let given = call.object()?;
    let name = rules::name(given.get("name").unwrap_or(&Value::Null))?.to_owned();
    let mut connection = json!({
        "id": meta::next_id(call.db)?,
        "name": name,
        "region": instance["dataProcessRegion"]["region"],
        "state": "PENDING",
        "type": rules::type_of(&given)?,
    });
    rules::merge(call, &mut connection, &given, None)?;
    let answer = connection.clone();
    ready_soon(call, &mut connection);
    if !docs::insert(call.db, call.now, kind::CONNECTION, &parent(call), &name, &connection, None)?
    {
        let instance = call.param("tenantName");
        let detail =
            format!("A connection named {name} already exists in stream workspace {instance}.");
        return Err(Refusal::conflict("STREAM_CONNECTION_ALREADY_EXISTS", detail));
    }
    event(call, "STREAM_TENANT_CONNECTION_CREATED")?;
    Ok(Reply::ok(answer))
}

/// Adds the sample source to an instance that is being made.
pub fn add_sample(call: &Call<'_>, instance: &str, region: &str) -> Result<(), Refusal> {
    let name = "sample_stream_solar";
    let connection = json!({
        "id": meta::next_id(call.db)?,
        "name": name,
        "region": region,
        "state": "READY",
        "type": "Sample",
    });
    let parent = docs::instance_parent(call.project(), instance);
    docs::insert(call.db, call.now, kind::CONNECTION, &parent, name, &connection, None)?;
    call.event("STREAM_TENANT_CONNECTION_CREATED", &[("instanceName", instance)])?;
    Ok(())
}

fn update(call: &Call<'_>) -> Outcome {
    let before = find(call)?;
    let given = call.object()?;
    for name in ["name", "type"] {
        if given.get(name).is_some_and(|value| *value != before[name]) {
            return Err(Refusal::attribute(name, "it cannot be changed"));
        }
    }
    if before["state"] == "DELETING" {
        let detail = format!("The connection {} is being deleted.", call.param("connectionName"));
        return Err(Refusal::conflict("STREAM_CONNECTION_IS_DELETING", detail));
    }
    let mut connection = before.clone();
    rules::merge(call, &mut connection, &given, Some(&before))?;
    connection["state"] = "PENDING".into();
    let mut answer = connection.clone();
    if let Some(answer) = answer.as_object_mut() {
        answer.shift_remove("state");
    }
    ready_soon(call, &mut connection);
    let name = call.param("connectionName");
    docs::update(call.db, kind::CONNECTION, &parent(call), name, &connection, None)?;
    event(call, "STREAM_TENANT_CONNECTION_UPDATED")?;
    Ok(Reply::ok(answer))
}

fn delete(call: &Call<'_>) -> Outcome {
    let mut connection = find(call)?;
    let (name, parent) = (call.param("connectionName"), parent(call));
    let processors = docs::list(call.db, call.now, kind::PROCESSOR, &parent, -1, 0)?;
    if processors.iter().any(|processor| uses(&processor["pipeline"], name)) {
        let detail = format!(
            "Stream connection with name {name} has active processors, and cannot be changed."
        );
        return Err(Refusal::new(403, "STREAM_CONNECTION_HAS_STREAM_PROCESSORS", detail));
    }
    let below = docs::connection_parent(call.project(), call.param("tenantName"), name);
    docs::delete_under(call.db, kind::FAILOVER_CONNECTION, &below)?;
    connection["state"] = "DELETING".into();
    let gone = call.now.checked_add(SETTLING).ok();
    docs::update(call.db, kind::CONNECTION, &parent, name, &connection, gone)?;
    event(call, "STREAM_TENANT_CONNECTION_DELETED")?;
    Ok(Reply::json(202, json!({})))
}

/// Whether a pipeline names the connection, in whatever stage.
fn uses(pipeline: &Value, connection: &str) -> bool {
    match pipeline {
        Value::Object(fields) => fields.iter().any(|(key, value)| {
            (key == "connectionName" && value == connection) || uses(value, connection)
        }),
        Value::Array(stages) => stages.iter().any(|stage| uses(stage, connection)),
        _ => false,
    }
}

/// Lets what is `PENDING` become `READY`.
pub fn ready_soon(call: &Call<'_>, connection: &mut Value) {
    let at = call.now.checked_add(SETTLING).unwrap_or(call.now);
    docs::becomes(connection, at, json!({ "state": "READY" }));
}

fn event(call: &Call<'_>, kind: &str) -> rusqlite::Result<()> {
    call.event(kind, &[("instanceName", call.param("tenantName"))])
}

fn parent(call: &Call<'_>) -> String {
    docs::instance_parent(call.project(), call.param("tenantName"))
}

/// The connection that the path names.
pub fn find(call: &Call<'_>) -> Result<Value, Refusal> {
    instances::find(call)?;
    let (instance, name) = (call.param("tenantName"), call.param("connectionName"));
    docs::get(call.db, call.now, kind::CONNECTION, &parent(call), name)?.ok_or_else(|| {
        let detail = format!("No connection named {name} exists in stream workspace {instance}.");
        Refusal::not_found("STREAM_CONNECTION_NOT_FOUND", detail)
    })
}
