//! The commands that look at documents: `sample` of a processor that runs, `process` of a pipeline
//! that is not stored, and what both ask for more with.

use std::time::Duration;

use bson::{Bson, doc};
use jiff::Timestamp;
use tokio::time::Instant;

use super::call::Call;
use super::options::Options;
use super::{Answer, Command};
use crate::local::crypto;
use crate::local::domain::instances::InstanceName;
use crate::local::domain::processors::{self, Ephemeral, ProcessorName};
use crate::local::domain::refusal::Reason;
use crate::local::domain::{Outcome, Work};
use crate::local::wire::cursors::Standing;
use crate::local::wire::failure::{Code, Failure};
use crate::local::wire::json::from_bson;

/// How many documents come at a time, if nobody says.
const BATCH: i64 = 5;
/// How long documents are waited for. Shells ask again at once after some, and soon after none.
const WAIT: Duration = Duration::from_secs(1);
/// How often it is looked whether some came.
const LOOK: Duration = Duration::from_millis(100);

/// `startSampleStreamProcessor`.
pub(super) async fn start(call: Call<'_>, command: &Command) -> Answer {
    let name = call.processor();
    let limit = Options::of(command, &["limit"]).and_then(|mut given| given.count("limit"));
    let (name, limit, looked) = call
        .write(move |work, instance| {
            let (name, limit) = (name?, limit?);
            let looked = processors::sample(work, ProcessorName { instance, name: &name })?;
            Ok((name, limit, looked))
        })
        .await?;
    let limit = limit.and_then(|limit| u64::try_from(limit).ok());
    let cursor = call.cursors().open(call.owner(), &name, looked, limit, false)?;
    Ok(doc! { "cursorId": cursor, "ok": 1.0 })
}

/// `processStreamProcessor`.
pub(super) async fn process(call: Call<'_>, command: &Command) -> Answer {
    let pipeline = match command.body.get(&command.name) {
        Some(pipeline @ Bson::Array(_)) => Ok(from_bson(pipeline.clone())),
        _ => {
            let text = format!("{} needs an array of stages", command.name);
            Err(Failure::new(Code::FAILED_TO_PARSE, text))
        }
    };
    let given = Options::of(command, &["dlq", "streamMetaFieldName", "tier"]);
    let given = given.and_then(|mut given| {
        given.text("tier")?;
        Ok((given.document("dlq")?, given.text("streamMetaFieldName")?))
    });
    let (name, looked) = call
        .write(move |work, instance| {
            let (pipeline, (dlq, meta)) = (pipeline?, given?);
            let dlq = dlq.map(|dlq| from_bson(dlq.into()));
            let random = crypto::random_hex();
            let name = random.map_err(|e| Failure::new(Code::INTERNAL, e.to_string()))?;
            let wanted = Ephemeral {
                name: &name,
                pipeline: &pipeline,
                dlq: dlq.as_ref(),
                meta: meta.as_deref(),
            };
            let looked = processors::process(work, instance, wanted)?;
            Ok((name, looked))
        })
        .await?;
    let cursor = call.cursors().open(call.owner(), &name, looked, None, true)?;
    Ok(doc! { "name": name, "cursorId": cursor, "ok": 1.0 })
}

/// `getMoreSampleStreamProcessor`: waits a little for documents, so that who asks at once again does
/// not ask all the time.
pub(super) async fn more(call: Call<'_>, command: &Command) -> Answer {
    let name = call.processor();
    let given = Options::of(command, &["cursorId", "batchSize"]).and_then(|mut given| {
        let cursor = given.count("cursorId")?;
        let missing = || Failure::new(Code::INVALID_OPTIONS, "\"cursorId\" is missing");
        Ok((cursor.ok_or_else(missing)?, given.count("batchSize")?.unwrap_or(BATCH)))
    });
    let first = call.read(move |_, _| {
        let (name, (cursor, most)) = (name?, given?);
        Ok((name, cursor, u64::try_from(most).unwrap_or(1)))
    });
    let (name, cursor, most) = first.await?;
    let owner = call.owner();
    let look = || {
        let (call, owner, name) = (&call, &owner, name.clone());
        async move {
            let now = call.read(move |work, instance| {
                let standing = standing(work, instance, &name)?;
                Ok((name, work.now, standing))
            });
            let (name, now, standing) = now.await?;
            call.cursors().more(owner, &name, cursor, most, now, &standing)
        }
    };
    let batch = wait_for(look, |batch| batch.is_last || !batch.messages.is_empty()).await?;
    let cursor = if batch.is_last { 0 } else { cursor };
    Ok(doc! { "cursorId": cursor, "messages": batch.messages, "ok": 1.0 })
}

/// Looks again and again until there is what is waited for, or the time is over.
async fn wait_for<T, F: Future<Output = Result<T, Failure>>>(
    mut look: impl FnMut() -> F,
    is_it: impl Fn(&T) -> bool,
) -> Result<T, Failure> {
    let asked = Instant::now();
    loop {
        let seen = look().await?;
        if is_it(&seen) || asked.elapsed() >= WAIT {
            return Ok(seen);
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn standing(work: &Work<'_>, instance: InstanceName<'_>, name: &str) -> Outcome<Standing> {
    match processors::running(work, ProcessorName { instance, name }) {
        Ok(run) => Ok(Standing::Running(run)),
        Err(refusal) if matches!(refusal.reason, Reason::NotFound | Reason::WrongState) => {
            Ok(Standing::Over)
        }
        Err(failure) => Err(failure),
    }
}

/// Drops a pipeline that is not stored; false if none of this name runs.
///
/// # Errors
/// The actor may not drop processors.
pub(super) async fn drop_ephemeral(call: &Call<'_>, name: &str) -> Result<bool, Failure> {
    let now: Timestamp = call.read(|work, _| Ok(work.now)).await?;
    let instance = call.owner().instance;
    if !call.cursors().has_ephemeral(&instance, name, now) {
        return Ok(false);
    }
    let dropped = name.to_owned();
    let recorded = call
        .write(move |work, instance| Ok(processors::ephemeral_dropped(work, instance, &dropped)?));
    recorded.await?;
    call.cursors().drop_ephemeral(&instance, name, now);
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_asks_waits_for_documents_but_not_for_long() {
        let begun = Instant::now();
        let mut looks = 0;
        let look = || {
            looks += 1;
            let seen = looks;
            async move { Ok(seen) }
        };
        assert_eq!(wait_for(look, |seen| *seen == 4).await.unwrap(), 4);
        assert_eq!(begun.elapsed(), LOOK * 3);
        let begun = Instant::now();
        assert_eq!(wait_for(|| async { Ok(0) }, |seen| *seen == 1).await.unwrap(), 0);
        assert_eq!(begun.elapsed(), WAIT);
        let gone = || async { Err::<i32, _>(Failure::new(Code::CURSOR_NOT_FOUND, "gone")) };
        assert!(wait_for(gone, |_| false).await.is_err());
    }
}
