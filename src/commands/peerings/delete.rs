//! `peerings delete`.

use super::decision::{self, Decision, Selection};
use crate::context::Context;
use crate::error::Result;

/// Selection peerings to delete.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  spctl peerings delete pcx-0123456789abcdef0 --wait")]
pub struct Args {
    #[command(flatten)]
    selection: Selection,
}

/// Deletes peerings.
pub(super) async fn run(context: &Context, args: Args) -> Result<()> {
    decision::run(context, args.selection, Decision::Delete, |_| Ok(())).await
}
