//! `connections list` and `connections get`, and what the other verbs read.

use futures_util::TryStreamExt;
use serde_json::{Value, json};

use super::Instance;
use super::check::certificates;
use crate::atlas::connections::{Connection, ExecuteAs};
use crate::atlas::{Row, redact};
use crate::change::ObjectId;
use crate::commands::instances::missing;
use crate::commands::names::{self, Named};
use crate::commands::wait::{Look, Wait};
use crate::commands::{effective, rows};
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::session::ProjectClient;
use crate::ui::{Cell, Column, Detail, Listing};

/// Whose connections to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl connections list --instance orders
  spctl connections list --instance orders --columns name,type,execute-as,region")]
pub struct ListArgs {
    #[command(flatten)]
    instance: Instance,
}

/// Which connections to show.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl connections get shop --instance orders
  spctl connections list -q --instance orders | spctl connections get - --instance orders -o yaml")]
pub struct GetArgs {
    #[command(flatten)]
    named: Named,
    #[command(flatten)]
    instance: Instance,
}

/// The columns of a connection.
pub static LISTING: Listing<Connection> = Listing {
    columns: &[
        Column::identifying("name", |c| c.name.as_str().into()),
        Column::telling_apart("type", |c| c.kind.as_str().into()),
        Column::new("state", |c| Cell::maybe(c.state.clone())),
        Column::new("target", |c| Cell::maybe(target(c))),
        Column::new("network", |c| Cell::maybe(network(c))),
        Column::new("execute-as", |c| Cell::maybe(c.db_role_to_execute.as_ref().map(execute_as))),
        Column::new("region", |c| Cell::maybe(c.region.clone())),
        Column::new("id", |c| Cell::maybe(c.id.clone())),
    ],
    default: 6,
    name: |c| c.name.clone(),
};

/// Lists connections as they come.
pub(super) async fn list(context: &Context, args: ListArgs) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let instance = &args.instance.name;
    let connections = on.client.streaming().connections(&on.project, instance).map_ok(shown);
    let rows = rows(connections);
    let nothing = format!("no connections on instance {instance}");
    let listed = context.ui.list(&LISTING, rows, &nothing).await;
    listed.map(drop).map_err(|error| missing(error, instance))
}

/// Shows connections by name.
pub(super) async fn get(context: &Context, args: GetArgs) -> Result<()> {
    let on = context.project().await?;
    let instance = &args.instance.name;
    let listed = names::Listed::default();
    let fetch = async |name: &str, many: bool| {
        let found = if many {
            let all = async || fetch(on, instance).await;
            let found = listed.find(name, all, |connection| vec![connection.name.clone()]).await?;
            found.ok_or_else(|| not_there(instance, name))
        } else {
            one(on, instance, name).await.map(shown)
        };
        effective::with(found?, |connection| Ok(facts(connection)))
    };
    names::show(context, &LISTING, "connection", &args.named.names, fetch, detail).await
}

/// What may be shown of an answer that holds connections: the API tells the headers that are sent
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

/// The error about a connection that is not there.
pub(super) fn not_there(instance: &str, name: &str) -> Error {
    Error::not_found(format!(
        "there is no connection {name:?} on instance {instance:?}, or no such instance"
    ))
    .hint(format!("spctl connections list --instance {instance} shows those there are"))
}

/// Whether a connection that was made or changed can be used.
pub(super) fn readiness(connection: &Connection) -> Look {
    match connection.state.as_deref() {
        None | Some("READY") => Look::Done,
        Some("FAILED") => Look::Failed("Atlas could not set it up".to_owned()),
        Some(state) => Look::Still(state.to_owned()),
    }
}

/// Waits until connections that were made or changed can be used, where that was asked for.
pub(super) async fn wait(
    context: &Context,
    on: &ProjectClient,
    wait: &Wait,
    instance: &str,
    done: &[ObjectId],
) -> Result<()> {
    for object in done {
        let look = async || {
            let row = one(on, instance, &object.name).await?;
            Ok(readiness(&row.view))
        };
        wait.until(context, &object.name, look).await?;
    }
    Ok(())
}

/// What is at the other end.
pub(super) fn target(of: &Connection) -> Option<String> {
    let shown = |url: &String| redact::anonymous(url).unwrap_or_else(|| url.clone());
    let registries: Vec<_> = of.schema_registry_urls.iter().map(shown).collect();
    let registry = (!registries.is_empty()).then(|| registries.join(","));
    let aws = of.aws.as_ref().and_then(|aws| {
        aws.test_bucket.as_ref().map(|bucket| format!("s3://{bucket}")).or(aws.role_arn.clone())
    });
    of.cluster_name
        .clone()
        .or(of.bootstrap_servers.clone())
        .or(of.url.as_ref().map(shown))
        .or(registry)
        .or(aws)
        .or(of.azure.as_ref().and_then(|azure| azure.storage_account_name.clone()))
        .or(of.gcp.as_ref().and_then(|gcp| gcp.service_account_id.clone()))
}

/// The way to the other end.
fn network(of: &Connection) -> Option<String> {
    let networking = of.networking.as_ref().or(of.public_private_networking.as_ref())?;
    Some(networking.access.as_ref()?.kind.clone())
}

/// `role (custom)`
pub(super) fn execute_as(role: &ExecuteAs) -> String {
    format!("{} ({})", role.role, role.kind.to_lowercase())
}

/// A connection in one line.
pub fn summary(connection: &Connection) -> String {
    let mut line = format!("{} ({})", connection.name, connection.kind);
    if let Some(target) = target(connection) {
        line.push_str(&format!(" to {target}"));
    }
    if let Some(role) = &connection.db_role_to_execute {
        line.push_str(&format!(" as {}", role.role));
    }
    line
}

/// What is computed of a connection: what its certificates say.
fn facts(connection: &Connection) -> Value {
    match certificates(connection) {
        none if none.is_empty() => json!({}),
        certificates => json!({ "certificates": certificates }),
    }
}

fn detail(connection: &Connection) -> Detail {
    let mut detail = vec![
        ("connection", vec![connection.name.clone()]),
        ("type", vec![connection.kind.clone()]),
    ];
    let authentication = connection.authentication.as_ref();
    let who = authentication.and_then(|a| a.username.clone().or(a.client_id.clone()));
    let security = connection.security.as_ref();
    let link = connection.networking.as_ref().or(connection.public_private_networking.as_ref());
    let link = link.and_then(|n| n.access.as_ref()?.connection_id.clone());
    let optional = [
        ("state", connection.state.clone()),
        ("target", target(connection)),
        ("cluster's project", connection.cluster_group_id.clone()),
        ("network", network(connection)),
        ("private link", link),
        ("protocol", security.and_then(|s| s.protocol.clone())),
        ("mechanism", authentication.and_then(|a| a.mechanism.clone())),
        ("authenticates as", who),
        ("assumes", connection.aws.as_ref().and_then(|aws| aws.role_arn.clone())),
        ("execute as", connection.db_role_to_execute.as_ref().map(execute_as)),
        ("region", connection.region.clone()),
        ("id", connection.id.clone()),
    ];
    detail.extend(optional.into_iter().filter_map(|(label, value)| Some((label, vec![value?]))));
    let certificates: Vec<String> =
        certificates(connection).iter().map(ToString::to_string).collect();
    if !certificates.is_empty() {
        detail.push(("certificates", certificates));
    }
    detail
}
