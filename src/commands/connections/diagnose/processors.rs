//! The processors that use a connection.

use serde_json::Value;

use super::finding::Finding;
use crate::commands::instances;
use crate::error::{Kind, Result};
use crate::session::ProjectClient;
use crate::shell::quote;

/// A processor that uses the connection.
#[derive(Debug)]
pub(super) struct Using {
    pub(super) name: String,
    pub(super) state: String,
}

/// The processors that name the connection; `None` if they may not be read.
///
/// # Errors
/// Those of the API.
pub(super) async fn using(
    on: &ProjectClient,
    instance: &str,
    connection: &str,
) -> Result<Option<Vec<Using>>> {
    let all = match instances::processors(on, instance).await {
        Err(error) if error.kind() == Kind::NotPermitted => return Ok(None),
        all => all?,
    };
    let uses = |pipeline: &[Value], queue: Option<&str>| {
        queue == Some(connection) || pipeline.iter().any(|stage| names(stage, connection))
    };
    let using = all.into_iter().filter(|processor| {
        let queue = processor.options.dlq.as_ref().map(|dlq| dlq.connection_name.as_str());
        uses(&processor.pipeline, queue)
    });
    Ok(Some(
        using.map(|processor| Using { name: processor.name, state: processor.state }).collect(),
    ))
}

/// Whether a part of a pipeline names the connection. Answers are of bounded depth.
fn names(part: &Value, connection: &str) -> bool {
    match part {
        Value::Object(fields) => fields.iter().any(|(name, value)| {
            (name == "connectionName" && value == connection) || names(value, connection)
        }),
        Value::Array(items) => items.iter().any(|item| names(item, connection)),
        _ => false,
    }
}

/// Processors that have failed, and may say why.
pub(super) fn findings(instance: &str, using: Option<&[Using]>) -> Vec<Finding> {
    let failed = using.into_iter().flatten().filter(|processor| processor.state == "FAILED");
    failed
        .map(|processor| {
            let name = &processor.name;
            let (quoted, instance) = (quote(name), quote(instance));
            Finding::warning("processor", format!("processor {name}, which uses it, has failed"))
                .next(format!("spctl processors get {quoted} --instance {instance}"))
        })
        .collect()
}
