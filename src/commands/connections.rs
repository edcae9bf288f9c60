//! `spctl connections`: what an instance reads from and writes to, and as which role.

use clap::Subcommand;

use super::instances::missing;
use crate::atlas::connections::Connection;
use crate::commands::names::{self, Named};
use crate::commands::rows;
use crate::context::Context;
use crate::error::{Error, Kind, Result};
use crate::ui::{Cell, Column, Detail, Listing};

/// What to do with connections.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the connections of an instance
    #[command(alias = "ls")]
    List(ListArgs),
    /// Show connections of an instance
    #[command(alias = "show")]
    Get(GetArgs),
}

/// Whose connections to list.
#[derive(Debug, clap::Args)]
pub struct ListArgs {
    /// The instance
    #[arg(long, visible_alias = "workspace", value_name = "NAME")]
    instance: String,
}

/// Which connections to show.
#[derive(Debug, clap::Args)]
pub struct GetArgs {
    #[command(flatten)]
    named: Named,
    /// The instance
    #[arg(long, visible_alias = "workspace", value_name = "NAME")]
    instance: String,
}

static LISTING: Listing<Connection> = Listing {
    columns: &[
        Column { name: "name", value: |c| c.name.as_str().into() },
        Column { name: "type", value: |c| c.kind.as_str().into() },
        Column { name: "state", value: |c| Cell::maybe(c.state.clone()) },
        Column { name: "target", value: |c| Cell::maybe(target(c)) },
        Column { name: "network", value: |c| Cell::maybe(network(c)) },
        Column { name: "execute-as", value: |c| Cell::maybe(execute_as(c)) },
        Column { name: "id", value: |c| Cell::maybe(c.id.clone()) },
    ],
    default: 6,
    name: |c| c.name.clone(),
};

/// Runs one of them.
///
/// # Errors
/// Those of the API, and of names that are not there.
pub fn run(context: &Context, command: Command) -> Result<()> {
    context.ui.check(&LISTING)?;
    context.block_on(async {
        match command {
            Command::List(args) => list(context, args).await,
            Command::Get(args) => get(context, args).await,
        }
    })
}

async fn list(context: &Context, args: ListArgs) -> Result<()> {
    let project = context.project().await?;
    let rows = rows(context.client()?.connections(&project, &args.instance));
    let nothing = format!("no connections on instance {}", args.instance);
    let listed = context.ui.list(&LISTING, rows, &nothing).await;
    listed.map(drop).map_err(|error| missing(error, &args.instance))
}

async fn get(context: &Context, args: GetArgs) -> Result<()> {
    let project = context.project().await?;
    let (client, instance) = (context.client()?, &args.instance);
    let fetch = async |name: &str| {
        let connection = client.connection(&project, instance, name).await.map_err(Error::from);
        connection.map_err(|error| match error.kind() {
            Kind::NotFound => Error::not_found(format!(
                "there is no connection {name:?} on instance {instance:?}, or no such instance"
            ))
            .api(error.api_facts().clone())
            .hint(format!("spctl connections list --instance {instance} shows those there are")),
            _ => error,
        })
    };
    names::show(context, &LISTING, "connection", &args.named.names, fetch, detail).await
}

fn target(connection: &Connection) -> Option<String> {
    let of = connection;
    of.cluster_name.clone().or(of.bootstrap_servers.clone()).or(of.url.clone())
}

fn network(connection: &Connection) -> Option<String> {
    Some(connection.networking.as_ref()?.access.as_ref()?.kind.clone())
}

fn execute_as(connection: &Connection) -> Option<String> {
    let role = connection.db_role_to_execute.as_ref()?;
    Some(format!("{} ({})", role.role, role.kind.to_lowercase()))
}

fn detail(connection: &Connection) -> Detail {
    let mut detail = vec![
        ("connection", vec![connection.name.clone()]),
        ("type", vec![connection.kind.clone()]),
    ];
    let optional = [
        ("state", connection.state.clone()),
        ("target", target(connection)),
        ("network", network(connection)),
        ("execute as", execute_as(connection)),
        ("region", connection.region.clone()),
    ];
    detail.extend(optional.into_iter().filter_map(|(label, value)| Some((label, vec![value?]))));
    detail
}
