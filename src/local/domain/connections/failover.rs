//! What a Kafka or Cluster connection is replaced by when its instance fails over to another
//! region.

use serde_json::{Value, json};

use super::{ConnectionName, get as get_connection, ready_soon, rules};
use crate::local::domain::instances;
use crate::local::domain::refusal::{Refusal, Subject};
use crate::local::domain::{Attributes, Listing, Outcome, Part, Work, text};
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;

/// A part of a connection's failover connections.
pub fn list(work: &Work<'_>, own: ConnectionName<'_>, part: Part) -> Outcome<Listing> {
    get_connection(work, own)?;
    work.list(kind::FAILOVER_CONNECTION, &own.parent(), part)
}

/// One of them, by its id.
pub fn get(work: &Work<'_>, own: ConnectionName<'_>, id: &str) -> Outcome {
    get_connection(work, own)?;
    work.get(kind::FAILOVER_CONNECTION, &own.parent(), id)?.ok_or_else(|| {
        let detail = format!("No failover connection {id} of connection {} exists.", own.name);
        Refusal::not_found(Subject::FailoverConnection, id, detail)
    })
}

/// Creates one for another region.
pub fn create(work: &Work<'_>, own: ConnectionName<'_>, given: &Attributes) -> Outcome {
    let connection = get_connection(work, own)?;
    let kind = text(&connection, "type");
    if !rules::FAILOVER_TYPES.contains(&kind) {
        let detail = format!("a {kind} connection has no failover connections");
        return Err(Refusal::invalid("type", detail));
    }
    if given.get("type").is_some_and(|given| *given != connection["type"]) {
        return Err(Refusal::invalid("type", "it differs from that of the connection"));
    }
    let id = meta::next_id(work.db)?;
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
    rules::merge(work, own.instance.project, &mut failover, given, None)?;
    check_region(work, own, &failover, None)?;
    let answer = failover.clone();
    ready_soon(work, &mut failover);
    let parent = own.parent();
    docs::insert(work.db, work.now, kind::FAILOVER_CONNECTION, &parent, &id, &failover, None)?;
    updated(work, own)?;
    Ok(answer)
}

/// Changes what is named of one; the rest stays as it is.
pub fn update(work: &Work<'_>, own: ConnectionName<'_>, id: &str, given: &Attributes) -> Outcome {
    let before = get(work, own, id)?;
    if given.get("type").is_some_and(|given| *given != before["type"]) {
        return Err(Refusal::invalid("type", "it cannot be changed"));
    }
    let mut failover = before.clone();
    if let Some(name) = given.get("name") {
        failover["name"] = rules::name(name)?.into();
    }
    rules::merge(work, own.instance.project, &mut failover, given, Some(&before))?;
    check_region(work, own, &failover, Some(id))?;
    failover["state"] = "PENDING".into();
    let answer = failover.clone();
    ready_soon(work, &mut failover);
    docs::update(work.db, kind::FAILOVER_CONNECTION, &own.parent(), id, &failover, None)?;
    updated(work, own)?;
    Ok(answer)
}

/// Deletes one.
pub fn delete(work: &Work<'_>, own: ConnectionName<'_>, id: &str) -> Outcome<()> {
    get(work, own, id)?;
    docs::delete(work.db, work.now, kind::FAILOVER_CONNECTION, &own.parent(), id)?;
    updated(work, own)
}

/// A failover connection is for one of the instance's failover regions, and the only one there.
fn check_region(
    work: &Work<'_>,
    own: ConnectionName<'_>,
    failover: &Value,
    id: Option<&str>,
) -> Outcome<()> {
    let region = &failover["region"];
    if region.is_null() {
        return Err(Refusal::missing("region"));
    }
    let instance = instances::get(work, own.instance)?;
    let regions = instance["failoverRegions"].as_array();
    if !regions.is_some_and(|all| all.iter().any(|other| other["region"] == *region)) {
        let detail = format!("{region} is not a failover region of the instance");
        return Err(Refusal::invalid("region", detail));
    }
    let others = work.all(kind::FAILOVER_CONNECTION, &own.parent())?;
    let taken = |other: &Value| other["region"] == *region && other["id"].as_str() != id;
    match others.iter().any(taken) {
        false => Ok(()),
        true => {
            let detail = format!("A failover connection for region {region} already exists.");
            Err(Refusal::taken(Subject::FailoverConnection, own.name, detail))
        }
    }
}

/// The feed of events knows of connections only.
fn updated(work: &Work<'_>, own: ConnectionName<'_>) -> Outcome<()> {
    own.instance.event(work, "STREAM_TENANT_CONNECTION_UPDATED")
}
