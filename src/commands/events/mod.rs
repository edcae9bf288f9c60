//! `spctl events`: the project's event feed, which is the administrators' half of the audit.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

mod list;
mod types;

/// What to do with project events.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List events, newest first: who changed or looked at what
    #[command(alias = "ls")]
    List(list::Args),
}

/// Runs one of them.
///
/// # Errors
/// Those of the API; usage, if a moment cannot be read.
pub fn run(context: &Context, command: Command) -> Result<()> {
    let Command::List(args) = command;
    list::run(context, args)
}
