//! The connections of an instance, as every verb reads them.

use futures_util::TryStreamExt;

use crate::atlas::connections::Connection;
use crate::atlas::{Row, redact};
use crate::commands::{instances, known};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::near;
use crate::session::ProjectClient;
use crate::shell::quote;

/// All connections of an instance, as they may be shown.
pub async fn fetch(on: &ProjectClient, instance: &str) -> Result<Vec<Row<Connection>>> {
    let rows = on.client.connections(&on.project, instance).map_ok(shown).try_collect().await;
    match rows.map_err(Error::from) {
        Ok(rows) => Ok(rows),
        Err(error) => Err(instances::missing(on, error, instance).await),
    }
}

/// One connection.
pub async fn one(on: &ProjectClient, instance: &str, name: &str) -> Result<Row<Connection>> {
    match on.client.connection(&on.project, instance, name).await.map_err(Error::from) {
        Ok(row) => Ok(row),
        Err(error) => Err(missing(on, error, instance, name).await),
    }
}

/// The error when a connection, or something of it, is not found: the connection or its instance.
pub(super) async fn missing(on: &ProjectClient, error: Error, instance: &str, name: &str) -> Error {
    if error.kind() != Kind::NotFound {
        return error;
    }
    let missing = match fetch(on, instance).await {
        Err(no_instance) if no_instance.kind() == Kind::NotFound => no_instance,
        known => not_there(instance, name, names(&known.unwrap_or_default())),
    };
    missing.api(error.api_facts().clone())
}

/// The error for a connection that is not among the instance's.
pub fn not_there<'a>(
    instance: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Error {
    let otherwise =
        format!("spctl connections list --instance {} shows which ones exist", quote(instance));
    Error::not_found(format!("there is no connection {name:?} on instance {instance}"))
        .hint(near::hint(name, known, otherwise))
}

/// The names of connections.
pub fn names(known: &[Row<Connection>]) -> impl Iterator<Item = &str> {
    known.iter().map(|row| row.view.name.as_str())
}

/// Refuses the name of a connection that is not there. What the credential may not look up is
/// said, and passes.
///
/// # Errors
/// Not found, with the nearest names; those of the API.
pub async fn check(
    context: &Context,
    on: &ProjectClient,
    instance: &str,
    name: &str,
) -> Result<()> {
    let looked = one(on, instance, name).await.map(drop);
    known::checked(context, &format!("a connection {name}"), looked)
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
