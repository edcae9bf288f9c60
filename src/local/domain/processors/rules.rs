//! What the attributes of a stream processor may be, and how it may be started.

use serde_json::Value;

use super::{pipeline, tiers};
use crate::local::domain::refusal::{Refusal, Subject};
use crate::local::domain::{Attributes, Outcome, Work, known_keys, unknown_attribute, without};

/// Applies the attributes, each by its own rule; `parent` is where the instance's
/// connections are.
pub(super) fn merge(
    work: &Work<'_>,
    parent: &str,
    instance: &Value,
    processor: &mut Value,
    given: &Attributes,
) -> Outcome<()> {
    for (name, value) in given {
        match name.as_str() {
            // Read-only fields come back from a client that sends what it read.
            "_id" | "links" | "name" => continue,
            "pipeline" => pipeline::check(work, parent, value)?,
            "options" => {
                options(work, parent, instance, &mut processor["options"], value)?;
                continue;
            }
            "tier" => tiers::check(name, instance, value)?,
            "failoverEnabled" if !value.is_boolean() => return Err(flag(name)),
            "failoverEnabled" => {}
            _ => return Err(unknown_attribute(name)),
        }
        processor[name] = value.clone();
    }
    Ok(())
}

/// Takes over the options that are named; the others stay.
fn options(
    work: &Work<'_>,
    parent: &str,
    instance: &Value,
    options: &mut Value,
    given: &Value,
) -> Outcome<()> {
    known_keys("options", given, &["autoscaling", "dlq", "links"])?;
    match given.get("dlq") {
        None | Some(Value::Null) => {}
        // As the documentation of the shell's method says.
        Some(Value::Object(nothing)) if nothing.is_empty() => without(options, "dlq"),
        Some(dlq) => {
            pipeline::check_dlq(work, parent, dlq)?;
            options["dlq"] = dlq.clone();
        }
    }
    if let Some(wanted) = given.get("autoscaling") {
        scale(instance, options, "options.autoscaling", wanted)?;
    }
    Ok(())
}

fn scale(instance: &Value, options: &mut Value, name: &str, wanted: &Value) -> Outcome<()> {
    match tiers::autoscaling(name, instance, &options["autoscaling"], wanted)? {
        Some(scaling) => options["autoscaling"] = scaling,
        None => without(options, "autoscaling"),
    }
    Ok(())
}

/// How many bytes a processor may have, as JSON: no more than the Admin API takes in one request.
const LARGEST: usize = 1 << 20;

/// Checks that what is to be stored of a processor is no larger than one may be.
///
/// # Errors
/// Invalid.
pub(super) fn size(processor: &Value) -> Outcome<()> {
    match processor.to_string().len() {
        size if size > LARGEST => {
            let detail = format!(
                "A stream processor may have at most {LARGEST} bytes as JSON; this one has {size}."
            );
            Err(Refusal::unfit(Subject::Attribute, "processor", detail))
        }
        _ => Ok(()),
    }
}

/// The document gives no pattern; what a path and a shell take without quoting is assumed.
pub(super) fn name(name: &str) -> Outcome<()> {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    match begins && name.len() <= 128 && name.chars().all(fits) {
        true => Ok(()),
        false => {
            let detail = "letters, digits, '-', '_' and '.', beginning with a letter or digit";
            Err(Refusal::invalid("name", detail))
        }
    }
}

fn check_failover(instance: &Value, value: &Value) -> Outcome<()> {
    if !matches!(value["dryRun"], Value::Null | Value::Bool(_)) {
        return Err(flag("failover.dryRun"));
    }
    let failovers = instance["failoverRegions"].as_array().into_iter().flatten();
    let mut regions = failovers.chain([&instance["dataProcessRegion"]]).map(|r| &r["region"]);
    if !value["region"].is_string() || !regions.any(|region| *region == value["region"]) {
        let detail = "it is not one of the workspace's regions";
        return Err(Refusal::invalid("failover.region", detail));
    }
    match value["mode"].as_str() {
        Some("GRACEFUL" | "FORCED") => Ok(()),
        None if value["mode"].is_null() => Ok(()),
        _ => Err(Refusal::invalid("failover.mode", "it must be GRACEFUL or FORCED")),
    }
}

fn flag(name: &str) -> Refusal {
    Refusal::invalid(name, "it must be true or false")
}

/// Whether a processor can go on from its checkpoint with a changed pipeline; takes the word about
/// it out of what is wanted.
pub(super) fn resumes(processor: &Value, given: &mut Attributes) -> Outcome<()> {
    if given.get("pipeline").is_some_and(|pipeline| !pipeline.is_array()) {
        return Err(Refusal::invalid("pipeline", "it must be a list of stages"));
    }
    let resume = given.get("options").and_then(|options| options.get("resumeFromCheckpoint"));
    let afresh = resume == Some(&Value::Bool(false));
    let moves = given
        .get("pipeline")
        .is_some_and(|new| new[0]["$source"] != processor["pipeline"][0]["$source"]);
    // A checkpoint is a position in its source.
    if moves && !afresh && processor["state"] != "CREATED" {
        let detail = "The $source changes, so the processor cannot resume from its checkpoint. \
                      Set options.resumeFromCheckpoint to false.";
        return Err(Refusal::unfit(Subject::Checkpoint, "$source", detail));
    }
    if let Some(options) = given.get_mut("options").and_then(Value::as_object_mut) {
        match options.shift_remove("resumeFromCheckpoint") {
            None | Some(Value::Bool(_)) => {}
            Some(_) => return Err(flag("options.resumeFromCheckpoint")),
        }
    }
    Ok(())
}

/// Checks how a processor is to be started, and takes over what of it stays.
pub(super) fn start(
    work: &Work<'_>,
    instance: &Value,
    processor: &mut Value,
    given: &Attributes,
) -> Outcome<()> {
    for (name, value) in given {
        match name.as_str() {
            "failover" => check_failover(instance, value)?,
            "resumeFromCheckpoint" if value.is_boolean() => {}
            "resumeFromCheckpoint" => return Err(flag(name)),
            "startAtOperationTime" => {
                let time = value.as_str().and_then(|t| t.parse::<jiff::Timestamp>().ok());
                let time = time.ok_or_else(|| Refusal::invalid(name, "it is not a time"))?;
                if time > work.now {
                    return Err(Refusal::invalid(name, "it lies in the future"));
                }
            }
            "tier" => {
                tiers::check(name, instance, value)?;
                processor["tier"] = value.clone();
            }
            "autoscaling" => scale(instance, &mut processor["options"], name, value)?,
            "links" => {}
            _ => return Err(unknown_attribute(name)),
        }
    }
    Ok(())
}
