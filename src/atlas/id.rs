//! The API's ids.

/// Whether this is an id of the API: 24 hexadecimal digits.
pub fn is_id(text: &str) -> bool {
    text.len() == 24 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
