//! A document as a policy holds it: without what is no policy, its keys and its sets sorted.

use serde_json::{Map, Value};

use super::kinds::{CONNECTIONS, Kind};

/// A document of a kind, such that the same object always gives the same text. What is null or was
/// left out is the same.
pub fn tidied(kind: &Kind, document: &Value) -> Value {
    let Value::Object(fields) = document else { return document.clone() };
    let said = fields.iter().filter(|(name, value)| {
        let name = name.as_str();
        !(is_nothing(value)
            || kind.dropped.contains(&name)
            || kind.defaults.iter().any(|(key, default)| *key == name && *value == default))
    });
    let none = Value::Array(Vec::new());
    let empty = kind.always.iter().filter(|name| fields.get(**name).is_none_or(is_nothing));
    let said = said.map(|(name, value)| (name.as_str(), value));
    let mut fields: Vec<(&str, &Value)> = said.chain(empty.map(|name| (*name, &none))).collect();
    let place =
        |name: &str| kind.identity.iter().position(|key| *key == name).unwrap_or(usize::MAX);
    fields.sort_by_key(|(name, _)| (place(name), *name));
    let each = fields.into_iter().map(|(name, value)| {
        let value = match kind.kept.contains(&name) {
            true => value.clone(),
            false => sorted(kind, name, value),
        };
        (name.to_owned(), value)
    });
    Value::Object(each.collect())
}

/// No value, or none in it.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// A value below a key, sorted through and through.
fn sorted(kind: &Kind, key: &str, value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields
                .iter()
                .filter(|(name, value)| !value.is_null() && *name != "links")
                .collect();
            fields.sort_by_key(|(name, _)| *name);
            let each =
                fields.into_iter().map(|(name, value)| (name.clone(), sorted(kind, name, value)));
            Value::Object(each.collect::<Map<_, _>>())
        }
        Value::Array(items) => {
            let mut items: Vec<Value> = items.iter().map(|item| sorted(kind, "", item)).collect();
            if kind.sets.contains(&key) {
                items.sort_by_cached_key(Value::to_string);
                items.dedup();
            }
            Value::Array(items)
        }
        value => value.clone(),
    }
}

/// By what an object is found again: its identity, but that a connection is known by its name alone,
/// whatever its type.
pub(super) fn known_by(kind: &Kind, document: &Value) -> Vec<String> {
    let mut identity = identity(kind, document);
    if kind.key == CONNECTIONS.key {
        identity.truncate(1);
    }
    identity
}

/// What tells an object of a kind from its like, in the order of [`Kind::identity`].
pub fn identity(kind: &Kind, document: &Value) -> Vec<String> {
    if let Value::String(name) = document {
        return vec![name.clone()];
    }
    let text = |key: &&str| document[*key].as_str().unwrap_or_default().to_owned();
    kind.identity.iter().map(text).collect()
}
