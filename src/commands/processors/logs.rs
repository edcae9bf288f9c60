//! `processors logs`.

use crate::commands::audit::{self, LogArgs};
use crate::commands::instance_args::OneInstance;
use crate::context::Context;
use crate::error::Result;

/// Which part of the log, and where to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Times are UTC. An empty log is not an error. Atlas does not document the format of \
a line, so lines are passed on unchanged.

Examples:
  spctl processors logs orders
  spctl processors logs --instance orders --processor orders-to-shop \\
      --since 1d --decompress --out -"
)]
pub struct Args {
    #[command(flatten)]
    on: OneInstance,
    #[command(flatten)]
    which: LogArgs,
}

/// Downloads the operational log.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    audit::fetch(context, &audit::OPERATIONAL, &[args.on.name().to_owned()], &args.which)
}
