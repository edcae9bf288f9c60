//! The connection registry of an instance.

pub mod failover;
mod kafka;
mod parts;
mod rules;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::instances::{self, InstanceName};
use super::refusal::{Reason, Refusal, Subject};
use super::{Attributes, Listing, Outcome, Part, Work, without};
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;

/// How long a connection is being set up, or taken down.
const SETTLING: SignedDuration = SignedDuration::from_secs(1);

/// A connection, which is known by a name within an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionName<'a> {
    /// The instance.
    pub instance: InstanceName<'a>,
    /// The name.
    pub name: &'a str,
}

impl ConnectionName<'_> {
    /// The parent of its failover connections.
    fn parent(&self) -> String {
        docs::connection_parent(self.instance.project, self.instance.name, self.name)
    }
}

/// A part of an instance's connections.
pub fn list(work: &Work<'_>, instance: InstanceName<'_>, part: Part) -> Outcome<Listing> {
    instances::get(work, instance)?;
    work.list(kind::CONNECTION, &instance.parent(), part)
}

/// Records the event of reading all connections.
pub fn listed(work: &Work<'_>, instance: InstanceName<'_>) -> Outcome<()> {
    instance.event(work, "STREAM_TENANT_CONNECTIONS_LISTED")
}

/// One connection.
pub fn get(work: &Work<'_>, connection: ConnectionName<'_>) -> Outcome {
    let ConnectionName { instance, name } = connection;
    instances::get(work, instance)?;
    work.get(kind::CONNECTION, &instance.parent(), name)?.ok_or_else(|| {
        let instance = instance.name;
        let detail = format!("No connection named {name} exists in stream workspace {instance}.");
        Refusal::not_found(Subject::Connection, name, detail)
    })
}

/// Records the event of reading one connection: the events know the instance only.
pub fn viewed(work: &Work<'_>, instance: InstanceName<'_>) -> Outcome<()> {
    instance.event(work, "STREAM_TENANT_CONNECTION_VIEWED")
}

/// Creates a connection.
pub fn create(work: &Work<'_>, own: InstanceName<'_>, given: &Attributes) -> Outcome {
    let instance = instances::get(work, own)?;
    let name = rules::name(given.get("name").unwrap_or(&Value::Null))?;
    let mut connection = json!({
        "id": meta::next_id(work.db)?,
        "name": name,
        "region": instance["dataProcessRegion"]["region"],
        "state": "PENDING",
        "type": rules::type_of(given)?,
    });
    rules::merge(work, own.project, &mut connection, given, None)?;
    let answer = connection.clone();
    ready_soon(work, &mut connection);
    let parent = own.parent();
    if !docs::insert(work.db, work.now, kind::CONNECTION, &parent, name, &connection, None)? {
        let instance = own.name;
        let detail =
            format!("A connection named {name} already exists in stream workspace {instance}.");
        return Err(Refusal::taken(Subject::Connection, name, detail));
    }
    own.event(work, "STREAM_TENANT_CONNECTION_CREATED")?;
    Ok(answer)
}

/// Adds the sample source to an instance that is being made.
pub(super) fn add_sample(work: &Work<'_>, instance: InstanceName<'_>, region: &str) -> Outcome<()> {
    let name = "sample_stream_solar";
    let connection = json!({
        "id": meta::next_id(work.db)?,
        "name": name,
        "region": region,
        "state": "READY",
        "type": "Sample",
    });
    let parent = instance.parent();
    docs::insert(work.db, work.now, kind::CONNECTION, &parent, name, &connection, None)?;
    instance.event(work, "STREAM_TENANT_CONNECTION_CREATED")
}

/// Changes what is named of a connection; the rest stays as it is.
pub fn update(work: &Work<'_>, own: ConnectionName<'_>, given: &Attributes) -> Outcome {
    let before = get(work, own)?;
    for name in ["name", "type"] {
        if given.get(name).is_some_and(|value| *value != before[name]) {
            return Err(Refusal::invalid(name, "it cannot be changed"));
        }
    }
    let ConnectionName { instance, name } = own;
    if before["state"] == "DELETING" {
        let detail = format!("The connection {name} is being deleted.");
        return Err(Refusal::new(Reason::BeingDeleted, Subject::Connection, name, detail));
    }
    let mut connection = before.clone();
    rules::merge(work, instance.project, &mut connection, given, Some(&before))?;
    connection["state"] = "PENDING".into();
    let mut answer = connection.clone();
    without(&mut answer, "state");
    ready_soon(work, &mut connection);
    docs::update(work.db, kind::CONNECTION, &instance.parent(), name, &connection, None)?;
    instance.event(work, "STREAM_TENANT_CONNECTION_UPDATED")?;
    Ok(answer)
}

/// Deletes a connection that no running processor uses, with its failover connections.
pub fn delete(work: &Work<'_>, own: ConnectionName<'_>) -> Outcome<()> {
    let mut connection = get(work, own)?;
    let (ConnectionName { instance, name }, parent) = (own, own.instance.parent());
    let processors = work.all(kind::PROCESSOR, &parent)?;
    let runs_with = |processor: &Value| {
        processor["state"] == "STARTED"
            && (uses(&processor["pipeline"], name) || uses(&processor["options"], name))
    };
    if processors.iter().any(runs_with) {
        let detail = format!(
            "Stream connection with name {name} has active processors, and cannot be changed."
        );
        return Err(Refusal::in_use(Subject::Connection, name, Subject::Processor, detail));
    }
    docs::delete_under(work.db, kind::FAILOVER_CONNECTION, &own.parent())?;
    connection["state"] = "DELETING".into();
    let gone = work.now.checked_add(SETTLING).ok();
    docs::update(work.db, kind::CONNECTION, &parent, name, &connection, gone)?;
    instance.event(work, "STREAM_TENANT_CONNECTION_DELETED")
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
fn ready_soon(work: &Work<'_>, connection: &mut Value) {
    let at = work.now.checked_add(SETTLING).unwrap_or(work.now);
    docs::becomes(connection, at, json!({ "state": "READY" }));
}
