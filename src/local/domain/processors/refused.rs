//! Commands that a database user was refused.

use serde_json::Value;

use super::{ProcessorName, find};
use crate::local::domain::audit::event::{AuditKind, Entity, Failure};
use crate::local::domain::instances::{self, InstanceName};
use crate::local::domain::refusal::{Reason, Refusal};
use crate::local::domain::{Outcome, Work, audit, text};

/// The commands whose refusals a log holds: those that it holds when they are carried out.
const WRITTEN: [(&str, AuditKind); 6] = [
    ("createStreamProcessor", AuditKind::Create),
    ("startStreamProcessor", AuditKind::Start),
    ("stopStreamProcessor", AuditKind::Stop),
    ("dropStreamProcessor", AuditKind::Drop),
    ("startSampleStreamProcessor", AuditKind::Sample),
    ("processStreamProcessor", AuditKind::Process),
];

/// Writes into an instance's log that the actor may not do what a command does; nothing if the log
/// does not hold such commands, or the instance is gone. `name` is that of the processor, if the
/// command names one.
pub fn refused(
    work: &Work<'_>,
    own: InstanceName<'_>,
    command: &str,
    name: Option<&str>,
    why: &str,
) -> Outcome<()> {
    let Some((_, kind)) = WRITTEN.iter().find(|(written, _)| *written == command) else {
        return Ok(());
    };
    let gone = |refusal: &Refusal| refusal.reason == Reason::NotFound;
    let instance = match instances::get(work, own) {
        Err(refusal) if gone(&refusal) => return Ok(()),
        instance => instance?,
    };
    let processor = match name.map(|name| find(work, ProcessorName { instance: own, name })) {
        None => Value::Null,
        Some(Err(refusal)) if gone(&refusal) => Value::Null,
        Some(found) => found?.1,
    };
    let entity = Entity {
        name: name.unwrap_or("(ephemeral)").to_owned(),
        uid: text(&processor, "_id").to_owned(),
        kind: "stream_processor",
        data: Value::Null,
    };
    audit::record(work, own, &instance, *kind, Some(Failure::unauthorized(why)), Some(entity))
}
