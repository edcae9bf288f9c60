//! A row: the raw value as received, and a typed view of it.

use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde_json::value::RawValue;

/// One object of an answer.
#[derive(Debug, Clone)]
pub struct Row<T> {
    /// The object as the server sent it, unknown fields included.
    pub raw: Box<RawValue>,
    /// The fields that this program knows.
    pub view: T,
}

impl<T: DeserializeOwned> Row<T> {
    /// Parses the view of a raw object.
    pub fn parse(raw: Box<RawValue>) -> serde_json::Result<Self> {
        let view = serde_json::from_str(raw.get())?;
        Ok(Row { raw, view })
    }
}

/// For `deserialize_with`: a `null` is the default, because answers hold `null` where the
/// document says a value must be.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
