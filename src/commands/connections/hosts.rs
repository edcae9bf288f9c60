//! Lists of hosts, in which a comma too many leaves an empty one.

use serde_json::Value;

use super::body::Body;
use crate::error::{Error, Result};

/// The fields that are lists of hosts, with the options that set them.
const LISTS: [(&str, &str); 2] =
    [("bootstrapServers", "--bootstrap-servers"), ("schemaRegistryUrls", "--registry-url")];

/// Leaves out what is empty in the lists of hosts.
///
/// # Errors
/// Usage: nothing is left.
pub(super) fn tidy(body: &mut Body) -> Result<()> {
    for (field, option) in LISTS {
        let Some(given) = body.sent.get(field).filter(|given| !given.is_null()) else { continue };
        let Some(left) = without_empty(given) else {
            let why = format!("{field} names no host");
            return Err(Error::usage(why).hint(format!("{option} takes one, or several")));
        };
        if left == *given {
            continue;
        }
        // Where the name of a variable is shown, it goes on to be.
        if body.shown.get(field) == Some(given) {
            body.shown.insert(field.to_owned(), left.clone());
        }
        body.sent.insert(field.to_owned(), left);
    }
    Ok(())
}

/// The list without what is empty in it; `None` if that is everything.
fn without_empty(list: &Value) -> Option<Value> {
    match list {
        Value::String(text) => {
            let hosts = text.split(',').map(str::trim).filter(|host| !host.is_empty());
            let left = hosts.collect::<Vec<_>>().join(",");
            (!left.is_empty()).then(|| left.into())
        }
        Value::Array(items) => {
            let is_empty = |item: &Value| item.as_str().is_some_and(|text| text.trim().is_empty());
            let left: Vec<_> = items.iter().filter(|item| !is_empty(item)).cloned().collect();
            (!left.is_empty()).then(|| left.into())
        }
        other => Some(other.clone()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn empty_hosts_are_left_out() {
        for (given, left) in [
            (json!("a:1,,b:2"), Some(json!("a:1,b:2"))),
            (json!(" a:1 , b:2, "), Some(json!("a:1,b:2"))),
            (json!(", ,"), None),
            (json!(["", "https://a", " "]), Some(json!(["https://a"]))),
            (json!([""]), None),
            (json!(7), Some(json!(7))),
        ] {
            assert_eq!(without_empty(&given), left, "{given}");
        }
    }

    #[test]
    fn the_name_of_a_variable_goes_on_to_be_shown() {
        let mut body = Body::default();
        body.set_secret(&["bootstrapServers"], "a:1,", "${BROKERS}");
        tidy(&mut body).unwrap();
        assert_eq!(body.sent["bootstrapServers"], "a:1");
        assert_eq!(body.shown["bootstrapServers"], "${BROKERS}");
    }
}
