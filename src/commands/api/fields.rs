//! `-f` and `-F`: fields of a query or of a body, as people write them.

use std::path::Path;

use serde_json::{Map, Value};

use crate::commands::input;
use crate::error::{Error, Result};

/// A field: its key, and its value as it was meant.
pub(super) type Field = (String, Value);

/// `-f key=value`: text as is.
pub(super) fn text(arg: &str) -> Result<Field> {
    let (key, value) = split("-f", arg)?;
    Ok((key, value.into()))
}

/// `-F key=value`: JSON if it is valid, `@file` for a file's contents, else text.
pub(super) fn typed(arg: &str) -> Result<Field> {
    let (key, value) = split("-F", arg)?;
    if let Some(file) = value.strip_prefix('@') {
        let text = input::file_text(&format!("-F {key}"), Path::new(file))?;
        return Ok((key, text.into()));
    }
    let parsed = serde_json::from_str(&value).ok();
    Ok((key, parsed.unwrap_or_else(|| value.into())))
}

fn split(option: &str, arg: &str) -> Result<(String, String)> {
    match arg.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err(Error::usage(format!("{option} {arg:?} is not KEY=VALUE")).hint(format!(
            "write the field and its value as one word, as in: {option} name=orders"
        ))),
    }
}

/// A field's value as a query takes it.
pub(super) fn in_query(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// The document that fields make: `a[b]=c` is a field of a field, `a[]=b` an item of a list.
pub(super) fn document(fields: Vec<Field>) -> Result<Value> {
    let mut document = Value::Object(Map::new());
    for (key, value) in fields {
        let unfit = || Error::usage(format!("the field {key:?} does not fit the ones before it"));
        let (name, rest) = key.split_once('[').map_or((key.as_str(), ""), |(name, _)| {
            (name, key.get(name.len()..).unwrap_or_default())
        });
        let mut steps = vec![name];
        let mut rest = rest;
        while !rest.is_empty() {
            let inner = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            let (step, after) =
                inner.ok_or_else(|| Error::usage(format!("the field {key:?} is not a[b]")))?;
            steps.push(step);
            rest = after;
        }
        let mut place = &mut document;
        for step in steps {
            if step.is_empty() {
                if place.is_null() {
                    *place = Value::Array(Vec::new());
                }
                let items = place.as_array_mut().ok_or_else(unfit)?;
                items.push(Value::Null);
                place = items.last_mut().ok_or_else(unfit)?;
            } else {
                if place.is_null() {
                    *place = Value::Object(Map::new());
                }
                place = place.as_object_mut().ok_or_else(unfit)?.entry(step).or_insert(Value::Null);
            }
        }
        *place = value;
    }
    Ok(document)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fields_make_a_document() {
        let fields = ["name=a", "roles[]=x", "roles[]=y", "region[name]=US", "region[n]=1"];
        let fields = fields.map(|field| text(field).unwrap()).to_vec();
        assert_eq!(
            document(fields).unwrap(),
            json!({"name": "a", "roles": ["x", "y"], "region": {"name": "US", "n": "1"}})
        );
        let typed = ["on=true", "n=2", "s=yes", "l=[1]"].map(|field| typed(field).unwrap());
        let made = document(typed.to_vec()).unwrap();
        assert_eq!(made, json!({"on": true, "n": 2, "s": "yes", "l": [1]}));
        assert!(text("novalue").is_err() && text("=x").is_err());
        assert!(document(vec![text("a=1").unwrap(), text("a[b]=2").unwrap()]).is_err());
        assert!(document(vec![text("a[b=2").unwrap()]).is_err());
    }
}
