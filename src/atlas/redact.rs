//! What is secret by the name of its field.

use serde_json::Value;

use crate::mask::Known;
pub use crate::mask::MASK;

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

/// Lets the secrets of a request be known, by the names of their fields, so that they are masked
/// where an answer quotes them. `shown` is what is shown in the request's place, if that differs.
pub fn learn(known: &Known, request: &Value, shown: &Value) {
    match request {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    value if name == "headers" || is_secret(name) && holds_text(value) => {
                        learn_texts(known, value);
                    }
                    value => learn(known, value, &shown[name]),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                learn(known, item, &shown[index]);
            }
        }
        Value::String(text) => match shown.as_str() {
            Some(shown) if shown != text => known.learn(text),
            _ => known.learn_address(text),
        },
        _ => {}
    }
}

fn learn_texts(known: &Known, value: &Value) {
    match value {
        Value::String(text) => known.learn(text),
        Value::Number(number) => known.learn(&number.to_string()),
        Value::Object(fields) => fields.values().for_each(|value| learn_texts(known, value)),
        Value::Array(items) => items.iter().for_each(|item| learn_texts(known, item)),
        Value::Null | Value::Bool(_) => {}
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
