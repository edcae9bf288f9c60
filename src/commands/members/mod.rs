//! `spctl members`: people, their roles in a project or an organisation, and their invitations.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

mod all_projects;
mod execute;
mod get;
mod grant;
mod home;
mod invite;
mod list;
mod remove;
mod revoke;
mod role;
mod role_change;
mod selection;
mod update;
mod view;

/// What to do with people and their roles.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List people, those who have access through the organisation or a team included
    #[command(alias = "ls")]
    List(list::Args),
    /// Show people: roles, invitation, last login
    #[command(alias = "show")]
    Get(get::Args),
    /// Give people roles; whoever is new gets an invitation
    #[command(alias = "add")]
    Invite(invite::Args),
    /// Give members more roles
    Grant(grant::Args),
    /// Take roles from members
    Revoke(revoke::Args),
    /// Set the roles that members have in the organisation
    Update(update::Args),
    /// Take people out of the project, or out of the organisation
    #[command(aliases = ["delete", "rm"])]
    Remove(remove::Args),
}

/// Runs one of them.
///
/// # Errors
/// Those of the command.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::List(args) => context.block_on(list::run(context, args)),
        Command::Get(args) => context.block_on(get::run(context, args)),
        Command::Invite(args) => context.block_on(invite::run(context, args)),
        Command::Grant(args) => context.block_on(grant::run(context, args)),
        Command::Revoke(args) => context.block_on(revoke::run(context, args)),
        Command::Update(args) => context.block_on(update::run(context, args)),
        Command::Remove(args) => context.block_on(remove::run(context, args)),
    }
}
