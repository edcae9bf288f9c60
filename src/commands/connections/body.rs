//! The document of a connection in a request: as it is sent, and as it may be shown.

use serde_json::{Map, Value};

use crate::atlas::redact;

/// Two documents of one shape: the one that is sent, and the one that is shown in its place, in
/// which the names of variables stand for their values.
#[derive(Debug, Clone, Default)]
pub struct Body {
    /// What is sent.
    pub sent: Map<String, Value>,
    /// What is shown.
    pub shown: Map<String, Value>,
}

impl Body {
    /// Sets what may be seen.
    pub fn set(&mut self, path: &[&str], value: impl Into<Value>) {
        let value = value.into();
        put(&mut self.sent, path, value.clone());
        put(&mut self.shown, path, value);
    }

    /// Sets what may not be seen.
    pub fn set_secret(&mut self, path: &[&str], secret: &str, shown: impl Into<Value>) {
        put(&mut self.sent, path, secret.into());
        put(&mut self.shown, path, shown.into());
    }

    /// A text that is sent.
    pub fn text(&self, path: &[&str]) -> Option<&str> {
        let (first, rest) = path.split_first()?;
        let found = rest.iter().try_fold(self.sent.get(*first)?, |value, key| value.get(key));
        found?.as_str()
    }

    /// What reading back can show of it: everything but secrets and headers, which may be keys, and
    /// addresses without the users in them.
    pub fn readable(&self) -> Value {
        let mut fields = Value::Object(self.sent.clone());
        forget_secrets(&mut fields);
        redact::json(fields)
    }

    /// The lines of a preview: each value under its path, before and after.
    pub fn differences(&self, before: &Map<String, Value>) -> Vec<String> {
        let mut lines = Vec::new();
        let before = Value::Object(before.clone());
        let seen = (redact::json(before.clone()), redact::json(Value::Object(self.shown.clone())));
        let sent = Value::Object(self.sent.clone());
        differ("", (&before, &sent), (&seen.0, &seen.1), &mut lines);
        lines
    }
}

fn put(map: &mut Map<String, Value>, path: &[&str], value: Value) {
    let Some((first, rest)) = path.split_first() else { return };
    if rest.is_empty() {
        map.insert((*first).to_owned(), value);
        return;
    }
    let below = map.entry((*first).to_owned()).or_insert_with(|| Map::new().into());
    if !below.is_object() {
        *below = Map::new().into();
    }
    if let Some(below) = below.as_object_mut() {
        put(below, rest, value);
    }
}

/// Merges a patch into a document: objects are merged, everything else is replaced. A `null`
/// stays, because the API takes it as "remove".
pub fn overlay(into: &mut Value, patch: &Value) {
    match (into, patch) {
        (Value::Object(into), Value::Object(patch)) => {
            for (key, value) in patch {
                match into.get_mut(key) {
                    Some(below) => overlay(below, value),
                    None => {
                        into.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (into, patch) => into.clone_from(patch),
    }
}

/// Whether two documents are the same; a `null` equals a missing field.
pub fn same(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let keys = left.keys().chain(right.keys());
            let at =
                |map: &Map<String, Value>, key: &str| map.get(key).cloned().unwrap_or_default();
            keys.into_iter().all(|key| same(&at(left, key), &at(right, key)))
        }
        (left, right) => left == right,
    }
}

fn forget_secrets(value: &mut Value) {
    if let Value::Object(fields) = value {
        fields.retain(|name, value| {
            !redact::is_secret(name) && name != "headers" && !value.is_null()
        });
        fields.values_mut().for_each(forget_secrets);
    }
}

/// The longest value that a preview shows whole; certificates are longer.
const LONGEST: usize = 120;

/// The differences of two documents: secrets are compared, and masked on both sides.
fn differ(path: &str, is: (&Value, &Value), seen: (&Value, &Value), lines: &mut Vec<String>) {
    if let Value::Object(fields) = seen.1 {
        for (key, value) in fields {
            let below = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            differ(&below, (&is.0[key], &is.1[key]), (&seen.0[key], value), lines);
        }
        return;
    }
    if same(is.0, is.1) {
        return;
    }
    let after = words(seen.1);
    lines.push(match seen.0.is_null() {
        true => format!("{path}: {after}"),
        false => format!("{path}: {} -> {after}", words(seen.0)),
    });
}

fn words(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) if text.contains("-----BEGIN") => "(PEM)".to_owned(),
        Value::String(text) if text.chars().count() > LONGEST => {
            format!("{}…", text.chars().take(LONGEST).collect::<String>())
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_value_of_the_environment_is_sent_and_never_shown() {
        let mut body = Body::default();
        body.set(&["authentication", "mechanism"], "PLAIN");
        body.set_secret(&["authentication", "password"], "hunter2", "${PASSWORD}");
        body.set_secret(&["url"], "https://a.example/key", "${URL}");
        assert_eq!(body.text(&["authentication", "password"]), Some("hunter2"));
        let shown = body.differences(&Map::new()).join("\n");
        assert!(!shown.contains("hunter2") && shown.contains("url: ${URL}"), "{shown}");
        let readable =
            json!({"authentication": {"mechanism": "PLAIN"}, "url": "https://a.example/key"});
        assert_eq!(body.readable(), readable);
    }

    #[test]
    fn a_merge_loses_nothing_that_is_not_named() {
        let mut before = json!({"a": {"b": 1, "c": 2}, "d": [1]});
        overlay(&mut before, &json!({"a": {"c": 3}, "d": [2, 3]}));
        assert_eq!(before, json!({"a": {"b": 1, "c": 3}, "d": [2, 3]}));
        assert!(same(&json!({"a": null}), &json!({})));
        assert!(!same(&json!({"a": 1}), &json!({})));
    }
}
