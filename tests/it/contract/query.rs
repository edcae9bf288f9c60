//! Query parameters: text on the wire, typed in the document.

use serde_json::Value;

/// The pairs of a query, decoded.
pub fn pairs(query: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// Whether a switch is on.
pub fn is_on(query: &str, name: &str) -> bool {
    pairs(query).iter().any(|(n, v)| n == name && v == "true")
}

/// The texts of one parameter as the value that its schema describes; text that does not parse
/// stays text, and fails the schema's `type`.
pub fn value(schema: &Value, texts: &[&str]) -> Value {
    if schema["type"] == "array" {
        return texts.iter().map(|text| scalar(&schema["items"], text)).collect();
    }
    match texts {
        [text] => scalar(schema, text),
        // Given twice: no scalar type allows an array.
        many => many.iter().map(|text| scalar(schema, text)).collect(),
    }
}

fn scalar(schema: &Value, text: &str) -> Value {
    let parsed = match schema["type"].as_str() {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => None,
    };
    parsed.unwrap_or_else(|| Value::from(text))
}
