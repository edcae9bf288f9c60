//! The connections of an instance, as every verb reads them.

use futures_util::TryStreamExt;

use crate::atlas::connections::Connection;
use crate::atlas::{Row, redact};
use crate::commands::instances::missing;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;

/// All connections of an instance, as they may be shown.
pub(super) async fn fetch(on: &ProjectClient, instance: &str) -> Result<Vec<Row<Connection>>> {
    let rows = on.client.connections(&on.project, instance).map_ok(shown).try_collect().await;
    rows.map_err(|error| missing(Error::from(error), instance))
}

/// One connection.
pub(super) async fn one(on: &ProjectClient, instance: &str, name: &str) -> Result<Row<Connection>> {
    let connection = on.client.connection(&on.project, instance, name).await.map_err(Error::from);
    connection.map_err(|error| match error.kind() {
        Kind::NotFound => not_there(instance, name).api(error.api_facts().clone()),
        _ => error,
    })
}

/// The error for a connection that does not exist.
pub(super) fn not_there(instance: &str, name: &str) -> Error {
    Error::not_found(format!(
        "there is no connection {name:?} on instance {instance:?}, or no such instance"
    ))
    .hint(format!("spctl connections list --instance {instance} shows which ones exist"))
}

/// An answer that holds connections, as it may be shown: the API returns the headers that are sent
/// to a third party, and one of them may be a key to it. Everything else stays as it came.
pub fn shown<T>(row: Row<T>) -> Row<T> {
    let text = row.raw.get();
    if !text.contains("\"headers\"") && !text.contains("://") {
        return row;
    }
    let masked = serde_json::from_str(row.raw.get()).map(redact::json);
    match masked.and_then(|value| serde_json::value::to_raw_value(&value)) {
        Ok(raw) => Row { raw, ..row },
        Err(_) => row,
    }
}
