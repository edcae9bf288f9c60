//! Operational logs of instances: one line for each change of a processor's state that the store
//! remembers. The real format is not documented; a line here looks like one of MongoDB's own logs.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Log, Window};
use crate::local::domain::instances::InstanceName;
use crate::local::domain::{Outcome, Work};
use crate::local::store::events::{self, Filter};

/// The line for an event of the audit log, by the event's name.
const TOLD: [(&str, &str); 4] = [
    ("createStreamProcessor", "stream processor created"),
    ("startStreamProcessor", "stream processor started"),
    ("stopStreamProcessor", "stream processor stopped"),
    ("dropStreamProcessor", "stream processor dropped"),
];
const MODIFIED: &str = "STREAM_PROCESSOR_MODIFIED";

/// The lines within a window, in the order of their time.
pub fn lines(log: &Log<'_>, window: &Window) -> Outcome<Vec<Value>> {
    let InstanceName { project, name: instance } = log.instance;
    let (from, to) = window.range();
    let mut lines: Vec<(Timestamp, Value)> = Vec::new();
    log.each(window, |line| {
        let event: Value = serde_json::from_str(line)?;
        let told = TOLD.iter().find(|(name, _)| event["unmapped"]["atype"] == *name);
        let time = event["time"].as_i64().and_then(|ms| Timestamp::from_millisecond(ms).ok());
        if let (Some((_, message)), Some(time), 1) = (told, time, status(&event)) {
            let (name, id) = (&event["entity"]["name"], &event["entity"]["uid"]);
            lines.push((time, entry(time, message, name, Some(id))));
        }
        Ok(())
    })?;
    // The audit log does not tell of changes to a pipeline; the project events do.
    let filter = Filter {
        types: vec![MODIFIED.into()],
        from: Some(from),
        to: Some(to),
        ..Filter::default()
    };
    let processor = window.processor.as_deref();
    for event in events::list(log.work.db, project, &filter, -1, 0)? {
        let about = |key: &str, name: &str| event[key] == name;
        let here = about("instanceName", instance)
            && processor.is_none_or(|name| about("processorName", name));
        let time = event["created"].as_str().and_then(|time| time.parse().ok());
        if let Some(time) = time.filter(|time| here && *time < to) {
            let line = entry(time, "stream processor modified", &event["processorName"], None);
            lines.push((time, line));
        }
    }
    lines.sort_by_key(|(time, _)| *time);
    Ok(lines.into_iter().map(|(_, line)| line).collect())
}

/// Records the event of reading an instance's log.
pub fn accessed(work: &Work<'_>, instance: InstanceName<'_>) -> Outcome<()> {
    instance.event(work, "STREAM_TENANT_OPERATIONAL_LOGS")
}

fn status(event: &Value) -> i64 {
    event["status_id"].as_i64().unwrap_or(1)
}

fn entry(time: Timestamp, message: &str, name: &Value, id: Option<&Value>) -> Value {
    let time = Timestamp::from_millisecond(time.as_millisecond()).unwrap_or(time);
    let mut line = json!({
        "t": { "$date": time.to_string() },
        "s": "I",
        "c": "STREAMS",
        "msg": message,
        "attr": { "processorName": name },
    });
    if let Some(id) = id {
        line["attr"]["processorId"] = id.clone();
    }
    line
}
