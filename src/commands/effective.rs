//! What this program computes about an object, in addition to the API's facts: the last key of its
//! document, in every format that writes documents.

use std::collections::HashMap;

use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::atlas;
use crate::error::Result;
use crate::ui::row;

/// The key of what is computed.
const KEY: &str = "effective";

/// The document of an object with what is computed of it; every other byte is as it came. Nothing
/// computed adds nothing.
///
/// # Errors
/// Failed, where the facts cannot be written as JSON.
pub fn document(raw: &RawValue, facts: &impl Serialize) -> Result<Box<RawValue>> {
    let facts = row::document(facts)?;
    let Some(open) = raw.get().strip_suffix('}').filter(|_| facts.get() != "{}") else {
        return Ok(raw.to_owned());
    };
    // If the API's object has such a key, that one takes precedence.
    if open.contains("\"effective\"") && has_key(raw.get()) {
        return Ok(raw.to_owned());
    }
    let comma = if open.trim_end() == "{" { "" } else { "," };
    let facts = facts.get();
    RawValue::from_string(format!("{open}{comma}\"{KEY}\":{facts}}}"))
        .or_else(|_| Ok(raw.to_owned()))
}

fn has_key(json: &str) -> bool {
    let keys: HashMap<String, IgnoredAny> = serde_json::from_str(json).unwrap_or_default();
    keys.contains_key(KEY)
}

/// An object of an answer with what is computed of it.
///
/// # Errors
/// Those of [`document`].
pub fn with<T>(
    row: atlas::Row<T>,
    facts: impl FnOnce(&T) -> Result<Value>,
) -> Result<atlas::Row<T>> {
    let facts = facts(&row.view)?;
    Ok(atlas::Row { raw: document(&row.raw, &facts)?, view: row.view })
}

/// Removes what was computed from a document that is fed back, or from each of several. Returns
/// whether there was anything.
pub fn take(document: &mut Value) -> bool {
    match document {
        Value::Object(fields) => fields.shift_remove(KEY).is_some(),
        Value::Array(documents) => documents.iter_mut().fold(false, |any, document| {
            let fields = document.as_object_mut();
            fields.is_some_and(|fields| fields.shift_remove(KEY).is_some()) || any
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn spliced(raw: &str, facts: &Value) -> String {
        let raw = RawValue::from_string(raw.to_owned()).unwrap();
        document(&raw, facts).unwrap().get().to_owned()
    }

    #[test]
    fn every_byte_stays_and_the_key_is_the_last() {
        let facts = json!({"a": 1});
        for (raw, with) in [
            ("{}", r#"{"effective":{"a":1}}"#),
            ("{ }", r#"{ "effective":{"a":1}}"#),
            (
                r#"{"x": 1.50, "x\u0079":[ {} ] }"#,
                r#"{"x": 1.50, "x\u0079":[ {} ] ,"effective":{"a":1}}"#,
            ),
            ("{\n  \"s\": \"}\"\n}", "{\n  \"s\": \"}\"\n,\"effective\":{\"a\":1}}"),
            (r#"{"effective":"theirs"}"#, r#"{"effective":"theirs"}"#),
            (r#"{"in":{"effective":1}}"#, r#"{"in":{"effective":1},"effective":{"a":1}}"#),
            ("[]", "[]"),
            ("null", "null"),
        ] {
            assert_eq!(spliced(raw, &facts), with);
            assert_eq!(spliced(raw, &json!({})), raw);
        }
    }

    #[test]
    fn what_is_fed_back_is_what_came() {
        for raw in [r#"{"b":1,"a":{"effective":2}}"#, "{}"] {
            let mut document = serde_json::from_str(&spliced(raw, &json!({"a": 1}))).unwrap();
            assert!(take(&mut document));
            assert_eq!(document.to_string(), raw);
            assert!(!take(&mut document));
        }
        let mut several = json!([{"a": 1, "effective": {}}, 2, {"b": 1}]);
        assert!(take(&mut several));
        assert_eq!(several, json!([{"a": 1}, 2, {"b": 1}]));
    }
}
