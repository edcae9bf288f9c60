//! `spctl events`: the project's event feed: what its administrators did.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

mod list;
mod types;

/// What to do with project events.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List events, newest first: who changed or viewed what
    #[command(alias = "ls")]
    List(list::Args),
}

/// Runs a subcommand.
///
/// # Errors
/// Those of the API; usage, if a time cannot be parsed.
pub fn run(context: &Context, command: Command) -> Result<()> {
    let Command::List(args) = command;
    list::run(context, args)
}
