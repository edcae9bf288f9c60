//! Stream processing instances.

use serde_json::{Value, json};

use super::{connections, instance_rules as rules};
use crate::local::crypto;
use crate::local::refusal::Refusal;
use crate::local::reply::{self, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::docs::{self, kind};
use crate::local::store::{audit, meta};

const ALL: &str = "/groups/{groupId}/streams";
const ONE: &str = "/groups/{groupId}/streams/{tenantName}";
const WITH_SAMPLES: &str = "/groups/{groupId}/streams:withSampleConnections";

pub const ROUTES: &[Route] = &[
    Route::json("listGroupStreamWorkspaces", "GET", ALL, "2023-02-01", list),
    Route::json("createGroupStreamWorkspace", "POST", ALL, "2023-02-01", create),
    Route::json(
        "withGroupStreamSampleConnections",
        "POST",
        WITH_SAMPLES,
        "2024-08-05",
        create_with_samples,
    ),
    Route::json("getGroupStreamWorkspace", "GET", ONE, "2023-02-01", get),
    Route::json("updateGroupStreamWorkspace", "PATCH", ONE, "2023-02-01", update),
    Route::json("deleteGroupStreamWorkspace", "DELETE", ONE, "2023-02-01", delete),
];

/// The size of an instance whose maker names none.
const DEFAULT_TIER: &str = "SP30";

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

fn create(call: &Call<'_>) -> Outcome {
    make(call, false)
}

fn create_with_samples(call: &Call<'_>) -> Outcome {
    make(call, true)
}

fn make(call: &Call<'_>, samples: bool) -> Outcome {
    let given = call.object()?;
    let known =
        ["name", "dataProcessRegion", "failoverRegions", "streamConfig", "sampleConnections"];
    rules::known(&given, &known)?;
    for name in ["name", "dataProcessRegion"] {
        if !given.contains_key(name) {
            let detail = format!("The required attribute {name} was not specified.");
            return Err(Refusal::bad("MISSING_ATTRIBUTE", detail));
        }
    }
    let name = rules::name(&given["name"])?;
    let home = &given["dataProcessRegion"];
    rules::region("dataProcessRegion", home)?;
    let failover = given.get("failoverRegions").cloned().unwrap_or_else(|| json!([]));
    rules::failover_regions(&failover, home)?;
    let mut config = json!({ "tier": DEFAULT_TIER });
    match given.get("streamConfig").filter(|config| !config.is_null()) {
        // A ceiling below the default is the size as well.
        Some(given) if given.get("tier").is_none() && given.get("maxTierSize").is_some() => {
            config["tier"] = given["maxTierSize"].clone();
            rules::merge_config(&mut config, given)?;
        }
        Some(given) => rules::merge_config(&mut config, given)?,
        None => {}
    }
    let samples = rules::sample_wanted(&given, samples)?;

    // A log whose time is over must not become the new instance's.
    audit::purge(call.db, call.now)?;
    let (db, project) = (call.db, call.project());
    let id = meta::next_id(db)?;
    let region = home["region"].as_str().unwrap_or_default();
    let instance = json!({
        "_id": id,
        "dataProcessRegion": { "cloudProvider": home["cloudProvider"], "region": region },
        "failoverRegions": failover,
        "groupId": project,
        "hostnames": [host(&id, region)],
        "name": name,
        "streamConfig": config,
    });
    if !docs::insert(db, call.now, kind::INSTANCE, project, name, &instance, None)? {
        let detail = format!("A stream workspace named {name} already exists in group {project}.");
        return Err(Refusal::conflict("STREAM_TENANT_ALREADY_EXISTS", detail));
    }
    call.event("STREAM_TENANT_CREATED", &[("instanceName", name)])?;
    if samples {
        connections::add_sample(call, name, region)?;
    }
    Ok(Reply::ok(instance))
}

/// Where shells connect to.
fn host(id: &str, region: &str) -> String {
    let digest = crypto::sha256_hex(id);
    let suffix = digest.get(..5).unwrap_or_default();
    let region = region.to_lowercase().replace('_', "-");
    format!("atlas-stream-{id}-{suffix}.{region}.stream.example.net")
}

fn update(call: &Call<'_>) -> Outcome {
    let mut instance = find(call)?;
    let given = call.object()?;
    let known = ["cloudProvider", "region", "failoverRegions", "streamConfig", "processorStatus"];
    rules::known(&given, &known)?;
    for key in ["cloudProvider", "region"] {
        if let Some(value) = given.get(key) {
            instance["dataProcessRegion"][key] = value.clone();
        }
    }
    rules::region("region", &instance["dataProcessRegion"])?;
    if let Some(regions) = given.get("failoverRegions") {
        instance["failoverRegions"] = regions.clone();
    }
    rules::failover_regions(&instance["failoverRegions"], &instance["dataProcessRegion"])?;
    if let Some(config) = given.get("streamConfig").filter(|config| !config.is_null()) {
        rules::merge_config(&mut instance["streamConfig"], config)?;
    }
    if let Some(status) = given.get("processorStatus") {
        all_processors(call, &instance, status)?;
    }
    let name = call.param("tenantName");
    docs::update(call.db, kind::INSTANCE, call.project(), name, &instance, None)?;
    call.event("STREAM_TENANT_UPDATED", &[("instanceName", name)])?;
    Ok(Reply::ok(instance))
}

/// Starts or stops every processor of the instance, or restarts those that run in another region.
fn all_processors(call: &Call<'_>, instance: &Value, status: &Value) -> Result<(), Refusal> {
    let (state, event) = match status["status"].as_str() {
        Some("STARTED") => ("STARTED", "STREAM_PROCESSOR_STARTED"),
        Some("STOPPED") => ("STOPPED", "STREAM_PROCESSOR_STOPPED"),
        Some("FAILED_OVER") => {
            let region = &status["region"];
            let regions = instance["failoverRegions"].as_array();
            if regions.is_none_or(|all| all.iter().all(|place| place["region"] != *region)) {
                let detail = format!("{region} is no failover region of the instance");
                return Err(Refusal::attribute("processorStatus", detail));
            }
            return Ok(());
        }
        _ => {
            let detail = "status must be one of STARTED, STOPPED, FAILED_OVER";
            return Err(Refusal::attribute("processorStatus", detail));
        }
    };
    let name = call.param("tenantName");
    let parent = docs::instance_parent(call.project(), name);
    for mut processor in docs::list(call.db, call.now, kind::PROCESSOR, &parent, -1, 0)? {
        let key = processor["name"].as_str().unwrap_or_default().to_owned();
        let stops_nothing = state == "STOPPED" && processor["state"] != "STARTED";
        if processor["state"] != state && !stops_nothing {
            processor["state"] = state.into();
            docs::update(call.db, kind::PROCESSOR, &parent, &key, &processor, None)?;
            call.event(event, &[("instanceName", name)])?;
        }
    }
    Ok(())
}

fn delete(call: &Call<'_>) -> Outcome {
    find(call)?;
    let (db, project, name) = (call.db, call.project(), call.param("tenantName"));
    let parent = docs::instance_parent(project, name);
    let processors = docs::list(db, call.now, kind::PROCESSOR, &parent, -1, 0)?;
    if processors.iter().any(|processor| processor["state"] == "STARTED") {
        let detail = format!(
            "Stream workspace with name {name} has active processors, and cannot be changed."
        );
        return Err(Refusal::new(403, "STREAM_TENANT_HAS_STREAM_PROCESSORS", detail));
    }
    for below in [kind::CONNECTION, kind::FAILOVER_CONNECTION, kind::PROCESSOR] {
        docs::delete_under(db, below, &parent)?;
    }
    docs::delete(db, call.now, kind::INSTANCE, project, name)?;
    audit::purge(db, call.now)?;
    audit::instance_deleted(db, call.now, project, name)?;
    call.event("STREAM_TENANT_DELETED", &[("instanceName", name)])?;
    Ok(Reply::json(202, json!({})))
}

/// The instance that the path names.
pub fn find(call: &Call<'_>) -> Result<Value, Refusal> {
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
