//! `spctl users`: database users, their roles, and the instances they are restricted to.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;

mod actions;
mod create;
mod edit;
mod everywhere;
mod expiry;
mod facts;
mod filter;
mod label;
mod list;
mod lock;
mod naming;
mod password;
mod record;
mod restrict;
mod roles;
mod unlock;
mod update;
mod without_password;

/// What to do with database users.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List database users, with their roles and scopes
    #[command(alias = "ls")]
    List(list::ListArgs),
    /// Show database users: effective access, dangling scopes, expiry
    #[command(alias = "show")]
    Get(list::GetArgs),
    /// Create a database user
    Create(create::Args),
    /// Change passwords, descriptions, labels or expiries of database users
    Update(update::Args),
    /// Delete database users
    #[command(alias = "rm")]
    Delete(edit::DeleteArgs),
    /// Give roles, or exactly some privilege actions, to database users
    Grant(roles::GrantArgs),
    /// Take roles, or exactly some privilege actions, from database users
    Revoke(roles::RevokeArgs),
    /// Stop database users at once: new random passwords, and deletion where there is no password
    Lock(lock::Args),
    /// Bring locked database users back
    Unlock(unlock::Args),
    /// Restrict database users to named instances
    Restrict(restrict::RestrictArgs),
    /// Let database users reach everything in the project again
    Unrestrict(restrict::UnrestrictArgs),
}

/// Runs one of them.
///
/// # Errors
/// Those of the command.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::List(args) => context.block_on(list::list(context, args)),
        Command::Get(args) => context.block_on(list::get(context, args)),
        Command::Create(args) => context.block_on(create::run(context, args)),
        Command::Update(args) => context.block_on(update::run(context, args)),
        Command::Delete(args) => context.block_on(edit::delete(context, args)),
        Command::Grant(args) => context.block_on(roles::grant(context, args)),
        Command::Revoke(args) => context.block_on(roles::revoke(context, args)),
        Command::Lock(args) => context.block_on(lock::run(context, args)),
        Command::Unlock(args) => context.block_on(unlock::run(context, args)),
        Command::Restrict(args) => context.block_on(restrict::restrict(context, args)),
        Command::Unrestrict(args) => context.block_on(restrict::unrestrict(context, args)),
    }
}
