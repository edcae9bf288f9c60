//! What an update sends: the fields that change.

use serde_json::{Map, Value};

use super::body::{Body, overlay, same};

/// The top-level fields that a patch changes, each whole: what was read, with the change in it.
/// Nothing that was read is lost if the API replaces a field, and nothing that cannot be read,
/// such as a password, is needed.
pub(super) fn changed(before: &Map<String, Value>, patch: &Body) -> Option<Body> {
    let mut body = Body::default();
    for (key, given) in &patch.sent {
        if matches!(key.as_str(), "name" | "type" | "id" | "state" | "links") {
            continue;
        }
        let was = before.get(key).cloned().unwrap_or_default();
        let laid = |given: &Value| {
            let mut after = was.clone();
            overlay(&mut after, given);
            // The API replaces these whole, and takes only strings.
            if let ("config" | "headers", Value::Object(fields)) = (key.as_str(), &mut after) {
                fields.retain(|_, value| !value.is_null());
            }
            // A private link goes with its kind of access: left on another kind it could not be deleted.
            if let Some(access) = after.get_mut("access").and_then(Value::as_object_mut)
                && access.get("type").is_some_and(|way| way != "PRIVATE_LINK")
            {
                access.shift_remove("connectionId");
            }
            after
        };
        let sent = laid(given);
        if !same(&was, &sent) {
            let shown = laid(patch.shown.get(key).unwrap_or(given));
            body.sent.insert(key.clone(), sent);
            body.shown.insert(key.clone(), shown);
        }
    }
    (!body.sent.is_empty()).then_some(body)
}
