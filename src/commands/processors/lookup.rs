//! The processors of an instance, by name or state.

use futures_util::TryStreamExt;

use crate::atlas::Row;
use crate::atlas::processors::Processor;
use crate::commands::instances;
use crate::commands::names::Listed;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;

/// Whether a processor is in one of the states; any will do if none is given.
pub(super) fn is_in(processor: &Processor, states: &[String]) -> bool {
    states.is_empty() || states.iter().any(|state| state.eq_ignore_ascii_case(&processor.state))
}

/// Every processor of an instance.
pub(super) async fn all(on: &ProjectClient, instance: &str) -> Result<Vec<Row<Processor>>> {
    let rows: Result<Vec<_>, _> = on.client.processors(&on.project, instance).try_collect().await;
    rows.map_err(|error| missing(error.into(), instance, ""))
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
        return found.ok_or_else(|| not_found(instance, name));
    }
    let processor = on.client.processor(&on.project, instance, name).await.map_err(Error::from);
    processor.map_err(|error| missing(error, instance, name))
}

/// Words a not-found error as what is missing: the instance, or a processor of it.
pub(super) fn missing(error: Error, instance: &str, name: &str) -> Error {
    let code = error.api_facts().error_code.clone().unwrap_or_default();
    if error.kind() != Kind::NotFound || code == "GROUP_NOT_FOUND" {
        return error;
    }
    if name.is_empty() || code.contains("TENANT") || code.contains("INSTANCE") {
        return instances::missing(error, instance);
    }
    not_found(instance, name).api(error.api_facts().clone())
}

/// There is no such processor.
pub(super) fn not_found(instance: &str, name: &str) -> Error {
    Error::not_found(format!("there is no stream processor {name:?} on instance {instance}"))
        .hint(format!("spctl processors list --instance {instance} shows which ones exist"))
}
