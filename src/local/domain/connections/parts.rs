//! What the parts of a connection's document are made of: texts, objects of texts, addresses.

use serde_json::Value;

use crate::local::domain::refusal::Refusal;
use crate::local::domain::{Outcome, known_keys};

/// A text that is there and not empty.
pub(super) fn filled(value: &Value) -> Option<&str> {
    value.as_str().filter(|text| !text.is_empty())
}

/// What must be text where it is there at all.
pub(super) fn as_text<'a>(name: &str, value: &'a Value) -> Outcome<&'a str> {
    match value {
        Value::Null => Ok(""),
        Value::String(text) => Ok(text),
        _ => Err(Refusal::invalid(name, "it must be text")),
    }
}

/// Checks an object of texts, of which the first so many must be there; `name` is its attribute.
pub(super) fn part(name: &str, value: &Value, known: &[&str], required: usize) -> Outcome<()> {
    if value.is_null() {
        return Err(Refusal::missing(name));
    }
    // Its links come back from a client that sends what it read.
    known_keys(name, value, &[known, &["links"]].concat())?;
    for key in known {
        as_text(&format!("{name}.{key}"), &value[*key])?;
    }
    match known.iter().take(required).find(|key| filled(&value[**key]).is_none()) {
        None => Ok(()),
        Some(key) => Err(Refusal::missing(&format!("{name}.{key}"))),
    }
}

/// Checks the IAM role that a connection assumes; `name` is its attribute.
pub(super) fn aws_role(name: &str, value: &Value) -> Outcome<()> {
    part(name, value, &["roleArn", "testBucket"], 1)?;
    match value["roleArn"].as_str().is_some_and(|arn| arn.starts_with("arn:")) {
        true => Ok(()),
        false => {
            let detail = "it must be the ARN of an IAM role";
            Err(Refusal::invalid(&format!("{name}.roleArn"), detail))
        }
    }
}

/// Whether an attribute says nothing. Clients that send all attributes of all types leave those of
/// other types so.
pub(super) fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}

/// Whether it is the address of a web service: strictly as it is written: what parsers take besides, as `https:user:password@host`, would not
/// be known for an address with a password in it.
pub(super) fn web(url: &Value) -> bool {
    let Some(text) = url.as_str() else { return false };
    let host = text.split_once("://").map_or("", |(_, behind)| behind);
    let odd = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
    !host.is_empty()
        && !host.starts_with(['/', '@'])
        && !text.contains(odd)
        && url::Url::parse(text).is_ok_and(|url| {
            matches!(url.scheme(), "https" | "http")
                && url.host_str().is_some_and(|h| !h.is_empty())
        })
}
