//! `peerings accept`.

use super::decision::{self, Decision, Selection};
use crate::context::Context;
use crate::error::{Error, Kind, Result};

/// Selection peerings to accept.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings accept pcx-0123456789abcdef0 --account-id 111122223333
  spctl peerings accept pcx-0123456789abcdef0 --account-id 111122223333 \\
      --vpc-id vpc-0abc --yes --wait")]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
    /// Accept only peerings that this VPC requests
    #[arg(long, value_name = "VPC")]
    vpc_id: Option<String>,
}

/// Accepts peerings.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    let Args { selection, vpc_id } = args;
    // For this verb alone, the account limits what is accepted, and not just where to look.
    let accounts = selection.accounts.ids();
    decision::run(context, selection, Decision::Accept, |peering| {
        let (account, vpc) = (&peering.requester_account_id, &peering.requester_vpc_id);
        let other = |what: &str, is: &str, wanted: &str| {
            Error::new(
                Kind::Conflict,
                format!("peering {} is requested by {what} {is}, not by {wanted}", peering.id),
            )
            .hint("accept it only if you know who that is: a peering opens the network behind it")
        };
        if !accounts.is_empty() && !accounts.contains(account) {
            return Err(other("account", account, &accounts.join(", ")));
        }
        match &vpc_id {
            Some(wanted) if wanted != vpc => Err(other("VPC", vpc, wanted)),
            _ => Ok(()),
        }
    })
    .await
}
