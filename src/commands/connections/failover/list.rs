//! `connections failover list`.

use super::{LISTING, Parent};
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;

/// Whose failover connections to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  spctl connections failover list order-events --instance orders")]
pub struct Args {
    #[command(flatten)]
    parent: Parent,
}

/// Lists failover connections.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let on = context.project().await?;
    let rows = rows(on.client.streaming().failover_connections(args.parent.of(on)));
    let nothing = format!("connection {} has no failover connections", args.parent.connection);
    match context.ui.list(&LISTING, rows, &nothing).await {
        Ok(_) => Ok(()),
        Err(error) => Err(args.parent.missing(on, error).await),
    }
}
