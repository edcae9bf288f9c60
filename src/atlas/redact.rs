//! Secrets out of what is shown.

use serde_json::Value;

/// What stands in the place of a secret.
pub const MASK: &str = "********";

/// Fields whose value is a secret, by the words in their names; compared without case, dashes and
/// underscores, so that header names, Kafka settings and the API's own fields all match.
const WORDS: [&str; 11] = [
    "password",
    "secret",
    "privatekey",
    "sslkey",
    "authorization",
    "accesstoken",
    "refreshtoken",
    "apikey",
    "cookie",
    "credential",
    "jaas",
];

/// Whether a field or header of this name holds a secret.
pub fn is_secret(name: &str) -> bool {
    let name: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
    WORDS.iter().any(|word| name.contains(word)) || matches!(name.as_str(), "token" | "assertion")
}

/// A JSON value with every secret masked. Headers that a connection sends to a third party are
/// masked whole: a key to that party may have any name.
pub fn json(mut value: Value) -> Value {
    mask(&mut value);
    value
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if name == "headers" {
                    mask_values(value);
                } else if is_secret(name) && holds_text(value) {
                    *value = MASK.into();
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        _ => {}
    }
}

/// An object under a secret's name, as `apiKey` of the API's root, is masked field by field.
fn holds_text(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Number(_) | Value::Array(_))
}

fn mask_values(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(mask_values),
        Value::Array(items) => items.iter_mut().for_each(mask_values),
        Value::Null => {}
        other => *other = MASK.into(),
    }
}

/// Masks the secrets of a request where an answer quotes them.
pub(super) fn scrub(text: &mut String, request: &Value) {
    match request {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(secret) if is_secret(name) && !secret.is_empty() => {
                        *text = text.replace(secret.as_str(), MASK);
                    }
                    value => scrub(text, value),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| scrub(text, item)),
        _ => {}
    }
}

/// Puts what is shown of a request in the place of what it holds, where an answer quotes it.
pub(super) fn scrub_hidden(text: &mut String, request: &Value, shown: &Value) {
    match (request, shown) {
        (Value::String(secret), Value::String(name)) if secret != name && !secret.is_empty() => {
            *text = text.replace(secret.as_str(), name);
        }
        (Value::Object(fields), shown) => {
            for (name, value) in fields {
                scrub_hidden(text, value, &shown[name]);
            }
        }
        (Value::Array(items), shown) => {
            for (index, item) in items.iter().enumerate() {
                scrub_hidden(text, item, &shown[index]);
            }
        }
        _ => {}
    }
}
