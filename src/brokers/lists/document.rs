//! A file, taken apart as far as every format does.

use serde_json::Value;

use super::Unreadable;
use crate::json;

/// The text of a file, and the JSON or YAML in it.
#[derive(Debug)]
pub struct Document<'a> {
    /// All of it, as it stands there.
    pub text: &'a str,
    /// The documents in it, if it is JSON or YAML.
    pub values: Vec<Value>,
}

impl<'a> Document<'a> {
    /// Takes a file apart.
    ///
    /// # Errors
    /// It is no text, or begins as JSON or YAML and does not go on so.
    pub fn parse(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        let text = str::from_utf8(bytes).map_err(|_| Unreadable::NotText)?;
        let values = match text.trim_start().starts_with(['{', '[']) {
            true => {
                json::check(bytes)?;
                json::documents(text).map_err(|error| broken("JSON", &error))?
            }
            false if is_yaml(text) => {
                serde_saphyr::from_multiple(text).map_err(|error| broken("YAML", &error))?
            }
            false => Vec::new(),
        };
        Ok(Document { text, values })
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The documents, and the items of those that are arrays.
    pub fn items(&self) -> impl Iterator<Item = &Value> {
        self.values.iter().flat_map(|value| match value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        })
    }

    /// Whether one of the items has this key.
    pub fn has(&self, key: &str) -> bool {
        self.items().any(|item| item.get(key).is_some())
    }
}

/// Whether it is one of the documents that are kept in YAML: those say of which kind they are.
fn is_yaml(text: &str) -> bool {
    let says = |line: &str| {
        let line = line.trim_start_matches("- ");
        ["kind:", "apiVersion:", "cidr:"].iter().any(|key| line.starts_with(key))
    };
    text.contains(':') && text.lines().any(says)
}

/// An error may quote what is wrong, however long that is.
fn broken(notation: &'static str, error: &dyn std::fmt::Display) -> Unreadable {
    let why = error.to_string();
    let why = why.lines().next().unwrap_or_default().chars().take(200).collect();
    Unreadable::Broken { notation, why }
}
