//! `connections list`.

use futures_util::TryStreamExt;

use super::fetch::shown;
use super::summary::{execute_as, network, target};
use crate::atlas::connections::Connection;
use crate::commands::instance_args::OneInstance;
use crate::commands::instances::missing;
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;
use crate::ui::{Cell, Column, Listing};

/// Whose connections to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl connections list orders
  spctl connections list --instance orders \\
      --columns name,type,execute-as,region")]
pub struct Args {
    #[command(flatten)]
    instance: OneInstance,
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
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let instance = args.instance.name();
    let connections = on.client.streaming().connections(&on.project, instance).map_ok(shown);
    let rows = rows(connections);
    let nothing = format!("no connections on instance {instance}");
    match context.ui.list(&LISTING, rows, &nothing).await {
        Ok(_) => Ok(()),
        Err(error) => Err(missing(on, error, instance).await),
    }
}
