//! Secrets of connections and of pipelines, which no policy holds: references say where one belongs.

use serde_json::{Map, Value, json};

use crate::atlas::redact::{self, MASK};

/// The key of a reference, which stands where a secret does.
pub const REFERENCE: &str = "secretRef";

/// Which secrets the API wants beside a mechanism of authentication, and never answers.
const BY_MECHANISM: &[(&str, &[&str])] = &[
    ("PLAIN", &["password"]),
    ("SCRAM-256", &["password"]),
    ("SCRAM-512", &["password"]),
    ("OAUTHBEARER", &["clientSecret"]),
    ("USER_INFO", &["password"]),
];

/// Which secrets stand beside a field that is answered.
const BESIDE: &[(&str, &[&str])] = &[("sslCertificate", &["sslKey"])];

/// A connection with references in place of its secrets, whether they are answered or not.
pub fn referring(instance: &str, connection: Value) -> Value {
    let name = connection["name"].as_str().unwrap_or_default();
    let root = format!("connections/{instance}/{name}");
    let masked = redact::json(connection.clone());
    refer(&root, connection, masked)
}

/// A processor with references in place of the secrets in its pipeline: headers of requests, and texts
/// under the name of a secret.
pub fn referring_in_pipeline(instance: &str, processor: Value) -> Value {
    let name = processor["name"].as_str().unwrap_or_default();
    let root = format!("processors/{instance}/{name}");
    in_pipeline(&root, false, processor)
}

fn in_pipeline(path: &str, is_secret: bool, value: Value) -> Value {
    match value {
        Value::Object(fields) if fields.contains_key(REFERENCE) => Value::Object(fields),
        Value::Object(fields) => {
            let each = fields.into_iter().map(|(name, value)| {
                let all_of_it = is_secret || name == "headers";
                let is_secret = all_of_it || redact::is_secret(&name) && value.is_string();
                let value = in_pipeline(&format!("{path}/{name}"), is_secret, value);
                (name, value)
            });
            Value::Object(each.collect())
        }
        Value::Array(items) => {
            let each = items.into_iter().enumerate();
            each.map(|(index, item)| in_pipeline(&format!("{path}/{index}"), is_secret, item))
                .collect()
        }
        Value::String(_) if is_secret => json!({ REFERENCE: path }),
        Value::String(text) => match redact::anonymous(&text) {
            Some(shown) => json!({ REFERENCE: path, "shown": shown }),
            None => Value::String(text),
        },
        value => value,
    }
}

/// A value with references where its masked copy has a mask. What was referred to before stays.
fn refer(path: &str, value: Value, mut masked: Value) -> Value {
    match (value, &mut masked) {
        (Value::Object(fields), _) if fields.contains_key(REFERENCE) => Value::Object(fields),
        (Value::Object(fields), Value::Object(masked)) => {
            let mut all: Map<String, Value> = Map::new();
            for (name, value) in fields {
                let masked = masked.remove(&name).unwrap_or_default();
                let value = refer(&format!("{path}/{name}"), value, masked);
                all.insert(name, value);
            }
            for name in unanswered(&all) {
                let path = format!("{path}/{name}");
                all.entry(name).or_insert_with(|| json!({ REFERENCE: path }));
            }
            Value::Object(all)
        }
        (Value::Array(items), Value::Array(masked)) => {
            let each = (0..).zip(items.into_iter().zip(std::mem::take(masked)));
            let each =
                each.map(|(index, (item, masked))| refer(&format!("{path}/{index}"), item, masked));
            Value::Array(each.collect())
        }
        (_, Value::String(text)) if text == MASK => json!({ REFERENCE: path }),
        // The host of an address is none, whoever may sign in there.
        (_, Value::String(text)) if text.contains(MASK) => {
            json!({ REFERENCE: path, "shown": text })
        }
        (value, _) => value,
    }
}

/// A document without its references: what else looks like a secret in it is one.
pub fn without_references(document: &Value) -> Value {
    match document {
        Value::Object(fields) if fields.contains_key(REFERENCE) => Value::Null,
        Value::Object(fields) => {
            let each = fields.iter().map(|(name, value)| (name.clone(), without_references(value)));
            Value::Object(each.collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(without_references).collect()),
        value => value.clone(),
    }
}

/// The secrets that belong to a part of a document and are never answered.
fn unanswered(fields: &Map<String, Value>) -> Vec<&'static str> {
    let is = |key: &str, wanted: &str| fields.get(key).is_some_and(|value| value == wanted);
    let by_mechanism =
        BY_MECHANISM.iter().filter(|(name, _)| is("mechanism", name) || is("type", name));
    let beside = BESIDE.iter().filter(|(name, _)| fields.contains_key(*name));
    by_mechanism.chain(beside).flat_map(|(_, secrets)| *secrets).copied().collect()
}

/// Every reference in a document: where it stands, and what it is called.
pub fn references(document: &Value) -> Vec<(Vec<String>, &str)> {
    let mut found = Vec::new();
    collect(document, &mut Vec::new(), &mut found);
    found
}

fn collect<'a>(value: &'a Value, at: &mut Vec<String>, found: &mut Vec<(Vec<String>, &'a str)>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(name)) = fields.get(REFERENCE) {
                found.push((at.clone(), name));
                return;
            }
            for (name, value) in fields {
                at.push(name.clone());
                collect(value, at, found);
                at.pop();
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                at.push(index.to_string());
                collect(value, at, found);
                at.pop();
            }
        }
        _ => {}
    }
}
