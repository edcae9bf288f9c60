//! `audit download`.

use super::log::{self, AUDIT, LogArgs};
use crate::commands::instance_args::Instances;
use crate::context::Context;
use crate::error::Result;

/// Which logs, from when to when, and where to.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The instance is not looked up first: its log outlives it by 30 days. Times are UTC; \
the API's default is the last 30 days, but logs go back further. An empty log is not an error. \
Downloading a log is itself recorded in the log.

Examples:
  spctl audit download orders
  spctl audit download orders --since all --out logs/
  spctl audit download orders --since 2026-11-01 --until 2026-11-02 \\
      --decompress --out - | jq .
  spctl instances list -q | spctl audit download - --since 7d"
)]
pub struct Args {
    #[command(flatten)]
    instances: Instances,
    #[command(flatten)]
    which: LogArgs,
}

/// Downloads the audit logs.
pub(super) fn run(context: &Context, args: &Args) -> Result<()> {
    log::fetch(context, &AUDIT, &args.instances.names(), &args.which)
}
