//! Operational logs of instances: one line for each change of a processor's state that the store
//! remembers. The real format is not documented; a line here looks like one of MongoDB's own.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::audit_logs;
use crate::local::reply::{Body, Outcome, Reply};
use crate::local::request::Call;
use crate::local::routes::Route;
use crate::local::store::audit;
use crate::local::store::events::{self, Filter};

pub const ROUTES: &[Route] = &[Route::gzip(
    "downloadGroupStreamOperationalLogs",
    "/groups/{groupId}/streams/{tenantName}:downloadOperationalLogs",
    "2025-03-12",
    download,
    accessed,
)];

/// What is told of an event of the audit log, by its name there.
const TOLD: [(&str, &str); 4] = [
    ("createStreamProcessor", "stream processor created"),
    ("startStreamProcessor", "stream processor started"),
    ("stopStreamProcessor", "stream processor stopped"),
    ("dropStreamProcessor", "stream processor dropped"),
];
const MODIFIED: &str = "STREAM_PROCESSOR_MODIFIED";

fn download(call: &Call<'_>) -> Outcome {
    let window = audit_logs::window(call)?;
    let (project, instance) = (call.project(), call.param("tenantName"));
    let (from, to) = window.range();
    let processor = window.processor.as_deref();
    let mut lines: Vec<(Timestamp, Value)> = Vec::new();
    audit::each(call.db, project, instance, (from, to), processor, |line| {
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
    for event in events::list(call.db, project, &filter, -1, 0)? {
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
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    for (_, line) in &lines {
        writeln!(gzip, "{line}")?;
    }
    let filename = window.filename(instance, "queries.gz");
    Ok(Reply { status: 200, body: Body::Gzip { bytes: gzip.finish()?, filename } })
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

fn accessed(call: &Call<'_>, outcome: &Outcome) -> rusqlite::Result<()> {
    match outcome {
        Ok(_) => call
            .event("STREAM_TENANT_OPERATIONAL_LOGS", &[("instanceName", call.param("tenantName"))]),
        Err(_) => Ok(()),
    }
}
