//! `spctl members`: people, their roles in a project or an organisation, and their invitations.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

mod all_projects;
mod execute;
mod footprint;
mod get;
mod grant;
mod home;
mod invite;
mod list;
mod offboard;
mod remove;
mod revoke;
mod role;
mod role_change;
mod selection;
mod update;
mod view;

pub use offboard::take_back;
pub use role::{display, displays};

/// Manage people and their roles.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List people, including those with access through the organisation or a team
    #[command(alias = "ls")]
    List(list::Args),
    /// Show people: roles, invitation, last login
    #[command(alias = "show")]
    Get(get::Args),
    /// Grant people roles; newcomers get an invitation
    #[command(alias = "add")]
    Invite(invite::Args),
    /// Grant members further roles
    #[command(after_help = "Examples:
  spctl members grant sam@example.com --role project-database-access-admin
  spctl members grant toni@example.com --in-org \\
      --role organization-read-only

Roles are added in the project, or with --in-org in the organisation.")]
    Grant(role_change::Args),
    /// Revoke roles from members
    #[command(after_help = "Examples:
  spctl members revoke dana@example.com --role 'Project Read Only' --yes
  spctl members revoke - --in-org --role organization-owner --yes \\
      < former-owners.txt

A member keeps at least one role: to remove a person altogether, use spctl members remove.")]
    Revoke(role_change::Args),
    /// Set the roles of members in the organisation
    Update(update::Args),
    /// List what people hold, made and may know: roles, database users, secrets
    Footprint(footprint::Args),
    /// Take back what people who leave hold, their database users too, with a record
    Offboard(offboard::Args),
    /// Remove people from the project, or from the organisation
    #[command(aliases = ["delete", "rm"])]
    Remove(remove::Args),
}

/// Runs a command.
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
        Command::Footprint(args) => footprint::run(context, &args),
        Command::Offboard(args) => offboard::run(context, &args),
        Command::Remove(args) => context.block_on(remove::run(context, args)),
    }
}
