//! `spctl users`: database users, their roles, and the instances they are restricted to.

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;
use crate::noun::Late;

mod actions;
mod create;
mod edit;
mod everywhere;
mod expiry;
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
    List(Late<list::ListArgs>),
    /// Show database users: effective access, dangling scopes, expiry
    #[command(alias = "show")]
    Get(Late<list::GetArgs>),
    /// Create a database user
    Create(Late<create::Args>),
    /// Change passwords, descriptions, labels or expiries of database users
    Update(Late<update::Args>),
    /// Delete database users
    #[command(alias = "rm")]
    Delete(Late<edit::DeleteArgs>),
    /// Give roles, or exactly some privilege actions, to database users
    Grant(Late<roles::GrantArgs>),
    /// Take roles, or exactly some privilege actions, from database users
    Revoke(Late<roles::RevokeArgs>),
    /// Stop database users at once: new random passwords, and deletion where there is no password
    Lock(Late<lock::Args>),
    /// Bring locked database users back
    Unlock(Late<unlock::Args>),
    /// Restrict database users to named instances
    Restrict(Late<restrict::RestrictArgs>),
    /// Let database users reach everything in the project again
    Unrestrict(Late<restrict::UnrestrictArgs>),
}

/// Runs one of them.
///
/// # Errors
/// Those of the command.
pub fn run(context: &Context, command: Command) -> Result<()> {
    match command {
        Command::List(Late(args)) => context.block_on(list::list(context, args)),
        Command::Get(Late(args)) => context.block_on(list::get(context, args)),
        Command::Create(Late(args)) => context.block_on(create::run(context, args)),
        Command::Update(Late(args)) => context.block_on(update::run(context, args)),
        Command::Delete(Late(args)) => context.block_on(edit::delete(context, args)),
        Command::Grant(Late(args)) => context.block_on(roles::grant(context, args)),
        Command::Revoke(Late(args)) => context.block_on(roles::revoke(context, args)),
        Command::Lock(Late(args)) => context.block_on(lock::run(context, args)),
        Command::Unlock(Late(args)) => context.block_on(unlock::run(context, args)),
        Command::Restrict(Late(args)) => context.block_on(restrict::restrict(context, args)),
        Command::Unrestrict(Late(args)) => context.block_on(restrict::unrestrict(context, args)),
    }
}
