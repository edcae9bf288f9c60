//! The processors of an instance, by name or state.

use futures_util::TryStreamExt;

use crate::atlas::Row;
use crate::atlas::processors::Processor;
use crate::commands::instances;
use crate::commands::names::Listed;
use crate::error::{Error, Kind, Result};
use crate::near;
use crate::session::ProjectClient;
use crate::shell::quote;

/// The states that a processor can be asked for by.
pub(super) const STATES: [&str; 4] = ["CREATED", "STARTED", "STOPPED", "FAILED"];

/// Whether a processor is in one of the states; any will do if none is given.
pub(super) fn is_in(processor: &Processor, states: &[String]) -> bool {
    states.is_empty() || states.iter().any(|state| state.eq_ignore_ascii_case(&processor.state))
}

/// Every processor of an instance.
pub(super) async fn all(on: &ProjectClient, instance: &str) -> Result<Vec<Row<Processor>>> {
    let rows: Result<Vec<_>, _> = on.client.processors(&on.project, instance).try_collect().await;
    match rows.map_err(Error::from) {
        Ok(rows) => Ok(rows),
        Err(error) => Err(instances::missing(on, error, instance).await),
    }
}

/// One processor, from the listing if there is one, otherwise fetched by itself.
pub(super) async fn one(
    on: &ProjectClient,
    instance: &str,
    name: &str,
    listed: Option<&Listed<Processor>>,
) -> Result<Row<Processor>> {
    if let Some(listed) = listed {
        let all = async || all(on, instance).await;
        let found = listed.find(name, all, |processor| vec![processor.name.clone()]).await?;
        return found.ok_or_else(|| not_found(instance, name, listed.names()));
    }
    match on.client.processor(&on.project, instance, name).await.map_err(Error::from) {
        Ok(row) => Ok(row),
        Err(error) => Err(missing(on, error, instance, name).await),
    }
}

/// Words a not-found error as what is missing: a processor, or its instance.
async fn missing(on: &ProjectClient, error: Error, instance: &str, name: &str) -> Error {
    if error.kind() != Kind::NotFound {
        return error;
    }
    let missing = match all(on, instance).await {
        Err(no_instance) if no_instance.kind() == Kind::NotFound => no_instance,
        known => {
            let known = known.unwrap_or_default();
            not_found(instance, name, known.iter().map(|row| row.view.name.as_str()))
        }
    };
    missing.api(error.api_facts().clone())
}

/// There is no such processor among the known ones.
pub(super) fn not_found<'a>(
    instance: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Error {
    let otherwise =
        format!("spctl processors list --instance {} shows which ones exist", quote(instance));
    Error::not_found(format!("there is no stream processor {name:?} on instance {instance}"))
        .hint(near::hint(name, known, otherwise))
}
