//! `connections failover`: what replaces a Kafka or Cluster connection in another region.

use clap::Subcommand;
use futures_util::TryStreamExt;

use super::{fetch as connections_of, summary};
use crate::atlas::Row;
use crate::atlas::connections::Connection;
use crate::atlas::failover_connections::PrimaryConnection;
use crate::commands::instance_args::OnInstance;
use crate::context::Context;
use crate::error::{Error, Result};
use crate::near;
use crate::session::ProjectClient;
use crate::shell::quote;
use crate::ui::{Cell, Column, Listing};

mod add;
mod list;
mod region;
mod remove;
mod update;

pub use region::failover_region;

/// What to do with failover connections.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the failover connections of a connection
    #[command(alias = "ls")]
    List(list::Args),
    /// Add a failover connection for one of the instance's failover regions
    #[command(alias = "create")]
    Add(Box<add::Args>),
    /// Change a failover connection; only what changes is sent
    Update(Box<update::Args>),
    /// Remove failover connections
    #[command(aliases = ["delete", "rm"])]
    Remove(remove::Args),
}

/// The connection that is replaced.
#[derive(Debug, Clone, clap::Args)]
struct Parent {
    /// The connection, of type Kafka or Cluster
    #[arg(value_name = "CONNECTION")]
    connection: String,
    #[command(flatten)]
    instance: OnInstance,
}

impl Parent {
    fn of<'a>(&'a self, on: &'a ProjectClient) -> PrimaryConnection<'a> {
        PrimaryConnection {
            project: &on.project,
            instance: &self.instance.name,
            connection: &self.connection,
        }
    }

    /// The error when something of the connection is not found.
    async fn missing(&self, on: &ProjectClient, error: Error) -> Error {
        connections_of::missing(on, error, &self.instance.name, &self.connection).await
    }
}

static LISTING: Listing<Connection> = Listing {
    columns: &[
        Column::identifying("id", |c| Cell::maybe(c.id.clone())),
        Column::telling_apart("region", |c| Cell::maybe(c.region.clone())),
        Column::new("type", |c| c.kind.as_str().into()),
        Column::new("state", |c| Cell::maybe(c.state.clone())),
        Column::new("target", |c| Cell::maybe(summary::target(c))),
        Column::new("execute-as", |c| {
            Cell::maybe(c.db_role_to_execute.as_ref().map(summary::execute_as))
        }),
        Column::new("name", |c| c.name.as_str().into()),
    ],
    default: 6,
    name: |c| c.id.clone().unwrap_or_default(),
};

/// Failover connections by region, which names them before they have an id.
static BY_REGION: Listing<Connection> =
    Listing { columns: LISTING.columns, default: LISTING.default, name: region_of };

fn region_of(connection: &Connection) -> String {
    connection.region.clone().unwrap_or_default()
}

/// Runs one of them.
pub(super) async fn run(context: &Context, command: Command) -> Result<()> {
    context.ui.check(&LISTING)?;
    match command {
        Command::List(args) => list::run(context, args).await,
        Command::Add(args) => add::run(context, *args).await,
        Command::Update(args) => update::run(context, *args).await,
        Command::Remove(args) => remove::run(context, args).await,
    }
}

async fn fetch(on: &ProjectClient, parent: &Parent) -> Result<Vec<Row<Connection>>> {
    let rows = on.client.failover_connections(parent.of(on)).try_collect().await;
    match rows.map_err(Error::from) {
        Ok(rows) => Ok(rows),
        Err(error) => Err(parent.missing(on, error).await),
    }
}

/// The failover connection of an id or a region.
fn find<'a>(
    known: &'a [Row<Connection>],
    wanted: &str,
    parent: &Parent,
) -> Result<&'a Row<Connection>> {
    let names = |row: &Row<Connection>| -> Vec<String> {
        let region = region_of(&row.view);
        region::names_of(&region).map(str::to_owned).chain(row.view.id.clone()).collect()
    };
    let is = |name: &String| name.eq_ignore_ascii_case(wanted);
    known.iter().find(|row| names(row).iter().any(is)).ok_or_else(|| {
        let (name, instance) = (&parent.connection, &parent.instance.name);
        let names: Vec<String> = known.iter().flat_map(names).collect();
        let otherwise = format!(
            "spctl connections failover list {} --instance {} shows them",
            quote(name),
            quote(instance)
        );
        Error::not_found(format!("connection {name} has no failover connection {wanted:?}"))
            .hint(near::hint(wanted, names.iter().map(String::as_str), otherwise))
    })
}
