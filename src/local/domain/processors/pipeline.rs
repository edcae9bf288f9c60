//! What a pipeline must be: stages, a source at its head, a sink at its end, and connections that
//! the instance's registry has.

use serde_json::Value;

use crate::local::domain::refusal::{Refusal, Subject};
use crate::local::domain::{Outcome, Work};
use crate::local::engine;
use crate::local::store::docs::kind;

/// Stages that read or write through a connection.
const CONNECTED: [&str; 7] =
    ["$source", "$emit", "$merge", "$https", "$externalFunction", "$lookup", "$cachedLookup"];

/// Where the rows of a stored processor may go.
const SINKS: [&str; 4] = ["$emit", "$merge", "$https", "$externalFunction"];

/// Checks a pipeline against the registry below `parent`.
///
/// # Errors
/// Invalid: what is no pipeline; a connection that the registry does not have.
pub(super) fn check(work: &Work<'_>, parent: &str, value: &Value) -> Outcome<()> {
    let names = check_ephemeral(work, parent, value)?;
    if names.len() < 2 || !names.last().is_some_and(|last| SINKS.contains(last)) {
        let detail = format!("its last stage must be one of {}", SINKS.join(", "));
        return Err(Refusal::invalid("pipeline", detail));
    }
    Ok(())
}

/// Checks a pipeline that is not stored and needs no sink; returns its operators.
///
/// # Errors
/// As [`check`].
pub(super) fn check_ephemeral<'a>(
    work: &Work<'_>,
    parent: &str,
    value: &'a Value,
) -> Outcome<Vec<&'a str>> {
    let wrong = |detail: String| Err(Refusal::invalid("pipeline", detail));
    let Some(stages) = value.as_array().filter(|stages| !stages.is_empty()) else {
        return wrong("it must be a list of stages".into());
    };
    let mut names = Vec::new();
    for (index, stage) in stages.iter().enumerate() {
        let fields = stage.as_object().filter(|fields| fields.len() == 1);
        match fields.and_then(|fields| fields.keys().next()) {
            Some(name) if name.starts_with('$') => names.push(name.as_str()),
            _ => return wrong(format!("stage {} is not an object with one $-operator", index + 1)),
        }
    }
    if names.first() != Some(&"$source") || names.iter().skip(1).any(|name| *name == "$source") {
        return wrong("its first stage, and only that, must be $source".into());
    }
    stages.iter().try_for_each(|stage| check_stage(work, parent, stage))?;
    Ok(names)
}

/// Checks a dead letter queue, which is in a cluster of the registry.
///
/// # Errors
/// Invalid: missing fields; a connection that the registry does not have, or no cluster.
pub(super) fn check_dlq(work: &Work<'_>, parent: &str, dlq: &Value) -> Outcome<()> {
    let part = |name: &str| dlq[name].as_str().filter(|text| !text.is_empty());
    let (Some(connection), Some(_), Some(_)) = (part("connectionName"), part("db"), part("coll"))
    else {
        return Err(Refusal::invalid("options.dlq", "it needs connectionName, db and coll"));
    };
    match registered(work, parent, connection)?["type"] == "Cluster" {
        true => Ok(()),
        false => {
            let detail = format!("{connection} is not a connection to a cluster");
            Err(Refusal::invalid("options.dlq", detail))
        }
    }
}

fn check_stage(work: &Work<'_>, parent: &str, stage: &Value) -> Outcome<()> {
    let Some(stage) = stage.as_object() else {
        return Err(Refusal::invalid("pipeline", "each stage must be an object"));
    };
    for (name, arguments) in stage {
        if name == "$match" {
            let wrong = |what: String| Refusal::invalid("pipeline", format!("$match: {what}"));
            engine::check_match(arguments).map_err(wrong)?;
        }
        for holder in [arguments, &arguments["into"], &arguments["from"]] {
            // Elsewhere it may be a field of the data that goes by this name.
            if !CONNECTED.contains(&name.as_str()) {
                continue;
            }
            match &holder["connectionName"] {
                // Two underscores mark the sinks that every instance has, such as a test's log.
                Value::String(named) if named.starts_with("__") => {}
                Value::String(named) => drop(registered(work, parent, named)?),
                Value::Null => {}
                _ => {
                    let detail = format!("the connectionName of {name} must be text");
                    return Err(Refusal::invalid("pipeline", detail));
                }
            }
        }
        // Documents in the pipeline itself are the only source without one.
        let has_source =
            arguments["connectionName"].is_string() || arguments["documents"].is_array();
        if name == "$source" && !has_source {
            return Err(Refusal::invalid("pipeline", "$source needs a connectionName"));
        }
        // Windows and lookups have pipelines of their own.
        let inner = &arguments["pipeline"];
        let stages = inner.as_array();
        if stages.is_none() && !inner.is_null() && (name == "$lookup" || name.ends_with("Window")) {
            let detail = format!("that of {name} must be a list of stages");
            return Err(Refusal::invalid("pipeline", detail));
        }
        for stage in stages.into_iter().flatten() {
            // Elsewhere it may be a field of the data that goes by this name.
            if stage.is_object() || name == "$lookup" || name.ends_with("Window") {
                check_stage(work, parent, stage)?;
            }
        }
    }
    Ok(())
}

/// Checks that the connections of a stored processor are still in the registry.
///
/// # Errors
/// Invalid: one is not, or is being deleted.
pub(super) fn check_connections(work: &Work<'_>, parent: &str, processor: &Value) -> Outcome<()> {
    let stages = processor["pipeline"].as_array().into_iter().flatten();
    for stage in stages {
        check_stage(work, parent, stage)?;
    }
    match processor["options"]["dlq"]["connectionName"].as_str() {
        Some(name) => registered(work, parent, name).map(drop),
        None => Ok(()),
    }
}

fn registered(work: &Work<'_>, parent: &str, name: &str) -> Outcome<Value> {
    let found = work.get(kind::CONNECTION, parent, name)?;
    found.filter(|connection| connection["state"] != "DELETING").ok_or_else(|| {
        let detail = format!("The connection registry has no connection named {name}.");
        Refusal::unfit(Subject::Connection, name, detail)
    })
}
