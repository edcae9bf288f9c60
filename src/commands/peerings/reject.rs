//! `peerings reject`.

use super::decision::{self, Decision, Selection};
use crate::context::Context;
use crate::error::Result;

/// Selection peerings to reject.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings reject pcx-0123456789abcdef0 --account-id 999988887777")]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
}

/// Rejects peerings.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    decision::run(context, args.selection, Decision::Reject, |_| Ok(())).await
}
