//! Labels: `key=value`.

use std::str::FromStr;

use serde_json::{Value, json};

/// A label on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The key, which a user has once.
    pub key: String,
    /// The value.
    pub value: String,
}

impl Label {
    /// As the API takes it.
    pub fn document(&self) -> Value {
        json!({"key": self.key, "value": self.value})
    }
}

impl FromStr for Label {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('=') {
            Some((key, value)) if !key.is_empty() && !value.is_empty() => {
                Ok(Label { key: key.to_owned(), value: value.to_owned() })
            }
            _ => Err("say KEY=VALUE"),
        }
    }
}
