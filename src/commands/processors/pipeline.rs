//! Pipelines: reading them, and what they use.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::commands::input;
use crate::context::Context;
use crate::error::{Error, Result};

/// Reads a pipeline: a list of stages, or a processor's document that has one.
pub(super) fn read(context: &Context, file: &str) -> Result<Value> {
    let mut value = input::document(context, "--pipeline", Path::new(file))?;
    if let Some(inner) = value.get_mut("pipeline") {
        value = inner.take();
    }
    let stages = value.as_array().filter(|stages| !stages.is_empty());
    let is_stage = |stage: &Value| {
        stage.as_object().is_some_and(|s| s.len() == 1 && s.keys().all(|key| key.starts_with('$')))
    };
    match stages.map(|stages| stages.iter().position(|stage| !is_stage(stage))) {
        Some(None) => Ok(value),
        Some(Some(index)) => Err(Error::usage(format!(
            "--pipeline: stage {} is not an object with one operator such as $match",
            index + 1
        ))),
        None => Err(Error::usage("--pipeline: not a list of stages")
            .hint("a pipeline is a list, as in: [{\"$source\": {…}}, …, {\"$merge\": {…}}]")),
    }
}

/// The operators of a pipeline, in their order.
pub(super) fn stages(pipeline: &[Value]) -> Vec<String> {
    let operators = pipeline.iter().filter_map(Value::as_object).flat_map(|stage| stage.keys());
    operators.cloned().collect()
}

/// The connections that a pipeline names, the source first.
pub fn connections(pipeline: &[Value]) -> Vec<String> {
    let mut found = Vec::new();
    pipeline.iter().for_each(|stage| collect(stage, &mut found));
    let mut seen = BTreeSet::new();
    found.retain(|name| seen.insert(name.clone()));
    found
}

fn collect(stage: &Value, found: &mut Vec<String>) {
    for arguments in stage.as_object().into_iter().flat_map(|fields| fields.values()) {
        for place in [Some(arguments), arguments.get("into"), arguments.get("from")] {
            let name = place.and_then(|place| place.get("connectionName"));
            found.extend(name.and_then(Value::as_str).map(str::to_owned));
        }
        let inner = arguments.get("pipeline").and_then(Value::as_array);
        inner.into_iter().flatten().for_each(|stage| collect(stage, found));
    }
}

/// Whether a document has extended JSON, which the server may return in another form.
pub(super) fn is_extended(value: &Value) -> bool {
    const FORMS: [&str; 8] = [
        "$numberInt",
        "$numberLong",
        "$numberDouble",
        "$numberDecimal",
        "$date",
        "$oid",
        "$regularExpression",
        "$binary",
    ];
    match value {
        Value::Object(fields) => {
            fields.iter().any(|(key, value)| FORMS.contains(&key.as_str()) || is_extended(value))
        }
        Value::Array(items) => items.iter().any(is_extended),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn connections_are_found_wherever_a_stage_names_one() {
        let pipeline = [
            json!({"$source": {"connectionName": "in", "topic": "t"}}),
            json!({"$lookup": {"from": {"connectionName": "side", "db": "d", "coll": "c"}}}),
            json!({"$tumblingWindow": {"pipeline": [{"$https": {"connectionName": "web"}}]}}),
            json!({"$merge": {"into": {"connectionName": "in"}}}),
        ];
        assert_eq!(connections(&pipeline), ["in", "side", "web"]);
        assert_eq!(stages(&pipeline)[1], "$lookup");
        assert!(is_extended(&json!([{"$match": {"n": {"$numberLong": "1"}}}])));
    }
}
