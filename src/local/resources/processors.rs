//! Stream processors. They are kept as state, with the events that changing it leaves: no data is
//! processed here, and the statistics say so.

use serde_json::{Map, Value, json};

use super::{audit_logs, instances, pipelines};
use crate::local::access;
use crate::local::audit_event::{AuditEvent, AuditKind, Entity};
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Body, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::{audit, meta};

const NEW: &str = "/groups/{groupId}/streams/{tenantName}/processor";
const ALL: &str = "/groups/{groupId}/streams/{tenantName}/processors";
const ONE: &str = "/groups/{groupId}/streams/{tenantName}/processor/{processorName}";
const START: &str = "/groups/{groupId}/streams/{tenantName}/processor/{processorName}:start";
const START_WITH: &str =
    "/groups/{groupId}/streams/{tenantName}/processor/{processorName}:startWith";
const STOP: &str = "/groups/{groupId}/streams/{tenantName}/processor/{processorName}:stop";

pub const ROUTES: &[Route] = &[
    Route::json("getGroupStreamProcessors", "GET", ALL, "2024-05-30", list),
    Route::json("createGroupStreamProcessor", "POST", NEW, "2024-05-30", create),
    Route::json("getGroupStreamProcessor", "GET", ONE, "2024-05-30", get),
    Route::json("updateGroupStreamProcessor", "PATCH", ONE, "2024-05-30", update),
    Route::json("deleteGroupStreamProcessor", "DELETE", ONE, "2024-05-30", delete),
    Route::json("startGroupStreamProcessor", "POST", START, "2024-05-30", start),
    Route::json("startGroupStreamProcessorWith", "POST", START_WITH, "2025-03-12", start_with),
    Route::json("stopGroupStreamProcessor", "POST", STOP, "2024-05-30", stop),
];

const TIERS: [&str; 5] = ["SP2", "SP5", "SP10", "SP30", "SP50"];

fn list(call: &Call<'_>) -> Outcome {
    instance(call)?;
    let mut page = reply::stored(call, kind::PROCESSOR, &parent(call))?;
    if let Body::Json(body) = &mut page.body {
        for processor in body["results"].as_array_mut().into_iter().flatten() {
            processor["stats"] = stats(processor);
        }
    }
    Ok(page)
}

fn get(call: &Call<'_>) -> Outcome {
    let mut processor = find(call)?;
    processor["stats"] = stats(&processor);
    Ok(Reply::ok(processor))
}

/// Counters of a processor that nothing ever passed through.
fn stats(processor: &Value) -> Value {
    json!({
        "name": processor["name"],
        "processorId": processor["_id"],
        "status": processor["state"].as_str().unwrap_or_default().to_lowercase(),
        "note": "this control plane keeps a processor's state and processes no data",
        "scaleFactor": 1,
        "inputMessageCount": 0,
        "inputMessageSize": 0,
        "outputMessageCount": 0,
        "outputMessageSize": 0,
        "dlqMessageCount": 0,
        "dlqMessageSize": 0,
        "stateSize": 0,
        "memoryTrackerBytes": 0,
    })
}

fn create(call: &Call<'_>) -> Outcome {
    let instance = instance(call)?;
    let given = call.object()?;
    let name = given.get("name").and_then(Value::as_str).unwrap_or_default();
    check_name(name)?;
    let mut processor = json!({
        "_id": meta::next_id(call.db)?,
        "failoverEnabled": false,
        "name": name,
        "options": {},
        "pipeline": [],
        "state": "CREATED",
        "tier": instance["streamConfig"]["tier"].as_str().unwrap_or("SP10"),
    });
    if !given.contains_key("pipeline") {
        return Err(Refusal::attribute("pipeline", "it is required"));
    }
    merge(call, &instance, &mut processor, &given)?;
    let (db, now) = (call.db, call.now);
    if !docs::insert(db, now, kind::PROCESSOR, &parent(call), name, &processor, None)? {
        return Err(taken(call, name));
    }
    let pipeline = json!({ "pipeline": processor["pipeline"] });
    record(call, &instance, &processor, AuditKind::Create, pipeline)?;
    event(call, "STREAM_PROCESSOR_CREATED", name)?;
    if let Some(fields) = processor.as_object_mut() {
        fields.shift_remove("state");
    }
    Ok(Reply::ok(processor))
}

fn update(call: &Call<'_>) -> Outcome {
    let (instance, mut processor) = (instance(call)?, find(call)?);
    let mut given = call.object()?;
    let old = call.param("processorName");
    if processor["state"] == "STARTED" {
        let detail = format!("The stream processor {old} is running: stop it before changing it.");
        return Err(Refusal::conflict("STREAM_PROCESSOR_RUNNING", detail));
    }
    if given.get("pipeline").is_some_and(|pipeline| !pipeline.is_array()) {
        return Err(Refusal::attribute("pipeline", "it must be a list of stages"));
    }
    let resume = given.get("options").and_then(|options| options.get("resumeFromCheckpoint"));
    let afresh = resume == Some(&Value::Bool(false));
    let moves = given
        .get("pipeline")
        .is_some_and(|new| new[0]["$source"] != processor["pipeline"][0]["$source"]);
    // A checkpoint is a position in its source.
    if moves && !afresh && processor["state"] != "CREATED" {
        let detail = "The $source changes, so the processor cannot resume from its checkpoint. \
                      Set options.resumeFromCheckpoint to false.";
        return Err(Refusal::bad("STREAM_PROCESSOR_CHECKPOINT_INCOMPATIBLE", detail));
    }
    if let Some(options) = given.get_mut("options").and_then(Value::as_object_mut) {
        match options.shift_remove("resumeFromCheckpoint") {
            None | Some(Value::Bool(_)) => {}
            Some(_) => return Err(flag("options.resumeFromCheckpoint")),
        }
    }
    let new = match given.get("name") {
        None => old,
        Some(name) => name.as_str().unwrap_or_default(),
    };
    check_name(new)?;
    merge(call, &instance, &mut processor, &given)?;
    let place = parent(call);
    if new == old {
        docs::update(call.db, kind::PROCESSOR, &place, old, &processor, None)?;
    } else {
        processor["name"] = new.into();
        if !docs::insert(call.db, call.now, kind::PROCESSOR, &place, new, &processor, None)? {
            return Err(taken(call, new));
        }
        docs::delete(call.db, call.now, kind::PROCESSOR, &place, old)?;
    }
    event(call, "STREAM_PROCESSOR_MODIFIED", new)?;
    processor["stats"] = stats(&processor);
    Ok(Reply::ok(processor))
}

fn delete(call: &Call<'_>) -> Outcome {
    let (instance, processor) = (instance(call)?, find(call)?);
    let name = call.param("processorName");
    docs::delete(call.db, call.now, kind::PROCESSOR, &parent(call), name)?;
    record(call, &instance, &processor, AuditKind::Drop, Value::Null)?;
    event(call, "STREAM_PROCESSOR_DROPPED", name)?;
    Ok(Reply::no_content())
}

fn start(call: &Call<'_>) -> Outcome {
    let (instance, processor) = (instance(call)?, find(call)?);
    if processor["state"] == "STARTED" {
        return Err(in_state(call, "already started"));
    }
    turn(call, &instance, processor, "STARTED")
}

fn start_with(call: &Call<'_>) -> Outcome {
    let (instance, mut processor) = (instance(call)?, find(call)?);
    let given = match call.request.body.is_empty() {
        true => Map::new(),
        false => call.object()?,
    };
    let mut moved = false;
    for (name, value) in &given {
        match name.as_str() {
            "failover" => {
                moved = true;
                check_failover(&instance, value)?;
            }
            "resumeFromCheckpoint" if value.is_boolean() => {}
            "resumeFromCheckpoint" => return Err(flag(name)),
            "startAtOperationTime" => {
                let time = value.as_str().and_then(|t| t.parse::<jiff::Timestamp>().ok());
                let time = time.ok_or_else(|| Refusal::attribute(name, "it is no time"))?;
                if time > call.now {
                    return Err(Refusal::attribute(name, "it lies in the future"));
                }
            }
            "tier" => {
                check_tier(&instance, value)?;
                processor["tier"] = value.clone();
            }
            "links" => {}
            _ => return Err(unknown(name)),
        }
    }
    if given.get("failover").is_some_and(|failover| failover["dryRun"] == true) {
        return Ok(Reply::ok(json!({})));
    }
    // Failing over moves a running processor to another region.
    if processor["state"] == "STARTED" && !moved {
        return Err(in_state(call, "already started"));
    }
    turn(call, &instance, processor, "STARTED")
}

fn stop(call: &Call<'_>) -> Outcome {
    let (instance, processor) = (instance(call)?, find(call)?);
    if processor["state"] != "STARTED" {
        return Err(in_state(call, "not running"));
    }
    turn(call, &instance, processor, "STOPPED")
}

/// Gives a processor another state.
fn turn(call: &Call<'_>, instance: &Value, mut processor: Value, state: &str) -> Outcome {
    let name = call.param("processorName");
    processor["state"] = state.into();
    docs::update(call.db, kind::PROCESSOR, &parent(call), name, &processor, None)?;
    let (done, kind) = match state {
        "STARTED" => (AuditKind::Start, "STREAM_PROCESSOR_STARTED"),
        _ => (AuditKind::Stop, "STREAM_PROCESSOR_STOPPED"),
    };
    record(call, instance, &processor, done, Value::Null)?;
    event(call, kind, name)?;
    Ok(Reply::ok(json!({})))
}

fn merge(
    call: &Call<'_>,
    instance: &Value,
    processor: &mut Value,
    given: &Map<String, Value>,
) -> Result<(), Refusal> {
    for (name, value) in given {
        match name.as_str() {
            // Read-only fields come back from whoever sends what was read.
            "_id" | "links" | "name" => continue,
            "pipeline" => pipelines::check(call, &parent(call), value)?,
            "options" => pipelines::check_options(call, &parent(call), value)?,
            "tier" => check_tier(instance, value)?,
            "failoverEnabled" if !value.is_boolean() => return Err(flag(name)),
            "failoverEnabled" => {}
            _ => return Err(unknown(name)),
        }
        if name == "options" && value["dlq"].is_null() && processor["options"].is_object() {
            continue;
        }
        processor[name] = value.clone();
    }
    Ok(())
}

/// The document gives no pattern; what a path and a shell take without quoting is assumed.
fn check_name(name: &str) -> Result<(), Refusal> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    match begins && name.len() <= 128 && name.chars().all(fits) {
        true => Ok(()),
        false => {
            let detail = "letters, digits, '-', '_' and '.', beginning with a letter or digit";
            Err(Refusal::attribute("name", detail))
        }
    }
}

fn check_tier(instance: &Value, value: &Value) -> Result<(), Refusal> {
    let rank = |tier: &Value| TIERS.iter().position(|known| tier == known);
    let Some(wanted) = rank(value) else {
        return Err(Refusal::attribute("tier", format!("it is one of {}", TIERS.join(", "))));
    };
    match rank(&instance["streamConfig"]["maxTierSize"]) {
        Some(most) if wanted > most => {
            let detail = format!("the workspace allows {} at most", TIERS[most]);
            Err(Refusal::attribute("tier", detail))
        }
        _ => Ok(()),
    }
}

fn check_failover(instance: &Value, value: &Value) -> Result<(), Refusal> {
    if !matches!(value["dryRun"], Value::Null | Value::Bool(_)) {
        return Err(flag("failover.dryRun"));
    }
    let failovers = instance["failoverRegions"].as_array().into_iter().flatten();
    let mut regions = failovers.chain([&instance["dataProcessRegion"]]).map(|r| &r["region"]);
    if !value["region"].is_string() || !regions.any(|region| *region == value["region"]) {
        let detail = "it is none of the workspace's regions";
        return Err(Refusal::attribute("failover.region", detail));
    }
    match value["mode"].as_str() {
        Some("GRACEFUL" | "FORCED") => Ok(()),
        None if value["mode"].is_null() => Ok(()),
        _ => Err(Refusal::attribute("failover.mode", "it is GRACEFUL or FORCED")),
    }
}

fn flag(name: &str) -> Refusal {
    Refusal::attribute(name, "it is true or false")
}

fn unknown(name: &str) -> Refusal {
    Refusal::bad("INVALID_ATTRIBUTE", format!("Received JSON has an unknown attribute {name}."))
}

fn in_state(call: &Call<'_>, state: &str) -> Refusal {
    let name = call.param("processorName");
    Refusal::conflict(
        "STREAM_PROCESSOR_INVALID_STATE",
        format!("The stream processor {name} is {state}."),
    )
}

fn taken(call: &Call<'_>, name: &str) -> Refusal {
    let instance = call.param("tenantName");
    let detail = format!("A stream processor named {name} already exists in {instance}.");
    Refusal::conflict("STREAM_PROCESSOR_ALREADY_EXISTS", detail)
}

fn parent(call: &Call<'_>) -> String {
    docs::instance_parent(call.project(), call.param("tenantName"))
}

fn instance(call: &Call<'_>) -> Result<Value, Refusal> {
    let name = call.param("tenantName");
    docs::get(call.db, call.now, kind::INSTANCE, call.project(), name)?
        .ok_or_else(|| instances::not_found(call))
}

fn find(call: &Call<'_>) -> Result<Value, Refusal> {
    instance(call)?;
    let name = call.param("processorName");
    docs::get(call.db, call.now, kind::PROCESSOR, &parent(call), name)?.ok_or_else(|| {
        let instance = call.param("tenantName");
        let detail = format!("No stream processor named {name} exists in {instance}.");
        Refusal::not_found("STREAM_PROCESSOR_NOT_FOUND", detail)
    })
}

fn event(call: &Call<'_>, kind: &str, name: &str) -> rusqlite::Result<()> {
    call.event(kind, &[("instanceName", call.param("tenantName")), ("processorName", name)])
}

/// Writes what was done into the instance's audit log.
fn record(
    call: &Call<'_>,
    instance: &Value,
    processor: &Value,
    done: AuditKind,
    data: Value,
) -> rusqlite::Result<()> {
    let (project, tenant) = (call.project(), call.param("tenantName"));
    let org = docs::find(call.db, kind::PROJECT, project)?.map(|(org, _)| org);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let name = text(&processor["name"]);
    let event = AuditEvent {
        time_ms: call.now.as_millisecond(),
        kind: done,
        failure: None,
        user: call.principal.name.clone(),
        roles: access::held(call.principal, org.as_deref(), Some(project)),
        source: call.request.peer,
        host: text(&instance["hostnames"][0]),
        session: audit_logs::session(call),
        mechanism: "",
        entity: Some(Entity {
            name: name.clone(),
            uid: text(&processor["_id"]),
            kind: "stream_processor",
            data,
        }),
    };
    audit::append(call.db, project, tenant, call.now, Some(&name), &event.to_line())
}
