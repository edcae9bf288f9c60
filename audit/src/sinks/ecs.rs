//! Documents by the Elastic Common Schema, one a line, as shippers pass them on.

use std::net::IpAddr;

use serde_json::{Map, Value, json};

use crate::event::{Event, Kind};

/// The version of the schema whose fields these are.
const VERSION: &str = "8.17.0";

/// What ECS has no field for stands here.
const OWN: &str = "mongodb_atlas.stream_audit";

/// Writes the document of a line.
pub(super) fn document(
    line: &str,
    project: Option<&str>,
    instance: Option<&str>,
    out: &mut Vec<u8>,
) {
    let Some(event) = Event::parse(line.as_bytes()) else { return };
    let document = fields(&event, line, project, instance);
    // Writing to memory does not fail.
    let _ = serde_json::to_writer(&mut *out, &document);
    out.push(b'\n');
}

fn fields(event: &Event<'_>, line: &str, project: Option<&str>, instance: Option<&str>) -> Value {
    let mut all = Map::new();
    let mut put = |path: &str, value: Value| set(&mut all, path, value);
    let time = event.time.and_then(|time| time.timestamp());
    put("@timestamp", time.map(|time| time.to_string()).into());
    put("ecs.version", VERSION.into());
    put("event.kind", "event".into());
    let (category, kind) = category(&event.kind);
    put("event.category", json!([category]));
    put("event.type", json!([kind]));
    put("event.action", event.name().into());
    put("event.outcome", event.outcome.map_or("unknown", |outcome| outcome.name()).into());
    put("event.code", event.code.map(|code| code.to_string()).into());
    put("event.reason", event.detail.as_deref().into());
    put("event.severity", event.severity_id.into());
    put("event.module", "mongodb_atlas".into());
    put("event.dataset", OWN.into());
    put("event.original", line.into());
    let user = event.user.as_ref();
    put("user.name", user.map(|user| user.name()).into());
    put("user.domain", user.and_then(|user| user.database()).into());
    if !event.roles.is_empty() {
        put("user.roles", json!(event.roles));
    }
    put("related.user", user.map(|user| json!([user.name()])).into());
    // The field's type in an index is `ip`, which takes nothing else.
    let ip = event.ip.as_deref().filter(|ip| ip.parse::<IpAddr>().is_ok());
    put("source.address", event.ip.as_deref().or(event.interface.as_deref()).into());
    put("source.ip", ip.into());
    put("source.port", event.port.into());
    put("related.ip", ip.map(|ip| json!([ip])).into());
    put("destination.address", event.host.as_deref().into());
    put("service.type", "mongodb_atlas".into());
    put("service.name", instance.into());
    put("cloud.project.name", project.into());
    let mut own = |name: &str, value: Value| put(&format!("{OWN}.{name}"), value);
    own("outcome_is_inferred", event.outcome_is_inferred.into());
    own("event_is_ambiguous", event.kind_is_ambiguous.into());
    own("session", event.session.as_deref().into());
    own("mechanism", event.mechanism.as_deref().into());
    own("processor", event.processor().into());
    own("entity.name", event.entity.name.as_deref().into());
    own("entity.uid", event.entity.uid.as_deref().into());
    own("entity.type", event.entity.kind.as_deref().into());
    own("class_uid", event.class_uid.into());
    own("activity_id", event.activity_id.into());
    Value::Object(all)
}

/// `event.category` and `event.type`, of the words that ECS allows together.
fn category(kind: &Kind<'_>) -> (&'static str, &'static str) {
    match kind {
        Kind::Logon => ("authentication", "start"),
        Kind::Logoff => ("authentication", "end"),
        Kind::Create => ("configuration", "creation"),
        Kind::Start | Kind::Stop => ("configuration", "change"),
        Kind::Drop => ("configuration", "deletion"),
        Kind::Process | Kind::Sample | Kind::LogAccessed => ("database", "access"),
        Kind::Other(_) => ("database", "info"),
    }
}

/// Sets a field, by the names of the objects around it; one without a value is left away.
fn set(all: &mut Map<String, Value>, path: &str, value: Value) {
    if value.is_null() {
        return;
    }
    let Some((name, rest)) = path.split_once('.') else {
        all.insert(path.to_owned(), value);
        return;
    };
    let inner = all.entry(name).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(inner) = inner {
        set(inner, rest, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_says_what_the_line_says() {
        let line = r#"{"class_uid":3002,"activity_id":1,"time":1710715316123,"status_id":2,"status_code":"18",
            "status_detail":"AuthenticationFailed","user":{"name":"admin.alice"},"actor":{},
            "src_endpoint":{"ip":"192.0.2.7","port":56692},"auth_protocol":"SCRAM-SHA-256"}"#;
        let mut out = Vec::new();
        document(line, Some("Shop"), Some("orders"), &mut out);
        let document: Value = serde_json::from_slice(&out).expect("one document");
        let expected = json!({
            "@timestamp": "2024-03-17T22:41:56.123Z",
            "ecs": { "version": "8.17.0" },
            "event": {
                "kind": "event", "category": ["authentication"], "type": ["start"],
                "action": "Failed Authentication", "outcome": "failure", "code": "18",
                "reason": "AuthenticationFailed", "module": "mongodb_atlas",
                "dataset": "mongodb_atlas.stream_audit", "original": line,
            },
            "user": { "name": "alice", "domain": "admin" },
            "related": { "user": ["alice"], "ip": ["192.0.2.7"] },
            "source": { "address": "192.0.2.7", "ip": "192.0.2.7", "port": 56692 },
            "service": { "type": "mongodb_atlas", "name": "orders" },
            "cloud": { "project": { "name": "Shop" } },
            "mongodb_atlas": { "stream_audit": {
                "outcome_is_inferred": false, "event_is_ambiguous": false,
                "mechanism": "SCRAM-SHA-256", "class_uid": 3002, "activity_id": 1,
            } },
        });
        assert_eq!(document, expected);
        assert_eq!(out.iter().filter(|byte| **byte == b'\n').count(), 1, "one line");
    }

    #[test]
    fn what_is_no_address_is_no_ip() {
        let line = r#"{"atype":"logout","remote":{"ip":"(NONE)"},"ts":"x"}"#;
        let mut out = Vec::new();
        document(line, None, None, &mut out);
        let document: Value = serde_json::from_slice(&out).expect("one document");
        assert_eq!(document["source"], json!({ "address": "(NONE)" }));
        assert_eq!(document["event"]["action"], "Connection Termination");
        assert!(document.get("@timestamp").is_none() && document.get("user").is_none());
    }
}
