//! Labels: `key=value`.

use std::str::FromStr;

use serde_json::{Value, json};

use crate::error::{Error, Result};

/// A label on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The key, which a user has once.
    pub key: String,
    /// The value.
    pub value: String,
}

impl Label {
    /// The label as the API takes it.
    pub fn document(&self) -> Value {
        json!({"key": self.key, "value": self.value})
    }
}

/// Labels as a user can have them: each key once.
///
/// # Errors
/// Usage: one key with two values.
pub fn each(labels: &[Label]) -> Result<Vec<Label>> {
    let mut each: Vec<Label> = Vec::new();
    for label in labels {
        match each.iter().find(|other| other.key == label.key) {
            None => each.push(label.clone()),
            Some(other) if other == label => {}
            Some(other) => {
                let (key, one, other) = (&label.key, &other.value, &label.value);
                return Err(Error::usage(format!(
                    "--label {key}: given as both {one} and {other}"
                ))
                .hint("a user has one value per key"));
            }
        }
    }
    Ok(each)
}

impl FromStr for Label {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((key, value)) if !key.is_empty() && !value.is_empty() => {
                Ok(Label { key: key.to_owned(), value: value.to_owned() })
            }
            _ => Err("expected KEY=VALUE"),
        }
    }
}
