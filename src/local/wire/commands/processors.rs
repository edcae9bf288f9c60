//! The commands about stored processors, but for those that look at their documents.

use bson::{Bson, Document, doc};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::call::Call;
use super::filter::filter;
use super::options::{Options, done};
use super::{Answer, Command, sampling};
use crate::local::domain::processors::{self, ProcessorName};
use crate::local::domain::{Attributes, instances};
use crate::local::wire::failure::Failure;
use crate::local::wire::json::{from_bson, to_bson};

/// `listStreamProcessors`.
pub(super) async fn list(call: Call<'_>, command: &Command) -> Answer {
    let wanted = Options::of(command, &["filter"]).and_then(|mut given| filter(&mut given));
    let rows = call.read(move |work, instance| {
        let wanted = wanted?;
        let rows = processors::list_inside(work, instance)?;
        let rows = rows.into_iter().map(row).filter(|row| wanted.holds(row));
        Ok(rows.map(Bson::Document).collect::<Vec<Bson>>())
    });
    Ok(doc! { "streamProcessors": rows.await?, "ok": 1.0 })
}

/// `getStreamProcessor`.
pub(super) async fn get(call: Call<'_>, command: &Command) -> Answer {
    let (name, nothing) = (call.processor(), Options::of(command, &[]));
    let found = call.read(move |work, instance| {
        nothing?;
        Ok(processors::get_inside(work, ProcessorName { instance, name: &name? })?)
    });
    let mut row = row(found.await?);
    row.insert("ok", 1.0);
    Ok(row)
}

/// A processor as shells and drivers read it.
fn row(mut processor: Value) -> Document {
    let text = |name: &str| processor[name].as_str().unwrap_or_default();
    let mut row = doc! { "id": text("_id"), "name": text("name") };
    let time = |name: &str| text(name).parse::<Timestamp>().ok().map(Timestamp::as_millisecond);
    let date = |ms: i64| bson::DateTime::from_millis(ms);
    row.extend(time("lastModified").map(|ms| ("lastModified".to_owned(), date(ms).into())));
    row.insert("state", text("state"));
    row.insert("tier", text("tier"));
    row.insert("errorMsg", text("errorMsg"));
    let turned = time("lastStateChange");
    row.insert("pipeline", to_bson(processor["pipeline"].take()));
    row.extend(turned.map(|ms| ("lastStateChange".to_owned(), date(ms).into())));
    let dlq = processor["options"]["dlq"].take();
    let field = processor["streamMetaFieldName"].take();
    for (name, value) in [("dlq", dlq), ("streamMetaFieldName", field)] {
        if !value.is_null() {
            row.insert(name, to_bson(value));
        }
    }
    row
}

/// What a processor is to be, as the domain takes it.
struct Wanted {
    attributes: Attributes,
    /// The field that documents' metadata go to, which the Admin API does not know.
    meta: Option<String>,
}

impl Wanted {
    fn of(command: &Command, known: &[&str]) -> Result<Wanted, Failure> {
        let mut given = Options::of(command, known)?;
        let mut attributes = Attributes::new();
        let mut put = |name: &str, value: Value| drop(attributes.insert(name.to_owned(), value));
        if let Some(pipeline) = given.pipeline()? {
            put("pipeline", from_bson(pipeline));
        }
        for name in ["name", "tier"] {
            if let Some(text) = given.text(name)? {
                put(name, text.into());
            }
        }
        let mut options = Attributes::new();
        if let Some(queue) = given.document("dlq")? {
            options.insert("dlq".to_owned(), from_bson(queue.into()));
        }
        if let Some(resume) = given.flag("resumeFromCheckpoint")? {
            options.insert("resumeFromCheckpoint".to_owned(), resume.into());
        }
        if !options.is_empty() {
            put("options", options.into());
        }
        let enabled = given.typed("failover", "must be true, false or a document", failover)?;
        if let Some(enabled) = enabled {
            put("failoverEnabled", enabled.into());
        }
        Ok(Wanted { attributes, meta: given.text("streamMetaFieldName")? })
    }
}

/// Whether a processor is to move when its region fails.
fn failover(value: Bson) -> Option<bool> {
    match value {
        Bson::Boolean(enabled) => Some(enabled),
        Bson::Document(fields) => fields.get_bool("enabled").ok(),
        _ => None,
    }
}

/// `createStreamProcessor`.
pub(super) async fn create(call: Call<'_>, command: &Command) -> Answer {
    let known = ["pipeline", "dlq", "tier", "streamMetaFieldName", "failover"];
    let (name, wanted) = (call.processor(), Wanted::of(command, &known));
    let created = call.write(move |work, instance| {
        let (name, Wanted { mut attributes, meta }) = (name?, wanted?);
        attributes.insert("name".to_owned(), name.as_str().into());
        processors::create(work, instance, &attributes)?;
        if let Some(field) = meta {
            processors::set_meta_field(work, ProcessorName { instance, name: &name }, &field)?;
        }
        Ok(())
    });
    created.await?;
    done()
}

/// `modifyStreamProcessor`.
pub(super) async fn modify(call: Call<'_>, command: &Command) -> Answer {
    let known = [
        "pipeline",
        "name",
        "dlq",
        "tier",
        "resumeFromCheckpoint",
        "streamMetaFieldName",
        "failover",
    ];
    let (name, wanted) = (call.processor(), Wanted::of(command, &known));
    let modified = call.write(move |work, instance| {
        let (name, Wanted { attributes, meta }) = (name?, wanted?);
        let new = attributes.get("name").and_then(Value::as_str).unwrap_or(&name).to_owned();
        processors::update(work, ProcessorName { instance, name: &name }, attributes)?;
        if let Some(field) = meta {
            processors::set_meta_field(work, ProcessorName { instance, name: &new }, &field)?;
        }
        Ok(())
    });
    modified.await?;
    done()
}

/// `startStreamProcessor`.
pub(super) async fn start(call: Call<'_>, command: &Command) -> Answer {
    let (name, wanted) = (call.processor(), start_options(command));
    let started = call.write(move |work, instance| {
        let (name, wanted) = (name?, wanted?);
        Ok(processors::start_with(work, ProcessorName { instance, name: &name }, &wanted)?)
    });
    started.await?;
    done()
}

fn start_options(command: &Command) -> Result<Attributes, Failure> {
    let known = [
        "tier",
        "resumeFromCheckpoint",
        "startAfter",
        "startAtOperationTime",
        "workers",
        "clearCheckpoints",
        "enableAutoScaling",
    ];
    let mut given = Options::of(command, &known)?;
    let mut wanted = Attributes::new();
    let mut put = |name: &str, value: Value| drop(wanted.insert(name.to_owned(), value));
    if let Some(tier) = given.text("tier")? {
        put("tier", tier.into());
    }
    // Nothing is processed, so there is nothing to share, and no place in a source to begin at.
    given.count("workers")?;
    given.document("startAfter")?;
    let clear = given.flag("clearCheckpoints")?;
    if let Some(resume) = given.flag("resumeFromCheckpoint")?.or(clear.map(|clear| !clear)) {
        put("resumeFromCheckpoint", resume.into());
    }
    let time = given.typed("startAtOperationTime", "must be a time", |value| match value {
        Bson::Timestamp(time) => Timestamp::from_second(i64::from(time.time)).ok(),
        Bson::DateTime(time) => Timestamp::from_millisecond(time.timestamp_millis()).ok(),
        _ => None,
    })?;
    if let Some(time) = time {
        put("startAtOperationTime", time.to_string().into());
    }
    if let Some(enabled) = given.flag("enableAutoScaling")? {
        put("autoscaling", json!({ "enabled": enabled }));
    }
    Ok(wanted)
}

/// `stopStreamProcessor`.
pub(super) async fn stop(call: Call<'_>, command: &Command) -> Answer {
    let (name, nothing) = (call.processor(), Options::of(command, &[]));
    let stopped = call.write(move |work, instance| {
        nothing?;
        Ok(processors::stop(work, ProcessorName { instance, name: &name? })?)
    });
    stopped.await?;
    done()
}

/// `dropStreamProcessor`.
pub(super) async fn drop_one(call: Call<'_>, command: &Command) -> Answer {
    let (name, nothing) = (call.processor(), Options::of(command, &[]));
    if let (Ok(name), Ok(_)) = (&name, &nothing)
        && sampling::drop_ephemeral(&call, name).await?
    {
        return done();
    }
    let dropped = call.write(move |work, instance| {
        nothing?;
        Ok(processors::delete(work, ProcessorName { instance, name: &name? })?)
    });
    dropped.await?;
    done()
}

/// `getStreamProcessorStats`.
pub(super) async fn stats(call: Call<'_>, command: &Command) -> Answer {
    let name = call.processor();
    let given = Options::of(command, &["scale", "verbose"]).and_then(|mut given| {
        given.flag("verbose")?;
        given.count("scale")
    });
    let answer = call.read(move |work, instance| {
        let (name, scale) = (name?, given?.unwrap_or(1));
        let own = ProcessorName { instance, name: &name };
        let id = instances::get(work, instance)?["_id"].as_str().unwrap_or_default().to_owned();
        let stats = processors::running_stats(work, own)?;
        let pipeline = processors::get_inside(work, own)?["pipeline"].take();
        Ok(doc! {
            "ok": 1.0,
            "ns": format!("{id}.{}.{name}", instance.project),
            "stats": scaled(stats, scale),
            "pipeline": to_bson(pipeline),
        })
    });
    answer.await
}

/// Statistics with sizes in units of so many bytes, and counts as wide as clients expect them.
fn scaled(mut stats: Value, scale: i64) -> Document {
    // Only those of a processor that runs are asked for.
    stats["status"] = "running".into();
    stats["scaleFactor"] = scale.into();
    let fields = stats.as_object().cloned().unwrap_or_default().into_iter();
    let mut scaled: Document = fields
        .map(|(name, value)| match value.as_i64() {
            Some(size) if name.ends_with("Size") || name.ends_with("Bytes") => {
                (name, Bson::Int64(size / scale))
            }
            Some(count) => (name, Bson::Int64(count)),
            None => (name, to_bson(value)),
        })
        .collect();
    scaled.insert("ok", 1.0);
    scaled
}
