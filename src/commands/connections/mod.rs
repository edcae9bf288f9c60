//! `spctl connections`: what an instance reads from and writes to, and as which role.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

mod body;
mod certificates;
mod check;
mod create;
mod delete;
mod diagnose;
mod execute_as;
pub(super) mod failover;
pub(super) mod fetch;
mod file;
mod flags;
mod get;
mod hosts;
mod list;
mod needs;
mod patch;
mod ready;
mod role;
mod subject;
mod summary;
mod update;

pub use summary::summary;

/// What to do with connections.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the connections of an instance
    #[command(alias = "ls")]
    List(list::Args),
    /// Show connections of an instance
    #[command(alias = "show")]
    Get(get::Args),
    /// Create a connection, from options or a file
    Create(Box<create::Args>),
    /// Change a connection; only what changes is sent
    Update(Box<update::Args>),
    /// Change the role that a Cluster connection reads and writes as
    ExecuteAs(execute_as::Args),
    /// Delete connections
    #[command(aliases = ["remove", "rm"])]
    Delete(delete::Args),
    /// Check when the certificates of connections expire
    Check(check::Args),
    /// Tell why the broker of a connection does not answer
    Diagnose(diagnose::Args),
    /// Manage what replaces a connection when its instance fails over to another region
    #[command(subcommand)]
    Failover(failover::Command),
}

/// Runs one of them.
///
/// # Errors
/// Those of the API; not found, for names that do not exist.
pub fn run(context: &Context, command: Command) -> Result<()> {
    context.block_on(async {
        match command {
            Command::List(args) => list::run(context, args).await,
            Command::Get(args) => get::run(context, args).await,
            Command::Create(args) => create::run(context, *args).await,
            Command::Update(args) => update::run(context, *args).await,
            Command::ExecuteAs(args) => execute_as::run(context, args).await,
            Command::Delete(args) => delete::run(context, args).await,
            Command::Check(args) => check::run(context, args).await,
            Command::Diagnose(args) => diagnose::run(context, args).await,
            Command::Failover(command) => failover::run(context, command).await,
        }
    })
}
