//! A policy as text.

use serde_json::Value;

/// A document as YAML, the same for the same document.
///
/// # Errors
/// Why it cannot be written.
pub fn yaml(document: &Value) -> Result<String, String> {
    serde_saphyr::to_string(document).map_err(|error| error.to_string())
}
