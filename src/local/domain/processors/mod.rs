//! Stream processors. They are stored as state, with the events that changes cause, and since when
//! they run: of documents there are only those of the sample connection, and the statistics say so.

mod execution;
mod pipeline;
mod refused;
mod rules;
mod runs;
mod tiers;

use serde_json::{Value, json};

use super::audit::event::{AuditKind, Entity, Failure};
use super::instances::{self, InstanceName};
use super::refusal::{Reason, Refusal, Subject};
use super::{Attributes, Listing, Outcome, Part, Work, audit, text, without};
use crate::local::store::docs::{self, kind};
use crate::local::store::meta;

pub use refused::refused;
pub use runs::{Ephemeral, Looked, RunId, ephemeral_dropped, process, running, sample};

/// A stream processor, which is known by a name within an instance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProcessorName<'a> {
    /// The instance.
    pub instance: InstanceName<'a>,
    /// The name.
    pub name: &'a str,
}

impl ProcessorName<'_> {
    fn taken(self) -> Refusal {
        let (name, instance) = (self.name, self.instance.name);
        let detail = format!("A stream processor named {name} already exists in {instance}.");
        Refusal::taken(Subject::Processor, name, detail)
    }

    fn in_state(self, state: &str) -> Refusal {
        let detail = format!("The stream processor {} is {state}.", self.name);
        Refusal::new(Reason::WrongState, Subject::Processor, self.name, detail)
    }

    fn event(self, work: &Work<'_>, kind: &str) -> Outcome<()> {
        let InstanceName { project, name: instance } = self.instance;
        work.event(project, kind, &[("instanceName", instance), ("processorName", self.name)])
    }
}

/// A part of an instance's processors, each with its statistics.
pub fn list(work: &Work<'_>, instance: InstanceName<'_>, part: Part) -> Outcome<Listing> {
    instances::get(work, instance)?;
    let mut listing = work.list(kind::PROCESSOR, &instance.parent(), part)?;
    listing.results = listing.results.into_iter().map(|one| shown(work, instance, one)).collect();
    Ok(listing)
}

/// One processor, with its statistics.
pub fn get(work: &Work<'_>, processor: ProcessorName<'_>) -> Outcome {
    let (_, found) = find(work, processor)?;
    Ok(shown(work, processor.instance, found))
}

/// Every processor of an instance as users of the instance see it: with all that is known of it
/// beside its statistics.
pub fn list_inside(work: &Work<'_>, instance: InstanceName<'_>) -> Outcome<Vec<Value>> {
    instances::get(work, instance)?;
    work.all(kind::PROCESSOR, &instance.parent())
}

/// One processor, as users of its instance see it.
pub fn get_inside(work: &Work<'_>, processor: ProcessorName<'_>) -> Outcome {
    Ok(find(work, processor)?.1)
}

/// The statistics of a processor that runs.
pub fn running_stats(work: &Work<'_>, processor: ProcessorName<'_>) -> Outcome {
    let (_, found) = find(work, processor)?;
    match found["state"] == "STARTED" {
        true => Ok(stats(work, processor.instance, &found)),
        false => Err(processor.in_state("not running")),
    }
}

/// What is known of a processor and the API's document has no field for.
const INSIDE: [&str; 5] = [ERROR, MODIFIED, TURNED, META, runs::RUN];
/// Why it failed, when it was changed last, and when its state was; where metadata go.
const ERROR: &str = "errorMsg";
const MODIFIED: &str = "lastModified";
const TURNED: &str = "lastStateChange";
const META: &str = "streamMetaFieldName";

/// A processor as the API shows it.
fn shown(work: &Work<'_>, own: InstanceName<'_>, mut processor: Value) -> Value {
    processor["stats"] = stats(work, own, &processor);
    if !text(&processor, ERROR).is_empty() {
        processor["stats"][ERROR] = processor[ERROR].clone();
    }
    INSIDE.iter().for_each(|field| without(&mut processor, field));
    processor
}

/// What has come of a processor.
fn stats(work: &Work<'_>, own: InstanceName<'_>, processor: &Value) -> Value {
    let totals = runs::totals(work, own, processor);
    json!({
        "name": processor["name"],
        "processorId": processor["_id"],
        "status": text(processor, "state").to_lowercase(),
        "note": NOTE,
        "scaleFactor": 1,
        "inputMessageCount": totals.input.count,
        "inputMessageSize": totals.input.size,
        "outputMessageCount": totals.output.count,
        "outputMessageSize": totals.output.size,
        "dlqMessageCount": totals.letters.count,
        "dlqMessageSize": totals.letters.size,
        "stateSize": 0,
        "memoryTrackerBytes": 0,
    })
}

/// What statistics say of themselves.
const NOTE: &str = "this control plane is no stream processor: it processes no data but that of sample connections, and writes to no sink";

/// Creates a processor, which does not run yet.
pub fn create(work: &Work<'_>, own: InstanceName<'_>, given: &Attributes) -> Outcome {
    let instance = instances::get(work, own)?;
    let name = given.get("name").and_then(Value::as_str).unwrap_or_default();
    rules::name(name)?;
    let mut processor = json!({
        "_id": meta::next_id(work.db)?,
        "failoverEnabled": false,
        MODIFIED: work.now.to_string(),
        TURNED: work.now.to_string(),
        "name": name,
        "options": {},
        "pipeline": [],
        "state": "CREATED",
        "tier": instance["streamConfig"]["tier"].as_str().unwrap_or("SP10"),
    });
    if !given.contains_key("pipeline") {
        return Err(Refusal::invalid("pipeline", "it is required"));
    }
    rules::merge(work, &own.parent(), &instance, &mut processor, given)?;
    rules::size(&processor)?;
    let (parent, named) = (own.parent(), ProcessorName { instance: own, name });
    if !docs::insert(work.db, work.now, kind::PROCESSOR, &parent, name, &processor, None)? {
        return Err(named.taken());
    }
    let pipeline = json!({ "pipeline": processor["pipeline"] });
    record(work, own, &instance, &processor, AuditKind::Create, pipeline)?;
    named.event(work, "STREAM_PROCESSOR_CREATED")?;
    INSIDE.iter().chain(&["state"]).for_each(|field| without(&mut processor, field));
    Ok(processor)
}

/// Changes a processor that does not run.
pub fn update(work: &Work<'_>, own: ProcessorName<'_>, mut given: Attributes) -> Outcome {
    let (instance, mut processor) = find(work, own)?;
    let old = own.name;
    if processor["state"] == "STARTED" {
        let detail = format!("The stream processor {old} is running: stop it before changing it.");
        return Err(Refusal::new(Reason::Running, Subject::Processor, old, detail));
    }
    rules::resumes(&processor, &mut given)?;
    let new = match given.get("name") {
        None => old,
        Some(name) => name.as_str().unwrap_or_default(),
    };
    rules::name(new)?;
    let parent = own.instance.parent();
    rules::merge(work, &parent, &instance, &mut processor, &given)?;
    rules::size(&processor)?;
    processor[MODIFIED] = work.now.to_string().into();
    if given.contains_key("pipeline") {
        // That was the other pipeline's.
        processor[ERROR] = "".into();
    }
    let named = ProcessorName { name: new, ..own };
    if new == old {
        docs::update(work.db, kind::PROCESSOR, &parent, old, &processor, None)?;
    } else {
        processor["name"] = new.into();
        if !docs::insert(work.db, work.now, kind::PROCESSOR, &parent, new, &processor, None)? {
            return Err(named.taken());
        }
        docs::delete(work.db, work.now, kind::PROCESSOR, &parent, old)?;
    }
    named.event(work, "STREAM_PROCESSOR_MODIFIED")?;
    Ok(shown(work, own.instance, processor))
}

/// Names the field that a processor's documents have their metadata in.
pub fn set_meta_field(work: &Work<'_>, own: ProcessorName<'_>, field: &str) -> Outcome<()> {
    let (_, mut processor) = find(work, own)?;
    check_meta_field(field)?;
    processor[META] = field.into();
    rules::size(&processor)?;
    let parent = own.instance.parent();
    Ok(docs::update(work.db, kind::PROCESSOR, &parent, own.name, &processor, None)?)
}

fn check_meta_field(field: &str) -> Outcome<()> {
    if field.is_empty() || field.starts_with('$') || field.contains(['.', '\0']) {
        let detail = "it must be the name of a field: not empty, without dots, no $ first";
        return Err(Refusal::invalid(META, detail));
    }
    Ok(())
}

/// Deletes a processor, be it running.
pub fn delete(work: &Work<'_>, own: ProcessorName<'_>) -> Outcome<()> {
    let (instance, processor) = find(work, own)?;
    docs::delete(work.db, work.now, kind::PROCESSOR, &own.instance.parent(), own.name)?;
    record(work, own.instance, &instance, &processor, AuditKind::Drop, Value::Null)?;
    own.event(work, "STREAM_PROCESSOR_DROPPED")
}

/// Starts a processor that does not run.
pub fn start(work: &Work<'_>, own: ProcessorName<'_>) -> Outcome<()> {
    start_with(work, own, &Attributes::new())
}

/// Starts a processor in another way than it was left: from elsewhere in its source, in another
/// size, or in another region, to which one that runs can be moved.
pub fn start_with(work: &Work<'_>, own: ProcessorName<'_>, given: &Attributes) -> Outcome<()> {
    let (instance, mut processor) = find(work, own)?;
    rules::start(work, &instance, &mut processor, given)?;
    let failover = given.get("failover");
    if failover.is_some_and(|failover| failover["dryRun"] == true) {
        return Ok(());
    }
    if processor["state"] == "STARTED" && failover.is_none() {
        return Err(own.in_state("already started"));
    }
    pipeline::check_connections(work, &own.instance.parent(), &processor)?;
    turn(work, own, &instance, processor, "STARTED")
}

/// Stops a processor that runs.
pub fn stop(work: &Work<'_>, own: ProcessorName<'_>) -> Outcome<()> {
    let (instance, processor) = find(work, own)?;
    if processor["state"] != "STARTED" {
        return Err(own.in_state("not running"));
    }
    turn(work, own, &instance, processor, "STOPPED")
}

/// Starts or stops a processor, and writes that into the logs.
fn turn(
    work: &Work<'_>,
    own: ProcessorName<'_>,
    instance: &Value,
    mut processor: Value,
    state: &str,
) -> Outcome<()> {
    set_state(work, own, &mut processor, state)?;
    // A start that fails is refused by the role that a connection executes as.
    let lack = text(&processor, ERROR);
    let done = if state == "STARTED" { AuditKind::Start } else { AuditKind::Stop };
    let failure = (!lack.is_empty()).then(|| Failure::unauthorized(lack));
    let entity = entity(&processor, Value::Null);
    audit::record(work, own.instance, instance, done, failure, Some(entity))?;
    own.event(work, turned(&processor))
}

/// The event of the project that says which state a processor has come to.
pub(super) fn turned(processor: &Value) -> &'static str {
    match processor["state"].as_str() {
        Some("STARTED") => "STREAM_PROCESSOR_STARTED",
        Some("FAILED") => "STREAM_PROCESSOR_STATE_IS_FAILED",
        _ => "STREAM_PROCESSOR_STOPPED",
    }
}

/// Stores the state that a processor comes to when it is to be in this one: what is started and
/// lacks something on a cluster fails.
pub(super) fn set_state(
    work: &Work<'_>,
    own: ProcessorName<'_>,
    processor: &mut Value,
    state: &str,
) -> Outcome<()> {
    let parent = own.instance.parent();
    let lack = match state {
        "STARTED" => execution::lack(work, own.instance, processor)?,
        _ => None,
    };
    processor["state"] = if lack.is_some() { "FAILED" } else { state }.into();
    processor[ERROR] = lack.unwrap_or_default().into();
    processor[TURNED] = work.now.to_string().into();
    runs::turn(work, own.instance, processor)?;
    Ok(docs::update(work.db, kind::PROCESSOR, &parent, own.name, processor, None)?)
}

/// A processor, and before it the instance that it is of.
fn find(work: &Work<'_>, own: ProcessorName<'_>) -> Outcome<(Value, Value)> {
    let ProcessorName { instance, name } = own;
    let found = instances::get(work, instance)?;
    match work.get(kind::PROCESSOR, &instance.parent(), name)? {
        Some(processor) => Ok((found, processor)),
        None => {
            let instance = instance.name;
            let detail = format!("No stream processor named {name} exists in {instance}.");
            Err(Refusal::not_found(Subject::Processor, name, detail))
        }
    }
}

/// Writes what was done into the instance's audit log.
fn record(
    work: &Work<'_>,
    own: InstanceName<'_>,
    instance: &Value,
    processor: &Value,
    done: AuditKind,
    data: Value,
) -> Outcome<()> {
    audit::record(work, own, instance, done, None, Some(entity(processor, data)))
}

fn entity(processor: &Value, data: Value) -> Entity {
    Entity {
        name: text(processor, "name").to_owned(),
        uid: text(processor, "_id").to_owned(),
        kind: "stream_processor",
        data,
    }
}
