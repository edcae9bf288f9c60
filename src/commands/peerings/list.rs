//! `peerings list`.

use futures_util::{StreamExt, stream};

use super::{Accounts, LISTING};
use crate::commands::rows;
use crate::context::Context;
use crate::error::Result;

/// Which peerings to list.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings list
  spctl peerings list --account-id 111122223333")]
pub struct Args {
    /// Only active peerings, from any account; the default if no account is named
    #[arg(long, conflicts_with = "accounts")]
    active: bool,
    #[command(flatten)]
    accounts: Accounts,
}

/// Lists peerings as they come.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    context.ui.check(&LISTING)?;
    let on = context.project().await?;
    let client = on.client.streaming();
    let accounts = args.accounts.ids();
    if accounts.is_empty() {
        let rows = rows(client.active_peerings(&on.project));
        let nothing = "no active peerings in this project";
        context.ui.list(&LISTING, rows, nothing).await?;
        if !args.active {
            context.ui.hint(
                "--account-id lists the peerings that an account has requested, active or not",
            );
        }
        return Ok(());
    }
    let rows =
        rows(stream::iter(&accounts).flat_map(|account| client.peerings(&on.project, account)));
    let nothing = format!("no peerings requested by {}", accounts.join(", "));
    context.ui.list(&LISTING, rows, &nothing).await.map(drop)
}
