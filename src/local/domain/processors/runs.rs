//! Runs of processors: since when one runs, and what has come of it.
//!
//! Nothing is processed while nobody looks. A processor remembers since when it runs and what its
//! earlier runs came to; what has come since is computed when somebody asks.

use bson::Document;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{META, ProcessorName, find, record};
use crate::local::crypto;
use crate::local::domain::audit::event::AuditKind;
use crate::local::domain::instances::{self, InstanceName};
use crate::local::domain::refusal::{Reason, Refusal, Subject};
use crate::local::domain::{Outcome, Work, text};
use crate::local::engine::{Run, Sender, Source, Tally, Totals};
use crate::local::store::docs::kind;

/// The field that remembers: `number` of the run, `since` when it runs if it has documents, and what
/// came of those `before`. It is shown to nobody.
pub(super) const RUN: &str = "_run";

/// How a pipeline that nobody stored is called in logs.
const EPHEMERAL: &str = "(ephemeral)";

/// One run of one processor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunId {
    processor: String,
    number: i64,
}

impl RunId {
    /// The `number`th run of the processor with this id.
    pub fn new(processor: &str, number: i64) -> RunId {
        RunId { processor: processor.to_owned(), number }
    }
}

/// A run whose documents are looked at.
#[derive(Debug)]
pub struct Looked {
    /// Which run it is.
    pub id: RunId,
    /// What its documents come to; a letter that says why there are none.
    pub run: Result<Run, Document>,
    /// The first moment.
    pub since: Timestamp,
}

/// Ends the run that a processor is in, and begins another if it is started now.
pub(super) fn turn(work: &Work<'_>, own: InstanceName<'_>, processor: &mut Value) -> Outcome<()> {
    let before = totals(work, own, processor);
    let runs = processor["state"] == "STARTED";
    let has_documents = runs && reads_sample(work, own, &processor["pipeline"])?;
    let number = number(processor) + i64::from(runs);
    processor[RUN] = json!({
        "number": number,
        "since": has_documents.then(|| work.now.as_millisecond()),
        "before": {
            "input": written(before.input),
            "output": written(before.output),
            "letters": written(before.letters),
        },
    });
    Ok(())
}

/// What has come of a processor in all its runs.
pub(super) fn totals(work: &Work<'_>, own: InstanceName<'_>, processor: &Value) -> Totals {
    let before = &processor[RUN]["before"];
    let now = match run(own, processor) {
        Some(run) => run.totals(run.arrived(work.now)),
        None => Totals::default(),
    };
    let sum = |name: &str, now: Tally| {
        let part = |index: usize| before[name][index].as_u64().unwrap_or_default();
        let (count, size) = (part(0), part(1));
        Tally { count: now.count.saturating_add(count), size: now.size.saturating_add(size) }
    };
    Totals {
        input: sum("input", now.input),
        output: sum("output", now.output),
        letters: sum("letters", now.letters),
    }
}

fn written(tally: Tally) -> Value {
    json!([tally.count, tally.size])
}

fn number(processor: &Value) -> i64 {
    processor[RUN]["number"].as_i64().unwrap_or_default()
}

/// The run that a processor is in, if documents come.
fn run(own: InstanceName<'_>, processor: &Value) -> Option<Run> {
    let since = Timestamp::from_millisecond(processor[RUN]["since"].as_i64()?).ok()?;
    let source = source(text(processor, "_id"), since, processor[META].as_str());
    Some(Run::new(&processor["pipeline"], source, sender(own, text(processor, "name"))))
}

fn no_documents(work: &Work<'_>, sender: Sender) -> Document {
    sender.no_documents(work.now.as_millisecond())
}

fn sender(own: InstanceName<'_>, processor: &str) -> Sender {
    Sender { instance: own.name.to_owned(), processor: processor.to_owned() }
}

fn source(seed: &str, since: Timestamp, meta: Option<&str>) -> Source {
    let source = Source::new(seed, since);
    match meta {
        Some(field) => source.with_meta(field),
        None => source,
    }
}

/// Whether a pipeline begins with a sample connection.
fn reads_sample(work: &Work<'_>, own: InstanceName<'_>, pipeline: &Value) -> Outcome<bool> {
    let name = pipeline[0]["$source"]["connectionName"].as_str().unwrap_or_default();
    let connection = work.get(kind::CONNECTION, &own.parent(), name)?;
    Ok(connection.is_some_and(|connection| connection["type"] == "Sample"))
}

/// Which run a processor is in.
///
/// # Errors
/// Not found; it does not run.
pub fn running(work: &Work<'_>, own: ProcessorName<'_>) -> Outcome<RunId> {
    let (_, processor) = find(work, own)?;
    running_of(own, &processor)
}

fn running_of(own: ProcessorName<'_>, processor: &Value) -> Outcome<RunId> {
    match processor["state"] == "STARTED" {
        true => Ok(RunId::new(text(processor, "_id"), number(processor))),
        false => Err(own.in_state("not running")),
    }
}

/// Begins to look at what a processor that runs puts out, which is written into the log.
///
/// # Errors
/// Not found; it does not run.
pub fn sample(work: &Work<'_>, own: ProcessorName<'_>) -> Outcome<Looked> {
    let (instance, processor) = find(work, own)?;
    let id = running_of(own, &processor)?;
    record(work, own.instance, &instance, &processor, AuditKind::Sample, Value::Null)?;
    let run = run(own.instance, &processor);
    let run = run.ok_or_else(|| no_documents(work, sender(own.instance, own.name)));
    Ok(Looked { id, run, since: work.now })
}

/// A pipeline that runs without being stored, and what is wanted of it.
#[derive(Debug, Clone, Copy)]
pub struct Ephemeral<'a> {
    /// The name by which its documents are asked for.
    pub name: &'a str,
    /// The stages; a sink is not needed.
    pub pipeline: &'a Value,
    /// Where dead letters would go.
    pub dlq: Option<&'a Value>,
    /// The field that documents' metadata go to.
    pub meta: Option<&'a str>,
}

/// Runs a pipeline without storing it, which is written into the log.
///
/// # Errors
/// What a processor with this pipeline would be refused for, when it is created or started.
pub fn process(work: &Work<'_>, own: InstanceName<'_>, wanted: Ephemeral<'_>) -> Outcome<Looked> {
    let instance = instances::get(work, own)?;
    let Ephemeral { pipeline, dlq, meta, .. } = wanted;
    super::rules::size(&json!({ "pipeline": pipeline, "dlq": dlq, META: meta }))?;
    super::pipeline::check_ephemeral(work, &own.parent(), wanted.pipeline)?;
    if let Some(queue) = wanted.dlq {
        super::pipeline::check_dlq(work, &own.parent(), queue)?;
    }
    if let Some(field) = wanted.meta {
        super::check_meta_field(field)?;
    }
    let mut stages = json!({ "pipeline": wanted.pipeline });
    if let Some(lack) = super::execution::lack(work, own, &stages)? {
        return Err(Refusal::new(Reason::NotPermitted, Subject::ExecutedRole, EPHEMERAL, lack));
    }
    let id = ephemeral_id(wanted.name);
    let processor = json!({ "_id": id, "name": EPHEMERAL });
    record(work, own, &instance, &processor, AuditKind::Process, stages.clone())?;
    let pipeline = stages["pipeline"].take();
    let sender = sender(own, wanted.name);
    let run = match reads_sample(work, own, &pipeline)? {
        true => Ok(Run::new(&pipeline, source(&id, work.now, wanted.meta), sender)),
        false => Err(no_documents(work, sender)),
    };
    Ok(Looked { id: RunId::new(&id, 0), run, since: work.now })
}

/// Writes into the log that a pipeline that was not stored is dropped.
pub fn ephemeral_dropped(work: &Work<'_>, own: InstanceName<'_>, name: &str) -> Outcome<()> {
    let instance = instances::get(work, own)?;
    let processor = json!({ "_id": ephemeral_id(name), "name": EPHEMERAL });
    record(work, own, &instance, &processor, AuditKind::Drop, Value::Null)
}

/// What logs know a pipeline by that nobody stored.
fn ephemeral_id(name: &str) -> String {
    crypto::derived_id(name, 0)
}
