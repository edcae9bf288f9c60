//! What an object is, in few characters: by it the local control plane tells whether an object is
//! still what a client has read.

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::hex::hex;

/// What the server says of an object by itself, and nobody sets: states, figures and dates.
const PASSING: [&str; 7] = [
    "state",
    "stats",
    "errorMessage",
    "interfaceEndpointId",
    "interfaceEndpointName",
    "lastAuth",
    "clusterCount",
];

/// An object without what passes, and without links, which say where it was asked for.
pub fn lasting(mut object: Value) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.retain(|key, _| !PASSING.contains(&key.as_str()));
    }
    unlink(&mut object);
    object
}

/// An object without links, which say where it was asked for.
pub fn unlinked(mut object: Value) -> Value {
    unlink(&mut object);
    object
}

fn unlink(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.shift_remove("links");
            fields.values_mut().for_each(unlink);
        }
        Value::Array(items) => items.iter_mut().for_each(unlink),
        _ => {}
    }
}

/// The SHA-256 of what lasts of an object, in hexadecimal digits; the order of fields does not
/// count.
pub fn of(object: Value) -> String {
    let mut object = lasting(object);
    object.sort_all_objects();
    hex(&Sha256::digest(object.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn order_and_state_do_not_count_and_all_else_does() {
        let one = of(json!({"name": "a", "roles": [{"x": 1, "y": 2}], "state": "READY"}));
        let same = json!({"links": [], "roles": [{"y": 2, "links": [], "x": 1}], "name": "a"});
        assert_eq!(one, of(same));
        assert_ne!(one, of(json!({"name": "a", "roles": [{"x": 1, "y": 3}]})));
    }
}
