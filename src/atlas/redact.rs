//! Which fields are secret by name.

use std::borrow::Cow;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::mask::Known;
pub use crate::mask::MASK;

/// Fields whose value is a secret, by the words in their names; compared without case, dashes and
/// underscores, so that header names, Kafka settings and the API's own fields all match.
const WORDS: [&str; 14] = [
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
    "passphrase",
    "userinfo",
    "saslextensions",
];

/// Words that mark a secret only at the end of a name: the address of a token endpoint is none.
const ENDS: [&str; 3] = ["token", "assertion", "pwd"];

/// Whether a field or header of this name holds a secret.
pub fn is_secret(name: &str) -> bool {
    let name: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric()).collect::<String>().to_lowercase();
    WORDS.iter().any(|word| name.contains(word)) || ENDS.iter().any(|end| name.ends_with(end))
}

/// A JSON value with every secret masked. Headers that a connection sends to a third party are all
/// masked: a key may have any name. So is what precedes the host in an address.
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

/// Fields of an address' query that let their bearer in, beside those whose name says so.
const OF_QUERIES: [&str; 4] = ["key", "sig", "code", "auth"];

/// A text without the users and passwords of the addresses in it, nor the secrets in their queries;
/// `None` if there are none.
pub fn anonymous(text: &str) -> Option<String> {
    let (mut shown, mut rest, mut any) = (String::new(), text, false);
    while let Some((before, after)) = rest.split_once("://") {
        shown.push_str(before);
        shown.push_str("://");
        let authority = after.find(['/', '?', '#']).unwrap_or(after.len());
        rest = match after[..authority].rfind('@').filter(|at| *at > 0) {
            Some(at) => {
                any = true;
                shown.push_str(MASK);
                &after[at..]
            }
            None => after,
        };
        let end = rest.find([' ', '\n', '"', '#']).unwrap_or(rest.len());
        if let Some((path, query)) =
            rest[..end].split_once('?').filter(|(path, _)| !path.contains("://"))
        {
            let fields = query.split('&').map(|field| match field.split_once('=') {
                Some((name, value)) if !value.is_empty() && is_secret_in_query(&plain(name)) => {
                    any = true;
                    format!("{name}={MASK}")
                }
                _ => field.to_owned(),
            });
            let fields: Vec<String> = fields.collect();
            shown.push_str(&format!("{path}?{}", fields.join("&")));
            rest = &rest[end..];
        }
    }
    shown.push_str(rest);
    any.then_some(shown)
}

fn is_secret_in_query(name: &str) -> bool {
    is_secret(name) || OF_QUERIES.contains(&name.to_lowercase().as_str())
}

/// A path with its query, without the values of secret fields.
pub fn target(target: &str) -> String {
    let Some((path, query)) = target.split_once('?') else { return target.to_owned() };
    let field = |field: &str| match field.split_once('=') {
        Some((name, _)) if is_secret(&plain(name)) => format!("{name}={MASK}"),
        _ => field.to_owned(),
    };
    format!("{path}?{}", query.split('&').map(field).collect::<Vec<_>>().join("&"))
}

/// Registers the secrets in a path's query, by the names of their fields.
pub fn learn_query(known: &Known, target: &str) {
    let query = target.split_once('?').map_or("", |(_, query)| query);
    for (name, value) in query.split('&').filter_map(|field| field.split_once('=')) {
        if is_secret(&plain(name)) {
            known.learn(value);
            learn_text(known, &plain(value));
        }
    }
}

fn plain(escaped: &str) -> Cow<'_, str> {
    percent_decode_str(escaped).decode_utf8_lossy()
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

/// Registers the secrets of a request, by the names of their fields, so that they are masked if an
/// answer quotes them. `shown` is what is shown instead of the request, if that differs.
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
            Some(shown) if shown != text => learn_text(known, text),
            _ => known.learn_address(text),
        },
        _ => {}
    }
}

/// Registers a secret, and what is secret within it: a server may quote that alone.
fn learn_text(known: &Known, text: &str) {
    known.learn(text);
    known.learn_address(text);
    // `user:password`
    if let Some((_, password)) = text.split_once(':').filter(|_| !text.contains("://")) {
        known.learn(password);
    }
    // `Bearer eyJ…`, `Basic dTpw`: the scheme is not secret.
    if let Some((scheme, rest)) = text.trim().split_once(' ')
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        let rest = rest.trim();
        known.learn(rest);
        let pair = BASE64_STANDARD.decode(rest).or_else(|_| BASE64_URL_SAFE_NO_PAD.decode(rest));
        let pair = pair.ok().and_then(|pair| String::from_utf8(pair).ok());
        if let Some((user, password)) = pair.as_deref().and_then(|pair| pair.split_once(':')) {
            known.learn(&format!("{user}:{password}"));
            known.learn(password);
        }
    }
    // `required username="u" password="p";`, `token=x&y=z`
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('=') {
        let name = before.trim_end().rsplit(|c: char| c.is_whitespace() || ";,&?\"'".contains(c));
        let name = name.take(1).next().unwrap_or_default();
        let after = after.trim_start();
        let value = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => within(&after[1..], quote),
            _ => after.split([' ', ';', ',', '&', '\n']).next().unwrap_or_default(),
        };
        if is_secret(name) {
            known.learn(value);
            known.learn(&value.replace("\\\"", "\"").replace("\\\\", "\\"));
        }
        rest = after;
    }
}

/// What precedes the closing quote.
fn within(text: &str, quote: char) -> &str {
    let mut escaped = false;
    let end = text.find(|c| {
        let ends = c == quote && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    &text[..end.unwrap_or(text.len())]
}

fn learn_texts(known: &Known, value: &Value) {
    match value {
        Value::String(text) => learn_text(known, text),
        Value::Number(number) => known.learn(&number.to_string()),
        Value::Object(fields) => fields.values().for_each(|value| learn_texts(known, value)),
        Value::Array(items) => items.iter().for_each(|item| learn_texts(known, item)),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{anonymous, is_secret, learn};
    use crate::mask::{Known, MASK};

    #[test]
    fn what_is_secret_in_a_secret_is_known_by_itself() {
        let known = Known::default();
        let request = json!({
            "headers": {"X-One": "Bearer eyJ-token-1", "Y": "Basic dXNlcjpwYXNzd29yZC0y"},
            "config": {
                "sasl.jaas.config": "org.x.Plain required username=\"u\" password=\"pass;word-3\";",
                "schema.registry.url": "http://a:password-4@one,http://b:password-5@two",
                "basic.auth.user.info": "user:password-6",
                "ssl.keystore.pwd": "password-7", "key.passphrase": "password-8",
                "sasl.oauthbearer.token": "password-9", "sasl.extensions": "x=password-10",
            },
        });
        learn(&known, &request, &request);
        for text in [
            "eyJ-token-1",
            "dXNlcjpwYXNzd29yZC0y",
            "user:password-2",
            "password-2",
            "pass;word-3",
            "password-4",
            "password-5",
            "user:password-6",
            "password-6",
            "password-7",
            "password-8",
            "password-9",
            "x=password-10",
        ] {
            assert_eq!(known.mask(text), MASK, "{text}");
        }
    }

    #[test]
    fn settings_are_secret_by_their_names() {
        for name in [
            "basic.auth.user.info",
            "sasl.oauthbearer.token",
            "x.pwd",
            "a.passphrase",
            "my-token",
            "sasl.extensions",
            "sasl.jaas.config",
            "PWD",
            "access_token",
        ] {
            assert!(is_secret(name), "{name}");
        }
        for name in [
            "token_type_hint",
            "tokens",
            "token.endpoint.url",
            "extensions",
            "user",
            "sasl.oauthbearer.token.endpoint.url",
        ] {
            assert!(!is_secret(name), "{name}");
        }
    }

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
