//! `spctl privileges`: who may do what, and by which way; what of it is used. Only `trim` changes anything.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

mod asked;
mod between;
mod can;
mod check;
mod evidence;
mod matrix;
mod of;
mod of_holder;
mod page;
mod paths;
mod paths_dot;
mod suggest;
mod trim;
mod unused;
mod users;
mod who_can;

/// What to ask.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List who may do an action: database users, people, programs, each with the way
    WhoCan(who_can::Args),
    /// Show what database users and people may do, and why: actions, clusters, pipelines, expiry
    #[command(alias = "explain")]
    Of(of::Args),
    /// Tell whether a database user may do an action on an instance: exit code 0 or 3
    Can(can::Args),
    /// Check policies for what they must not allow: exit code 0 or 3
    #[command(subcommand)]
    Check(check::Command),
    /// Show users by actions, for each instance
    Matrix(matrix::Args),
    /// List which clusters users reach through pipelines, and what that gives them
    Paths(paths::Args),
    /// List what users may do, with what the audit logs show of its use
    Unused(unused::Args),
    /// Suggest the least role that covers what the audit logs show in use
    Suggest(suggest::Args),
    /// Give users the least role that covers what the audit logs show in use, with a record
    Trim(trim::Args),
}

/// Runs one of them.
///
/// # Errors
/// Those of the API; usage, for a file that is no policy; not found, for names that do not exist.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::WhoCan(args) => who_can::run(context, &args),
        Command::Of(args) => of::run(context, &args),
        Command::Can(args) => can::run(context, &args),
        Command::Check(command) => check::run(context, &command),
        Command::Matrix(args) => matrix::run(context, &args),
        Command::Paths(args) => paths::run(context, &args),
        Command::Unused(args) => unused::run(context, &args),
        Command::Suggest(args) => suggest::run(context, &args),
        Command::Trim(args) => trim::run(context, args),
    }
}
