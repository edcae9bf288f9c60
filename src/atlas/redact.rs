//! Secrets out of what is shown.

use serde_json::Value;

/// What stands in the place of a secret.
pub const MASK: &str = "********";

/// Fields whose value is a secret, by the words in their names; compared without case, dashes and
/// underscores, so that header names, Kafka settings and the API's own fields all match.
const WORDS: [&str; 11] = [
    "password",
    "secret",
    "privatekey",
    "sslkey",
    "authorization",
    "accesstoken",
    "refreshtoken",
    "apikey",
    "cookie",
    "credential",
    "jaas",
];

/// Whether a field or header of this name holds a secret.
pub fn is_secret(name: &str) -> bool {
    let name: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
    WORDS.iter().any(|word| name.contains(word)) || matches!(name.as_str(), "token" | "assertion")
}

/// A JSON value with every secret masked. Headers that a connection sends to a third party are
/// masked whole: a key to that party may have any name. So is what stands before the host of an
/// address.
pub fn json(mut value: Value) -> Value {
    mask(&mut value);
    value
}

fn mask(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if name == "headers" {
                    mask_values(value);
                } else if is_secret(name) && holds_text(value) {
                    *value = MASK.into();
                } else {
                    mask(value);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mask),
        Value::String(text) => {
            if let Some(masked) = anonymous(text) {
                *text = masked;
            }
        }
        _ => {}
    }
}

/// An address without the user and the password that it holds; `None` where it holds none.
pub fn anonymous(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let at = rest[..authority].rfind('@')?;
    (at > 0).then(|| format!("{scheme}://{MASK}{}", &rest[at..]))
}

/// An object under a secret's name, as `apiKey` of the API's root, is masked field by field.
fn holds_text(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Number(_) | Value::Array(_))
}

fn mask_values(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(mask_values),
        Value::Array(items) => items.iter_mut().for_each(mask_values),
        Value::Null => {}
        other => *other = MASK.into(),
    }
}

/// Hands out every text of a value.
pub(super) fn each_text(value: &mut Value, change: &mut impl FnMut(&mut String)) {
    match value {
        Value::String(text) => change(text),
        Value::Object(fields) => fields.values_mut().for_each(|field| each_text(field, change)),
        Value::Array(items) => items.iter_mut().for_each(|item| each_text(item, change)),
        _ => {}
    }
}

/// Masks the secrets of a request where an answer quotes them.
pub(super) fn scrub(text: &mut String, request: &Value) {
    match request {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(secret) if is_secret(name) && !secret.is_empty() => {
                        put(text, secret, MASK);
                    }
                    Value::String(address) => {
                        if let Some(masked) = anonymous(address) {
                            put(text, address, &masked);
                        }
                    }
                    value => scrub(text, value),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| scrub(text, item)),
        _ => {}
    }
}

/// Puts what is shown of a request in the place of what it holds, where an answer quotes it.
pub(super) fn scrub_hidden(text: &mut String, request: &Value, shown: &Value) {
    match (request, shown) {
        (Value::String(secret), Value::String(name)) if secret != name && !secret.is_empty() => {
            put(text, secret, name);
        }
        (Value::Object(fields), shown) => {
            for (name, value) in fields {
                scrub_hidden(text, value, &shown[name]);
            }
        }
        (Value::Array(items), shown) => {
            for (index, item) in items.iter().enumerate() {
                scrub_hidden(text, item, &shown[index]);
            }
        }
        _ => {}
    }
}

/// Puts something in the place of a secret, also where it is quoted as it stood in JSON.
fn put(text: &mut String, secret: &str, instead: &str) {
    let escaped = Value::from(secret).to_string();
    for secret in [secret, escaped.trim_matches('"')] {
        if text.contains(secret) {
            *text = text.replace(secret, instead);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::anonymous;

    #[test]
    fn an_address_keeps_its_host_and_loses_its_user() {
        let masked = |text| anonymous(text).unwrap();
        assert_eq!(masked("https://u:p@example.com/in?x=1"), "https://********@example.com/in?x=1");
        assert_eq!(masked("https://token@example.com"), "https://********@example.com");
        assert_eq!(
            masked("https://u:p@ss@example.com:443/a@b"),
            "https://********@example.com:443/a@b"
        );
        for plain in [
            "https://example.com/@me",
            "https://example.com?mail=a@b",
            "https://@example.com",
            "alice@example.com",
            "broker:9092",
            "",
        ] {
            assert_eq!(anonymous(plain), None, "{plain}");
        }
    }
}
