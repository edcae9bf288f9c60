//! `spctl audit`: the audit logs of instances.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

mod destination;
mod download;
mod log;
mod receive;
mod window;

pub use log::{LogArgs, OPERATIONAL, fetch};
pub use receive::UNFRAMED;

/// What to do with audit logs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Download the audit logs of instances
    Download(download::Args),
}

/// Runs a subcommand.
///
/// # Errors
/// Those of the API, of the file system, and of a log that did not arrive whole.
pub fn run(context: &Context, command: Command) -> Result<()> {
    let Command::Download(args) = command;
    download::run(context, &args)
}
