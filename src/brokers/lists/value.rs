//! What stands in JSON and YAML, for readers that take what they find.

use std::ops::RangeInclusive;

use serde_json::Value;

/// The text of a key.
pub(super) fn text<'a>(value: &'a Value, key: &str) -> Option<&'a str> {
    value.get(key)?.as_str()
}

/// The items of a key; none where it is missing or no array.
pub(super) fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// The texts of a key that has one or an array of them.
pub(super) fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    match value.get(key) {
        Some(Value::String(one)) => vec![one],
        Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

/// Whether a key is there and not null.
pub(super) fn has(value: &Value, key: &str) -> bool {
    value.get(key).is_some_and(|value| !value.is_null())
}

/// A number, or one in a text.
pub(super) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok())
}

/// Ports as `9092`, `"9092"` or `"9092-9094"`; `None` for names and `*`.
pub(super) fn ports(value: &Value) -> Option<RangeInclusive<u16>> {
    let port = |text: &str| text.trim().parse::<u16>().ok();
    match value {
        Value::Number(number) => number.as_u64()?.try_into().ok().map(|port: u16| port..=port),
        Value::String(text) => match text.split_once('-') {
            Some((first, last)) => Some(port(first)?..=port(last)?),
            None => port(text).map(|port| port..=port),
        },
        _ => None,
    }
}

/// `tcp/9092`, `tcp/9092,9094-9096`, or `all ports`.
pub(super) fn shown(ports: &[RangeInclusive<u16>]) -> String {
    if ports.is_empty() {
        return "all ports".to_owned();
    }
    let one = |ports: &RangeInclusive<u16>| match ports.start() == ports.end() {
        true => ports.start().to_string(),
        false => format!("{}-{}", ports.start(), ports.end()),
    };
    format!("tcp/{}", ports.iter().map(one).collect::<Vec<_>>().join(","))
}

/// Every object in a value, the outer ones first.
pub(super) fn objects(value: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(fields) => {
                found.push(value);
                left.extend(fields.values().rev());
            }
            Value::Array(items) => left.extend(items.iter().rev()),
            _ => {}
        }
    }
    found
}
