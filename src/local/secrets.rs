//! The secrets of connections: accepted, but neither stored nor shown again.

use serde_json::Value;

/// What replaces a secret, in the store and in every answer.
const HIDDEN: &str = "********";

/// Secrets that an answer omits altogether.
const UNMENTIONED: &[&str] = &["password", "clientSecret", "sslKey", "sslKeyPassword"];
/// What holds them.
const HOLDERS: &[&str] = &["authentication", "schemaRegistryAuthentication"];

/// Words in the names of fields and settings whose value is a secret, compared without case and
/// punctuation: `sasl.jaas.config` is one.
const WORDS: &[&str] = &[
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
const ENDS: &[&str] = &["token", "assertion", "pwd"];

/// Removes every secret from a connection: its own fields are omitted, as Atlas does; headers for a
/// third party (any may be a key), secret settings and what precedes the host in an address are
/// masked.
pub fn hide(connection: &mut Value) {
    for holder in HOLDERS {
        if let Some(fields) = connection.get_mut(holder).and_then(Value::as_object_mut) {
            fields.retain(|name, _| !UNMENTIONED.contains(&name.as_str()));
        }
    }
    hide_in(connection);
}

fn hide_in(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match name == "headers" || is_secret(name) {
                    true => hide_all(value),
                    false => hide_in(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide_in),
        Value::String(text) => {
            if let Some(hidden) = anonymous(text) {
                *text = hidden;
            }
        }
        _ => {}
    }
}

fn hide_all(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(hide_all),
        Value::Array(items) => items.iter_mut().for_each(hide_all),
        Value::Null => {}
        secret => *secret = HIDDEN.into(),
    }
}

fn is_secret(name: &str) -> bool {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    let name = letters.collect::<String>().to_ascii_lowercase();
    WORDS.iter().any(|word| name.contains(word)) || ENDS.iter().any(|end| name.ends_with(end))
}

/// A text without the users and passwords of the addresses in it; `None` if there are none.
fn anonymous(text: &str) -> Option<String> {
    let (mut hidden, mut rest, mut changed) = (String::new(), text, false);
    while let Some((before, after)) = rest.split_once("://") {
        hidden.push_str(before);
        hidden.push_str("://");
        let authority = after.find(['/', '?', '#']).unwrap_or(after.len());
        rest = match after[..authority].rfind('@').filter(|at| *at > 0) {
            Some(at) => {
                hidden.push_str(HIDDEN);
                changed = true;
                &after[at..]
            }
            None => after,
        };
    }
    hidden.push_str(rest);
    changed.then_some(hidden)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn nothing_that_opens_a_door_stays() {
        let mut connection = json!({
            "name": "c",
            "url": "https://u:hush-1@example.com/in?a=b@c",
            "headers": { "Authorization": "Bearer hush-2", "X-Any": "hush-3", "n": null },
            "config": {
                "sasl.jaas.config": "x required password=\"hush-4\";",
                "ssl.key.password": "hush-5",
                "basic.auth.user.info": "u:hush-11",
                "sasl.oauthbearer.token": "hush-12",
                "keystore.pwd": "hush-13",
                "key.passphrase": "hush-14",
                "sasl.extensions": "a=hush-15",
                "sasl.oauthbearer.token.endpoint.url": "https://example.com/token",
                "schema.registry.url": "http://a:hush-6@one:80,http://b:hush-7@two/x",
                "debug": "queue, msg",
            },
            "schemaRegistryUrls": ["https://hush-8@example.com", "https://example.com/@me"],
            "authentication": {
                "mechanism": "PLAIN", "username": "u", "password": "hush-9",
                "aws": { "secretKey": "hush-10" },
            },
        });
        hide(&mut connection);
        assert!(!connection.to_string().contains("hush"), "{connection}");
        let again = connection.clone();
        hide(&mut connection);
        assert_eq!(connection, again, "what is hidden stays so");
        assert_eq!(connection["url"], "https://********@example.com/in?a=b@c");
        assert_eq!(connection["headers"]["X-Any"], HIDDEN);
        assert_eq!(connection["config"]["debug"], "queue, msg");
        let endpoint = &connection["config"]["sasl.oauthbearer.token.endpoint.url"];
        assert_eq!(endpoint, "https://example.com/token");
        assert_eq!(
            connection["config"]["schema.registry.url"],
            "http://********@one:80,http://********@two/x"
        );
        assert_eq!(connection["schemaRegistryUrls"][1], "https://example.com/@me");
        assert!(connection["authentication"].get("password").is_none());
    }
}
